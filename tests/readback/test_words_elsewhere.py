"""Written parts and outlines of forms nobody wrote a pack for: what each number says, whose document it is, of what kind."""

from __future__ import annotations

import pytest
from tabform import read

from mingzhang.model.fault import UnreadableInput

TITLE = "某市示例局2031年部门预算情况说明\n"


def keys(*paragraphs: str, heading: str = "一、收支总体情况说明") -> dict[str, str]:
    """Give the keys of the numbers of a written part by what is printed."""
    disclosure = read("\n".join((TITLE, heading, *paragraphs)) + "\n")
    slots = [s for section in disclosure.sections for p in section.paragraphs for s in p.slots]
    return {s.figure.printed: s.key for s in slots if s.figure is not None}


def test_a_class_with_the_words_of_a_total_at_its_end_is_not_the_total():
    got = keys("支出预算：2031年年初预算数90.10万元，其中：教育支出预算50.20万元，住房保障支出预算39.90万元。")
    assert got == {"90.10": "expenditure_total", "50.20": "expenditure_exp_205", "39.90": "expenditure_exp_221"}


def test_sources_are_parts_of_the_income_that_was_spoken_of():
    got = keys("收入包括：一般公共预算拨款收入70.5万元、政府性基金预算拨款收入3.5万元、事业收入2.25万元。")
    assert got == {"70.5": "income_general", "3.5": "income_gov_fund", "2.25": "income_business"}


@pytest.mark.parametrize(
    "sentence",
    [
        "2031年收入预算88.8万元，比上年减少6.6万元，下降7.7%。",
        "2031年某市示例局收入总预算88.8万元，较2030年预算数减少6.6万元，降低7.7%。",
        "本年预算收入合计88.8万元。较上年减少6.6万元，同比下降7.7%。",
        "示例局收入预算总额为88.8万元，同比减少6.6万元，减少7.7%。",
    ],
)
def test_a_change_belongs_to_what_was_stated_before_it(sentence):
    assert keys(sentence) == {
        "88.8": "income_total",
        "6.6": "income_change_amount",
        "7.7": "income_change_percent",
    }


def test_amounts_of_reasons_and_of_other_years_have_no_key():
    got = keys(
        "支出预算60.3万元，比上年增加4.1万元，主要是项目支出增加3.2万元，人员经费增加0.9万元。",
        "2030年支出预算56.2万元。",
    )
    assert got == {
        "60.3": "expenditure_total", "4.1": "expenditure_change_amount", "3.2": "", "0.9": "", "56.2": "",
    }  # fmt: skip


def test_a_section_of_another_year_states_nothing_of_this_one():
    got = keys("公务接待费5.5万元。", heading="一、2030年“三公”经费决算情况")
    assert got == {"5.5": ""}


def test_three_public_expenses_are_known_without_a_heading_and_in_brackets():
    got = keys(
        "“三公”经费预算29万元，比上年增加0.5万元，其中：因公出国（境）费用3万元；公务用车购置及运行费25万元"
        "（公务用车购置费6万元，公务用车运行维护费19万元）；公务接待费1万元，与上年持平。"
    )
    assert got == {
        "29": "three_public_total", "0.5": "three_public_change_amount", "3": "three_public_abroad",
        "25": "three_public_vehicles", "6": "three_public_vehicle_buy", "19": "three_public_vehicle_run",
        "1": "three_public_reception",
    }  # fmt: skip


def test_shares_belong_to_the_amount_before_them():
    got = keys("基本支出40.4万元，占支出总额的80.8%；项目支出9.6万元，占19.2%。", heading="三、支出预算情况说明")
    assert got == {
        "40.4": "expenditure_basic", "80.8": "expenditure_basic_share", "9.6": "expenditure_project",
        "19.2": "expenditure_project_share",
    }  # fmt: skip


def test_words_alone_are_a_disclosure_only_if_they_state_a_budget():
    assert read("某区示例站2031年单位预算公开说明\n2031年收入预算12.5万元。\n").sections
    with pytest.raises(UnreadableInput):
        read("某区示例站举办读书活动\n活动花费12.5万元，参加者50人。\n")


