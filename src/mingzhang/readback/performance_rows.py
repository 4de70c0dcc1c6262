"""One row of an indicator table: which cell is a label, a name or a value, on which of the two sides.

The frame gives the order of what can stand in a row: labels, then class, name and value of the period, then class,
name and value of the year. Every way to lay the filled cells into that order is weighed: by what the texts look
like, by the columns of the head row, by the likeness of the two sides, and by how the row before was laid.
The heaviest wins; where another is nearly as heavy the row is doubted.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.indicator_values import is_measure, split_value
from mingzhang.forms.performance import Frame, folded_label
from mingzhang.model.keys import tidy
from mingzhang.model.language import gettext as _
from mingzhang.readback.performance_labels import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

EXTRA: Final = "extra"
SKIP: Final = "skip"
PERIOD: Final = ("class_p", "name_p", "value_p")
ANNUAL: Final = ("class_a", "name_a", "value_a")
_ROLES: Final = (*PERIOD, *ANNUAL)
_LATEX: Final = {r"\geq": "≥", r"\ge": "≥", r"\leq": "≤", r"\le": "≤", r"\%": "%", r"\times": "×", r"\sim": "~"}
_TAG: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9]*\s*/?>")
_CLOSE: Final = 2
_MOST_TOKENS: Final = 9


class Head(msgspec.Struct, frozen=True):
    """The columns of a table's head row by role, and whether it has two sides."""

    columns: dict[str, int] = {}
    two_sided: bool = True


class Side(msgspec.Struct, frozen=True):
    """One side of a row: the class printed ("" if none), the name and the value; several where rows were stacked."""

    printed: str = ""
    name: str = ""
    value: str = ""
    stacked: tuple[tuple[str, str], ...] = ()

    @property
    def is_filled(self) -> bool:
        """Tell whether the side holds an indicator."""
        return bool(self.name or self.value)


class IndicatorRow(msgspec.Struct, frozen=True):
    """One row read: its two sides, the roles its columns had, and any doubt."""

    period: Side
    annual: Side
    roles: tuple[tuple[int, str], ...] = ()
    doubt: str = ""


class ClassNames:
    """Recognises class labels of the frame: whole, cut, or with one character misread."""

    def __init__(self, frame: Frame, footer: frozenset[str] = frozenset()) -> None:
        """Prepare the spellings of a frame; `footer` labels may stray into a row and are passed over."""
        self.classes = frame.classes
        self._exact = {folded_label(n): c.name for c in frame.classes for n in (c.name, *c.names)}
        self._level1 = {folded_label(n) for n in frame.level1}
        self._extra = {folded_label(g) for g in frame.group} | set(footer)
        single = {one: [c.name for c in frame.classes if c.level1 == one] for one in frame.level1}
        self._only_child = {folded_label(one): names[0] for one, names in single.items() if len(names) == 1}
        self._found: dict[str, tuple[str, int]] = {}

    def match(self, folded: str) -> tuple[str, int]:
        """Give the class a text names and how surely: 10 whole, 7 cut, 5 by its only parent, 0 not at all."""
        if folded not in self._found:
            self._found[folded] = self._match(folded)
        return self._found[folded]

    def is_extra(self, folded: str) -> bool:
        """Tell whether a text is a first-level or group label, or a footer label that strayed."""
        return folded in self._level1 or folded in self._extra

    def is_label(self, folded: str) -> bool:
        """Tell whether a text is a whole label of any kind."""
        return self.is_extra(folded) or folded in self._exact

    def _match(self, folded: str) -> tuple[str, int]:
        if folded in self._exact:
            return self._exact[folded], 10
        near = {name for s, name in self._exact.items() if _is_cut(folded, s)}
        if len(near) == 1:
            return near.pop(), 7
        only = self._only_child.get(folded)
        return (only, 5) if only else ("", 0)


def _is_cut(text: str, label: str) -> bool:
    if len(text) >= 4 and 3 * len(text) >= 2 * len(label) and len(text) < len(label):
        return label.startswith(text) or (len(text) >= 5 and label.endswith(text))
    slips = sum(a != b for a, b in zip(text, label, strict=False))
    return len(text) == len(label) >= 5 and slips == 1 and text[-1] == label[-1]


