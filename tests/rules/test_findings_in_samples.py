"""What must be found in the samples, and what must not."""

from __future__ import annotations

import json
import re

import pytest

from mingzhang.readback.doors import read_file
from mingzhang.rules.engine import check

JINZHONG, WUSU, XIAOHE = "jinzhong-economic-operations-2024", "wusu-bonded-zone-2023", "xiaohe-park-2023"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def findings(samples):
    kept = {}

    def of(name):
        if name not in kept:
            kept[name] = check(read_file(samples / f"{name}.txt"))
        return kept[name]

    return of


def values(finding) -> set[str]:
    return {e.value for e in finding.evidence} | {finding.expected, finding.actual}


def lines(finding) -> set[int]:
    return {s.line for s in finding.where} | {e.where.line for e in finding.evidence}


def test_jinzhong__the_departments_own_form_against_the_tables(findings):
    errors = [f for f in findings(JINZHONG) if f.severity == "error"]
    assert any({"6397.54", "6389.17"} <= values(f) and 473 in lines(f) and f.difference == "8.37" for f in errors)
    assert any({"6373.37", "6365.00"} <= values(f) and 475 in lines(f) for f in errors)
    assert any({"36", "21", "0"} <= values(f) and {467, 468, 469} <= lines(f) for f in errors)


def test_jinzhong__the_missing_share_and_the_watermark(findings):
    (share,) = [f for f in findings(JINZHONG) if f.rule == "E-003"]
    assert (share.severity, share.expected, share.actual) == ("error", "0.01", "")
    assert lines(share) == {416}
    (mark,) = [f for f in findings(JINZHONG) if f.rule == "K-001"]
    assert [s.line for s in mark.where] == [3, 5, 13, 15, 17, 19, 58, 60, 62, 64, 66, 68]


def test_wusu__six_projects_five_forms_and_one_year(findings):
    found = findings(WUSU)
    assert any(f.rule == "H-003" and (f.expected, f.actual) == ("6", "5") and 411 in lines(f) for f in found)
    (missing,) = [f for f in found if f.rule == "H-002"]
    assert "行政运行经费" in missing.message
    assert {329, 411} <= lines(missing)
    (year,) = [f for f in found if f.rule == "H-005"]
    assert (year.actual, year.expected, year.difference) == ("2000000", "1300000", "700000")
    assert 428 in lines(year)


def test_xiaohe__labels_that_slipped_by_one_row(findings):
    (slip,) = [f for f in findings(XIAOHE) if f.rule == "B-009"]
    assert slip.severity == "error"
    assert slip.repair is not None
    assert slip.repair.kind == "label_shift"
    moved = [(c.before, c.after) for c in slip.repair.changes]
    assert moved[0] == ("商品和服务支出", "合计")
    assert ("公务用车运行维护费", "公务接待费") in moved
    assert ("资本性支出", "公务用车运行维护费") in moved
    proof = "\n".join(slip.repair.proof)
    assert "57.65 = 57.15 + 0.50" in proof
    assert "1.65" in proof
    assert "25.00" in proof
    sums = [f for f in findings(XIAOHE) if f.rule == "B-003"]
    assert sums
    assert {f.cause for f in sums} == {slip.id}


@pytest.mark.parametrize("name", [JINZHONG, WUSU, XIAOHE])
def test_no_error_or_warning_rests_on_an_identity_that_holds(name, findings, truth):
    """No finding's figures are all of one identity: neither by both sides' values nor by its line and values."""
    holds = json.loads((truth / f"{name}.holds.json").read_text(encoding="utf-8"))
    sides = [{_plain(x) for x in (h["lhs"], h["rhs"])} for h in holds if h["lhs"] not in {"0", "1"}]
    for finding in findings(name):
        if finding.severity == "hint" or not finding.evidence:
            continue
        numbers = {_plain(e.value) for e in finding.evidence if _NUMBER.fullmatch(e.value)}
        resting = [s for s in sides if numbers and numbers <= s]
        assert not resting, finding.message


def _plain(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


@pytest.mark.parametrize("name", [JINZHONG, WUSU, XIAOHE])
def test_every_error_and_warning_is_one_that_a_reviewer_made(name, findings, truth):
    """A careful reviewer's list is not complete, but nothing graver than a hint may stand beside it unexplained."""
    review = json.loads((truth / f"{name}.review.json").read_text(encoding="utf-8"))
    for finding in findings(name):
        if finding.severity != "hint":
            assert any(lines(finding) & set(r["lines"]) for r in review), (finding.rule, finding.message)
