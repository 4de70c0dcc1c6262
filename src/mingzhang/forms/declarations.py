"""Slots: what a pack declares of each value in a sentence, and what it may therefore be."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Final, Literal

import msgspec

from mingzhang.forms.expressions import (
    Call,
    Cell,
    Constant,
    Expression,
    Named,
    Ratio,
    Sum,
    Terms,
    parse_expression,
    parts_of,
    terms_of,
)

Role = Literal["amount", "share", "ratio", "constant", "rate", "word", "change", "item", "project"]
"""What a slot may be: an amount or a share that figures of the document give, one value over another, a number of the
form itself, the rate, the word or the amount of a change against last year; by its key, what is stated of an item by
its code, or of one of the projects that are listed one by one."""

PROJECT_WITH_TARGETS: Final = "performance_item_"
PROJECT_OF_BUDGET: Final = "project_budget_"
_ITEM: Final = re.compile(r"(?P<kind>[a-z_]+?)_(?P<code>\d{3}|\d{5}|\d{7})")


class Declaration(msgspec.Struct, frozen=True, dict=True):
    """A slot: its unit and where its value comes from; in print, the value of any of `also` is right too.

    `expression` is "" where nothing in the document or the book gives the value. A direction's expression is the
    change itself: above zero is a rise.
    """

    key: str
    unit: str
    expression: str
    section: str
    also: tuple[str, ...] = ()
    places: int = 2

    @cached_property
    def tree(self) -> Expression | None:
        """Give the parsed expression, None where there is none."""
        return parse_expression(self.expression) if self.expression else None

    @cached_property
    def trees(self) -> tuple[Expression, ...]:
        """Give every expression that may hold in print, the one that is written first."""
        return tuple(parse_expression(e) for e in (self.expression, *self.also) if e)

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """List the tables of which any of them names a cell."""
        parts = (part for tree in self.trees for part in parts_of(tree))
        return tuple(dict.fromkeys(part.table for part in parts if isinstance(part, Cell)))

    @cached_property
    def word_of(self) -> Sum | None:
        """Give the change of which the slot is the word: `now - last.now`."""
        return change_in(self.tree)

    @cached_property
    def amount_of(self) -> Sum | None:
        """Give the change of which the slot is the amount: `abs(now - last.now)`."""
        return change_in(self.tree.of) if isinstance(self.tree, Call) and self.tree.name == "abs" else None

    @cached_property
    def rate_of(self) -> Sum | None:
        """Give the change of which the slot is the rate: `abs(now - last.x) / last.x`."""
        match self.tree:
            case Ratio(Call("abs", Sum() as change), Named("last", base)) if change_in(change) is not None:
                return change if change.terms[1][1] == Named("last", base) else None
            case _:
                return None

    @cached_property
    def changed(self) -> tuple[str, str] | None:
        """Name the statement and last year's figure of whose change the slot is the word, the amount or the rate."""
        change = self.word_of or self.amount_of or self.rate_of
        names = [] if change is None else [term.name for _sign, term in change.terms if isinstance(term, Named)]
        return (names[0], names[1]) if names else None

    @cached_property
    def sums(self) -> tuple[tuple[Terms, Terms], ...]:
        """List the sums of printed figures that it may be, or the shares of such a sum in another, else of nothing."""
        ways = [(t.over, t.under) if isinstance(t, Ratio) else (t, None) for t in self.trees]
        spelled = [(terms_of(over), under, () if under is None else terms_of(under)) for over, under in ways]
        return tuple((above, below) for above, under, below in spelled if above and (below or under is None))

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """List what the slot may be."""
        found: dict[Role, bool] = {
            "amount": bool(self.sums) and self.unit != "%",
            "share": bool(self.sums) and self.unit == "%",
            "ratio": isinstance(self.tree, Ratio),
            "constant": isinstance(self.tree, Constant),
            "rate": self.rate_of is not None,
            "word": self.word_of is not None,
            "change": self.amount_of is not None,
        }
        return (*(role for role, is_so in found.items() if is_so), *roles_by_key(self.key))

    @cached_property
    def added(self) -> tuple[Cell, ...]:
        """List the cells of one table, side and column that the expression adds up; () for anything else."""
        terms = self.tree.terms if isinstance(self.tree, Sum) else (("+", self.tree),)
        cells = tuple(t for sign, t in terms if sign == "+" and isinstance(t, Cell) and "*" not in t.row)
        return cells if len(cells) == len(terms) and len({c.of for c in cells}) == 1 else ()

    @cached_property
    def added_of(self) -> tuple[str, str, str] | None:
        """Say of what they are parts: their table, side and column."""
        return self.added[0].of if self.added else None

    @cached_property
    def item(self) -> tuple[str, str] | None:
        """Give the kind of statement and the item's code, None where it is of no item, or of last year's."""
        return item_in(self.key)

    def at(self, code: str) -> Declaration:
        """Put a class code in the place of `@`."""
        texts = [t.replace("@", code) for t in (self.key, self.expression, *self.also)]
        return Declaration(texts[0], self.unit, texts[1], self.section, tuple(texts[2:]), self.places)


@lru_cache(4096)
def roles_by_key(key: str) -> tuple[Role, ...]:
    """List what a slot may be, declared or not, by its key alone."""
    is_project = key.startswith((PROJECT_WITH_TARGETS, PROJECT_OF_BUDGET))
    return (*(("item",) if item_in(key) else ()), *(("project",) if is_project else ()))


def item_in(key: str) -> tuple[str, str] | None:
    """Divide a key into its kind and the code of an item; None where it is of no item, or of last year's."""
    found = _ITEM.fullmatch(key)
    return None if found is None or "last" in found["kind"] else (found["kind"], found["code"])


def change_in(tree: Expression | None) -> Sum | None:
    """Give an expression that is a change against last year, None for another."""
    match tree:
        case Sum((("+", Named("slot", _)), ("-", Named("last", _)))):
            return tree
        case _:
            return None
