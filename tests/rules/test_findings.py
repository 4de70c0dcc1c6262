"""What findings carry: places, values, evidence, causes, repairs; and the reports made of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from golden import disclosure_of
from msgspec.structs import replace

from mingzhang.model.language import use_language
from mingzhang.rules import reports
from mingzhang.rules.engine import check

WHOLE = (Path(__file__).parent / "whole.txt").read_text(encoding="utf-8")


def found(old: str, new: str, **fields):
    assert WHOLE.count(old) == 1, old
    return check(disclosure_of(WHOLE.replace(old, new), **fields))


def test_a_finding_has_both_sides_the_difference_and_every_figure():
    one, share = found("income_gov_fund=50.00", "income_gov_fund=50.02")
    assert (share.rule, share.expected, share.cause) == ("E-002", "37.05", one.id)
    assert (one.rule, one.severity, one.explained_by_rounding) == ("E-001", "error", False)
    assert (one.actual, one.expected, one.difference, one.unit) == ("50.02", "50.00", "0.02", "万元")
    assert [(e.value, e.role) for e in one.evidence] == [("50.02", "left"), ("50.00", "right")]
    assert one.where[0].section == "income"
    assert one.where[0].sentence == "基金50.02万元，占37.04%"
    assert (one.where[1].table, one.where[1].row, one.where[1].column) == ("summary", "in:gov_fund", "amount")
    lines = WHOLE.splitlines()
    assert "in:gov_fund 50.00" in lines[one.where[1].line - 1]
    assert "income_gov_fund" in lines[one.where[0].line - 1]


def test_amounts_of_two_units_are_told_with_them_and_amounts_of_one_without():
    sound = disclosure_of(WHOLE.replace("income_gov_fund=50.00", "income_gov_fund=50.02"))
    told = {f.rule: f.message for f in check(sound)}
    assert "50.02 ≠ " in told["E-001"]
    assert "50.00，相差 0.02 万元。" in told["E-001"]
    tables = tuple(replace(t, rows=tuple(in_yuan(r) for r in t.rows)) for t in sound.tables)
    told = {f.rule: f.message for f in check(replace(sound, tables=tables))}
    assert "50.02 万元 ≠ " in told["E-001"]
    assert "500000.00 元，相差 0.02 万元。" in told["E-001"]


def in_yuan(row):
    cells = {
        k: replace(f, digits=f.digits * 10000, printed=f"{f.digits * 100}.00", unit="元") if f.is_number else f
        for k, f in row.cells.items()
    }
    return replace(row, cells=cells)


def test_one_wrong_figure_is_one_cause_with_its_repair():
    findings = found(
        "2120801 征地和拆迁补偿支出: 50.00 . 50.00 . . . 6.00", "2120801 征地和拆迁补偿支出: 50.00 . 55.00 . . . 6.00"
    )
    assert len(findings) >= 3
    assert len({f.cause for f in findings}) == 1
    assert findings[0].cause in {f.id for f in findings}
    repair = findings[0].repair
    assert repair is not None
    (change,) = repair.changes
    assert (change.where.table, change.where.row, change.where.column) == ("income", "2120801", "gov_fund")
    assert (change.before, change.after) == ("55.00", "50.00")


def test_a_tail_is_a_hint_where_nothing_is_declared_and_an_error_where_all_is_said_to_add_up():
    change = ("津贴补贴 12.00 12.00", "津贴补贴 12.01 12.01")
    hints = found(*change)
    assert {(f.rule, f.severity, f.explained_by_rounding) for f in hints} == {("B-003", "hint", True)}
    errors = found(*change, rounding="additive")
    assert {(f.rule, f.severity, f.explained_by_rounding) for f in errors} == {("B-003", "error", False)}


def test_ids_stay_the_same_when_lines_move_and_differ_when_values_do():
    one = found("in:carry 10.00\nin:total 135.00", "in:carry 10.00\nin:total 136.00")
    moved = check(disclosure_of("# note\n" + WHOLE.replace("in:total 135.00", "in:total 136.00")))
    other = check(disclosure_of(WHOLE.replace("in:total 135.00", "in:total 137.00")))
    assert [f.id for f in one] == [f.id for f in moved]
    assert one[0].where != moved[0].where
    assert not {f.id for f in one} & {f.id for f in other}


def test_withheld_figures_make_a_rule_undecided():
    text = WHOLE.replace("project:新区道路征地补偿 50.00 . 50.00", "project:新区道路征地补偿 涉密 . 涉密")
    findings = check(disclosure_of(text), everything=True)
    assert not [f for f in findings if f.outcome == "violated" and f.rule in {"C-052", "B-004"}]
    assert any("依法不予公开" in f.message for f in findings if f.rule == "C-052")


def test_an_unconfirmed_name_never_makes_more_than_a_hint(tmp_path, monkeypatch):
    """A row of basic spending that stands under its class only by a name nobody has seen published."""
    from mingzhang.forms import classifications  # noqa: PLC0415

    shipped = classifications.SHIPPED / "2024"
    own = tmp_path / "2024"
    own.mkdir()
    for file in shipped.glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        if file.stem == "dept_economic":
            text = text.replace("302,商品和服务支出,1,,,yes", "302,商品和服务支出,1,,,no")
        (own / file.name).write_text(text, encoding="utf-8")
    monkeypatch.setenv(classifications.VARIABLE, str(tmp_path))
    findings = found("办公费 6.00 . 6.00", "办公费 7.00 . 7.00")
    assert {f.rule for f in findings} == {"B-003"}
    assert {(f.severity, f.explained_by_rounding) for f in findings} == {("hint", False)}


def test_documents_of_unknown_form_are_still_checked():
    bare = disclosure_of(WHOLE, pack="")
    assert check(bare) == ()
    wrong = check(
        disclosure_of(WHOLE.replace("in:carry 10.00\nin:total 135.00", "in:carry 10.00\nin:total 136.00"), pack="")
    )
    assert {"B-001", "B-021"} <= {f.rule for f in wrong}


def doubting(disclosure, table, row, column, doubt="不能确定在哪一栏"):
    """Put one figure of a table in doubt."""
    own = disclosure.table(table)
    rows = tuple(
        replace(r, cells=r.cells | {column: replace(r.cells[column], doubt=doubt)}) if r.key == row else r
        for r in own.rows
    )
    return replace(disclosure, tables=tuple(replace(t, rows=rows) if t is own else t for t in disclosure.tables))


def test_what_rests_on_a_figure_in_doubt_is_no_more_than_a_hint():
    row = "2120801 征地和拆迁补偿支出: 50.00 . 50.00 . . . 6.00"
    text = WHOLE.replace(row, row.replace(". 50.00 .", ". 55.00 ."))
    sure = check(disclosure_of(text))
    assert {f.severity for f in sure if f.evidence} == {"error"}
    unsure = check(doubting(disclosure_of(text), "income", "2120801", "gov_fund"))
    assert {f.id for f in unsure} == {f.id for f in sure}
    assert {f.severity for f in unsure if f.evidence} == {"hint"}


def test_rates_do_not_add_up_and_columns_nobody_knows_leave_sums_across_open():
    text = """
