"""The columns of a table by its own words alone, for a form that no pack knows: what each word means, and what adds up.

Nothing is taken from the order of columns in any form. A column whose word means nothing keeps its word as its key.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.disclosure import Column, Side
from mingzhang.model.keys import tidy
from mingzhang.readback.columns import CODE_PARTS, Layout, Target, is_carried, side_of, told_apart
from mingzhang.readback.heads import Stack
from mingzhang.readback.likeness import bare
from mingzhang.readback.meanings import (
    by_part,
    is_word,
    keys_of_words,
    meanings_of,
    plain_word,
    words_above,
    words_of_texts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_INSIDE: Final = re.compile(r"\(([^()]*)\)$")
_PLAIN: Final = frozenset({"total", "amount"})
_NAMES: Final = frozenset({"label", "code", "total", "amount", "gov_economic"})
_LAST: Final = frozenset({"last_budget", "last_adjusted", "last_executed"})
_COMPARED: Final = _LAST | {"change", "change_rate"}
_TWO_SIDED: Final = frozenset({"summary", "appropriation", "state_capital"})
_BY_PROJECT: Final = "project"
_FIRST_NAMES: Final = ("科目", "项目")


class _Spot(msgspec.Struct, frozen=True):
    """What one printed position is: kind, key, side, its printed word, and whether it is a part of what stands before."""

    kind: str
    key: str
    side: Side
    stack: Stack
    header: str
    within: bool = False


def worded_layout(stacks: Sequence[Stack], table: str, year: int | None, *, whole: str = "total") -> Layout:
    """Make the columns of a table from the words of its head; `table` is its id, `whole` the key of its sums."""
    headers = [s.own for s in stacks]
    stacks = [_divided(s, year) for s in stacks]
    sides = _sides(stacks, table)
    stacks = _apart(stacks, sides)
    labels = _labels(stacks, sides, table)
    spots = [
        _spot(s, i, side, labels, year, headers[i], whole)
        for i, (s, side) in enumerate(zip(stacks, sides, strict=True))
    ]
    spots = _named_totals(_with_one_code(spots), year, whole)
    targets: list[Target] = []
    positions: list[int] = []
    at: dict[int, int] = {}
    for i, spot in enumerate(spots):
        if spot is None:
            positions.append(-1)
        elif spot.kind == "code" and i and (before := spots[i - 1]) is not None and _goes_on(before, spot):
            positions.append(positions[-1])
        else:
            at[i] = len(targets)
            positions.append(len(targets))
            own = Column(spot.key, spot.kind, spot.side, spot.header)  # type: ignore[arg-type]
            targets.append(Target(own, _filter_of(spot.key), known=False))
    sums = tuple(
        (at[whole], tuple(at[p] for p in parts))
        for whole, parts in _sums(spots)
        if whole in at and set(parts) <= set(at)
    )
    return Layout(tuple(told_apart(targets)), tuple(positions), sums=sums)


def _sides(stacks: Sequence[Stack], table: str) -> list[Side]:
    """Tell the side of each column: as the head says, else that of the name to its left."""
    names = [i for i, s in enumerate(stacks) if "label" in meanings_of(s.own)]
    told: list[Side] = [side_of(s) for s in stacks]
    pairs = len({bare(stacks[i].own) for i in names}) < len(names) and {"in", "out"} <= set(told)
    if table not in _TWO_SIDED and not (pairs and not table):
        return [""] * len(stacks)
    if {"in", "out"} <= set(told):
        out: list[Side] = []
        for side in told:
            out.append(side or (out[-1] if out else "in"))
        return out
    if len(names) > 1:
        return ["in" if i < names[1] - _codes_before(stacks, names[1]) else "out" for i in range(len(stacks))]
    one: Side = "in" if "in" in told and table == "state_capital" else "out"
    return [one if table == "state_capital" else ""] * len(stacks)


def _divided(stack: Stack, year: int | None) -> Stack:
    """Divide a word that is several of a head run together: 基本支出人员经费 stands as 人员经费 under 基本支出."""
    own = bare(stack.own, year)
    inside = _INSIDE.search(own)
    if (
        inside is not None
        and own not in keys_of_words()
        and (keys := keys_of_words().get(inside[1]))
        and not set(keys) & _NAMES
    ):
        return msgspec.structs.replace(stack, own=inside[1], above=(*stack.above, own[: inside.start()]))
    if not own or plain_word(stack.own, year) in keys_of_words().keys() | words_of_texts():
        return stack
    words: list[str] = []
    while own:
        found = max(
            (w for w in (*keys_of_words(), *words_above()) if own.startswith(w) and len(w) > 1), key=len, default=""
        )
        if not found:
            return stack
        words.append(found)
        own = own.removeprefix(found)
    if words[-1] not in keys_of_words():
        return stack
    return msgspec.structs.replace(stack, own=words[-1], above=(*stack.above, *words[:-1]))


def _apart(stacks: Sequence[Stack], sides: Sequence[Side]) -> list[Stack]:
    """Leave out what stands above all figures of a side: it tells none of them from another."""
    out = list(stacks)
    for side in dict.fromkeys(sides):
        mine = [s for s, own in zip(stacks, sides, strict=True) if own == side and not is_word(s)]
        common = [w for w in (mine[0].above if len(mine) > 1 else ()) if all(w in s.above for s in mine)]
        out = [
            msgspec.structs.replace(s, above=tuple(a for a in s.above if a not in common)) if own == side else s
            for s, own in zip(out, sides, strict=True)
        ]
    return out


def _codes_before(stacks: Sequence[Stack], at: int) -> int:
    count = 0
    while at - count - 1 >= 0 and "code" in meanings_of(stacks[at - count - 1].own):
        count += 1
    return count


def _labels(stacks: Sequence[Stack], sides: Sequence[Side], table: str) -> frozenset[int]:
    """Choose the column of names on each side: that of items before that of units, in a list of projects theirs."""
    out = []
    first = _FIRST_NAMES if not table.startswith(_BY_PROJECT) else _FIRST_NAMES[::-1]
    for side in dict.fromkeys(sides):
        named = [i for i, s in enumerate(stacks) if sides[i] == side and "label" in meanings_of(s.own)]
        ranked = [i for word in first for i in named if word in bare(stacks[i].own)] + named
        out += ranked[:1]
    return frozenset(out)


def _spot(  # noqa: PLR0917 - all that is known of one column
    stack: Stack, i: int, side: Side, labels: frozenset[int], year: int | None, header: str, whole: str
) -> _Spot | None:
    """Tell what stands in one column; None where no word stands above it."""
    if not stack.own:
        return None
    own = plain_word(stack.own, year)
    within = "其中" in stack.own
    if i in labels:
        return _Spot("label", "label", side, stack, header)
    meanings = meanings_of(stack.own, year) if own else ("total", "amount")
    if own in words_of_texts() or "label" in meanings or "gov_economic" in meanings:
        key = "gov_economic" if "gov_economic" in meanings else tidy(stack.own)
        return _Spot("text", key, side, stack, header)
    if "code" in meanings:
        return _Spot("code", "code", side, stack, header)
    return _Spot("figure", _figure_key(stack, meanings, side, year, whole), side, stack, header, within)


def _figure_key(stack: Stack, meanings: Sequence[str], side: Side, year: int | None, whole: str) -> str:
    """Name a column of figures: by its word, and a sum's by the group that it is the sum of."""
    groups = [m for a in reversed(stack.above) for m in (meanings_of(a, year)[:1] or (by_part(a),)) if m]
    then = next((g for g in groups if g in _COMPARED), "")
    group = next((g for g in groups if g not in _PLAIN and g not in {"code", "label"}), "")
    plain = bool(set(meanings) & _PLAIN)
    if not meanings:
        return by_part(stack.own) or tidy(stack.own)
    key = "amount" if plain and side == "in" else whole if plain else meanings[0]
    if then:
        return then if plain else key if key in _COMPARED else f"{then}_{key}"
    if plain:
        return group or key
    return f"carry_{key}" if is_carried(stack) and key != "carry" else key


