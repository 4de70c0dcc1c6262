"""The certificate refuses every planted wrong digit, and knows how far figures of different units may differ."""

from __future__ import annotations

import pytest

from mingzhang.model.figure import Figure, blank
from mingzhang.sums.certificate import certify
from mingzhang.sums.concrete import concrete
from mingzhang.sums.sheets import CellRef, Sheet, SheetRow
from mingzhang.sums.terms import parse_statement

TRUE = {"a": 14_000, "b": 14_900, "c": 14_500, "total": 43_400, "nothing": 0}
PRINTED = {"a": 1, "b": 2, "c": 1, "total": 4}
SUM = "s[total].amount = sum(s[parent=total].amount)"


def sheets_of(figures: dict[str, Figure]) -> dict[str, Sheet]:
    rows = {k: SheetRow(k, "" if k == "total" else "total") for k in figures}
    return {"s": Sheet.of("s", rows, {(k, "amount"): f for k, f in figures.items()}, ("amount",))}


def certified(statement, figures, truth):
    sheets = sheets_of(figures)
    identities = tuple(concrete(parse_statement(statement), sheets))
    assert identities
    return certify(identities, sheets, {CellRef("s", k, "amount"): fen for k, fen in truth.items()})


def check(statement, truth=None, **digits):
    figures = {k: Figure(d, "万元", 2) for k, d in {**PRINTED, **digits}.items()}
    return certified(statement, {**figures, "nothing": blank("万元")}, TRUE if truth is None else truth)


def test_what_adds_up_is_certified():
    found = check(SUM)

    assert found.holds
    assert (found.identities, found.figures) == (1, len(TRUE))


@pytest.mark.parametrize("name", sorted(PRINTED))
@pytest.mark.parametrize("by", [-1, 1])
def test_one_wrong_digit_anywhere_is_refused(name, by):
    found = check(SUM, **{name: PRINTED[name] + by})

    assert not found.holds
    assert len(found.broken) == 1


def test_two_wrong_digits_that_add_up_are_refused_for_their_distance():
    found = check(SUM, a=3, total=6)

    assert found.broken == ()
    assert [r.row for r in found.far] == ["a", "total"]


@pytest.mark.parametrize("truth", [{"a": 20_000}, {"a": 0}, {"nothing": 1}, {"lost": 0}])
def test_a_full_unit_is_too_far_and_a_blank_stands_for_nothing(truth):
    assert [r.row for r in check(SUM, truth).far] == list(truth)


@pytest.mark.parametrize(
    ("statement", "holds"), [("s[a].amount <= s[b].amount", True), ("s[b].amount <= s[a].amount", False)]
)
def test_inequalities(statement, holds):
    assert check(statement).holds is holds


@pytest.mark.parametrize(
    ("fen", "holds"), [(999_999, True), (1, True), (0, False), (1_999_999, True), (2_000_000, False)]
)
def test_between_units_a_figure_may_stand_for_less_than_a_unit_beside_it(fen, holds):
    figures = {"a": Figure(1, "万元", 0), "b": Figure(fen, "元", 2)}

    assert certified("s[a].amount = s[b].amount", figures, {}).holds is holds


@pytest.mark.parametrize(("share", "holds"), [(3333, True), (3334, True), (3332, False), (3335, False)])
def test_a_share_lies_less_than_a_step_from_its_ratio(share, holds):
    figures = {"a": Figure(share, "%", 2), "b": Figure(1, "元", 2), "c": Figure(3, "元", 2)}

    assert certified("s[a].amount = s[b].amount / s[c].amount", figures, {}).holds is holds


@pytest.mark.parametrize(
    ("share", "part", "whole", "holds"),
    [(0, 0, 0, True), (1, 0, 0, False), (0, 1, 0, False), (100, 0, 0, False), (0, 0, -1, False)],
)
def test_a_share_of_what_is_printed_as_nothing_is_nothing(share, part, whole, holds):
    figures = {"a": Figure(share, "%"), "b": Figure(part, "元"), "c": Figure(whole, "元")}

    assert certified("s[a].amount = s[b].amount / s[c].amount", figures, {}).holds is holds


@pytest.mark.parametrize(("last", "holds"), [(3334, True), (3333, False), (3335, False)])
def test_shares_of_one_whole_make_a_hundred(last, holds):
    figures = {"a": Figure(3333, "%", 2), "b": Figure(3333, "%", 2), "c": Figure(last, "%", 2)}
    found = certify((), sheets_of(figures), {}, [[CellRef("s", k, "amount") for k in figures]])

    assert found.holds is holds
    assert found.identities == 1


def test_a_share_that_is_not_printed_is_refused():
    assert not certify((), sheets_of({"a": blank("%")}), {}, [[CellRef("s", "a", "amount")]]).holds
