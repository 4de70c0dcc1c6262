"""Tables of another kind than their title says: listed by codes where income should stand beside spending, or the reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Spot
from mingzhang.model.keys import code_level
from mingzhang.rules.results import Result, Told, passed, undecided, violated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Table
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_SIDES: Final = ("in:", "out:")
_FEWEST: Final = 3


def other_kind(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find tables under the title of a kind of table that they are not."""
    seen = False
    for table in figures.disclosure.tables:
        form = None if figures.pack is None else figures.pack.table(table.id)
        if form is None or not table.rows:
            continue
        seen = True
        two_sided = any(c.side for c in form.columns)
        if two_sided == table.rows[0].key.startswith(_SIDES) or not _is_of_other_kind(table, two_sided=two_sided):
            yield passed(rule)
            continue
        place = table.places.get("title") or table.place
        line, page = (None, None) if place is None else (place.line, place.page)
        zh, en = (
            ("表题是收支对照的表，表内却按科目编码列示", "is titled as one of income beside spending and lists codes")
            if two_sided
            else ("表题是按科目列示的表，表内却是收支对照", "is titled as one by codes and has income beside spending")
        )
        spot = Spot(table=table.id, page=page, line=line)
        yield violated(rule, Told(f"{figures.title(table.id)}：{zh}。", f"{table.id} {en}.", (spot,)))
    if not seen:
        yield undecided(rule, "表样不明", "the form is not known")


def _is_of_other_kind(table: Table, *, two_sided: bool) -> bool:
    if two_sided:
        coded = [r for r in table.rows if (code_level(r.code or r.key) or 0) > 0 and not r.key.startswith(_SIDES)]
        return len(coded) >= _FEWEST or (bool(coded) and not any(r.key.startswith(_SIDES) for r in table.rows))
    return sum(r.key.startswith(_SIDES) for r in table.rows) >= _FEWEST
