"""The measure against reviews: what counts as found, and that enough is found in the samples."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from mingzhang.model.finding import Evidence, Finding, Spot
from mingzhang.readback.doors import read_file
from mingzhang.rules.engine import check

_SPEC = importlib.util.spec_from_file_location("review", Path(__file__).parents[2] / "tools" / "review.py")
assert _SPEC is not None
assert _SPEC.loader is not None
review = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(review)


@pytest.mark.parametrize(
    ("lines", "numbers", "found"),
    [([11], ["1,300.50"], True), ([12], ["1300.5"], False), ([10], ["7"], False), ([9], [], True)],
)
def test_a_finding_counts_by_its_line_and_one_number(lines, numbers, found):
    spot = Spot(table="summary", line=10)
    one = Finding("A-1", "B-001", "error", "violated", "", (spot,), evidence=(Evidence(spot, "1300.50"),))
    assert review.finds(one, {"lines": lines, "numbers": numbers}) is found


@pytest.mark.parametrize("name", ["jinzhong-economic-operations-2024", "wusu-bonded-zone-2023", "xiaohe-park-2023"])
def test_samples__every_error_and_nine_warnings_of_ten_are_found(name, samples, truth):
    entries = json.loads((truth / f"{name}.review.json").read_text(encoding="utf-8"))
    findings = check(read_file(samples / f"{name}.txt"))
    found = {
        s: [any(review.finds(f, e) for f in findings) for e in entries if e["severity"] == s]
        for s in ("error", "warning")
    }
    assert all(found["error"])
    assert sum(found["warning"]) * 10 >= len(found["warning"]) * 9
    assert any("found" in line for line in review.report(name, findings, entries))


def test_the_sample_in_pdf__every_error_and_nine_warnings_of_ten_are_found_and_no_more(samples, truth):
    name = "putuo-finance-2025"
    entries = review.entries_of((truth / f"{name}.review.md").read_text(encoding="utf-8"))
    findings = check(read_file(samples / f"{name}.pdf"))
    found = {
        s: [any(review.finds(f, e) for f in findings) for e in entries if e["severity"] == s]
        for s in ("error", "warning")
    }
    assert len(found["error"]) == 2
    assert all(found["error"])
    assert sum(found["warning"]) * 10 >= len(found["warning"]) * 9
    grave = [e for e in entries if e["severity"] == "error"]
    assert [f.message for f in findings if f.severity == "error" and not any(review.finds(f, e) for e in grave)] == []
    assert [
        f.message for f in findings if f.severity == "warning" and not any(review.finds(f, e) for e in entries)
    ] == []
