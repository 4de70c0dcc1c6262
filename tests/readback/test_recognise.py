"""A whole document: whose it is, its outline, texts, marks; and inputs that are none."""

from __future__ import annotations

import pytest
from tabform import UNIT, page, read, spending, table

from mingzhang.model.disclosure import Source
from mingzhang.model.fault import UnreadableInput
from mingzhang.readback.recognise import read_disclosure
from mingzhang.readback.text import read_pages

TABLE = table("2022年预算支出总表", spending([("2011301", "行政运行", 100, 0)]), number="预算公开表3")
DOCUMENT = f"""
仅供内部审核

某县示范服
务 中心
2022年度部门预算公开

仅供内部审核

目 录

第一部分 概况.....\t1
一、本部门职责.....\t1
第二部分 2022年部门预算报表\t2
表三2022年预算支出总表.....\t2
第三部分 2022年度部门预算情况说明.....3
第四部分 名词解释\t4

- 1 -

第一部分 概况

一、本部门职责

承担示范工作，
并完成其他任务。

二、机构设置情况

内设三个科。

第二部分 2022年部门预算报表

{TABLE}

第三部分 2022年度部门预算情况说明

一、部门预算收支数据变动情况及原因

无

项目名称\t\t示范项目\t\t
主管部门及代码\t\t612-{UNIT}\t实施单位\t{UNIT}

第四部分 名词解释

一、基本支出：指维持运转的开支。
二、财政专户管理资金：
专指教育收费。
三、一般公共预算是以税收为主的预算。
"""


def test_whose_document_of_which_year_on_which_form() -> None:
    found = read(DOCUMENT)
    assert (found.year, found.unit_name, found.unit_code, found.kind, found.scope) == (
        2022,
        UNIT,
        "612",
        "department_budget",
        "aggregate",
    )
    assert found.pack is not None
    assert found.pack.id == "shanxi-2023"
    assert found.doubts == ("没有2022年的表样包，按2023年的“shanxi-2023”读",)


def test_publication() -> None:
    publication = read(DOCUMENT).publication
    assert publication.cover == ("某县示范服", "务 中心", "2022年度部门预算公开")
    assert [(m.kind, m.text, m.place.line) for m in publication.marks if m.place is not None] == [
        ("watermark", "仅供内部审核", 2),
        ("watermark", "仅供内部审核", 8),
        ("page_number", "- 1 -", 19),
    ]
    assert [(e.text, e.page) for e in publication.contents] == [
        ("第一部分 概况", "1"),
        ("一、本部门职责", "1"),
        ("第二部分 2022年部门预算报表", "2"),
        ("表三2022年预算支出总表", "2"),
        ("第三部分 2022年度部门预算情况说明", "3"),
        ("第四部分 名词解释", "4"),
    ]
    assert next((p.text, p.place.line) for p in publication.parts if p.place is not None) == ("第一部分 概况", 21)
    assert len(publication.parts) == 4


def test_profile_and_glossary() -> None:
    found = read(DOCUMENT)
    profile = [(s.key, [p.text for p in s.paragraphs]) for s in found.sections if s.part == "profile"]
    assert profile == [("duties", ["承担示范工作，并完成其他任务。"]), ("organisation", ["内设三个科。"])]
    assert [(t.term, t.meaning) for t in found.glossary] == [
        ("基本支出", "指维持运转的开支。"),
        ("财政专户管理资金", "专指教育收费。"),
        ("一般公共预算", "是以税收为主的预算。"),
    ]


def test_the_table_is_not_the_contents_list() -> None:
    assert [(t.id, t.number) for t in read(DOCUMENT).tables] == [("spending", "预算公开表3")]


def test_a_contents_list_without_pages_ends_where_its_first_entry_comes_again() -> None:
    plain = (
        DOCUMENT.replace(".....\t1", "")
        .replace(".....\t2", "")
        .replace("\t2", "")
        .replace(".....3", "")
        .replace("\t4", "")
    )
    found = read(plain)
    assert len(found.publication.contents) == 6
    assert len(found.tables) == 1


def test_a_contents_list_whose_pages_are_lost_goes_on() -> None:
    found = read(DOCUMENT.replace(".....\t2", ".....\t错误!未定义书签。"))
    assert [e.text for e in found.publication.contents] == [e.text for e in read(DOCUMENT).publication.contents]
    assert "错误!未定义书签。" in {e.page for e in found.publication.contents}
    assert len(found.tables) == 1


def test_a_part_of_a_document_is_read() -> None:
    found = read(TABLE)
    assert [t.id for t in found.tables] == ["spending"]
    assert found.unit_name == UNIT


def test_a_title_without_a_table_is_said() -> None:
    found = read(page(TABLE, "2022年预算收入总表", year=2022))
    assert any("预算收入总表" in d for d in found.doubts)


@pytest.mark.parametrize("text", ["今天天气很好。\n明天也是。\n", "姓名\t年龄\n甲\t30\n", "a,b,c\n1,2,3\n"])
def test_what_is_no_disclosure_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_disclosure(read_pages(text.encode(), "别的.txt"), Source(name="别的.txt"))
    assert caught.value.place == "别的.txt"
    assert "不是部门预算公开文本" in caught.value.message


def test_a_name_of_the_unit_printed_otherwise_is_doubted() -> None:
    other = TABLE.replace(UNIT, "另一个单位的名字").replace("2022年预算支出总表", "2022年预算收入总表")
    twice = TABLE.replace("2022年预算支出总表", "2022年一般公共预算支出预算表（不含上年结转）")
    assert "有的表印的单位是“另一个单位的名字”" in read(page(TABLE, twice, other, year=2022)).doubts


def test_own_office_and_unit_budgets() -> None:
    own = read(page(TABLE.replace(UNIT, "某县财政局（本级）"), year=2022))
    assert own.scope == "own_office"
    unit = read("某县某某站\n2022年度单位预算公开\n" + page(TABLE, year=2022).replace("部门预算", "单位预算"))
    assert (unit.kind, unit.scope) == ("unit_budget", "unit")
