"""Documents of an area that should not say the same, or should: one project in two units, one unit twice, none at all."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.functions.projects import bare, rows_of
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.words import words
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.across import Area, Member
    from mingzhang.rules.catalogue import Rule


def same_project(rule: Rule, area: Area) -> Iterator[tuple[Result, tuple[str, ...]]]:
    """Find projects that stand under one name and with one amount in documents of two units of a year."""
    found: dict[tuple[int, str, int], dict[str, tuple[Member, CellRef]]] = defaultdict(dict)
    wholes = {one.whole for one in area.departments}
    for member in area.members:
        year = member.disclosure.year
        if year is None or member in wholes:
            continue
        for name, refs in rows_of(member.figures).items():
            figure = member.figures.figure(refs[0])
            plain = spelling(bare(name))
            if figure is not None and figure.digits and not _is_common(plain):
                found[year, plain, figure.atoms].setdefault(member.unit, (member, refs[0]))
    if not found:
        yield undecided(rule, "没有单位文件列出项目", "no unit's document lists projects"), ()
    for units in found.values():
        files = tuple(m.name for m, _ref in units.values())
        if len(units) == 1:
            yield passed(rule), files
            continue
        first, ref = next(iter(units.values()))
        figure = first.figures.figure(ref)
        assert figure is not None
        names = "、".join(m.disclosure.unit_name for m, _ref in units.values())
        project = bare(ref.row.removeprefix("project:"))
        told = Told(
            f"项目“{project}”（{figure.plain}{figure.unit}）在{len(units)}个单位的文件里都有：{names}。",
            f"The project {project!r} stands with {figure.plain} in {len(units)} units.",
            (first.figures.spot(ref),),
            actual=figure.plain,
            unit=figure.unit,
            evidence=tuple(Evidence(m.figures.spot(r), figure.plain, figure.unit, m.name) for m, r in units.values()),
        )
        yield violated(rule, told), files


def twice(rule: Rule, area: Area) -> Iterator[tuple[Result, tuple[str, ...]]]:
    """Find documents of one unit, year, kind and scope whose totals are not the same."""
    groups: dict[tuple[str, int | None, str, str], list[Member]] = defaultdict(list)
    for member in area.members:
        if member.unit and member.disclosure.year is not None:
            groups[member.unit, member.disclosure.year, member.disclosure.kind, member.disclosure.scope].append(member)
    for members in groups.values():
        first, *others = members
        for other in others:
            wrong = next(_different(first, other), None)
            files = (first.name, other.name)
            if wrong is None:
                yield passed(rule), files
                continue
            ref = CellRef(*wrong)
            a, b = first.figures.figure(ref), other.figures.figure(ref)
            assert a is not None
            assert b is not None
            told = Told(
                f"{first.disclosure.unit_name}{first.disclosure.year}年有两份文件，数字不同："
                f"{first.figures.name(ref)}一份为{a.plain}，另一份为{b.plain}{b.unit}。",
                f"Two documents of {first.disclosure.unit_name} differ: {a.plain} and {b.plain}.",
                (first.figures.spot(ref),),
                expected=b.plain,
                actual=a.plain,
                unit=a.unit,
                evidence=(
                    Evidence(first.figures.spot(ref), a.plain, a.unit, first.name),
                    Evidence(other.figures.spot(ref), b.plain, b.unit, other.name),
                ),
            )
            yield violated(rule, told), files


def missing_units(rule: Rule, area: Area) -> Iterator[tuple[Result, tuple[str, ...]]]:
    """Find units that a department's document lists and that have no document, where others of it have."""
    for one in area.departments:
        files = (one.whole.name,)
        if not one.missing:
            yield passed(rule), files
            continue
        at = one.whole.disclosure.tables[0].place if one.whole.disclosure.tables else None
        spot = Spot(section="organisation", page=at.page if at else None, line=at.line if at else None)
        names = "、".join(one.missing)
        told = Told(
            f"{one.whole.disclosure.unit_name}所属{len(one.missing)}个单位没有公开文件：{names}。",
            f"{len(one.missing)} units of {one.whole.disclosure.unit_name} have no document: {names}.",
            (spot,),
            actual=str(len(one.missing)),
            evidence=(Evidence(spot, names, "", one.whole.name),),
        )
        yield violated(rule, told), files


def _different(a: Member, b: Member) -> Iterator[tuple[str, str, str]]:
    """Give the figures of totals that two documents print differently."""
    for table in a.disclosure.tables:
        other = b.disclosure.table(table.id)
        for row in table.rows if other is not None and other.unit == table.unit else ():
            if not row.key.endswith("total"):
                continue
            for column, figure in row.cells.items():
                found = None if other is None else other.figure(row.key, column)
                if found is not None and figure.is_number and found.is_number and figure.atoms != found.atoms:
                    yield table.id, row.key, column


def _is_common(name: str) -> bool:
    """Tell whether a project's name is one that every unit may have."""
    found = words("area")
    return len(name) < int(found["name_length"]) or any(w in name for w in found["common"])
