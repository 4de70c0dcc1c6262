"""What this year is compared with: last year's documents, what the book states itself, and where they contradict.

What was typed counts where a document says something else; both are told. A document's figure counts as it was
printed, so that a reader who has both documents in hand finds the same change.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from msgspec.structs import replace

from mingzhang.compiling.last_year_codes import function_groups
from mingzhang.compiling.last_year_figures import LastYear, asked_of_last_year, named, yuan
from mingzhang.forms.narrative import narrative_of
from mingzhang.model.book import Book
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.compiling.last_year_figures import Asked, Past
    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Former
    from mingzhang.model.disclosure import Basis, Disclosure

BASES: Final[dict[Basis, str]] = {
    "initial": later("年初预算数"),
    "adjusted": later("调整预算数"),
    "executed": later("执行数"),
    "comparable": later("同口径数"),
}
"""What the bases of last year's figures are called."""


class Remark(msgspec.Struct, frozen=True):
    """Something to be known about a comparison: what contradicts what, what is doubtful, what cannot be compared.

    `typed` is what the book states, in fen; `places` is where the sources stand.
    """

    kind: Literal["contradiction", "doubt", "missing", "basis"]
    key: str
    message: str
    typed: int | None = None
    places: tuple[str, ...] = ()


class Compared(msgspec.Struct, frozen=True):
    """A book with the figures that it is compared with, and what is to be known about them."""

    book: Book
    remarks: tuple[Remark, ...] = ()


def compared(book: Book, pack: Pack, documents: Sequence[Disclosure] = ()) -> Compared:
    """Give the book with what its sentences compare with, from last year's documents and from what it states.

    Raises:
        Fault: a document is not last year's, or of another unit.
    """
    for document in documents:
        _must_be_of_last_year(book, document)
    _must_be_apart(documents)
    former = next((f for f in book.formerly if f.what == "unit" and f.code in {"", book.unit_code}), None)
    book, remarks = _executed(book, pack)
    if former is not None and (former.part or not former.before):
        return _incomparable(book, former, remarks)
    last = [LastYear(d, pack) for d in documents]
    remarks += [_doubt("", _("没有写明单位或年度，未能确认是本单位的上年文件"), x.name) for x in last if _unknown(x)]
    if former is not None and len(last) < len(former.before) and last:
        text = _("上年是{n}个单位，只给了{given}份文件，合并的数无从得出").format(n=len(former.before), given=len(last))
        remarks.append(Remark("missing", "", text, places=tuple(x.name for x in last)))
        last = []
    return _Comparison(book, pack, last).result(remarks)


class _Comparison:
    def __init__(self, book: Book, pack: Pack, last: Sequence[LastYear]) -> None:
        self.book = book
        self.asked = asked_of_last_year(narrative_of(pack))
        self.last = last
        self.basis: Basis = last[0].basis if len(last) == 1 else "comparable"
        self.figures = dict(book.last_year)
        self.bases = dict(book.last_year_bases)
        self.remarks: list[Remark] = []

    def result(self, remarks: list[Remark]) -> Compared:
        """Look every figure up in last year's documents, if there are any."""
        if self.last:
            for asked in self.asked:
                self._settle(asked)
        book = self.book
        if self.last and not book.last_year:
            bases = {k: b for k, b in self.bases.items() if b != self.basis}
            book = replace(book, last_year_basis=self.basis, last_year_bases=bases)
        elif self.last:
            book = replace(book, last_year_bases={k: b for k, b in self.bases.items() if b != book.last_year_basis})
        return Compared(replace(book, last_year=self.figures), (*remarks, *self.remarks))

    def _settle(self, asked: Asked) -> None:
        found = [x.stated(asked) for x in self.last]
        typed = self.book.last_year.get(asked.key)
        if any(not f for f in found):
            if typed is None:
                text = _("上年文件里没有“{name}”，印“无可比数”").format(name=named(asked.now))
                self.remarks.append(Remark("missing", asked.key, text, places=tuple(x.name for x in self.last)))
            return
        for last, stated in zip(self.last, found, strict=True):
            self._must_agree(asked, last, stated)
        total = found[0][0]
        for stated in found[1:]:
            total += stated[0]
        places = tuple(f"{x.name}{s[0].where}" for x, s in zip(self.last, found, strict=True))
        if total.doubt:
            self.remarks.append(_doubt(asked.key, total.doubt, *places))
        if typed is None:
            self._take(asked.key, total)
            return
        basis = self.book.last_year_bases.get(asked.key, self.book.last_year_basis)
        if basis != self.basis:
            text = _("“{name}”用底册填的{basis} {typed}元；上年文件是{other} {printed}元").format(
                name=named(asked.now), basis=_(BASES[basis]), typed=yuan(typed), other=_(BASES[self.basis]), printed=yuan(total.fen)
            )  # fmt: skip
            self.remarks.append(Remark("basis", asked.key, text, typed, places))
        elif total.may_be(Fraction(typed)):
            self._take(asked.key, total)
        else:
            text = _("“{name}”底册填的上年数是 {typed} 元，{places}是 {printed} 元；按底册编制").format(
                name=named(asked.now), typed=yuan(typed), places=_("、").join(places), printed=yuan(total.fen)
            )
            pointer = f"/last_year/{asked.key}"
            self.remarks.append(Remark("contradiction", asked.key, text, typed, (pointer, *places)))

    def _take(self, key: str, past: Past) -> None:
        self.figures[key] = round(past.fen)
        self.bases[key] = self.basis

    def _must_agree(self, asked: Asked, last: LastYear, stated: Sequence[Past]) -> None:
        """Say where last year's document contradicts itself; its table counts."""
        if len(stated) > 1 and not stated[0].may_be(stated[1].fen, stated[1].width):
            text = _("{document}自相矛盾：“{name}”{first}是 {table} 元，{second}是 {sentence} 元；按表编制").format(
                document=last.name, name=named(asked.now), first=stated[0].where, table=yuan(stated[0].fen),
                second=stated[1].where, sentence=yuan(stated[1].fen),
            )  # fmt: skip
            self.remarks.append(Remark("contradiction", asked.key, text, places=tuple(s.where for s in stated)))