def clean(text: str) -> str:
    """Take the residue of conversion out of a cell: tags, dollar signs and names of signs, white space."""
    text = _TAG.sub("", text)
    if "$" in text or "\\" in text:
        for code, sign in _LATEX.items():
            text = text.replace(code, sign)
        text = text.replace("$", "")
    return tidy(text)


def is_value(text: str) -> bool:
    """Tell whether a text is a number with or without a sign and a unit."""
    return is_measure(text) or (bool(text) and split_value(text).number == text.replace(",", ""))


def read_row(tokens: tuple[Token, ...], names: ClassNames, head: Head, before: IndicatorRow | None) -> IndicatorRow:
    """Lay the cells of a row into class, name and value of the two sides."""
    memory = dict(before.roles) if before else {}
    ranked: list[tuple[int, tuple[str, ...], tuple[Token, ...]]] = []
    for parts, pairs in _variants(tokens[:_MOST_TOKENS]):
        looks = [_looks(p, names) for p in parts]
        ranked += [
            (_weight(parts, roles, looks, head, memory) - len(pairs), roles, parts)
            for roles in _layouts(parts, names, two_sided=head.two_sided)
            if all(_pair_fits(roles[i], roles[i + 1]) for i in pairs)
        ]
    if not ranked:
        return IndicatorRow(Side(), Side(), doubt=_("无法分辨各栏"))
    best = max(ranked, key=lambda r: r[0])
    row = _row(best[2], best[1], names)
    others = [_row(parts, roles, names) for w, roles, parts in ranked if w >= best[0] - _CLOSE]
    doubts = []
    if any((o.period, o.annual) != (row.period, row.annual) for o in others):
        doubts.append(_("栏位有别的排法"))
    if SKIP in best[1] or len(tokens) > _MOST_TOKENS:
        doubts.append(_("有未用上的单元格"))
    return msgspec.structs.replace(row, doubt=_("；").join(doubts))


def _pair_fits(left: str, right: str) -> bool:
    return (left, right) in {("name_p", "value_p"), ("name_a", "value_a")}


def _variants(tokens: tuple[Token, ...]) -> Iterator[tuple[tuple[Token, ...], tuple[int, ...]]]:
    """Yield the cells as they are, and with cells that hold a name and its value split in two."""
    yield tokens, ()
    parts: list[Token] = []
    pairs: list[int] = []
    for token in tokens:
        cut = _split_cell(token, tokens)
        if cut is None:
            parts.append(token)
        else:
            pairs.append(len(parts))
            parts += cut
    if pairs:
        yield tuple(parts), tuple(pairs)


def _split_cell(token: Token, tokens: tuple[Token, ...]) -> tuple[Token, Token] | None:
    """Split a cell into name and value: at a space before a measure, or where the other side's value begins."""
    left, _space, right = token.text.partition(" ")
    while right:
        if is_value(clean(right)) and not is_value(clean(left)) and len(clean(left)) >= 3:
            return _halves(token, left, right)
        more, _space, right = right.partition(" ")
        left = f"{left} {more}"
    whole = clean(token.text)
    if any(clean(t.text).startswith(whole) for t in tokens if t is not token):
        return None  # the other side prints the same: a name that happens to end like a value
    for name in tokens:
        for value in tokens:
            tail, body = clean(value.text), clean(name.text)
            if token in {name, value} or name == value or len(tail) < 2 or len(whole) <= len(tail) + 1:
                continue
            start = whole.removesuffix(tail)
            if start != whole and name.column < value.column and body.startswith(start[:-1] or start):
                return _halves(token, start, tail)
    return None


def _halves(token: Token, left: str, right: str) -> tuple[Token, Token]:
    return (
        Token(token.column, left.strip(), folded_label(left), token.place),
        Token(token.column, right.strip(), folded_label(right), token.place),
    )


