"""Disclosures of any shape, sensible or not: what a reader may make of a bad file must still be stored and read back.

Used as `from disclosures import wild_disclosures, small_disclosure`.
"""

from __future__ import annotations

from hypothesis import strategies as st

from mingzhang.model.disclosure import (
    Chart,
    ChartItem,
    Column,
    ContentsEntry,
    Disclosure,
    HeadCell,
    Mark,
    PackRef,
    Paragraph,
    Publication,
    Row,
    Section,
    Slot,
    Source,
    Table,
    Term,
)
from mingzhang.model.figure import Figure, number, spell
from mingzhang.model.performance import DepartmentForm, Funds, Indicator, ProjectForm
from mingzhang.model.place import Place

TEXTS = st.one_of(
    st.sampled_from(
        ("", "办公费", "=1+1", " 前后空格 ", "一\n二", "一\r\n二", "_x0041_", "0.10", "2023-01-01", "\x01", "\ufffe")
    ),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=8),
)
KEYS = st.one_of(
    st.sampled_from(("total", "in:total", "out:201", "project:甲/乙", "#0", "a~1", "x#2")),
    st.text(min_size=1, max_size=4),
)
UNITS = st.sampled_from(("万元", "元", "人", "%"))
PLACES = st.one_of(st.none(), st.builds(Place, page=st.one_of(st.none(), st.integers(1, 9)), line=st.integers(1, 99)))


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Draw a figure: blank, dash, text, grouped or not, larger than any spreadsheet holds."""
    digits = draw(st.one_of(st.none(), st.integers(-(10**6), 10**9), st.integers(10**14, 10**18)))
    places = draw(st.integers(0, 4))
    spelled = () if digits is None else (spell(digits, places, grouped=True), spell(digits, places, grouped=False))
    return Figure(
        digits,
        draw(UNITS),
        places,
        draw(st.sampled_from((*spelled, "", "-", "／"))),
        withheld=draw(st.booleans()),
        place=draw(PLACES),
        doubt=draw(st.sampled_from(("", "不清楚"))),
        facts=draw(st.sampled_from(((), ("f1",), ("f1", "f2"), ("有 空格", "f2"), ("",)))),
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Draw a table whose head, columns and rows need not fit each other."""
    columns = draw(
        st.lists(
            st.builds(
                Column,
                key=KEYS,
                kind=st.sampled_from(("figure", "label", "code", "text")),
                side=st.sampled_from(("", "in", "out")),
            ),
            max_size=4,
        )
    )
    keys = [c.key for c in columns] + ["elsewhere"]
    rows = st.builds(
        Row,
        key=KEYS,
        label=TEXTS,
        code=TEXTS,
        level=st.one_of(st.none(), st.integers(0, 3)),
        line=st.integers(0, 3),
        cells=st.dictionaries(st.sampled_from(keys), figures(), max_size=3),
        texts=st.dictionaries(st.sampled_from(keys), TEXTS, max_size=2),
        place=PLACES,
    )
    head = st.lists(
        st.lists(st.builds(HeadCell, text=TEXTS, columns=st.integers(0, 3), rows=st.integers(0, 3)), max_size=3).map(
            tuple
        ),
        max_size=2,
    )
    return Table(
        id=draw(st.sampled_from(("summary", "income", "unknown:某表"))),
        title=draw(TEXTS),
        number=draw(TEXTS),
        unit=draw(UNITS),
        head=tuple(draw(head)),
        columns=tuple(columns),
        rows=tuple(draw(st.lists(rows, max_size=4))),
        notes=tuple(draw(st.lists(TEXTS, max_size=2))),
        doubts=tuple(draw(st.lists(TEXTS, max_size=1))),
    )


def _forms() -> st.SearchStrategy[ProjectForm]:
    indicators = st.lists(st.builds(Indicator, level1=TEXTS, level2=TEXTS, level3=TEXTS, value=TEXTS), max_size=4).map(
        tuple
    )
    funds = st.builds(Funds, total=st.one_of(st.none(), figures()), county=st.one_of(st.none(), figures()))
    return st.builds(
        ProjectForm,
        kind=st.sampled_from(("application", "goal", "adjustment")),
        project=TEXTS,
        attribute=st.sampled_from((None, "recurrent")),
        period_years=st.one_of(st.none(), st.integers(1, 9)),
        period_funds=funds,
        annual_funds=funds,
        overview=TEXTS,
        period_indicators=indicators,
        annual_indicators=indicators,
        places=st.dictionaries(KEYS, st.just(Place(line=1)), max_size=1),
    )


