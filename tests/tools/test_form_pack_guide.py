"""The guide to writing a form pack is true: its files are written, its commands called, its output compared."""

from __future__ import annotations

import importlib.util
import re
import shlex
import tomllib
from pathlib import Path

import msgspec
import pytest
from blank_sheets import write_blank
from msgspec.structs import replace

from mingzhang.cli.main import run
from mingzhang.forms import packs
from mingzhang.forms.pack import PackColumn, PackCover, PackRows, Withholding
from mingzhang.model.disclosure import HeadCell

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "writing-a-form-pack.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<name>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
ANYTHING = "…"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty folder in which the guide is followed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(packs.VARIABLE, raising=False)
    return tmp_path


def test_who_follows_the_guide_sees_what_it_says(desk, monkeypatch, capsys):
    called = 0
    for block in BLOCK.finditer(GUIDE):
        text, name = block["text"], block["name"]
        if block["kind"] == "console":
            for command, expected in sessions(text):
                if "blank-2027.xlsx" in command:
                    write_blank(next_edition(), desk / "blank-2027.xlsx", year="2027")
                called += 1
                told = answer(command, monkeypatch, capsys)
                shown = len(expected) - 1 if expected[-1:] == [ANYTHING] else max(len(told), len(expected))
                assert told[:shown] == expected[:shown], command
        elif name and name.startswith("="):
            assert (desk / name[1:]).read_text(encoding="utf-8") == text
        elif name:
            (desk / name).parent.mkdir(parents=True, exist_ok=True)
            (desk / name).write_text(text, encoding="utf-8")
            packs._load.cache_clear()
    assert called > 6


def test_the_examples_without_a_file_fit_too():
    loose = [tomllib.loads(b["text"]) for b in BLOCK.finditer(GUIDE) if b["kind"] == "toml" and not b["name"]]
    seen = set()
    for tree in loose:
        seen |= tree.keys()
        if "withheld" in tree:
            assert msgspec.convert(tree["withheld"], Withholding).policy == "merged"
        if "rows" in tree:
            assert msgspec.convert([packs._rows(r) for r in tree["rows"]], tuple[PackRows, ...])
            assert msgspec.convert(tree["columns"], tuple[PackColumn, ...])
        if "cover" in tree:
            assert msgspec.convert(tree["cover"], PackCover).lines[0].states == ("已审查",)
    assert seen == {"withheld", "rows", "columns", "cover"}


def test_every_key_is_explained():
    spec = importlib.util.spec_from_file_location("write_docs", ROOT / "tools" / "write_docs.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    written = GUIDE.partition(tool.GENERATED)[0]
    keys = re.findall(r"^\| `(\w+)` \|", tool.reference().partition("## Keys")[0], re.MULTILINE)
    assert len(set(keys)) > 50
    assert [
        k for k in dict.fromkeys(keys) if not re.search(rf"`{k}`|`{k} = |^\[*{k}\b|{k} = ", written, re.MULTILINE)
    ] == []


def sessions(text):
    """Give every command with the lines that should come out of it."""
    for part in text.split("$ ")[1:]:
        command, *lines = part.rstrip("\n").split("\n")
        yield command, lines


def answer(command, monkeypatch, capsys):
    """Call a command and give the lines of its output."""
    words = shlex.split(command)
    if words[0] == "export":
        name, _mark, value = words[1].partition("=")
        monkeypatch.setenv(name, value)
        return []
    assert words[0] == "mingzhang"
    capsys.readouterr()
    with pytest.raises(SystemExit):
        run(words[1:])
    return capsys.readouterr().out.rstrip("\n").split("\n")


def next_edition():
    """Give the form whose blank the guide speaks of."""
    pack = packs.load_pack("yunling-2026")
    summary, spending, three = pack.tables
    income, outgo = summary.rows
    names = ("1.一般公共预算", "2.政府性基金预算", "3.国有资本经营预算")
    below = [replace(r, line=r.line + len(names)) for r in income.fixed[1:]]
    added = [replace(below[0], line=2 + n, key=f"x_{n}", label=t) for n, t in enumerate(names)]
    summary = replace(summary, rows=(replace(income, fixed=(income.fixed[0], *added, *below)), outgo))
    top, (first, *others) = spending.head
    spending = replace(spending, head=(top, (HeadCell("人员支出", first.columns, first.rows), *others)))
    return replace(pack, tables=(summary, spending, three))
