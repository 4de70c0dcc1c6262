"""`mingzhang check` by rules, settings, waivers and earlier checks that somebody chose; one file and a folder."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from golden import disclosure_of

from mingzhang.cli.main import run
from mingzhang.model.codec import encode

WHOLE = (Path(__file__).parents[1] / "rules" / "whole.txt").read_text(encoding="utf-8")
WRONG = WHOLE.replace("2010602 一般行政管理事务: 24.00", "2010602 一般行政管理事务: 29.00")


class Called:
    """What one call did."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("MINGZHANG_LANG", raising=False)
    monkeypatch.chdir(tmp_path)

    def calling(*words: object) -> Called:
        with pytest.raises(SystemExit) as stopped:
            run([str(w) for w in words])
        return Called(stopped.value.code, *capfd.readouterr())

    return calling


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.json"
    path.write_bytes(encode(disclosure_of(WRONG)))
    return path


def test_flags_choose_rules_and_their_severity(call, wrong):
    assert call("check", wrong).status == 1
    assert call("check", wrong, "--skip", "B,C").status == 0
    told = call("check", wrong, "--only", "B-002", "--severity", "B=warning", "--format", "json")
    assert told.status == 0
    assert {(f["rule"], f["severity"]) for f in json.loads(told.out)} == {("B-002", "warning")}


def test_a_flag_that_names_no_rule_is_refused(call, wrong):
    told = call("check", wrong, "--only", "Z-001")
    assert (told.status, told.out) == (2, "")
    assert "--only" in told.err


def test_a_settings_file_brings_rules_of_ones_own_and_is_looked_at_by_rules_check(call, wrong, tmp_path):
    path = tmp_path / "s.toml"
    own = '[[rule]]\nid = "U-001"\nzh = "收入合计不为零。"\nbasis = "本区要求"\nholds = "income[total].total = 0"\n'
    path.write_text(own, encoding="utf-8")
    assert "U-001" in call("check", wrong, "--settings", path).out
    assert "收入合计不为零" in call("rules", "check", path).out
    path.write_text(own.replace("= 0", "== 0"), encoding="utf-8")
    told = call("rules", "check", path)
    assert (told.status, told.out) == (2, "")
    assert f"{path} rule[1].holds" in told.err
    assert call("check", wrong, "--settings", path).status == 2
    assert call("rules", "check").status == 2


def test_a_baseline_leaves_what_is_new(call, wrong, tmp_path):
    before = tmp_path / "before.json"
    assert call("check", wrong, "--format", "json", "-o", before).status == 1
    told = call("check", wrong, "--baseline", before)
    assert told.status == 0
    assert "新出现 0 项" in told.out


def test_accepted_findings_do_not_count_and_are_printed(call, wrong, tmp_path):
    errors = [f for f in json.loads(call("check", wrong, "--format", "json").out) if f["severity"] == "error"]
    path = tmp_path / "w.toml"
    text = "".join(f'[[waiver]]\nfinding = "{f["id"]}"\nreason = "已核"\nrole = "科长"\n' for f in errors)
    path.write_text(text, encoding="utf-8")
    told = call("check", wrong, "--waivers", path)
    assert told.status == 0
    assert told.out.count("已核（科长）") == len(errors)
    accepted = call("check", wrong, "--waivers", path, "--format", "json")
    assert sum("waived" in f for f in json.loads(accepted.out)) == len(errors)
    assert "已接受" in accepted.err


def test_rules_are_counted(call, wrong):
    assert "条规则" in call("rules", "--count").out
    assert "核对等式" in call("rules", "--count", wrong).out


def test_a_folder_is_checked_by_the_same_flags_and_its_files_against_each_other(call, tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.json").write_bytes(encode(disclosure_of(WRONG)))
    (folder / "b.json").write_bytes(encode(disclosure_of(WHOLE.replace("in:total 135.00", "in:total 136.00"))))
    told = call("check", folder, "-o", out, "--only", "L", "--jobs", "1")
    assert told.status == 0
    found = json.loads((out / "area.findings.json").read_text(encoding="utf-8"))
    assert [(f["rule"], f["files"]) for f in found] == [("L-012", ["a.json", "b.json"])]
    assert "L-012" in (out / "area.html").read_text(encoding="utf-8")
    assert json.loads((out / "a.json.findings.json").read_text(encoding="utf-8")) == []
    assert call("check", folder, "-o", out, "--severity", "L=error", "--only", "L", "--jobs", "1").status == 1
    assert call("check", folder, "-o", out, "--against", folder / "a.json").status == 2


def test_what_an_earlier_run_kept_and_somebody_damaged_is_told(call, tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.json").write_bytes(encode(disclosure_of(WHOLE)))
    assert call("check", folder, "-o", out, "--jobs", "1").status == 0
    (kept,) = out.glob(".a.json.*")
    kept.write_bytes(kept.read_bytes()[:-9])
    again = call("check", folder, "-o", out, "--jobs", "1")
    assert again.status == 2
    assert str(kept) in again.err


@pytest.mark.parametrize(("ending", "start"), [("xlsx", b"PK"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")])
def test_the_inspection_sheet_is_written_as_its_ending_asks(call, wrong, tmp_path, ending, start):
    out = tmp_path / f"sheet.{ending}"
    assert call("check", wrong, "--format", "inspection", "-o", out).status == 1
    assert out.read_bytes().startswith(start)


def test_the_inspection_sheet_wants_a_file_of_a_kind_it_can_be(call, wrong, tmp_path):
    assert call("check", wrong, "--format", "inspection").status == 2
    out = tmp_path / "sheet.csv"
    assert call("check", wrong, "--format", "inspection", "-o", out).status == 2
    assert not out.exists()


@pytest.mark.parametrize("form", ["html", "xlsx", "docx"])
def test_every_report_prints_what_was_accepted(call, wrong, tmp_path, form):
    error = next(f for f in json.loads(call("check", wrong, "--format", "json").out) if f["severity"] == "error")
    waivers, out = tmp_path / "w.toml", tmp_path / f"report.{form}"
    waivers.write_text(
        f'[[waiver]]\nfinding = "{error["id"]}"\nreason = "已由主管部门核实"\nrole = "科长"\n', encoding="utf-8"
    )
    call("check", wrong, "--waivers", waivers, "--format", form, "-o", out)
    content = out.read_bytes()
    if form != "html":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(n) for n in archive.namelist())
    assert "已由主管部门核实".encode() in content


def test_a_file_that_was_written_is_named_with_what_came_out(call, tmp_path):
    (tmp_path / "wrong.json").write_bytes(encode(disclosure_of(WRONG)))
    (tmp_path / "whole.json").write_bytes(encode(disclosure_of(WHOLE)))
    report = call("check", "wrong.json", "--format", "html", "-o", "report.html")
    shown = call("check", "wrong.json")
    assert (report.status, report.out) == (1, "")
    assert report.err == f"已写好 report.html：{shown.out.splitlines()[-1]}\n"
    assert not shown.err
    changes = call("diff", "whole.json", "wrong.json", "--format", "html", "-o", "changes.html")
    assert (changes.status, changes.err) == (1, "已写好 changes.html：共 1 处不同\n")
