"""Claims against derived sums: what somebody else states (批复, 控制数) and what the facts add up to.

A claim never changes a fact; a contradiction is told with both amounts in fen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.compiling.trace import figure_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.sums.filters import Fact


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
        """Say it in Chinese, in 元."""
        what = {"approved": "批复数", "ceiling": "控制数"}[self.kind]
        if self.derived is None:
            return f"{what}“{self.claim}”所指的数字“{self.figure}”在文件中不存在"
        stated, derived = (f"{n // 100:,}.{n % 100:02d}" for n in (self.stated, self.derived))
        return f"“{self.figure}”由明细汇总为 {derived} 元，{what}为 {stated} 元"


def contradicted_claims(book: Book, disclosure: Disclosure, facts: Iterable[Fact]) -> tuple[Contradiction, ...]:
    """Compare every claim with the sum of the facts under its figure."""
    amounts = {f.id: f.amount for f in facts}
    found = []
    for claim in book.claims:
        derived = _derived(claim.figure, disclosure, amounts)
        holds = derived is not None and (
            derived == claim.amount if claim.kind == "approved" else derived <= claim.amount
        )
        if not holds:
            found.append(Contradiction(claim.id, claim.figure, claim.kind, claim.amount, derived, claim.source))
    return tuple(found)


def _derived(key: str, disclosure: Disclosure, amounts: Mapping[str, int]) -> int | None:
    figure = figure_at(disclosure, key)
    return None if figure is None else sum(amounts[i] for i in figure.facts)
