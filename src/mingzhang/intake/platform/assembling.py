"""Books out of facts: one for a unit, or one for a department with its units as members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec.structs import replace

from mingzhang.forms.packs import load_pack
from mingzhang.model.book import Book, Member, Project, SpendingLine
from mingzhang.model.fault import Fault
from mingzhang.model.keys import tidy
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.intake.platform.facts import Fact
    from mingzhang.intake.platform.keyed import Names

UNIT_TYPES: Final = ("行政", "参公", "公益一类", "公益二类", "other")

_SAME: Final = (
    "function",
    "amount",
    "kind",
    "fund",
    "fund_part",
    "origin",
    "economic",
    "gov_economic",
    "revenue",
    "tags",
)
"""What a fact and a spending line call alike."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a book needs and an export does not say; `unit_types` gives types by unit code or name ("" for all others)."""

    pack: str
    year: int
    unit_name: str = ""
    unit_code: str = ""
    unit_types: dict[str, str] = {}
    each_unit: bool = False


class Assembled(msgspec.Struct, frozen=True):
    """A book, and where each of its lines came from."""

    book: Book
    places: dict[str, str]


def assembled(facts: Sequence[Fact], names: Names, wanted: Wanted) -> list[Assembled]:
    """Make the books.

    Raises:
        Fault: it is not said which unit the book is of, or of what type a unit is.
    """
    units = list(dict.fromkeys(f.unit for f in facts))
    if wanted.each_unit and len(units) > 1:
        return [_book([f for f in facts if f.unit == u], u, (), names, wanted) for u in units]
    called = {u: tidy(name_of(u, facts, names)) for u in units}
    own = {tidy(wanted.unit_name), wanted.unit_code} - {""}
    if len(units) == 1 and (not own or own & {units[0], called[units[0]]}):
        return [_book(facts, units[0], (), names, wanted)]
    if not wanted.unit_name:
        listed = _("、").join(name_of(u, facts, names) for u in units)
        raise Fault(
            _("导出里有 {n} 个单位：{names}").format(n=len(units), names=listed),
            hint=_("编部门汇总底册请用 --unit-name 说明部门名称；每个单位各编一本请用 --each-unit。"),
        )
    office = next((u for u in units if called[u] == tidy(wanted.unit_name)), wanted.unit_code)
    return [_book(facts, office, units, names, wanted)]


def name_of(unit: str, facts: Iterable[Fact], names: Names) -> str:
    """Give a unit's name by its key."""
    return names.units.get(unit) or next((f.unit_name for f in facts if f.unit == unit and f.unit_name), unit)


def _book(facts: Sequence[Fact], own: str, members: Sequence[str], names: Names, wanted: Wanted) -> Assembled:
    """Make one book; `own` is the key of its unit, `members` are the units of a department."""
    name = name_of(own, facts, names) if wanted.each_unit else wanted.unit_name or name_of(own, facts, names)
    if not name:
        raise Fault(_("不知道单位名称"), hint=_("导出里没有单位一列的，请用 --unit-name 说明。"))
    code = wanted.unit_code if wanted.unit_code and not wanted.each_unit else own
    lines, projects, places = _lines(facts, "" if members else own)
    book = Book(
        kind=load_pack(wanted.pack).kind,
        scope="aggregate" if members else "unit",
        year=wanted.year,
        pack=wanted.pack,
        unit_code="" if code == name else code,
        unit_name=name,
        unit_type=_type_of(own, name, facts, wanted),
        members=tuple(
            Member(code=u, name=called, unit_type=_type_of(u, called, facts, wanted))
            for u, called in ((u, name_of(u, facts, names)) for u in members)
        ),
        spending=tuple(lines),
        projects=tuple(projects.values()),
    )
    return Assembled(book, places)


def _type_of(unit: str, name: str, facts: Iterable[Fact], wanted: Wanted) -> Any:
    """Give a unit's type: as the user says, else as the export says, else what holds for all.

    Raises:
        Fault: nobody says.
    """
    told = wanted.unit_types.get(unit) or wanted.unit_types.get(name)
    told = told or next((f.unit_type for f in facts if f.unit == unit and f.unit_type), "")
    told = told or wanted.unit_types.get("", "")
    if told not in UNIT_TYPES:
        hint = _("请用 --unit-type {unit}=行政 说明，可写：{types}；所有单位相同的，写 --unit-type 行政。")
        raise Fault(
            _("不知道“{name}”的单位性质").format(name=name),
            hint=hint.format(unit=unit or name, types=_("、").join(UNIT_TYPES)),
        )
    return told


def _lines(
    facts: Sequence[Fact], own: str
) -> tuple[list[SpendingLine], dict[tuple[str, str], Project], dict[str, str]]:
    """Make spending lines and the projects they name; a line keeps its own number where no other has it."""
    given = [f.id for f in facts]
    own_ids = all(given) and len(set(given)) == len(given)
    projects: dict[tuple[str, str], Project] = {}
    codes = _project_ids(facts)
    lines, places = [], {}
    for n, f in enumerate(facts, 1):
        line_id = f.id if own_ids else f"s{n:04d}"
        unit = "" if f.unit == own else f.unit
        project = ""
        if f.project:
            at = (f.unit, f.project)
            project = codes[at]
            category: dict[str, Any] = {"category": f.category} if f.category else {}
            known = projects.get(at) or Project(id=project, name=f.project_name or f.project, unit=unit, **category)
            projects[at] = replace(known, **{name: text for name, text in f.words if not getattr(known, name)})
        told: dict[str, Any] = {name: getattr(f, name) for name in _SAME}
        if f.level:
            told["level"] = f.level
        lines.append(SpendingLine(id=line_id, project=project, unit=unit, **told))
        places[line_id] = f.place
    return lines, projects, places


def _project_ids(facts: Iterable[Fact]) -> dict[tuple[str, str], str]:
    """Give each project of each unit an id: its code, or a number where only its name is known or two share a code."""
    found: dict[tuple[str, str], str] = {}
    for f in facts:
        at = (f.unit, f.project)
        if f.project and at not in found:
            has_code = f.project != f.project_name and f.project.isascii()
            free = f.project not in found.values()
            found[at] = f.project if has_code and free else f"p{len(found) + 1:03d}"
    return found
