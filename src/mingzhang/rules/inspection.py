"""A document as inspectors see it: item by item whether it meets what is asked, and scores by five criteria."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from mingzhang.model.finding import Severity
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language
from mingzhang.model.place import Place
from mingzhang.rules.finding_text import plainly
from mingzhang.rules.worklist import Task, tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding

Answer = Literal["yes", "no", "open"]
TENTHS: Final = 10


class ItemForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of the sheet, as data."""

    key: str
    zh: str
    en: str
    rules: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    tables: bool = False
    forms: bool = False
    needs: str = ""

    @property
    def name(self) -> str:
        """Give the item's name in the language in use."""
        return self.en if language() == "en" else self.zh


class CriterionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One criterion and what it weighs, as data."""

    key: str
    zh: str
    en: str
    weight: int
    rules: tuple[str, ...]
    needs: str = ""

    @property
    def name(self) -> str:
        """Give the criterion's name in the language in use."""
        return self.en if language() == "en" else self.zh


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole sheet: its items in order, the criteria, and what a finding costs in tenths of a point.

    Lines that rules of `private` are about may name persons, and are not quoted.
    """

    item: tuple[ItemForm, ...]
    criterion: tuple[CriterionForm, ...]
    cost: dict[str, int]
    private: tuple[str, ...] = ()


class Problem(msgspec.Struct, frozen=True):
    """One problem in words a person would write, with its number, place, severity and the line as printed.

    `task` is the number under which all findings of a document know it.
    """

    number: int
    words: str
    place: str
    severity: Severity
    rule: str
    printed: str = ""
    task: int = 0


class Item(msgspec.Struct, frozen=True):
    """One item looked at: whether it is as asked, the problems, and why it is open where nothing can be said."""

    name: str
    answer: Answer
    problems: tuple[Problem, ...] = ()
    why: str = ""


class Score(msgspec.Struct, frozen=True):
    """One criterion's score in tenths of a point, None where nothing can be said; what it weighs; what cost how much."""

    name: str
    weight: int
    tenths: int | None
    counts: dict[str, int]


class Inspection(msgspec.Struct, frozen=True):
    """The sheet of one document: every item, every score, and the total in tenths of 100 points over what was scored."""

    unit: str
    year: str
    items: tuple[Item, ...]
    scores: tuple[Score, ...]
    total: int | None


def inspection_of(
    findings: Sequence[Finding],
    disclosure: Disclosure,
    pack: Pack | None = None,
    lines: Mapping[tuple[int | None, int], str] | None = None,
) -> Inspection:
    """Fill the sheet in for a document; `lines` are its lines as printed, where it was read from a file of lines."""
    tasks = tasks_of(findings, disclosure)
    taken: dict[str, list[Task]] = {}
    for task in tasks:
        taken.setdefault(_item_of(task, disclosure), []).append(task)
    items = tuple(_items(taken, disclosure, pack, lines or {}))
    scores = tuple(_score(c, tasks, disclosure) for c in sheet().criterion)
    scored = [s for s in scores if s.tenths is not None]
    weight = sum(s.weight for s in scored)
    gained = sum(s.tenths for s in scored if s.tenths is not None)
    total = None if not weight else (2 * gained * 100 + weight) // (2 * weight)
    year = "" if disclosure.year is None else str(disclosure.year)
    return Inspection(disclosure.unit_name, year, items, scores, total)


def spelled(tenths: int | None) -> str:
    """Spell tenths of a point."""
    return _("未评") if tenths is None else f"{tenths // TENTHS}.{tenths % TENTHS}"


@cache
def sheet() -> Sheet:
    """Load the sheet."""
    path = Path(__file__).parent / "inspection.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Sheet)


def _items(
    taken: Mapping[str, Sequence[Task]],
    disclosure: Disclosure,
    pack: Pack | None,
    lines: Mapping[tuple[int | None, int], str],
) -> Iterator[Item]:
    for form in sheet().item:
        if not form.tables:
            there = _is_there(form, disclosure)
            yield _item(form.name, taken.get(form.key, ()), lines, there=there, why=_why(form))
            continue
        for key, title in _tables(disclosure, pack):
            name = title.replace("{year}", "" if disclosure.year is None else str(disclosure.year))
            there = disclosure.table(key) is not None
            own = taken.get(f"table:{key}", ())
            yield _item(name, own, lines, there=there, why=_("没有读到这张表"))


