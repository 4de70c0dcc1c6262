"""Under which unit a project is listed, beside the unit that its form says carries it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.functions.projects import bare
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.rows import PROJECTS
from mingzhang.rules.texts import field_spot
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_UNIT, _PROJECT = "unit:", "project:"
_FEWEST: Final = 2


@once_for_all
def _listed(figures: Figures) -> dict[str, dict[str, tuple[str, CellRef]]]:
    """Give the projects, by name, with the units under which the tables list them: where they list several."""
    out: dict[str, dict[str, tuple[str, CellRef]]] = {}
    units: set[str] = set()
    for name in PROJECTS:
        table, unit = figures.disclosure.table(name), ""
        for row in () if table is None else table.rows:
            if row.key.startswith(_UNIT):
                unit = row.label.strip()
                units.add(spelling(unit))
            elif row.key.startswith(_PROJECT) and unit:
                ref = CellRef(name, row.key, "total")
                out.setdefault(bare(row.label), {})[spelling(unit)] = (unit, ref)
    return out if len(units) >= _FEWEST else {}


def _is_other(stated: str, listed: dict[str, tuple[str, CellRef]]) -> bool:
    return not any(stated in unit or unit in stated for unit in listed)


def _others(figures: Figures) -> Iterator[tuple[str, str, dict[str, tuple[str, CellRef]]]]:
    """Give the forms carried out by a unit under which projects are listed, and not this one."""
    listed = _listed(figures)
    units = {unit for own in listed.values() for unit in own}
    for name, form in figures.forms.items() if listed else ():
        own = listed.get(bare(form.project), {})
        stated = spelling(form.implementing_unit)
        if own and stated in units and _is_other(stated, own):
            yield name, form.implementing_unit, own


@only_where(lambda figures: any(True for _ in _others(figures)))
def carried_out(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find forms whose project the table lists under another unit than carries it out."""
    if not _listed(figures) or not figures.forms:
        yield undecided(
            rule, "项目没有按单位列示，或没有绩效目标表", "projects are not listed by units, or have no forms"
        )
        return
    yield passed(rule)
    for name, stated, own in _others(figures):
        unit, ref = next(iter(own.values()))
        spot, there = field_spot(name, figures.forms[name], "implementing_unit"), figures.spot(ref)
        told = Told(
            f"“{name}”的实施单位为“{stated}”，项目支出表列在“{unit}”名下。",
            f"{stated!r} carries out {name!r}, which the table lists under {unit!r}.",
            (spot, there),
            expected=unit,
            actual=stated,
            evidence=(Evidence(spot, stated, "", "form"), Evidence(there, unit, "", "listed")),
        )
        yield violated(rule, told)
