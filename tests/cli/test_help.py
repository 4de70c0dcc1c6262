"""Help: by columns of the terminal, with examples that can be called; and every command line of the documents can."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.cli.examples import EXAMPLES
from mingzhang.cli.help_text import Formatter, columns, wrapped
from mingzhang.cli.lazy import LazyGroup
from mingzhang.cli.main import build, run
from mingzhang.cli.settings import Settings
from mingzhang.model.language import use_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = (*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*.md")), ROOT / "examples" / "README.md")
TERMINAL = 80
ONE_WORD = 40
"""A list of formats without a blank cannot be broken."""


def every_command(group: LazyGroup, parent: click.Context, words: str = "") -> Iterator[tuple[str, click.Context]]:
    yield words, parent
    for name in group.list_commands(parent):
        command = group.get_command(parent, name)
        assert command is not None
        ctx = command.context_class(command, info_name=name, parent=parent, max_content_width=100, terminal_width=78)
        inner = f"{words} {name}".strip()
        if isinstance(command, LazyGroup):
            yield from every_command(command, ctx, inner)
        else:
            yield inner, ctx


def top() -> tuple[LazyGroup, click.Context]:
    group = build()
    assert isinstance(group, LazyGroup)
    return group, group.context_class(group, info_name="mingzhang", terminal_width=78)


def call_parsed(words: list[str]) -> None:
    """Parse a command line as the command does, without doing it."""
    command, ctx = top()
    while isinstance(command, LazyGroup):
        while words and words[0].startswith("-"):
            words = words[2:] if words[0] == "--lang" else words[1:]
        if not words or words == ["--help"]:
            return
        name, found, words = command.resolve_command(ctx, words)
        assert name is not None
        assert found is not None
        ctx = found.context_class(found, info_name=name, parent=ctx)
        ctx.obj = Settings.load()
        command = found
    if "--help" not in words:
        command.make_context(ctx.info_name, words, parent=ctx.parent)


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    use_language("zh")
    yield
    use_language("zh")


def test_every_command_has_examples_and_no_example_is_without_a_command() -> None:
    assert {words for words, _ctx in every_command(*top())} == set(EXAMPLES)


@pytest.mark.parametrize("call", sorted({call for own in EXAMPLES.values() for call, _words in own}))
def test_every_example_can_be_called(call: str) -> None:
    name, *words = shlex.split(call)
    assert name == "mingzhang"
    call_parsed(words)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_stays_within_the_terminal(lang: str) -> None:
    use_language(lang)
    for words, ctx in every_command(*top()):
        lines = ctx.get_help().splitlines()
        wide = [x for x in lines if columns(x) > TERMINAL and not any(len(w) > ONE_WORD for w in x.split())]
        wide = [x for x in wide if not x.lstrip().startswith("mingzhang ")]
        assert not wide, words
        assert any(x.startswith(("例", "Examples")) for x in lines), words


def documented() -> list[tuple[str, str]]:
    """List the command lines of the documents with where they stand."""
    found = []
    for path in DOCUMENTS:
        if path.name == "commands.md":
            continue
        text = path.read_text(encoding="utf-8")
        text = re.sub(r" *\\\n *", " ", text)  # a line that goes on
        for n, line in enumerate(text.splitlines(), 1):
            call = re.match(r"(?:    )+(?:\$ )?(mingzhang .*)", line) or re.match(r"(mingzhang .*)", line)
            if call:
                found.append((f"{path.parent.name}/{path.name}:{n}", call[1]))
    return found


@pytest.mark.parametrize(("place", "call"), documented(), ids=[p for p, _c in documented()])
def test_every_command_line_of_the_documents_can_be_called(place: str, call: str) -> None:
    words = shlex.split(call, comments=True)[1:]
    for sign in ("|", ">"):
        words = words[: words.index(sign)] if sign in words else words
    call_parsed(words)


def test_a_mistyped_command_is_told_what_it_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    for typed, meant in (
        (["chekc", "a.pdf"], "check"),
        (["pack", "chek"], "check"),
        (["standards", "imprt"], "import"),
    ):
        with pytest.raises(SystemExit) as stopped:
            run(typed)
        assert stopped.value.code == 2
        assert f"是不是 {meant}？" in capsys.readouterr().err


def test_a_mistyped_option_or_choice_is_told_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for typed, told in (
        (["check", "--formta", "html", "a.pdf"], "是不是 '--format'？"),
        (["check", "--format", "htlm", "a.pdf"], "只能是 'text'"),
        (["read", "a", "b"], "多出了参数：b"),
        (["check", "a.pdf", "-o"], "后面要有取值"),
        (["pack", "check", "--books", "-4"], "应在 0<=x<=1000 之内"),
    ):
        with pytest.raises(SystemExit):
            run(typed)
        assert told in capsys.readouterr().err


def test_the_shell_completes_commands_in_the_language_in_use() -> None:
    group, ctx = top()
    found = {i.value: i.help for i in group.shell_complete(ctx, "re")}
    assert found == {n: group.lazy[n][1] for n in ("read", "reasons", "render")}


@given(st.text(alphabet="部门预算公开abc12 ，。（）“”", max_size=80), st.integers(10, 40))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns(x) <= width or wrapped(x, 1) == [x] for x in lines)  # what is too wide cannot be broken


def test_chinese_is_not_broken_before_a_stop_nor_after_a_bracket() -> None:
    assert wrapped("部门预算，公开（甲乙）文件", 10) == ["部门预算，", "公开（甲", "乙）文件"]
    assert wrapped("部门预算公，开（甲乙）", 10) == ["部门预算", "公，开（甲", "乙）"]


def test_words_stand_below_a_name_that_is_too_long() -> None:
    formatter = Formatter(width=60)
    formatter.write_dl([("-o, --output 文件", "写到哪里"), ("--a-name-that-takes-more-than-thirty-columns", "说明")])
    assert formatter.getvalue().splitlines() == [
        "-o, --output 文件  写到哪里",
        "--a-name-that-takes-more-than-thirty-columns",
        "                   说明",
    ]
