"""Which lines of an export are facts and which are totals of others: told by words, by codes, by keys, and proved by sums.

A line is a total for sure if it says so, or if its code has others below it. A line with fewer keys than others that
share them may be one: if it lacks what a fact must have it is one, else its sum decides, then how the other lines of its kind turned out, then which of the two the
totals over it and the approved amounts bear out. What stays open is a question to the user.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from msgspec.structs import replace

from mingzhang.intake.platform.amounts import yuan
from mingzhang.intake.platform.scopes import Scope, Scopes, common_keys
from mingzhang.model.language import gettext as _
from mingzhang.model.units import FEN_PER_UNIT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mingzhang.intake.platform.codes import Codes
    from mingzhang.intake.platform.keyed import Keyed

Role = Literal["detail", "subtotal", "skip"]
Cell = tuple[int, int]
"""A line and which of its amounts."""

_MOST_DOUBTED: Final = 200


class Statement(msgspec.Struct, frozen=True):
    """An amount that something in the export, or the approval, states of lines.

    `scopes` are the sets of amounts it may be the sum of, the likeliest first; `line` is the line that states it, -1 for
    an approved amount, `place` and `label` where and as what it stands; `slack` is what rounding may hide, in fen.
    """

    line: int
    place: str
    label: str
    keys: dict[str, str]
    scopes: tuple[tuple[Cell, ...], ...]
    amount: int
    slack: int = 0
    approved: bool = False


class Outcome(msgspec.Struct, frozen=True):
    """What a statement came to: the scope it holds of, or the likeliest with what is missing there (below 0: too much)."""

    statement: Statement
    scope: tuple[Cell, ...]
    total: int
    count: int

    @property
    def missing(self) -> int:
        """Give what the lines lack of what is stated, in fen."""
        gap = self.statement.amount - self.total
        return 0 if abs(gap) <= self.statement.slack else gap


class Judged(msgspec.Struct, frozen=True):
    """Every line's role, why, and what every total came to; `open` are lines whose role nothing settles."""

    roles: tuple[Role, ...]
    reasons: dict[int, str]
    outcomes: tuple[Outcome, ...]
    open: tuple[int, ...]


