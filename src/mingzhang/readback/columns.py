"""Which column of the form stands at which printed position, from the words of the head."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.disclosure import Column, Side
from mingzhang.model.keys import tidy
from mingzhang.readback.heads import Stack
from mingzhang.readback.likeness import bare, filled, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.forms.pack import PackColumn, PackTable

CODE_PARTS: Final = ("类", "款", "项")
_ALIKE: Final = 0.6
_SIDE: Final = 0.3
_NO_WORD: Final = 0.05
_LOST_COLUMN: Final = 0.35
_LOST_WORD: Final = 0.25
_OTHER_WORD: Final = 1.5
_EARLIER: Final = 0.001
_SAME_WORD: Final = 0.9
_CARRIED: Final = "结转"
_PLAIN: Final = frozenset({"total", "amount"})


class Target(msgspec.Struct, frozen=True):
    """One column in which figures or labels of this table can stand; `filter` is empty for one the form does not know."""

    column: Column
    filter: str = ""
    known: bool = True
    printed: bool = True


class Layout(msgspec.Struct, frozen=True):
    """The columns of a printed table from the left, and for each position of the head the column at it (-1: none).

    `sums` says which columns add up to which, None where that follows from the filters.
    """

    targets: tuple[Target, ...]
    positions: tuple[int, ...]
    score: float = 0.0
    sums: tuple[tuple[int, tuple[int, ...]], ...] | None = None


def layout_of(stacks: Sequence[Stack], table: PackTable, year: int | None, *, guess: bool = True) -> Layout:
    """Match printed columns, left to right, with those of a form; columns the form lacks are kept by their words.

    With `guess` a word that means nothing may stand for the column of its place, as in a garbled head of this form.
    """
    groups = _groups(stacks)
    words = [_pack_stack(table, i, year) for i in range(len(table.columns))]
    single = [i for i in range(len(table.columns)) if not _goes_on(table, i)]
    table = msgspec.structs.replace(table, columns=tuple(table.columns[i] for i in single))
    words = [words[i] for i in single]
    score, chosen = _aligned(groups, stacks, table, words, year, guess=guess)
    moved = _out_of_order([stacks[g[0]] for g in groups], table, words, year, chosen)
    targets: list[Target] = []
    index: dict[int, int] = {}
    at_column = 0
    for g, column in enumerate(chosen):
        if g in moved:
            index[g] = len(targets)
            targets.append(_target(table.columns[moved[g]], stacks[groups[g][0]].own, printed=True))
            continue
        if column is None:
            extra = _extra(stacks[groups[g][0]], year, side_of(stacks[groups[g][0]]) if table.two_sided else "")
            if extra is not None:
                index[g] = len(targets)
                targets.append(_as_declared(extra, table))
            continue
        targets += [
            _target(table.columns[c], "", printed=False) for c in range(at_column, column) if c not in moved.values()
        ]
        index[g] = len(targets)
        targets.append(_target(table.columns[column], stacks[groups[g][0]].own, printed=True))
        at_column = column + 1
    rest = [c for i, c in enumerate(table.columns) if i >= at_column and i not in moved.values()]
    targets += [_target(c, "", printed=False) for c in rest]
    targets = told_apart(targets)
    positions = [-1] * len(stacks)
    for g, group in enumerate(groups):
        for p in group:
            positions[p] = index.get(g, -1)
    return Layout(tuple(targets), tuple(positions), score)


def beneath_lost_words(stacks: Sequence[Stack], table: PackTable, year: int | None) -> Sequence[Stack]:
    """Take a word that the form prints only above several columns, and above as many here, for that: theirs are lost."""
    words = [_pack_stack(table, i, year) for i in range(len(table.columns))]
    own = {bare(w.own, year) for w in words}
    over = Counter(bare(w.above[-1], year) for w in words if w.above)
    out = list(stacks)
    for p, stack in enumerate(stacks):
        plain = bare(stack.own, year)
        wide = next((q for q in range(p + 1, len(stacks)) if stacks[q].own), len(stacks)) - p
        if plain and plain not in own and wide == over[plain] > 1:
            out[p : p + wide] = [Stack("", (*stack.above, stack.own))] * wide
    return out


def _as_declared(target: Target, table: PackTable) -> Target:
    """Give a column that the form prints only where it has money the filter that the form knows for it."""
    own = next((c for c in table.extra if c.key == target.column.key), None)
    return target if own is None else msgspec.structs.replace(target, filter=own.filter)


def _target(column: PackColumn, header: str, *, printed: bool) -> Target:
    return Target(Column(column.key, column.kind, column.side, header), column.filter, printed=printed)


def told_apart(targets: Sequence[Target]) -> list[Target]:
    """Give columns that the form does not know keys of their own where theirs is taken."""
    out: list[Target] = []
    taken = {(t.column.key, t.column.side) for t in targets if t.known}
    for target in targets:
        column = target.column
        if not target.known:
            keys = (
                column.key,
                tidy(column.header),
                *(f"{tidy(column.header)}#{n}" for n in range(2, len(targets) + 2)),
            )
            key = next(k for k in keys if (k, column.side) not in taken)
            taken.add((key, column.side))
            column = msgspec.structs.replace(column, key=key)
        out.append(msgspec.structs.replace(target, column=column))
    return out


def _goes_on(table: PackTable, i: int) -> bool:
    """Tell whether a form's column is a further cell of the code that begins at its left."""
    own, before = table.columns[i], table.columns[i - 1] if i else None
    return before is not None and (before.kind, own.kind, before.side) == ("code", "code", own.side)


