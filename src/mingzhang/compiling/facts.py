"""Book → facts: every spending line and every year-end carry with the named values that filters ask for.

Values that a line leaves open are filled from the pack's `[defaults]` and from the classification:
the three-public kind by economic class, the revenue by function or fund, the government economic class by unit type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.compiling.transfers import net_of_transfers
from mingzhang.forms.classifications import edition
from mingzhang.forms.packs import load_pack
from mingzhang.sums.filters import Fact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book, SpendingLine, UnitType, YearEndCarry

FISCAL: Final = frozenset({"general", "gov_fund", "state_capital"})
"""Funds that the treasury gives (财政拨款)."""

_THREE_PUBLIC_TAG: Final = "three_public:"


def facts_of(book: Book, pack: Pack | None = None) -> tuple[Fact, ...]:
    """Give a book's facts in its own order; withheld lines are left out (`withheld_of` lists them).

    Money that passes between two units of the book is counted once.

    Raises:
        InvalidPack: the book names a pack that there is not.
        InvalidBook: what one unit gives is not what another receives.
    """
    pack = pack or load_pack(book.pack)
    book = net_of_transfers(book)
    left_out = set(withheld_of(book))
    spending = (Fact(x.id, x.amount, _spending_values(x, book, pack)) for x in book.spending if x.id not in left_out)
    return (*spending, *(Fact(x.id, x.amount, _year_end_values(x, book, pack)) for x in book.year_end))


def withheld_of(book: Book) -> tuple[str, ...]:
    """List the ids of the spending lines that may not be published: withheld themselves or with their project."""
    projects = {p.id for p in book.projects if p.withheld}
    return tuple(x.id for x in book.spending if x.withheld or x.project in projects)


def unit_of(code: str, book: Book) -> str:
    """Give a line's unit code: "" means the book's own unit."""
    return code or book.unit_code


def unit_type_of(code: str, book: Book) -> UnitType:
    """Give the type of a unit: its own where it is a member, else the book's."""
    return next((m.unit_type for m in book.members if code and m.code == code), book.unit_type)


def _spending_values(line: SpendingLine, book: Book, pack: Pack) -> dict[str, str]:
    unit_type = unit_type_of(line.unit, book)
    operating_cost = (
        line.kind == "operating"
        and line.origin == "current"
        and line.fund in FISCAL
        and unit_type in pack.defaults.get("operating_cost_unit_types", ())
    )
    gov_economic = line.gov_economic or _gov_economic(line.economic, unit_type, pack)
    return {
        "flow": "spending",
        **_function_values(line.function),
        "economic": line.economic,
        "economic_class": line.economic[:3],
        "gov_economic": gov_economic,
        "revenue": line.revenue or _revenue(line.function, line.fund, pack),
        "fund": line.fund,
        "fund_part": _fund_part(line, pack),
        "origin": line.origin,
        "kind": line.kind,
        "project": line.project,
        "unit": unit_of(line.unit, book),
        "level": line.level,
        "three_public": _three_public(line, pack),
        "operating_cost": "yes" if operating_cost else "",
    }


def _year_end_values(line: YearEndCarry, book: Book, pack: Pack) -> dict[str, str]:
    return {
        "flow": "year_end",
        **_function_values(line.function),
        "revenue": line.revenue or _revenue(line.function, line.fund, pack),
        "fund": line.fund,
        "fund_part": _fund_part(line, pack),
        "origin": line.origin,
        "kind": "",
        "unit": unit_of(line.unit, book),
    }


def _function_values(code: str) -> dict[str, str]:
    """Spell a functional code as 类, 款 and 项, as far as it goes; one of another length is not cut."""
    return {"class": code[:3], "group": code[:5] if len(code) > 3 else "", "item": code if len(code) > 5 else ""}


def _fund_part(line: SpendingLine | YearEndCarry, pack: Pack) -> str:
    """Give the kind of income that a line is paid from, as the form has it where the line does not say."""
    usual: str = pack.defaults.get("fund_part", {}).get(line.fund, "")
    return line.fund_part or usual


def _three_public(line: SpendingLine, pack: Pack) -> str:
    """Tell which three-public kind a line is: a tag decides, else the economic class; `none` in a tag is no kind."""
    tag = next((t.removeprefix(_THREE_PUBLIC_TAG) for t in line.tags if t.startswith(_THREE_PUBLIC_TAG)), None)
    if tag is not None:
        return "" if tag == "none" else tag
    return _by_prefix(line.economic, pack.defaults.get("three_public", {}))


def _revenue(function: str, fund: str, pack: Pack) -> str:
    """Give the revenue that feeds a line: the one item that feeds its function, else the fund's own."""
    if fund not in FISCAL:
        return ""
    feeding = edition(pack.standards).revenues_feeding(function) if function else ()
    if len(feeding) == 1:
        return feeding[0].entry.code
    found: str = pack.defaults.get("revenue_of_fund", {}).get(fund, "")
    return found


def _gov_economic(economic: str, unit_type: UnitType, pack: Pack) -> str:
    """Give the government economic class that a departmental one answers to for a type of unit; "" if unknown."""
    link = edition(pack.standards).gov_economic_of(economic, unit_type)
    return "" if link is None else link.entry.code


def _by_prefix(code: str, entries: Mapping[str, str]) -> str:
    """Look a code up by itself, then by ever shorter beginnings."""
    return next((entries[code[:n]] for n in range(len(code), 0, -1) if code[:n] in entries), "")
