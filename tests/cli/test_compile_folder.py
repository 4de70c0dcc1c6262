"""Compiling a folder: only what changed is made again, a bad book stops nothing, the same bytes whatever the processes."""

import csv
import shutil
from pathlib import Path

import pytest
from msgspec.json import decode

from mingzhang.batch.outcomes import RECORD
from mingzhang.cli.main import run

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = ("green-space-2025", "school-2024")


@pytest.fixture
def books(tmp_path):
    folder = tmp_path / "books"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(EXAMPLES / f"{name}.json", folder)
    return folder


def compiled(books, out, *words, formats="json"):
    with pytest.raises(SystemExit) as stop:
        run([str(w) for w in ("compile", books, "-o", out, "--formats", formats, "--jobs", "1", *words)])
    return stop.value.code


def contents(out):
    return {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name not in {RECORD, "summary.csv"}}


def statuses(out):
    lines = [decode(x) for x in (out / RECORD).read_bytes().splitlines()]
    return [(x["key"], x["status"]) for x in lines]


def test_the_same_bytes_by_one_process_or_two_and_book_by_book(books, tmp_path):
    assert compiled(books, tmp_path / "one", formats="json,pdf") == 0
    assert compiled(books, tmp_path / "two", "--jobs", "2", "--verify", formats="json,pdf") == 0
    with pytest.raises(SystemExit):
        run(["compile", *map(str, books.iterdir()), "-o", str(tmp_path / "turn"), "--formats", "json,pdf"])

    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "turn")
    assert len(contents(tmp_path / "one")) == 2 * len(NAMES)


def test_only_what_changed_is_made_again(books, tmp_path, capsys):
    out = tmp_path / "out"
    compiled(books, out)
    times = {p: p.stat().st_mtime_ns for p in out.glob("*.json")}
    compiled(books, out)
    assert "2 本没有变化未重做" in capsys.readouterr().err
    assert all(p.stat().st_mtime_ns == t for p, t in times.items())

    school = books / "school-2024.json"
    school.write_bytes(school.read_bytes() + b"\n")
    compiled(books, out)
    assert {p.stem for p, t in times.items() if p.stat().st_mtime_ns != t} == {"school-2024"}

    record = (out / RECORD).read_text("utf-8")
    (out / RECORD).write_text(record.replace("shanxi-2024@", "shanxi-2024@0"), "utf-8")
    capsys.readouterr()
    compiled(books, out)
    assert "1 本没有变化未重做" in capsys.readouterr().err, "the pack that one was compiled by is another"


def test_a_bad_book_is_told_and_tried_again(books, tmp_path, capsys):
    (books / "bad.json").write_text("{}", "utf-8")
    assert compiled(books, tmp_path / "out", "--jobs", "2") == 2
    told = capsys.readouterr()
    assert "bad.json: " in told.err
    assert "1 本未成" in told.err
    assert statuses(tmp_path / "out").count(("bad.json", "failed")) == 1
    assert {p.stem for p in (tmp_path / "out").glob("*.json")} == set(NAMES)
    shutil.copy(books / "school-2024.json", books / "bad.json")
    assert compiled(books, tmp_path / "out") == 0
    assert not (tmp_path / "out" / "failed" / "bad.json.txt").exists()


def test_books_are_not_written_over(books, capsys):
    assert compiled(books, books) == 2
    assert "输出文件夹" in capsys.readouterr().err
    assert {p.name for p in books.iterdir()} == {f"{n}.json" for n in NAMES}


def test_many_books_are_summed_up_and_told_of_where_something_is_amiss(books, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("mingzhang.cli.compiled.MANY", 1)
    monkeypatch.setattr("mingzhang.cli.progress._LEAST", 2)
    (books / "bad.json").write_text("{}", "utf-8")
    assert compiled(books, tmp_path / "out", "--verify") == 2
    told = capsys.readouterr()
    rows = list(csv.DictReader((tmp_path / "out" / "summary.csv").read_text("utf-8").splitlines()))

    assert "bad.json" in told.out
    assert "school-2024" not in told.out
    assert "编制：1/3" in told.err
    assert [(r["file"], r["status"], r["error"]) for r in rows] == [
        ("bad.json", "failed", ""),
        ("green-space-2025.json", "done", "0"),
        ("school-2024.json", "done", "0"),
    ]


def test_files_are_told_with_their_whole_endings(books, tmp_path, capsys):
    assert compiled(books / f"{NAMES[0]}.json", tmp_path / "out", formats="json,fragment.html,datapackage.zip") == 0
    assert f"{NAMES[0]}.{{json,fragment.html,datapackage.zip}}" in capsys.readouterr().out.replace("\n", "")
