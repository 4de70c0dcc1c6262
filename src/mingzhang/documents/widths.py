"""How wide a text is, estimated in thousandths of its size; and where to break it so that no line is left too short.

The widths are those of Noto Serif SC, with tabular digits; other fonts differ by little.
"""

from __future__ import annotations

from typing import Final

EM: Final = 1000
"""A full-width character."""

_NARROW: Final = {c: w for w, chars in (
    (260, " "), (330, ",.:;ijl|'!"), (365, "-/()[]Jfrt"), (480, 'I"*s{}z'), (560, "0123456789+<>=~abceghknoqvxyu_?^$"),
    (640, "dpECFLSKT"), (740, "ABDGHNOPQRUVXYZ&#"), (930, "%mM"), (1060, "Ww@"),
) for c in chars}  # fmt: skip
_NOT_FIRST: Final = frozenset("，。、；：？！）〕】》”’%％),.;:」』·…—～")
_NOT_LAST: Final = frozenset("（〔【《“‘(「『①②③④⑤")


def width(text: str) -> int:
    """Estimate the width of one line of text in thousandths of its size."""
    return sum(_NARROW.get(c, EM) for c in text)


def pieces(text: str) -> list[str]:
    """Cut a text where a line may end: between Chinese characters, never inside a number, a word or before a comma."""
    out: list[str] = []
    for c in text:
        if out and (_glued(out[-1][-1], c)):
            out[-1] += c
        else:
            out.append(c)
    return out


def longest_piece(text: str) -> int:
    """Give the width below which a text cannot be set without cutting through a number or a word."""
    return max((width(p) for line in text.split("\n") for p in pieces(line)), default=0)


def lines_needed(text: str, available: int) -> int:
    """Count the lines a text takes in a column so wide (thousandths of the size)."""
    return sum(len(_filled(line, available)) for line in text.split("\n"))


def broken(text: str, available: int) -> str:
    """Break a text into as few lines as fit, all about equally long, so that no character stands alone."""
    return "\n".join("\n".join(_balanced(line, available)) for line in text.split("\n"))


def _glued(before: str, after: str) -> bool:
    return (
        after in _NOT_FIRST
        or before in _NOT_LAST
        or (before in _NARROW and after in _NARROW and " " not in before + after)
    )


def _filled(text: str, available: int) -> list[str]:
    lines, used = [""], 0
    for piece in pieces(text):
        wide = width(piece)
        if lines[-1] and used + wide > available:
            lines.append(piece)
            used = wide
        else:
            lines[-1] += piece
            used += wide
    return lines


def _balanced(text: str, available: int) -> list[str]:
    count = len(_filled(text, available))
    if count == 1:
        return [text]
    even = -(-width(text) // count)
    for limit in range(even, available + 1, max(1, EM // 4)):
        lines = _filled(text, limit)
        if len(lines) == count:
            return lines
    return _filled(text, available)
