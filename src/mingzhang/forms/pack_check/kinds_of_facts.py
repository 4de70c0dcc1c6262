"""Facts of every kind that a book can hold, one of each, to see where a form's filters put them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from mingzhang.forms.classifications import edition
from mingzhang.forms.glossary import word_for
from mingzhang.model.book import Fund, SpendingKind, UnitFundPart
from mingzhang.model.language import gettext as _
from mingzhang.sums.filters import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.forms.pack import Pack

FISCAL: Final = ("general", "gov_fund", "state_capital")
FUNDS: Final[tuple[str, ...]] = get_args(Fund)
UNIT_FUND_PARTS: Final[tuple[str, ...]] = get_args(UnitFundPart)
USUAL: Final = ("personnel", "operating", "project")
RARE: Final = tuple(k for k in get_args(SpendingKind) if k not in USUAL)
"""Kinds of spending that only some units have, from their own funds; a form may have no place for them."""

_AMOUNT: Final = 100


def kinds_of_facts(pack: Pack) -> tuple[Fact, ...]:
    """Make one fact of each kind: fund, origin, kind of spending, class, three public expenses, operating cost."""
    found = {tuple(sorted(v.items())): v for v in _values(pack)}
    return tuple(Fact(f"f{n}", _AMOUNT, v) for n, v in enumerate(found.values()))


def is_rare(fact: Fact) -> bool:
    """Tell whether a form may do without a place for a fact: surplus used, and kinds of spending of few units."""
    return fact.values["origin"] == "surplus" or fact.values["kind"] in RARE


def rare_part(fact: Fact) -> str:
    """Say what is rare about a fact."""
    field, kind = ("origin", "origin") if fact.values["origin"] == "surplus" else ("kind", "spending_kind")
    word = word_for(fact.values[field], kind)
    return fact.values[field] if word is None else word.name


def called(fact: Fact) -> str:
    """Say in words what kind of fact it is."""
    asked = (("fund", "fund"), ("origin", "origin"), ("kind", "spending_kind"))
    words = [w.name for field, kind in asked if (w := word_for(fact.values.get(field, ""), kind)) is not None]
    if fact.values["flow"] == "year_end":
        words.append(_("年终结转"))
    part = word_for(f"in:{fact.values['fund_part']}", "row") if fact.values["fund_part"] else None
    words += [part.name] if part is not None else []
    words += [w.name for w in (word_for(fact.values["three_public"], "row"),) if fact.values["three_public"] and w]
    return _("、").join(words) + f"（{fact.values['item'] or fact.values['class']}）"


def _values(pack: Pack) -> Iterator[dict[str, str]]:
    items = {fund: _items(pack, fund) for fund in FUNDS}
    kinds = {v: k for k, v in pack.defaults.get("three_public", {}).items()}
    for fund in FUNDS:
        first = items[fund][0]
        for origin in ("current", "carried", *(("surplus",) if fund == "unit_funds" else ())):
            for part in _parts(pack, fund):
                base = {"fund": fund, "origin": origin, "fund_part": part}
                yield _year_end(pack, {**base, **_code(first)})
                for kind in (*USUAL, *(RARE if fund == "unit_funds" else ())):
                    economic = "30101" if kind == "personnel" else "30201"
                    yield _spending(pack, {**base, **_code(first), "kind": kind, "economic": economic})
                    if kind == "operating" and fund in FISCAL and origin == "current":
                        yield _spending(
                            pack, {**base, **_code(first), "kind": kind, "economic": economic, "operating_cost": "yes"}
                        )
                    for which, code in kinds.items() if fund in FISCAL and kind != "personnel" else ():
                        yield _spending(
                            pack, {**base, **_code(first), "kind": kind, "economic": code, "three_public": which}
                        )
        for item in items[fund][1:]:
            values = {"fund": fund, "origin": "current", "fund_part": _parts(pack, fund)[0], **_code(item)}
            yield _spending(pack, {**values, "kind": "project", "economic": "30201"})


def _parts(pack: Pack, fund: str) -> tuple[str, ...]:
    """Give the parts of the unit's funds that a line may have; what a line leaves open is the form's usual one."""
    usual = str(pack.defaults.get("fund_part", {}).get(fund, ""))
    return tuple(dict.fromkeys(p or usual for p in UNIT_FUND_PARTS)) if fund == "unit_funds" else (usual,)


def _items(pack: Pack, fund: str) -> list[str]:
    """Give a code of each class that a fund may be spent on, as deep as it goes, the first being a whole 项.

    Class rows stand for all classes of the list, whichever budget they are of: the general budget stands for them.
    """
    budget = fund if fund in FISCAL else "general"
    deepest: dict[str, str] = {}
    for entry in edition(pack.standards).classification("functional"):
        if fund == "general" or entry.budget == budget:
            held = deepest.get(entry.code[:3], "")
            if len(entry.code) > len(held):
                deepest[entry.code[:3]] = entry.code
    return sorted(deepest.values(), key=lambda code: (-len(code), code))


def _code(item: str) -> dict[str, str]:
    return {"class": item[:3], "group": item[:5] if len(item) > 3 else "", "item": item if len(item) > 5 else ""}


def _spending(pack: Pack, values: dict[str, str]) -> dict[str, str]:
    economic = values["economic"]
    blank = {"three_public": "", "operating_cost": ""}
    project = "p1" if values["kind"] == "project" else ""
    more = {"flow": "spending", "economic_class": economic[:3], "unit": "", "level": "municipal", "project": project}
    return {**blank, **more, "revenue": _revenue(pack, values), **values}


def _year_end(pack: Pack, values: dict[str, str]) -> dict[str, str]:
    more = {"flow": "year_end", "kind": "", "three_public": "", "operating_cost": "", "unit": ""}
    return {**more, "revenue": _revenue(pack, values), **values}


def _revenue(pack: Pack, values: dict[str, str]) -> str:
    feeding = edition(pack.standards).revenues_feeding(values["item"])
    if values["fund"] not in FISCAL:
        return ""
    return (
        feeding[0].entry.code
        if len(feeding) == 1
        else str(pack.defaults.get("revenue_of_fund", {}).get(values["fund"], ""))
    )
