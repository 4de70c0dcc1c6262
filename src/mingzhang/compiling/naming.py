"""Names of figures and of the sums that tie them, for people."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mingzhang.model.language import gettext as _
from mingzhang.rules.figures import DEPARTMENT, TEXT
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mingzhang.compiling.additivity import Links
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.network import Sum
    from mingzhang.sums.rounding import Variable

_CELL: Final = re.compile(r"(?P<table>\w+)\[(?P<row>.+)\]\.(?P<column>\w+)")

_SHOWN: Final = 5
"""So many figures of one side of a sum are named."""


@lru_cache(8192)
def ref_of(key: str) -> CellRef:
    """Give the address of a figure from its key: `table[row].column`, a field of the department's form, a statement."""
    found = _CELL.fullmatch(key)
    if found is not None:
        return CellRef(found["table"], found["row"], found["column"])
    source, dot, field = key.partition(".")
    return CellRef(DEPARTMENT, field) if dot and source == DEPARTMENT else CellRef(TEXT, key)


def key_of(ref: CellRef) -> str:
    """Spell a figure's key as people write it: `table[row].column`, or the key of a statement."""
    if ref.source == TEXT:
        return ref.row
    return f"{ref.source}[{ref.row}].{ref.column}" if ref.column else f"{ref.source}.{ref.row}"


def named(variable: Variable, links: Links, figures: Figures) -> str:
    """Name a variable by the first figure that prints it, with its key; last year's by the key of what it was."""
    keys = links.variables.get(variable, ())
    if not keys:
        last = sorted(variable.facts & links.last)
        return _("上年数（{key}）").format(key=_("、").join(last)) if last else _("各项之和")
    name = figures.name(ref_of(keys[0]))
    return f"{name}（{keys[0]}）"


def said(total: Sum, links: Links, figures: Figures) -> str:
    """Say a sum in the names of its figures, the table named once."""
    before: CellRef | None = None

    def name(variable: Variable, key: str) -> str:
        nonlocal before
        if not key:
            return named(variable, links, figures)
        after, before = before, ref_of(key)
        same = after is not None and after.source == before.source and after.row != before.row
        return figures.name(before, after=after if same else None)

    return _written(total, links, name)


def spelled(total: Sum, links: Links) -> str:
    """Spell a sum in the keys of its figures."""
    return _written(total, links, lambda v, key: key or "、".join(sorted(v.facts & links.last)) or "…")


def _first_of_most(sources: tuple[str, ...], counts: Mapping[str, int]) -> int:
    """Number the first figure of the sheet that counts most."""
    own = [counts[s] for s in sources]
    return own.index(max(own))


def _written(total: Sum, links: Links, name: Callable[[Variable, str], str]) -> str:
    """Write a sum: the side of fewer figures first; of many figures the first ones, and how many there are."""
    sources = {v: links.variables.sources(v) for _, v in total.terms}
    counts: dict[str, int] = {}
    for own in sources.values():
        for source in set(own):
            counts[source] = counts.get(source, 0) + 1
    sides = [[v for c, v in total.terms for _n in range(c * side)] for side in (-1, 1)]
    if total.relation == "=":
        sides.sort(key=len)
    written = []
    for side in sides:
        shown = [
            name(v, links.variables.key(v, _first_of_most(sources[v], counts)) if sources[v] else "")
            for v in side[:_SHOWN]
        ]
        more = _(" 等{n}项之和").format(n=len(side)) if len(side) > _SHOWN else ""
        written.append((" + ".join(shown) or "0") + more)
    return f" {'=' if total.relation == '=' else '≥'} ".join(written)
