"""Vehicles: how many there are and may be, and the money for buying and running them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.model.units import base_of
from mingzhang.rules.briefly import only_where
from mingzhang.rules.figures import TEXT
from mingzhang.rules.finding_text import amount, evidence_of
from mingzhang.rules.functions.assets import at_most, exceeds, number_at
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import texts_in
from mingzhang.rules.words import words
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.figure import Figure
    from mingzhang.model.finding import Spot
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_ALL: Final = "vehicles_actual"
_TYPES: Final = "vehicles_"
_WHOLE: Final = frozenset({"vehicles_actual", "vehicles_quota", "vehicles_count", "vehicles_original_value"})
_BUYING: Final = CellRef("three_public", "vehicle_purchase", "total")
_RUNNING: Final = CellRef("three_public", "vehicle_operation", "total")


@only_where(lambda figures: exceeds(figures, _kinds(figures), _ALL), sums=True)
def vehicle_kinds(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare all kinds of vehicles that are listed with the number of vehicles."""
    refs = tuple(CellRef(TEXT, n) for n in _kinds(figures) if number_at(CellRef(TEXT, n), figures) is not None)
    yield from at_most(rule, figures, refs, (CellRef(TEXT, _ALL),))


def _kinds(figures: Figures) -> tuple[str, ...]:
    """List the slots that say how many vehicles of a kind there are, where it is said how many there are at all."""
    said = figures.said if _ALL in figures.said else ()
    return tuple([n for n in said if n.startswith(_TYPES) and n not in _WHOLE and "#" not in n])


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
    count = "vehicles_actual" if "vehicles_actual" in figures.said else "vehicles_count"
    return _money_beside(rule, figures, count, _RUNNING, "实有车辆为0，安排了运行维护费", "there are no vehicles")


def full_establishment(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find money for buying vehicles where the establishment is full, and nothing says that old ones are replaced."""
    quota, actual = (number_at(CellRef(TEXT, n), figures) for n in ("vehicles_quota", "vehicles_actual"))
    money = number_at(_BUYING, figures)
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
    actual, money = number_at(CellRef(TEXT, "vehicles_actual"), figures), number_at(_RUNNING, figures)
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


def _money_beside(rule: Rule, figures: Figures, count: str, money: CellRef, zh: str, en: str) -> Iterator[Result]:  # noqa: PLR0917
    """Find money where a count that is stated is nothing."""
    number, figure = number_at(CellRef(TEXT, count), figures), number_at(money, figures)
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
