"""Last year's document, asked for the figures that this year's sentences compare with.

A statement is looked up by what this year's form says it is (`summary[in:total].amount`), in last year's tables by the
same keys whichever the form, and in last year's sentences by the statement's key.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.expressions import Exact, Named, Sum, evaluate, exact
from mingzhang.forms.glossary import word_for
from mingzhang.forms.narrative import narrative_of
from mingzhang.forms.packs import load_pack, pack_ids
from mingzhang.model.figure import Absence
from mingzhang.model.keys import nested
from mingzhang.model.language import gettext as _
from mingzhang.model.units import FEN_PER_UNIT, is_money
from mingzhang.rules.figures import Figures
from mingzhang.sums.sheets import CellRef, Gap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.forms.expressions import Cell, Expression
    from mingzhang.forms.narrative import Narrative
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Basis, Disclosure
    from mingzhang.model.figure import Figure

_FINAL: Final = "final_accounts"


class Asked(msgspec.Struct, frozen=True):
    """A figure of last year that this year's form compares with: its key, this year's statement and its section."""

    key: str
    now: str
    section: str


class Past(msgspec.Struct, frozen=True):
    """A figure of last year: fen as printed, by how much the true value may differ, where it stands, what is doubtful.

    `is_open` says that the width itself is not reached: so in a document whose rounding is additive.
    """

    fen: Exact
    width: Fraction
    is_open: bool
    where: str
    doubt: str = ""

    def may_be(self, fen: Exact, width: Fraction = Fraction(0)) -> bool:
        """Tell whether the true value may be this one, or one as near as this to it."""
        off, reach = max(self.fen - fen, fen - self.fen), self.width + width
        return off < reach or off == 0 or (off == reach and not self.is_open)

    def __add__(self, other: Past) -> Past:
        """Add up the figures of two documents."""
        return Past(
            self.fen + other.fen,
            self.width + other.width,
            self.is_open or other.is_open,
            _("、").join((self.where, other.where)),
            self.doubt or other.doubt,
        )


def asked_of_last_year(narrative: Narrative) -> tuple[Asked, ...]:
    """List every figure of last year that a pack's sentences compare with, once."""
    found: dict[str, Asked] = {}
    for (section, _key), declaration in narrative.declared.items():
        match declaration.tree:
            case Sum((("+", Named("slot", now)), ("-", Named("last", last)))):
                found.setdefault(last, Asked(last, now, section))
            case _:
                pass
    return tuple(found.values())


def named(statement: str) -> str:
    """Name a statement for people, to stand between quotation marks."""
    word = word_for(statement, "statement")
    return statement if word is None else nested(word.name)


def yuan(fen: Exact) -> str:
    """Spell an amount of whole fen in 元, with a sign where it is less than nothing."""
    whole = round(fen)
    sign, whole = ("-", -whole) if whole < 0 else ("", whole)
    return f"{sign}{whole // 100:,}.{whole % 100:02d}"


def basis_of(disclosure: Disclosure) -> Basis:
    """Say on which basis a document's figures stand."""
    return "executed" if disclosure.kind == _FINAL else disclosure.basis


class LastYear:
    """One document of last year, looked up by this year's form."""

    def __init__(self, disclosure: Disclosure, pack: Pack) -> None:
        """Take the document, and this year's form."""
        self.disclosure = disclosure
        self.basis = basis_of(disclosure)
        ref = disclosure.pack
        self.figures = Figures(disclosure, load_pack(ref.id) if ref is not None and ref.id in pack_ids() else None)
        self._narrative = narrative_of(pack)

    @property
    def name(self) -> str:
        """Name the document for people: its unit and year, and the file it was read from."""
        source = self.disclosure.source
        unit = self.disclosure.unit_name or _("（没有单位名称）")
        year = "" if self.disclosure.year is None else str(self.disclosure.year)
        file = f"（{source.name}）" if source is not None and source.name else ""
        return _("{unit} {year}年文件{file}").format(unit=unit, year=year, file=file)

    def stated(self, asked: Asked) -> list[Past]:
        """Give the figure as the document's tables print it, then as its sentences do: none, one or both."""
        said = self.disclosure.slot(asked.now)
        by_table = self._by_table(asked)
        by_sentence = (
            None if said is None or said.figure is None else self._past([(CellRef("text", asked.now), said.figure)])
        )
        return [p for p in (by_table, by_sentence) if p is not None]

    def _by_table(self, asked: Asked) -> Past | None:
        look = _Look(self, asked.section)
        value = look.slot(asked.now)
        return None if value is None or not look.used else self._past(look.used, value)

    def _past(self, used: list[tuple[CellRef, Figure]], value: Exact | None = None) -> Past | None:
        if any(f.digits is None or not is_money(f.unit) for _ref, f in used) and value is None:
            return None
        printed = [f for _ref, f in used if f.digits is not None and is_money(f.unit)]
        total = sum(exact(f.digits or 0, f.unit, f.places) for f in printed)
        steps = [Fraction(FEN_PER_UNIT[f.unit], 10**f.places) for f in printed]
        additive = self.figures.additive
        width = sum((s if additive else s / 2 for s in steps if s > 1), Fraction(0))
        doubt = next((f.doubt for _ref, f in used if f.doubt), "")
        where = _("、").join(dict.fromkeys(self._where(ref, f) for ref, f in used))
        return Past(total if value is None else value, width, additive, where, doubt)

    def _where(self, ref: CellRef, figure: Figure) -> str:
        name = self.figures.name(ref)
        spot = self.figures.spot(ref)
        line = f"{spot.page or ''}:{spot.line}" if spot.line is not None else ""
        place = str(figure.place) if figure.place is not None else line.lstrip(":")
        return f"{name}（{place}）" if place else name


class _Look:
    """Evaluates one statement over last year's tables, noting the figures used; anything unknown makes it unknown."""

    def __init__(self, last: LastYear, section: str) -> None:
        self._last = last
        self._section = section
        self.used: list[tuple[CellRef, Figure]] = []

    def slot(self, key: str) -> Exact | None:
        declared = self._last._narrative.declaration(key, self._section)  # noqa: SLF001 - a part of it
        tree: Expression | None = None if declared is None else declared.tree
        return None if tree is None else evaluate(tree, self)

    def cell(self, cell: Cell) -> Exact | None:
        found = list(self._figures(cell))
        if not found or any(figure is None for _ref, figure in found):
            return None
        total: Exact = 0
        for ref, figure in found:
            assert figure is not None
            if figure.absence in {Absence.WITHHELD, Absence.NOT_APPLICABLE}:
                return None
            self.used.append((ref, figure))
            if figure.digits is not None:
                total += exact(figure.digits, figure.unit, figure.places)
        return total

    def count(self, cell: Cell) -> int | None:  # noqa: ARG002 - counts are not compared
        return None

    def named(self, name: Named) -> Exact | None:
        return self.slot(name.name) if name.source == "slot" else None

    def _figures(self, cell: Cell) -> Iterator[tuple[CellRef, Figure | None]]:
        sheet = self._last.figures.sheets.get(cell.table)
        if sheet is None:
            return
        rows = [cell.row]
        if cell.row.endswith("*"):
            rows = [k for k in sheet.rows if k.startswith(cell.row.removesuffix("*"))]
        for row in rows:
            found = sheet.look(row, cell.column)
            yield CellRef(cell.table, row, cell.column), None if isinstance(found, Gap) else found