@pytest.mark.parametrize(
    ("title", "name", "kind", "scope"),
    [
        ("某县示例镇小学2031年单位预算", "某县示例镇小学", "unit_budget", "unit"),
        ("2031年某县示例镇小学单位预算公开", "某县示例镇小学", "unit_budget", "unit"),
        ("标题：2031年某县示例镇小学单位预算", "某县示例镇小学", "unit_budget", "unit"),
        ("某市示例局关于2031年度部门预算编制的说明", "某市示例局", "department_budget", "aggregate"),
        ("某市示例局（本级）2031年部门预算公开", "某市示例局（本级）", "department_budget", "own_office"),
        ("某市示例局 2031年度部门决算公开说明", "某市示例局", "final_accounts", "aggregate"),
    ],
)
def test_titles_tell_whose_document_it_is_and_of_what_kind(title, name, kind, scope):
    disclosure = read(f"{title}\n一、收支情况说明\n2031年收入预算10.5万元，支出预算10.5万元。\n")
    assert (disclosure.unit_name, disclosure.kind, disclosure.scope, disclosure.year) == (name, kind, scope, 2031)


CONTENTS = """目 录
第一部分 某市示例局概况
一、主要职责
第二部分 某市示例局2031年部门预算表
一、收支总体情况表
二、部门收入总体情况表
第三部分 2031年部门预算情况说明
第四部分 名词解释
"""


def test_a_contents_list_names_the_unit_and_ends_where_a_numbered_line_comes_again():
    disclosure = read(
        f"{CONTENTS}某市示例局\n一、主要职责\n负责示例工作。\n第三部分 2031年部门预算情况说明\n收入预算9.5万元。\n"
    )
    assert len(disclosure.publication.contents) == 7
    assert disclosure.unit_name == "某市示例局"
    assert disclosure.slot("income_total").figure.plain == "9.5"


def test_a_contents_list_may_have_no_heading_and_a_part_its_name_on_the_next_line():
    listed = CONTENTS.removeprefix("目 录\n")
    body = (
        "第一部分\n某市示例局概况\n一、主要职责\n负责示例工作。\n第三部分\n2031年部门预算情况说明\n收入预算9.5万元。\n"
    )
    disclosure = read(f"某市示例局2031年部门预算\n{listed}{body}")
    assert len(disclosure.publication.contents) == 7
    assert [p.text for p in disclosure.publication.parts] == ["第一部分", "第三部分"]
    assert disclosure.slot("income_total").figure.plain == "9.5"


def test_running_text_with_blanks_around_its_numbers_is_no_table():
    got = keys(
        "1. 基本支出预算 80.25 元，占一般公共预算支出",
        "的 80.3%，同比减少 4.75 元，下降 5.6%。其中：",
        "工资福利支出预算 60.75 元，占基本支出预算",
        "75.7%，同比增加 1.5 元，增长 2.5%。",
        heading="五、一般公共预算基本支出情况说明",
    )
    assert got == {
        "80.25": "basic_total", "80.3": "basic_total_share", "4.75": "basic_change_amount", "5.6": "basic_change_percent",
        "60.75": "basic_wages", "75.7": "basic_wages_share", "1.5": "basic_wages_change_amount",
        "2.5": "basic_wages_change_percent",
    }  # fmt: skip


def test_a_heading_that_comes_again_and_again_is_no_watermark():
    disclosure = read(f"{CONTENTS}第一部分 某市示例局概况\n一、主要职责\n一、主要职责\n负责示例工作。\n")
    assert disclosure.publication.marks == ()


def test_cells_that_stand_one_on_a_line_are_no_watermarks():
    cells = "".join(f"{name}\n成本指标\n成本指标\n{n}.00\n" for n, name in enumerate(("甲", "乙", "丙", "丁"), 10))
    assert read(f"{CONTENTS}第一部分 某市示例局概况\n{cells}").publication.marks == ()


def test_what_a_site_prints_above_a_title_is_not_its_unit():
    above = "监督索引号53032200536100201000\n欢迎访问示例网站！\n• 无障碍\n"
    assert read(f"{above}某县示例医院2031年度单位决算\n目录\n{CONTENTS}").unit_name == "某县示例医院"
    assert read(f"2031年度\n某县示例医院部门决算\n{CONTENTS}").unit_name == "某县示例医院"


