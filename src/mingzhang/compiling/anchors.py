"""Which figures stay half-up before all others: approved amounts, the summary's totals, then the projects' own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.compiling.layout import PROJECT_LISTS
from mingzhang.compiling.trace import figure_at
from mingzhang.sums.rounding import variable_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.figure import Figure
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.rounding import Variable

TOTALS: Final = (
    "summary[in:total].amount",
    "summary[out:total].total",
    "summary[in:current_total].amount",
    "summary[out:current_total].total",
    "summary[out:total].current",
    "summary[out:total].carry",
    "summary[in:carry].amount",
    "appropriation[in:total].amount",
    "appropriation[out:total].total",
)
"""The totals that a reader looks at first, by rank."""


def anchors_of(book: Book, facts: Sequence[Fact], disclosure: Disclosure) -> tuple[Variable, ...]:
    """Rank the anchors of a document.

    A project's form prints its money exactly in 元; half-up of it is what its line in a table should print.
    """
    known = {f.id: f for f in facts}
    approved = (c.figure for c in book.claims if c.kind == "approved" and not c.unit)
    figures = [figure_at(disclosure, key) for key in (*approved, *TOTALS)]
    return tuple(
        dict.fromkeys(
            variable_of((known[i] for i in f.facts), f.unit, f.places)
            for f in (*figures, *_projects(disclosure))
            if f is not None and f.facts
        )
    )


def _projects(disclosure: Disclosure) -> Iterator[Figure]:
    for table in (t for name in PROJECT_LISTS if (t := disclosure.table(name)) is not None):
        yield from (r.cells["total"] for r in table.rows if r.key.startswith("project:") and "total" in r.cells)
