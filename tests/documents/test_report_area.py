"""The page of an area: every document, the rules that are broken, and what documents contradict in each other."""

from __future__ import annotations

import re

import pytest

from mingzhang.documents.report_area import Unit, report_area
from mingzhang.model.finding import Finding
from mingzhang.rules.across import AreaFinding

UNITS = (
    Unit("a.json", "a.json.html", {"unit": "甲局", "year": 2024, "error": 1}, found=(("B-002", "error"),)),
    Unit(
        "b<1>.json",
        "b<1>.json.html",
        {"unit": "乙局", "year": 2024, "error": 2, "warning": 1},
        found=(("B-002", "error"), ("B-002", "error"), ("C-001", "warning")),
    ),
    Unit("c.json", "", {}, fault="文件是空的"),
)


def between(*files, severity="warning"):
    found = Finding("L-1", "L-001", severity, "violated", "两份不符。", (), "", "", "", "", None, ())
    return AreaFinding(found, files)


def rows(page, section):
    part = page.partition(f'id="{section}"')[2].partition("</section>")[0]
    return [re.sub(r"<[^>]+>", " ", r).split() for r in re.findall(r"<tr>(.*?)</tr>", part)][1:]


def test_what_cannot_be_used_comes_first_with_its_reason_then_the_gravest():
    found = rows(report_area("区", UNITS, ()), "each")
    assert [r[0] for r in found] == ["c.json", "b&lt;1&gt;.json", "a.json"]
    assert "文件是空的" in found[0][-1]
    assert found[1][-4:] == ["2", "1", "0", "0"]


def test_rules_are_counted_by_documents():
    found = rows(report_area("区", UNITS, (), {"B-002": "上级等于下级之和。"}), "rules")
    assert found == [["B-002", "上级等于下级之和。", "2", "3", "0"], ["C-001", "1", "0", "1"]]


@pytest.mark.parametrize(("count", "is_open"), [(1, True), (30, False)])
def test_findings_of_the_same_documents_stand_together(count, is_open):
    found = [between("a.json", "b<1>.json") for _ in range(count)] + [between("b<1>.json", severity="error")]
    page = report_area("区", UNITS, found)
    lots = re.findall(r'<details class="mz-group"( open)?>', page)
    assert lots == [" open" if is_open else ""] * 2
    assert page.count("<article") == count + 1
    assert [r[-1] for r in rows(page, "each")[1:]] == [str(count + 1), str(count)]


def test_nothing_found_is_said():
    page = report_area("区", UNITS[:1], ())
    assert "没有发现问题。" in page
    assert "不能用" not in page