def _groups(stacks: Sequence[Stack]) -> list[list[int]]:
    """Group positions that are one column: a code printed in two or three cells."""
    groups: list[list[int]] = []
    for p, stack in enumerate(stacks):
        before = stacks[groups[-1][0]] if groups else None
        part = bare(stack.own) in CODE_PARTS[1:]
        spans = not stack.own and before is not None and _key_of(before.own, "code") >= 1
        if before is not None and ((part and bare(before.own) in CODE_PARTS) or (spans and _names_follow(stacks, p))):
            groups[-1].append(p)
        else:
            groups.append([p])
    return groups


def _names_follow(stacks: Sequence[Stack], p: int) -> bool:
    """Tell whether the next word of the head is that of the names, so that blanks before it belong to the code."""
    following = next((s.own for s in stacks[p + 1 :] if s.own), "")
    return _key_of(following, "label") >= 1


def _pack_stack(table: PackTable, i: int, year: int | None) -> Stack:
    """Stack the words of the form's own head above one of its columns, by its exact spans."""
    width = len(table.columns)
    grid = [[""] * width for _ in table.head]
    taken = [[False] * width for _ in table.head]
    for r, row in enumerate(table.head):
        p = 0
        for cell in row:
            while p < width and taken[r][p]:
                p += 1
            for rr in range(r, min(r + cell.rows, len(grid))):
                for pp in range(p, min(p + cell.columns, width)):
                    taken[rr][pp] = True
                    grid[rr][pp] = filled(cell.text, year)
            p += cell.columns
    words = [w for w in dict.fromkeys(row[i] for row in grid) if w and not w.isdigit()]
    return Stack(words[-1] if words else "", tuple(words[:-1]))


def _aligned(
    groups: Sequence[Sequence[int]],
    stacks: Sequence[Stack],
    table: PackTable,
    words: Sequence[Stack],
    year: int | None,
    *,
    guess: bool,
) -> tuple[float, list[int | None]]:
    """Align printed columns with the form's, in order, for the best sum of likenesses; of two alike the first."""
    n, m = len(groups), len(table.columns)
    best: list[list[tuple[float, int]]] = [[(0.0, 0)] * (m + 1) for _ in range(n + 1)]
    lost = [_LOST_WORD if stacks[g[0]].own else 0.0 for g in groups]
    for i in range(n + 1):
        for j in range(m + 1):
            ways: list[tuple[float, int]] = []
            if i and j:
                match = _match(stacks[groups[i - 1][0]], table.columns[j - 1], words[j - 1], year, guess=guess)
                ways.append((best[i - 1][j - 1][0] + match + _EARLIER * (n - i), 3))
            if i:
                ways.append((best[i - 1][j][0] - lost[i - 1], 2))
            if j:
                ways.append((best[i][j - 1][0] - _LOST_COLUMN, 1))
            if ways:
                best[i][j] = max(ways)
    chosen: list[int | None] = [None] * n
    i, j = n, m
    while i or j:
        way = best[i][j][1]
        if way == 3:
            i, j = i - 1, j - 1
            chosen[i] = j
        elif way == 2:
            i -= 1
        else:
            j -= 1
    return best[n][m][0], chosen


