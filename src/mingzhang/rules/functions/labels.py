"""What stands around tables and forms: units, notes, years in heads, totals, titles."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.briefly import only_where
from mingzhang.rules.finding_text import amount
from mingzhang.rules.functions.titles import heads_of
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Table
    from mingzhang.model.place import Place
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_SHOWN: Final = 20
_PROJECT: Final = "project:"
_BARE: Final = re.compile(r"(?:19|20)\d\d(?!年|[\d-])[一-鿿]")
_BARE_LINE: Final = re.compile(rf"\0{_BARE.pattern}")


@only_where(lambda figures: any("unit" not in t.places for t in figures.disclosure.tables))
def units(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find tables with figures that state no unit though others do."""
    tables = [t for t in figures.disclosure.tables if _printed(t)]
    stated = [t for t in tables if "unit" in t.places]
    if not stated:
        yield undecided(rule, "各表都没有读到金额单位", "no table states its unit")
        return
    yield passed(rule)
    for table in tables:
        if "unit" not in table.places:
            told = Told(
                f"{short(figures, table)}没有写金额单位。",
                f"{table.id} does not state its unit.",
                (table_spot(table),),
            )
            yield violated(rule, told)


@only_where(lambda figures: not all(t.notes or t.doubts or _printed(t) for t in figures.disclosure.tables))
def unnoted(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find empty tables without a note where another empty table has one."""
    tables = figures.disclosure.tables
    empty = [
        t for t in tables if not _printed(t) and not t.turned and not t.beside
    ]  # a line of blanks speaks for itself
    noted = [t for t in empty if _has_note(t)]
    if not any(_printed(t) for t in tables) or not empty:
        yield undecided(rule, "没有空表", "no table is empty")
        return
    yield passed(rule)
    for table in empty:
        if not table.notes and not table.doubts and table.columns:
            told = Told(
                f"{short(figures, table)}是空表，没有注明本表无数据。",
                f"{table.id} is empty and has no note that says so.",
                (table_spot(table),),
            )
            result = violated(rule, told)
            yield result if noted else replace(result, severity="hint")  # nobody's form may ask for a note here


def noted_with_figures(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find tables with figures other than zero under a note that they have none."""
    for table in figures.disclosure.tables:
        if not _has_note(table):
            continue
        rows = [(r, c, f) for r in table.rows for c, f in r.cells.items() if f.digits]
        if not rows:
            yield passed(rule)
            continue
        row, column, figure = rows[0]
        spot = _row_spot(table, row.key, column, figure.place or row.place)
        told = Told(
            f"{short(figures, table)}注明本表无数据，却有{len(rows)}个数字，如“{row.label}”{figure.plain}。",
            f"{table.id} has {len(rows)} figures under a note that it has none.",
            (table_spot(table, "note"), spot),
            actual=figure.plain,
            unit=figure.unit,
            evidence=(Evidence(spot, figure.plain, figure.unit, "printed"),),
        )
        yield violated(rule, told)


def noted_with_zeros(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find tables that list rows of zeros under a note that they have no figures."""
    for table in figures.disclosure.tables:
        if not _has_note(table):
            continue
        numbers = [(r, c, f) for r in table.rows for c, f in r.cells.items() if f.is_number]
        if any(f.digits for _, _, f in numbers):
            continue
        rows = list(dict.fromkeys(r.key for r, _, _ in numbers if r.key.rpartition(":")[2] != "total"))
        if not rows:
            yield passed(rule)
            continue
        shown = [(r, c, f) for r, c, f in numbers if r.key in rows[:_SHOWN]]
        spots = tuple(dict.fromkeys(_row_spot(table, r.key, "", r.place or f.place) for r, _, f in shown))
        told = Told(
            f"{short(figures, table)}注明本表无数据，仍列{len(rows)}行零值（{shown[0][2].plain}）。",
            f"{table.id} lists {len(rows)} rows of zeros under a note that it has no figures.",
            spots,
            actual=shown[0][2].plain,
        )
        yield violated(rule, told)


def note_of_other_fund(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find notes of an empty fund table that name another fund and not its own."""
    names: dict[str, list[str]] = words("funds")
    for table in [t for t in figures.disclosure.tables if t.notes]:
        own = next((k for k in names if table.id == k or table.id.startswith(f"{k}_")), None)
        for note in table.notes if own is not None else ():
            other = [n for k, found in names.items() if k != own for n in found if n in note]
            if not other or any(n in note for n in names[own or ""]):
                yield passed(rule)
                continue
            told = Told(
                f"{short(figures, table)}的注写的是“{other[0]}”，不是本表的资金。",
                f"The note of {table.id} speaks of another fund.",
                (table_spot(table, "note"), table_spot(table)),
                actual=other[0],
                evidence=(Evidence(table_spot(table, "note"), note, "", "note"),),
            )
            yield violated(rule, told)


def _has_bare_year(figures: Figures) -> bool:
    return _BARE_LINE.search(heads_of(figures)) is not None


@only_where(_has_bare_year)
def bare_years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find column heads that begin with a year and leave out 年."""
    for table in figures.disclosure.tables:
        heads = [c.header for c in table.columns] + [c.text for row in table.head for c in row]
        bare = next((h for h in heads if _BARE.match(h)), None)
        if bare is None:
            if any(heads):
                yield passed(rule)
            continue
        place = table.places.get("head") or table.places.get("unit") or table.place
        spot = Spot(table=table.id, page=place.page if place else None, line=place.line if place else None)
        told = Told(
            f"{short(figures, table)}的表头“{bare}”缺“年”字。", f"The head {bare!r} of {table.id} lacks 年.",
            (spot, *(_row_spot(table, r.key, "", r.place) for r in table.rows[:1])),
            actual=bare,
        )  # fmt: skip
        yield violated(rule, told)


@only_where(lambda figures: any(t.rows and t.rows[0].key.startswith(_PROJECT) for t in figures.disclosure.tables))
def totals(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find project tables with several projects and no total, where the form has one."""
    for table in figures.disclosure.tables:
        projects = [r for r in table.rows if r.key.startswith(_PROJECT)]
        form = None if figures.pack is None or len(projects) < 2 else figures.pack.table(table.id)
        if form is None or not any(r.total or r.subtotals for r in form.rows):
            continue
        if not any(f.digits for r in projects for f in r.cells.values()):
            continue
        if len(projects) < len(table.rows):
            yield passed(rule)
            continue
        amounts = [f for r in projects if (f := r.cells.get("total")) is not None and f.is_number]
        total = amount(sum(f.atoms for f in amounts), table.unit, 2)
        told = Told(
            f"{short(figures, table)}没有合计行，{len(projects)}个项目之和为{total}{table.unit}。",
            f"{table.id} has no total; its {len(projects)} projects add up to {total}.",
            (_row_spot(table, projects[0].key, "", projects[0].place),),
            expected=total,
            actual="",
        )
        yield violated(rule, told)


@once_for_all
def _titles_of(figures: Figures) -> set[str]:
    return {spelling(title) for title in {f.title for f in figures.forms.values()}}


@only_where(lambda figures: "" in _titles_of(figures))
def form_titles(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find project forms without a title."""
    yield from _titles(rule, figures, lambda title, _usual: not title, ("没有标题", "have no title"))


@only_where(lambda figures: len(_titles_of(figures)) > 1)
def unlike_titles(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find project forms whose title is a part of what the others print."""
    wanted = ("标题不全", "have a shorter title than the others")
    yield from _titles(rule, figures, lambda title, usual: bool(title) and title != usual and title in usual, wanted)


def _titles(rule: Rule, figures: Figures, wrong: object, said: tuple[str, str]) -> Iterator[Result]:
    forms = figures.forms
    printed = Counter(spelling(f.title) for f in forms.values() if f.title)
    if not forms or figures.pack is None:
        yield undecided(rule, "没有绩效目标表", "there are no forms")
        return
    assert callable(wrong)
    usual = printed.most_common(1)[0][0] if printed else ""
    bad = {n: f for n, f in forms.items() if wrong(spelling(f.title), usual)}
    spots = []
    for name, form in bad.items():
        place = form.places.get("title", form.first)
        spots.append(Spot(form=name, field="title", line=None if place is None else place.line))
    if not bad:
        yield passed(rule)
        return
    told = Told(
        f"{len(bad)}份绩效目标表{said[0]}。", f"{len(bad)} of the project forms {said[1]}.", tuple(spots),
        actual=str(len(bad)),
    )  # fmt: skip
    yield violated(rule, told)


def _has_note(table: Table) -> bool:
    return bool(table.notes) and any(w in note for note in table.notes for w in words("notes")["no_data"])


def _printed(table: Table) -> bool:
    return any(f.digits is not None for r in table.rows for f in r.cells.values())


def short(figures: Figures, table: Table) -> str:
    """Give a table's title in quotation marks."""
    return f"“{figures.title(table.id)}”"


def table_spot(table: Table, part: str = "title") -> Spot:
    """Give the place of what stands around a table: its title, its number, its unit."""
    place = table.places.get(part, table.place)
    return Spot(table=table.id, page=place.page if place else None, line=place.line if place else None)


def _row_spot(table: Table, row: str, column: str, place: Place | None) -> Spot:
    at = place or table.place
    return Spot(table=table.id, row=row, column=column, page=at.page if at else None, line=at.line if at else None)
