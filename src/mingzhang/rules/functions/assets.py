"""Procurement, vehicles, assets and staff: what the written part says of them, against tables and itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence, Spot
from mingzhang.model.units import base_of
from mingzhang.rules.declared_rules import result_of
from mingzhang.rules.figures import DEPARTMENT, TEXT
from mingzhang.rules.finding_text import amount, evidence_of
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import texts_in, texts_with
from mingzhang.rules.words import words
from mingzhang.sums.identities import Identity, Operand, judge
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.figure import Figure
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_KINDS: Final = ("procurement_goods", "procurement_works", "procurement_services")
_TYPES: Final = "vehicles_"
_WHOLE: Final = frozenset({"vehicles_actual", "vehicles_quota", "vehicles_count", "vehicles_original_value"})
_BUYING: Final = CellRef("three_public", "vehicle_purchase", "total")
_RUNNING: Final = CellRef("three_public", "vehicle_operation", "total")
_AS_OF: Final = re.compile(r"截[至止]至?到?\s*(?P<year>20\d\d)年")
_QUOTA: Final = re.compile(
    r"(?:人员编制|行政编制|事业编制|核定编制|编制)(?:总数|数)?(?:为|共|共计)?\s*(?P<n>\d{1,4})\s*[名人个]"
)


def procurement_parts(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare goods, works and services, each, with procurement as a whole."""
    whole = CellRef(TEXT, "procurement_total")
    for kind in _KINDS:
        yield from _judged(rule, figures, (CellRef(TEXT, kind),), (whole,))


