"""Terms over figures: the language in which rules say what must be equal, parsed once.

    summary[in:total].amount = summary[out:total].total
    $table[$row].total = $table[$row].basic + $table[$row].project
    $table[$row].$column = sum($table[parent=$row].$column)
    sum(projects[project:*].general) = general_spending[total].project
    operating_cost[total].general <= basic_economic[total].operating
    text.income_general_share = text.income_general / text.income_total

A cell is `table[row].column`; what is no table is `source.name`. In `[…]` stands a row's key, `*` in it for anything,
or `parent=`, `code=`, `level=` and what a row's parent, code or level is; `sum(…)` adds all such rows. A word with `$`
stands for every key that occurs there; its name says which keys it may stand for (`VARIABLES`). `/` on the right makes
a share: the left is that many per cent. `0` is nothing.
"""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Final, Literal, cast

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

Relation = Literal["=", "<=", ">="]

VARIABLES: Final = {
    "table": r"[a-z_]+",
    "row": r".+",
    "column": r"[a-z_]+",
    "code": r"\d+",
    "class": r"\d{3}",
    "fund": r"general|gov_fund|state_capital|special_account|unit_funds",
}
"""The variables there are, and what each may stand for."""

LISTED: Final = {n: tuple(p.split("|")) for n, p in VARIABLES.items() if re.fullmatch(r"[a-z_]+(?:\|[a-z_]+)+", p)}
"""The variables that stand for a few names, with those."""

SELECTORS: Final = ("parent", "code", "level")

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<call>sum)\s*\(|(?P<cell>\$?[a-z_]+(?:\[[^\[\]]*\])?(?:\.[a-z_$][\w$]*)+)"
    r"|(?P<zero>0)(?!\d)|(?P<relation><=|>=|=)|(?P<sign>[-+/)]))"
)
_CELL: Final = re.compile(r"(?P<source>\$?[a-z_]+)(?:\[(?P<row>[^\[\]]*)\])?\.(?P<rest>.+)")
_SELECTOR: Final = re.compile(rf"({'|'.join(SELECTORS)})=(.+)")
VARIABLE: Final = re.compile(r"\$([a-z]+)")
"""A variable in a text."""


class TermError(ValueError):
    """A statement is not in the language; says where."""

    def __init__(self, reason: str, text: str, position: int) -> None:
        """Keep the text and the 1-based position of what does not fit."""
        super().__init__(f"{reason} at character {position + 1} of {text!r}")
        self.text = text
        self.position = position + 1


class Cell(msgspec.Struct, frozen=True, cache_hash=True):
    """A pattern of cells; `by` is "" where the row is named by its key, `every` where all that fit are added."""

    source: str
    row: str = ""
    column: str = ""
    by: str = ""
    every: bool = False

    @property
    def variables(self) -> tuple[str, ...]:
        """List the names of the variables in it."""
        return tuple(dict.fromkeys(VARIABLE.findall(f"{self.source} {self.row} {self.column}")))


class Part(msgspec.Struct, frozen=True, cache_hash=True):
    """A cell that is added (1) or taken away (-1)."""

    sign: int
    cell: Cell


class Statement(msgspec.Struct, frozen=True, dict=True, cache_hash=True):
    """Two sides and what must hold between them; `over` makes the right side a share of something."""

    left: tuple[Part, ...]
    relation: Relation
    right: tuple[Part, ...]
    over: tuple[Part, ...] = ()
    text: str = ""

    @property
    def cells(self) -> Iterator[Cell]:
        """Go through all cells."""
        return (p.cell for p in (*self.left, *self.right, *self.over))

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """List the names of the variables, in order."""
        return tuple(dict.fromkeys(v for c in self.cells for v in c.variables))


@cache
def parse_statement(text: str) -> Statement:
    """Parse a statement.

    Raises:
        TermError: it is not one.
    """
    tokens = _Tokens(text)
    left = _side(tokens)
    relation = cast("Relation", tokens.take("relation"))
    right = _side(tokens)
    over: tuple[Part, ...] = ()
    if tokens.next == ("sign", "/"):
        tokens.take("sign")
        over = _side(tokens)
        if relation != "=" or len(left) != 1:
            raise TermError("a share is one figure equal to one side over another", text, 0)
    tokens.must_end()
    return Statement(left, relation, right, over, text)


@lru_cache(1024)
def pattern_of(text: str) -> re.Pattern[str]:
    """Make the pattern of the keys that a row or column text may stand for; each variable is a named group."""
    out, at = "", 0
    for found in re.finditer(r"\$([a-z]+)|\*", text):
        out += re.escape(text[at : found.start()])
        out += f"(?P<{found[1]}>{VARIABLES[found[1]]})" if found[1] else ".*"
        at = found.end()
    return re.compile(out + re.escape(text[at:]))


class _Tokens:
    """The words of a statement with their positions."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words: list[tuple[str, str, int]] = []
        at = 0
        while at < len(text.rstrip()):
            found = _TOKEN.match(text, at)
            if found is None or found.lastgroup is None:
                raise TermError("not a term", text, at + len(text[at:]) - len(text[at:].lstrip()))
            self._words.append((found.lastgroup, found[found.lastgroup], found.start(found.lastgroup)))
            at = found.end()

    @property
    def next(self) -> tuple[str, str] | None:
        return self._words[0][:2] if self._words else None

    @property
    def position(self) -> int:
        return self._words[0][2] if self._words else len(self.text)

    def take(self, *kinds: str) -> str:
        if not self._words or self._words[0][0] not in kinds:
            raise TermError(f"expected {' or '.join(kinds)}", self.text, self.position)
        return self._words.pop(0)[1]

    def must_end(self) -> None:
        if self._words:
            raise TermError("nothing may follow", self.text, self.position)


def _side(tokens: _Tokens) -> tuple[Part, ...]:
    if tokens.next == ("zero", "0"):
        tokens.take("zero")
        return ()
    parts = [Part(1, _term(tokens))]
    while tokens.next in {("sign", "+"), ("sign", "-")}:
        sign = 1 if tokens.take("sign") == "+" else -1
        parts.append(Part(sign, _term(tokens)))
    return tuple(parts)


def _term(tokens: _Tokens) -> Cell:
    at, kind = tokens.position, tokens.next and tokens.next[0]
    text = tokens.take("call", "cell")
    if kind == "call":
        inner = _term(tokens)
        if tokens.next != ("sign", ")"):
            raise TermError("expected )", tokens.text, tokens.position)
        tokens.take("sign")
        return msgspec.structs.replace(inner, every=True)
    return _cell(text, tokens.text, at)


def _cell(text: str, whole: str, at: int) -> Cell:
    found = _CELL.fullmatch(text)
    if found is None:
        raise TermError("not a cell", whole, at)
    for name in VARIABLE.findall(text):
        if name not in VARIABLES:
            raise TermError(f"no variable is called ${name}", whole, at)
    if found["row"] is None:
        return Cell(found["source"], found["rest"])
    if "." in found["rest"]:
        raise TermError("a cell has one column", whole, at)
    selector = _SELECTOR.fullmatch(found["row"])
    if selector is not None:
        return Cell(found["source"], selector[2], found["rest"], selector[1])
    return Cell(found["source"], found["row"], found["rest"])
