"""Rolling up and adjusting as a user calls them: what is written, what is said, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mingzhang.cli.main import run
from mingzhang.intake.books import read_book
from mingzhang.model.codec import encode
from mingzhang.model.ledger import Ledger

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DEPARTMENT = EXAMPLES / "department"
SCHOOL = EXAMPLES / "school-2024.json"
LEDGER = {
    "schema": "mingzhang.ledger/1.0",
    "year": 2024,
    "unit_code": "205003",
    "changes": [
        {"entry": "t1", "kind": "increase", "date": "2024-05-20", "line": "s039", "more": 12_000_000},
        {"entry": "t2", "kind": "shift", "date": "2024-09-10", "line": "s017", "less": 5_000_000},
        {"entry": "t2", "kind": "shift", "date": "2024-09-10", "line": "s018", "more": 5_000_000},
    ],
    "targets": [{"project": "p04", "date": "2024-07-02", "annual_goal": "外出研修70人次。"}],
}


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("MINGZHANG_LANG", raising=False)
    monkeypatch.chdir(tmp_path)

    def calling(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            run([str(w) for w in words])
        return stopped.value.code, *capfd.readouterr()

    return calling


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.json"
    path.write_text(json.dumps(LEDGER), encoding="utf-8")
    return path


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else []


def test_rollup_writes_the_departments_book(call, tmp_path):
    status, _out, err = call("rollup", DEPARTMENT, "-o", "out")

    assert status == 0
    assert files(tmp_path / "out") == ["department.book.json"]
    book = read_book(tmp_path / "out" / "department.book.json")
    assert (book.scope, book.unit_code, len(book.members)) == ("aggregate", "307", 3)
    assert "120,000.00" in err
    assert "4,360,074.16" in err


def test_rollup_compiles_every_document(call, tmp_path):
    status, out, err = call(
        "rollup", DEPARTMENT, "-o", "out", "--compile", "--formats", "json", "--together", "--verify"
    )

    assert (status, "department.json" in out) == (0, True)
    assert files(tmp_path / "out") == [
        "307001.json",
        "307002.json",
        "307003.json",
        "department.book.json",
        "department.json",
    ]
    assert "等于各单位印出的数字之和" in err


def test_rollup_without_a_book_of_the_department(call, tmp_path):
    units = [DEPARTMENT / f"30700{n}.json" for n in (1, 2, 3)]
    assert call("rollup", *units, "-o", "out")[0] == 0
    assert read_book(tmp_path / "out" / "department.book.json").unit_name == "云岭县文化和旅游局本级"


def test_rollup_refuses_what_does_not_fit_and_writes_nothing(call, tmp_path):
    library = (DEPARTMENT / "307002.json").read_text("utf-8").replace("12000000", "12000001")
    (tmp_path / "library.json").write_text(library, encoding="utf-8")
    status, _out, err = call("rollup", DEPARTMENT / "307001.json", "library.json", "-o", "out", "--compile")

    assert status == 2
    assert "307001.s013 ↔ 307002.s010" in err
    assert files(tmp_path / "out") == []
    assert call("rollup", DEPARTMENT / "307002.json", "-o", "out")[0] == 2
    assert files(tmp_path / "out") == []


def test_adjust_gives_the_book_after_the_changes(call, ledger, tmp_path):
    status, out, err = call("adjust", SCHOOL, ledger, "-o", "new/after.json")

    assert status == 0
    assert "740,000.00" in out
    assert "34,091,552.30" in err
    after = read_book(tmp_path / "new" / "after.json")
    assert sum(x.amount for x in after.spending) == 3_409_155_230
    assert len(after.adjustments) == 3
    shown = call("adjust", "new/after.json")
    assert "306,200.50" in shown[1]


def test_an_adjusted_book_is_not_published(call, ledger, tmp_path):
    call("adjust", SCHOOL, ledger, "-o", "after.json", "--base", "base.json")
    status, _out, err = call("compile", "after.json", "-o", "out", "--formats", "json")

    assert status == 2
    assert "不用于公开" in err
    assert files(tmp_path / "out") == []
    assert json.loads((tmp_path / "base.json").read_text("utf-8"))["unit_code"] == "205003"


def test_adjust_fills_in_the_forms_of_changed_targets(call, ledger, tmp_path):
    status, _out, _err = call("adjust", SCHOOL, ledger, "--forms", "forms", "--formats", "json,xlsx")

    assert status == 0
    assert files(tmp_path / "forms") == ["school-2024-adjustment.json", "school-2024-adjustment.xlsx"]
    read = call("read", "forms/school-2024-adjustment.xlsx", "--to", "forms")[1]
    assert json.loads(read)["kind"] == "adjustment"


def test_forms_of_changed_targets_look_as_the_office_wants(call, ledger, tmp_path):
    assert call("adjust", SCHOOL, ledger, "--forms", "usual", "--formats", "html")[0] == 0
    (tmp_path / "mingzhang.toml").write_text('theme = "vermilion"\n', encoding="utf-8")
    assert call("adjust", SCHOOL, ledger, "--forms", "own", "--formats", "html")[0] == 0
    usual, own = ((tmp_path / f / "school-2024-adjustment.html").read_text("utf-8") for f in ("usual", "own"))
    assert usual != own


def test_adjust_writes_an_empty_ledger_that_changes_nothing(call, tmp_path):
    status, _out, err = call("adjust", SCHOOL, "--template", "ledger.xlsx")
    assert (status, err) == (0, "已写好 ledger.xlsx\n")
    assert call("adjust", SCHOOL, "ledger.xlsx", "-o", "same.json")[0] == 0
    assert (tmp_path / "same.json").read_bytes() == encode(read_book(SCHOOL))


def test_adjust_refuses_with_the_place_and_writes_nothing(call, tmp_path):
    wrong = LEDGER | {"changes": [LEDGER["changes"][1]]}
    (tmp_path / "wrong.json").write_text(json.dumps(wrong), encoding="utf-8")
    status, _out, err = call("adjust", SCHOOL, "wrong.json", "-o", "after.json")

    assert status == 2
    assert "wrong.json#t2" in err
    assert not (tmp_path / "after.json").exists()
    assert call("adjust", SCHOOL, "-o", "after.json")[0] == 2
    assert call("adjust", SCHOOL, SCHOOL)[0] == 2


def test_the_users_own_spending_standards_come_from_the_settings(call, tmp_path, monkeypatch):
    monkeypatch.setenv("MINGZHANG_SPENDING_STANDARDS", "")  # what the settings put there goes again
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.toml").write_text(
        '[[standard]]\nid = "v"\nname = "公务用车运行维护费（示例）"\namount = "20000"\nunit = "元/辆·年"\n'
        "valid_from = 2024-01-01\n",
        encoding="utf-8",
    )
    (tmp_path / "mingzhang.toml").write_text('spending_standards = "own"\n', encoding="utf-8")
    _status, _out, err = call("compile", DEPARTMENT / "307001.json", "-o", "out", "--formats", "json")
    assert "高于支出标准" in err
    assert "20,000.00 元/辆·年" in err


def test_a_ledger_keeps_what_it_does_not_know(ledger):
    from mingzhang.model.codec import decode  # noqa: PLC0415

    tree = LEDGER | {"later": [1]}
    kept = decode(json.dumps(tree).encode(), Ledger)
    assert json.loads(encode(kept))["later"] == [1]
