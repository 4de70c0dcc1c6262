"""Performance forms read back from text: whole, and with each kind of damage."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed_forms import (
    FORMS,
    HEAD,
    PACK,
    TITLE,
    footer,
    indicator_rows,
    lines_of,
    project_forms,
    rows_above,
    text_of,
)

from mingzhang.forms.performance import indicator
from mingzhang.model.figure import number
from mingzhang.model.performance import Funds, ProjectForm
from mingzhang.readback.performance import find_forms
from mingzhang.readback.performance_labels import Labels

PLAIN = tuple[str, str, str, str]


def forms_in(text: str) -> tuple[ProjectForm, ...]:
    return find_forms(lines_of(text), PACK)[0]


def bare(form: ProjectForm) -> ProjectForm:
    """Take away places and doubts, which printing has none of."""

    def figures(funds: Funds) -> Funds:
        values = {f: getattr(funds, f) for f in funds.__struct_fields__}
        known = {k: msgspec.structs.replace(v, place=None) for k, v in values.items() if v is not None and v.printed}
        return Funds(**known)

    def indicators(all_):
        return tuple(msgspec.structs.replace(i, place=None, doubt="") for i in all_)

    return msgspec.structs.replace(
        form,
        period_funds=figures(form.period_funds),
        annual_funds=figures(form.annual_funds),
        period_indicators=indicators(form.period_indicators),
        annual_indicators=indicators(form.annual_indicators),
        first=None,
        last=None,
        places={},
        doubts=(),
    )


def plain(indicators) -> list[PLAIN]:
    return [(i.level1, i.level2, i.level3, i.value) for i in indicators]


def small_form(*indicators: tuple[str, str, str]) -> ProjectForm:
    """Make a form with these indicators (class, name, value) on both sides."""
    level1 = {c.name: c.level1 for c in FORMS.frame.classes}
    made = tuple(indicator(level1[c], c, name, value) for c, name, value in indicators)
    money = Funds(total=number(1500000, "元", 0, grouped=True))
    return ProjectForm(
        kind="application",
        project="路灯更新",
        department="207-青川县示例局",
        implementing_unit="青川县示例中心",
        attribute_printed="经常性项目（长期开展）",
        period_printed="3年",
        period_funds=money,
        annual_funds=money,
        overview="更换老旧路灯。",
        plan="年底验收。",
        period_goal="三年换完。",
        annual_goal="今年换三成。",
        period_indicators=made,
        annual_indicators=made,
        filled_at="20230105093000",
    )


THREE = (
    ("数量指标", "新装路灯", "120盏"),
    ("质量指标", "亮灯合格率", "≥98%"),
    ("服务对象满意度指标", "村民满意度", "≥95%"),
)
WHOLE = (
    ("数量指标", "新装路灯", "120盏"),
    ("数量指标", "拆除旧灯", "80盏"),
    ("质量指标", "亮灯合格率", "≥98%"),
    ("时效指标", "完工时间", "10月底前"),
    ("成本指标", "单盏造价", "≤2500元"),
    ("经济效益指标", "节省电费", "有所节省"),
    ("社会效益指标", "夜间出行便利", "提升"),
    ("生态效益指标", "减少用电", "减少"),
    ("可持续影响指标", "管护机制", "健全"),
    ("服务对象满意度指标", "村民满意度", "≥95%"),
)


@settings(max_examples=40, deadline=None)
@given(project_forms())
def test_a_printed_form_reads_back_as_it_was(form):
    (read,) = forms_in(text_of(form))
    assert bare(read) == bare(form)
    assert read.doubts == ()


def test_a_form_claims_its_lines_and_no_more():
    form = small_form(*WHOLE)
    text = "前面一段文字。\n\n" + text_of(form)
    lines = lines_of(text)
    _, _, claimed = find_forms(lines, PACK)
    left = [line.text for i, line in enumerate(lines) if i not in claimed and line.text.strip()]
    assert left == ["前面一段文字。", "十一、其他说明"]


def test_a_list_of_projects_is_no_form():
    text = "项目名称\t合计\t一般公共预算\n路灯更新\t15.00\t15.00\n护林\t2.00\t2.00"
    assert find_forms(lines_of(text), PACK) == ((), None, frozenset())


def test_two_forms_and_the_kind_of_one_without_title():
    one = text_of(small_form(*WHOLE)).replace("申报表", "表")
    other = "\n".join(text_of(small_form(*THREE)).split("\n")[len(TITLE) :])
    first, second = forms_in(one + "\n\n" + other)
    assert (first.kind, second.kind) == ("goal", "goal")
    assert second.title == ""
    assert second.first.line == one.count("\n") + 3


def test_levels_follow_the_frame_whatever_the_first_column_prints():
    form = small_form(*WHOLE)
    rows = [["", "", *row[2:]] for row in indicator_rows(form)]
    rows[3][0] = "效益指标"
    (read,) = forms_in(text_of(form, rows))
    assert plain(read.period_indicators) == plain(form.period_indicators)


def _spaced(row: list[str]) -> list[str]:
    return [c[:-1] + " " + c[-1] if c.endswith("指标") else c for c in row]


def _cut(row: list[str]) -> list[str]:
    return [c[:-1] if c.startswith("服务对象满意度指标") else c for c in row]


def _left(row: list[str]) -> list[str]:
    return [*row[1:], ""] if not row[0] else row


def _right(row: list[str]) -> list[str]:
    return [*[""] * 3, *row]


def _wide(row: list[str]) -> list[str]:
    return [*row, *[""] * 6]


def _merged(row: list[str]) -> list[str]:
    return [*row[:6], row[6] + row[7], ""] if row[3] else row


@pytest.mark.parametrize("damage", [_spaced, _cut, _left, _right, _wide, _merged])
def test_damage_to_every_row_is_survived(damage):
    form = small_form(*WHOLE)
    (read,) = forms_in(text_of(form, [damage(r) for r in indicator_rows(form)]))
    assert plain(read.period_indicators) == plain(form.period_indicators)
    assert plain(read.annual_indicators) == plain(form.annual_indicators)


def test_other_words_of_the_frame_are_spelled_the_normal_way():
    form = small_form(*WHOLE)
    text = text_of(form).replace("可持续影响指标", "可持续发展指标").replace("服务对象满意度指标", "服务对象满意度指")
    (read,) = forms_in(text)
    assert plain(read.annual_indicators) == plain(form.annual_indicators)


def test_page_breaks_and_repeated_heads_inside_a_form():
    form = small_form(*WHOLE)
    lines = text_of(form).split("\n")
    at = lines.index("\t".join(HEAD)) + 5
    broken = [*lines[:at], "", *TITLE, "\t".join(HEAD), *lines[at:]]
    lines = [*broken[:8], "", "", *broken[8:]]
    (read,) = forms_in("\n".join(lines))
    assert bare(read).period_indicators == bare(form).period_indicators
    assert read.annual_funds.municipal is not None


def test_a_title_with_its_year_in_cells_beside_it_belongs_to_the_form_below():
    text = text_of(small_form(*THREE))
    one_row = "\t".join((TITLE[0], "", TITLE[2], "")) + text.removeprefix("\n".join(TITLE[:3]))
    assert TITLE[2] not in one_row.split("\n")[1:]
    first, second = forms_in(one_row + "\n" + one_row)
    assert (first.title, second.title) == (TITLE[0], TITLE[0])
    assert bare(first) == bare(second) == bare(forms_in(text)[0])


def test_a_page_number_between_rows_is_not_taken():
    form = small_form(*WHOLE)
    lines = text_of(form).split("\n")
    at = lines.index("\t".join(HEAD)) + 5
    lines = lines_of("\n".join([*lines[:at], "", "— 12 —", "", *lines[at:]]))
    (read,), _, claimed = find_forms(lines, PACK)
    assert plain(read.period_indicators) == plain(form.period_indicators)
    assert next(i for i, line in enumerate(lines) if line.text == "— 12 —") not in claimed


def test_a_side_that_was_lost_stays_empty():
    form = small_form(*WHOLE)
    (read,) = forms_in(text_of(form, [[*row[:6], "", ""] for row in indicator_rows(form)]))
    assert plain(read.period_indicators) == plain(form.period_indicators)
    assert read.annual_indicators == ()


def test_a_form_of_one_side():
    form = small_form(*WHOLE)
    text = text_of(form, [row[:5] for row in indicator_rows(form)]).replace("\t".join(HEAD), "\t".join(HEAD[:5]))
    (read,) = forms_in(text)
    assert plain(read.period_indicators) == plain(form.period_indicators)
    assert read.annual_indicators == ()


def test_values_lost_on_one_side_are_said():
    form = small_form(*WHOLE)
    rows = [[*row[:4], *row[5:]] if row[3] == "亮灯合格率" else row for row in indicator_rows(form)]
    (read,) = forms_in(text_of(form, rows))
    (lost,) = [i for i in read.period_indicators if i.level3 == "亮灯合格率"]
    assert (lost.value, bool(lost.doubt)) == ("", True)
    assert plain(read.annual_indicators) == plain(form.annual_indicators)


def test_values_on_the_next_row_go_to_the_names_above():
    form = small_form(*WHOLE)
    rows = indicator_rows(form)
    at = next(i for i, row in enumerate(rows) if row[3] == "单盏造价")
    rows[at : at + 1] = [
        [*rows[at][:4], "", *rows[at][5:7], ""],
        ["", "", "", "≤2500元", "≤2500元", "", "≤2500元", "≤2500元"],
    ]
    (read,) = forms_in(text_of(form, rows))
    assert plain(read.period_indicators) == plain(form.period_indicators)
    assert plain(read.annual_indicators) == plain(form.annual_indicators)


def test_a_label_below_its_rows_is_doubted():
    form = small_form(*WHOLE[:2], ("时效指标", "安装及时性", "及时"), ("时效指标", "验收及时性", "及时"), *WHOLE[4:])
    rows = indicator_rows(form)
    at = next(i for i, row in enumerate(rows) if row[3] == "安装及时性")
    rows[at + 1][2], rows[at + 1][5] = rows[at][2], rows[at][5]
    rows[at][2] = rows[at][5] = ""
    rows = [row for row in rows if row[2] != "质量指标"]
    (read,) = forms_in(text_of(form, rows))
    first = next(i for i in read.period_indicators if i.level3 == "安装及时性")
    assert (first.level2, bool(first.doubt)) == ("时效指标", True)


def test_an_unlabelled_row_under_an_empty_class_begins_the_next():
    form = small_form(("社会效益指标", "夜间照明", "改善"), *WHOLE[-1:])
    rows = [
        ["效益指标", "经济效益指标", "", "", "", "经济效益指标", "", ""],
        ["", "", "夜间照明", "改善", "", "", "夜间照明", "改善"],
        ["", "社会效益指标", "夜间巡查", "加强", "", "社会效益指标", "夜间巡查", "加强"],
        *indicator_rows(form)[-1:],
    ]
    (read,) = forms_in(text_of(form, rows))
    first = read.period_indicators[0]
    assert (first.level2, first.value, bool(first.doubt)) == ("社会效益指标", "改善", True)


def test_residue_of_conversion():
    form = small_form(*THREE)
    rows = indicator_rows(form)
    rows[-1] = [
        "",
        "满意度指标",
        "服务对象满意度指标",
        "村民满意度 $\\geq 95\\%$",
        "",
        "服务对象满意度指标",
        "村民满意度 ≥95%",
        "",
    ]
    text = text_of(form, rows) + "\n"
    text = text.replace("\n\n十一", "\n------\t--\t------\n\n十一")
    lines = lines_of(text)
    (read,), _, claimed = find_forms(lines, PACK)
    assert plain(read.period_indicators)[-1] == ("满意度指标", "服务对象满意度指标", "村民满意度", "≥95%")
    assert read.period_indicators[-1].number == "95"
    rule = next(i for i, line in enumerate(lines) if line.text.startswith("------"))
    assert rule in claimed


def test_rows_stacked_in_one_cell():
    form = small_form(*THREE)
    rows = indicator_rows(form)
    rows[0][3:5] = rows[0][6:8] = ["新装路灯 拆除旧灯", "良好 有效"]
    (read,) = forms_in(text_of(form, rows))
    names = [(i.level3, i.value, bool(i.doubt)) for i in read.annual_indicators[:2]]
    assert names == [("新装路灯", "良好", True), ("拆除旧灯", "有效", True)]


def test_money_with_spaces_and_in_one_cell_with_its_label():
    form = small_form(*THREE)
    text = text_of(form)
    text = text.replace("实施期资金总额:\t1,500,000", "实施期资金总额:\t1,500,00 0", 1)
    text = text.replace("年度资金总额:\t1,500,000", "年度资金总额：1,500,000\t", 1)
    (read,) = forms_in(text)
    assert read.period_funds.total.plain == "1500000"
    assert read.annual_funds.total.plain == "1500000"


def test_a_unit_that_stands_below_the_first_amounts_is_theirs_too():
    text = text_of(small_form(*THREE))
    text = text.replace(
        "项目资金 (元)\t实施期资金总额:\t1,500,000\t年度资金总额:\t1,500,000",
        "\t实施期资金总额:\t150\t年度资金总额:\t150元",
    )
    text = text.replace("\t其中：中央财政资金\t\t", "项目资金 (万元)\t其中：中央财政资金\t150\t", 1)
    (read,) = forms_in(text)
    assert (read.period_funds.total.unit, read.period_funds.central.unit) == ("万元", "万元")
    assert read.annual_funds.total.unit == "元"


def test_a_lost_column_of_money_is_nothing_and_is_said():
    form = small_form(*THREE)
    above = ["\t".join(row[:4] if "资金" in row[1] or "自筹" in row[1] else row) for row in rows_above(form)]
    below = ["\t".join(row) for row in [HEAD, *indicator_rows(form), *footer(form)]]
    (read,) = forms_in("\n".join([*TITLE, *above, *below]))
    assert read.annual_funds == Funds()
    assert read.period_funds.total.plain == "1500000"
    assert sum("金额一栏缺失" in d for d in read.doubts) == 6


def test_words_where_money_belongs_are_kept_and_doubted():
    (read,) = forms_in(text_of(small_form(*THREE)).replace("1,500,000", "另行核定"))
    assert (read.annual_funds.total.digits, read.annual_funds.total.printed) == (None, "另行核定")
    assert read.annual_funds.total.doubt


def test_one_goal_of_two():
    form = msgspec.structs.replace(small_form(*THREE), annual_goal="")
    (read,) = forms_in(text_of(form))
    assert (read.period_goal, read.annual_goal) == ("三年换完。", "")
    form = msgspec.structs.replace(small_form(*THREE), period_goal="")
    (read,) = forms_in(text_of(form))
    assert (read.period_goal, read.annual_goal) == ("", "今年换三成。")


def test_a_text_that_goes_on_after_a_page_break():
    lines = text_of(small_form(*THREE)).split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("立项依据"))
    lines[at:at] = ["", "\t\t并更换电缆。\t\t\t\t\t"]
    (read,) = forms_in("\n".join(lines))
    assert read.overview == "更换老旧路灯。 并更换电缆。"
    assert any(d.startswith("overview") for d in read.doubts)


@pytest.mark.parametrize(
    "line",
    [
        "负责人：\t\t经办人：\t\t联系电话：\t\t填报日期：202301050930 00",
        "负责人: 经办人: 联系电话: 填报日期: 20230105093000\t\t\t",
        "负责人：\t联系人：\t\t联系电话：\t\t填报日期：\t\t20230105093000",
        "负责人:\t\t经办人:\t\t联系电话:\t\n\t\t\t填报日期:\t20230105093000",
    ],
)
def test_lines_of_signatures(line):
    lines = text_of(small_form(*THREE)).split("\n")
    at = next(i for i, x in enumerate(lines) if x.startswith("负责人"))
    (read,) = forms_in("\n".join([*lines[:at], line, *lines[at + 1 :]]))
    assert (read.filled_at, read.head, read.contact, read.phone) == ("20230105093000", "", "", "")
    assert len(read.period_indicators) == 3


def test_a_signature_label_that_strayed_into_an_indicator_row():
    form = small_form(*THREE)
    rows = indicator_rows(form)
    rows[-1][0], rows[-1][1] = "负责人:", ""
    (read,) = forms_in(text_of(form, rows))
    assert plain(read.period_indicators) == plain(form.period_indicators)


def test_attribute_period_and_code():
    (read,) = forms_in(text_of(small_form(*THREE)).replace("3年", "99年"))
    assert (read.attribute, read.period_years, read.department_code) == ("recurrent", 99, "207")
    (read,) = forms_in(text_of(small_form(*THREE)).replace("3年", "长期").replace("经常性", "其他"))
    assert (read.attribute, read.period_years, read.period_printed) == (None, None, "长期")


DAMAGES = {
    "blank line": lambda rows, i: [*rows[:i], [""], *rows[i:]],
    "level 1 lost": lambda rows, i: [*rows[:i], [rows[i][0], "", *rows[i][2:]], *rows[i + 1 :]],
    "left": lambda rows, i: [*rows[:i], _left(rows[i]), *rows[i + 1 :]],
    "right": lambda rows, i: [*rows[:i], ["", *rows[i]], *rows[i + 1 :]],
    "period label lost": lambda rows, i: [*rows[:i], [*rows[i][:2], "", *rows[i][3:]], *rows[i + 1 :]],
    "both labels lost": lambda rows, i: [
        *rows[:i],
        [*rows[i][:2], "", *rows[i][3:5], "", *rows[i][6:]],
        *rows[i + 1 :],
    ],
    "merged": lambda rows, i: [*rows[:i], _merged(rows[i]), *rows[i + 1 :]] if len(rows[i]) == 8 else rows,
    "head again": lambda rows, i: [*rows[:i], HEAD, *rows[i:]],
}


@settings(max_examples=60, deadline=None)
@given(project_forms(), st.data())
def test_damaged_forms_read_equal_or_doubted(form, data):
    rows = indicator_rows(form)
    kind = data.draw(st.sampled_from(sorted(DAMAGES)))
    at = data.draw(st.integers(0, len(rows) - 1))
    (read,) = forms_in(text_of(form, DAMAGES[kind](rows, at)))
    assert bare(read).period_funds == bare(form).period_funds
    for side in ("period_indicators", "annual_indicators"):
        sure = [i for i in getattr(read, side) if not i.doubt]
        true = plain(getattr(form, side))
        assert [one for one in plain(sure) if one not in true] == [], kind
        assert len(getattr(read, side)) == len(true), kind


DEPARTMENT = """县(区)级预算部门(单位)整体支出绩效目标申报表

