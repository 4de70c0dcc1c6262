"""What looks like a contradiction and is none: cases of the newer rules in which nothing may be said."""

from __future__ import annotations

import pytest
from golden import disclosure_of
from msgspec.structs import replace

from mingzhang.rules.engine import check

SILENT = {
    "a table by units lists its codes again for each": (
        "D-008",
        "[table spending] total\n2010601 甲: 1.00\n2010601#2 乙: 1.00\n2010601#3 丙: 1.00\n2010602 甲: 1.00\n",
    ),
    "what was executed two years ago may stand beside": (
        "A-019",
        "[table three_public] total\n@header 2021年决算数\ntotal 8.00\n",
    ),
    "only units of the department have no operating costs": (
        "G-006",
        "[section operating_cost]\n所属两家事业单位不涉及机关运行经费。\n\n[table operating_cost] total\ntotal 合计: 6.00\n",
    ),
    "a plan up to a later day is no statement": (
        "K-024",
        "[section assets]\n公开时间：2023年2月10日。\n\n[form 甲] years=1\nannual.total 1\n@annual_goal 截至2023年12月31日完成\n",
    ),
    "a class has items of several funds": (
        "D-005",
        "[table fund_spending] total\n212 城乡社区支出: 5.00\n21208 国有土地使用权出让收入安排的支出: 5.00\n",
    ),
    "a name may lack its ending": (
        "D-002",
        "[table spending] total\n201 一般公共服务: 5.00\n",
    ),
    "old vehicles are replaced": (
        "J-007",
        (
            "[table three_public] total\nvehicle_purchase 18.00\ntotal 18.00\n\n"
            "[section vehicles]\n公务用车编制{vehicles_quota=3辆}，实有{vehicles_actual=3辆}，报废更新1辆。\n"
        ),
    ),
    "a project of the families of the deceased names nobody": (
        "K-023",
        "[table projects] total\nproject:遗属生活困难补助 2.00\nproject:离退休老人慰问金 2.00\nproject:农村五保老人供养 1.00\n",
    ),
    "brackets of two widths close each other": (
        "P-044",
        "[form 甲] years=1\nannual.total 1\na 产出指标/数量指标/系统个数(套） = ≥2个\n",
    ),
    "satisfaction short of all is a target": (
        "P-045",
        "[form 甲] years=1\nannual.total 1\na 满意度指标/服务对象满意度指标/用户满意度 = ≥99%\n",
    ),
    "a heading with an amount is no cut sentence": (
        "E-023",
        "[section totals]\n本年收入预算与上年相比的情况，以及各项支出的构成情况如下表所列各数：\n",
    ),
    "an office of another name that differs in one character": (
        "A-023",
        (
            "[table summary] amount\n"
            "@unit 单位：万元\n"
            "@name 甲市乙区民政局\n"
            "in:total 1.00\n"
            "\n"
            "[table income] total\n"
            "@unit 单位：万元\n"
            "@name 甲市乙区民政局\n"
            "total 合计: 1.00\n"
            "\n"
            "[section totals]\n"
            "按照甲市乙区财政局的要求编制本预算。\n"
        ),
    ),
    "a list of contents speaks of what was reached last year": (
        "A-024",
        ("[contents]\n第二部分 2023年部门预算报表\n第三部分 2022年度绩效自评情况\n"),
    ),
    "a short name of an item is no slip": (
        "E-036",
        (
            "[table basic_economic] total\n"
            "商品和服务支出 5.00\n"
            "因公出国（境）费用 5.00\n"
            "\n"
            "[section basic]\n"
            "公用经费主要包括：{public_items=办公费、因公出国（境）费}。\n"
        ),
    ),
    "an item of the other side of the border": (
        "E-036",
        (
            "[table basic_economic] total\n"
            "债务利息 5.00\n"
            "国内债务付息 5.00\n"
            "\n"
            "[section basic]\n"
            "公用经费主要包括：{public_items=办公费、国外债务付息}。\n"
        ),
    ),
    "there was none the year before, by its number": (
        "E-037",
        (
            "[table fund_spending] total\n"
            "total 合计: 10.00\n"
            "\n"
            "[section fund_spending]\n"
            "政府性基金预算支出10.00万元，比2022年增加10.00万元，原因是2022年没有安排政府性基金预算支出。\n"
        ),
    ),
    "there is none in other units": (
        "E-037",
        (
            "[table fund_spending] total\n"
            "total 合计: 10.00\n"
            "\n"
            "[section fund_spending]\n"
            "政府性基金预算支出10.00万元，其他单位没有政府性基金预算支出。\n"
        ),
    ),
    "no duty of accounts is a budget": (
        "K-033",
        ("[section totals]\n负责编制部门收支决算，指导直属单位的经费决算。\n"),
    ),
    "two reasons in the same words": (
        "K-034",
        (
            "[section totals]\n"
            "公务接待费减少1.00万元。主要原因是落实过紧日子要求，从严控制支出。公务用车运行维护费减少2.00万元。主要原因是落实过紧日子要求，从严控制支出。\n"
        ),
    ),
    "meetings and training are in the total": (
        "G-001",
        (
            "[table three_public] total\nreception 0.60\nvehicles 8.00\nvehicle_operation 8.00\nmeetings 1.00\ntraining 2.00\ntotal 11.60\n"
        ),
    ),
    "nearly as much as the year before": (
        "K-021",
        "[section general_scale]\n预算10.00万元，与上年基本持平，增长0.50%。\n",
    ),
    "a project is listed by its items": (
        "H-004",
        (
            "[table projects] total\nproject:示例工程 2.00\nproject:示例工程#2 3.00\n\n"
            "[form 示例工程] years=1\nannual.total 50000\n"
        ),
    ),
    "a project listed by its items has no namesake": (
        "H-007",
        (
            "[table projects] total\nproject:示例道路工程建设 2.00\nproject:示例道路工程建设#2 3.00\n\n"
            "[form 示例道路工程的建设] years=1\nannual.total 50000\n"
        ),
    ),
    "a second table lists the project": (
        "H-007",
        (
            "[table projects] total\nproject:示例会议 2.00\n\n"
            "[table projects] total\nproject:示例工程 示例工程: 3.00\n\n"
            "[form 示例工程] years=1\nannual.total 30000\n"
        ),
    ),
    "a rate that may be above a hundred": (
        "P-003",
        ("[form 甲] years=1\nannual.total 1\na 产出指标/质量指标/示例债务率 = ≤100%\n"),
    ),
    "a rate that is brought down": (
        "P-048",
        ("[form 甲] years=1\nannual.total 1\na 效益指标/社会效益指标/降低交通事故发生率 = ≥5%\n"),
    ),
    "a surplus may be below nothing": (
        "P-050",
        ("[form 甲] years=1\nannual.total 1\na 效益指标/经济效益指标/医院收支结余 = ≥0万元\n"),
    ),
    "an item's amount may be said again where it is compared": (
        "E-039",
        (
            "[table general_spending] total\ntotal 合计: 30.00\n201 一般公共服务支出: 10.00\n205 教育支出: 20.00\n\n"
            "[section general_structure]\n一般公共服务支出{general_exp_201=10.00万元}，去年执行9.00万元，今年安排"
            "{general_exp_201=10.00万元}，略有增加。\n教育支出{general_exp_205=20.00万元}，主要用于教育。今年安排{general_exp_205=20.00万元}。\n"
        ),
    ),
    "text copied out of a page has blanks between digits and words": (
        "A-021",
        "[table spending] total basic project\n@title 2023 年 度预算支出总表\ntotal 合计: 8.00 8.00 .\n",
    ),
    "a class of the government's list may have its code before it": (
        "D-009",
        "[table basic_economic] total\ntotal 合计: 8.00\n@gov_economic [50101]工资奖金津补贴\n30101 基本工资: 8.00\n",
    ),
    "rows of a table among the words are no paragraphs": (
        "K-028",
        "[section totals]\n" + "20701\t图书馆建设和图书馆运行维护专项经费\t30,953,134\t23,755,107\t7,198,027\n" * 2,
    ),
    "what grows is at least not to shrink": (
        "P-050",
        ("[form 甲] years=1\nannual.total 1\na 效益指标/经济效益指标/园区税收增长率 = ≥0%\n"),
    ),
    "fires and debts are to be none": (
        "P-051",
        (
            "[form 甲] years=1\n"
            "annual.total 1\n"
            "a 产出指标/数量指标/新增隐性债务额 = 0万元\n"
            "a 产出指标/数量指标/火灾起数 = 0起\n"
        ),
    ),
    "between two bounds": (
        "P-053",
        (
            "[form 甲] years=1\n"
            "annual.total 1\n"
            "a 产出指标/质量指标/供水压力值 = >2次\n"
            "a 产出指标/质量指标/供水压力值 = <5次\n"
        ),
    ),
    "a product of counts is no placeholder": (
        "K-004",
        ("[form 甲] years=1\nannual.total 1\n@plan 补助标准500元/人*年，共12人*人均3次\n"),
    ),
    "papers are asked for": (
        "K-029",
        ("[section totals]\n负责公文（请示、报告）的办理。\n"),
    ),
    "who filled a form in": (
        "K-029",
        ("[section totals]\n联系人（填报人：某某）。\n"),
    ),
    "an income table by codes of income": (
        "D-011",
        ("[table income] total\ntotal 合计: 50.00\n103 非税收入: 50.00\n"),
    ),
    "no class is divided into groups": (
        "D-006",
        (
            "[table spending] total\n"
            "208 社会保障和就业支出: 5.00\n"
            "20805 行政事业单位养老支出: 5.00\n"
            "2080505 机关事业单位基本养老保险缴费支出: 5.00\n"
            "\n"
            "[table general_spending] total\n"
            "208 社会保障和就业支出: 5.00\n"
            "2080505 机关事业单位基本养老保险缴费支出: 5.00\n"
        ),
    ),
    "money carried over from the year before has its column": (
        "A-019",
        ("[table income] total carry\n@header 2022年结转\ntotal 5.00 1.00\n"),
    ),
    "what was bought and built before may be cared for": (
        "K-010",
        ("[form 甲] years=1\nannual.total 1\n@annual_goal 维护2022年购置的设备，修缮2022年建成的校舍\n"),
    ),
    "a meeting of the year before is carried out": (
        "K-010",
        ("[form 甲] years=1\nannual.total 1\n@annual_goal 落实2022年全省教育工作会议精神，改善办学条件\n"),
    ),
    "the most important of the items": (
        "E-040",
        (
            "[table general_spending] total basic project\n"
            "total 合计: 30.00 30.00 .\n"
            "201 一般公共服务支出: 10.00 10.00 .\n"
            "205 教育支出: 5.00 5.00 .\n"
            "208 社会保障和就业支出: 15.00 15.00 .\n"
            "\n"
            "[section general_structure]\n"
            "主要包括一般公共服务支出{general_exp_201=10.00万元}、社会保障和就业支出{general_exp_208=15.00万元}等。\n"
        ),
    ),
    "no change beside one basis, and a change beside another": (
        "K-021",
        "[section three_public]\n公务接待费{three_public_reception=1.00万元}，与上年预算数相同，比执行数增长5.2%；出国费持平，增长0%。\n",
    ),
    "income is compared with the budget, spending with what was executed": (
        "E-043",
        (
            "[table summary] in: amount; out: total current carry\nin:total 30.00\nout:total 30.00 30.00 .\n\n[section totals]\n"
            "收入总计{income_total=30.00万元}，比上年预算{income_change=增加}{income_change_amount=3.00万元}；"
            "支出总计{expenditure_total=30.00万元}，比上年执行数{expenditure_change=减少}{expenditure_change_amount=1.00万元}。\n"
        ),
    ),
    "spending is as much as was executed, income more than the budget": (
        "E-043",
        (
            "[table summary] in: amount; out: total current carry\nin:total 30.00\nout:total 30.00 30.00 .\n\n[section totals]\n"
            "收入总计{income_total=30.00万元}，比上年预算{income_change=增加}{income_change_amount=3.00万元}；"
            "支出总计{expenditure_total=30.00万元}，与上年执行数{expenditure_change=持平}。\n"
        ),
    ),
    "what there was at the end of the year before": (
        "E-038",
        "[section vehicles]\n2022年末，本部门公务用车编制{vehicles_quota=5辆}。\n2022年12月31日，实有{vehicles_actual=5辆}。\n",
    ),
}


