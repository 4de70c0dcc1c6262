"""Random performance forms, printed as text with tabs between cells, whole or damaged as conversion damages them."""

from __future__ import annotations

from hypothesis import strategies as st

from mingzhang.forms.packs import load_pack
from mingzhang.forms.performance import indicator
from mingzhang.forms.performance_read import performance_forms
from mingzhang.model.figure import number
from mingzhang.model.page import Cell, Line
from mingzhang.model.performance import Funds, ProjectForm
from mingzhang.model.place import Place

PACK = load_pack("shanxi-2023")
FORMS = performance_forms(PACK)
CLASSES = [c for c in FORMS.frame.classes if not c.optional]

NAMES = {
    "数量指标": ("新装路灯", "印发手册", "举办培训班", "走访农户"),
    "质量指标": ("路灯亮灯合格率", "手册内容", "图纸会审"),
    "时效指标": ("年底交付使用", "当月办结"),
    "成本指标": ("单盏造价", "讲课酬金"),
    "经济效益指标": ("节省电费", "带动商户增收"),
    "社会效益指标": ("群众夜间出行便利", "村民参与"),
    "生态效益指标": ("减少用电", "秸秆回收利用"),
    "可持续影响指标": ("管护队伍健全", "长效管护"),
    "服务对象满意度指标": ("受训学员满意度", "沿线村民满意率"),
}
VALUES = (
    "≥95%",
    "100%",
    "12盏",
    "≤3.5万元/年",
    "良好",
    "有所提升",
    "3次",
    "大于等于20人次",
    "12月底前完成",
    "按合同执行",
)
TEXTS = ("更换老旧路灯，方便夜间出行。", "按合同约定组织实施；年底验收。", "会议纪要〔2022〕5号")


def lines_of(text: str) -> tuple[Line, ...]:
    """Split text into lines of cells at its tabs, numbered from 1."""
    return tuple(
        Line(tuple(Cell(c, Place(line=n)) for c in row.split("\t")), Place(line=n))
        for n, row in enumerate(text.split("\n"), 1)
    )


def _figures(total: int) -> Funds:
    def yuan(amount: int):
        return number(amount, "元", 0, grouped=True)

    return Funds(total=yuan(total), central=yuan(0), provincial=yuan(0), municipal=yuan(total), self_raised=yuan(0))


@st.composite
def project_forms(draw: st.DrawFn) -> ProjectForm:
    """Draw a form whose two sides print the same indicators, some classes empty."""
    chosen = []
    for cls in CLASSES:
        names = draw(st.lists(st.sampled_from(NAMES[cls.name]), unique=True, max_size=3))
        chosen += [(cls, name, draw(st.sampled_from(VALUES))) for name in names]
    if not chosen:
        chosen = [(CLASSES[0], "新装路灯", "12盏")]
    indicators = tuple(indicator(c.level1, c.name, name, value) for c, name, value in chosen)
    years = draw(st.integers(2, 5))
    year = draw(st.integers(1, 10**9))
    attribute = draw(st.sampled_from(FORMS.project.attributes[:2]))
    return ProjectForm(
        kind="application",
        title="青川县(区)级预算部门(单位)项目支出绩效目标申报表",
        project=draw(st.sampled_from(("路灯更新", "农技培训（第三期）", "2023年护林项目"))),
        department_code="207",
        department="207-青川县示例局",
        implementing_unit="青川县示例中心",
        attribute=attribute.attribute,
        attribute_printed=attribute.text,
        period_years=years,
        period_printed=f"{years}年",
        period_funds=_figures(year * years),
        annual_funds=_figures(year),
        overview=draw(st.sampled_from(TEXTS)),
        basis=draw(st.sampled_from(TEXTS)),
        necessity=draw(st.sampled_from(TEXTS)),
        safeguards=draw(st.sampled_from(TEXTS)),
        plan=draw(st.sampled_from(TEXTS)),
        period_goal=draw(st.sampled_from(TEXTS)),
        annual_goal=draw(st.sampled_from(TEXTS)),
        period_indicators=indicators,
        annual_indicators=indicators,
        filled_at="20230105093000",
    )


def rows_above(form: ProjectForm) -> list[list[str]]:
    """Give the cells of the rows above the indicators."""
    texts = FORMS.project
    out = [
        ["项目名称", "", form.project],
        ["主管部门及代码", "", form.department, "", "实施单位", form.implementing_unit],
        ["项目属性", "", form.attribute_printed, "", "项目期", form.period_printed],
    ]
    for n, line in enumerate(x for x in texts.funds if x.period):
        pair = [getattr(side, line.key) for side in (form.period_funds, form.annual_funds)]
        period, annual = ("" if f is None else f.printed for f in pair)
        mark = "其中：" if n == 1 else ""
        start = "项目资金 (元)" if n == 0 else ""
        out.append([start, mark + line.period + ":" * (n == 0), period, mark + line.annual + ":" * (n == 0), annual])
    for label, value in zip(
        texts.texts, (form.overview, form.basis, form.necessity, form.safeguards, form.plan), strict=True
    ):
        out.append([label.text, "", value])
    out.append(["实施期目标", "", "", "", "年度目标"])
    out.append(["总体目标", form.period_goal, "", "", form.annual_goal])
    return out


def indicator_rows(form: ProjectForm) -> list[list[str]]:
    """Give the cells of the indicator rows: labels once, on the first row of their class; every class of the frame."""
    out, level1 = [], ""
    for cls in CLASSES:
        own = [i for i in form.period_indicators if i.level2 == cls.name]
        for n in range(max(1, len(own))):
            name, value = (own[n].level3, own[n].value) if own else ("", "")
            label = cls.name if n == 0 else ""
            out.append(["", cls.level1 if cls.level1 != level1 else "", label, name, value, label, name, value])
            level1 = cls.level1
    return out


HEAD = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"]
TITLE = ["青川县(区)级预算部门(单位)项目支出绩效目标申报表", "", "(2023年度)", ""]


def footer(form: ProjectForm) -> list[list[str]]:
    """Give the line of signatures, without names."""
    return [["负责人:", "", "经办人:", "", "联系电话:", "", "填报日期:", form.filled_at]]


def text_of(form: ProjectForm, rows: list[list[str]] | None = None) -> str:
    """Print a form; `rows` are its indicator rows where they are not those that it prints itself."""
    cells = [*rows_above(form), HEAD, *(indicator_rows(form) if rows is None else rows), *footer(form)]
    return "\n".join([*TITLE, *("\t".join(c + [""] * (8 - len(c))) for c in cells), "", "十一、其他说明"])
