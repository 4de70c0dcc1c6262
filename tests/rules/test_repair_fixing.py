"""Documents put right: what has one smallest repair is changed and proved, what has more only where it was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import disclosure_of

from mingzhang.model.fault import Fault
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.engine import check
from mingzhang.rules.repair_fixing import fix

WHOLE = (Path(__file__).parent / "whole.txt").read_text(encoding="utf-8")


def fixed(*changes, **options):
    text = WHOLE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return fix(disclosure_of(text), RULES, **options)


FUND_ROW = (
    "2120801 征地和拆迁补偿支出: 50.00 . 50.00 . . . 6.00",
    "2120801 征地和拆迁补偿支出: 50.00 . 55.00 . . . 6.00",
)


def test_a_wrong_figure_of_a_table_is_printed_anew():
    done = fixed(FUND_ROW)
    assert done.disclosure.table("income").figure("2120801", "gov_fund").plain == "50.00"
    (step,) = done.changed
    assert [(c.before, c.after) for c in step.repair.changes] == [("55.00", "50.00")]
    assert done.findings == ()
    assert check(done.disclosure) == ()


def test_a_wrong_number_of_a_sentence_is_printed_anew_and_what_follows_moves():
    done = fixed(("income_gov_fund=50.00", "income_gov_fund=1050.00"))
    (paragraph,) = [
        p for s in done.disclosure.sections for p in s.paragraphs for x in p.slots if x.key == "income_gov_fund"
    ]
    assert "50.00" in paragraph.text
    assert "1050.00" not in paragraph.text
    for slot in paragraph.slots:
        assert paragraph.text[slot.at :].startswith(slot.figure.printed if slot.figure else slot.text)
    assert done.findings == ()


def test_two_wrong_figures_far_apart_are_two_repairs():
    done = fixed(FUND_ROW, ("income_gov_fund=50.00", "income_gov_fund=50.20"))
    assert len(done.changed) == 2
    assert done.findings == ()


def test_what_more_than_one_change_would_settle_is_left_until_it_is_chosen():
    row = ("project:新区道路征地补偿 50.00 . 50.00", "project:新区道路征地补偿 50.00 . 51.00")
    text = WHOLE.replace(*row)
    done = fix(disclosure_of(text), RULES)
    for step in done.steps:
        assert (step.reason == "") == (not step.repair.others)
    undecided = disclosure_of(
        "[table spending] total basic project\ntotal 合计: 35.00 25.00 10.00\n205 教育支出: 36.00 26.00 10.00\n",
        pack="",
    )
    left = fix(undecided, RULES)
    assert left.changed == ()
    assert left.disclosure == undecided
    (step,) = left.steps
    every = (step.repair, *step.repair.others)
    assert len(every) > 1
    for n, repair in enumerate(every, 1):
        chosen = fix(undecided, RULES, chosen={step.findings[0]: n})
        assert chosen.findings == ()
        assert len(chosen.changed) == 1
        for change in repair.changes:
            figure = chosen.disclosure.table("spending").figure(change.where.row, change.where.column)
            assert figure.plain == change.after


def test_a_choice_of_what_is_not_there_is_a_fault():
    with pytest.raises(Fault):
        fixed(FUND_ROW, chosen={"B-001-0000000000": 1})


def test_a_number_beyond_the_repairs_is_a_fault():
    found = fixed(FUND_ROW).steps[0].findings[0]
    with pytest.raises(Fault):
        fixed(FUND_ROW, chosen={found: 9})


def test_slipped_labels_are_moved_back(samples):
    from mingzhang.readback.doors import read_file  # noqa: PLC0415

    done = fix(read_file(samples / "xiaohe-park-2023.txt"), RULES)
    assert "label_shift" in {s.repair.kind for s in done.changed}
    assert "B-009" not in {f.rule for f in done.findings}


def test_a_row_left_out_is_put_back_with_what_the_sum_lacks():
    done = fixed(
        ("2010601 行政运行: 40.00 40.00 .\n2010602 一般行政管理事务: 24.00", "2010602 一般行政管理事务: 24.00")
    )
    (step,) = done.changed
    assert step.repair.kind == "missing_row"
    keys = [r.key for r in done.disclosure.table("spending").rows]
    assert keys[keys.index("20106") + 1] == "2010601"
    assert done.disclosure.table("spending").figure("2010601", "basic").plain == "40.00"
    assert done.findings == ()
