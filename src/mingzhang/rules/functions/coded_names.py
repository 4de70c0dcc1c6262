"""Rows by codes beside the same codes of other tables: one code has one name; and tables that lack their total."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence
from mingzhang.rules import coded_rows
from mingzhang.rules.briefly import only_where
from mingzhang.rules.functions.shifts import has_slipped
from mingzhang.rules.names import is_one_slip
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Row, Table
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_TOTAL: Final = "total"
_ENDINGS: Final = ("支出", "收入")


@once_for_all
def _with_more_names(figures: Figures) -> dict[str, Counter[str]]:
    """Give the functional codes that are printed with more than one name, each with how often it has which."""
    names: dict[str, Counter[str]] = {}
    said: dict[str, str] = {}
    more: set[str] = set()
    rows = [r for coded in coded_rows.functional_rows(figures) for r in coded.rows]
    for row in rows:
        if said.setdefault(row.code, row.label) != row.label:
            more.add(row.code)
    for row in rows if more else ():
        if row.code in more and row.label.strip():
            names.setdefault(row.code, Counter())[_plain(row.label)] += 1
    return {code: counted for code, counted in names.items() if len(counted) > 1}


@only_where(_with_more_names)
def one_name(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find codes that one table prints with another name than the others."""
    coded = coded_rows.functional_rows(figures)
    if not any(c.rows for c in coded):
        yield undecided(rule, "没有按科目编码列示的表", "no table lists codes")
        return
    yield passed(rule)
    unlike = _with_more_names(figures)
    listed = coded_rows.edition_of(figures).classification("functional").by_code
    for one in coded if unlike else ():
        for row in [r for r in one.rows if r.code in unlike and r.label.strip() and not r.doubt]:
            usual, often = unlike[row.code].most_common(1)[0]
            entry = listed.get(row.code)
            own = _plain(row.label)
            if entry is not None and any(_plain(n) in unlike[row.code] for n in (entry.name, *entry.others)):
                if entry.is_called(row.label):
                    continue
                usual = next(p for n in (entry.name, *entry.others) if (p := _plain(n)) in unlike[row.code])
            elif own == usual or unlike[row.code][own] == often:
                continue
            if own in usual or usual in own:  # printed short
                continue
            yield _told(rule, figures, one.table, row, usual)


def _plain(label: str) -> str:
    plain = spelling(label)
    return next((plain.removesuffix(e) for e in _ENDINGS if plain.endswith(e) and plain != e), plain)


def _told(rule: Rule, figures: Figures, table: Table, row: Row, usual: str) -> Result:
    printed = row.label.strip()
    told = Told(
        f"{figures.title(table.id)}：编码{row.code}的名称印为“{printed}”，其他表为“{usual}”。",
        f"{table.id}: {row.code} is called {printed!r}, and {usual!r} in other tables.",
        (coded_rows.spot_of(table, row),),
        expected=usual,
        actual=printed,
        evidence=(Evidence(coded_rows.spot_of(table, row), printed, "", "printed"),),
    )
    named = coded_rows.edition_of(figures).named(printed)  # the name of another code is no slip
    return violated(rule, told, "hint" if is_one_slip(_plain(printed), usual) and not named else None)


def totals(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find tables by codes that print amounts and no total, where their form has one."""
    seen = False
    for table in figures.disclosure.tables:
        form = None if figures.pack is None or table.id not in coded_rows.LISTS else figures.pack.table(table.id)
        if form is None or not [r for r in form.rows if r.total]:
            continue
        if [r for r in table.rows if r.key == _TOTAL]:
            seen = True
            yield passed(rule)
            continue
        if sum(any(f.digits for f in r.cells.values()) for r in table.rows) < 2:
            continue
        others = [t for t in figures.disclosure.tables if t.id == table.id and t is not table]
        if any(r.key == _TOTAL for t in others for r in t.rows):  # one table on several pages
            continue
        seen = True
        if has_slipped(table, figures):
            continue
        told = Told(
            f"{figures.title(table.id)}没有合计行。",
            f"{table.id} has no total.",
            (coded_rows.spot_of(table, table.rows[0]),),
        )
        yield violated(rule, told)
    if not seen:
        yield undecided(rule, "没有按科目编码列示的表", "no table lists codes")
