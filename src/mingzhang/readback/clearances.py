"""Statements on a cover of how far a document has been cleared (保密审查情况：已审查), told from the cover's other lines."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.disclosure import CoverStatement
from mingzhang.model.keys import folded, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.page import Line

_PAIR: Final = re.compile(r"\s*(?P<label>[^:：]{2,30}?)\s*[:：](?P<state>.*)", re.DOTALL)
_FILLED_IN: Final = re.compile(r"[_＿\s.…]*")
_BESIDE: Final = re.compile(r"\s{2,}|　")
"""What stands between two statements on one line."""


def divided_cover(cover: Sequence[Line], packs: Sequence[Pack]) -> tuple[tuple[Line, ...], tuple[CoverStatement, ...]]:
    """Give the lines of a cover that are none of its statements, and the statements in order."""
    kept: list[Line] = []
    found: list[CoverStatement] = []
    for line in cover:
        texts = [c.text for c in line.cells if c.text.strip()] or [line.text]
        own = tuple(_statements(texts, packs))
        found += own
        kept += [] if own else [line]
    return tuple(kept), tuple(found)


def _statements(texts: Sequence[str], packs: Sequence[Pack]) -> Iterator[CoverStatement]:
    """Give the statements of a line, none unless all of it is statements."""
    pieces = [p for text in texts for p in _pieces(text) if p.strip()]
    pairs = [_PAIR.fullmatch(p) for p in pieces]
    if pieces and all(p is not None and _is_label(p["label"], packs) for p in pairs):
        for pair in pairs:
            assert pair is not None
            label, state = "".join(pair["label"].split()), tidy(pair["state"])
            yield CoverStatement(label, "" if _FILLED_IN.fullmatch(state) else state, _key_of(label, packs))


def _pieces(text: str) -> list[str]:
    """Divide a line at its gaps where each part is a statement of its own."""
    parts = [p for p in _BESIDE.split(text) if p]
    return parts if len(parts) > 1 and all(_PAIR.fullmatch(p) for p in parts) else [text]


def _is_label(text: str, packs: Sequence[Pack]) -> bool:
    return bool(_key_of(text, packs)) or any(p.fullmatch("".join(text.split())) for p in _patterns())


def _key_of(label: str, packs: Sequence[Pack]) -> str:
    """Give the key of a statement in the first pack that prints it."""
    name = folded(label)
    lines = (line for pack in packs for line in pack.cover.lines)
    return next((x.key for x in lines if name in {folded(n) for n in (x.label, *x.names)}), "")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in lexicon().cover["statements"])