def test_a_name_stands_in_headings_where_no_title_gives_it():
    listed = CONTENTS.replace("第一部分 某市示例局概况", "第一部分 概况").replace("某市示例局2031", "2031")
    assert read(f"{listed}第一部分 某县示例镇中学概况\n一、主要职责\n教书。\n").unit_name == "某县示例镇中学"


def test_a_year_that_is_only_compared_with_is_not_the_document_s():
    assert (
        read(
            "一般公共预算三公经费情况\n2031年，三公经费预算5万元，比2030年预算数减少1万元，比2030年执行数减少2万元。\n"
        ).year
        == 2031
    )


def test_parts_of_one_item_are_not_those_of_all():
    got = keys(
        "一般公共预算拨款支出70.5万元，其中：基本支出60.5万元，项目支出10万元。",
        "示例教育支出20.2万元，其中：基本支出18.2万元，项目支出2万元。",
        heading="五、一般公共预算支出情况说明",
    )
    assert got == {
        "70.5": "general_current", "60.5": "general_basic", "10": "general_project", "20.2": "", "18.2": "", "2": "",
    }  # fmt: skip


def test_this_years_income_among_the_parts_of_the_total_is_not_the_total():
    got = keys(
        "2031年某市示例局预算收入总计88.8万元，其中：本年收入80.8万元，上年结转8万元，比上年减少6.6万元，下降7.7%。"
    )
    assert got == {
        "88.8": "income_total", "80.8": "income_current_year", "8": "income_carry_over", "6.6": "", "7.7": "",
    }  # fmt: skip


def test_a_part_with_its_own_change_keeps_it():
    got = keys("支出预算50万元，其中：基本支出40.4万元，比上年增加1.5万元；项目支出9.6万元，比上年减少2.5万元。")
    assert got == {
        "50": "expenditure_total", "40.4": "expenditure_basic", "1.5": "expenditure_basic_change_amount",
        "9.6": "expenditure_project", "2.5": "expenditure_project_change_amount",
    }  # fmt: skip


def test_a_change_of_what_nobody_knows_is_not_one_of_the_whole():
    got = keys(
        "2031年财政拨款收支总预算90.5万元，比2030年增加9.5万元。其中：杂项经费40.4万元，比2030年增加4.4万元；另项经费50.1万元，增加5.1万元。"
    )
    assert got == {"90.5": "fiscal_total", "9.5": "fiscal_change_amount", "40.4": "", "4.4": "", "50.1": "", "5.1": ""}


def test_amounts_behind_the_word_of_an_item_are_numbers_and_levels_in_brackets_name_nothing():
    got = keys(
        "（一）教育支出类科目 5,806.5万元，占支出总预算82.27%，同比增加 352.25万元。", heading="三、支出预算情况说明"
    )
    assert got == {
        "5,806.5": "expenditure_exp_205", "82.27": "expenditure_exp_205_share", "352.25": "expenditure_exp_205_change_amount",
    }  # fmt: skip
    got = keys(
        "一般公共预算财政拨款支出12.5万元，主要用于以下方面：教育支出（类）10.5万元，占84%。",
        heading="五、其他重要事项的情况说明",
    )
    assert got == {"12.5": "general_current", "10.5": "general_exp_205", "84": "general_exp_205_share"}


def test_a_district_says_whose_money_it_is():
    got = keys(
        "经汇总，2031年区本级一般公共预算中“三公”经费支出预算为4432万元，其中：公务接待费323万元。",
        heading="五、其他重要事项的情况说明",
    )
    assert got == {"4432": "three_public_total", "323": "three_public_reception"}


def test_the_end_of_a_year_is_not_its_beginning():
    got = keys("支出预算50万元，其中：本年支出50万元。年终结转结余为0万元。", heading="三、支出预算情况说明")
    assert got["0"] == "expenditure_year_end"


def test_parts_of_an_item_go_on_behind_a_semicolon():
    got = keys(
        "支出预算50万元。其中：基本支出40万元，项目支出10万元。定向安排支出30万元，其中：基本支出24万元，比上年增加1万元；项目支出6万元。",
        heading="三、支出预算情况说明",
    )
    assert got == {
        "50": "expenditure_total", "40": "expenditure_basic", "10": "expenditure_project", "30": "", "24": "", "1": "",
        "6": "",
    }  # fmt: skip


