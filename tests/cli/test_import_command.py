"""`mingzhang import` as a user calls it: asked, confirmed, refused, written whole or not at all."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from mingzhang.cli.main import run
from mingzhang.intake.platform.files import read_export
from mingzhang.model.book import Book
from mingzhang.model.codec import decode

EXPORTS = Path(__file__).resolve().parents[2] / "examples" / "exports"
LINES, APPROVED = EXPORTS / "第一高级中学-明细.csv", EXPORTS / "第一高级中学-批复.xlsx"
UNIT = ("--pack", "shanxi-2024", "--unit-type", "公益一类")


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("MINGZHANG_LANG", raising=False)
    monkeypatch.setenv("MINGZHANG_PROFILES", str(tmp_path / "profiles"))
    monkeypatch.chdir(tmp_path)

    def calling(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stopped:
            run([str(w) for w in words])
        return stopped.value.code, *capfd.readouterr()

    return calling


def test_an_export_becomes_a_book_with_its_record(call, tmp_path: Path) -> None:
    status, out, err = call(
        "import", LINES, "--profile", "wan-subtotals", "--approved", APPROVED, *UNIT, "-o", "school.json"
    )

    assert status == 0
    assert "云岭县第一高级中学 一般公共预算 基本支出：批复" in out
    assert "未取 第一高级中学-明细.csv: 第4行：合计" in err
    book = decode((tmp_path / "school.json").read_bytes(), Book)
    head, *lines = map(json.loads, (tmp_path / "school.import.jsonl").read_text(encoding="utf-8").splitlines())
    assert head["used"] == len(book.spending) == sum(bool(x.get("line")) for x in lines)
    assert head["files"][0]["sha256"] == book.extra["/import"]["files"][0]["sha256"]
    assert head["left_out"] == sum("reason" in x for x in lines) > 0
    assert all(c["approved"] == c["lines"] for c in head["reconciliation"])
    assert call("compile", "school.json", "-o", "out", "--formats", "json", "--verify")[0] == 0


def test_columns_are_confirmed_once_and_kept_as_a_profile(call, tmp_path: Path) -> None:
    words = ("import", LINES, "--approved", APPROVED, *UNIT, "--same-as-above", "unit", "-o", "b.json")

    status, _out, err = call(*words)
    assert status == 2
    assert "列的对应没有确认" in err
    assert "function" in err
    assert not (tmp_path / "b.json").exists()

    assert call(*words, "--yes", "--save-profile", "县平台")[0] == 0
    assert "县平台" in call("import", "--list-profiles")[1]
    again = ("import", LINES, "--approved", APPROVED, *UNIT, "--profile", "县平台", "-o", "c.json")
    assert call(*again)[0] == 0
    assert (tmp_path / "b.json").read_bytes() == (tmp_path / "c.json").read_bytes()


def test_nothing_is_written_where_it_does_not_reconcile(call, tmp_path: Path) -> None:
    words = ("import", LINES, "--profile", "wan-subtotals", "--approved", APPROVED, *UNIT, "-o", "b.json")
    text = LINES.read_bytes().decode("gb18030").splitlines(keepends=True)
    short = tmp_path / "short.csv"
    short.write_bytes("".join(text[:8] + text[9:]).encode("gb18030"))

    status, _out, err = call(words[0], short, *words[2:])
    assert status == 2
    assert "少" in err
    assert "short.csv: 第" in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["short.csv"]


def test_a_department_may_become_a_book_for_each_unit(call, tmp_path: Path) -> None:
    name = "农业农村局"
    words = (
        EXPORTS / f"{name}-明细.xlsx",
        "--profile",
        "yuan-three-columns",
        "--approved",
        EXPORTS / f"{name}-批复.xlsx",
    )
    units = ("--pack", "shanxi-2024", "--unit-type", "行政", "-o", "books")

    assert call("import", *words, *units)[0] == 2
    assert call("import", *words, *units, "--each-unit")[0] == 0
    assert len(list((tmp_path / "books").glob("*.json"))) == 3
    assert call("compile", "books", "-o", "out", "--formats", "json")[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        (),
        (LINES,),
        (LINES, "-o", "b.json", "--yes"),
        (LINES, "-o", "b.txt", "--profile", "wan-subtotals", "--approved", APPROVED, *UNIT),
        (LINES, "-o", "b.json", "--profile", "none", *UNIT),
        (LINES, "-o", "b.json", "--profile", "wan-subtotals", *UNIT),
        (LINES, "-o", "b.json", "--profile", "wan-subtotals", *UNIT, "--line", "5=maybe"),
        (LINES, "-o", "b.json", "--profile", "wan-subtotals", *UNIT, "--approve", "x"),
        (LINES, "-o", "b.json", "--profile", "wan-subtotals", *UNIT, "--approved", "none.xlsx"),
        (LINES, "-o", "b.json", "--profile", "wan-subtotals", *UNIT, "--differences", "none.toml"),
        ("none.csv", "-o", "b.json", "--profile", "wan-subtotals", *UNIT),
        (LINES, "-o", "b.json", "--yes", "--save-profile", "../x", *UNIT),
        (LINES, "-o", "b.json", "--yes", "--column", "price=金额", *UNIT),
        (LINES, "-o", "b.json", "--yes", "--constant", "price=1", *UNIT),
        (LINES, "-o", "b.json", "--yes", "--same-as-above", "price", *UNIT),
    ],
)
def test_what_cannot_be_used_is_a_fault_and_leaves_nothing(call, words: tuple[object, ...], tmp_path: Path) -> None:
    status, _out, err = call("import", *words)

    assert status == 2
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_the_example_exports_are_current(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_exports", EXPORTS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    make.main(tmp_path)

    for path in tmp_path.iterdir():
        assert read_export(path).sheets == read_export(EXPORTS / path.name).sheets, path.name
