"""Two disclosures beside each other."""

from __future__ import annotations

import msgspec

from mingzhang.comparing.printed import Difference, differences
from mingzhang.model.disclosure import Disclosure, Row, Table
from mingzhang.model.figure import Figure, number
from mingzhang.model.place import Place


def document(figure: Figure) -> Disclosure:
    row = Row("total", "合计", cells={"total": figure}, line=1)
    return Disclosure(year=2024, unit_name="某局", tables=(Table("spending", "支出总表", unit="万元", rows=(row,)),))


def test_the_same_content_printed_in_another_style_is_equal() -> None:
    plain = document(number(123456, "万元", 2, grouped=False))
    grouped = document(number(123456, "万元", 2, grouped=True, facts=("L1",)))

    assert differences(plain, grouped) == ()


def test_where_it_was_read_is_not_content() -> None:
    there = document(Figure(1, "万元", 2, "0.01", place=Place(line=4), doubt="unsure"))

    assert differences(document(Figure(1, "万元", 2, "0.01")), there) == ()


def test_one_changed_digit_is_one_difference() -> None:
    found = differences(document(number(100, "万元", 2, grouped=True)), document(number(101, "万元", 2, grouped=True)))

    assert found == (Difference("/tables/spending/rows/0:total/cells/total", "100e-2 万元", "101e-2 万元"),)


def test_zero_blank_and_dash_differ() -> None:
    kinds = [Figure(0, "万元", 2, "0.00"), Figure(None, "万元"), Figure(None, "万元", printed="-")]
    for i, a in enumerate(kinds):
        for j, b in enumerate(kinds):
            assert bool(differences(document(a), document(b))) == (i != j)


def test_a_missing_table_is_seen() -> None:
    whole = document(number(1, "元", 0, grouped=True))

    assert len(differences(whole, msgspec.structs.replace(whole, tables=()))) == len(
        differences(msgspec.structs.replace(whole, tables=()), whole)
    )
    assert differences(whole, msgspec.structs.replace(whole, tables=()))