[table x_all_spending] total general gov_fund change_rate
total 合计: 30.00 30.00 . 10.00
201 一般公共服务支出: 20.00 20.00 . 11.11
205 教育支出: 10.00 10.00 . 25.00
"""
    assert check(disclosure_of(text, pack="")) == ()
    short = text.replace("30.00 30.00 . 10.00", "31.00 30.00 . 10.00")
    assert {f.rule for f in check(disclosure_of(short, pack=""))} == {"B-002", "B-012"}
    strange = short.replace("change_rate", "调入资金")
    assert "B-012" not in {f.rule for f in check(disclosure_of(strange, pack=""))}


def test_a_total_may_hold_money_carried_over_row_by_row():
    text = """
[table income] total general gov_fund carry
total 合计: 35.00 30.00 . 5.00
201 一般公共服务支出: 25.00 20.00 . 5.00
205 教育支出: 10.00 10.00 . .
[table spending] total basic project
total 合计: 35.00 25.00 10.00
201 一般公共服务支出: 25.00 15.00 10.00
205 教育支出: 10.00 10.00 .
"""
    assert check(disclosure_of(text, pack="")) == ()
    wrong = check(disclosure_of(text.replace("205 教育支出: 10.00 10.00 . .", "205 教育支出: 10.00 9.00 . ."), pack=""))
    assert [(f.rule, f.where[0].row) for f in wrong if f.rule == "B-012"] == [("B-012", "205")]


def test_sentences_of_an_unknown_form_are_compared_too_with_less_weight():
    text = WHOLE.replace("income_gov_fund=50.00", "income_gov_fund=500.00")
    (known, *_), (unknown, *_) = (check(disclosure_of(text, pack=p)) for p in ("shanxi-2023", ""))
    assert (known.rule, known.severity, known.actual) == ("E-001", "error", "500.00")
    assert (unknown.rule, unknown.severity, unknown.actual) == ("E-001", "warning", "500.00")


def test_a_rules_own_bug_raises(monkeypatch):
    from mingzhang.rules.functions import codes  # noqa: PLC0415

    def broken(_rule, _figures):
        raise ZeroDivisionError

    monkeypatch.setattr(codes, "lengths", broken)
    from mingzhang.rules import engine  # noqa: PLC0415

    found = (engine.function_of, engine.briefly_of)
    for kept in found:
        kept.cache_clear()
    with pytest.raises(ZeroDivisionError):
        check(disclosure_of(WHOLE))
    for kept in found:
        kept.cache_clear()


def test_json__every_key_is_there_whatever_its_value():
    tree = json.loads(
        reports.as_json(
            found(
                "in:gov_fund 50.00\nin:state_capital 5.00\nin:special",
                "in:gov_fund 51.00\nin:state_capital 5.00\nin:special",
            )
        )
    )
    keys = ["id", "rule", "severity", "outcome", "message", "where", "expected", "actual", "difference", "unit",
            "explained_by_rounding", "evidence", "cause", "repair"]  # fmt: skip
    assert tree
    for one in tree:
        assert list(one) == keys
        assert set(one["where"][0]) in (
            {"table", "row", "column", "page", "line"},
            {"section", "sentence", "page", "line"},
        )
        assert set(one["evidence"][0]) == {"where", "value", "unit", "role"}


def test_text__causes_together_and_a_count_at_the_end():
    document = disclosure_of(WHOLE.replace("in:carry 10.00\nin:total 135.00", "in:carry 10.00\nin:total 136.00"))
    findings = check(document)
    lines = reports.as_text(findings, document)
    assert lines[0] == "某某中心 2023"
    assert lines[1].startswith("错误 ")
    assert sum(line.startswith("错误") for line in lines) == len(
        {f.cause or f.id for f in findings if f.severity == "error"}
    )
    assert any("同因" in line for line in lines)
    assert any("建议 136.00 → 135.00" in line for line in lines)
    assert lines[-1] == f"共 {len(findings)} 个错误，0 个警告，0 个提示"


def test_english():
    use_language("en")
    try:
        one, _share = found("income_gov_fund=50.00", "income_gov_fund=50.02")
        assert one.message.startswith("Every amount of the written part equals the figures")
        assert (
            reports.as_text([one], replace(disclosure_of(WHOLE), unit_name=""))[-1] == "1 errors, 0 warnings, 0 hints"
        )
    finally:
        use_language("zh")


def test_nothing_to_check_is_undecided_throughout():
    findings = check(disclosure_of("", pack=""), everything=True)
    assert {f.outcome for f in findings} <= {"undecided", "passed"}
    assert {f.rule for f in findings if f.outcome == "passed"} <= {"K-001"}
