"""Claims against derived sums: what somebody else states (批复, 控制数) and what the facts add up to.

A claim never changes a fact; a contradiction is told with both amounts in fen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.members import book_of
from mingzhang.compiling.tables import tables_of
from mingzhang.compiling.trace import figure_at
from mingzhang.compiling.withheld import unsealed
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure


class Contradiction(msgspec.Struct, frozen=True):
    """A claim that the facts do not bear out: an approved amount that differs, a ceiling that is exceeded.

    `derived` is the sum of the facts in fen, None where the document has no such figure.
    """

    claim: str
    figure: str
    kind: str
    stated: int
    derived: int | None
    source: str = ""

    @property
    def message(self) -> str:
        """Say it in the language in use, in 元."""
        kinds = {"approved": later("批复数"), "ceiling": later("控制数"), "period": later("填报的实施期资金")}
        what = _(kinds[self.kind])
        if self.derived is None:
            return _("{what}“{claim}”所指的数字“{figure}”在文件中不存在").format(
                what=what, claim=self.claim, figure=self.figure
            )
        stated, derived = (f"{n // 100:,}.{n % 100:02d}" for n in (self.stated, self.derived))
        return _("“{figure}”由明细汇总为 {derived} 元，{what}为 {stated} 元").format(
            figure=self.figure, derived=derived, what=what, stated=stated
        )


def contradicted_claims(book: Book, pack: Pack, disclosure: Disclosure) -> tuple[Contradiction, ...]:
    """Compare every claim with the sum of the facts under its figure, withheld ones included: what was approved is all.

    A claim on the figure of a member's own document is compared with the member's facts.
    """
    periods = tuple(_periods(book))
    if not book.claims:
        return periods
    members = {m.code for m in book.members}
    units = dict.fromkeys(c.unit for c in book.claims if c.unit in members)
    own = replace(book, claims=tuple(c for c in book.claims if c.unit not in units))
    parts = [book_of(book, unit) for unit in units]
    stripped = replace(disclosure, sections=())  # what its sentences say is said of the department
    found = [_of_book(own, pack, disclosure), *(_of_book(p, pack, stripped) for p in parts)]
    return (*(c for some in found for c in some), *periods)


def _of_book(book: Book, pack: Pack, disclosure: Disclosure) -> list[Contradiction]:
    if not book.claims:
        return []
    whole = unsealed(book)
    facts = facts_of(whole, pack)
    amounts = {f.id: f.amount for f in facts}
    complete = replace(disclosure, tables=tables_of(whole, pack, facts))
    found = []
    for claim in book.claims:
        derived = _derived(claim.figure, complete, amounts)
        holds = derived is not None and (
            derived == claim.amount if claim.kind == "approved" else derived <= claim.amount
        )
        if not holds:
            found.append(Contradiction(claim.id, claim.figure, claim.kind, claim.amount, derived, claim.source))
    return found


def _periods(book: Book) -> Iterator[Contradiction]:
    """Compare the money typed for the period of a project of one year with its spending lines."""
    for project in book.projects:
        stated = sum(project.period_funds.values())
        lines = [line for line in book.spending if line.project == project.id]
        derived = [sum(x.amount for x in lines if x.origin == origin) for origin in ("current", "carried")]
        if project.period_years == 1 and stated and stated not in (*derived, sum(derived)):
            yield Contradiction(project.id, project.name, "period", stated, derived[0] or derived[1])


def _derived(key: str, disclosure: Disclosure, amounts: Mapping[str, int]) -> int | None:
    """Sum the facts of a figure; None where there is no such figure, or it is not a sum of facts."""
    figure = figure_at(disclosure, key)
    if figure is None or (figure.is_number and not figure.facts):
        return None
    return sum(amounts[i] for i in figure.facts)
