"""The inspection sheet: every finding under its item once, answers by what is found and read, scores exact."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from golden import disclosure_of
from msgspec.structs import replace

from mingzhang.documents.report_inspection import inspection_notice, inspection_page
from mingzhang.documents.report_inspection_sheet import inspection_sheet
from mingzhang.forms.packs import load_pack
from mingzhang.rules.catalogue import EVERY_RULE
from mingzhang.rules.engine import check
from mingzhang.rules.inspection import inspection_of, sheet, spelled
from mingzhang.rules.worklist import tasks_of

WHOLE = (Path(__file__).parent / "whole.txt").read_text(encoding="utf-8")
PACK = load_pack("shanxi-2023")
WRONG = (
    WHOLE.replace("2010602 一般行政管理事务: 24.00", "2010602 一般行政管理事务: 29.00")
    .replace("44.44%", "45.44%")
    .replace("[section vehicles]", "[section vehicles]\n待填写。")
)


def filled(text: str):
    made = disclosure_of(text)
    return inspection_of(check(made), made, PACK), made


def item(found, name: str):
    return next(i for i in found.items if name in i.name)


def test_every_finding_stands_under_one_item_and_wrong_items_say_no():
    found, made = filled(WRONG)
    tasks = tasks_of(check(made), made)
    assert sum(len(i.problems) for i in found.items) == len(tasks)
    assert item(found, "支出总表").answer == "no"
    assert item(found, "编制说明").answer == "no"
    assert item(found, "其他重要事项").answer == "no"
    assert [p.number for p in item(found, "编制说明").problems] == [1]


def test_a_document_without_contradiction_is_as_required_wherever_it_was_read():
    found, _made = filled(WHOLE)
    assert {i.answer for i in found.items} == {"yes", "open"}
    assert item(found, "支出总表").answer == "yes"
    assert all(bool(i.why) == (i.answer == "open") for i in found.items)


def test_timeliness_is_open_where_no_dates_are_stated_and_is_not_scored():
    found, _made = filled(WHOLE)
    assert item(found, "及时性").answer == "open"
    assert [spelled(s.tenths) for s in found.scores if s.name == "及时性"] == ["未评"]
    assert spelled(found.total) == "100.0"
    late = WHOLE + "\n[section other]\n本预算于2023年2月1日经批复。公开时间：2023年4月10日。\n"
    again, _made = filled(late)
    assert item(again, "及时性").answer == "no"
    assert next(s.tenths for s in again.scores if s.name == "及时性") == 10 * 10 - sheet().cost["warning"]


def test_a_table_of_the_form_that_is_not_there_is_open():
    made = disclosure_of(WHOLE)
    less = replace(made, tables=tuple(t for t in made.tables if t.id != "fund_income"))
    found = inspection_of((), less, PACK)
    assert item(found, "政府性基金预算收入").answer == "open"


def test_scores_count_causes_once_and_never_fall_below_nothing():
    one, made = filled(WRONG)
    true = next(s for s in one.scores if s.name == "真实性")
    costs = sheet().cost
    assert true.tenths == 10 * true.weight - sum(costs[k] * n for k, n in true.counts.items())
    many = tuple(replace(f, id=f"{f.id}{n}", cause="") for n in range(200) for f in check(made))
    worst = inspection_of(many, made, PACK)
    assert min(s.tenths for s in worst.scores if s.tenths is not None) == 0


def test_weights_make_a_hundred_and_every_rule_has_its_criterion():
    assert sum(c.weight for c in sheet().criterion) == 100
    known = {name for c in sheet().criterion for name in c.rules}
    assert all(r.id in known or r.id[0] in known for r in EVERY_RULE)
    assert {n for i in sheet().item for n in i.rules} <= {r.id for r in EVERY_RULE}


def test_problems_are_said_without_the_rules_sentence_and_without_signs():
    found, _made = filled(WRONG)
    (problem,) = item(found, "支出总表").problems[:1]
    assert "≠" not in problem.words
    assert "不等于" in problem.words
    assert problem.place


@pytest.mark.parametrize("write", [inspection_sheet, inspection_notice])
def test_files_are_whole_and_the_same_every_time(write):
    found, _made = filled(WRONG)
    content = write(found)
    assert write(found) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        text = "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml"))
    assert "不等于" in text
    assert "及时性" in text


def test_the_page_marks_answers_and_escapes_what_was_printed():
    _found, made = filled(WRONG)
    lines = {(None, n): "<b>原文</b>" for n in range(1, 300)}
    page = inspection_page(inspection_of(check(made), made, PACK, lines))
    assert 'class="mz-c mz-no"' in page
    assert "<b>原文" not in page
    assert "&lt;b&gt;原文" in page
