"""Documents of Shanghai's districts of years and units that no pack was written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabform import read

from mingzhang.forms.packs import all_packs
from mingzhang.readback import recognise
from mingzhang.rules.engine import check

if TYPE_CHECKING:
    import pytest

UNIT = """上海市例示区2026年区级单位预算
预算单位：上海市例示区样例路街道办事处（本级）
2026年单位预算编制说明
2026年，上海市例示区样例路街道办事处（本级）收入预算1,200.50万元，其中：财政拨款收入1,200.50万元，比2025年预算增加增加100.50万元；事业收入0万元；事业单位经营收入0万元；其他收入0万元。
财政拨款支出主要内容如下：
1“一般公共服务支出(类）-统计信息事务（款）-统计管理（项）”2026年度预算60.50万元，2025年度预算40万元，主要用于：统计工作。2025年当年预算执行数为55万元，2026年预算安排60.50万元，比2025年预算执行数增加10.00%。主要原因是：普查。
2.“城乡社区支出（类）城乡社区管理事务（款）行政运行（项）1,140.00万元，主要用于机关运转。
2026年预算单位财务收支预算总表
编制单位：上海市例示区样例路街道办事处（本级）|单位：元
本年收入||本年支出
项目|预算数|项目|预算数
|||合计|基本支出||项目支出
||||人员经费|公用经费
一、财政拨款收入|12,005,000|一、一般公共服务支出|605,000|||605,000
1、一般公共预算|12,005,000|二、城乡社区支出|11,400,000|8,400,000|3,000,000
收入总计|12,005,000|支出总计|12,005,000|8,400,000|3,000,000|605,000
2026年预算单位支出预算总表
编制单位：上海市例示区样例路街道办事处（本级）|单位：元
项目||||支出预算
功能分类科目编码|||功能分类科目名称|合计|基本支出|项目支出
类|款|项
201|||一般公共服务支出|605,000||605,000
201|05||统计信息事务|605,000||605,000
201|05|06|统计管理|605,000||605,000
212|||城乡社区支出|11,400,000|11,400,000
212|01||城乡社区管理事务|11,400,000|11,400,000
212|01|01|行政运行|11,400,000|11,400,000
合计||||12,005,000|11,400,000|605,000
其他相关情况说明
一、2026年“三公”经费预算情况说明
2026年“三公”经费预算数为8.50万元，比2025年预算持平。其中：
（二）公务用车购置及运行费7万元，比2025年预算减少2万元，主要原因是无购置。其中：公务用车购置费0万元，比2025年预算减少2万元，主要原因是无购置；公务用车运行费7万元，与2025年预算持平。
二、机关运行经费预算
2026年上海市例示区样例路街道办事处（本级）下属1家机关和2家参公事业单位财政拨款的机关运行经费预算为300.00万元。
三、政府采购预算情况
2026年本单位政府采购预算12.00万元，其中：政府采购货物预算2.00万元、政府采购工程预算0万元、政府采购服务预算10.00万元。
2026年本单位面向中小企业预留政府采购项目预算金额8.00万元，其中，预留给小型和微型企业的政府采购项目预算为5.00万元。
四、绩效目标设置情况
按照预算绩效管理工作的总体要求，本单位3个预算单位开展了2026年项目预算绩效目标编报工作，编报绩效目标的项目14个，涉及项目预算资金60.50万元。
""".replace("|", "\t")

KEYS = [
    ("1,200.50", "income_total"), ("1,200.50", "income_fiscal"), ("100.50", "income_fiscal_change_amount"), ("0", "income_business"),
    ("0", "income_unit_operations"), ("0", "income_other"), ("60.50", "item_2010506"), ("40", "item_last_2010506"),
    ("55", "item_executed_2010506"), ("60.50", "item_2010506"), ("10.00", "item_executed_change_percent_2010506"),
    ("1,140.00", "item_2120101"), ("8.50", "three_public_total"), ("7", "three_public_vehicles"), ("2", "three_public_vehicles_change"),
    ("0", "three_public_vehicle_buy"), ("2", "three_public_vehicle_buy_change"), ("7", "three_public_vehicle_run"),
    ("1", "operating_cost_offices"), ("2", "operating_cost_institutions"), ("300.00", "operating_cost_total"),
    ("12.00", "procurement_total"), ("2.00", "procurement_goods"), ("0", "procurement_works"), ("10.00", "procurement_services"),
    ("8.00", "procurement_reserved"), ("5.00", "procurement_reserved_smallest"), ("3", "performance_units"),
    ("14", "performance_project_count"), ("60.50", "performance_amount"),
]  # fmt: skip


def test_a_unit_of_another_year_is_read_by_its_form() -> None:
    found = read(UNIT)
    assert found.pack is not None
    assert found.pack.id == "shanghai-2025-unit"
    assert (found.kind, found.scope, found.year) == ("unit_budget", "own_office", 2026)
    assert [t.id for t in found.tables] == ["summary", "spending"]


def test_every_number_of_the_text_is_understood() -> None:
    found = read(UNIT)
    slots = [s for section in found.sections for p in section.paragraphs for s in p.slots if s.figure is not None]
    assert [(s.figure.printed, s.key) for s in slots if s.figure is not None] == KEYS


def test_joined_names_of_items_are_no_slips() -> None:
    rules = [f.rule for f in check(read(UNIT))]
    assert "E-021" not in rules
    wrong = UNIT.replace("-统计信息事务（款）-统计管理", "-统计信息事务（款）-统计管里")
    slips = [f for f in check(read(wrong)) if f.rule == "E-021"]
    assert len(slips) == 1


def test_a_unit_may_be_read_by_the_form_of_its_department(monkeypatch: pytest.MonkeyPatch) -> None:
    others = tuple(p for p in all_packs() if p.id != "shanghai-2025-unit")
    monkeypatch.setattr(recognise, "all_packs", lambda: others)
    whole = UNIT.replace("|||合计|基本支出||项目支出\n||||人员经费|公用经费\n".replace("|", "\t"), "")
    found = read(whole)
    assert found.pack is not None
    assert found.pack.id == "shanghai-2025"
