"""`mingzhang check DIR --engine sql`: a folder's files checked together, the findings in one place."""

from __future__ import annotations

import json
from random import Random

import pytest
from click.testing import CliRunner
from slips import damaged
from sound_books import sound_book

from mingzhang.cli.main import build
from mingzhang.compiling.compile import compile_book
from mingzhang.model.codec import encode
from mingzhang.model.fault import Fault

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")


@pytest.fixture
def folder(tmp_path):
    sound = compile_book(sound_book(1, "shanxi-2024")).disclosure
    into = tmp_path / "area"
    (into / "wrong").mkdir(parents=True)
    (into / "sound.json").write_bytes(encode(sound))
    (into / "wrong" / "one.json").write_bytes(encode(damaged(sound, Random(3))))
    return into


def run(*words):
    return CliRunner().invoke(build(), ["check", *map(str, words)], standalone_mode=False)


def test_folder__gives_one_list_with_the_file_of_each_finding(folder, tmp_path):
    out = tmp_path / "found.json"
    done = run(folder, "--engine", "sql", "--format", "json", "--jobs", "1", "-o", out)
    assert done.exception is None
    assert done.return_value == 1
    found = json.loads(out.read_text(encoding="utf-8"))
    assert {f["file"] for f in found} == {"wrong/one.json"}
    alone = tmp_path / "alone.json"
    rules = ",".join(sorted({f["rule"] for f in found}))
    run(folder / "wrong" / "one.json", "--only", rules, "--format", "json", "-o", alone)
    ids = {f["id"] for f in json.loads(alone.read_text(encoding="utf-8"))}
    assert {f["id"] for f in found} == ids


def test_folder__reads_on_after_a_file_that_cannot_be_used(folder):
    (folder / "broken.json").write_bytes(b"{")
    done = run(folder, "--engine", "sql", "--jobs", "1")
    assert done.return_value == 2
    assert "== wrong/one.json" in done.stdout
    assert "broken.json" in done.stderr


@pytest.mark.parametrize("more", [("--format", "html"), ("--fix",), ("--baseline", "x.json")])
def test_flags_for_single_files__are_refused(folder, more):
    done = run(folder, "--engine", "sql", *more)
    assert isinstance(done.exception, Fault)


def test_single_file__is_refused(folder):
    done = run(folder / "sound.json", "--engine", "sql")
    assert isinstance(done.exception, Fault)


def test_output_without_ending__is_a_folder_where_a_second_run_goes_on(folder, tmp_path):
    out = tmp_path / "out"
    first = run(folder, "--engine", "sql", "--format", "json", "--jobs", "2", "-o", out)
    found = (out / "findings.json").read_bytes()
    records = {p: p.read_bytes() for p in out.rglob(".mingzhang-batch.jsonl")}
    assert json.loads(found)
    assert len(records) == 2
    second = run(folder, "--engine", "sql", "--format", "json", "--jobs", "2", "-o", out)
    assert (first.return_value, second.return_value) == (1, 1)
    assert {p: p.read_bytes() for p in records} == records
    assert (out / "findings.json").read_bytes() == found
    (folder / "wrong" / "one.json").unlink()
    third = run(folder, "--engine", "sql", "--format", "json", "--jobs", "2", "-o", out)
    assert third.return_value == 0
    assert json.loads((out / "findings.json").read_bytes()) == []


def test_output_inside_the_folder__is_refused(folder):
    done = run(folder, "--engine", "sql", "-o", folder / "out")
    assert isinstance(done.exception, Fault)
    assert not (folder / "out").exists()


def test_more_lots__give_the_same_list(folder, tmp_path, monkeypatch):
    whole, parts = tmp_path / "whole.json", tmp_path / "parts.json"
    run(folder, "--engine", "sql", "--format", "json", "--jobs", "1", "-o", whole)
    monkeypatch.setattr("mingzhang.batch.together.MOST", 1)
    run(folder, "--engine", "sql", "--format", "json", "--jobs", "1", "-o", parts)
    assert parts.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize(("output", "goes_on"), [("out", True), ("out.txt", False)])
def test_stopped_run__says_that_it_goes_on_where_it_does(folder, tmp_path, monkeypatch, output, goes_on):
    def stopped(*_words, **_settings):
        raise KeyboardInterrupt

    monkeypatch.setattr("mingzhang.batch.running.run_batch", stopped)
    done = run(folder, "--engine", "sql", "-o", tmp_path / output)
    assert ("再运行同一条命令会接着做" in done.stderr) == goes_on
