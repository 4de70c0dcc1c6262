"""Columns that a form prints only where a unit has such spending."""

from __future__ import annotations

import msgspec
import pytest

from mingzhang.compiling.tables import printed_form
from mingzhang.forms.packs import load_pack
from mingzhang.sums.filters import Fact, FactMasks

SPENDING = load_pack("shanxi-2023").table("spending")


def fact(kind: str, amount: int = 5) -> Fact:
    return Fact("x", amount, {"flow": "spending", "kind": kind})


@pytest.mark.parametrize(
    ("kinds", "extra"),
    [
        (["personnel", "project"], []),
        (["personnel", "business_operations"], ["business_operations"]),
        (["affiliate_subsidy", "remittance_up"], ["remittance_up", "affiliate_subsidy"]),
    ],
)
def test_extra_columns_stand_at_the_end_in_the_order_of_the_form(kinds: list[str], extra: list[str]) -> None:
    table = printed_form(SPENDING, FactMasks([fact(k) for k in kinds]))

    assert [c.key for c in table.columns] == ["code", "label", "total", "basic", "project", *extra]
    assert sum(c.columns for c in table.head[0]) == len(table.columns)
    assert [c.text for c in table.head[-1]][5:] == [c.header for c in table.columns[5:]]


def test_money_of_nothing_prints_no_column() -> None:
    assert printed_form(SPENDING, FactMasks([fact("business_operations", 0)])) == SPENDING


def test_a_table_without_extra_columns_stays_as_it_is() -> None:
    plain = msgspec.structs.replace(SPENDING, extra=())

    assert printed_form(plain, FactMasks([fact("business_operations")])) is plain
