"""Rows divided by pipes: Markdown tables, and the text that web pages become when their tables are written with pipes.

A row may have a pipe before its first cell, after its last, both or neither. Which it is shows in the rows around it:
a rule of dashes between pipes, pipes at the ends of rows, or the same number of pipes in each. A lone pipe in a sentence
divides nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PIPE: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
_WITHIN: Final = re.compile(r"<br\s*/?>")


def is_rule(text: str) -> bool:
    """Tell whether a line is the rule under a head: dashes between pipes, and nothing else."""
    return _RULE.fullmatch(text.strip()) is not None


def piped(lines: Sequence[str]) -> dict[int, list[str]]:
    """Give the cells of each line that is a row divided by pipes, by the line's index; lines with tabs are none."""
    rows: dict[int, list[str]] = {}
    for start, end in _blocks(lines):
        block = lines[start:end]
        if _is_table(block):
            before = all(x.strip().startswith("|") for x in block)
            rows |= {start + i: _divided(x, before=before) for i, x in enumerate(block) if not is_rule(x)}
    return rows


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    start = None
    for i, text in enumerate((*lines, "")):
        if "\t" not in text and _PIPE.search(text):
            start = i if start is None else start
        elif start is not None:
            yield start, i
            start = None


def _is_table(block: Sequence[str]) -> bool:
    """Tell whether neighbouring lines with pipes are rows of a table."""
    bare = [x.strip() for x in block]
    if any(is_rule(x) for x in bare) or all(x.startswith("|") and x.endswith("|") and len(x) > 2 for x in bare):
        return True
    if all(x.endswith("|") for x in bare):
        return len(bare) > 1 or len(_PIPE.findall(bare[0])) > 1
    counts = {len(_PIPE.findall(x)) for x in bare}
    return len(bare) > 2 and len(counts) == 1


def _divided(text: str, *, before: bool) -> list[str]:
    cells = [_WITHIN.sub("", c).replace("\\|", "|") for c in _PIPE.split(text.strip())]
    if before:
        cells = cells[1:]
    return cells[:-1] if len(cells) > 1 and not cells[-1].strip() else cells
