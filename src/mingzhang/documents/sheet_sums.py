"""Live sums and names in a workbook: what its rules demand of a table as formulas, every figure under its key.

A formula is written where it gives exactly what is printed, and never in a circle; its value is kept beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.documents.sheet import number_of
from mingzhang.model.workbook import cell_name, step
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.declared_rules import demands
from mingzhang.rules.figures import Figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.figure import Figure
    from mingzhang.sums.shapes import CellRef, Operand

Spot = tuple[str, int, int]
"""A sheet, and a row and column in it."""

_NAMED: Final = re.compile(r"(?P<kind>project|department|unit):")
_UNFIT: Final = re.compile(r"[^\w.]+")
_LONGEST: Final = 255


class Cells:
    """The cells of a document's tables: where each figure stands, by its place in the tables."""

    def __init__(self, disclosure: Disclosure, where: Mapping[str, Spot]) -> None:
        """Look up where each figure of the tables was written."""
        self.spots: dict[tuple[str, str, str], Spot] = {}
        self.figures: dict[tuple[str, str, str], Figure] = {}
        for t, table in enumerate(disclosure.tables):
            for r, row in enumerate(table.rows):
                for column, figure in row.cells.items():
                    spot = where.get(f"/tables/#{t}/rows/#{r}/cells/{step(column)}")
                    if spot is not None:
                        self.spots.setdefault((table.id, row.key, column), spot)
                        self.figures.setdefault((table.id, row.key, column), figure)

    def number(self, ref: CellRef) -> Figure | None:
        """Give a figure whose cell holds a number, else None."""
        figure = self.figures.get((ref.source, ref.row, ref.column))
        return figure if figure is not None and number_of(figure) is not None else None

    def spot(self, ref: CellRef) -> Spot:
        """Give where a figure stands."""
        return self.spots[ref.source, ref.row, ref.column]


def formulas(disclosure: Disclosure, pack: Pack | None, where: Mapping[str, Spot]) -> dict[Spot, str]:
    """Give the formula of every cell that is a sum of others in its table."""
    cells = Cells(disclosure, where)
    chosen: dict[CellRef, tuple[Operand, ...]] = {}
    for total, parts in _sums(Figures(disclosure, pack), cells):
        if total not in chosen and not _circular(total, parts, chosen):
            chosen[total] = parts
    return {cells.spot(total): _formula(parts, cells) for total, parts in chosen.items()}


def names(disclosure: Disclosure, where: Mapping[str, Spot]) -> Iterator[tuple[str, str]]:
    """Give a name for every figure that a workbook takes, such as `summary.in_general.amount`, and what it refers to.

    Rows that are known by the name of a project or a unit are counted: `projects.project_2.total`.
    """
    cells = Cells(disclosure, where)
    taken: set[str] = set()
    for table in disclosure.tables:
        counts: dict[str, int] = {}
        for row in table.rows:
            plain = row.key
            if (found := _NAMED.match(row.key)) is not None:
                kind = found["kind"]
                counts[kind] = counts.get(kind, 0) + 1
                plain = f"{kind}_{counts[kind]}"
            for column in row.cells:
                spot = cells.spots.get((table.id, row.key, column))
                name = _UNFIT.sub("_", f"{table.id}.{plain}.{column}")
                if spot is not None and len(name) <= _LONGEST and name.casefold() not in taken and name[0].isalpha():
                    taken.add(name.casefold())
                    yield name, f"={_sheet(spot[0])}!${cell_name(0, spot[2])[:-1]}${spot[1] + 1}"


def _sums(figures: Figures, cells: Cells) -> Iterator[tuple[CellRef, tuple[Operand, ...]]]:
    """List the sums inside tables that give what is printed: of each figure first those of rows, then those of columns."""
    demanded = (ways for rule in RULES for either in demands(rule, figures) for ways in either)
    found = []
    for identity in demanded:
        if identity.relation == "=" and not identity.over and len(identity.left) == 1:
            total, parts = identity.left[0], tuple(o for o in identity.right if _at(o.ref) in cells.spots)
            if total.coefficient == 1 and _gives(total.ref, parts, cells):
                found.append((total.ref, parts))
    yield from sorted(found, key=lambda s: any(o.ref.row == s[0].row for o in s[1]))


def _gives(total: CellRef, parts: Sequence[Operand], cells: Cells) -> bool:
    """Tell whether cells of a table give its total as printed, to the last digit; a blank among them adds nothing."""
    whole = cells.number(total)
    if whole is None or any(o.ref.source != total.source or abs(o.coefficient) != 1 for o in parts):
        return False
    printed = [(o, f) for o in parts if (f := cells.figures[_at(o.ref)]).is_number]
    alike = all(
        cells.number(o.ref) is not None and (f.unit, f.places) == (whole.unit, whole.places) for o, f in printed
    )
    return bool(printed) and alike and sum(o.coefficient * (f.digits or 0) for o, f in printed) == whole.digits


def _at(ref: CellRef) -> tuple[str, str, str]:
    return ref.source, ref.row, ref.column


def _circular(total: CellRef, parts: Sequence[Operand], chosen: Mapping[CellRef, Sequence[Operand]]) -> bool:
    """Tell whether a total would go into its own parts."""
    waiting = [o.ref for o in parts]
    seen: set[CellRef] = set()
    while waiting:
        ref = waiting.pop()
        if ref == total:
            return True
        if ref not in seen:
            seen.add(ref)
            waiting += [o.ref for o in chosen.get(ref, ())]
    return False


def _formula(parts: Sequence[Operand], cells: Cells) -> str:
    """Spell a sum, cells that touch as ranges; what is taken off stands in a sum of its own."""
    added, taken = ([cells.spot(o.ref) for o in parts if o.coefficient == sign] for sign in (1, -1))
    text = f"SUM({_ranges(added)})" if added else ""
    return f"={text}" + (f"-SUM({_ranges(taken)})" if taken else "")


def _ranges(spots: Iterable[Spot]) -> str:
    """Spell cells, those below each other without a gap as ranges."""
    runs: list[list[tuple[int, int]]] = []
    for _sheet_name, row, column in sorted(spots, key=lambda s: (s[2], s[1])):
        if runs and runs[-1][-1] == (row - 1, column):
            runs[-1].append((row, column))
        else:
            runs.append([(row, column)])
    return ",".join(
        cell_name(*run[0]) if len(run) == 1 else f"{cell_name(*run[0])}:{cell_name(*run[-1])}" for run in runs
    )


def _sheet(name: str) -> str:
    return "'{}'".format(name.replace("'", "''"))
