"""The plain exports, as the contract spells them."""

from __future__ import annotations

import json

from mingzhang.documents.exports import cells_csv, forms_jsonl, statements_csv
from mingzhang.model.disclosure import Disclosure, Paragraph, Row, Section, Slot, Table
from mingzhang.model.figure import read_figure
from mingzhang.model.performance import Funds, Indicator, ProjectForm
from mingzhang.model.place import Place

AT = Place(page=2, line=7)
ROW = Row(
    "in:general",
    "一、一般公共预算",
    cells={
        "amount": read_figure("1,234.50", "万元", AT),
        "carry": read_figure("", "万元", AT),
        "rest": read_figure("-", "万元", AT),
    },
    texts={"gov_economic": "商品和服务支出"},
)
WRITTEN = Section(
    "income",
    "二、收入预算情况说明",
    paragraphs=(
        Paragraph(
            "共1,234.50万元，占99.9%，其中3",
            slots=(
                Slot("income_total", read_figure("1,234.50", "万元", AT)),
                Slot("", read_figure("3", "个", AT)),
                Slot("reason", text="无"),
            ),
        ),
    ),
)


def test_cells_are_the_figures_that_are_not_blank() -> None:
    lines = cells_csv(Disclosure(tables=(Table("summary", rows=(ROW,)),))).splitlines()

    assert lines == [
        "table,row,name,column,value,page,line,doubt",
        "summary,in:general,一、一般公共预算,amount,1234.50,2,7,",
        "summary,in:general,一、一般公共预算,rest,-,2,7,",
    ]


def test_statements_are_all_numbers_understood_or_not() -> None:
    lines = statements_csv(Disclosure(sections=(WRITTEN,))).splitlines()

    assert lines == [
        "line,page,section,key,value,printed,unit,doubt",
        '7,2,income,income_total,1234.50,"1,234.50",万元,',
        "7,2,income,,3,3,个,",
    ]


def test_a_form_is_one_json_line_with_money_as_strings_and_null_for_blank() -> None:
    form = ProjectForm(
        kind="goal",
        project="甲项目",
        annual_funds=Funds(total=read_figure("20,000", "元"), other=read_figure("", "元")),
        annual_indicators=(Indicator("产出指标", "数量指标", "培训", "≥3次", "≥", "3", "次", place=Place(line=9)),),
        first=Place(line=3),
        last=Place(line=12),
    )
    (line,) = forms_jsonl(Disclosure(project_forms=(form,))).splitlines()
    tree = json.loads(line)

    assert tree["annual_funds"] == {
        "total": "20000",
        "central": None,
        "provincial": None,
        "municipal": None,
        "county": None,
        "self_raised": None,
        "other": None,
    }
    assert tree["lines"] == [3, 12]
    assert tree["basis"] is None
    assert tree["annual_indicators"][0]["line"] == 9


def test_a_form_that_prints_ten_thousands_is_exported_in_yuan() -> None:
    form = ProjectForm(
        kind="goal",
        project="乙项目",
        annual_funds=Funds(total=read_figure("5,200.00", "万元"), central=read_figure("0.123456", "万元")),
    )
    tree = json.loads(forms_jsonl(Disclosure(project_forms=(form,))))

    assert tree["annual_funds"]["total"] == "52000000"
    assert tree["annual_funds"]["central"] == "1234.56"
