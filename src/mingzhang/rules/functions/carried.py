"""Projects of money carried over, and what the written part says of all projects together."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import in_brief
from mingzhang.rules.figures import FORM, TEXT
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.functions.projects import bare, has_nameless, nameless_form, pairs_of, rows_of
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.rows import PROJECTS
from mingzhang.sums.identities import is_rounded_share
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_YEAR: Final = re.compile(r"(?<![\d\-—~至])(20\d{2})年(?!\s*[-—~至])")
_HUNDRED: Final = 100
_SHARE, _PART = "performance_public_share", "performance_public_amount"


def without_form(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find projects of carried money without a form though most of this year's projects have theirs."""
    if not any(r[0].source == PROJECTS[1] for r in rows_of(figures).values()):
        yield undecided(
            rule, "没有结转项目，或没有公开绩效目标表", "no projects are carried over, or there are no forms"
        )
        return
    pairs = pairs_of(figures)
    taken = {r for found in pairs.values() for r in found}
    rows = {n: r for n, r in rows_of(figures).items() if any(_has_money(x, figures) for x in r)}
    current = [r for r in rows.values() if any(x.source == PROJECTS[0] for x in r)]
    carried = {n: r for n, r in rows.items() if all(x.source == PROJECTS[1] for x in r)}
    having = sum(bool(taken.intersection(r)) for r in current)
    if not carried or not current or having * 2 <= len(current):
        yield undecided(
            rule, "没有结转项目，或没有公开绩效目标表", "no projects are carried over, or there are no forms"
        )
        return
    if has_nameless(figures):
        yield nameless_form(rule)
        return
    for name, refs in carried.items():
        if taken.intersection(refs):
            yield passed(rule)
            continue
        yield _told_of(
            rule, figures, refs[0], f"结转项目“{bare(name)}”没有公开绩效目标表，本年项目都有。",
            f"The project {bare(name)!r} of carried money has no form, though this year's have.",
        )  # fmt: skip


def age(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find carried money that by the year in its name was given two years ago or longer."""
    year = figures.disclosure.year
    for name, refs in rows_of(figures).items():
        carried = [r for r in refs if r.source == PROJECTS[1] and _has_money(r, figures)]
        stated = [int(y) for y in _YEAR.findall(bare(name))]
        if not carried or year is None:
            continue
        if not stated or max(stated) > year - 2:
            yield passed(rule)
            continue
        years = max(stated)
        yield _told_of(
            rule, figures, carried[0], f"结转项目“{bare(name)}”从名称看是{years}年的资金，到{year}年已超过两年，应当收回或说明。",
            f"The project {bare(name)!r} is of {years} and still carried over in {year}.", year=str(years),
        )  # fmt: skip


def share_base(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the share of projects with published targets with all project spending, carry-over included."""
    refs = (CellRef(TEXT, _SHARE), CellRef(TEXT, _PART), CellRef("spending", "total", "project"))
    share, part, whole = (figures.figure(r) for r in refs)
    if share is None or part is None or whole is None or not (share.is_number and part.digits and whole.digits):
        yield undecided(rule, "说明没有写占比", "no share is stated")
        return
    if is_rounded_share(share.atoms, share.step, part.atoms, whole.atoms):
        yield passed(rule)
        return
    carried = _carried(figures)
    if not carried or not is_rounded_share(share.atoms, share.step, part.atoms, whole.atoms - carried or 1):
        yield passed(rule)
        return
    right = Fraction(part.atoms * _HUNDRED * 10**6, whole.atoms)
    cents = int(right * _HUNDRED / 10**6 + Fraction(1, 2))
    percent = f"{cents // _HUNDRED}.{cents % _HUNDRED:02d}"
    spots = tuple(figures.spot(r) for r in refs)
    told = Told(
        f"说明写公开绩效目标的项目{part.plain}{part.unit}占项目支出总额的{share.plain}%，"
        f"项目支出总额含上年结转为{whole.plain}{whole.unit}，应为{percent}%。",
        f"The share of {share.plain}% leaves out what was carried over; of {whole.plain} it is {percent}%.",
        spots,
        expected=percent,
        actual=share.plain,
        unit="%",
        evidence=tuple(
            evidence_of(f, s, role)
            for f, s, role in zip((share, part, whole), spots, ("share", "part", "whole"), strict=True)
        ),
    )
    yield violated(rule, told)


def _carried(figures: Figures) -> int:
    """Add up the money of projects that was carried over."""
    sheet = figures.sheets.get(PROJECTS[1])
    keys = [k for k in (() if sheet is None else sheet.rows) if k.startswith("project:")]
    own = (figures.figure(CellRef(PROJECTS[1], k, "total")) for k in keys)
    return sum(f.atoms for f in own if f is not None and f.is_number)


def _without_money(rule: Rule, figures: Figures) -> Iterator[Result]:
    annual = [f.annual_funds.total for f in figures.forms.values()]
    return iter(()) if all(f is not None and f.is_number for f in annual) else blank_money(rule, figures)


@in_brief(_without_money, sums=False)
def blank_money(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find forms that do not print the money of the year though the project's row does."""
    for name, rows in pairs_of(figures).items():
        annual, period = (figures.figure(CellRef(FORM, name, f"{s}.total")) for s in ("annual", "period"))
        money = figures.figure(rows[0]) if rows else None
        if money is None or not money.digits or period is None or not period.is_number:
            continue
        if annual is not None and annual.is_number:
            yield passed(rule)
            continue
        ref = CellRef(FORM, name, "period.total")
        told = Told(
            f"“{name}”没有年度资金总额，项目支出表为{money.plain}{money.unit}。",
            f"The form {name!r} prints no money of the year; the project table has {money.plain}.",
            (figures.spot(ref), figures.spot(rows[0])),
            expected=money.plain,
            actual="",
            unit=money.unit,
            evidence=(
                evidence_of(period, figures.spot(ref), "period"),
                evidence_of(money, figures.spot(rows[0]), "row"),
            ),
        )
        yield violated(rule, told)


def _has_money(ref: CellRef, figures: Figures) -> bool:
    figure = figures.figure(ref)
    return figure is not None and bool(figure.digits)


def _told_of(rule: Rule, figures: Figures, ref: CellRef, zh: str, en: str, *, year: str = "") -> Result:
    figure = figures.figure(ref)
    assert figure is not None
    spot = figures.spot(ref)
    more = (evidence_of(figure, spot, "project"), Evidence(spot, year, "年", "year")) if year else ()
    amount = f"（{figure.plain}{figure.unit}）"
    told = Told(zh.replace("”", f"”{amount}", 1), en, (spot,), evidence=(Evidence(spot, ref.row, "", "row"), *more))
    return violated(rule, told)