def _named_totals(spots: Sequence[_Spot | None], year: int | None, usual: str) -> list[_Spot | None]:
    """Let a table without a total have one: the only figure, or the sum of a group that is all there is."""
    out = list(spots)
    for side in dict.fromkeys(s.side for s in spots if s is not None):
        mine = [(i, s) for i, s in enumerate(spots) if s is not None and s.kind == "figure" and s.side == side]
        whole = "amount" if side == "in" else usual
        if not mine or any(s.key == whole for _, s in mine):
            continue
        now = [(i, s) for i, s in mine if s.key not in _COMPARED and not any(s.key.startswith(f"{k}_") for k in _LAST)]
        sums = [(i, s) for i, s in now if set(meanings_of(s.stack.own, year)) & _PLAIN]
        only = now[0] if len(now) == 1 else sums[0] if len(sums) == 1 and sums[0] == now[0] else None
        if only is not None and (only[1].key in {"basic", "current"} or len(now) == 1):
            out[only[0]] = msgspec.structs.replace(only[1], key=whole)
    return out


def _goes_on(before: _Spot, spot: _Spot) -> bool:
    """Tell whether a code goes on in this cell: 类, 款 and 项 side by side."""
    parts = bare(before.stack.own) in CODE_PARTS and bare(spot.stack.own) in CODE_PARTS[1:]
    return before.kind == "code" and before.side == spot.side and parts


