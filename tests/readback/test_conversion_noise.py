"""What converters and scanners add to a text is none of the document: cells, codes and names are read as printed."""

import pytest

from mingzhang.model.disclosure import Source
from mingzhang.readback.recognise import read_disclosure
from mingzhang.readback.text import read_pages
from mingzhang.rules.engine import check

SPENDING = """2025年部门支出预算总表
编制部门：某局\t单位：元
科目编码\t科目名称\t合计\t基本支出\t项目支出
201\t一般公共服务支出\t5.00\t3.00\t2.00
20106\t财政事务\t5.00\t3.00\t2.00
2010601\t行政运行\t3.00\t3.00\t
2010602\t一般行政管理事务\t2.00\t\t2.00
\t合计\t5.00\t3.00\t2.00
"""
BALANCE = """2024年预算收支总表
部门名称：某局\t单位：万元
收入\t\t支出\t\t\t
项目\t2024年\t项目\t2024年合计\t当年预算安排\t上年结转安排
一、一般公共预算\t5.00\t一、一般公共服务支出\t3.00\t3.00\t
二、政府性基金预算\t\t二、外交支出\t2.00\t2.00\t
本年收入合计\t5.00\t本年支出合计\t5.00\t5.00\t
上年结转\t\t年终结转\t\t\t
收入总计\t5.00\t支出总计\t5.00\t5.00\t
"""


def read(text):
    return read_disclosure(read_pages(text.encode(), "a.txt"), Source(name="a.txt"))


def cells(document):
    return {
        (t.id, r.key, c): f.plain
        for t in document.tables
        for r in t.rows
        for c, f in r.cells.items()
        if f.printed and not (f.doubt or r.doubt)
    }


@pytest.mark.parametrize(
    "noisy",
    [
        SPENDING.replace("财政", "财\u200b政").replace("5.00", "\u200b5.\xad00"),
        SPENDING.replace("\t\t2.00", "\tnan\t2.00").replace("3.00\t\n", "3.00\tNaN\n").replace("\n\t合", "\nnan\t合"),
        SPENDING.replace("2010601\t", "2010601.0\t").replace("201\t", "201.0\t"),
        SPENDING.replace("2.00\n", '"2.00"\n').replace("财政事务", '"财政事务"'),
        SPENDING.replace("2.00\n", "2.00|\n").replace("\t\t", "\t.\t"),
    ],
)
def test_what_a_program_adds_to_cells_is_left_out(noisy):
    assert noisy != SPENDING
    assert cells(read(noisy)) == cells(read(SPENDING))


@pytest.mark.parametrize(
    "between", ["— 3 —\n某局2025年部门预算\n", "某局2025年部门预算\n\n第 4 页 共 9 页\n", "某局2025年部门预算\n" * 2]
)
def test_the_documents_name_at_the_ends_of_pages_is_part_of_no_row(between):
    lines = SPENDING.splitlines(keepends=True)
    noisy = "".join([*lines[:3], between, *lines[3:5], between, lines[5], between, *lines[6:]])
    document = read(f"某局\n2025年部门预算\n\n{noisy}")
    assert cells(document) == cells(read(SPENDING))
    assert {m.kind for m in document.publication.marks} <= {"running_head", "page_number"}
    assert not [f for f in check(document) if f.rule == "K-001"]


@pytest.mark.parametrize("stop", [".", ",", "丶", " ", ""])
def test_a_number_before_a_name_is_known_whatever_became_of_its_stop(stop):
    noisy = BALANCE.replace("一、", f"一{stop}").replace("二、", f"二{stop}")
    assert cells(read(noisy)) == cells(read(BALANCE))


