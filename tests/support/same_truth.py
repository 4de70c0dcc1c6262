"""Ways in which the same document comes as other text: every change leaves what is printed, and so what must be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_AMOUNT = re.compile(r"-?[\d,]+\.\d+")
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_CONTENTS_LINE = re.compile(r"[^\t]*\t\d+")


def _is_row(line: str) -> bool:
    return "\t" in line and _CONTENTS_LINE.fullmatch(line) is None


def _each(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(map(change, text.split("\n")))


def _pipes(line: str) -> str:
    return f"| {' | '.join(line.split(chr(9)))} |" if _is_row(line) else line


def _pages(text: str, spell: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        x for i, line in enumerate(lines) for x in ([line, spell.format(i // 35 + 1)] if i % 35 == 34 else [line])
    )


def _wrapped(line: str) -> str:
    if "\t" in line or len(line) < 60:
        return line
    return "\n".join(line[i : i + 41] for i in range(0, len(line), 41))


def _runs(text: str) -> Iterator[tuple[bool, list[str]]]:
    """Give runs of rows and runs of other lines."""
    run: list[str] = []
    rows = False
    for line in text.split("\n"):
        if run and _is_row(line) != rows:
            yield rows, run
            run = []
        rows = _is_row(line)
        run.append(line)
    yield rows, run


def _is_body(cells: list[str]) -> bool:
    return any(_AMOUNT.fullmatch(c) for c in cells) or re.match(r"\d{3}|[一二三四五六七八九十]、", cells[0]) is not None


def _as_web_text(text: str, *, ruled: bool) -> str:
    """Write rows as a web page's table becomes text: a pipe behind each cell, merged head cells once and at the left."""
    out: list[str] = []
    for rows, run in _runs(text):
        if not rows:
            out += run
            continue
        width = max(line.count("\t") + 1 for line in run)
        head = True
        for n, line in enumerate(run):
            cells = [c.strip() for c in line.split("\t")]
            cells += [""] * (width - len(cells))
            head = head and not _is_body(cells)
            if head:
                words = [c for c in cells if c]
                cells = words + [""] * (width - len(words))
            out.append("".join(f"{c} | " if c else "|" for c in cells).rstrip())
            if ruled and n == 0:
                out.append("---|" * width)
    return "\n".join(out)


def _wide(text: str) -> str:
    return text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))


CHANGES: dict[str, Callable[[str], str]] = {
    "no blank lines": lambda text: "\n".join(x for x in text.split("\n") if x.strip()),
    "twice the lines": lambda text: text.replace("\n", "\n\n"),
    "blanks at the ends": _each(lambda x: f"{x}   "),
    "Windows' line ends": lambda text: text.replace("\n", "\r\n"),
    "pipes around": _each(_pipes),
    "a page's number": lambda text: _pages(text, "- {} -"),
    "a page of pages": lambda text: _pages(text, "第 {} 页 共 99 页"),
    "no separators": _each(lambda x: _BETWEEN_THOUSANDS.sub("", x) if _is_row(x) else x),
    "wide separators": _each(lambda x: _BETWEEN_THOUSANDS.sub("，", x) if _is_row(x) else x),
    "wide digits in rows": _each(
        lambda x: "\t".join(_wide(c) if re.fullmatch(r"[\d,.-]+", c) else c for c in x.split("\t")) if _is_row(x) else x
    ),
    "wrapped paragraphs": _each(_wrapped),
    "web text": lambda text: _as_web_text(text, ruled=False),
    "web text with rules": lambda text: _as_web_text(text, ruled=True),
    "titles without years": _each(lambda x: re.sub(r"^20\d\d年(.*表.*)$", r"\1", x) if "\t" not in x else x),
    "rules between rows": lambda text: "\n".join(
        x
        for i, line in enumerate(text.split("\n"))
        for x in ([line, "---\t---\t---"] if _is_row(line) and i % 9 == 0 else [line])
    ),
    "headings marked": _each(
        lambda x: f"## {x}" if re.match(r"第.部分|[一二三四五六七八九十]+、", x) and not _is_row(x) else x
    ),
}
"""What is done to the text, by name."""
