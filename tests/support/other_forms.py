"""Budgets that close and tables printed from them, in forms nobody wrote a pack for: what is printed, and the truth.

A `Budget` is lines of money; every printed figure is the sum of the lines that pass its row's and column's test, so that
all that is printed agrees. Amounts are integers of the last digit that the style prints.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from mingzhang.forms.classifications import edition
from mingzhang.model.keys import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from random import Random

STANDARDS = "2024"
FISCAL = ("general", "gov_fund", "state_capital")


@dataclass(frozen=True)
class Money:
    """One line of money: what for, from which source, carried over or new, for what kind of spending."""

    code: str
    source: str
    kind: str
    amount: int
    carried: bool = False
    economic: str = ""
    project: str = ""

    @property
    def fiscal(self) -> bool:
        return self.source in FISCAL


Test = "Callable[[Money], bool]"


@dataclass(frozen=True)
class Style:
    """How a place prints money and nothing."""

    unit: str = "万元"
    places: int = 2
    thousands: bool = False
    nothing: str = ""

    def money(self, amount: int) -> str:
        if not amount:
            return f"{0:.{self.places}f}" if self.nothing == "0.00" else self.nothing
        whole, rest = divmod(abs(amount), 10**self.places)
        text = f"{whole:,}" if self.thousands else str(whole)
        text += f".{rest:0{self.places}d}" if self.places else ""
        return f"-{text}" if amount < 0 else text


@dataclass(frozen=True)
class Budget:
    """A unit's budget of one year."""

    unit_name: str
    year: int
    lines: tuple[Money, ...]
    public: dict[str, int]
    public_last: dict[str, int]
    style: Style
    last: dict[str, int] = field(default_factory=dict)

    def sum(self, *tests: Callable[[Money], bool]) -> int:
        return sum(m.amount for m in self.lines if all(t(m) for t in tests))

    def money(self, *tests: Callable[[Money], bool]) -> str:
        return self.style.money(self.sum(*tests))


@dataclass(frozen=True)
class Fact:
    """One printed figure: the truth about it. `key` and `column` are the contract's, "" where it says nothing."""

    name: str
    head: str
    value: str
    key: str = ""
    column: str = ""