class Judge:
    """Decides on the roles of all lines of all sheets."""

    def __init__(
        self,
        lines: Sequence[Keyed],
        codes: Codes,
        told: Mapping[int, Role],
        *,
        tails: bool,
        lacking: Collection[int] = (),
    ) -> None:
        """Sort out what is sure: words for totals, codes above others, what the user said."""
        self.lines = lines
        self.told = told
        self.tails = tails
        self.lacking = set(lacking)
        self.sure = {n for n, k in enumerate(lines) if k.is_total or _is_above(k, codes)} - set(told)
        self.sure |= {n for n, role in told.items() if role == "subtotal"}
        self.roles: list[Role] = [told.get(n, "subtotal" if n in self.sure else "detail") for n in range(len(lines))]
        self.scopes = self._by_sheet()
        self.places = {id(k.row.layout): 0 for k in lines}
        for k in lines:
            self.places[id(k.row.layout)] = max(self.places[id(k.row.layout)], k.row.places)
        self.doubted = self._doubted()
        self.statements = {n: self._stated(n) for n in sorted(self.sure | set(self.doubted))}

    def judge(self, approved: Sequence[Statement] = ()) -> Judged:
        """Settle every line; `approved` are amounts from outside that take part in deciding."""
        self._by_own_sums()
        self._by_outer_sums(approved)
        outcomes = [*self._totals(), *(self._outcome(s) for s in approved)]
        return Judged(tuple(self.roles), self._reasons(), tuple(outcomes), tuple(self._open(outcomes)))

    def _by_sheet(self) -> dict[int, Scopes]:
        sheets: dict[int, list[int]] = defaultdict(list)
        for n, k in enumerate(self.lines):
            sheets[id(k.row.layout)].append(n)
        found = {}
        for key, numbers in sheets.items():
            members = tuple(n for n in numbers if n not in self.sure)
            words = {n: _word(self.lines[n]) for n in numbers if n in self.sure and self.lines[n].is_total}
            found[key] = Scopes(self.lines, members, words)
        return found

    def _scopes_of(self, line: int) -> Scopes:
        return self.scopes[id(self.lines[line].row.layout)]

    def _doubted(self) -> dict[int, list[Scope]]:
        """Find lines that have fewer keys than others that share them, with what they may be totals of."""
        found = {}
        for n, k in enumerate(self.lines):
            if n in self.sure or n in self.told or k.problems:
                continue  # a cell that is not understood is not an empty one
            near = self._scopes_of(n)
            ways = [near.richer(n, k.keys), near.richer(n, k.own), near.richer(n, k.keys, units_below=True)]
            if k.named_so and k.row.total:
                ways += [near.sharing({"project": k.row.total}), *near.around(n)[:-1]]
            if any(ways):
                found[n] = [w for w in dict.fromkeys(ways) if w]
        return found

    def _stated(self, line: int) -> tuple[Statement, ...]:
        """Give what a total states, one statement for each column of amounts."""
        k = self.lines[line]
        if line in self.doubted:
            ways = self.doubted[line]
        else:
            near = self._scopes_of(line)
            ways = [near.sharing(keys, units_below=u) for u in (False, True) for keys in (k.keys, k.own) if keys]
            if k.is_total:
                ways += near.around(line)
        ways = [tuple(n for n in w if n != line) for w in dict.fromkeys(ways) if w]
        keys = k.keys or (common_keys(self.lines, ways[0]) if ways and ways[0] else {})
        said = []
        for column, amount in enumerate(k.row.amounts):
            if k.row.blank[column]:
                continue
            cells = tuple(tuple((n, column) for n in w) for w in ways)
            slack = self._slack(line, len(ways[0])) if self.tails and ways else 0
            said.append(Statement(line, k.row.place, _label(k), keys, cells, amount, slack))
        return tuple(said)

    def _slack(self, line: int, count: int) -> int:
        """Give what half a last digit of each line may add up to, and of the total."""
        layout = self.lines[line].row.layout
        last: int = FEN_PER_UNIT[layout.unit] // 10 ** self.places[id(layout)]
        return last * (count + 1) // 2

    def _sum(self, cells: Iterable[Cell]) -> tuple[int, int]:
        total = count = 0
        for n, column in cells:
            if self.roles[n] == "detail":
                total += self.lines[n].row.amounts[column]
                count += 1
        return total, count

    def _outcome(self, statement: Statement) -> Outcome:
        first: Outcome | None = None
        for cells in statement.scopes:
            outcome = Outcome(statement, cells, *self._sum(cells))
            if outcome.count and not outcome.missing:
                return outcome
            if first is None or (not first.count and outcome.count):
                first = outcome
        return first or Outcome(statement, (), 0, 0)

    def _holds(self, line: int) -> bool:
        said = [s for s in self.statements[line] if s.amount]
        return bool(said) and not any(self._outcome(s).missing for s in self.statements[line])

    def _by_own_sums(self) -> None:
        """Take a doubted line for a total if it equals its lines, or if most lines of its shape do; finest first."""
        levels: dict[int, list[int]] = defaultdict(list)
        for n in self.doubted:
            levels[len(self.lines[n].keys)].append(n)
        self.alike: dict[int, frozenset[str]] = {}
        self.weak: set[int] = set()
        for level in sorted(levels, reverse=True):
            proved = {n for n in levels[level] if self._holds(n)}
            proved |= {n for n in levels[level] if n in self.lacking}
            for n in proved:
                self.roles[n] = "subtotal"
            self._by_shape(level, proved)

    def _by_shape(self, level: int, proved: set[int]) -> None:
        """Where most lines of one shape are totals, the others are too, and what they cover is incomplete."""
        shapes: dict[tuple[int, frozenset[str]], list[int]] = defaultdict(list)
        for n, k in enumerate(self.lines):
            if len(k.keys) == level and n not in self.sure and n not in self.told:
                shapes[id(k.row.layout), frozenset(k.keys)].append(n)
        for (_layout, shape), members in shapes.items():
            totals = [n for n in members if n in proved]
            if len(totals) == 1 and all(self._outcome(s).count == 1 for s in self.statements[totals[0]]):
                self.weak.update(totals)
            most = len(totals) > 1 and 2 * len(totals) >= len(members)
            for n in members:
                if n not in proved and (most or (totals and n in self.lacking)):
                    self.roles[n] = "subtotal"
                    self.alike[n] = shape
                    self.statements.setdefault(n, self._stated_alone(n))

    def _stated_alone(self, line: int) -> tuple[Statement, ...]:
        """Give what a total without any line states: all of it is missing."""
        k = self.lines[line]
        return tuple(
            Statement(line, k.row.place, _label(k), k.keys, ((),), amount)
            for amount, blank in zip(k.row.amounts, k.row.blank, strict=True)
            if not blank
        )

    def _by_outer_sums(self, approved: Sequence[Statement]) -> None:
        """Take a doubted line for the other thing where that makes more totals hold, to the fen."""
        doubted = [n for n in self.doubted if n not in self.alike and n not in self.lacking][:_MOST_DOUBTED]
        if not doubted:
            return
        broken = self._broken(approved)
        changed = True
        while broken and changed:
            changed = False
            for n in doubted:
                was = self.roles[n]
                self.roles[n] = "detail" if was == "subtotal" else "subtotal"
                now = self._broken(approved)
                if now < broken:
                    broken, changed = now, True
                else:
                    self.roles[n] = was

    def _broken(self, approved: Sequence[Statement]) -> int:
        said = (s for n, ss in self.statements.items() if self.roles[n] == "subtotal" for s in ss)
        return sum(bool(self._outcome(s).missing) for s in (*said, *approved))

    def _totals(self) -> Iterator[Outcome]:
        for n, said in self.statements.items():
            if self.roles[n] == "subtotal":
                yield from (self._outcome(s) for s in said)

    def _open(self, outcomes: Sequence[Outcome]) -> Iterator[int]:
        """Give the doubted lines whose role nothing over them bears out: facts, and totals that equal one line only."""
        borne_out = {n for o in outcomes if not o.missing and not o.statement.slack for n, _column in o.scope}
        for n in self.doubted:
            if n not in borne_out and (self.roles[n] == "detail" or n in self.weak):
                yield n

    def _reasons(self) -> dict[int, str]:
        found = {}
        for n, role in enumerate(self.roles):
            if role == "skip":
                found[n] = _("按 --line 的要求不取")
            elif role == "subtotal" and n in self.statements:
                outcomes = [self._outcome(s) for s in self.statements[n]]
                found[n] = _("；").join(dict.fromkeys(map(proof, outcomes))) or _("合计行，没有金额")
        return found


