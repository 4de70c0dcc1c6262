"""Parts of a total that a sentence lists one by one - funds of an income, uses of a spending: none is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.forms.expressions import Cell
from mingzhang.forms.narrative import narrative_of
from mingzhang.model.figure import read_figure
from mingzhang.rules.figures import TEXT
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, violated
from mingzhang.rules.stated import said_as
from mingzhang.sums.sheets import CellRef, Gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.disclosure import Section
    from mingzhang.model.figure import Figure
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures, Said
    from mingzhang.sums.sheets import Sheet

    Part = tuple[Cell, ...]
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
    stated: dict[int, list[tuple[str, Said]]] = {}
    for one in said_as(figures, "amount"):
        stated.setdefault(id(one[1].paragraph), []).append(one)
    found = (_list(own) for own in stated.values() if len(own) > _FEWEST and own[0][1].section.part == "written")
    return tuple([one for one in found if len(one[1]) > _FEWEST])


def _list(stated: list[tuple[str, Said]]) -> tuple[CellRef, list[Part], int]:
    """Give of one paragraph the first total, it and the parts behind it, and how far they go."""
    total, whole, end = "", None, 0
    parts: list[Part] = []
    for name, said in stated:
        declared = said.declared
        if declared is None or said.slot.figure is None:
            continue
        if whole is not None and declared.added_of == whole:
            parts.append(declared.added)
            end = said.slot.at + _BEHIND
        elif whole is None and declared.key.endswith(_TOTAL) and [c.row[-5:] for c in declared.added] == [_TOTAL]:
            total, whole, parts = name, declared.added_of, [declared.added]
    return CellRef(TEXT, total), parts, end


def _lacking(figures: Figures, parts: Sequence[Part], section: Section) -> CellRef | None:
    """Give what the sentence does not name and has what the first parts it names, two or more, lack of the total."""
    sheet = figures.sheets.get(parts[0][0].table)
    amounts = [] if sheet is None else [_amount(sheet, p) for p in parts]
    known = [a for a in amounts if a is not None]
    rest = known[0] if known and len(known) == len(amounts) else 0
    for n, amount in enumerate(known[1:], start=1):
        rest -= amount
        if sheet is not None and n >= _FEWEST and rest > 0 and rest not in known:
            for others in (_rows(sheet, parts, rest), _declared(figures, parts, section)):
                fitting = [p for p in others if _amount(sheet, p) == rest and not _is_named_below(sheet, p, parts)]
                if len(fitting) == 1:
                    cell = max(fitting[0], key=lambda cell: _amount(sheet, (cell,)) or 0)
                    return CellRef(cell.table, cell.row, cell.column)
    return None


def _is_named_below(sheet: Sheet, part: Part, named: Sequence[Part]) -> bool:
    """Tell whether a row under one of a part is named: then it is not left out, but told by what it is made of."""
    rows = {cell.row for own in named for cell in own}
    return any(not rows.isdisjoint(sheet.shape.rows_with("parent", cell.row)) for cell in part)


def _rows(sheet: Sheet, parts: Sequence[Part], amount: int) -> Iterator[Part]:
    """Give the rows of the same side and column that the sentence does not name and that print an amount."""
    total, values = parts[0][0], sheet.values
    rows = [row for row, place in sheet.shape.column(total.column).items() if values[place] == amount]
    cells = [Cell(total.table, row, total.column) for row in rows if _TOTAL not in row]
    named = {cell for part in parts for cell in part} if cells else set()
    return ((cell,) for cell in cells if cell not in named and cell.of == total.of)


def _declared(figures: Figures, parts: Sequence[Part], section: Section) -> Iterator[Part]:
    """Give what the section's form states besides of the same side and column."""
    whole = parts[0][0].of
    for declared in narrative_of(figures.wording).declared_in(section.key):
        if declared.added_of == whole and declared.added not in parts:
            yield declared.added


def _amount(sheet: Sheet, part: Part) -> int | None:
    """Add up what is printed of a part; None where nothing of it is there, or not for sure."""
    places = sheet.shape.column(part[0].column)
    amount, seen = 0, False
    for cell in part:
        place = places.get(cell.row)
        figure = sheet.look(cell.row, cell.column) if place is None else sheet.figures[place]
        if isinstance(figure, Gap):
            continue
        if figure.withheld or figure.doubt:
            return None
        amount += figure.atoms if figure.digits else 0
        seen = True
    return amount if seen else None
