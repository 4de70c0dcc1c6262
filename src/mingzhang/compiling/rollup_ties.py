"""What ties the figures of a department's document to those of its units' documents.

In sums over several documents a unit's facts go by the names that they have in the department's book (`205003.s001`),
so that a figure of the department that sums facts of one unit alone is the unit's own figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.compiling.naming import key_of
from mingzhang.rules.figures import Figures
from mingzhang.rules.functions.share_sums import share_groups
from mingzhang.sums.additive import Additive, Sum
from mingzhang.sums.certificate import certify_asserted
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingzhang.compiling.additivity import Links
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.sums.rounding import Variable


class Tie(msgspec.Struct, frozen=True):
    """A figure of the department (its key) that is the sum of units' figures: as a sum, and as the cells that print it."""

    figure: str
    sum: Sum
    whole: CellRef
    parts: tuple[tuple[str, CellRef], ...]

    def holds(self, printed: Mapping[str, Figures]) -> bool:
        """Tell whether it holds of documents as printed, by unit code."""
        found = [printed[""].figure(self.whole), *(printed[code].figure(ref) for code, ref in self.parts)]
        if any(f is None for f in found):
            return False
        whole, *parts = (f.atoms if f is not None and f.is_number else 0 for f in found)
        return whole == sum(parts)


def of_unit(variable: Variable, code: str) -> Variable:
    """Give a variable of a unit's document as it goes in sums over several documents."""
    if not code:
        return variable
    return msgspec.structs.replace(variable, facts=frozenset(f"{code}.{i}" for i in variable.facts))


def own_additive(chosen: Additive, links: Links, code: str) -> Additive:
    """Give what was chosen for all documents as it is for one of them."""
    everything = dict.fromkeys((*links.variables, *(v for s in links.sums for _, v in s.terms)))
    digits = {v: chosen.digits[q] for v in everything if (q := of_unit(v, code)) in chosen.digits}
    return Additive(digits, beyond=tuple(v for v in digits if of_unit(v, code) in set(chosen.beyond)))


def ties_of(documents: Sequence[tuple[str, Links]]) -> tuple[Tie, ...]:
    """Find the figures of the department, whose document is the first, that units' figures add up to.

    A figure is tied where each unit prints the sum of its own part of the facts, in the same unit and as exactly.
    """
    (_, whole), *units = documents
    cells = [_cells(links) for _, links in documents]
    printed: dict[tuple[frozenset[str], str, int], tuple[str, Variable, CellRef]] = {}
    for (code, links), refs in zip(units, cells[1:], strict=True):
        for variable in links.variables:
            known = of_unit(variable, code)
            if variable.fen and variable in refs:
                printed.setdefault((known.facts, known.unit, known.places), (code, known, refs[variable]))
    owners = _owners(units)
    ties = []
    for variable in whole.variables:
        parts = [
            printed.get((facts, variable.unit, variable.places)) for facts in _split(variable.facts, owners, units)
        ]
        known_parts = [p for p in parts if p is not None]
        is_whole = len(known_parts) == len(parts) and sum(v.fen for _, v, _ in known_parts) == variable.fen
        if variable.fen and is_whole and known_parts and variable in cells[0]:
            terms = ((-1, variable), *((1, v) for _, v, _ in known_parts))
            own = known_parts[0][1] == variable  # a figure of one unit alone is that unit's figure
            cells_of_parts = tuple((code, ref) for code, _, ref in known_parts)
            ties.append(Tie(key_of(cells[0][variable]), Sum(() if own else terms), cells[0][variable], cells_of_parts))
    return tuple(ties)


def is_certified(disclosure: Disclosure, pack: Pack, links: Links) -> bool:
    """Tell whether the certificate holds of one document as printed."""
    figures = Figures(disclosure, pack)
    return certify_asserted(links.asserted, figures.sheets, share_groups(figures)).holds


def _cells(links: Links) -> dict[Variable, CellRef]:
    """Give each printed variable one cell that prints it."""
    by_key = {key_of(ref): ref for ref in links.asserted.truth}
    return {v: by_key[keys[0]] for v, keys in links.variables.items() if keys and keys[0] in by_key}


def _owners(units: Iterable[tuple[str, Links]]) -> dict[str, str]:
    return {f"{code}.{i}": code for code, links in units for v in links.variables for i in v.facts}


def _split(
    facts: frozenset[str], owners: Mapping[str, str], units: Iterable[tuple[str, Links]]
) -> Iterable[frozenset[str]]:
    """Divide facts by the unit they belong to; what the book states as a whole is each unit's own statement of it."""
    by_unit: dict[str, set[str]] = {}
    for fact in facts:
        by_unit.setdefault(owners.get(fact, ""), set()).add(fact)
    stated = by_unit.pop("", set())
    if stated and not by_unit and len(stated) == 1:
        path = next(iter(stated))
        return [frozenset({f"{code}.{path}"}) for code, _ in units if f"{code}.{path}" in owners]
    return [frozenset(f) for f in ([stated] if stated else []) + list(by_unit.values())]