@pytest.mark.parametrize(
    "noisy",
    [
        SPENDING.replace("2010602\t一般", "20106\t一般").replace("\t2.00\n\t合", "\t2.00\n02\t\t\t\t\n\t合"),
        SPENDING.replace("5.00\t3.00\t2.00\n2010601", "5.\n00\t3.00\t2.00\n2010601"),
        SPENDING.replace("\t5.00\t3.00\t2.00\n20106\t", "\t5.\t3.00\t2.00\n\t\t00\t\t\n20106\t"),
        SPENDING.replace("2.00\n20106\t", "2.00\t20106\t"),
        SPENDING.replace("2.00\n20106\t", "2.00\t17\n20106\t"),
        SPENDING.replace("2.00\n20106\t", "2.00\n\t\t17\t\t\n20106\t"),
        SPENDING.replace("财政事务\t", "财政事务"),
        SPENDING.replace("\n编制", "\t单位：元\n编制").replace("某局\t单位：元", "某局"),
        SPENDING.replace("\n编制", "（单位：元）\n编制").replace("某局\t单位：元", "某局").replace("总表（", "总表 （"),
        SPENDING.replace("单位：元", "单位：\n元"),
        SPENDING.replace("\t单位：元", "").replace("项目支出\n", "项目支出\n单位：元\n"),
    ],
)
def test_rows_and_titles_that_were_torn_or_run_together_are_read_as_printed(noisy):
    assert noisy != SPENDING
    document = read(noisy)
    assert cells(document) == cells(read(SPENDING))
    assert [t.unit for t in document.tables] == ["元"]


WIDE = """2025年部门收入预算总表
编制部门：某局\t单位：元
项目\t\t\t\t收入预算\t\t\t\t\t
功能分类科目编码\t\t\t功能分类科目名称\t合计\t财政拨款收入\t事业收入\t事业单位经营收入\t其他收入
类\t款\t项\t\t\t\t\t\t
201\t\t\t一般公共服务支出\t5.00\t3.00\t\t\t2.00
201\t06\t\t财政事务\t5.00\t3.00\t\t\t2.00
201\t06\t01\t行政运行\t5.00\t3.00\t\t\t2.00
\t\t\t合计\t5.00\t3.00\t\t\t2.00
"""


@pytest.mark.parametrize(
    "order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)], ids=["cells of spans left out", "exchanged", "turned round"]
)
def test_a_head_in_disorder_is_laid_out_as_its_form_has_it(order):
    lines = WIDE.splitlines(keepends=True)
    head = [lines[2 + n] for n in order]
    if order == (0, 1, 2):
        head = ["\t".join(c for c in x.strip().split("\t") if c) + "\n" for x in head]
    document = read("".join([*lines[:2], *head, *lines[5:]]))
    assert cells(document) == cells(read(WIDE))
    assert cells(document)["income", "2010601", "fiscal"] == "3.00"


def test_merged_cells_of_a_form_that_are_repeated_are_read_once():
    form = (
        "项目支出绩效目标表\t\t\t\n项目名称\t道路养护\t\t\n主管部门及代码\t100-某局\t实施单位\t某局\n项目属性\t经常性项目\t项目期\t3年\n"
        "项目资金(元)\t实施期资金总额:\t90,000\t\n\t其中:中央财政资金\t0\t\n"
    )
    said = form.replace("道路养护\t\t", "道路养护\t道路养护\t道路养护").replace("90,000\t", "90,000\t90,000")
    said = said.replace("目标表\t\t\t", "\t".join(["目标表", *["项目支出绩效目标表"] * 3]))
    (plain,), (noisy,) = read(form).project_forms, read(said).project_forms
    assert (noisy.project, noisy.period_funds.total) == (plain.project, plain.period_funds.total)
    assert noisy.project == "道路养护"


@pytest.mark.parametrize(
    ("noisy", "severity"),
    [
        (SPENDING.replace("2010602", "2O1O6O2"), "hint"),
        (
            SPENDING.replace(
                "2010602\t一般行政管理事务\t2.00\t\t2.00\n", "2010602\t一般行政管理事务\t2.00\t\t2.00\n" * 2
            ),
            "hint",
        ),
        (SPENDING.replace("2010602\t一般行政管理事务\t2.00\t\t2.00\n", ""), "error"),
        (SPENDING.replace("2010602\t一般行政管理事务\t2.00", "2O1O6O2\t一般行政管理事务\t9.00"), "error"),
    ],
)
def test_a_sum_that_lacks_just_a_row_in_doubt_accuses_nobody(noisy, severity):
    found = [f for f in check(read(noisy)) if f.rule == "B-002"]
    assert severity in {f.severity for f in found}
    assert severity == "error" or not [f for f in found if f.severity == "error"]
