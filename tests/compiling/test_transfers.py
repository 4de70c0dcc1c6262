"""Money between units of one department is counted once, and only where both sides agree to the fen."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book
from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.transfers import net_of_transfers
from mingzhang.model.book import Book, Member, SpendingLine
from mingzhang.model.fault import InvalidBook

UNITS = (
    Member(code="1", name="示例局本级", unit_type="行政"),
    Member(code="2", name="示例中心", unit_type="公益一类"),
    Member(code="3", name="示例馆", unit_type="公益一类"),
)


def line(identifier: str, unit: str, amount: int, **fields) -> SpendingLine:
    basics = {"function": "2010601", "kind": "operating", "economic": "30201"}
    return SpendingLine(id=identifier, unit=unit, amount=amount, **{**basics, **fields})


def given(identifier: str, amount: int, to: str = "2", unit: str = "1", **fields) -> SpendingLine:
    basics = {"kind": "affiliate_subsidy", "fund": "unit_funds", "fund_part": "business", "economic": "39999"}
    return line(identifier, unit, amount, transfer_to=to, **{**basics, **fields})


def received(identifier: str, amount: int, unit: str = "2", giver: str = "1", **fields) -> SpendingLine:
    basics = {"fund": "unit_funds", "fund_part": "superior_subsidy", "function": "2010602"}
    return line(identifier, unit, amount, transfer_from=giver, **{**basics, **fields})


def book(*spending: SpendingLine) -> Book:
    basics = {"year": 2024, "pack": "shanxi-2024", "unit_name": "示例局", "unit_type": "行政", "unit_code": "1"}
    return Book(**basics, members=UNITS, spending=spending)


def test_the_receivers_line_stays_under_the_givers_money():
    net = net_of_transfers(book(line("a", "1", 500), given("g", 300), received("r1", 100), received("r2", 200)))

    assert [x.id for x in net.spending] == ["a", "r1", "r2"]
    assert {(x.fund, x.fund_part, x.function, x.kind) for x in net.spending[1:]} == {
        ("unit_funds", "business", "2010602", "operating")
    }
    assert sum(f.amount for f in facts_of(book(line("a", "1", 500), given("g", 300), received("r1", 300)))) == 800


def test_a_book_without_transfers_is_left_alone():
    plain = book(line("a", "1", 500))
    assert net_of_transfers(plain) is plain


def test_money_from_and_to_others_stays():
    outside = book(given("g", 300, to="9"), received("r", 200, giver="8"))
    assert net_of_transfers(outside) == outside


def test_money_going_up_is_counted_once_too():
    up = book(
        given("g", 70, to="1", unit="2", kind="remittance_up", fund_part="unit_operations"),
        received("r", 70, unit="1", giver="2", fund_part="affiliate_remittance"),
    )
    assert [(x.id, x.fund_part) for x in net_of_transfers(up).spending] == [("r", "unit_operations")]


@pytest.mark.parametrize("spending", [
    (given("g", 300), received("r", 299)),
    (given("g", 300),),
    (received("r", 300),),
    (given("g", 300), received("r", 300, unit="3")),
])  # fmt: skip
def test_what_is_given_must_be_what_is_received(spending):
    with pytest.raises(InvalidBook) as refused:
        net_of_transfers(book(*spending))

    places = " ".join(p.place for p in refused.value.problems)
    assert all(x.id in places for x in spending)


def test_several_kinds_of_money_need_the_givers_line():
    two = (given("g1", 100), given("g2", 200, fund_part="other"))
    with pytest.raises(InvalidBook, match="来自明细"):
        net_of_transfers(book(*two, received("r", 300)))

    named = (received("r1", 100, transfer_line="g1"), received("r2", 200, transfer_line="g2"))
    assert [x.fund_part for x in net_of_transfers(book(*two, *named)).spending] == ["business", "other"]
    with pytest.raises(InvalidBook, match="g9"):
        net_of_transfers(book(*two, replace(named[0], transfer_line="g9"), named[1]))
    with pytest.raises(InvalidBook):
        net_of_transfers(book(*two, replace(named[0], amount=101), replace(named[1], amount=199)))


def test_the_compiled_department_shows_the_money_once():
    made = compile_book(book(line("a", "1", 500_000_000), given("g", 30_000_000), received("r", 30_000_000)))

    summary = made.disclosure.table("summary")
    assert summary.figure("in:total", "amount").plain == "530.00"
    assert made.disclosure.rounding == "additive"
