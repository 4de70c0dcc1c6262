"""Money that one unit of a department gives another: in a book of both units it is counted once.

The giver's line goes; the receiver's line stays, under the giver's fund and the receiver's function and economic class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mingzhang.model.fault import Fault, InvalidBook
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.book import Book, SpendingLine

    Lines = Sequence[SpendingLine]
    Group = tuple[list[SpendingLine], list[SpendingLine]]


def units_of(book: Book) -> tuple[str, ...]:
    """List the codes of a book's units: its own first, then its members."""
    return tuple(dict.fromkeys((book.unit_code, *(m.code for m in book.members))))


def own_unit(line: SpendingLine, book: Book) -> str:
    """Give the code of the unit that a line belongs to: "" on the line means the book's own."""
    return line.unit or book.unit_code


def net_of_transfers(book: Book) -> Book:
    """Count money that passes between units of the book once; transfers to and from others stay as they are.

    Raises:
        InvalidBook: what is given is not what is received, to the fen, or whose money is received cannot be told; the
            lines of both sides are named.
    """
    if not any(x.transfer_to or x.transfer_from for x in book.spending):
        return book
    problems: list[Fault] = []
    gone: set[str] = set()
    kept: dict[str, SpendingLine] = {}
    for (giver, receiver), group in _pairs(book).items():
        for given, received in _matched(giver, *group, problems):
            amounts = [sum(x.amount for x in side) for side in (given, received)]
            if amounts[0] != amounts[1]:
                problems.append(_unequal(giver, receiver, given, received))
            elif len({_money(g) for g in given}) > 1:
                hint = _("请在收款明细的“来自明细”里写明付款明细的编号。")
                text = _("付款的几条明细资金不同，收款明细没有写明用的是哪一条")
                problems.append(Fault(text, place=_place(given, received), hint=hint))
            else:
                gone |= {g.id for g in given}
                kept |= {r.id: _funded(r, given[0]) for r in received if given}
    if problems:
        raise InvalidBook(problems)
    return replace(book, spending=tuple(kept.get(x.id, x) for x in book.spending if x.id not in gone))


def passed_on(book: Book) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """List the lines of money that passes between units of the book: those given, and those that received the same money."""
    for (giver, _receiver), group in _pairs(book).items():
        for given, received in _matched(giver, *group, []):
            yield tuple(x.id for x in given), tuple(x.id for x in received)


def _pairs(book: Book) -> dict[tuple[str, str], Group]:
    """Group the lines of money passing between two units of the book: those of the giver, those of the receiver."""
    units = set(units_of(book))
    pairs: dict[tuple[str, str], Group] = {}
    for line in book.spending:
        own = own_unit(line, book)
        if line.transfer_to in units - {"", own}:
            pairs.setdefault((own, line.transfer_to), ([], []))[0].append(line)
        if line.transfer_from in units - {"", own}:
            pairs.setdefault((line.transfer_from, own), ([], []))[1].append(line)
    return pairs


def _matched(giver: str, given: Lines, received: Lines, problems: list[Fault]) -> Iterator[tuple[Lines, Lines]]:
    """Match received lines to the line they name; what names none, to all lines that are not named."""
    ids = {g.id.removeprefix(f"{giver}."): g for g in given} | {g.id: g for g in given}
    named: dict[str, list[SpendingLine]] = {}
    for line in received:
        if line.transfer_line and line.transfer_line not in ids:
            text = _("付款单位没有转给本单位的明细“{line}”").format(line=line.transfer_line)
            problems.append(Fault(text, place=line.id))
        elif line.transfer_line:
            named.setdefault(ids[line.transfer_line].id, []).append(line)
    for line in (g for g in given if g.id in named):
        yield (line,), named[line.id]
    rest = [g for g in given if g.id not in named], [r for r in received if not r.transfer_line]
    if any(rest):
        yield rest


def _unequal(giver: str, receiver: str, given: Lines, received: Lines) -> Fault:
    text = _("{giver} 转给 {receiver} 的 {given} 元与 {receiver} 收到的 {received} 元不等")
    amounts = {name: _yuan(sum(x.amount for x in side)) for name, side in (("given", given), ("received", received))}
    message = text.format(giver=giver, receiver=receiver, **amounts)
    return Fault(message, place=_place(given, received), hint=_("付款明细填“转给单位”，收款明细填“来自单位”。"))


def _place(given: Lines, received: Lines) -> str:
    return " ↔ ".join(_("、").join(x.id for x in side) or "?" for side in (given, received))


def _funded(received: SpendingLine, given: SpendingLine) -> SpendingLine:
    """Put a received line under the money of the giver; it is a transfer no longer."""
    return replace(
        received,
        fund=given.fund,
        fund_part=given.fund_part,
        origin=given.origin,
        level=given.level,
        revenue=given.revenue,
        transfer_from="",
        transfer_line="",
    )


def _money(line: SpendingLine) -> tuple[str, ...]:
    return line.fund, line.fund_part, line.origin, line.level, line.revenue


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
