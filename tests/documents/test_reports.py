"""Reports of findings: one task a cause, the same in every form, openable by what they are for."""

import io
import json
import zipfile

import openpyxl
import pytest
from golden import disclosure_of
from lxml import html

from mingzhang.documents.report_notice import report_notice
from mingzhang.documents.report_page import report_page
from mingzhang.documents.report_sheet import HEAD, report_sheet
from mingzhang.documents.sheet_reports import row_height
from mingzhang.model.finding import Spot
from mingzhang.readback.word import read_pages
from mingzhang.rules.engine import check
from mingzhang.rules.sarif import as_sarif
from mingzhang.rules.worklist import names_in, place_of, tasks_of

DOCUMENT = disclosure_of(
    """
[table spending] total basic project
total 合计: 100.00 40.00 60.00
201 一般公共服务支出: 100.00 40.00 60.00
20106 财政事务: 100.00 40.00 60.00
2010601 行政运行: 40.00 40.00 .
2010602 一般行政管理事务: 66.00 . 66.00
"""
)


@pytest.fixture(scope="module")
def findings():
    found = check(DOCUMENT)
    assert found
    return found


def test_every_cause_is_one_task_and_nothing_is_lost(findings):
    tasks = tasks_of(findings, DOCUMENT)
    assert [t.number for t in tasks] == list(range(1, len(tasks) + 1))
    assert sorted(f.id for t in tasks for f in (t.finding, *t.others)) == sorted(f.id for f in findings)
    assert len({t.finding.cause or t.finding.id for t in tasks}) == len(tasks)


def test_the_worklist_has_a_line_for_each_task_and_room_to_fill_in(findings):
    sheet = openpyxl.load_workbook(io.BytesIO(report_sheet(findings, DOCUMENT))).active
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    tasks = tasks_of(findings, DOCUMENT)
    assert [c.value for c in sheet[3]] == [name for name, _ in HEAD]
    assert [(r[0], r[2]) for r in rows] == [(t.number, f"{t.rule} {t.problem}") for t in tasks]
    assert all(not any(r[8:]) for r in rows)
    assert report_sheet(findings, DOCUMENT) == report_sheet(findings, DOCUMENT)


def test_the_notice_names_every_problem(findings):
    (page,) = read_pages(report_notice(findings, DOCUMENT), "notice.docx")
    text = "".join(line.text for line in page.lines)
    assert all(t.problem in text for t in tasks_of(findings, DOCUMENT))
    with zipfile.ZipFile(io.BytesIO(report_notice(findings, DOCUMENT))) as archive:
        assert archive.testzip() is None


def test_the_page_marks_the_lines_meant(findings):
    lines = {(None, n): f"line {n}" for n in range(1, 20)}
    page = html.document_fromstring(report_page(findings, DOCUMENT, lines))
    tasks = tasks_of(findings, DOCUMENT)
    assert len(page.xpath("//article")) == len(tasks)
    marked = {row.xpath("string(th)") for row in page.xpath("//tr[@class='mz-marked']")}
    assert marked <= {str(s.line) for f in findings for s in f.where}
    assert marked
    assert "<script" not in report_page(findings, DOCUMENT)


def test_a_clean_document_says_so():
    assert "没有发现问题" in report_page((), DOCUMENT)
    assert report_notice((), DOCUMENT)
    assert report_sheet((), DOCUMENT)


def test_sarif_has_each_finding_with_its_rule_and_line(findings):
    (run,) = json.loads(as_sarif(findings, DOCUMENT))["runs"]
    ids = [r["id"] for r in run["tool"]["driver"]["rules"]]
    assert [r["ruleId"] for r in run["results"]] == [f.rule for f in findings]
    assert all(ids[r["ruleIndex"]] == r["ruleId"] for r in run["results"])
    assert {r["level"] for r in run["results"]} <= {"error", "warning", "note", "none"}
    assert len({r["partialFingerprints"]["mingzhang/1"] for r in run["results"]}) == len(findings)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("total", "“合计”"),
        ("2010601", "“2010601 行政运行”"),
        ("2010699", "“2010699”"),
        ("in:carry", "“上年结转”"),
        ("in:other", "“other”"),
        ("", ""),
    ],
)
def test_a_place_is_told_as_it_is_printed(row, shown):
    document = disclosure_of(
        "[table spending] total\ntotal 合计: 1.00\n2010601 行政运行: 1.00\nin:carry 上年 结转: 1.00\n"
    )

    assert place_of(Spot(table="spending", row=row), names_in(document)).endswith(shown)
    assert "in:" not in place_of(Spot(table="spending", row=row), names_in(document))


def test_rows_of_the_worklist_are_as_high_as_their_texts(findings):
    sheet = openpyxl.load_workbook(io.BytesIO(report_sheet(findings, DOCUMENT))).active
    for row in range(4, 4 + len(tasks_of(findings, DOCUMENT))):
        fits = [len(sheet.cell(row, n).value or "") * 2 <= width for n, (_, width) in enumerate(HEAD, 1) if n > 2]
        assert (sheet.row_dimensions[row].height > 16) or all(fits)


@pytest.mark.parametrize(
    ("text", "height"), [("", 16), ("字" * 9, 16), ("字" * 10, 32), ("一\n二\n三", 48), ("字" * 9999, 400)]
)
def test_height_of_a_row_of_texts(text, height):
    assert row_height([("", 5), (text, 20)]) == height
