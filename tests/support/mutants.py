"""Every wrong figure that a slip makes of a document, and what the rules say of it.

A mutation prints one figure otherwise: by one last digit more or less, not at all, as zero, with the other sign, tenfold,
or in the place of an unlike neighbour that gets its own. What prints the same as before is none, nor is a cell left blank
that printed a zero: it is worth the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from mingzhang.model.figure import Figure, spell
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.engine import pack_of, run
from mingzhang.rules.figures import DEPARTMENT, FORM, TEXT, Figures
from mingzhang.rules.repair_applied import NowhereToPrintError, printed_in
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.rules.rechecking import Checked
    from mingzhang.rules.results import Result

WAYS: Final = ("more", "less", "blank", "zero", "sign", "tenfold", "swapped")
MOVES: Final = frozenset({"more", "less"})
_NUMBERED: Final = re.compile(r"(?<!over)_\d{3,}(?=_|$)")
_GRAVE: Final = frozenset({"error", "warning"})


class Mutant(msgspec.Struct, frozen=True):
    """One mutation: which figure, in which way, and what is printed where instead."""

    ref: CellRef
    way: str
    changes: tuple[tuple[CellRef, Figure], ...]


def mutants(figures: Figures) -> Iterator[Mutant]:
    """List all mutations of a document, figure by figure."""
    for sheet in figures.sheets.values():
        refs = [k for k, f in sheet.cells.items() if f.is_number and not f.withheld]
        for n, (row, column) in enumerate(refs):
            figure = sheet.cells[row, column]
            ref = CellRef(sheet.id, row, column)
            for way in WAYS[:-1]:
                new = mutated(figure, way)
                if new is not None and (new.digits or figure.digits or sheet.id == TEXT):
                    yield Mutant(ref, way, ((ref, new),))
            beside = refs[n + 1] if n + 1 < len(refs) else None
            if beside is not None and sheet.id != DEPARTMENT:
                other = sheet.cells[beside]
                if other.unit == figure.unit and other.atoms != figure.atoms:
                    pair = (CellRef(sheet.id, *beside), _printed(other, figure))
                    yield Mutant(ref, "swapped", ((ref, _printed(figure, other)), pair))


def mutated(figure: Figure, way: str) -> Figure | None:
    """Print a figure wrongly; None where that prints the same, or what no slip prints: fewer than no persons."""
    digits = figure.digits
    assert digits is not None
    if way == "blank":
        return replace(figure, digits=None, printed="", facts=())
    new = {"more": digits + 1, "less": digits - 1, "zero": 0, "sign": -digits, "tenfold": digits * 10}[way]
    if new == digits or (way == "less" and digits == 0):
        return None
    return printed_as(figure, new, figure.places)


def _printed(figure: Figure, like: Figure) -> Figure:
    assert like.digits is not None
    return printed_as(figure, like.digits, like.places)


def printed_as(figure: Figure, digits: int, places: int) -> Figure:
    """Print a figure with other digits, in its own style."""
    printed = spell(digits, places, grouped="," in figure.printed)
    return replace(figure, digits=digits, places=places, printed=printed, facts=())


def noticed(checked: Checked, mutant: Mutant) -> str | None:
    """Say how a mutation is noticed: `grave` by an error or warning, `rounding` or `hint`, `` not at all.

    None where it cannot be printed: a number of a sentence that does not stand where it was read.
    """
    try:
        document = printed_in(checked.figures, mutant.changes)
    except NowhereToPrintError:
        return None
    known = {_key(r) for r in checked.violated}
    new = [r for r in checked.after(document).violated if _key(r) not in known]
    if any((r.severity or r.rule.severity) in _GRAVE for r in new):
        return "grave"
    return "rounding" if any(r.is_rounding for r in new) else "hint" if new else ""


def _key(result: Result) -> tuple[object, ...]:
    verdict = result.verdict
    sides = None if verdict is None else (verdict.identity, verdict.left, verdict.right)
    return result.rule.id, result.severity, sides, result.told


def is_enough(mutant: Mutant, seen: str, *, additive: bool) -> bool:
    """Tell whether a mutation is noticed as it should be.

    Where rounding is not declared to be additive, what true values could explain is told as a hint with its proof.
    """
    return seen == "grave" or (not additive and seen == "rounding")


def kind_of_place(ref: CellRef) -> str:
    """Name the place of a figure so that many of its like come together."""
    if ref.source == TEXT:
        return f"text.{_NUMBERED.sub('_CODE', ref.row.partition('#')[0])}"
    if ref.source == FORM:
        return f"form.{ref.column}"
    row = ref.row.partition(":")
    name = f"{row[0]}:" if row[1] and row[0] not in {"in", "out"} else ref.row
    if any(c.isdigit() for c in name):
        name = f"{row[0]}:CODE" if row[1] else "CODE"
    return f"{ref.source}.{name}.{ref.column}".rstrip(".")


REASONS: Final = {
    "alone": "nothing else in the document states it, or anything it is part of",
    "alike": "both figures count alike wherever they are compared, so their sums do not change",
    "within": "what it is compared with is printed in another unit or rounded: the move stays inside what that leaves open",
    "bound": "it is compared by a bound, or by one of several ways of which another still holds",
    "words": "the number is gone from its sentence, and what is left reads like a sentence without one",
}
"""Why nothing notices a wrong figure."""


def reason_of(checked: Checked, mutant: Mutant, compared: frozenset[CellRef]) -> str:
    """Say by a key of `REASONS` why a mutation is not noticed; `compared` are the figures of all identities."""
    if mutant.way == "blank" and mutant.ref.source == TEXT:
        return "words"
    if mutant.ref not in compared:
        return "alone"
    if mutant.way == "swapped":
        return "alike"
    figure = checked.figures.figure(mutant.ref)
    assert figure is not None
    small = all(
        new.digits is not None and figure.digits is not None and abs(new.digits - figure.digits) <= 1
        for _ref, new in mutant.changes
    )
    return "within" if small else "bound"


def compared_in(document: Disclosure) -> frozenset[CellRef]:
    """List the figures that any identity of a document compares, whether it holds or not."""
    figures = Figures(document, pack_of(document))
    results = (r for rule in RULES for r in run(rule, figures) if r.verdict is not None and r.outcome != "undecided")
    return frozenset(ref for r in results for ref in r.refs)
