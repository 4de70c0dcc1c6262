"""Years in the heads of columns: last year's has no place where it stands alone on a side of a form of one year."""

from __future__ import annotations

import pytest
from golden import disclosure_of
from msgspec.structs import replace

from mingzhang.rules.engine import check

LAST, NOW, OUT = ("last_budget", "2022年"), ("amount", "2023年"), ("total", "2023年合计")


@pytest.mark.parametrize(("incomes", "told"), [([LAST], ["2022"]), ([LAST, NOW], []), ([NOW], [])])
def test_a_year_before_that_stands_in_the_place_of_this_one_is_told(incomes, told):
    keys = " ".join(key for key, _header in incomes)
    values = " ".join("1.00" for _column in incomes)
    made = disclosure_of(f"[table summary] in: {keys}; out: total\nin:general {values}\nout:201 1.00\n")
    headers = [header for _key, header in (*incomes, OUT)]
    (table,) = made.tables
    columns = iter(headers)
    headed = tuple(replace(c, header=next(columns)) if c.kind == "figure" else c for c in table.columns)
    found = check(replace(made, tables=(replace(table, columns=headed),)))
    assert [f.actual for f in found if f.rule == "A-019"] == told
