"""Damaged tables: what is still printed is read right or doubted, hardly anything is read wrong without a word."""

from functools import cache

import pytest
from damage import KINDS, damaged, outcome
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.forms.packs import load_pack
from mingzhang.model.disclosure import Source
from mingzhang.readback.recognise import read_disclosure
from mingzhang.readback.text import read_pages

PACKS = ("shanxi-2023", "shanxi-2024", "shanghai-2025")
MAY_MISS = frozenset(
    {"drop_all_blank_cells", "lose_row", "lose_head", "swap_digits", "split_label", "weave_into_cells", "print_twice"}
)
"""Kinds that change names, codes, heads or digits: there the row itself may be another one for the reader."""


@cache
def compiled(seed):
    return compile_book(sound_book(seed, PACKS[seed])).disclosure


def read(text):
    return read_disclosure(read_pages(text.encode(), "a.txt"), Source(name="a.txt"))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_printed_is_read_right_or_doubted(kind):
    total = dict.fromkeys(("right", "doubted", "missing", "wrong"), 0)
    for seed, pack in enumerate(PACKS):
        case = damaged(compiled(seed), load_pack(pack), kind, seed)
        for what, count in outcome(case, read(case.text)).items():
            total[what] += count
    if kind not in MAY_MISS:
        assert total["missing"] == total["wrong"] == 0
    assert total["right"] + total["doubted"] > 0.9 * sum(total.values())


def test_the_measure_sees_a_wrong_figure():
    case = damaged(compiled(0), load_pack(PACKS[0]), "spread_tabs", 1)
    (table,) = case.tables
    key, text = next((k, t) for k, t in case.truth.items() if k[0] == table and t.strip(" 0.,"))
    truth = {**case.truth, key: f"9{text}"}
    spoilt = type(case)(case.text, truth, case.tables)
    assert outcome(case, read(case.text))["wrong"] == 0
    assert outcome(spoilt, read(case.text))["wrong"] == 1


@pytest.mark.parametrize(
    ("cells", "read_as"),
    [
        ("201\t06\t01\t行政运行\t5.00\t3.00\t2.00", ["2010601", "5.00", "3.00", "2.00"]),
        ("201\t06\t01\t行政运行\t5.00 3.00\t\t2.00", ["2010601", "5.00", "3.00", "2.00"]),
        ("201\t06\t01\t行政运行\t5.00\t\t3.00 2.00", ["2010601", "5.00", "3.00", "2.00"]),
    ],
)
def test_codes_under_a_strange_head_and_numbers_sharing_a_cell(cells, read_as):
    text = (
        "2025年部门支出预算总表\n编制部门：某局\t单位：元\n项目编码甲\t编码乙\t编码丙\t功能分类科目名称\t合计\t基本支出\t项目支出\n"
        f"201\t\t\t一般公共服务支出\t5.00\t3.00\t2.00\n201\t06\t\t财政事务\t5.00\t3.00\t2.00\n{cells}\n\t\t\t合计\t5.00\t3.00\t2.00\n"
    )
    table = read(text).tables[0]
    row = table.rows[2]
    assert [row.key, *(f.plain for f in row.cells.values())] == read_as
    assert any(f.doubt for f in row.cells.values()) == (" " in cells)


@pytest.mark.parametrize(("code", "doubt"), [("2010601", False), ("20106核", True), ("201", True)])
def test_a_code_that_is_none_or_another_rows_is_doubted(code, doubt):
    text = (
        "2025年部门支出预算总表\n编制部门：某局\t单位：元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        f"201\t一般公共服务支出\t5.00\t3.00\t2.00\n20106\t财政事务\t5.00\t3.00\t2.00\n{code}\t行政运行\t5.00\t3.00\t2.00\n"
    )
    assert bool(read(text).tables[0].rows[2].doubt) == doubt