def _layouts(parts: tuple[Token, ...], names: ClassNames, *, two_sided: bool) -> Iterator[tuple[str, ...]]:
    roles = _ROLES if two_sided else PERIOD
    fits = [(names.is_extra(p.folded) or names.match(p.folded)[1] > 0, names.match(p.folded)[1] > 0) for p in parts]

    def lay(at: int, last: int, done: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if at == len(parts):
            yield done
            return
        extra, label = fits[at]
        if last < 0 and extra:
            yield from lay(at + 1, -1, (*done, EXTRA))
        for i in range(last + 1, len(roles)):
            if i % 3 or label:
                yield from lay(at + 1, i, (*done, roles[i]))
        again = at > 0 and (parts[at].folded == parts[at - 1].folded or len(parts[at].folded) <= 1)
        if again or len(parts) > len(roles):
            yield from lay(at + 1, last, (*done, SKIP))

    return lay(0, -1, ())


def _weight(
    parts: tuple[Token, ...],
    roles: tuple[str, ...],
    looks: list[dict[str, int]],
    head: Head,
    memory: dict[int, str],
) -> int:
    """Weigh one layout: looks, the row before, missing names and values, columns of the head, likeness of sides."""
    cells = dict(zip(roles, parts, strict=True))
    weight = 0
    shifts = []
    for part, role, look in zip(parts, roles, looks, strict=True):
        weight += look[role] + (memory.get(part.column) == role)
        if role in head.columns:
            shifts.append(part.column - head.columns[role])
    for _class, name, value in (PERIOD, ANNUAL):
        if value in cells and name not in cells:
            weight -= 6
        elif name in cells and value not in cells:
            weight -= 1
    weight -= sum(min(4, 2 * abs(a - b)) for a, b in pairwise(shifts)) + (min(2, abs(shifts[0])) if shifts else 0)
    for left, right, worth in zip(PERIOD, ANNUAL, (3, 6, 4), strict=True):
        if left in cells and right in cells and _alike(cells[left].folded, cells[right].folded):
            weight += worth
    return weight


def _alike(left: str, right: str) -> bool:
    short = min(len(left), len(right))
    return left == right or (short >= 4 and left[: min(short, 6)] == right[: min(short, 6)])


def _looks(token: Token, names: ClassNames) -> dict[str, int]:
    """Weigh how much a text looks like each thing it could be."""
    text = clean(token.text)
    surely = names.match(token.folded)[1]
    measure, whole = is_value(text), names.is_label(token.folded)
    name = -3 if measure else -2 if len(text) <= 2 else (-2 if whole else 4) + (len(text) >= 4)
    value = 6 if measure else (-6 if whole else 0) + (5 if len(text) <= 4 else 3 if len(text) <= 8 else 1)
    extra = 6 if surely > 5 else 10 if names.is_extra(token.folded) else 6
    return {
        EXTRA: extra, SKIP: -1, "class_p": surely, "class_a": surely,
        "name_p": name, "name_a": name, "value_p": value, "value_a": value,
    }  # fmt: skip


def _row(parts: tuple[Token, ...], roles: tuple[str, ...], names: ClassNames) -> IndicatorRow:
    cells = dict(zip(roles, parts, strict=False))

    def side(kind: str, name: str, value: str) -> Side:
        printed = names.match(cells[kind].folded)[0] if kind in cells else ""
        texts = [cells[k].text if k in cells else "" for k in (name, value)]
        return Side(printed, clean(texts[0]), clean(texts[1]), _stacked(*texts))

    marked = tuple((p.column, r) for p, r in zip(parts, roles, strict=True) if r not in {EXTRA, SKIP})
    return IndicatorRow(side(*PERIOD), side(*ANNUAL), marked)


def _stacked(name: str, value: str) -> tuple[tuple[str, str], ...]:
    """Take apart the rows that conversion put into one cell each: as many names as values, all of them whole."""
    names, values = name.split(), value.split()
    if not 1 < len(names) == len(values) or min(map(len, names)) < 4 or min(map(len, values)) < 2:
        return ()
    if is_value(clean(value)) or any(v[0] in "/%" for v in values):
        return ()
    return tuple(zip(map(clean, names), map(clean, values), strict=True))
