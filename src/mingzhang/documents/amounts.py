"""The figures of a disclosure as one long table for analysis: each with its keys, year, phase, codes and exact amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.units import ATOMS_PER_FEN, is_money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Disclosure, Row, Table
    from mingzhang.model.figure import Figure

_EARLIER: Final = {"last_budget": "approved", "last_adjusted": "adjusted", "last_executed": "executed"}
_LARGEST: Final = 10**18
_ECONOMIC: Final = frozenset({"basic_economic", "project_economic", "general_gov_economic"})
_REVENUE: Final = frozenset({"fund_income"})
_INCOME: Final = frozenset({"income", "fund_income"})


class Amount(msgspec.Struct, frozen=True):
    """One figure that is not blank.

    `year` is the year the figure is of and `phase` what it was then (`approved`, `adjusted`, `executed`; "" for changes
    and shares); `fen` is its exact amount, None where it is no money; `value` is as printed without separators.
    """

    year: int | None
    phase: str
    table: str
    title: str
    row: str
    name: str
    column: str
    direction: str
    function_code: str
    economic_code: str
    revenue_code: str
    value: str
    unit: str
    places: int
    fen: int | None
    page: int | None
    line: int | None
    doubt: str

    @property
    def key(self) -> str:
        """Give the figure's key by the contract."""
        return f"{self.table}[{self.row}].{self.column}"


def amounts_of(disclosure: Disclosure) -> Iterator[Amount]:
    """Give every figure of the tables that is not blank, in order of print."""
    for table in disclosure.tables:
        for row in table.rows:
            for column, figure in row.cells.items():
                if figure.printed or figure.digits is not None or figure.doubt:
                    yield _amount(disclosure, table, row, column, figure)


def _amount(disclosure: Disclosure, table: Table, row: Row, column: str, figure: Figure) -> Amount:
    place = figure.place or row.place
    earlier = column in _EARLIER
    side, _, rest = row.key.partition(":")
    code = row.code or (rest if side == "out" and rest.isdigit() else "")
    economic, revenue = table.id in _ECONOMIC, table.id in _REVENUE
    return Amount(
        year=None if disclosure.year is None else disclosure.year - earlier,
        phase="" if column in {"change", "change_rate"} else _EARLIER.get(column, "approved"),
        table=table.id,
        title=table.title,
        row=row.key,
        name=row.label,
        column=column,
        direction="revenue" if row.key.startswith("in:") or table.id in _INCOME else "expenditure",
        function_code="" if economic or revenue else code,
        economic_code=code if economic else "",
        revenue_code=code if revenue else "",
        value=figure.plain,
        unit=figure.unit,
        places=figure.places,
        fen=_fen(figure),
        page=None if place is None else place.page,
        line=None if place is None else place.line,
        doubt=figure.doubt or row.doubt,
    )


def _fen(figure: Figure) -> int | None:
    """Give an amount of money in fen; None where it is none, finer than a fen, or of more digits than tables hold."""
    if not figure.is_number or not is_money(figure.unit):
        return None
    fen, rest = divmod(figure.atoms, ATOMS_PER_FEN)
    return None if rest or abs(fen) >= _LARGEST else fen