@dataclass(frozen=True)
class Head:
    """One text of a head with its spans."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Printed:
    """One table as it will be printed; `roles` tell the columns of figures from those of words."""

    id: str
    title: str
    number: str
    head: tuple[tuple[Head, ...], ...]
    body: tuple[tuple[str, ...], ...]
    roles: str
    facts: tuple[Fact, ...]
    unit: str = ""
    name: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """A column of words: its head and what a row prints in it."""

    head: str
    of: Callable[[Row], str]
    named: bool = False


@dataclass(frozen=True)
class Amounts:
    """A column of figures: its head from the top, divided by `/`, its key, and the money in it."""

    head: str
    key: str
    test: Callable[[Money], bool] = lambda _m: True
    fixed: str = ""


@dataclass(frozen=True)
class Row:
    """A row: key, code, name, and its money; or amounts already known, by column key."""

    key: str
    code: str
    name: str
    test: Callable[[Money], bool] | None = None
    known: dict[str, int] | None = None
    level: int = 0
    text: str = ""


def grid_head(paths: Sequence[str]) -> tuple[tuple[Head, ...], ...]:
    """Build a head of merged cells from the words above each column."""
    split = [p.split("/") for p in paths]
    depth = max(map(len, split))
    rows: list[list[Head]] = [[] for _ in range(depth)]
    for level in range(depth):
        at = 0
        while at < len(split):
            path = split[at]
            if level >= len(path):
                at += 1
                continue
            last = level == len(path) - 1
            end = at + 1
            while not last and end < len(split) and split[end][: level + 1] == path[: level + 1]:
                end += 1
            rows[level].append(Head(path[level], end - at, depth - level if last else 1))
            at = end
    return tuple(map(tuple, rows))


def listing(
    budget: Budget,
    identity: tuple[str, str, str],
    columns: Sequence[Words | Amounts],
    rows: Iterable[Row],
    *,
    notes: Sequence[str] = (),
    style: Style | None = None,
) -> Printed:
    """Print a list of rows: words to the left, figures to the right."""
    form = style or budget.style
    body, facts = [], []
    for row in rows:
        cells = []
        name = next((tidy(c.of(row)) for c in columns if isinstance(c, Words) and c.named), tidy(row.name))
        for column in columns:
            if isinstance(column, Words):
                cells.append(column.of(row))
                continue
            if row.known is not None:
                amount = row.known.get(column.key)
                text = "" if amount is None else form.money(amount)
            else:
                text = form.money(budget.sum(column.test, *([row.test] if row.test else [])))
            cells.append(text)
            if text not in {"", "-", "——"}:
                leaf = tidy(column.head.split("/")[-1])
                facts.append(Fact(name, leaf, text.replace(",", ""), row.key, column.key))
        body.append(tuple(cells))
    roles = "".join("w" if isinstance(c, Words) else "f" for c in columns)
    head = grid_head([c.head for c in columns])
    return Printed(
        identity[0], identity[2], identity[1], head, tuple(body), roles, tuple(facts), form.unit, budget.unit_name,
        tuple(notes),
    )  # fmt: skip


def two_sided(  # noqa: PLR0917 - as they are printed, from left to right
    budget: Budget,
    identity: tuple[str, str, str],
    heads: Sequence[str],
    left: Sequence[tuple[str, str, int | None]],
    right: Sequence[tuple[str, str, Sequence[int | None]]],
    right_keys: Sequence[str],
    *,
    tail: tuple[int, int] = (0, 0),
) -> Printed:
    """Print income at the left and spending at the right; the last `tail` rows of each side stand at the bottom."""
    money = budget.style.money
    depth = max(len(left) - tail[0], len(right) - tail[1])
    top_left = [*left[: len(left) - tail[0]], *[("", "", None)] * (depth - len(left) + tail[0])]
    top_right = [*right[: len(right) - tail[1]], *[("", "", ())] * (depth - len(right) + tail[1])]
    low = max(tail)
    end_left = [*[("", "", None)] * (low - tail[0]), *(left[len(left) - tail[0] :] if tail[0] else ())]
    end_right = [*[("", "", ())] * (low - tail[1]), *(right[len(right) - tail[1] :] if tail[1] else ())]
    leaves = [tidy(h.split("/")[-1]) for h in heads]
    body, facts = [], []
    for (key, name, amount), (rkey, rname, amounts) in zip(
        [*top_left, *end_left], [*top_right, *end_right], strict=True
    ):
        text = "" if amount is None else money(amount)
        texts = ["" if a is None else money(a) for a in amounts] + [""] * (len(right_keys) - len(amounts))
        body.append((name, text, rname, *texts))
        if text not in {"", "-", "——"}:
            facts.append(Fact(tidy(name), leaves[1], text.replace(",", ""), key, "amount"))
        for n, (column, value) in enumerate(zip(right_keys, texts, strict=True)):
            if value not in {"", "-", "——"}:
                facts.append(Fact(tidy(rname), leaves[3 + n], value.replace(",", ""), rkey, column))
    roles = "wfw" + "f" * len(right_keys)
    return Printed(
        identity[0], identity[2], identity[1], grid_head(heads), tuple(body), roles, tuple(facts),
        budget.style.unit, budget.unit_name,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ rows


@cache
def name_of(code: str) -> str:
    """Give the name of a functional code."""
    found = edition(STANDARDS).function(code)
    return found.name if found is not None else code


@cache
def economic_name(code: str) -> str:
    """Give the name of an economic code."""
    found = edition(STANDARDS).economic(code)
    return found.name if found is not None else code


def function_rows(
    budget: Budget,
    *tests: Callable[[Money], bool],
    levels: Sequence[int] = (3, 5, 7),
    total: str = "first",
    word: str = "合计",
) -> list[Row]:
    """List the functional codes on which there is money, with 类, 款 and 项; the total first, last or nowhere."""
    chosen = [m for m in budget.lines if all(t(m) for t in tests)]
    codes = sorted({m.code[:n] for m in chosen for n in levels})
    keep = all_of(*tests)
    rows = [Row(c, c, name_of(c), all_of(keep, starts(c)), level=levels.index(len(c))) for c in codes]
    whole = Row("total", "", word, keep)
    return [whole, *rows] if total == "first" else [*rows, whole] if total == "last" else rows


def economic_rows(budget: Budget, *tests: Callable[[Money], bool], total: str = "first") -> list[Row]:
    """List the economic codes of basic spending, 类 and 款."""
    keep = all_of(*tests, lambda m: bool(m.economic))
    chosen = [m for m in budget.lines if keep(m)]
    codes = sorted({m.economic[:n] for m in chosen for n in (3, 5)})
    rows = [
        Row(c, c, economic_name(c), all_of(keep, lambda m, c=c: m.economic.startswith(c)), level=len(c) // 2 - 1)
        for c in codes
    ]
    whole = Row("total", "", "合计", keep)
    return [whole, *rows] if total == "first" else [*rows, whole]


def all_of(*tests: Callable[[Money], bool]) -> Callable[[Money], bool]:
    return lambda m: all(t(m) for t in tests)


def starts(code: str) -> Callable[[Money], bool]:
    return lambda m: m.code.startswith(code)


def source(*names: str) -> Callable[[Money], bool]:
    return lambda m: m.source in names


def kind(*names: str) -> Callable[[Money], bool]:
    return lambda m: m.kind in names


def basic(m: Money) -> bool:
    return m.kind in {"personnel", "operating"}


def project(m: Money) -> bool:
    return m.kind == "project"


def fiscal(m: Money) -> bool:
    return m.fiscal


def new(m: Money) -> bool:
    return not m.carried


def carried(m: Money) -> bool:
    return m.carried


# ------------------------------------------------------------------------------------------------ budgets

_PERSONNEL = ("30101", "30102", "30103", "30107", "30108", "30110", "30112", "30113")
_RETIRED = ("30301", "30302", "30305")
_OPERATING = ("30201", "30202", "30205", "30206", "30207", "30211", "30213", "30228", "30229", "30239", "30299")
_PLACES = ("临江县", "青岚市", "云栖区", "东陵县", "白石市", "西湾区")
_BODIES = ("示例局", "样例服务中心", "示范管理处", "例示研究所")
_WORKS = ("档案数字化", "信息系统运行维护", "办公楼修缮", "人才培训", "设备购置", "宣传活动", "课题研究", "专项检查")


def random_budget(random: Random, style: Style, *, year: int, simple: bool = False) -> Budget:  # noqa: C901 - one list
    """Make a random budget whose figures agree."""
    items = [e for e in functional_items() if e.startswith(("201", "205", "206", "207", "213", "214", "224"))]
    unit = 10**style.places
    most = 9000 if style.unit == "万元" else 9_000_000

    def amount(share: float = 1.0) -> int:
        return random.randrange(unit // 2, int(most * unit * share))

    codes = sorted(random.sample(items, random.randint(2, 4)))
    extra = ["2080505", "2080506", "2101101", "2210201"]
    lines: list[Money] = []
    for code in codes[: random.randint(1, 2)] + extra[: random.randint(1, 4)]:
        economics = random.sample(_PERSONNEL, 3) + random.sample(_RETIRED, 1)
        used = economics if code in codes else economics[:1]
        lines += [Money(code, "general", "personnel", amount(0.3), economic=e) for e in used]
        if code in codes:
            costs = random.sample(_OPERATING, random.randint(3, 6))
            lines += [Money(code, "general", "operating", amount(0.05), economic=e) for e in costs]
    works = random.sample(_WORKS, random.randint(3, 6))
    for i, work in enumerate(works):
        code = random.choice(codes)
        lines.append(Money(code, "general", "project", amount(), project=work, carried=not simple and i == 0))
    if random.random() < 0.6:
        lines.append(Money("2120801", "gov_fund", "project", amount(), project="征地补偿"))
        lines.append(Money("2120803", "gov_fund", "project", amount(), project="城市配套设施"))
    if random.random() < 0.3:
        lines.append(Money("2230105", "state_capital", "project", amount(0.2), project="国有企业改革补助"))
    if not simple and random.random() < 0.6:
        lines.append(Money(codes[0], "business", "project", amount(0.2), project="业务开展"))
    if not simple and random.random() < 0.4:
        lines.append(Money(codes[0], "other", "project", amount(0.1), project="横向课题"))
    if not simple and random.random() < 0.3:
        lines.append(Money(codes[-1], "special_account", "project", amount(0.1), project="收费成本"))

    def public() -> dict[str, int]:
        out = {
            "abroad": random.choice((0, amount(0.01))), "reception": amount(0.01),
            "vehicle_purchase": random.choice((0, amount(0.01))), "vehicle_operation": amount(0.01),
        }  # fmt: skip
        out["vehicles"] = out["vehicle_purchase"] + out["vehicle_operation"]
        out["total"] = out["abroad"] + out["reception"] + out["vehicles"]
        return out

    last = {m.code: amount(0.5) for m in lines if m.source == "general"}
    name = random.choice(_PLACES) + random.choice(_BODIES)
    return Budget(name, year, tuple(lines), public(), public(), style, last)


@cache
def functional_items() -> tuple[str, ...]:
    """List all 项 of the general budget that are named."""
    path = edition(STANDARDS).files["functional"]
    rows = [r.split(",") for r in path.read_text(encoding="utf-8").splitlines()[1:]]
    return tuple(r[0] for r in rows if len(r[0]) == 7 and r[4] == "general")


def in_unit(printed: Printed, unit: str) -> Printed:
    """Say another unit above a table."""
    return replace(printed, unit=unit)
