"""What an indicator is counted in, beside what its name says it is: a share, a number of things, a time, money."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from mingzhang.rules.briefly import only_where
from mingzhang.rules.functions.targets import each_wrong
from mingzhang.rules.indicator_rows import rows_of
from mingzhang.rules.once import once_for_all
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.indicator_rows import Row
    from mingzhang.rules.results import Result

_COUNTERS: Final = frozenset("个人名家户次项条份件册期场台套辆座处") | {"人次", "户次"}
_LAST: Final = frozenset("率度数次时长速用耗费额限")
"""What names end in that say what they are counted in, but for speeds, which may go on."""


@once_for_all
def _unfit(figures: Figures) -> dict[str, list[Row]]:
    """List the indicators in another measure than their names speak of, by what is wrong with them."""
    lists = words("measures")
    share, thing, time = (ending(lists[kind]) for kind in ("share", "thing", "time"))
    spared = re.compile(lists["spared"])
    out: dict[str, list[Row]] = {}
    for row in rows_of(figures):
        one, name = row.one, row.one.level3.strip()
        if not one.number or not name:
            continue
        if one.unit == "%":
            if (row.has("speeds") and not row.has("not_speeds")) or (name[-1] == "限" and time.search(name)):
                out.setdefault("speed", []).append(row)
            elif not one.doubt and name[-1] in _LAST and thing.search(name) and not spared.search(name):
                out.setdefault("thing", []).append(row)
        elif one.unit in _COUNTERS and not one.doubt and name[-1] in _LAST and share.search(name):
            out.setdefault("share", []).append(row)
    return out


@only_where(_unfit)
def unfit(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find speeds and numbers of things in per cent, and shares in anything else."""
    found = _unfit(figures)
    said = ("应以时间或速度计量，不用百分比", "is a speed or a time, not a share")
    yield from each_wrong(rule, figures, found.get("speed", ()), _any, said)
    if "share" in found:
        said = ("是比率，应以百分比计量", "is a share, and counted in things")
        yield from each_wrong(rule, figures, found["share"], _any, said)
    if "thing" in found:
        said = ("是数量或金额，不以百分比计量", "is a number of things or an amount, not a share")
        yield from each_wrong(rule, figures, found["thing"], _any, said, weight="hint")


def _any(_row: Row) -> bool:
    return True


@cache
def ending(pattern: str) -> re.Pattern[str]:
    """Give the pattern of names that end in one."""
    return re.compile(f"(?:{pattern})$")
