"""How well the numbers of the written part were read, against a list made by hand.

A number is right if the list has it at the same line with the same value and unit. `key` counts those that were
understood, `same_key` those that the list calls by the same word.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingzhang.model.disclosure import Disclosure, Section

Place = tuple[int, Decimal, str]


def measure(disclosure: Disclosure, truth_rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Compare every number of a disclosure's written part with the rows of a truth file."""
    return measure_sections(disclosure.sections, truth_rows)


def measure_sections(sections: Iterable[Section], truth_rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Compare every number of sections with the rows of a truth file."""
    rows = list(truth_rows)
    wanted = Counter(_wanted(r) for r in rows)
    read: Counter[Place] = Counter()
    keyed: Counter[tuple[Place, str]] = Counter()
    known = 0
    for section in sections:
        if section.part != "written":
            continue
        for slot in (s for p in section.paragraphs for s in p.slots if s.figure is not None):
            figure = slot.figure
            line = figure.place.line if figure.place is not None and figure.place.line is not None else 0
            place = (line, Decimal(figure.plain), figure.unit)
            read[place] += 1
            known += bool(slot.key) and place in wanted
            keyed[place, slot.key] += 1
    right = wanted & read
    same = Counter((_wanted(r), r["key"]) for r in rows) & keyed
    total = sum(wanted.values())
    missing, extra = sorted((wanted - read).elements()), sorted((read - wanted).elements())
    return {
        "right": (sum(right.values()), total),
        "key": (known, total),
        "same_key": (sum(same.values()), total),
        "missing": len(missing),
        "extra": len(extra),
        "examples": [*missing, *extra],
    }


def line_of(name: str, result: Mapping[str, Any]) -> str:
    """Print a measurement as one line."""
    right, key, same = ("/".join(map(str, result[k])) for k in ("right", "key", "same_key"))
    return (
        f"{name}: written part {right} right, {key} with key ({same} as listed), "
        f"{result['missing']} missing, {result['extra']} extra"
    )


def _wanted(row: Mapping[str, Any]) -> Place:
    return int(row["line"]), Decimal(str(row["value"])), str(row["unit"])
