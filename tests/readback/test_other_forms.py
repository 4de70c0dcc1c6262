"""Tables of other places: columns by what they are called, wherever they stand, and tables printed on their side."""

from __future__ import annotations

from tabform import figures, page, read, table

CITY = "2025年某市示例局部门预算"


def read_2025(*tables: str):
    return read(CITY + "\n" + page(*tables, year=2025))


def income() -> str:
    return table(
        "部门收入总表",
        [
            ["科目编码", "科目名称", "合计", "上年结转", "一般公共预算拨款收入", "事业收入", "", "附属单位上缴收入", "其他收入"],
            ["", "", "", "", "", "金额", "其中：教育收费", "", ""],
            ["205", "教育支出", "90.00", "5.00", "60.00", "20.00", "8.00", "3.00", "2.00"],
            ["", "合计", "90.00", "5.00", "60.00", "20.00", "8.00", "3.00", "2.00"],
        ],
    )  # fmt: skip


def test_columns_are_known_by_their_words_at_any_place():
    got = figures(read_2025(income()))
    assert {k[2]: v[0] for k, v in got.items() if k[:2] == ("income", "205")} == {
        "total": "90.00", "carry": "5.00", "general": "60.00", "business": "20.00", "其中：教育收费": "8.00",
        "affiliate_remittance": "3.00", "other": "2.00",
    }  # fmt: skip


def test_money_carried_over_has_columns_of_its_own_and_texts_are_no_figures():
    grid = [
        ["类型", "项目名称", "项目单位", "合计", "本年拨款", "", "财政拨款结转结余", "", "单位资金"],
        ["", "", "", "", "一般公共预算", "政府性基金预算", "一般公共预算", "政府性基金预算", ""],
        ["特定目标类", "堤防加固", "某市示例局", "32.00", "22.00", "", "4.00", "", "6.00"],
        ["特定目标类", "河道清淤", "某市示例局", "10.00", "", "10.00", "", "", ""],
        ["", "合计", "", "42.00", "22.00", "10.00", "4.00", "", "6.00"],
    ]
    disclosure = read_2025(table("项目支出表", grid))
    got = figures(disclosure)
    assert {k[2]: v for k, v in got.items() if k[:2] == ("projects", "project:堤防加固")} == {
        "total": ("32.00", ""), "general": ("22.00", ""), "carry_general": ("4.00", ""), "unit_funds": ("6.00", ""),
    }  # fmt: skip
    assert disclosure.tables[0].row("project:河道清淤").texts == {"类型": "特定目标类", "项目单位": "某市示例局"}


def test_another_form_says_itself_whether_money_carried_over_is_in():
    grid = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["205", "教育支出", "9.00", "9.00", ""]]
    titles = (
        "财政拨款支出表（不含上年结转）",
        "一般公共预算支出表",
        "部门支出总表",
        "政府性基金预算支出表（不含上年结转）",
    )
    disclosure = read_2025(income(), *(table(t, grid) for t in titles))
    carry = {t.id: t.carry for t in disclosure.tables}
    assert disclosure.pack is None
    assert (carry["general_spending"], carry["fund_spending"], carry["spending"]) == (
        "unstated",
        "excluded",
        "included",
    )


def turned(*rows: list[str], note: str = "") -> str:
    return table("一般公共预算“三公”经费支出表", rows, note=note)


TWO_YEARS = (
    ["2024年预算数", "", "", "", "", "", "2025年预算数", "", "", "", "", ""],
    ["合计", "因公出国（境）费", "公务用车购置及运行费", "", "", "公务接待费"] * 2,
    ["", "", "小计", "公务用车购置费", "公务用车运行费", ""] * 2,
)


def test_a_table_printed_on_its_side_has_rows_by_their_names_and_a_column_for_each_year():
    line = ["8.00", "", "6.00", "", "6.00", "2.00", "7.50", "", "6.00", "", "6.00", "1.50"]
    got = figures(read_2025(turned(*TWO_YEARS, line)))
    assert {(k[1], k[2]): v[0] for k, v in got.items()} == {
        ("total", "last_budget"): "8.00", ("vehicles", "last_budget"): "6.00", ("reception", "last_budget"): "2.00",
        ("vehicle_operation", "last_budget"): "6.00", ("total", "total"): "7.50", ("vehicles", "total"): "6.00",
        ("vehicle_operation", "total"): "6.00", ("reception", "total"): "1.50",
    }  # fmt: skip


def test_operating_costs_beside_a_table_on_its_side_are_a_table():
    head = [
        ["“三公”经费预算数", "", "", "", "", "", "机关运行经费预算数"],
        ["合计", "因公出国(境)费", "公务接待费", "公务用车购置及运行费", "", "", ""],
        ["", "", "", "小计", "购置费", "运行费", ""],
    ]
    got = figures(read_2025(turned(*head, ["3.20", "", "1.20", "2.00", "", "2.00", "88.40"])))
    assert got["three_public", "reception", "total"] == ("1.20", "")
    assert got["three_public", "vehicles", "total"] == ("2.00", "")
    assert got["operating_cost", "total", "total"] == ("88.40", "")


