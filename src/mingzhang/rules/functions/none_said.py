"""Sentences that say there is none of what a table prints amounts of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.figures import TEXT
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.once import once
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import texts_where
from mingzhang.rules.words import words
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)\s*年")


def contradicted(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find sentences of no spending of a kind whose table prints amounts."""
    lists = words("none")
    excuses = (*lists["others"], *words("years")["earlier"])
    seen = False
    texts = texts_where(figures, _said_of(lists, *lists["tables"]), part="written")
    for table in lists["tables"] if texts else ():
        pattern = _said_of(lists, table)
        for text in texts:
            for found in pattern.finditer(text.words):
                clause = text.words[max(text.words.rfind(m, 0, found.start()) for m in "。；") + 1 : found.start()]
                if any(w in clause for w in (*excuses, *lists["parts"].get(table, ()))) or _is_before(
                    clause, figures.disclosure.year
                ):
                    continue
                seen = True
                ref = _amount(figures, table)
                figure = None if ref is None else figures.figure(ref)
                if ref is None or figure is None:
                    yield passed(rule)
                    continue
                spot, there = text.spot(found[0]), figures.spot(ref)
                told = Told(
                    f"说明写“{found[0]}”，{figures.name(ref)}却为{figure.plain}{figure.unit}。",
                    f"The written part says {found[0]!r}; the table has {figure.plain} {figure.unit}.",
                    (spot, there),
                    expected=figure.plain,
                    actual=found[0],
                    unit=figure.unit,
                    evidence=(Evidence(spot, found[0], "", "said"), evidence_of(figure, there, "printed")),
                )
                yield violated(rule, told)
    if not seen:
        yield undecided(rule, "说明没有写没有某项支出", "the written part says of nothing that there is none")


def _said_of(lists: dict[str, Any], *tables: str) -> re.Pattern[str]:
    """Give what says that there is none of what any of some tables is of."""
    names = "|".join([name for table in tables for name in lists["tables"][table]])
    return re.compile(lists["said"].replace("{names}", names))


def _is_before(clause: str, year: int | None) -> bool:
    """Tell whether the last year that is named in a clause is one before the document's."""
    named = _YEAR.findall(clause)
    return bool(named) and year is not None and int(named[-1]) < year


@once
def _amount(figures: Figures, table: str) -> CellRef | None:
    """Give an amount other than nothing that a table prints, one of its totals first, or that is stated where it is not there."""
    sheet = figures.sheets.get(table)
    stated = words("none")["statements"].get(table, "") if sheet is None else ""
    figure = figures.figure(CellRef(TEXT, stated)) if stated else None
    if figure is not None and figure.digits:
        return CellRef(TEXT, stated)
    keys = [] if sheet is None else [key for key, _figure in sheet.printing(lambda f: bool(f.digits))]
    return next((CellRef(table, *key) for key in sorted(keys, key=lambda k: not k[0].endswith("total"))), None)