def _sections() -> st.SearchStrategy[Section]:
    slots = st.lists(
        st.builds(Slot, key=TEXTS, figure=st.one_of(st.none(), figures()), at=st.integers(0, 5)), max_size=2
    )
    charts = st.builds(
        Chart,
        key=KEYS,
        title=TEXTS,
        kind=st.sampled_from(("bar", "donut")),
        items=st.lists(
            st.builds(ChartItem, label=TEXTS, figure=figures(), share=st.one_of(st.none(), figures())), max_size=3
        ).map(tuple),
    )
    return st.builds(
        Section,
        key=KEYS,
        heading=TEXTS,
        part=st.sampled_from(("profile", "written", "glossary", "unheard_of")),
        level=st.integers(1, 3),
        paragraphs=st.lists(st.builds(Paragraph, text=TEXTS, slots=slots.map(tuple)), max_size=2).map(tuple),
        charts=st.lists(charts, max_size=1).map(tuple),
    )


def wild_disclosures() -> st.SearchStrategy[Disclosure]:
    """Draw a disclosure of any shape."""
    department = st.builds(
        DepartmentForm,
        duties=TEXTS,
        staff_quota=st.one_of(st.none(), figures()),
        by_use=st.dictionaries(KEYS, figures(), max_size=2),
    )
    publication = st.builds(
        Publication,
        cover=st.lists(TEXTS, max_size=2).map(tuple),
        parts=st.lists(st.builds(ContentsEntry, text=TEXTS), max_size=5).map(tuple),
        marks=st.lists(st.builds(Mark, kind=TEXTS, text=TEXTS), max_size=1).map(tuple),
    )
    return st.builds(
        Disclosure,
        pack=st.sampled_from((None, PackRef("shanxi-2023"), PackRef("nowhere-1999", "1", "abc"))),
        year=st.one_of(st.none(), st.integers(0, 12000)),
        unit_name=TEXTS,
        rounding=st.sampled_from(("additive", "unknown")),
        tables=st.lists(tables(), max_size=3).map(tuple),
        sections=st.lists(_sections(), max_size=3).map(tuple),
        project_forms=st.lists(_forms(), max_size=2).map(tuple),
        department_form=st.one_of(st.none(), department),
        glossary=st.lists(st.builds(Term, term=TEXTS, meaning=TEXTS), max_size=2).map(tuple),
        publication=publication,
        source=st.one_of(st.none(), st.builds(Source, name=TEXTS)),
    )


def small_disclosure() -> Disclosure:
    """Give one small, sensible document: a table of three rows, a table of two sides, a text, a form, a term."""
    spending = Table(
        id="spending",
        title="2023年预算支出总表",
        number="预算公开表3",
        unit="万元",
        head=((HeadCell("科目编码"), HeadCell("科目名称"), HeadCell("合计")),),
        columns=(Column("code", "code"), Column("label", "label"), Column("total")),
        rows=(
            Row("total", "合计", level=0, line=1, cells={"total": _amount(1250)}),
            Row("201", "一般公共服务支出", "201", 1, 2, {"total": _amount(1250)}),
            Row("20113", "商贸事务", "20113", 2, 3, {"total": Figure()}),
        ),
    )
    summary = Table(
        id="summary",
        title="2023年预算收支总表",
        number="预算公开表1",
        unit="万元",
        head=((HeadCell("收入", 2), HeadCell("支出", 2)), tuple(HeadCell(t) for t in ("项目", "金额", "项目", "金额"))),
        columns=(
            Column("label", "label", "in"),
            Column("amount", "figure", "in"),
            Column("label", "label", "out"),
            Column("total", "figure", "out"),
        ),
        rows=(
            Row("in:general", "一、一般公共预算", line=1, cells={"amount": _amount(123456789)}),
            Row("in:total", "收入总计", line=2, cells={"amount": _amount(123456789)}),
            Row("out:201", "一、一般公共服务支出", line=1, cells={"total": _amount(123456789)}),
            Row("out:total", "支出总计", line=2, cells={"total": _amount(123456789)}),
        ),
    )
    form = ProjectForm(
        kind="application", project="设备更新", annual_funds=Funds(total=number(1000000, "元", 0, grouped=True))
    )
    chart = Chart(
        "three_public",
        "“三公”经费图",
        "bar",
        (ChartItem("公务接待费", _amount(0)), ChartItem("公务用车", _amount(800))),
    )
    return Disclosure(
        pack=PackRef("shanxi-2023"),
        year=2023,
        unit_name="青川县示例局",
        tables=(summary, spending),
        sections=(
            Section("duties", "一、本部门职责", "profile", paragraphs=(Paragraph("负责示例。"),)),
            Section("totals", "一、收支情况", paragraphs=(Paragraph("收入总计1,234,567.89万元。"),), charts=(chart,)),
        ),
        project_forms=(form,),
        glossary=(Term("基本支出", "为保障运转而发生的支出。"),),
        publication=Publication(cover=("青川县示例局", "2023年度部门预算公开")),
    )


def _amount(digits: int) -> Figure:
    return number(digits, "万元", 2, grouped=True)
