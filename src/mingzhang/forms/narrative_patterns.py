"""The language of sentence patterns: one text that writes a sentence and reads it back.

    {income_total:万元}                a number with its unit; the unit is printed after it
    {income_change:增加|减少}          a direction word: of a rise, of a fall
    {income_reason:text}               words of the book (a reason, a note, a list of names)
    {unit_name}                        words of the document that are no slot
    [预算收入|收入预算]                 alternatives: the first is written, any is read; `[部门|]` may be missing
    [比{basis}|比上年]                   `{basis}` in words: what last year's figure is called; also `{year}`, `{last_year}`
    <than_last_year>                   a phrase of the pack's lexicon, itself a pattern
    same income_change :: ，与上年相同  a piece with its condition

A piece is written if its condition holds and every slot in it has a value. Conditions: `same K` (no change),
`new K` (nothing to compare with), `given K`, `without K`, `zero K`, `positive K`, `is FIELD=a|b`, joined by ` & `;
`each K 、` repeats the piece for every class that has a figure, with the mark between.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

_PART: Final = re.compile(
    r"\{(?P<slot>[^{}]+)\}|\[(?P<choice>[^\[\]]+)\]|<(?P<phrase>[a-z_]+)>|(?P<words>[^{}\[\]<>]+)"
)
_CONDITION: Final = re.compile(r"(?P<verb>same|new|given|without|zero|positive|is|each) (?P<rest>\S+(?: \S+)?)")

Verb = Literal["same", "new", "given", "without", "zero", "positive", "is", "each"]


class Words(msgspec.Struct, frozen=True, tag=True):
    """Fixed words, or alternatives of which the first is written."""

    options: tuple[str, ...]


class Number(msgspec.Struct, frozen=True, tag=True):
    """A gap for a number of a unit."""

    key: str
    unit: str


class Direction(msgspec.Struct, frozen=True, tag=True):
    """A gap for the word of a rise or a fall."""

    key: str
    rise: str
    fall: str


class Text(msgspec.Struct, frozen=True, tag=True):
    """A gap for words that are kept as a slot."""

    key: str


class Context(msgspec.Struct, frozen=True, tag=True):
    """Words of the document that are no slot: the year, the unit's name, the class's name."""

    name: str


Node = Words | Number | Direction | Text | Context


class Condition(msgspec.Struct, frozen=True):
    """When a piece is written; for `each`, what it is repeated over and the mark between."""

    verb: Verb
    key: str
    values: tuple[str, ...] = ()


class Piece(msgspec.Struct, frozen=True, dict=True):
    """A part of a sentence that is written or left out whole."""

    nodes: tuple[Node, ...]
    conditions: tuple[Condition, ...] = ()

    @cached_property
    def repeated(self) -> Condition | None:
        """Give what the piece is repeated over, if it is."""
        return next((c for c in self.conditions if c.verb == "each"), None)

    @cached_property
    def unchanged(self) -> tuple[str, ...]:
        """List the keys of the changes that there are not where the piece is written, or that cannot be told."""
        return tuple(c.key for c in self.conditions if c.verb in {"same", "new"})

    @cached_property
    def compared(self) -> str:
        """Give the key of the change that the piece speaks of."""
        return next((n.key for n in self.nodes if isinstance(n, Direction)), next(iter(self.unchanged), ""))


def parse_piece(text: str, phrases: Mapping[str, str]) -> Piece:
    """Parse one piece.

    Raises:
        ValueError: it is no piece, or names a phrase that there is not.
    """
    head, mark, body = text.partition(" :: ")
    return Piece(
        parse_nodes(body if mark else text, phrases),
        tuple(_condition(word) for word in head.split(" & ")) if mark else (),
    )


def parse_nodes(text: str, phrases: Mapping[str, str]) -> tuple[Node, ...]:
    """Parse a pattern's text without a condition.

    Raises:
        ValueError: it is no pattern, or names a phrase that there is not.
    """
    nodes: list[Node] = []
    at = 0
    while at < len(text):
        found = _PART.match(text, at)
        if found is None:
            msg = f"not a pattern at {text[at:]!r}"
            raise ValueError(msg)
        at = found.end()
        if found["slot"] is not None:
            nodes.append(_slot(found["slot"]))
        elif found["choice"] is not None:
            nodes.append(Words(tuple(found["choice"].split("|"))))
        elif found["phrase"] is not None:
            if found["phrase"] not in phrases:
                msg = f"unknown phrase <{found['phrase']}> in {text!r}"
                raise ValueError(msg)
            nodes.extend(parse_nodes(phrases[found["phrase"]], phrases))
        else:
            nodes.append(Words((found["words"],)))
    return tuple(nodes)


def _slot(text: str) -> Node:
    key, mark, kind = text.partition(":")
    if not mark:
        return Context(key)
    if kind == "text":
        return Text(key)
    rise, mark, fall = kind.partition("|")
    return Direction(key, rise, fall) if mark else Number(key, kind)


def _condition(text: str) -> Condition:
    found = _CONDITION.fullmatch(text.strip())
    if found is None:
        msg = f"not a condition: {text!r}"
        raise ValueError(msg)
    verb, rest = found["verb"], found["rest"]
    if verb == "each":
        key, _, between = rest.partition(" ")
        return Condition("each", key, (between,))
    if verb == "is":
        field, _, values = rest.partition("=")
        return Condition("is", field, tuple(values.split("|")))
    return Condition(msgspec.convert(verb, Verb), rest)