def _with_one_code(spots: Sequence[_Spot | None]) -> list[_Spot | None]:
    """Take codes behind the names of a side for words, as of another classification, and parts of a code beside it whole."""
    out = list(spots)
    whole = {s.side for s in spots if s is not None and s.kind == "code" and bare(s.stack.own) not in CODE_PARTS}
    for i, spot in enumerate(spots):
        if spot is not None and spot.kind == "code" and spot.side in whole and bare(spot.stack.own) in CODE_PARTS:
            out[i] = msgspec.structs.replace(spot, kind="text", key=tidy(spot.stack.own))
    spots = tuple(out)
    for i, spot in enumerate(spots):
        before = [s for s in spots[:i] if s is not None and spot is not None and s.side == spot.side]
        second = any(s.kind == "code" for s in before) and any(s.kind == "label" for s in before)
        if spot is not None and spot.kind == "code" and second:
            out[i] = msgspec.structs.replace(spot, kind="text", key=tidy(spot.stack.own))
    return out


def _filter_of(key: str) -> str:
    return lexicon().filters.get(key, "")


def _sums(spots: Sequence[_Spot | None]) -> list[tuple[int, tuple[int, ...]]]:
    """Find what adds up across a row: in each group of the head the sum that stands first, and what stands beside it."""
    figures = [
        (i, s) for i, s in enumerate(spots)
        if s is not None and s.kind == "figure" and s.key not in _COMPARED and not s.within
    ]  # fmt: skip
    out: list[tuple[int, tuple[int, ...]]] = []
    for side in dict.fromkeys(s.side for _, s in figures):
        mine = [(i, s.stack) for i, s in figures if s.side == side]
        _grouped(mine, 0, out)
    return out


def _grouped(
    members: Sequence[tuple[int, Stack]], depth: int, out: list[tuple[int, tuple[int, ...]]]
) -> tuple[int, ...]:
    """Give what stands for a group in the sum above it: its own sum, or all of its members."""
    parts: list[tuple[int, ...]] = []
    whole: int | None = None
    n = 0
    while n < len(members):
        i, stack = members[n]
        if len(stack.above) <= depth:
            if whole is None and set(meanings_of(stack.own)) & _PLAIN:
                whole = i
            else:
                parts.append((i,))
            n += 1
            continue
        end = n
        while end < len(members) and members[end][1].above[depth : depth + 1] == stack.above[depth : depth + 1]:
            end += 1
        parts.append(_grouped(members[n:end], depth + 1, out))
        n = end
    flat = tuple(p for part in parts for p in part)
    if whole is None:
        return flat
    if len(flat) > 1:
        out.append((whole, flat))
    return (whole,)
