"""Where no form is known, sentences add up by what can only be the whole and its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingzhang.readback.doors import read_file
from mingzhang.rules.engine import check

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "青山县档案馆2024年部门预算公开\n第三部分 2024年部门预算情况说明\n"
PUBLIC = "八、“三公”经费预算情况说明\n"


def told(path: Path, text: str) -> list[tuple[str, str, str | None]]:
    document = path / "document.txt"
    document.write_text(TITLE + text, encoding="utf-8")
    found = check(read_file(document))
    return [(f.rule, f.severity, f.expected) for f in found if f.rule in {"E-045", "E-046", "E-047", "F-002"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年“三公”经费预算9万元，其中：因公出国（境）费1万元，公务用车购置及运行费6万元，公务接待费2万元。", []),
        (
            "2024年“三公”经费预算7万元，其中：因公出国（境）费1万元，公务用车购置及运行费6万元，公务接待费2万元。",
            [("E-045", "error", "9")],
        ),
        (
            "2024年“三公”经费预算9.00万元。\n1.因公出国（境）费0万元。\n2.公务用车购置及运行费6.50万元，其中：公务用车购置费0万元，公务用车运行费6.00万元。\n3.公务接待费2.50万元。",
            [("E-045", "error", "6.00")],
        ),
        (
            "2024年“三公”经费预算9.00万元。\n1.因公出国（境）费1.33万元。\n2.公务用车购置及运行费6.34万元。\n3.公务接待费1.34万元。",
            [("E-045", "hint", "9.01")],
        ),
        ("2024年“三公”经费预算9万元，其中：公务用车购置及运行费6万元，公务接待费2万元。", []),  # not all are named
        (
            "2024年“三公”经费预算9万元（2023年为8万元），其中：因公出国（境）费1万元（2023年为5万元），公务用车购置及运行费6万元，公务接待费2万元。",
            [],
        ),
        (
            "2024年“三公”经费预算9万元，比上年减少3万元，其中：因公出国（境）费1万元，与上年持平；公务用车购置及运行费6万元，比上年减少1万元；公务接待费2万元，与上年相比无变化。",
            [("E-046", "error", "-1")],
        ),
        ("2024年“三公”经费预算9万元，较2023年的12万元减少3万元，下降25%。", []),
        ("2024年“三公”经费预算9万元，较2023年的15万元减少4万元，下降26.67%。", [("E-047", "error", "11")]),
        ("2024年“三公”经费预算9万元，较2023年的12万元减少3万元，下降33.33%。", [("F-002", "error", "25.00")]),
    ],
)
def test_three_public_expenses(tmp_path, text, expected):
    assert told(tmp_path, PUBLIC + text) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ("基本支出100万元，项目支出10万元", []),
        ("基本支出100万元，项目支出20万元", [("E-045", "error", "120")]),
        ("基本支出80万元，项目支出10万元，上缴上级支出20万元", []),  # there is more than both
        ("基本支出100万元（人员经费70万元，公用经费30万元），项目支出10万元", []),
        ("基本支出100万元（人员经费70万元，公用经费30万元），项目支出20万元", [("E-045", "error", "120")]),
    ],
)
def test_basic_spending_and_projects(tmp_path, parts, expected):
    assert told(tmp_path, f"五、一般公共预算支出情况说明\n机构运行110万元，其中：{parts}。") == expected


def test_purchases(tmp_path):
    text = "九、政府采购情况说明\n2024年政府采购预算50万元。其中：政府采购货物预算20万元、政府采购工程预算0万元、政府采购服务预算40万元。"
    assert told(tmp_path, text) == [("E-045", "error", "60")]


BOTH = "四、财政拨款收支预算情况说明\n2024年财政拨款收支总预算{}万元。"


@pytest.mark.parametrize(
    ("total", "lists", "expected"),
    [
        (90, "收入包括：一般公共预算拨款80万元、上年结转10万元；支出包括：文化支出70万元、住房保障支出20万元。", []),
        (
            90,
            "收入包括：一般公共预算拨款80万元、上年结转10万元；支出包括：文化支出75万元、住房保障支出20万元。",
            [("E-045", "error", "95")],
        ),
        (90, "收入包括：一般公共预算拨款80万元、上年结转10万元，支出包括：文化支出70万元、住房保障支出20万元。", []),
        (90, "收入包括：一般公共预算拨款80万元（含专项5万元）、上年结转10万元。", []),
        (90, "收入包括：\n一般公共预算拨款80万元、上年结转20万元。", [("E-045", "error", "100")]),
        (90, "支出主要包括：文化支出70万元、住房保障支出10万元。", []),
        (90, "支出包括：文化支出70万元、住房保障支出10万元等。", []),
        (90, "支出包括：文化支出70万元，其中场馆运行30万元，住房保障支出20万元。", []),
    ],
)
def test_lists_of_both_sides(tmp_path, total, lists, expected):
    assert told(tmp_path, BOTH.format(total) + lists) == expected


def test_a_budget_and_its_outcome_stand_beside_one_another(tmp_path):
    text = "2024年“三公”经费支出决算5万元，预算9万元，其中：因公出国（境）费预算1万元，公务用车购置及运行费预算6万元，公务接待费预算2万元。"
    assert told(tmp_path, PUBLIC + text) == []


@pytest.mark.parametrize(("last", "expected"), [("3", []), ("5", [("E-045", "error", "12")])])
def test_lists_divided_by_semicolons(tmp_path, last, expected):
    text = f"四、财政拨款收支预算的总体说明\n2024年财政拨款收支总预算10万元。\n支出预算包括：教育支出7万元，主要用于课桌；住房保障支出{last}万元，主要用于公积金。"
    assert told(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("政府采购预算45万元，其中：货物15万元，服务30万元。", []),
        ("政府采购预算46.50万元，其中：货物15.60万元，服务30.00万元。", [("E-045", "error", "45.60")]),
        (
            "采购预算总额86.50万元，其中：政府采购货物预算45.60万元、政府采购服务预算40.00万元、政府采购工程预算0.00万元。",
            [("E-045", "error", "85.60")],
        ),
        ("基本支出65万元，比上年增加1万元，增长1.56%。其中：人员经费50万元，公用经费15万元。", []),
        ("基本支出65.00万元，占71%。其中：人员经费50.00万元，公用经费16.00万元。", [("E-045", "error", "66.00")]),
        ("住房保障支出50万元，主要用于公积金。与上年相比增加10万元，增长25%。", []),
        ("住房保障支出50万元，主要用于公积金。与上年相比增加10万元，增长20%。", [("F-002", "error", "25")]),
        (
            "收入总预算50万元，支出总预算50万元。与2023年预算相比，收支各增加10万元，增长20%。",
            [("F-002", "error", "25")],
        ),
        ("收入预算50万元，支出预算40万元。与上年相比增加10万元，增长20%。", []),
    ],
)
def test_what_the_next_sentence_says(tmp_path, text, expected):
    assert told(tmp_path, "一、收支预算情况说明\n2024年" + text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1.住房公积金。2024年预算20.86万元，比2023年增加0.42万元，增长2.05%。",
        "2023年执行数20.44万元，2024年预算20.86万元，比2023年增加0.42万元，增长2.05%。",
        "2024年20.86万元（2023年20.44万元），增加0.42万元，增长2.05%。",
    ],
)
def test_this_years_amount_is_not_last_years(tmp_path, text):
    assert told(tmp_path, "一、收支预算情况说明\n" + text) == []