def test_a_group_s_name_that_slipped_over_the_total_takes_it_in_no_more():
    head = [
        ["公务用车购置及运行费", "", "", "", "", "", "机关运行经费预算数"],
        ["合计", "因公出国(境)费", "公务接待费", "小计", "购置费", "运行费", ""],
    ]
    got = figures(read_2025(turned(*head, ["3.20", "", "1.20", "2.00", "", "2.00", "88.40"])))
    assert got["three_public", "total", "total"] == ("3.20", "")
    assert got["three_public", "vehicles", "total"] == ("2.00", "")


def test_amounts_of_a_line_that_lost_cells_are_in_doubt():
    got = figures(read_2025(turned(*TWO_YEARS, ["8.00", "6.00", "6.00", "2.00", "7.50", "6.00", "6.00", "1.50"])))
    assert len(got) == 8
    assert all(doubt for _, doubt in got.values())


def test_several_units_below_a_head_on_its_side_are_read_by_their_total():
    head = [["单位名称", "合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费"]]
    disclosure = read_2025(turned(*head, ["甲中心", "3.00", "", "1.00", "2.00"], ["合计", "4.00", "", "2.00", "2.00"]))
    assert figures(disclosure)["three_public", "reception", "total"] == ("2.00", "")
    assert any("未读" in d for d in disclosure.tables[0].doubts)


CONTENTS = """某市示例局2025年部门预算
目 录
一、部门主要职能 ………………
二、名词解释 ………………
三、部门预算编制说明 ………………
四、部门预算表 ………………
某市示例局主要职能
某市示例局负责示例工作。
名词解释
（一）基本支出预算：指为保障机构运转编制的支出计划。
2025年部门预算编制说明
2025年，某市示例局收入预算310.50万元。
"""


def test_a_contents_list_with_leaders_ends_with_them_and_headings_may_begin_with_a_year():
    disclosure = read(CONTENTS)
    assert [p.text for p in disclosure.publication.parts] == [
        "某市示例局主要职能",
        "名词解释",
        "2025年部门预算编制说明",
    ]
    assert len(disclosure.publication.contents) == 4
    assert [t.term for t in disclosure.glossary] == ["基本支出预算"]
    assert disclosure.slot("income_total").figure.plain == "310.50"


def test_what_was_spent_last_year_has_keys_of_its_own_under_the_same_words():
    grid = [
        ["科目编码", "科目名称", "2024年执行数", "", "", "2025年预算数", "", ""],
        ["", "", "小计", "基本支出", "项目支出", "小计", "基本支出", "项目支出"],
        ["205", "教育支出", "90.00", "50.00", "40.00", "100.00", "60.00", "40.00"],
        ["合计", "", "90.00", "50.00", "40.00", "100.00", "60.00", "40.00"],
    ]
    got = figures(read_2025(table("一般公共预算支出情况表", grid)))
    assert {k[2]: v[0] for k, v in got.items() if k[1] == "205"} == {
        "last_executed": "90.00", "last_executed_basic": "50.00", "last_executed_project": "40.00",
        "total": "100.00", "basic": "60.00", "project": "40.00",
    }  # fmt: skip


def test_the_only_list_of_projects_is_of_this_year():
    grid = [
        ["项目类别", "项目名称", "金额", "其中：财政拨款", ""],
        ["", "", "", "一般公共预算", "政府性基金"],
        ["特定目标类", "校舍维修", "30.00", "30.00", ""],
        ["特定目标类", "设备购置", "10.00", "", "10.00"],
    ]
    got = figures(read_2025(table("项目支出表", grid)))
    assert got["projects", "project:校舍维修", "general"] == ("30.00", "")
    assert got["projects", "project:设备购置", "total"] == ("10.00", "")


def test_a_line_of_this_year_below_one_of_last_year_is_read():
    head = ["年度", "合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费"]
    last, now = ["2024年", "4.00", "", "1.00", "3.00"], ["2025年", "5.00", "", "2.00", "3.00"]
    for lines in ((last, now), (now, last)):
        got = read_2025(turned(head, *lines))
        assert got.table("three_public").row("reception").cells["total"].plain == "2.00"


def test_a_title_may_say_amid_its_words_what_money_it_covers():
    head = ["年度", "合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费"]
    title = "财政拨款（含一般公共预算和政府性基金预算）安排的“三公”经费预算表"
    text = f"第二部分 2025年部门预算报表\n{title}\n单位：万元\n" + "\t".join(head) + "\n2025年\t5.00\t\t2.00\t3.00\n"
    assert read_2025(text).table("three_public").row("total").cells["total"].plain == "5.00"
