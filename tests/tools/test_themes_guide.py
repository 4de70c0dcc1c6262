"""The page about themes is true: its files are written, its commands called, its output compared; every key stands in it."""

import re
import shlex
from pathlib import Path

import msgspec
import pytest

from mingzhang.cli.main import run
from mingzhang.documents.theme import Theme
from mingzhang.documents.theme_loading import _load

GUIDE = (Path(__file__).parents[2] / "docs" / "themes.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<name>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
ANYTHING = "…"


def test_who_follows_the_page_sees_what_it_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    called = 0
    for block in BLOCK.finditer(GUIDE):
        if block["kind"] == "console":
            command, *expected = block["text"].removeprefix("$ ").rstrip("\n").split("\n")
            told = answer(command, capsys)
            shown = len(expected) - 1 if expected[-1] == ANYTHING else max(len(told), len(expected))
            assert told[:shown] == expected[:shown], command
            called += 1
        elif block["name"]:
            path = tmp_path / block["name"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(block["text"], encoding="utf-8")
            _load.cache_clear()
    assert called == 5


def test_every_key_is_explained():
    words = set(re.findall(r"`\[?(\w+)", GUIDE))
    for field in msgspec.structs.fields(Theme):
        below = (
            msgspec.structs.fields(field.type)
            if field.name in {"colours", "cover", "header", "sizes", "phrases"}
            else ()
        )
        for name in (field.name, *(f.name for f in below)):
            assert name in words | {"folder"}, name


def answer(command, capsys):
    words = shlex.split(command)
    assert words[0] == "mingzhang"
    capsys.readouterr()
    with pytest.raises(SystemExit):
        run(words[1:])
    return capsys.readouterr().out.rstrip("\n").split("\n")
