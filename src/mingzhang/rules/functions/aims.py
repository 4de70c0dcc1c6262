"""Targets that are no aim: satisfaction without its per cent sign or of hardly anybody, values in the place of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.forms.indicator_values import split_value
from mingzhang.rules.functions.measures import ending
from mingzhang.rules.functions.targets import each_wrong
from mingzhang.rules.indicator_rows import FROM_ABOVE, rows_of, satisfactions_of
from mingzhang.rules.once import once_for_all
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.indicator_rows import Row
    from mingzhang.rules.results import Result

_HALF: Final = 50 * 100
_FIRST: Final = frozenset("≥≤＞＜><=＝0123456789")
_LAST: Final = frozenset("%％0123456789")
_ENDINGS: Final = ("满意度", "满意率", "满意")


@once_for_all
def _bare_numbers(figures: Figures) -> tuple[Row, ...]:
    """List the indicators that are a number and nothing else."""
    return tuple([r for r in rows_of(figures) if r.one.number and not r.one.unit])


def no_per_cent(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find satisfaction, and any rate, whose number is that of a share, without its sign."""
    share = ending(words("measures")["share"])

    def wrong(row: Row) -> bool:
        found, name = row.hundredths, row.one.level3.rstrip()
        return (
            (name.endswith(_ENDINGS) or (name.endswith("率") and share.search(name) is not None))
            and found is not None
            and found > 100
            and not row.one.text.strip("≥>=≤<")
        )

    said = ("没有百分号", "lacks its per cent sign")
    return each_wrong(rule, figures, _bare_numbers(figures), wrong, said)


def hardly_any(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find satisfaction that is wanted of less than half."""

    def wrong(row: Row) -> bool:
        found = row.hundredths
        return (
            found is not None and 0 < found < _HALF and row.one.comparator not in FROM_ABOVE and not row.has("growing")
        )

    return each_wrong(
        rule, figures, satisfactions_of(figures), wrong, ("低于一半，没有意义", "is less than half, and binds nobody")
    )


def target_for_name(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find names of indicators that are a number with its sign or unit."""

    def wrong(row: Row) -> bool:
        name = row.one.level3.strip()
        parts = split_value(name)
        return bool(parts.number and (parts.comparator or parts.unit) and not parts.text) and not row.one.doubt

    digits = [r for r in rows_of(figures) if r.one.level3.strip()[-1:] in _LAST or r.one.level3[:1] in _FIRST]
    return each_wrong(rule, figures, digits, wrong, ("名称一栏印的是指标值", "has a target where its name should be"))