def _executed(book: Book, pack: Pack) -> tuple[Book, list[Remark]]:
    """Put what was executed last year under this year's codes; what was split is not comparable."""
    if not book.last_executed:
        return book, []
    now = tuple(dict.fromkeys(x.function for x in book.spending))
    groups = function_groups(book, pack, now, tuple(book.last_executed))
    remarks = []
    amounts: dict[str, int] = {}
    for group in groups:
        if group.is_comparable:
            amounts[group.now[0]] = sum(book.last_executed[b] for b in group.before)
        elif group.now and group.before:
            text = _("科目 {before} 上年的执行数在本年分到 {now}，无可比数").format(
                before=_("、").join(group.before), now=_("、").join(group.now)
            )
            remarks.append(Remark("missing", f"executed.{group.now[0]}", text))
        elif group.before:
            amounts[group.before[0]] = book.last_executed[group.before[0]]
    return replace(book, last_executed=amounts), remarks


def _incomparable(book: Book, former: Former, remarks: list[Remark]) -> Compared:
    """Leave out all that a new unit, or a part of a former one, cannot be compared with."""
    kept = {k: v for k, v in book.last_year.items() if _basis(book, k) == "comparable"}
    for key, fen in book.last_year.items():
        if key not in kept:
            standing = _("只是原单位的一部分") if former.before else _("是新单位")
            text = _("底册写明本单位{standing}，填的上年数 {typed} 元又不是同口径数，印“无可比数”").format(
                standing=standing, typed=yuan(fen)
            )
            pointers = ("/formerly", f"/last_year/{key}")
            remarks.append(Remark("contradiction", key, text, fen, pointers))
    return Compared(replace(book, last_year=kept), tuple(remarks))


def _basis(book: Book, key: str) -> Basis:
    return book.last_year_bases.get(key, book.last_year_basis)


def _must_be_of_last_year(book: Book, document: Disclosure) -> None:
    if document.year is not None and document.year != book.year - 1:
        raise Fault(
            _("给的是{year}年的文件，不是{last}年的").format(year=document.year, last=book.year - 1),
            place=_source(document),
        )
    names = {_folded(n) for n in names_last_year(book) or (book.unit_name, book.unit_code)}
    own = {_folded(document.unit_name), _folded(document.unit_code)} - {""}
    if own and not own & names:
        raise Fault(
            _("给的是“{other}”的文件，不是“{unit}”的").format(
                other=document.unit_name or document.unit_code, unit=book.unit_name
            ),
            place=_source(document),
            hint=_("单位更名、合并的，请在底册的“沿革”里写明原来的名称或代码。"),
        )


def _must_be_apart(documents: Sequence[Disclosure]) -> None:
    """See that no unit's figures would be counted twice."""
    units = [_folded(d.unit_code or d.unit_name) for d in documents]
    for n, document in enumerate(documents):
        if units[n] and units[n] in units[:n]:
            text = _("“{unit}”的上年文件给了两份").format(unit=document.unit_name or document.unit_code)
            raise Fault(text, place=_source(document))


def names_last_year(book: Book) -> tuple[str, ...]:
    """List the names and codes under which the book's unit stood last year."""
    former = next((f for f in book.formerly if f.what == "unit" and f.code in {"", book.unit_code}), None)
    return former.before if former is not None else (book.unit_name, *([book.unit_code] if book.unit_code else ()))


def _unknown(last: LastYear) -> bool:
    document = last.disclosure
    return document.year is None or not (document.unit_name or document.unit_code)


def _source(document: Disclosure) -> str:
    return "" if document.source is None else document.source.name


def _folded(text: str) -> str:
    return "".join(text.split())


def _doubt(key: str, text: str, *places: str) -> Remark:
    message = _("{places}：{doubt}").format(places=_("、").join(places), doubt=text)
    return Remark("doubt", key, message, places=places)
