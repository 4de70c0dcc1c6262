"""Many files at once: what fails is told and stops nothing, what is done is not done again, a stop loses nothing."""

import csv
import json
import multiprocessing
import shutil
import time

import pytest
from failing_works import kill_itself, raise_a_bug, take_forever
from sound_books import sound_book

from mingzhang.batch.outcomes import FAILED, RECORD, Outcome, Record, files_below
from mingzhang.batch.running import Batch, run_batch
from mingzhang.batch.works import check_one, read_one
from mingzhang.cli.main import run
from mingzhang.cli.read import read
from mingzhang.compiling.compile import compile_book
from mingzhang.documents.stored import write_json
from mingzhang.documents.web import write_web
from mingzhang.model.fault import Fault
from mingzhang.model.language import use_language


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("in")
    (root / "县").mkdir()
    document = compile_book(sound_book(2, "shanxi-2023")).disclosure
    write_json(document, root / "a.json")
    write_web(document, root / "县" / "b.html")
    (root / "c.pdf").write_bytes(b"%PDF-1.4 cut")
    (root / ".hidden.json").write_text("{}")
    return root


def batch(folder, out, work=read_one, **wish):
    return Batch(folder, tuple(files_below(folder, (".json", ".html", ".pdf"))), out, work, {"to": "cells", **wish})


def statuses(outcomes):
    return {o.key: o.status for o in outcomes}


def test_a_batch_does_what_it_can_and_says_what_it_cannot(folder, tmp_path):
    first = run_batch(batch(folder, tmp_path), processes=2)
    assert statuses(first) == {"a.json": "done", "c.pdf": "failed", "县/b.html": "done"}
    assert "PDF" in (tmp_path / FAILED / "c.pdf.txt").read_text("utf-8")
    assert (tmp_path / "a.json.cells.csv").read_text("utf-8").startswith("table,row,name")
    again = run_batch(batch(folder, tmp_path), processes=2)
    assert statuses(again) == {"a.json": "kept", "c.pdf": "failed", "县/b.html": "kept"}
    (tmp_path / "a.json.cells.csv").unlink()
    assert statuses(run_batch(batch(folder, tmp_path), processes=1))["a.json"] == "done"
    assert statuses(run_batch(batch(folder, tmp_path, pack="shanxi-2023"), processes=1))["县/b.html"] == "done"


def test_reports_in_another_language_are_written_anew(folder, tmp_path):
    assert statuses(run_batch(batch(folder, tmp_path), processes=1))["a.json"] == "done"
    use_language("en")
    try:
        assert statuses(run_batch(batch(folder, tmp_path), processes=1))["a.json"] == "done"
    finally:
        use_language("zh")


def test_a_unit_that_is_added_to_the_register_is_found_the_next_time(folder, tmp_path, capsys):
    register = tmp_path / "units.csv"
    out = tmp_path / "out"
    told = []
    for rows in ("1001,某局\n", "1001,某局\n1002,某处\n", "1001,某局\n1002,某处\n"):
        register.write_text(f"code,name\n{rows}", encoding="utf-8")
        with pytest.raises(SystemExit):
            run(["read", str(folder), "-o", str(out), "--register", str(register), "--jobs", "1"])
        told.append(capsys.readouterr().err.splitlines()[0])
    assert told[0] == told[1] != told[2]


def test_a_file_that_is_mended_loses_its_note(folder, tmp_path):
    root = tmp_path / "in"
    shutil.copytree(folder, root)
    run_batch(batch(root, tmp_path / "out"), processes=1)
    shutil.copy(root / "a.json", root / "c.pdf")
    assert statuses(run_batch(batch(root, tmp_path / "out"), processes=1))["c.pdf"] == "done"
    assert not (tmp_path / "out" / FAILED / "c.pdf.txt").exists()


def test_a_record_cut_short_goes_on_and_a_damaged_one_is_refused(tmp_path):
    record = Record(tmp_path)
    record.add(Outcome("a", "done", "m"))
    with (tmp_path / RECORD).open("ab") as file:
        file.write(b'{"key":"b","sta')
    assert list(Record(tmp_path).before) == ["a"]
    (tmp_path / RECORD).write_bytes(b"nonsense\n{}\n")
    with pytest.raises(Fault):
        Record(tmp_path)