(2023)年度

部门基本信息\t部门名称\t207-青川县示例局\t\t
\t内设职能部门数\t4个\t所属预算单位数\t2个
\t核定的人员编制数\t21人\t实际在职人员总数\t20人
\t\t\t其中:在编人员数\t18人
其他人员数\t\t\t2人\t
部门职责\t管好全县路灯。\t\t\t
部门战略目标\t三年换完老旧路灯。\t\t\t
年度预算情况\t按资金来源划分\t资金总额(万元)\t按资金方向划分\t资金总额(万元)
\t合计\t120.50\t合计\t120.50
\t其中:一般公共预算资金\t120.50\t其中:基本支出\t20.50
\t政府性基金预算资金\t0.00\t项目支出\t100.00
\t单位资金\t0.00\t\t
年度重点任务\t核心职能\t\t重点任务\t
\t路灯管理\t\t更换一百二十盏 巡查全县\t
年度绩效目标\t全年亮灯。\t\t\t
年度绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t新装路灯\t120盏
\t\t\t巡查\t50次以上
\t成本指标\t全年经费\t1205000\t
\t效益指标\t社会效益指标\t夜间出行便利\t提升
满意度指标\t服务对象满意度指标\t满意度\t98%\t

十一、其他说明"""


def test_the_departments_own_form():
    lines = lines_of(DEPARTMENT)
    projects, form, claimed = find_forms(lines, PACK)
    assert projects == ()
    counts = [
        getattr(form, k).digits
        for k in ("sections", "subordinate_units", "staff_quota", "staff_actual", "staff_in_quota", "staff_other")
    ]
    assert counts == [4, 2, 21, 20, 18, 2]
    assert {k: v.plain for k, v in form.by_source.items()} == {
        "total": "120.50", "general": "120.50", "gov_fund": "0.00", "unit_funds": "0.00",
    }  # fmt: skip
    assert {k: v.plain for k, v in form.by_use.items()} == {"total": "120.50", "basic": "20.50", "project": "100.00"}
    assert form.key_tasks == (("路灯管理", "更换一百二十盏 巡查全县"),)
    assert (form.duties, form.strategy, form.annual_goal) == ("管好全县路灯。", "三年换完老旧路灯。", "全年亮灯。")
    assert plain(form.indicators) == [
        ("产出指标", "数量指标", "新装路灯", "120盏"),
        ("产出指标", "数量指标", "巡查", "50次以上"),
        ("产出指标", "成本指标", "全年经费", "1205000"),
        ("效益指标", "社会效益指标", "夜间出行便利", "提升"),
        ("满意度指标", "服务对象满意度指标", "满意度", "98%"),
    ]
    assert form.doubts == ()
    assert [line.text for i, line in enumerate(lines) if i not in claimed and line.text] == ["十一、其他说明"]


def test_the_departments_form_then_a_projects():
    projects, form, _ = find_forms(
        lines_of(DEPARTMENT.replace("十一、其他说明", "") + text_of(small_form(*THREE))), PACK
    )
    assert len(projects) == 1
    assert len(form.indicators) == 5


def test_the_departments_form_whose_first_label_was_lost():
    text = DEPARTMENT.replace("部门基本信息\t", "\t", 1)
    _, form, _ = find_forms(lines_of(text), PACK)
    assert (form.department_code, form.staff_quota.digits, len(form.indicators)) == ("207", 21, 5)


def test_a_title_with_its_year_behind_it():
    text = text_of(small_form(*THREE)).replace(TITLE[0], "青川县级部门（单位）项目支出绩效目标表（2024年度）")
    (read,) = forms_in(text)
    assert (read.kind, read.title) == ("goal", "青川县级部门（单位）项目支出绩效目标表（2024年度）")


def test_a_form_without_signatures_ends_at_the_next_heading():
    form = small_form(*THREE)
    above = [*TITLE, *("\t".join(r) for r in [*rows_above(form), HEAD, *indicator_rows(form)])]
    table = ["十一、资产情况", "", "名称\t数量\t金额", "车辆\t3\t20.00", "房屋\t1\t100.00"]
    lines = lines_of("\n".join([*above, "", *table]))
    (read,), _, claimed = find_forms(lines, PACK)
    assert len(read.period_indicators) == 3
    assert max(claimed) == len(above) - 1


def test_goals_whose_labels_share_a_row():
    form = small_form(*THREE)
    lines = text_of(form).split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("实施期目标"))
    lines[at : at + 2] = ["总体目标\t实施期目标\t\t\t年度目标", f"\t{form.period_goal}\t\t\t{form.annual_goal}"]
    (read,) = forms_in("\n".join(lines))
    assert (read.period_goal, read.annual_goal, read.doubts) == (form.period_goal, form.annual_goal, ())


def test_a_class_with_nothing_under_it_is_no_doubt_of_its_form():
    form = small_form(*THREE)
    rows = text_of(form).split("\n")
    at = next(i for i, line in enumerate(rows) if "满意度指标" in line)
    rows.insert(at, "\t\t\t\t生态效益指标")
    (read,) = forms_in("\n".join(rows))
    assert (plain(read.annual_indicators), read.doubts) == (plain(form.annual_indicators), ())
    rows[at] = "\t\t\t生态效益指标\t经济效益指标\t社会效益指标\t\t"  # so many stand in no side's column
    assert forms_in("\n".join(rows))[0].doubts


def test_half_of_the_head_row_was_lost():
    form = small_form(*WHOLE)
    (read,) = forms_in(text_of(form).replace("\t".join(HEAD), "\t".join(HEAD[:5])))
    assert plain(read.period_indicators) == plain(form.period_indicators)
    assert plain(read.annual_indicators) == plain(form.annual_indicators)


def test_the_head_row_was_lost():
    form = small_form(*WHOLE)
    (read,) = forms_in(text_of(form).replace("\t".join(HEAD), ""))
    assert plain(read.period_indicators) == plain(form.period_indicators)
    assert plain(read.annual_indicators) == plain(form.annual_indicators)


def test_the_projects_name_was_lost():
    form = small_form(*THREE)
    lines = [line for line in text_of(form).split("\n") if not line.startswith("项目名称")]
    (read,) = forms_in("\n".join(lines))
    assert read.project == ""
    assert any(d.startswith("project") for d in read.doubts)
    assert len(read.annual_indicators) == 3


def test_a_label_and_its_amount_in_one_cell() -> None:
    labels = Labels([("市县(区)财政资金", "municipal"), ("年度资金总额", "total")])
    assert labels.with_rest("市县（区）财政资金25,000,000") == ("municipal", "25,000,000")
    assert labels.with_rest("年度资金总额 ：3.5万元") == ("total", "3.5万元")
    assert labels.with_rest("某项资金25") == ("", "")
