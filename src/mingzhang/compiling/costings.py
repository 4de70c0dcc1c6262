"""Costings against their lines: what a line's costing comes to, against its amount and against spending standards.

A costing is a claim: it never changes an amount. What it says in words is left alone; what works something out is
worked out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from mingzhang.forms.standards_of_spending import rates_for
from mingzhang.model.language import gettext as _
from mingzhang.sums.costing import UnreadableCosting, is_costing, work_out
from mingzhang.sums.rounding import divided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from fractions import Fraction

    from mingzhang.model.book import Book, SpendingLine
    from mingzhang.sums.costing import Costing, Rate

Kind = Literal["unreadable", "differs", "stated", "above"]


class CostingRemark(msgspec.Struct, frozen=True):
    """What is amiss with a line's costing.

    It cannot be worked out (`unreadable`), comes to another amount (`differs`), writes another result than its own
    (`stated`), or goes above a spending standard (`above`).
    """

    line: str
    kind: Kind
    message: str


def costing_remarks(book: Book) -> tuple[CostingRemark, ...]:
    """Work out every costing of a book and say what is amiss; lines without one have nothing to say.

    Raises:
        InvalidSpendingStandards: the user's own folder of standards cannot be used.
    """
    rates = rates_for(book)
    return tuple(r for x in book.spending if is_costing(x.costing) for r in _remarks(x, rates))


def shown_costing(line: SpendingLine, book: Book) -> str:
    """Spell a line's costing with what it comes to; as it is where it cannot be worked out."""
    if not is_costing(line.costing):
        return line.costing
    try:
        found = work_out(line.costing, rates_for(book))
    except UnreadableCosting:
        return line.costing
    return line.costing if found.stated else f"{line.costing} = {_yuan(found.fen)} 元"


def costings_of(project: str, book: Book) -> str:
    """Spell the costings of a project's lines, each with what it comes to; "" where no line has one."""
    return "；".join(
        shown_costing(x, book).strip() for x in book.spending if x.project == project and x.costing.strip()
    )


def _remarks(line: SpendingLine, rates: Callable[[str], Rate | None]) -> Iterator[CostingRemark]:
    try:
        found = work_out(line.costing, rates)
    except UnreadableCosting as fault:
        text = _("明细 {line} 的测算依据无法计算：{place}，{why}").format(
            line=line.id, place=fault.place, why=fault.message
        )
        yield CostingRemark(line.id, "unreadable", text)
        return
    if line.amount not in {found.fen, divided(found.fen.numerator, found.fen.denominator)}:
        text = _("明细 {line} 的测算依据算得 {costed} 元，金额为 {amount} 元").format(
            line=line.id, costed=_yuan(found.fen), amount=_yuan(line.amount)
        )
        yield CostingRemark(line.id, "differs", text)
    yield from (CostingRemark(line.id, "stated", t) for t in _stated(line, found))
    yield from (CostingRemark(line.id, "above", t) for t in _above(line, found))


def _stated(line: SpendingLine, found: Costing) -> Iterator[str]:
    for result in found.stated:
        if not result.holds:
            yield _("明细 {line} 的测算依据写的结果是 {stated} 元，算得 {costed} 元").format(
                line=line.id, stated=_yuan(result.fen), costed=_yuan(result.derived)
            )


def _above(line: SpendingLine, found: Costing) -> Iterator[str]:
    for used in found.used:
        if used.charged is not None and used.above:
            yield _("明细 {line} 的测算依据按 {charged} 元计，高于支出标准“{name}”的 {allowed} {unit}").format(
                line=line.id,
                charged=_yuan(used.charged),
                name=used.rate.name,
                allowed=_yuan(used.rate.fen),
                unit=used.rate.unit,
            )


def _yuan(fen: Fraction | int) -> str:
    """Spell an amount in 元 with two places, to the nearest fen."""
    whole = divided(fen.numerator, fen.denominator)
    sign, whole = ("-" if whole < 0 else ""), abs(whole)
    return f"{sign}{whole // 100:,}.{whole % 100:02d}"
