"""One document beside that of the year before: what it says of last year, projects that go on, words taken over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.forms.classification import spelling
from mingzhang.forms.expressions import Call, Cell, Named, Sum
from mingzhang.forms.narrative import narrative_of
from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.figures import FORM, TEXT
from mingzhang.rules.finding_text import amount, evidence_of
from mingzhang.rules.functions.projects import bare, rows_of
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.rows import PROJECTS
from mingzhang.rules.stated import other_bases
from mingzhang.rules.words import words
from mingzhang.sums.identities import width
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.figure import Figure
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures, Said

_AMOUNTS: Final = ("total", "amount", "current")
_LONG: Final = 24
_DIGIT: Final = re.compile(r"\d")


def stated_changes(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare every change that is stated with this year's figure less that of last year's document."""
    last = figures.last_year
    assert last is not None
    for name, said in figures.said.items():
        found = _change(said)
        stated = said.slot.figure
        if found is None or stated is None or not stated.is_number or other_bases(said):
            continue
        now_ref, then_ref = _where(found[0], figures), _where(found[1], last)
        now, then = _number(now_ref, figures), _number(then_ref, last)
        if now_ref is None or then_ref is None or now is None or then is None:
            yield undecided(rule, f"“{said.sentence[:30]}”的上年数没有读到", "last year's figure was not found")
            continue
        off = abs(abs(now.atoms - then.atoms) - abs(stated.atoms))
        if 2 * off <= width(now) + width(then) + width(stated):
            yield passed(rule)
            continue
        ref = CellRef(TEXT, name)
        expected = amount(abs(now.atoms - then.atoms), stated.unit, stated.places)
        told = Told(
            f"说明写变动{stated.plain}{stated.unit}；本年{now.plain}{now.unit}，上年公开文件为{then.plain}{then.unit}，"
            f"相差应为{expected}{stated.unit}：“{said.sentence[:40]}”。",
            f"A change of {stated.plain} is stated; {now.plain} less last year's {then.plain} is {expected}.",
            (figures.spot(ref), figures.spot(now_ref)),
            expected=expected,
            actual=stated.plain,
            unit=stated.unit,
            evidence=(
                evidence_of(stated, figures.spot(ref), "change"),
                evidence_of(now, figures.spot(now_ref), "now"),
                _of_last(then, last.spot(then_ref)),
            ),
        )
        yield violated(rule, told)


