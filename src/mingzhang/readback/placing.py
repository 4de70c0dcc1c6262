"""In which columns the cells of one printed row may stand, and what each possibility would cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.figure import read_figure
from mingzhang.model.keys import folded
from mingzhang.readback.likeness import unnumbered
from mingzhang.sums.filters import parse_filter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingzhang.readback.columns import Layout, Target
    from mingzhang.readback.expected import Expected

CODE: Final = re.compile(r"\d{2,9}(?:\|\d{2})*")
CODE_AND_NAME: Final = re.compile(r"\[?(?P<code>\d{3}(?:\d{2}){0,3})\]?[-—\s]*(?P<name>[^\d\s.,，-].*)")
_MONEY: Final = re.compile(r"[.,，．]\d")

_WRONG_KIND: Final = 3.0
_WRONG_SIDE: Final = 3.0
_BROKEN_SUM: Final = 2.0
_ODD: Final = 0.4
_SHIFT: Final = 1.0
_TRAILING: Final = 0.2
_UNEXPECTED: Final = 1.2
_MOST: Final = 400
_NOT_PARTS: Final = frozenset(
    {"carry", "last_budget", "last_adjusted", "last_executed", "change", "change_rate", "amount", "total"}
)


class Placing(msgspec.Struct, frozen=True):
    """One way to read a row: for each cell the column it stands in (-1 for a blank cell that stands in none).

    `misfit` weighs texts in columns of another kind, `broken` counts sums across the row that fail, `held` those
    of an amount other than zero that hold, `shift` weighs how far cells stand from where the head has them.
    """

    at: tuple[int, ...]
    misfit: float
    broken: int
    held: int
    shift: float

    @property
    def evidence(self) -> tuple[float, int]:
        """Give what speaks against it apart from the shift."""
        return self.misfit, self.broken

    @property
    def cost(self) -> float:
        """Give all that speaks against it."""
        return self.misfit + _BROKEN_SUM * self.broken - _ODD * bool(self.held) + self.shift


class Placer:
    """Finds the ways in which rows of one table can be read."""

    def __init__(
        self, layout: Layout, unit: str, sides: Mapping[str, frozenset[str]], expected: Expected | None = None
    ) -> None:
        """Keep the columns; `sides` holds the labels known for each side of a table of two, `expected` likely columns."""
        self.layout = layout
        self.unit = unit
        self._expected = expected
        self._sides = sides
        self._sums = parts_of(layout.targets) if layout.sums is None else layout.sums
        self._base = _base(layout)
        self.width = len(layout.positions)

    def as_printed(self, texts: Sequence[str]) -> Placing | None:
        """Read a row as wide as the head just as the head stands; None for another width."""
        if len(texts) != self.width:
            return None
        at = tuple(self.layout.positions[i] if t else -1 for i, t in enumerate(texts))
        return self.weighed(texts, at, 0.0)

    def ways(self, texts: Sequence[str]) -> list[Placing]:
        """List the ways to read a row, the likeliest first: every placing of its texts that keeps their order."""
        shown = [i for i, t in enumerate(texts) if t]
        found: dict[tuple[int, ...], Placing] = {}
        printed = self.as_printed(texts)
        if printed is not None:
            found[printed.at] = printed
        for chosen in self._choices([texts[i] for i in shown]):
            at = [-1] * len(texts)
            for i, target in zip(shown, chosen, strict=True):
                at[i] = target
            key = tuple(at)
            if key not in found:
                found[key] = self.weighed(texts, key, self._shift(shown, chosen, len(texts)))
        return sorted(found.values(), key=lambda p: (p.cost, p.shift, p.at))

    def values(self, texts: Sequence[str], placing: Placing) -> dict[int, int]:
        """Give the numbers of a row under a placing, in atoms, by column."""
        out: dict[int, int] = {}
        for text, target in zip(texts, placing.at, strict=True):
            if target >= 0 and self.layout.targets[target].column.kind == "figure":
                figure = read_figure(text, self.unit)
                if figure is not None and figure.is_number:
                    out[target] = figure.atoms
        return out

    def _choices(self, texts: Sequence[str]) -> Iterator[tuple[int, ...]]:
        """Go through the placings of texts in columns from left to right; a code may take two or three cells."""
        targets = self.layout.targets
        fits = [[self._misfit(t, x) < _WRONG_KIND for x in targets] for t in texts]
        count = 0

        def place(i: int, after: int, done: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
            nonlocal count
            if count >= _MOST:
                return
            if i == len(texts):
                count += 1
                yield done
                return
            again = after >= 0 and targets[after].column.kind == "code" and CODE.fullmatch(texts[i]) is not None
            for target in range(after if again else after + 1, len(targets) - (len(texts) - i) + 1 + again):
                if target < len(targets) and (fits[i][target] or not any(fits[i])):
                    yield from place(i + 1, target, (*done, target))

        yield from place(0, -1, ())

    def _shift(self, shown: Sequence[int], chosen: Sequence[int], width: int) -> float:
        """Weigh a placing by how often the distance to the head's positions changes along the row."""
        cost, offset, run = 0.0, 0, 0
        for k, (i, target) in enumerate(zip(shown, chosen, strict=True)):
            run = run + 1 if k and chosen[k - 1] == target else 0
            home = self._base[target] + run
            cost += _SHIFT * abs(i - home - offset)
            offset = i - home
        return cost + _TRAILING * abs(width - self.width - offset)

    def weighed(self, texts: Sequence[str], at: tuple[int, ...], shift: float) -> Placing:
        """Weigh one placing of a row's cells."""
        targets = self.layout.targets
        misfit = sum(
            self._misfit(t, targets[x]) if x >= 0 else _WRONG_KIND for t, x in zip(texts, at, strict=True) if t
        )
        misfit += self._unnamed(texts, at)
        values = {}
        for text, x in zip(texts, at, strict=True):
            if x >= 0 and targets[x].column.kind == "figure":
                figure = read_figure(text, self.unit)
                if figure is not None and figure.is_number:
                    values[x] = (figure.atoms, figure.step)
        broken = held = 0
        for total, parts in self._sums:
            state = _sum_state(values, total, parts)
            broken += state is False
            held += state is True
        if self._expected is not None:
            shift += _UNEXPECTED * self._expected.against(texts, at)
        return Placing(at, misfit, broken, held, shift)

    def _unnamed(self, texts: Sequence[str], at: tuple[int, ...]) -> float:
        """Weigh a side with figures but neither label nor code."""
        odd = 0.0
        for side in {t.column.side for t in self.layout.targets}:
            mine = [
                self.layout.targets[x].column.kind
                for t, x in zip(texts, at, strict=True)
                if t and x >= 0 and self.layout.targets[x].column.side == side
            ]
            named = any(k in {"label", "code"} for k in mine)
            odd += _ODD * (bool(mine) and not named)
        return odd

    def _misfit(self, text: str, target: Target) -> float:
        """Weigh one text in one column: 0 where it is of the column's kind."""
        kind = target.column.kind
        figure = read_figure(text, self.unit)
        if kind == "figure":
            return 0.0 if figure is not None else _WRONG_KIND
        if kind == "code":
            return self._code_misfit(text)
        number = figure is not None and figure.is_number
        if kind == "text" and folded(text).isdigit():
            return 0.0  # a number of order, a unit's code
        if figure is not None and (not number or _MONEY.search(text)):
            return _WRONG_KIND + 1
        return self._label_misfit(text, target) if kind == "label" else _WRONG_KIND * number

    def _label_misfit(self, text: str, target: Target) -> float:
        plain = folded(text)
        if CODE.fullmatch(plain) or plain.isdigit():
            return _WRONG_KIND - 1
        if self._coded(target.column.side) and CODE_AND_NAME.fullmatch(plain):
            return 2 * _ODD
        mine = self._sides.get(target.column.side, frozenset())
        others = [names for side, names in self._sides.items() if side != target.column.side]
        name = unnumbered(text)
        return _WRONG_SIDE if name not in mine and any(name in names for names in others) else 0.0

    def _coded(self, side: str) -> bool:
        return any(t.column.kind == "code" and t.column.side == side for t in self.layout.targets)

    def _code_misfit(self, text: str) -> float:
        plain = folded(text)
        if CODE.fullmatch(plain):
            return 0.0
        if plain in lexicon().rows["total"]["total"]:
            return 0.0
        return _ODD if CODE_AND_NAME.fullmatch(plain) else _WRONG_KIND


