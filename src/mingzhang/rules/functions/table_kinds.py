"""Tables of another kind than their title says: listed by codes where income should stand beside spending, or the reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.model.keys import code_level
from mingzhang.rules.coded_rows import LISTS
from mingzhang.rules.functions.labels import table_spot
from mingzhang.rules.results import Result, Told, passed, undecided, violated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Table
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_SIDES: Final = ("in:", "out:")
_TWO_SIDED: Final = frozenset({"summary", "appropriation"})
_SPENT: Final = frozenset({"basic", "project"})
_FEWEST: Final = 3


def other_kind(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find tables under the title of a kind of table that they are not."""
    tables = [t for t in figures.disclosure.tables if t.id in _TWO_SIDED or t.id in LISTS]
    if tables:
        yield passed(rule)
    else:
        yield undecided(rule, "没有收支表", "there are no tables of income and spending")
    for table in tables:
        two_sided = table.id in _TWO_SIDED
        is_spending = table.id == "income" and _SPENT.issubset(c.key for c in table.columns)
        wrong = _lists_codes(table) if two_sided else _has_sides(table)
        if not (wrong or is_spending):
            continue
        zh, en = (
            ("表题是收支对照的表，表内却按科目编码列示", "is titled as one of income beside spending and lists codes")
            if two_sided
            else (
                "表题是收入的表，表内却分列基本支出和项目支出",
                "is titled as one of income and has columns of spending",
            )
            if is_spending
            else ("表题是按科目列示的表，表内却是收支对照", "is titled as one by codes and has income beside spending")
        )
        yield violated(rule, Told(f"{figures.title(table.id)}：{zh}。", f"{table.id} {en}.", (table_spot(table),)))


def _lists_codes(table: Table) -> bool:
    """Tell whether a table lists the codes of 款 and 项, and has no sides."""
    if any(c.side for c in table.columns):
        return False
    return sum((code_level(r.code or r.key) or 0) > 1 for r in table.rows) >= _FEWEST


def _has_sides(table: Table) -> bool:
    return any(c.side for c in table.columns) and sum(r.key.startswith(_SIDES) for r in table.rows) >= _FEWEST
