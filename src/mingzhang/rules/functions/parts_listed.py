"""Parts of a total that a sentence lists one by one - funds of an income, uses of a spending: none is left out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mingzhang.forms.expressions import Cell, Sum, parse_expression
from mingzhang.forms.narrative import narrative_of
from mingzhang.model.figure import read_figure
from mingzhang.rules.figures import TEXT
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, violated
from mingzhang.rules.stated import said_as
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.disclosure import Section
    from mingzhang.model.figure import Figure
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

    Part = tuple[CellRef, ...]
    """The cells whose sum a sentence states."""

_TOTAL: Final = "total"
_FEWEST: Final = 2
_BEHIND: Final = 24  # as many characters an amount and what follows it take
_MONEY: Final = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|元)")
AND_OTHERS: Final = re.compile(r"元[^，。；、\d]{0,4}等(?!于)")
"""What ends a list, behind its last amount, that does not mean to name every item."""


def parts_left_out(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find the one part whose amount in the table is exactly what the parts named lack, by the table's own figures."""
    for stated, parts, end in _lists(figures) if figures.pack is not None else ():  # else what is stated is a guess
        said = figures.said[stated.row]
        lacking = _lacking(figures, parts, said.section)
        figure = None if lacking is None else figures.figure(lacking)
        text = said.paragraph.text[:end]
        if lacking is None or figure is None or AND_OTHERS.search(text) or _is_printed(figure, text):
            continue
        name, there = figures.name(lacking), figures.spot(lacking)
        told = Told(
            f"说明逐项列出各部分，漏了{name}{figure.plain}{figure.unit}。",
            f"A sentence lists the parts of a total one by one and leaves out {name}.",
            (figures.spot(stated), there),
            expected=name,
            evidence=(evidence_of(figure, there, "item"),),
        )
        yield violated(rule, told)


def _is_printed(figure: Figure, text: str) -> bool:
    """Tell whether a paragraph has an amount though nobody knows of what."""
    printed = (read_figure(found["number"], found["unit"]) for found in _MONEY.finditer(text))
    return any(abs(f.atoms - figure.atoms) < max(f.step, figure.step) for f in printed if f is not None)


@once_for_all
def _lists(figures: Figures) -> tuple[tuple[CellRef, list[Part], int], ...]:
    """Give the first total that each paragraph states, what it states behind it of the same side and column, and how far."""
    found: dict[int, tuple[CellRef, list[Part], int]] = {}
    for name, said in said_as(figures, "amount"):
        begun = found.get(id(said.paragraph))
        if said.declared is None or said.slot.figure is None or (begun is None and not said.slot.key.endswith(_TOTAL)):
            continue
        part = _part(said.declared.expression)
        if begun is not None:
            if part and _whole(part[0]) == _whole(begun[1][0][0]):
                begun[1].append(part)
                found[id(said.paragraph)] = (*begun[:2], said.slot.at + _BEHIND)
        elif len(part) == 1 and part[0].row.endswith(_TOTAL) and said.section.part == "written":
            found[id(said.paragraph)] = CellRef(TEXT, name), [part], 0
    return tuple(one for one in found.values() if len(one[1]) > _FEWEST)


@lru_cache(4096)
def _part(expression: str) -> Part:
    """Give the cells of one side and column that an expression of a pack adds up; () for anything else."""
    tree = parse_expression(expression) if expression else None
    terms = tree.terms if isinstance(tree, Sum) else (("+", tree),)
    cells = tuple(
        CellRef(t.table, t.row, t.column)
        for sign, t in terms
        if sign == "+" and isinstance(t, Cell) and "*" not in t.row
    )
    return cells if len(cells) == len(terms) and len({_whole(c) for c in cells}) == 1 else ()


def _whole(ref: CellRef) -> tuple[str, str, str]:
    """Say of what a cell may be a part: its table, side and column."""
    return ref.source, ref.row.rpartition(":")[0], ref.column


def _lacking(figures: Figures, parts: Sequence[Part], section: Section) -> CellRef | None:
    """Give what the sentence does not name and has what the first parts it names, two or more, lack of the total."""
    amounts = [_amount(figures, p) for p in parts]
    known = [a for a in amounts if a is not None]
    rest = known[0] if len(known) == len(amounts) else 0
    for n, amount in enumerate(known[1:], start=1):
        rest -= amount
        if n >= _FEWEST and rest > 0 and rest not in known:
            for others in (_rows(figures, parts, rest), _declared(figures, parts, section)):
                fitting = [p for p in others if _amount(figures, p) == rest and not _is_named_below(figures, p, parts)]
                if len(fitting) == 1:
                    return max(fitting[0], key=lambda ref: _worth(figures.figure(ref)) or 0)
    return None


def _is_named_below(figures: Figures, part: Part, named: Sequence[Part]) -> bool:
    """Tell whether a row under one of a part is named: then it is not left out, but told by what it is made of."""
    rows = {ref.row for own in named for ref in own}
    shape = figures.sheets[part[0].source].shape
    return any(not rows.isdisjoint(shape.rows_with("parent", ref.row)) for ref in part)


def _rows(figures: Figures, parts: Sequence[Part], amount: int) -> Iterator[Part]:
    """Give the rows of the same side and column that the sentence does not name and that print an amount."""
    total, named = parts[0][0], {ref for part in parts for ref in part}
    sheet = figures.sheets[total.source]
    for row in [row for row, place in sheet.shape.column(total.column).items() if sheet.values[place] == amount]:
        ref = CellRef(total.source, row, total.column)
        if ref not in named and _TOTAL not in row and _whole(ref) == _whole(total):
            yield (ref,)


def _declared(figures: Figures, parts: Sequence[Part], section: Section) -> Iterator[Part]:
    """Give what the section's form states besides of the same side and column."""
    whole = _whole(parts[0][0])
    for declared in narrative_of(figures.wording).declared_in(section.key):
        part = _part(declared.expression)
        if part and _whole(part[0]) == whole and part not in parts:
            yield part


def _amount(figures: Figures, part: Part) -> int | None:
    """Add up what is printed of a part; None where nothing of it is there, or not for sure."""
    found = [f for ref in part if (f := figures.figure(ref)) is not None]
    worth = [_worth(f) for f in found]
    return sum(w for w in worth if w is not None) if found and None not in worth else None


def _worth(figure: Figure | None) -> int | None:
    """Give what a figure is worth, nothing where nothing is printed; None where it cannot be known."""
    if figure is None or figure.withheld or figure.doubt:
        return None
    return figure.atoms if figure.is_number else 0