def parts_of(targets: Sequence[Target]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Find which columns add up to which: a side's total, and the figures whose filters do not contradict it."""
    out = []
    for i, total in enumerate(targets):
        if total.column.key != "total" or total.column.kind != "figure":
            continue
        parts = tuple(
            j
            for j, part in enumerate(targets)
            if part.column.kind == "figure"
            and part.column.side == total.column.side
            and (part.column.key not in _NOT_PARTS or (part.column.key == "carry" and bool(part.filter)))
            and not _contradict(total.filter, part.filter)
        )
        if len(parts) > 1:
            out.append((i, parts))
    return tuple(out)


def _contradict(one: str, other: str) -> bool:
    """Tell whether two filters ask the same value to be different things."""
    return any(
        a.field == b.field and a.sign == b.sign == "=" and not set(a.values) & set(b.values)
        for a in parse_filter(one).conditions
        for b in parse_filter(other).conditions
    )


def _sum_state(values: Mapping[int, tuple[int, int]], total: int, parts: Sequence[int]) -> bool | None:
    """Tell whether a sum across a row holds (True) or fails (False); None where all of it is blank or zero."""
    present = [values[p] for p in parts if p in values]
    whole = values.get(total, (0, 0))
    if not whole[0] and not any(v for v, _ in present):
        return None
    step = max(s for _, s in (*present, whole))
    return abs(whole[0] - sum(v for v, _ in present)) <= step * (len(present) + 1) // 2


def _base(layout: Layout) -> tuple[int, ...]:
    """Give each column its first position in the head; one that the head lost stands where it would have."""
    home: dict[int, int] = {}
    for p, target in enumerate(layout.positions):
        if target >= 0:
            home.setdefault(target, p)
    out: list[int] = []
    for i in range(len(layout.targets)):
        out.append(home.get(i, out[-1] + 1 if out else 0))
    return tuple(out)
