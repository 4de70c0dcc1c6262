"""Findings somebody accepted, until their figures change; and what is new beside an earlier check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from golden import disclosure_of

from mingzhang.model.fault import UnreadableInput
from mingzhang.rules.baseline import read_baseline
from mingzhang.rules.engine import check
from mingzhang.rules.inspected import Wish, inspect
from mingzhang.rules.reports import as_json
from mingzhang.rules.sarif import as_sarif
from mingzhang.rules.waivers import InvalidWaivers, Waiver, apply_waivers, read_waivers

WHOLE = (Path(__file__).parent / "whole.txt").read_text(encoding="utf-8")
ROW = "2010602 一般行政管理事务: 24.00"
WRONG = WHOLE.replace(ROW, "2010602 一般行政管理事务: 29.00")
OTHERWISE = WHOLE.replace(ROW, "2010602 一般行政管理事务: 28.00")


def first(text: str) -> str:
    return next(f.id for f in check(disclosure_of(text)) if f.rule == "B-002")


def test_an_accepted_finding_is_taken_out_and_printed_with_its_reason():
    waiver = Waiver(first(WRONG), "主管部门已核", "预算科长", "2026-03-01")
    found = inspect(disclosure_of(WRONG), Wish(waivers=(waiver,)))
    assert waiver.finding not in {f.id for f in found.findings}
    assert [(f.id, w) for f, w in found.accepted] == [(waiver.finding, waiver)]
    assert "主管部门已核（预算科长 2026-03-01）" in "\n".join(found.lines())
    told = json.loads(as_json(found.findings, found.accepted))
    assert [t["waived"]["role"] for t in told if "waived" in t] == ["预算科长"]
    log = json.loads(as_sarif(found.findings, disclosure_of(WRONG), found.accepted))
    assert sum("suppressions" in r for r in log["runs"][0]["results"]) == 1


def test_a_waiver_lapses_when_the_figures_change():
    waiver = Waiver(first(WRONG), "主管部门已核", "预算科长")
    found = apply_waivers(check(disclosure_of(OTHERWISE)), (waiver,))
    assert (found.accepted, found.lapsed, found.idle) == ((), (waiver,), ())
    assert first(OTHERWISE) in {f.id for f in found.standing}


def test_a_waiver_of_what_is_mended_is_no_longer_needed():
    waiver = Waiver(first(WRONG), "主管部门已核", "预算科长")
    found = inspect(disclosure_of(WHOLE), Wish(waivers=(waiver,)))
    assert found.waived.idle == (waiver,)
    assert waiver.finding in "".join(found.lines())


def test_beside_an_earlier_check_only_what_is_new_is_told_and_what_went_is_counted(tmp_path):
    path = tmp_path / "before.json"
    path.write_bytes(as_json(check(disclosure_of(WRONG), everything=True)))
    same = inspect(disclosure_of(WRONG), Wish(baseline=read_baseline(path)))
    assert same.since is not None
    assert (same.findings, same.since.gone, same.has_errors) == ((), (), False)
    assert same.since.known == len(check(disclosure_of(WRONG)))
    other = inspect(disclosure_of(OTHERWISE), Wish(baseline=read_baseline(path)))
    assert other.since is not None
    assert first(OTHERWISE) in {f.id for f in other.findings}
    assert first(WRONG) in {e.id for e in other.since.gone}
    assert other.has_errors
    mended = inspect(disclosure_of(WHOLE), Wish(baseline=read_baseline(path)))
    assert mended.since is not None
    assert len(mended.since.gone) == len(check(disclosure_of(WRONG)))


@pytest.mark.parametrize("content", ["{", "{}", "[3]", '[{"rule": "x"}]'])
def test_a_baseline_that_is_no_list_of_findings_is_a_fault(tmp_path, content):
    path = tmp_path / "before.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"before\.json"):
        read_baseline(path)


GOOD = '[[waiver]]\nfinding = "B-002-0123456789"\nreason = "已核"\nrole = "科长"\n'


def test_waivers_are_read(tmp_path):
    path = tmp_path / "w.toml"
    path.write_text(GOOD + "date = 2026-03-01\n", encoding="utf-8")
    assert read_waivers(path) == (Waiver("B-002-0123456789", "已核", "科长", "2026-03-01"),)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (GOOD.replace('role = "科长"', ""), "waiver[1].role"),
        (GOOD.replace("已核", " "), "waiver[1].reason"),
        (GOOD.replace("B-002-0123456789", "B-002"), "waiver[1].finding"),
        (GOOD + GOOD, "waiver[2].finding"),
        (GOOD + 'name = "x"', "waiver[1].name"),
        ("waiver = 3", "waiver"),
        ("waivers = []", "waivers"),
    ],
)
def test_what_is_wrong_with_waivers_is_told_by_key(tmp_path, content, place):
    path = tmp_path / "w.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidWaivers) as raised:
        read_waivers(path)
    assert str(raised.value).splitlines()[0].startswith(f"{path} {place}:")