def _item(
    name: str, tasks: Sequence[Task], lines: Mapping[tuple[int | None, int], str], *, there: bool, why: str
) -> Item:
    wrong = any(t.severity != "hint" for t in tasks)
    answer: Answer = "no" if wrong else "yes" if there else "open"
    problems = tuple(_problem(n, task, lines) for n, task in enumerate(tasks, 1))
    return Item(name, answer, problems, why if answer == "open" else "")


def _problem(number: int, task: Task, lines: Mapping[tuple[int | None, int], str]) -> Problem:
    spot = next((s for s in task.finding.where if s.line is not None), None)
    place = "" if spot is None else str(Place(spot.page, spot.line))
    hidden = task.rule in sheet().private
    printed = "" if hidden or spot is None or spot.line is None else lines.get((spot.page, spot.line), "").strip()
    words, printed = plainly(task.finding), " ".join(printed.split())[:120]
    return Problem(number, words, place, task.severity, task.rule, printed, task.number)


def _tables(disclosure: Disclosure, pack: Pack | None) -> list[tuple[str, str]]:
    """List the tables of the form in its order, then others that the document has."""
    printed = {t.id: t.title for t in disclosure.tables}
    known = (
        [] if pack is None or not set(printed) & {t.id for t in pack.tables} else [(t.id, t.title) for t in pack.tables]
    )
    own = [(key, printed.get(key) or title) for key, title in known]
    listed = {key for key, _title in own}
    return [*own, *((key, title or key) for key, title in printed.items() if key not in listed)]


def _item_of(task: Task, disclosure: Disclosure) -> str:
    """Find the item to which a finding belongs: by its rule, else by where it stands."""
    named = next((i.key for i in sheet().item if task.rule in i.rules), "")
    if named:
        return named
    spot = task.finding.where[0] if task.finding.where else None
    if spot is not None and spot.table:
        return f"table:{spot.table}"
    if spot is not None and spot.form:
        return "projects"
    section = "" if spot is None else spot.section
    is_one = any(s.key == section for s in disclosure.sections)
    if section and not is_one and disclosure.table(section) is not None:  # a note below a table
        return f"table:{section}"
    fits = [(len(own), i.key) for i in sheet().item for own in i.sections if _is_like(section, own)]
    return max(fits)[1] if fits else "notes"


def _is_like(section: str, own: str) -> bool:
    return section.startswith(own[:-1]) if own.endswith("*") else section == own


def _is_there(form: ItemForm, disclosure: Disclosure) -> bool:
    return (
        _have(form.needs, disclosure)
        if form.needs != "section"
        else any(_is_like(s.key, own) for s in disclosure.sections for own in form.sections)
    )


def _have(needs: str, disclosure: Disclosure) -> bool:
    """Tell whether a document has what is needed to judge it."""
    match needs:
        case "cover":
            return bool(disclosure.publication.cover)
        case "contents":
            return bool(disclosure.publication.contents)
        case "glossary":
            return bool(disclosure.glossary)
        case "written":
            return any(s.part == "written" and s.paragraphs for s in disclosure.sections)
        case "forms":
            return bool(disclosure.project_forms)
        case _:
            return needs == ""


def _why(form: ItemForm) -> str:
    if form.needs == "dates":
        return _("文件没有写明批复日期和公开日期，要人工核对")
    return _("没有读到这部分内容")


def _score(form: CriterionForm, tasks: Sequence[Task], disclosure: Disclosure) -> Score:
    own = [t for t in tasks if _criterion_of(t.rule) == form.key]
    counts = {s: sum(t.severity == s for t in own) for s in sheet().cost}
    if not own and form.needs and not _have(form.needs, disclosure):
        return Score(form.name, form.weight, None, counts)
    lost = sum(sheet().cost[s] * n for s, n in counts.items())
    return Score(form.name, form.weight, max(0, form.weight * TENTHS - lost), counts)


def _criterion_of(rule: str) -> str:
    """Find the criterion that names a rule, else its family."""
    found = (c.key for name in (rule, rule[0]) for c in sheet().criterion if name in c.rules)
    return next(found, "")
