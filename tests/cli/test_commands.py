"""The commands as a user calls them: exit status, what goes to which stream, bad input."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mingzhang.cli.main import run

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BOOK = EXAMPLES / "school-2024.json"


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
        out, err = capfd.readouterr()
        return Called(stopped.value.code, out, err)

    return calling


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    with pytest.raises(SystemExit) as stopped:
        run(["compile", str(BOOK), "-o", str(folder), "--formats", "json,xlsx"])
    assert stopped.value.code == 0
    return folder


def test_help_is_chinese_and_english(call) -> None:
    assert "编制" in call("--help").out
    english = call("--lang", "en", "--help")
    assert "Compile budget books" in english.out
    assert "编制" not in english.out


@pytest.mark.parametrize(
    "name", ["read", "check", "rules", "compile", "render", "explain", "template", "packs", "config"]
)
def test_every_command_has_help(call, name: str) -> None:
    helped = call(name, "--help")

    assert helped.status == 0
    assert "用法：" in helped.out


def test_compiling_reading_back_and_checking(call, made: Path) -> None:
    cells = call("read", made / "school-2024.xlsx", "--to", "cells")
    rows = list(csv.DictReader(io.StringIO(cells.out)))

    assert cells.status == 0
    assert {"summary", "projects"} <= {r["table"] for r in rows}
    assert "张表" in cells.err
    assert call("check", made / "school-2024.json").status == 0


def test_json_goes_out_whole_and_is_read_again(call, made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.json"
    assert call("read", made / "school-2024.json", "-o", again).status == 0

    assert (
        json.loads(again.read_text("utf-8"))["tables"]
        == json.loads((made / "school-2024.json").read_text("utf-8"))["tables"]
    )


def test_a_wrong_figure_is_an_error_and_exit_status_one(call, made: Path, tmp_path: Path) -> None:
    tree = json.loads((made / "school-2024.json").read_text("utf-8"))
    (total,) = [r for t in tree["tables"] if t["id"] == "spending" for r in t["rows"] if r["key"] == "total"]
    total["cells"]["total"]["digits"] += 1000
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(tree), "utf-8")
    checked = call("check", wrong, "--format", "json")

    assert checked.status == 1
    assert any(f["severity"] == "error" for f in json.loads(checked.out))


def test_explaining_a_figure_lists_its_facts(call) -> None:
    explained = call("explain", BOOK, "summary[in:total].amount")

    assert explained.status == 0
    assert len(explained.out.splitlines()) > 5
    assert call("explain", BOOK, "summary[nowhere].amount").status == 2


def test_figures_published_before_stay_or_are_held(call, made: Path, tmp_path: Path) -> None:
    key, other = "basic_economic[津贴补贴].total", "summary[in:total].amount"
    held = tmp_path / "held.csv"
    held.write_text(f"key,value\n{key},204.29\n", encoding="utf-8")
    book, json_only = EXAMPLES / "mixed-2024.json", ("--formats", "json")
    assert call("compile", book, "-o", "first", "--hold", held, *json_only).status == 0
    assert call("compile", book, "-o", "second", "--earlier", "first/mixed-2024.json", *json_only).status == 0
    stored = [(tmp_path / name / "mixed-2024.json").read_bytes() for name in ("first", "second")]
    assert stored[0] == stored[1]

    told = call("explain", book, key, "--earlier", "first/mixed-2024.json")
    assert "204.29" in told.out
    assert "沿用先前公开的版本" in told.out
    plain = call("explain", book, key)
    assert "没有取四舍五入" in plain.out

    held.write_text(f"key,value\n{key},204.29\n{other},1.00\n", encoding="utf-8")
    failed = call("compile", book, "-o", "third", "--hold", held, *json_only)
    assert failed.status == 2
    assert f"（{other}）= 1.00 万元" in failed.err
    assert f"至少要放开 1 个：{other}" in failed.err
    assert not (tmp_path / "third").exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("key\na\n", "首行"),
        ("", "首行"),
        ("key,value\na,1\na,2\n", "第3行"),
        ("key,value\nnothing,1.00\n", "没有这个金额"),
        ("key,value\nincome_total,x\n", "位小数"),
    ],
)
def test_a_list_of_held_figures_that_is_none_is_refused(call, tmp_path: Path, content: str, reason: str) -> None:
    held = tmp_path / "held.csv"
    held.write_text(content, encoding="utf-8")
    refused = call("compile", BOOK, "-o", "made", "--hold", held, "--formats", "json")

    assert refused.status == 2
    assert reason in refused.err
    assert not (tmp_path / "made").exists()


def test_an_earlier_version_is_one_books(call, tmp_path: Path, made: Path) -> None:
    several = call("compile", EXAMPLES, "-o", "made", "--earlier", next(made.glob("*.json")))
    missing = call("compile", BOOK, "-o", "made", "--earlier", "none.json")

    assert several.status == missing.status == 2
    assert "文件夹" in several.err
    assert "没有这个文件" in missing.err


def test_a_template_is_filled_and_compiles_to_the_same(call, made: Path, tmp_path: Path) -> None:
    book = tmp_path / "school-2024.xlsx"
    assert call("template", "--book", BOOK, "-o", book).status == 0
    assert call("compile", book, "-o", tmp_path / "out", "--formats", "json").status == 0

    assert (tmp_path / "out" / "school-2024.json").read_bytes() == (made / "school-2024.json").read_bytes()


def test_rules_are_listed_and_explained(call) -> None:
    listed = call("rules").out.splitlines()

    assert len(listed) > 20
    assert call("rules", listed[0].split()[0]).status == 0
    assert call("rules", "Z-999").status == 2


def bad_inputs(folder: Path) -> dict[str, Path]:
    content = {
        "empty.txt": b"",
        "blank.txt": b" \n\n",
        "binary.txt": bytes(range(256)) * 40,
        "utf16.txt": "2024年部门预算公开".encode("utf-16"),
        "story.txt": "从前有一座山，山上有一座庙。\n".encode(),
        "broken.json": b'{"schema": "mingzhang.disclosure/1.0", ',
        "other.json": b'{"schema": "something/1.0"}',
        "future.json": b'{"schema": "mingzhang.disclosure/9.0"}',
        "cut.pdf": b"%PDF-1.7\n",
    }
    for name, data in content.items():
        (folder / name).write_bytes(data)
    with zipfile.ZipFile(folder / "not-a-book.xlsx", "w") as archive:
        archive.writestr("a.txt", "x")
    return {p.name: p for p in folder.iterdir()} | {"missing": folder / "missing.txt", "folder": folder}


NAMES = ["empty.txt", "blank.txt", "binary.txt", "utf16.txt", "story.txt", "broken.json", "other.json", "future.json",
         "cut.pdf", "not-a-book.xlsx", "missing", "folder"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", [("read",), ("check",), ("render", "-o", "out"), ("compile", "-o", "out")])
def test_bad_input_is_one_clear_message_and_nothing_written(
    call, tmp_path: Path, name: str, command: tuple[str, ...]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = bad_inputs(folder)[name]
    if command[0] == "compile" and name == "folder":
        path = tmp_path / "nothing"
        path.mkdir()
    told = call(command[0], path, *command[1:])

    assert told.status == 2
    assert "Traceback" not in told.err + told.out
    assert path.name in (told.err + told.out).replace("\n", "").replace(" ", "")
    assert not (tmp_path / "out").exists() or not any((tmp_path / "out").iterdir())


def test_an_unknown_format_is_refused_before_anything_is_made(call, tmp_path: Path) -> None:
    told = call("compile", BOOK, "-o", "out", "--formats", "odt")

    assert told.status == 2
    assert "odt" in told.err
    assert not (tmp_path / "out").exists()


def test_one_bad_book_does_not_stop_the_others(call, tmp_path: Path) -> None:
    books = tmp_path / "books"
    books.mkdir()
    (books / "a.json").write_text("{}", "utf-8")
    (books / "b.json").write_bytes(BOOK.read_bytes())
    told = call("compile", books, "-o", "out", "--formats", "json")

    assert told.status == 2
    assert (tmp_path / "out" / "b.json").exists()
    assert not (tmp_path / "out" / "a.json").exists()


def test_a_document_of_another_kind_is_named_with_what_it_is_for(call, made: Path, tmp_path: Path) -> None:
    data = made / "school-2024.json"
    wrong = call("compile", data, "-o", tmp_path / "out")
    assert wrong.status == 2
    assert "这是公开数据，不是预算底册" in wrong.err
    assert "mingzhang render" in wrong.err
    assert wrong.err.count("school-2024.json: ") == 1
    book = call("check", BOOK)
    assert book.status == 2
    assert "这是预算底册，不是公开数据" in book.err


@pytest.mark.parametrize(
    "words",
    [
        ("compile", BOOK, "-o"),
        ("compile", EXAMPLES / "department", "-o"),
        ("read", EXAMPLES / "department", "-o"),
        ("rollup", EXAMPLES / "department", "-o"),
        ("theme", "init"),
        ("rules", "sql", "-o"),
        ("standards", "import", EXAMPLES / "none.csv", "--edition", "1", "-o"),
    ],
)
def test_a_folder_that_cannot_be_made_is_told(call, tmp_path: Path, words: tuple[object, ...]) -> None:
    (tmp_path / "file").write_text("")
    told = call(*words, tmp_path / "file" / "folder")
    assert told.status == 2
    assert "Traceback" not in told.err
    assert "：" in told.err


def test_what_is_not_allowed_is_no_bug_and_a_missing_part_of_the_program_is(call, monkeypatch) -> None:
    def failing(number: int):
        def fail(*_words: object, **_settings: object) -> None:
            raise OSError(number, "?", "/there")

        return fail

    monkeypatch.setattr("mingzhang.forms.packs.all_packs", failing(28))
    full = call("packs")
    assert (full.status, full.err) == (2, "/there: 无法读写：磁盘已满\n")
    monkeypatch.setattr("mingzhang.forms.packs.all_packs", failing(2))
    with pytest.raises(FileNotFoundError):
        run(["packs"])


def test_a_figure_is_explained_in_english(call) -> None:
    told = call("--lang", "en", "explain", BOOK, "summary[in:total].amount").out
    line = next(x for x in told.splitlines() if "\t" in x)
    assert "general public budget; " in line
    assert not set("；，：") & set(line)


def test_a_mistyped_figure_is_told_what_it_may_be(call) -> None:
    told = call("explain", BOOK, "summary[in:totl].amount")
    assert told.status == 2
    assert "是不是 summary[in:total].amount" in told.err
    assert "read --to cells" in told.err
    assert "是不是" not in call("explain", BOOK, "?").err


@pytest.mark.parametrize("words", [("rules",), ("packs",), ("--help",), ("rules", "--help"), ("read", "{data}")])
def test_output_that_nobody_reads_is_neither_an_error_found_nor_told(made: Path, words: tuple[str, ...]) -> None:
    calling = "import sys; from mingzhang.cli.main import run; run(sys.argv[1:])"
    command = [sys.executable, "-c", calling, *(w.format(data=made / "school-2024.json") for w in words)]
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (141, "")