def _out_of_order(
    printed: Sequence[Stack],
    table: PackTable,
    words: Sequence[Stack],
    year: int | None,
    chosen: Sequence[int | None],
) -> dict[int, int]:
    """Find columns of the form that are printed at another place than the form has them: they are called just so."""
    free = [j for j in range(len(table.columns)) if j not in chosen]
    out: dict[int, int] = {}
    for g, (column, stack) in enumerate(zip(chosen, printed, strict=True)):
        if column is not None or not stack.own:
            continue
        like = [(_match(stack, table.columns[j], words[j], year, guess=False), -j) for j in free]
        best, at = max(like, default=(0.0, 0))
        if best >= _SAME_WORD:
            out[g] = -at
            free.remove(-at)
    return out


def _match(stack: Stack, column: PackColumn, words: Stack, year: int | None, *, guess: bool = True) -> float:
    """Weigh a printed column against one of the form's: its word, then its side."""
    sides = 0.0
    side = side_of(stack)
    if column.side and side:
        sides = _SIDE if side == column.side else -2 * _SIDE
    if not stack.own:
        same = bool(stack.above) and bool(words.above) and bare(stack.above[-1], year) == bare(words.above[-1], year)
        return sides + (2 if same else 1) * _NO_WORD
    names = {bare(filled(w, year), year) for w in (words.own, column.header, *column.names)}
    own = bare(stack.own, year)
    joined = bare("".join((*stack.above[-1:], stack.own)), year)
    if not guess and is_carried(stack) and not is_carried(words) and column.kind == "figure" and column.key != "carry":
        return sides - _OTHER_WORD
    like = max(likeness(t, n) if n else float(t == n) for t in (own, joined) for n in names)
    if like < 1:
        keys = [k for k, known in _bare_words().items() if own in known]
        if keys and column.key not in keys and (column.kind == "figure" or not guess):
            return sides - _OTHER_WORD
        like = max(like, 0.9 * (column.key in keys))
    return like + sides if like >= _ALIKE else sides - (0.5 if guess else _OTHER_WORD)


def is_carried(stack: Stack) -> bool:
    """Tell whether a group of columns is of money carried over, and this is one of them."""
    return any(_CARRIED in a and "不含" not in a for a in stack.above)


def _key_of(text: str, key: str, year: int | None = None) -> float:
    """Tell how well a head word means a column key by the lexicon: 1 for one of its words."""
    return float(bare(text, year) in _bare_words().get(key, ()))


@cache
def _bare_words() -> dict[str, frozenset[str]]:
    return {key: frozenset(bare(w) for w in words) for key, words in lexicon().columns.items()}


def side_of(stack: Stack) -> Side:
    """Tell whether a column stands under the income or under the spending of a table of two sides."""
    top: Iterable[str] = (*stack.above, stack.own)
    for text in top:
        plain = bare(text)
        if plain.endswith("收入") and "支出" not in plain:
            return "in"
        if plain.endswith("支出") and "收入" not in plain:
            return "out"
    return ""


def _extra(stack: Stack, year: int | None, side: Side) -> Target | None:
    """Make a column that the form does not have: by the lexicon's key, else by its own words; None without words."""
    if not stack.own:
        return None
    own = bare(stack.own, year)
    keys = [k for k, words in _bare_words().items() if own in words]
    group = bare(stack.above[-1], year) if stack.above else ""
    grouped = [k for k, words in _bare_words().items() if group and group in words and k not in _PLAIN]
    if grouped and set(keys) & _PLAIN:
        keys = grouped
    if keys and is_carried(stack):
        keys = [f"carry_{keys[0]}"]
    if side != "out" and "total" in keys and "amount" in keys:
        keys.remove("total" if side == "in" else "amount")
    key = keys[0] if keys else tidy(stack.own)
    text = own in {bare(w) for w in lexicon().text_columns["words"]}
    kind = "text" if text else key if key in {"code", "label"} else "figure"
    return Target(Column(key, kind, side, stack.own), known=False)  # type: ignore[arg-type]
