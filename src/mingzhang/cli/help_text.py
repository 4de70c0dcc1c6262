"""Help as a terminal shows it: Chinese takes two columns a character and is broken between characters, not at blanks."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import click

from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_FIRST: Final = frozenset("，。、；：？！）》”’】…,.;:?!)]}")
"""What may not begin a line."""

_NOT_LAST: Final = frozenset("（《“‘【([{")
"""What may not end one."""

_ATOM: Final = re.compile(r"\s+|[\u2e80-\uffef]|[^\s\u2e80-\uffef]+")
"""Blanks, one character of Chinese, or a word of anything else."""

_LEAST: Final = 10
"""Columns that words beside a name have at least."""


def columns(text: str) -> int:
    """Give the columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of so many columns, as Chinese is broken."""
    lines, line = [], ""
    for atom in _atoms(text):
        if line and columns(line) + columns(atom.rstrip()) > width:
            lines.append(line.rstrip())
            line = atom.lstrip()
        else:
            line += atom
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _atoms(text: str) -> list[str]:
    """Cut a text where a line may end."""
    out: list[str] = []
    for atom in _ATOM.findall(text):
        if out and (atom[0] in _NOT_FIRST or out[-1][-1] in _NOT_LAST):
            out[-1] += atom
        else:
            out.append(" " if atom.isspace() else atom)
    return out


class Formatter(click.HelpFormatter):
    """Writes help by columns of the terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called, on one line."""
        del prefix
        self.write(_("用法：{call}").format(call=f"{prog} {args}".rstrip()) + "\n")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        self.write(f"{'':>{self.current_indent}}{_('{heading}：').format(heading=heading)}\n")

    def write_text(self, text: str) -> None:
        """Write a text, its paragraphs divided by an empty line."""
        room = self.width - self.current_indent
        parts = text.split("\n\n")
        self.write(f"\n{'':>{self.current_indent}}".join("\n".join(self._lines(p, room)) for p in parts) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names with what they mean beside them, or below where a name is too long."""
        rows = list(rows)
        fits = [columns(name) for name, _words in rows if columns(name) <= col_max]
        start = max(fits, default=0) + col_spacing
        room = max(self.width - self.current_indent - start, _LEAST)
        for name, words in rows:
            lines = wrapped(words, room)
            head = f"{'':>{self.current_indent}}{name}"
            if columns(name) > col_max:
                self.write(f"{head}\n")
                head = f"{'':>{self.current_indent}}"
            first, *rest = lines
            self.write(f"{head}{'':>{self.current_indent + start - columns(head)}}{first}".rstrip() + "\n")
            for line in rest:
                self.write(f"{'':>{self.current_indent + start}}{line}\n")

    def write_examples(self, examples: Iterable[tuple[str, str]]) -> None:
        """Write command lines, each under a remark that says what it gives."""
        for call, words in examples:
            self.write(f"{'':>{self.current_indent}}# {words}\n{'':>{self.current_indent}}{call}\n")

    def _lines(self, text: str, room: int) -> Iterable[str]:
        return (f"{'':>{self.current_indent}}{line}" for line in wrapped(" ".join(text.split()), room))


class Context(click.Context):
    """What a command is called with; its help is written by columns and ends with examples."""

    formatter_class = Formatter

    def get_help(self) -> str:
        """Give the command's help."""
        from mingzhang.cli.examples import EXAMPLES  # noqa: PLC0415 - only for help

        formatter = Formatter(width=self.terminal_width, max_width=self.max_content_width)
        self.command.format_help(self, formatter)
        examples = EXAMPLES.get(self.command_path.partition(" ")[2], ())
        if examples:
            with formatter.section(_("例")), formatter.indentation():
                formatter.write_examples((call, _(words)) for call, words in examples)
        return formatter.getvalue().rstrip("\n")