def quoted(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare every figure of last year that a sentence quotes."""
    last = figures.last_year
    assert last is not None
    for name, said in figures.said.items():
        declared = said.declared
        stated = said.slot.figure
        tree = None if declared is None else declared.tree
        if not (isinstance(tree, Named) and tree.source == "last") or stated is None or other_bases(said):
            continue
        ref = _where(tree.name, last)
        then = _number(ref, last)
        if ref is not None and then is not None and stated.is_number:
            yield _compared(rule, figures, CellRef(TEXT, name), stated, then, last.spot(ref))


def columns(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare columns of last year's budget with the same rows of last year's document."""
    last = figures.last_year
    assert last is not None
    for table in figures.disclosure.tables:
        before = last.disclosure.table(table.id)
        if before is None:
            continue
        of_last = {row.key: row for row in reversed(before.rows)}  # of two with one key the first
        for row in table.rows:
            stated = row.cells.get("last_budget")
            own = of_last.get(row.key)
            if stated is None or own is None or not stated.is_number:
                continue
            column = next((c for c in _AMOUNTS if c in own.cells), None)
            if column is not None and (then := own.cells[column]).is_number:
                ref = CellRef(table.id, row.key, "last_budget")
                yield _compared(rule, figures, ref, stated, then, last.spot(CellRef(table.id, row.key, column)))


def period_money(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the money of the whole period of projects that both years have."""
    last = figures.last_year
    assert last is not None
    for name, before in _projects_of_both(figures, last):
        refs = (CellRef(FORM, name, "period.total"), CellRef(FORM, before, "period.total"))
        now, then = figures.figure(refs[0]), last.figure(refs[1])
        years = last.forms[before].period_years
        if now is None or then is None or not now.digits or not then.digits or years is None or years < 2:
            continue
        yield _compared(rule, figures, refs[0], now, then, last.spot(refs[1]))


def once_again(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find projects done once in one year of last year's document that have new money this year."""
    last = figures.last_year
    assert last is not None
    current = {spelling(bare(n)): r for n, r in rows_of(figures).items() if any(x.source == PROJECTS[0] for x in r)}
    for name, form in last.forms.items():
        if form.attribute != "one_off" or form.period_years != 1:
            continue
        rows = current.get(spelling(form.project))
        figure = None if rows is None else figures.figure(next(r for r in rows if r.source == PROJECTS[0]))
        if rows is None or figure is None or not figure.digits:
            yield passed(rule)
            continue
        ref = next(r for r in rows if r.source == PROJECTS[0])
        told = Told(
            f"“{form.project}”上年是一年期的一次性项目，本年又安排{figure.plain}{figure.unit}。",
            f"{form.project!r} was to be done once, last year, and has {figure.plain} again.",
            (figures.spot(ref),),
            actual=figure.plain,
            unit=figure.unit,
            evidence=(
                evidence_of(figure, figures.spot(ref), "now"),
                Evidence(_away(last, name), "1", "年", "last year"),
            ),
        )
        yield violated(rule, told)


def carried_twice(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find projects that both documents list as carried over."""
    return _carried(rule, figures, twice=True)


def carried_from_nowhere(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find projects of carried money that last year's document does not list at all."""
    return _carried(rule, figures, twice=False)


def _carried(rule: Rule, figures: Figures, *, twice: bool) -> Iterator[Result]:
    last = figures.last_year
    assert last is not None
    listed = {spelling(bare(n)): {x.source for x in refs} for n, refs in rows_of(last).items()}
    if not listed:
        yield undecided(rule, "上年公开文件没有读到项目", "last year's document lists no projects")
        return
    for name, refs in rows_of(figures).items():
        ref = next((r for r in refs if r.source == PROJECTS[1]), None)
        figure = None if ref is None else figures.figure(ref)
        if ref is None or figure is None or not figure.digits:
            continue
        before = listed.get(spelling(bare(name)), set())
        if (PROJECTS[1] not in before) if twice else bool(before):
            yield passed(rule)
            continue
        said = (
            ("上年公开文件已列为结转项目，资金可能已超过两年", "was carried over last year already")
            if twice
            else ("在上年公开文件的项目表中没有列出", "is not listed in last year's document")
        )
        told = Told(
            f"结转项目“{bare(name)}”（{figure.plain}{figure.unit}）{said[0]}。",
            f"The project {bare(name)!r} of carried money ({figure.plain}) {said[1]}.",
            (figures.spot(ref),),
            actual=figure.plain,
            unit=figure.unit,
            evidence=(evidence_of(figure, figures.spot(ref), "carried"),),
        )
        yield violated(rule, told)


def copied(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find explanations of changes that are word for word, with their amounts, those of last year's document."""
    last = figures.last_year
    assert last is not None
    reasons = words("reasons")["words"]
    before = {spelling(p.text) for s in last.disclosure.sections for p in s.paragraphs}
    for section in figures.disclosure.sections:
        for paragraph in section.paragraphs if section.part == "written" else ():
            text = paragraph.text
            if len(text) < _LONG or not _DIGIT.search(text) or not any(w in text for w in reasons):
                continue
            if spelling(text) not in before:
                yield passed(rule)
                continue
            at = paragraph.place or section.place
            spot = Spot(
                section=section.key, sentence=text[:40], page=at.page if at else None, line=at.line if at else None
            )
            told = Told(
                f"增减变动的说明与上年公开文件一字不差，连数字也相同：“{text[:40]}”。",
                f"What is said of a change is word for word, amounts too, that of last year: {text[:40]!r}.",
                (spot,),
                evidence=(Evidence(spot, text[:40], "", "text"),),
            )
            yield violated(rule, told)


def _change(said: Said) -> tuple[str, str] | None:
    """Give the names of this year's and last year's figure of which a slot states the change."""
    declared = said.declared
    match None if declared is None else declared.tree:
        case Call("abs", Sum((("+", Named("slot", now)), ("-", Named("last", then))))):
            return now, then
        case _:
            return None


def _where(name: str, figures: Figures) -> CellRef | None:
    """Find where a document prints a figure: in the written part, else in the cell that its form declares."""
    if name in figures.said and figures.said[name].slot.figure is not None:
        return CellRef(TEXT, name)
    declared = narrative_of(figures.wording).declaration(name)
    tree = None if declared is None else declared.tree
    if isinstance(tree, Cell) and tree.table in figures.sheets and "*" not in tree.row:
        return CellRef(tree.table, tree.row, tree.column)
    return None


def _number(ref: CellRef | None, figures: Figures) -> Figure | None:
    figure = None if ref is None else figures.figure(ref)
    return figure if figure is not None and figure.is_number and not figure.doubt else None


def _compared(  # noqa: PLR0917 - two figures, each with its place
    rule: Rule, figures: Figures, ref: CellRef, stated: Figure, then: Figure, spot: Spot
) -> Result:
    if 2 * abs(stated.atoms - then.atoms) <= width(stated) + width(then):
        return passed(rule)
    expected = amount(then.atoms, stated.unit, stated.places)
    told = Told(
        f"{figures.name(ref)}为{stated.plain}{stated.unit}，上年公开文件为{then.plain}{then.unit}。",
        f"{stated.plain} {stated.unit} here, {then.plain} {then.unit} in last year's document.",
        (figures.spot(ref),),
        expected=expected,
        actual=stated.plain,
        difference=amount(stated.atoms - then.atoms, stated.unit, stated.places),
        unit=stated.unit,
        evidence=(evidence_of(stated, figures.spot(ref), "now"), _of_last(then, spot)),
    )
    return violated(rule, told)


def _of_last(figure: Figure, spot: Spot) -> Evidence:
    """Make the evidence of a figure of last year's document; its line is not one of this document."""
    return Evidence(Spot(table=spot.table, row=spot.row, column=spot.column, section=spot.section, sentence=spot.sentence,
                         form=spot.form, field=spot.field), figure.plain, figure.unit, "last year")  # fmt: skip


def _away(last: Figures, form: str) -> Spot:
    return Spot(form=last.forms[form].project, field="period")


def _projects_of_both(figures: Figures, last: Figures) -> Iterator[tuple[str, str]]:
    before = {spelling(f.project): n for n, f in last.forms.items()}
    for name, form in figures.forms.items():
        own = before.get(spelling(form.project))
        if own is not None:
            yield name, own
