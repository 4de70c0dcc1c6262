"""What is true of short pages is not told as wrong, and what is wrong there is: forms that no pack knows, in made-up figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingzhang.readback.doors import read_file
from mingzhang.rules.engine import check

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "青山县档案馆2024年部门预算公开\n第三部分 2024年部门预算情况说明\n"
SECTION = "一、收支预算总体情况说明\n"


def told(path: Path, text: str, *, title: str = TITLE) -> list[tuple[str, str]]:
    document = path / "document.txt"
    document.write_text(title + text, encoding="utf-8")
    return [(f.rule, f.severity) for f in check(read_file(document)) if f.severity != "hint"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a share behind brackets is of what stands before them
        (
            "本年收入80万元；财政拨款收入60万元（其中，一般公共预算50万元，政府性基金预算10万元），占收入合计75%；事业收入20万元，占收入合计25%。",
            [],
        ),
        (
            "本年收入80万元；财政拨款收入60万元（其中，一般公共预算50万元，政府性基金预算10万元），占收入合计57%；事业收入20万元，占收入合计25%。",
            [("E-044", "error")],
        ),
        # and so is a change
        (
            "公务用车费用60万元（购置20万元，上年15万元；运行40万元），比上年增加10万元，增长20%。",
            [],
        ),
        # posts of several kinds in a row: the first is no whole
        ("行政编制12人，参公事业编制0人，事业编制4人，实有15人。", []),
        ("编制共12人，行政编制7人，事业编制4人。", [("E-051", "warning")]),
    ],
)
def test_brackets_and_lists(tmp_path, text, expected):
    assert told(tmp_path, SECTION + text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2024年“三公”经费预算90万元，其中：因公出国（境）费10万元，公务接待费20万元，公务用车购置及运行费60万元（其中：公务用车购置费15万元，公务用车运行费30万元，其他交通工具购置5万元，其他交通费用10万元）。",
            [],
        ),
        (
            "2024年“三公”经费预算90万元，其中：因公出国（境）费10万元，公务接待费20万元，公务用车购置及运行费60万元（其中：公务用车购置费15万元，公务用车运行费30万元，其他交通工具购置5万元，其他交通费用20万元）。",
            [("E-045", "error")],
        ),
        ("公务用车购置经费预算数2万元，因公出国经费0万元，公用经费3万元。", []),
        ("公用用车运行维护费3万元。", [("K-020", "warning")]),
    ],
)
def test_three_public_expenses(tmp_path, text, expected):
    assert told(tmp_path, "八、“三公”经费预算情况说明\n" + text) == expected


def test_totals_of_the_appropriation_are_not_those_of_all(tmp_path):
    text = (
        "（一）收入支出总体情况 2024年收入总计80万元，支出总计80万元，比上年增加5万元。"
        "（二）财政拨款收支总体情况 2024年财政拨款收入总计60万元，支出总计60万元，比上年增加3万元。"
    )
    assert told(tmp_path, SECTION + text) == []


def test_what_is_compared_with_last_years_amount_is_still_spoken_of(tmp_path):
    text = (
        "八、“三公”经费预算情况说明\n2024年“三公”经费支出43万元，比上年支出46万元减少3万元，下降6.52%。"
        "公务用车及运行费支出25万元，比上年支出28万元下降3万元；公务接待支出18万元，比上年支出18万元下降0万元。"
    )
    assert told(tmp_path, text) == []


def test_accounts_that_name_no_kind_are_no_budget(tmp_path):
    text = "二、支出决算情况说明\n2024年本年支出合计80万元。\n（一）一般公共预算财政拨款支出决算情况\n2024年一般公共预算支出决算数为60万元，支出决算为预算的90%，年初预算偏少。\n"
    assert told(tmp_path, text, title="") == []


def test_summary_with_rows_that_no_form_has(tmp_path):
    text = "2024年收支预算总表\n单位：万元\n收入\t支出\n项目\t预算数\t项目\t预算数\n一、本级安排\t40.77\t一、基本支出\t40.77\n二、政府性基金拨款\t\t二、项目支出\t\n本年收入合计\t40.77\t本年支出合计\t40.77\n"
    assert told(tmp_path, text) == []


@pytest.mark.parametrize(("operation", "expected"), [("25", []), ("35", ["E-001", "G-002"])])
def test_small_amounts_in_a_row_are_no_numbers_of_columns(tmp_path, operation, expected):
    text = (
        "八、2024年一般公共预算“三公”经费支出预算表\n单位：万元\n"
        "“三公”经费合计\t因公出国（境）费\t公务用车购置及运行费\t公务接待费\n小计\t公务用车购置费\t公务用车运行费\n"
        f"79\t0\t75\t50\t{operation}\t4\n"
        "九、“三公”经费情况说明\n2024年“三公”经费预算79万元，其中：公务用车运行费25万元。\n"
    )
    assert sorted({rule for rule, _severity in told(tmp_path, text)}) == expected


def test_a_sign_for_several_characters_is_read(tmp_path):
    assert told(tmp_path, SECTION + "2024年收入总预算65.5万元，用房2500㎡") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("原因是巡查车辆属执法执勤车辆，其费用另列。", []), ("执法执勤用车 辆，其他用车2辆。", [("E-031", "error")])],
)
def test_a_word_that_ends_as_a_unit_lacks_no_number(tmp_path, text, expected):
    assert [f for f in told(tmp_path, "十、国有资产情况\n共有车辆3辆。" + text) if f[0] == "E-031"] == expected


@pytest.mark.parametrize(
    "text",
    ["一、“三公”经费安排情况\n2024年安排“三公”经费9万元，比上年减少3万元，其中公务接待费3万元。"],
)
def test_pages_on_public_expenses_alone_are_read(tmp_path, text):
    assert told(tmp_path, text, title="") == []


PUBLIC = "八、“三公”经费预算情况说明\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a rate may stand before its change
        ("2024年“三公”经费预算9万元，较2023年预算下降40%，减少6万元。", []),
        ("2024年“三公”经费预算9万元，较2023年预算下降90%，减少6万元。", [("F-002", "error")]),
        ("公务接待费预算安排9万元，较2023年预算下降90%。减少6万元。", [("F-002", "error")]),
        # a change whose amount stands in another sentence: by its name, else the first of the paragraph
        ("2024年“三公”经费预算332万元，其中公务接待费47万元。同口径比2023年减少83万元，下降20%。", []),
        (
            "2024年“三公”经费预算332万元，其中公务接待费47万元。同口径比2023年减少83万元，下降29%。",
            [("F-002", "error")],
        ),
        ("2024年“三公”经费预算总额为2.7万元。\n2024年“三公”经费预算数比2023年预算数减少0.3万元，减幅10%。", []),
        (
            "2024年“三公”经费预算总额为2.7万元。\n2024年“三公”经费预算数比2023年预算数减少0.3万元，减幅0.1%。",
            [("F-002", "error")],
        ),
        (
            "2024年公务接待11.80万元，2023年公务接待12.40万元。公务接待较上年同期减少0.60万元，减少4.84%。",
            [],
        ),
        ("商品和服务支出较上年减0.3万元，增3%。", [("F-001", "error")]),
        ("基本支出比上年增加5万元，增长3%。", []),  # of what, nobody knows
        (
            "2024年“三公”经费预算12万元，比2023年预算增长50%。其中：因公出国（境）费0万元，与上年持平；公务用车购置及运行费9万元，比2023年预算增加3万元；公务接待费3万元，比2023年预算增加1万元。",
            [],
        ),
        (
            "2024年“三公”经费预算12万元，比2023年预算增长90%。其中：因公出国（境）费0万元，与上年持平；公务用车购置及运行费9万元，比2023年预算增加3万元；公务接待费3万元，比2023年预算增加1万元。",
            [("E-046", "error")],
        ),
        ("公务接待费2.30万元，较上年减少1.50万元（39.47%）。", []),
        ("公务接待费2.30万元，较上年减少1.50万元（42.86%）。", [("F-002", "error")]),
        ("公务接待费2024年预算8万元，2023年预算12.5万元；对比减少4.5万元。", []),
        ("公务接待费2024年预算8万元，2023年预算12.5万元；对比减少4.1万元。", [("E-047", "error")]),
        ("公务接待费2024年预算8万元，2022年预算12.5万元；对比减少4.1万元。", []),
        ("公务接待费4.00万元，接待20批次，同比去年1.05万元增加2.95万元。", []),
        (
            "出国（境）费、公务接待费（简称“三公”经费）支出合计24.7万元。其中：因公出国（境）费0万元；公务用车购置费0万元；公务用车运行费8.2万元；公务接待费17.5万元。",
            [("E-045", "error")],
        ),
        ("公务接待费2.30万元，较上年增加2.30万元。公务用车运行费5.00万元，较上年增加7.00万元。", [("E-047", "error")]),
        # all there can be of the three public expenses, however it is divided
        (
            "2024年“三公”经费合计24.7万元。其中：因公出国（境）费0万元；公务用车购置费0万元；公务用车运行费8.2万元；公务接待费16.5万元。",
            [],
        ),
        (
            "2024年“三公”经费合计24.7万元。其中：因公出国（境）费0万元；公务用车购置费0万元；公务用车运行费9.2万元；公务接待费16.5万元。",
            [("E-045", "error")],
        ),
        (
            "2024年“三公”经费预算21.8万元，其中：因公出国（境）费0万元，公务接待12.8万元，公务用车运行费10万元。",
            [("E-045", "error")],
        ),
        (
            "按照预决算公开规定，2024年“三公”经费预算21.8万元，其中：因公出国（境）费0万元，公务接待12.8万元，公务用车运行费10万元。",
            [("E-045", "error")],
        ),
        ("公务用车购置及运行费42.6万元（包括购置费9.2万元、运行费35.4万元）。", [("E-045", "error")]),
    ],
)
def test_what_public_expenses_say_of_themselves(tmp_path, text, expected):
    assert told(tmp_path, PUBLIC + text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2024年支出预算30.50万元。其中：\n按支出项目类别：1、基本支出20.00万元，包括：人员经费支出15.00万元，公用经费支出5.00万元；2、项目支出10.50万元。\n按支出功能分类科目：一般公共服务支出21.00万元，社会保障和就业支出5.00万元；住房保障支出4.50万元。",
            [],
        ),
        (
            "2024年支出预算30.50万元。其中：\n按支出项目类别：1、基本支出20.00万元，包括：人员经费支出15.00万元，公用经费支出6.00万元；2、项目支出10.50万元。\n按支出功能分类科目：一般公共服务支出21.00万元，社会保障和就业支出5.00万元；住房保障支出5.50万元。",
            [("E-045", "error"), ("E-045", "error")],
        ),
        # one class that is not named may lie behind a sum that is too small
        (
            "2024年支出预算总计40.77万元，其中：工资福利支出21.37万元，商品和服务支出5.40万元；项目支出10.00万元。",
            [("E-045", "warning")],
        ),
        (
            "2024年支出预算总计40.77万元，其中：工资福利支出21.37万元，商品和服务支出9.40万元；项目支出11.00万元。",
            [("E-045", "error")],
        ),
        ("2024年支出预算总计40.77万元，主要用于工资福利支出21.37万元，商品和服务支出9.40万元等。", []),
        (
            "1.基本支出预算40.70万元。其中：\n工资福利支出预算30.70万元，比上年增加1万元。\n商品和服务支出预算12.00万元。\n2.项目支出10.00万元。其中：\n商品和服务支出10.00万元。",
            [("E-045", "error")],
        ),
        (
            "2024年拨款支出320.0万元，比上年减少145.0万元。其中：基本支出60.0万元，比上年增加5.0万元，主要是人员增加；项目支出260.0万元，比上年减少155.0万元。",
            [("E-046", "error")],
        ),
    ],
)
def test_totals_and_what_they_are_divided_into(tmp_path, text, expected):
    found = told(tmp_path, SECTION + text)
    assert [f for f in found if f[0] in {"E-045", "E-046"}] == expected