def test_a_process_that_dies_takes_only_its_own_file_with_it(folder, tmp_path):
    outcomes = run_batch(batch(folder, tmp_path, kill_itself), processes=2)
    assert statuses(outcomes) == {"a.json": "done", "c.pdf": "failed", "县/b.html": "done"}


def test_a_bug_is_kept_with_its_traceback(folder, tmp_path):
    outcomes = run_batch(batch(folder, tmp_path, raise_a_bug), processes=1)
    assert all("ZeroDivisionError" in o.fault and "Traceback" in o.fault for o in outcomes)


def status(*words):
    with pytest.raises(SystemExit) as stop:
        run([str(w) for w in words])
    return stop.value.code


def test_a_folder_is_checked_with_one_summary(folder, tmp_path, capsys):
    assert status("check", folder, "-o", tmp_path / "out", "--jobs", "2") == 2
    rows = list(csv.DictReader((tmp_path / "out" / "summary.csv").read_text("utf-8").splitlines()))
    assert [(r["file"], r["status"], r["error"]) for r in rows] == [
        ("a.json", "done", "0"),
        ("c.pdf", "failed", ""),
        ("县/b.html", "done", "0"),
    ]
    assert json.loads((tmp_path / "out" / "a.json.findings.json").read_text("utf-8")) is not None
    assert "<html" in (tmp_path / "out" / "县" / "b.html.html").read_text("utf-8")
    assert "1 份不能用" in capsys.readouterr().err


@pytest.mark.parametrize("out", [None, "inside"])
def test_a_folder_needs_an_output_folder_of_its_own(folder, out, capsys):
    words = ["read", folder] + (["-o", folder / "inside"] if out else [])
    assert status(*words) == 2
    assert capsys.readouterr().err


def test_checking_needs_no_wish(folder, tmp_path):
    files, said = check_one(folder / "a.json", tmp_path / "a", {})
    assert said["error"] == 0
    assert all(f.exists() for f in files)


def test_ctrl_c_waits_for_nobody_and_leaves_nothing_begun(folder, tmp_path):
    def stop(_outcome):
        while len(list(tmp_path.rglob(".*.part"))) < 2:
            time.sleep(0.02)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(batch(folder, tmp_path, take_forever), processes=3, told=stop)
    assert not multiprocessing.active_children()
    assert not list(tmp_path.rglob(".*.part"))
    assert list(Record(tmp_path).before) == ["a.json"]


def test_files_of_other_kinds_are_counted_and_pictures_are_not_among_them(folder, tmp_path, capsys):
    root = tmp_path / "in"
    shutil.copytree(folder, root)
    (root / "old.doc").write_bytes(b"x")
    (root / "~$old.doc").write_bytes(b"x")
    (root / "scan.png").write_bytes(b"\x89PNG\r\n cut")
    with pytest.raises(SystemExit) as stopped:
        run(["read", str(root), "-o", str(tmp_path / "out"), "--jobs", "1"])
    told = capsys.readouterr().err
    assert stopped.value.code == 2
    assert "没有看：.doc 1\n" in told
    assert (tmp_path / "out" / FAILED / "scan.png.txt").exists()
    assert "\n  scan.png: 图片已损坏，无法读取\n" in told
    rows = {r["file"]: r for r in csv.DictReader((tmp_path / "out" / "summary.csv").read_text("utf-8").splitlines())}
    note = (tmp_path / "out" / FAILED / "c.pdf.txt").read_text(encoding="utf-8").splitlines()
    assert len(note) > 1  # a hint below
    assert rows["c.pdf"]["fault"] == note[0].removeprefix("c.pdf: ")


@pytest.mark.parametrize("form", ["json", "cells", "statements", "forms", "html"])
def test_a_folder_can_be_read_to_whatever_a_file_can(folder, tmp_path, form):
    found = run_batch(batch(folder, tmp_path, to=form), processes=1)
    assert statuses(found) == {"a.json": "done", "c.pdf": "failed", "县/b.html": "done"}
    assert "PDF" in found[1].fault
    assert all((tmp_path / f).stat().st_size > 0 for o in found for f in o.files)


def test_no_form_of_read_is_without_a_work():
    forms = next(p.type.choices for p in read.params if p.name == "form")
    tested = next(
        m.args[1] for m in test_a_folder_can_be_read_to_whatever_a_file_can.pytestmark if m.name == "parametrize"
    )
    assert list(forms) == tested