@pytest.mark.parametrize("case", sorted(SILENT))
def test_nothing_is_said_of(case):
    number, text = SILENT[case]
    assert number not in {f.rule for f in check(disclosure_of(text))}


def test_projects_of_two_codes_are_no_project_twice():
    made = disclosure_of("[table projects] total\nproject:公用经费补助 2.00\nproject:公用经费补助#2 2.00\n")
    (table,) = made.tables
    coded = tuple(replace(r, code=code) for r, code in zip(table.rows, ("2050202", "2050203"), strict=True))
    apart = replace(made, tables=(replace(table, rows=coded),))

    assert "H-033" in {f.rule for f in check(made)}
    assert "H-033" not in {f.rule for f in check(apart)}


def test_no_change_and_a_rate_behind_it_contradict_each_other():
    made = disclosure_of(
        "[section three_public]\n公务接待费{three_public_reception=1.00万元}，与上年持平，增长5.2%。\n"
    )
    assert "K-021" in {f.rule for f in check(made)}


def test_a_total_of_facts_of_this_year_said_of_the_year_before():
    text = (
        "[section procurement]\n2022年示例局政府采购预算总额{procurement_total=30.00万元}。"
        "其中：货物{procurement_goods=10.00万元}、工程{procurement_works=0万元}、服务{procurement_services=20.00万元}。\n"
    )
    assert "E-038" in {f.rule for f in check(disclosure_of(text))}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (
            "E-037",
            "[table fund_spending] total\ntotal 合计: 5.00\n\n[section funds]\n本单位没有安排政府性基金预算\n本单位另有说明。\n",
        ),
        ("K-031", "[form 甲] years=1\nannual.total 1\n@plan ####\n@annual_goal 完成改造\n"),
    ],
)
def test_what_ends_a_text_is_found_though_all_texts_are_searched_at_one_go(number, text):
    assert number in {f.rule for f in check(disclosure_of(text))}


def test_a_code_of_another_fund_in_the_second_of_two_tables_of_one_kind():
    first = "[table general_spending] total\ntotal 合计: 5.00\n208 社会保障和就业支出: 5.00\n"
    second = "[table general_spending] total\ntotal 合计: 3.00\n21208 国有土地使用权出让收入安排的支出: 3.00\n"
    found = check(disclosure_of(f"{first}\n{second}"))
    assert [f.where[0].row for f in found if f.rule == "D-005"] == ["21208"]


def test_a_comma_out_of_place_in_a_form_ends_no_check():
    form = "[form 甲项目]\n@basis 购置设备7.4万元，安装4.9万元，合计12.3万元。\n"
    assert not [f for f in check(disclosure_of(form)) if f.rule == "E-019"]
    assert [f.actual for f in check(disclosure_of(form.replace("合计12.3", "合计12,3"))) if f.rule == "E-019"] == [
        "12,3"
    ]
