"""Reading the written part: what people change in the form's sentences, and what a reader must not lose or invent."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from mingzhang.forms.packs import load_pack
from mingzhang.model.disclosure import Row, Table
from mingzhang.model.page import Cell, Line
from mingzhang.model.place import Place
from mingzhang.readback.written import read_written

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = {
    "totals": "一、部门预算收支数据变动情况及原因",
    "income": "二、收入预算情况说明",
    "spending": "三、支出预算情况说明",
    "fiscal": "四、财政拨款收支预算总体情况说明",
    "basic": "六、一般公共预算基本支出情况说明",
    "three_public": "七、“三公”经费增减变动原因说明",
    "operating_cost": "八、机关运行经费增减变动原因说明",
    "procurement": "九、政府采购情况",
    "performance": "十、绩效管理情况",
    "assets": "十一、国有资产占有使用情况",
    "other": "十二、其他说明",
}


def measuring():
    spec = importlib.util.spec_from_file_location("fidelity_statements", ROOT / "tools" / "fidelity_statements.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines_of(text: str) -> list[Line]:
    return [
        Line(tuple(Cell(c) for c in line.split("\t")), Place(line=i))
        for i, line in enumerate(text.splitlines(), 1)
    ]  # fmt: skip


def read(text: str, pack: str = "shanxi-2023", tables: tuple[Table, ...] = ()):
    return read_written(lines_of(text), load_pack(pack), tables)


def numbers(section: str, text: str, tables: tuple[Table, ...] = ()) -> list[tuple[str, str]]:
    """The numbers of one section as `key value`, in order of print."""
    sections = read(f"{HEADINGS[section]}\n{text}", tables=tables)
    return [(s.key, s.figure.plain) for x in sections for p in x.paragraphs for s in p.slots if s.figure is not None]


def words(section: str, text: str) -> list[tuple[str, str]]:
    sections = read(f"{HEADINGS[section]}\n{text}")
    return [(s.key, s.text) for x in sections for p in x.paragraphs for s in p.slots if s.figure is None]


TOTALS = [
    ("income_total", "860.50"), ("income_current_year", "800.00"), ("income_carry_over", "60.50"),
    ("income_change_amount", "120.00"), ("income_change_percent", "16.21"),
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "2023年度预算收入总计860.50万元，其中：本年收入800.00万元，上年结转60.50万元，比上年增加120.00万元，增长16.21%。",
        "2023年度临江县水务局预算收入总计860.50万元,其中:本年收入800.00万元,上年结转60.50万元,比上年增加120.00万元,上升16.21%.",
        "２０２３年度预算收入总计８６０．５０万元，其中：本年收入８００．００万元，上年结转６０．５０万元，较上年增加１２０．００万元，增长１６．２１％。",
        "2023 年度 预算 收入总计 860.50 万元， 其中： 本年收入 800.00 万 元，上年结转 60.50 万元，比上年 增加 120.00 万元，增加16.21 %。",
        "2023年我局收入预算总计为860.50万元。本年收入共计800.00万元；上年结转60.50万元；与上年相比增加120.00万元，增幅16.21%。",
        "我单位今年精打细算。2023年度预算收入总计860.50万元（含结转）,其中本年收入800.00万元、上年结转60.50万元，同比增长了120.00万元，提高16.21%，主要是有新增任务。",
    ],
)
def test_a_sentence_is_understood_however_people_spell_it(text):
    assert numbers("totals", text) == TOTALS


def test_both_halves_of_a_sentence_keep_their_own_keys():
    text = (
        "收入预算总计10.00万元，其中：本年收入9.00万元，上年结转1.00万元，比上年减少2.00万元，下降16.67%；"
        "支出预算总计10.00万元，其中：当年预算安排9.00万元，上年结转1.00万元，较上年减少2.00万元，降低16.67%。"
    )
    keys = [k for k, _ in numbers("totals", text)]
    assert keys[5:] == [
        "expenditure_total", "expenditure_current_year", "expenditure_carry_over",
        "expenditure_change_amount", "expenditure_change_percent",
    ]  # fmt: skip
    assert ("income_change", "减少") in words("totals", text)
    assert ("expenditure_change", "降低") in words("totals", text)


def test_the_halves_may_come_in_the_other_order():
    text = (
        "本年部门预算支出总计10.00万元，其中：本年预算安排9.00万元，比上年减少2.00万元，下降16.67%；"
        "预算收入总计11.00万元，其中：本年收入9.50万元，比上年减少3.00万元，下降21.43%。"
    )
    assert numbers("totals", text) == [
        ("expenditure_total", "10.00"), ("expenditure_current_year", "9.00"),
        ("expenditure_change_amount", "2.00"), ("expenditure_change_percent", "16.67"),
        ("income_total", "11.00"), ("income_current_year", "9.50"),
        ("income_change_amount", "3.00"), ("income_change_percent", "21.43"),
    ]  # fmt: skip


def test_a_forgotten_share_leaves_the_others_in_their_places():
    text = "预算收入90.00万元，主要包括一般公共预算拨款收入60.00万元；政府性基金预算拨款收入20.00万元，占22.22%；上年结转10.00万元，占11.11%。"
    assert numbers("income", text) == [
        ("income_total", "90.00"), ("income_general", "60.00"), ("income_gov_fund", "20.00"),
        ("income_gov_fund_share", "22.22"), ("income_carry_over", "10.00"), ("income_carry_over_share", "11.11"),
    ]  # fmt: skip


def test_items_in_another_order_take_their_shares_along():
    text = "预算收入90.00万元，包括：上年结转10.00万元，占比11.11%；单位资金20.00万元，占比22.22%；一般公共预算财政拨款收入60.00万元，占比66.67%。"
    assert numbers("income", text)[1:] == [
        ("income_carry_over", "10.00"), ("income_carry_over_share", "11.11"), ("income_unit_funds", "20.00"),
        ("income_unit_funds_share", "22.22"), ("income_general", "60.00"), ("income_general_share", "66.67"),
    ]  # fmt: skip


def test_classes_are_known_by_name_and_older_names():
    text = "财政拨款收支总预算9.00万元。支出包括：教育支出4.00万元、医疗卫生与计划生育支出3.00万元、农林水支出1.50万元和其他支出0.50万元。"
    assert numbers("fiscal", text) == [
        ("fiscal_total", "9.00"), ("fiscal_exp_205", "4.00"), ("fiscal_exp_210", "3.00"),
        ("fiscal_exp_213", "1.50"), ("fiscal_exp_229", "0.50"),
    ]  # fmt: skip


def test_a_class_is_known_by_the_name_that_a_table_prints():
    table = Table("general_spending", rows=(Row("206", "科技创新支出", "206", 1),))
    text = "财政拨款收支总预算1.00万元。支出包括：科技创新支出1.00万元。"
    assert numbers("fiscal", text, (table,))[1] == ("fiscal_exp_206", "1.00")


@pytest.mark.parametrize(
    ("operating", "items"),
    [("印刷费", "印刷费"), ("印刷费、会议费、差旅费等", "印刷费、会议费、差旅费"), ("无", "无")],
)
def test_lists_of_items_of_any_length(operating, items):
    text = f"2023年度一般公共预算基本支出9.60万元，其中：\n人员经费0万元，主要包括：无；\n公用经费9.60万元，主要包括：{operating}。"
    assert numbers("basic", text) == [("basic_total", "9.60"), ("basic_personnel", "0"), ("basic_public", "9.60")]
    assert words("basic", text) == [("basic_personnel_items", "无"), ("basic_public_items", items)]


@pytest.mark.parametrize("same", ["与上年预算数相同", "，与上年持平", "，较上年无变化", "，与2022年一致"])
def test_no_change_is_read_as_words(same):
    text = f"“三公”经费预算3.00万元{same}。其中：公务接待费1.00万元，比上年减少0.50万元，主要原因是厉行节约；公务用车运行维护费2.00万元{same}。"
    assert numbers("three_public", text) == [
        ("three_public_total", "3.00"), ("three_public_reception", "1.00"),
        ("three_public_reception_change", "0.50"), ("three_public_vehicle_run", "2.00"),
    ]  # fmt: skip
    read_words = dict(words("three_public", text))
    assert read_words["three_public_change"] in same
    assert read_words["three_public_reception_direction"] == "减少"
    assert read_words["three_public_reception_reason"] == "厉行节约"
    assert read_words["three_public_vehicle_run_direction"] in same


def test_numbers_that_nobody_understands_are_kept_without_a_key():
    text = "九曲河治理需1.2亿元，惠及3万人次，其中设备8台、场地500平方米，完成率95%，概算另计3,000元。"
    assert numbers("other", text) == [("", "1.2"), ("", "3"), ("", "8"), ("", "500"), ("", "95"), ("", "3000")]


def test_numbers_in_a_reason_are_not_taken_for_statements():
    text = "预算收入总计10.00万元，其中：本年收入10.00万元，比上年增加5.00万元，增长100.00%，主要原因是本年收入增加3.00万元、新增2个项目。"
    assert numbers("totals", text)[-2:] == [("", "3.00"), ("", "2")]


def test_years_dates_ordinals_and_document_numbers_state_nothing():
    text = (
        "按照临财预〔2022〕101号文件，自2023年1月5日起，第3次会议2022-2024年规划（2023）执行；"
        "1、依据附件2；（2）按GB18030编码，电话0351-1234567。"
    )
    assert numbers("other", text) == []


def test_a_number_without_a_unit_is_kept_and_doubted():
    [section] = read(f"{HEADINGS['spending']}\n2023年度支出预算1,234.50，其中：基本支出1,000.00万元。")
    first, second = section.paragraphs[0].slots
    assert (first.key, first.figure.unit, first.figure.doubt) == ("expenditure_total", "", "没有单位")
    assert (second.key, second.figure.doubt) == ("expenditure_basic", "")


def test_a_paragraph_broken_over_lines_and_pages_keeps_each_figures_line():
    text = (
        f"{HEADINGS['fiscal']}\n财政拨款收支总预算9.00万元。支出包括：教育支出4.00万元、社会保\n\n— 16 —\n\n障和就业支出3.\n"
        "00万元、农林水支出2.00万元等。\n"
    )
    [section] = read(text)
    [paragraph] = section.paragraphs
    assert "社会保障和就业支出3.00万元" in paragraph.text
    lines = {s.key: s.figure.place.line for s in paragraph.slots}
    assert lines == {"fiscal_total": 2, "fiscal_exp_205": 2, "fiscal_exp_208": 6, "fiscal_exp_213": 7}
    for slot in paragraph.slots:
        assert paragraph.text[slot.at :].startswith(slot.figure.printed)


def test_other_money_units_and_the_sign_are_kept():
    [section] = read(f"{HEADINGS['spending']}\n支出预算1.5亿元，其中：基本支出-20,000元；项目支出3万元。")
    slots = section.paragraphs[0].slots
    assert [(s.key, s.figure.plain, s.figure.unit) for s in slots] == [
        ("expenditure_total", "1.5", "亿元"), ("expenditure_basic", "-20000", "元"), ("expenditure_project", "3", "万元"),
    ]  # fmt: skip


def test_groups_of_the_same_words_are_told_apart_by_their_turn():
    text = (
        "2、项目绩效目标\n纳入绩效管理的项目5个，金额90.00万元。其中：其他运转类3个，涉及资金40.00万元；"
        "特定目标类2个，资金50.00万元。公开项目4个，涉及资金80.00万元，占项目支出总额的88.89%。"
        "其中：其他运转类2个，涉及资金30.00万元；特定目标类2个，资金50.00万元。"
    )
    sections = read(f"{HEADINGS['performance']}\n{text}", "shanxi-2024")
    assert [s.key for s in sections] == ["performance", "performance_projects"]
    assert [s.key.removeprefix("performance_") for p in sections[1].paragraphs for s in p.slots] == [
        "project_count", "amount", "other_operating_count", "other_operating_amount", "specific_count",
        "specific_amount", "public_count", "public_amount", "public_share", "public_other_count",
        "public_other_amount", "public_specific_count", "public_specific_amount",
    ]  # fmt: skip


def test_assets_in_two_wordings():
    quota = "1、车辆情况\n截至2022年12月31日，公务用车编制2辆，实有2辆，其中：领导用车0辆，应急保障用车1辆，其他公务用车1辆。"
    assert numbers("assets", quota) == [
        ("vehicles_quota", "2"), ("vehicles_actual", "2"), ("vehicles_leader", "0"), ("vehicles_emergency", "1"),
        ("vehicles_other", "1"),
    ]  # fmt: skip
    owned = "1、车辆情况\n截止2022年底，我局拥有6辆公务用车，原值88.00万元。"
    assert numbers("assets", owned) == [("vehicles_count", "6"), ("vehicles_original_value", "88.00")]


def test_a_threshold_is_known_by_its_value():
    text = "3、其他国有资产占有使用情况\n单价100万元（原值）以上的设备4台（套）。"
    assert numbers("assets", text) == [("equipment_over_100_threshold", "100"), ("equipment_over_100", "4")]


@pytest.mark.parametrize(
    "heading",
    [
        "二、收入预算情况说明", "二、 收 入 预 算 情 况 说 明", "（二）收入预算情况说明", "2.收入预算情况说明", "二、收人预算情况说明",
        "二、2023年收入预算情况的说明", "收入预算情况说明",
    ],
)  # fmt: skip
def test_headings_are_known_by_number_and_words(heading):
    [section] = read(f"第三部分 2023年度部门预算情况说明\n{heading}\n预算收入5.00万元。")
    assert (section.key, section.place.line) == ("income", 2)
    assert section.paragraphs[0].slots[0].key == "income_total"


def test_a_heading_that_the_pack_does_not_know_begins_a_section_of_its_own():
    sections = read(
        "一、收入预算情况说明\n预算收入5.00万元。\n二、债务情况\n年末债务余额7.00万元。\n三、政府采购情况\n政府采购预算总额2.00万元。"
    )
    assert [s.key for s in sections] == ["income", "unknown:债务情况", "procurement"]
    assert [(s.key, s.figure.plain) for s in sections[1].paragraphs[0].slots] == [("", "7.00")]


def test_sub_headings_do_not_reopen_their_section():
    sections = read(
        "十、绩效管理情况\n1、绩效管理情况\n实行绩效目标管理的项目6个。\n十一、国有资产占有使用情况\n2、房屋情况：\n无。"
    )
    assert [s.key for s in sections] == ["performance", "performance_overview", "assets", "buildings"]


def test_titles_of_charts_are_no_text():
    sections = read(
        "二、收入预算情况说明\n预算收入5.00万元。\n收入预算结构图\n七、“三公”经费增减变动原因说明\n三公经费分布图\n某某统计图"
    )
    assert [(c.key, c.title, c.place.line) for s in sections for c in s.charts] == [
        ("income", "收入预算结构图", 3), ("three_public", "三公经费分布图", 5), ("", "某某统计图", 6),
    ]  # fmt: skip
    assert sections[1].paragraphs == ()


def test_rows_of_a_table_among_the_words_are_kept_and_doubted():
    [section] = read("九、政府采购情况\n货物\t2.00\n政府采购预算总额2.00万元。")
    assert [bool(p.doubt) for p in section.paragraphs] == [True, False]
    assert section.paragraphs[0].text == "货物\t2.00"


def test_what_stands_before_the_first_heading_is_read_by_its_labels():
    [section] = read("本年政府采购预算总额6.00万元，余下见后。")
    assert section.key == ""
    assert section.paragraphs[0].slots[0].key == "procurement_total"


def test_reading_the_samples(samples, truth):
    """Every number of the written part at its line, with its value and unit; nothing that the list does not have."""
    fidelity = measuring()
    for name, pack in (
        ("wusu-bonded-zone-2023", "shanxi-2023"),
        ("xiaohe-park-2023", "shanxi-2023"),
        ("jinzhong-economic-operations-2024", "shanxi-2024"),
    ):
        text = (samples / f"{name}.txt").read_text(encoding="utf-8").split("\n")
        forms = json.loads((truth / f"{name}.forms.json").read_text(encoding="utf-8"))
        inside = {n for form in forms for n in range(form["lines"][0], form["lines"][1] + 1)}
        first = max(i for i, t in enumerate(text) if t.startswith("第三部分")) + 1
        last = max(i for i, t in enumerate(text) if t.startswith("第四部分"))
        lines = [
            Line(tuple(Cell(c) for c in text[i].split("\t")), Place(line=i + 1))
            for i in range(first, last)
            if i + 1 not in inside
        ]
        rows = json.loads((truth / f"{name}.statements.json").read_text(encoding="utf-8"))
        result = fidelity.measure_sections(read_written(lines, load_pack(pack), ()), rows)
        assert not result["missing"], fidelity.line_of(name, result)
        assert not result["extra"], fidelity.line_of(name, result)
        assert result["key"][0] * 100 >= result["key"][1] * 98, fidelity.line_of(name, result)


def test_a_change_belongs_to_the_amount_it_follows():
    text = (
        "本年“三公”经费预算30.00万元，比上年减少2.00万元。其中：因公出国（境）费0万元；公务用车购置及运行费25.00万元，"
        "比上年减少1.00万元，其中公务用车运行维护费25万元，比上年减少1万元；车辆租赁费3.00万元，比上年减少0.50万元。"
    )
    found = numbers("three_public", text)
    assert found[2:-2] == [
        ("three_public_abroad", "0"), ("three_public_vehicles", "25.00"), ("three_public_vehicles_change", "1.00"),
        ("three_public_vehicle_run", "25"), ("three_public_vehicle_run_change", "1"),
    ]  # fmt: skip
    assert found[-2:] == [("", "3.00"), ("", "0.50")]


@pytest.mark.parametrize("row", ["{}\t\t\t\t", "\t{}\t\t"])
def test_running_text_in_a_wide_sheet_keeps_its_headings_and_lines(row):
    text = (
        f"{HEADINGS['income']}\n2023年度预算收入860.50万元，主要包括：一般公共预算拨款收入\n800.00万元，占92.97%。\n"
        f"{HEADINGS['operating_cost']}\n本部门无机关运行经费。"
    )
    sections = read(text)
    assert [s.key for s in sections] == ["income", "operating_cost"]

    def said(found):
        slots = [(s.key, s.text or s.figure.plain) for x in found for p in x.paragraphs for s in p.slots]
        return [(x.key, x.heading, [p.text for p in x.paragraphs]) for x in found], slots

    assert said(read("\n".join(map(row.format, text.split("\n"))))) == said(sections)
    table = read(f"{HEADINGS['income']}\n名称\t数量\n\t\t3辆\n")
    assert [p.doubt for p in table[0].paragraphs] == ["说明文字中的表格行，其中的数没有解读"] * 2


def test_a_number_within_a_reason_is_not_one_that_was_not_understood():
    text = (
        "2023年度部门预算收入总计860.50万元，其中：当年预算安排800.00万元，上年结转60.50万元。比上年预算数增加120.00万元，"
        "增长16.21%，主要原因是建设任务由1.5万亩增加到2万亩；另有不明款项7.00万元。"
    )
    found = [p for s in read(f"{HEADINGS['totals']}\n{text}") for p in s.paragraphs]
    assert [s.figure.printed for p in found for s in p.slots if s.figure and not s.key] == ["1.5", "2", "7.00"]
    assert [s.figure.printed for p in found for s in p.unknown] == ["7.00"]
