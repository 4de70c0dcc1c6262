"""Breakdowns of a change in words that a clerk can accept, or write better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.compiling.reasons_drafted import Breakdown, Part

_FEW: Final = 4
_FEN_PER_STEP: Final = 10_000
_OTHER: Final = "其他"
_SPOKEN: Final = {"project": "项目"}


def drafted_sentence(now: int, last: int, breakdowns: Sequence[Breakdown]) -> str:
    """Say by which parts a change came about, the largest first; the amounts in 万元 add up to the change."""
    chosen = max(breakdowns, key=_told, default=None)
    if chosen is None or not chosen.parts:
        return ""
    change = _steps(now) - _steps(last)
    named = [p for p in chosen.parts if p.label != _OTHER and p.keys and _steps(p.change)][:_FEW]
    rest = change - sum(_steps(p.change) for p in named)
    words = [_part(p, chosen.dimension) for p in named]
    if rest:
        words.append(f"{_OTHER}{_by(rest)}" if named else _by(rest))
    return "，".join(words)


def _told(breakdown: Breakdown) -> int:
    """Weigh a breakdown by how much of the moving its named parts tell."""
    named = sum(abs(p.change) for p in breakdown.parts if p.keys)
    rest = sum(abs(p.change) for p in breakdown.parts if not p.keys)
    return -rest * 1_000_000 // ((named + rest) or 1)


def _part(part: Part, dimension: str) -> str:
    kind = _SPOKEN.get(dimension, "")
    name = f"“{part.label}”{'' if part.label.endswith(kind) else kind}" if kind and _is_row(part) else part.label
    change = _steps(part.change)
    if not part.last and dimension in _SPOKEN and _is_row(part):
        return f"新增{name}{_amount(change)}"
    if not part.now and part.last and dimension in _SPOKEN and _is_row(part):
        return f"{name}不再安排，减少{_amount(-change)}"
    return name + _by(change)


def _is_row(part: Part) -> bool:
    return all(k.startswith("project:") for k in part.keys)


def _by(steps: int) -> str:
    return f"增加{_amount(steps)}" if steps > 0 else f"减少{_amount(-steps)}"


def _amount(steps: int) -> str:
    return f"{steps // 100:,}.{steps % 100:02d}万元"


def _steps(fen: int) -> int:
    """Round fen half-up to hundredths of 万元."""
    doubled = (2 * abs(fen) + _FEN_PER_STEP) // (2 * _FEN_PER_STEP)
    return -doubled if fen < 0 else doubled