def vehicle_kinds(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare all kinds of vehicles that are listed with the number of vehicles."""
    kinds = [n for n in figures.said if n.startswith(_TYPES) and n not in _WHOLE and "#" not in n]
    refs = tuple(CellRef(TEXT, n) for n in kinds if _number(CellRef(TEXT, n), figures) is not None)
    yield from _judged(rule, figures, refs, (CellRef(TEXT, "vehicles_actual"),))


def no_establishment(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find money for buying vehicles where the establishment has none."""
    return _money_beside(
        rule, figures, "vehicles_quota", _BUYING, "公务用车编制为0，安排了购置费", "no vehicles in the establishment"
    )


def none_bought(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find money for buying vehicles where none are to be bought."""
    return _money_beside(
        rule, figures, "purchases_vehicles", _BUYING, "写明购置0辆，安排了购置费", "no vehicles are to be bought"
    )


def none_run(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find money for running vehicles where there are none."""
    return _money_beside(
        rule, figures, "vehicles_actual", _RUNNING, "实有车辆为0，安排了运行维护费", "there are no vehicles"
    )


def full_establishment(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find money for buying vehicles where the establishment is full, and nothing says that old ones are replaced."""
    quota, actual = (_number(CellRef(TEXT, n), figures) for n in ("vehicles_quota", "vehicles_actual"))
    money = _number(_BUYING, figures)
    if quota is None or actual is None or money is None:
        yield undecided(rule, "没有写明车辆编制、实有数或购置费", "vehicles or money for them are not stated")
        return
    said = any(w in t.words for t in texts_in(figures, "written") for w in words("assets")["replacing"])
    if actual.atoms < quota.atoms or not money.digits or said:
        yield passed(rule)
        return
    yield _told(
        rule, figures, _BUYING, money, CellRef(TEXT, "vehicles_actual"), actual,
        f"实有车辆{actual.plain}辆，编制{quota.plain}辆，又安排购置费{money.plain}{money.unit}，没有说明是更新。",
        f"{actual.plain} vehicles of {quota.plain}, and {money.plain} to buy more, without saying that old ones go.",
    )  # fmt: skip


def running_cost(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find running costs of a vehicle above a threshold."""
    actual, money = _number(CellRef(TEXT, "vehicles_actual"), figures), _number(_RUNNING, figures)
    if actual is None or money is None or not actual.digits:
        yield undecided(rule, "没有写明车辆数或运行维护费", "vehicles or their costs are not stated")
        return
    most = int(words("assets")["running_cost_most"])
    count = actual.digits
    if money.atoms <= most * count * base_of("元"):
        yield passed(rule)
        return
    each = amount(money.atoms // count, "万元", 2)
    yield _told(
        rule, figures, _RUNNING, money, CellRef(TEXT, "vehicles_actual"), actual,
        f"公务用车{actual.plain}辆，运行维护费{money.plain}{money.unit}，平均每辆约{each}万元。",
        f"{actual.plain} vehicles cost {money.plain} {money.unit} to run.",
    )  # fmt: skip


def as_of(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find dates of assets before the end of last year."""
    year = figures.disclosure.year
    found = [
        (t, m)
        for t in texts_with(figures, _AS_OF, part="written")
        for m in _AS_OF.finditer(t.words)
        if any(w in t.words for w in words("assets")["assets"])
    ]
    if not found or year is None:
        yield undecided(rule, "没有写明截止日期", "no date is stated")
        return
    yield passed(rule)
    for text, date in found:
        if int(date["year"]) < year - 1:
            spot = text.spot(date[0])
            told = Told(
                f"资产情况截至{date['year']}年，本文件为{year}年，应更新到上年末。",
                f"Assets are stated as of {date['year']}; the document is of {year}.",
                (spot,),
                expected=str(year - 1),
                actual=date["year"],
                evidence=(Evidence(spot, date["year"], "年", "year"),),
            )
            yield violated(rule, told)


def staff_quota(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the one establishment that the profile states with that of the department's own form."""
    form = CellRef(DEPARTMENT, "staff_quota")
    quota = _number(form, figures)
    found = [(t, m) for t in texts_with(figures, _QUOTA, part="profile") for m in _QUOTA.finditer(t.words)]
    if quota is None or len(found) != 1 or figures.disclosure.scope != "own_office":
        yield undecided(rule, "没有可以比较的编制数", "there is no establishment to compare")
        return
    text, stated = found[0]
    if int(stated["n"]) == quota.digits:
        yield passed(rule)
        return
    spot = text.spot(stated[0])
    told = Told(
        f"概况写编制{stated['n']}名，部门整体绩效表为{quota.plain}人。",
        f"The profile says {stated['n']}, the department's own form {quota.plain}.",
        (spot, figures.spot(form)),
        expected=quota.plain,
        actual=stated["n"],
        unit="人",
        evidence=(Evidence(spot, stated["n"], "人", "profile"), evidence_of(quota, figures.spot(form), "form")),
    )
    yield violated(rule, told)


def no_operating_cost(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find figures of operating costs where the written part says that there can be none."""
    pattern = re.compile(words("assets")["no_operating_cost"])
    said = ((t, m) for t in texts_with(figures, pattern, part="written") for m in pattern.finditer(t.words))
    texts = [t for t, m in said if not any(w in _sentence(t.words, m.start()) for w in words("assets")["of_others"])]
    table = figures.disclosure.table("operating_cost")
    if not texts or table is None:
        yield undecided(rule, "没有这样的说明", "nothing like that is said")
        return
    printed = [(r, c, f) for r in table.rows for c, f in r.cells.items() if f.digits]
    if not printed:
        yield passed(rule)
        return
    row, column, figure = printed[0]
    ref = CellRef("operating_cost", row.key, column)
    spot = texts[0].spot(pattern.search(texts[0].words)[0])  # type: ignore[index]
    told = Told(
        f"说明写不涉及机关运行经费，表中却有{figures.name(ref)}{figure.plain}{figure.unit}。",
        f"Operating costs are said not to apply, and the table has {figure.plain}.",
        (figures.spot(ref), spot),
        actual=figure.plain,
        unit=figure.unit,
        evidence=(evidence_of(figure, figures.spot(ref), "printed"),),
    )
    yield violated(rule, told)


def _sentence(text: str, at: int) -> str:
    """Give the words from the last full stop before a place up to it."""
    return re.split("[。；]", text[:at])[-1]


def institution(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find operating costs of an office in the document of one public institution."""
    document = figures.disclosure
    if document.scope != "unit" or not document.unit_type.startswith("公益"):
        yield undecided(
            rule, "单位类型不明，或不是单独公开的事业单位", "not known to be the document of one institution"
        )
        return
    ref = CellRef("operating_cost", "total", "total")
    figure = _number(ref, figures)
    if figure is None or not figure.digits:
        yield passed(rule)
        return
    spot = figures.spot(ref)
    told = Told(
        f"单位类型为{document.unit_type}，机关运行经费却有{figure.plain}{figure.unit}。",
        f"A public institution has {figure.plain} of operating costs of an office.",
        (spot,),
        actual=figure.plain,
        unit=figure.unit,
        evidence=(evidence_of(figure, spot, "printed"),),
    )
    yield violated(rule, told)


def no_travel(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find groups or persons going abroad where there is no money for it."""
    pattern = re.compile(words("assets")["travel"])
    money = _number(CellRef("three_public", "abroad", "total"), figures)
    found = [(t, m) for t in texts_with(figures, pattern, part="written") for m in pattern.finditer(t.words)]
    if money is None or not found:
        yield undecided(rule, "没有写明团组或人次", "no groups are stated")
        return
    wrong = [(t, m) for t, m in found if int(m["n"]) and not money.digits]
    yield (
        passed(rule)
        if not wrong
        else violated(
            rule,
            Told(
                f"因公出国（境）费为0，说明却写“{wrong[0][1][0]}”。",
                f"There is no money for travel abroad, and {wrong[0][1][0]!r} is stated.",
                (wrong[0][0].spot(wrong[0][1][0]),),
                actual=wrong[0][1]["n"],
                evidence=(Evidence(wrong[0][0].spot(wrong[0][1][0]), wrong[0][1]["n"], "", "stated"),),
            ),
        )
    )


def _money_beside(rule: Rule, figures: Figures, count: str, money: CellRef, zh: str, en: str) -> Iterator[Result]:  # noqa: PLR0917
    """Find money where a count that is stated is nothing."""
    number, figure = _number(CellRef(TEXT, count), figures), _number(money, figures)
    if number is None or figure is None:
        yield undecided(rule, "没有写明车辆数或费用", "vehicles or money for them are not stated")
        return
    if number.digits or not figure.digits:
        yield passed(rule)
        return
    yield _told(
        rule, figures, money, figure, CellRef(TEXT, count), number, f"{zh}{figure.plain}{figure.unit}。",
        f"{en.capitalize()}, and there is {figure.plain} {figure.unit} for it.",
    )  # fmt: skip


def _told(  # noqa: PLR0917 - two figures, each with its place, and both texts
    rule: Rule, figures: Figures, ref: CellRef, figure: Figure, beside: CellRef, other: Figure, zh: str, en: str
) -> Result:
    spots: tuple[Spot, ...] = (figures.spot(ref), figures.spot(beside))
    evidence = (evidence_of(figure, spots[0], "money"), evidence_of(other, spots[1], "count"))
    return violated(rule, Told(zh, en, spots, actual=figure.plain, unit=figure.unit, evidence=evidence))


def _judged(rule: Rule, figures: Figures, left: tuple[CellRef, ...], right: tuple[CellRef, ...]) -> Iterator[Result]:
    if not left or any(_number(r, figures) is None for r in (*left, *right)):
        return
    identity = Identity(tuple(Operand(1, r) for r in left), "<=", tuple(Operand(1, r) for r in right))
    result = result_of(rule, judge(identity, figures.sheets, additive=figures.additive), figures)
    if result is not None:
        yield result


def _number(ref: CellRef, figures: Figures) -> Figure | None:
    if ref.source == TEXT and ref.row not in figures.said:
        return None
    figure = figures.figure(ref)
    return figure if figure is not None and figure.is_number else None