CARRIED = """某市示例局2031年部门预算
第二部分 部门预算表
财政拨款收支总表
单位：万元
收入		支出
收入来源	金额	功能科目	总额	一般公共预算资金
一、本年收入	50.00	一、本年支出	60.00	60.00
（一）一般公共预算拨款	50.00	（一）教育支出	40.00	40.00
二、上年结转	10.00	（二）住房保障支出	20.00	20.00
收入总计	60.00	支出总计	60.00	60.00
一般公共预算支出表
单位：万元
科目编码	科目名称	总计
205	教育支出	40.00
221	住房保障支出	20.00
	合计	60.00
第三部分 部门预算情况说明
五、一般公共预算当年拨款情况说明
教育支出{}万元，占60%，住房保障支出20.00万元，占40%。
"""


@pytest.mark.parametrize(("amount", "key"), [("30.00", ""), ("40.00", "general_exp_205")])
def test_this_years_grant_is_not_what_a_table_prints_with_money_carried_over(amount, key):
    disclosure = read(CARRIED.format(amount))
    slots = {
        s.figure.printed: s.key for sec in disclosure.sections for p in sec.paragraphs for s in p.slots if s.figure
    }
    assert slots[amount] == key


@pytest.mark.parametrize("heading", ["第二部分 收支情况", "第二部分：2031年部门收支及“三公”经费说明"])
def test_a_part_of_any_name_that_states_amounts_is_the_written_part(heading):
    disclosure = read(
        f"某市示例局2031年部门预算公开\n第一部分 概况\n一、职责\n负责示例。\n{heading}\n一、收支总体情况说明\n收入预算9.5万元，支出预算9.5万元。\n"
    )
    assert disclosure.slot("income_total").figure.plain == "9.5"


ITEMS = """某市示例局2031年部门预算
第二部分 部门预算表
一般公共预算支出表
单位：万元
科目编码	科目名称	总计
208	社会保障和就业支出	50.00
20805	行政事业单位养老支出	50.00
2080501	行政单位离退休	20.00
2080505	机关事业单位基本养老保险缴费支出	20.00
2080506	机关事业单位职业年金缴费支出	10.00
	合计	50.00
第三部分 部门预算情况说明
五、一般公共预算支出情况说明
{}
"""
OF = "社会保障和就业支出（类）行政事业单位养老支出（款）"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"1.{OF}行政单位离退休（项）2031年预算数为20.00万元，比2030年增加1万元。\n2.{OF}机关事业单位基本养老保险缴费支出（项）支出20.0万元。\n3.{OF}机关事业单位职业年金缴费支出（项）：12.00万元。",
            ["general_exp_2080501", "general_exp_2080501_change_amount", "general_exp_2080505", "general_exp_2080506"],
        ),
        (
            "（1）行政单位离退休（2080501）20.00万元；（2）机关事业单位基本养老保险缴费支出（2080505）20万元。",
            ["general_exp_2080501", "general_exp_2080505"],
        ),
        (  # of other money: most are not what the table prints
            f"1.{OF}行政单位离退休（项）22.00万元。\n2.{OF}机关事业单位基本养老保险缴费支出（项）23.0万元。\n3.{OF}机关事业单位职业年金缴费支出（项）10.00万元。",
            ["", "", ""],
        ),
    ],
)
def test_items_are_known_by_all_their_levels_or_their_codes(text, expected):
    disclosure = read(ITEMS.format(text))
    assert [s.key for sec in disclosure.sections for p in sec.paragraphs for s in p.slots] == expected


def test_economic_classes_are_no_classes_by_function():
    text = "支出中：工资福利支出40.5万元，商品和服务支出9.5万元。"
    table = "一般公共预算基本支出表\n单位：万元\n科目编码\t科目名称\t总计\n301\t工资福利支出\t30.50\n302\t商品和服务支出\t8.50\n\t合计\t39.00\n"
    disclosure = read(
        f"某市示例局2031年部门预算\n第二部分 部门预算表\n{table}第三部分 部门预算情况说明\n三、支出预算情况说明\n{text}\n"
    )
    assert [s.key for sec in disclosure.sections for p in sec.paragraphs for s in p.slots] == ["", ""]