def proof(outcome: Outcome) -> str:
    """Say what a total equals, or by how much it does not."""
    said = _("{label} {stated} 元").format(label=outcome.statement.label, stated=yuan(outcome.statement.amount))
    if not outcome.count:
        return said + _("，没有一行明细")
    lines = _("所含 {n} 行明细合计 {total} 元").format(n=outcome.count, total=yuan(outcome.total))
    if not outcome.missing:
        equal = outcome.total == outcome.statement.amount
        return said + (_("，等于") if equal else _("，尾差之内等于")) + lines
    gap = _("少 {gap} 元") if outcome.missing > 0 else _("多 {gap} 元")
    return said + _("，") + lines + _("，") + gap.format(gap=yuan(abs(outcome.missing)))


def told_of(statement: Statement, **changes: object) -> Statement:
    """Give a statement with some of its fields changed."""
    return replace(statement, **changes)


def _is_above(k: Keyed, codes: Codes) -> bool:
    return any(f in k.keys and codes.is_above_others(f, k.keys[f]) for f in ("function", "economic", "gov_economic"))


def _word(k: Keyed) -> str:
    """Give the word of a total, as it stands at the end of one of the line's cells."""
    cells = k.row.layout.sheet.rows[k.row.number]
    texts = [str(c).replace(" ", "").replace("\u3000", "") for c in cells if isinstance(c, str)]
    return next((w for t in texts for w in ("总计", "合计", "小计", "共计") if w in t), "")


def _label(k: Keyed) -> str:
    word = _word(k) if k.is_total else ""
    return word or _("上级行")
