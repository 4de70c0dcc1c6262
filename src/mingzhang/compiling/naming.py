"""Names of figures and of the sums that tie them, for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.language import gettext as _
from mingzhang.rules.figures import DEPARTMENT, TEXT
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from mingzhang.compiling.additivity import Links
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.network import Sum
    from mingzhang.sums.rounding import Variable

_CELL: Final = re.compile(r"(?P<table>\w+)\[(?P<row>.+)\]\.(?P<column>\w+)")


def ref_of(key: str) -> CellRef:
    """Give the address of a figure from its key: `table[row].column`, a field of the department's form, a statement."""
    found = _CELL.fullmatch(key)
    if found is not None:
        return CellRef(found["table"], found["row"], found["column"])
    source, dot, field = key.partition(".")
    return CellRef(DEPARTMENT, field) if dot and source == DEPARTMENT else CellRef(TEXT, key)


def named(variable: Variable, links: Links, figures: Figures) -> str:
    """Name a variable by the first figure that prints it, with its key; last year's by the key of what it was."""
    keys = links.variables.get(variable, ())
    if not keys:
        last = sorted(variable.facts & links.last)
        return _("上年数（{key}）").format(key=_("、").join(last)) if last else _("各项之和")
    name = figures.name(ref_of(keys[0]))
    return f"{name}（{keys[0]}）"


def said(total: Sum, links: Links, figures: Figures) -> str:
    """Say a sum: what is added on each side, the shorter side first."""
    sides = ([v for c, v in total.terms for _n in range(-c)], [v for c, v in total.terms for _n in range(c)])
    left, right = (" + ".join(named(v, links, figures) for v in side) or "0" for side in sides)
    sign = "=" if total.relation == "=" else "≥"
    return f"{left} {sign} {right}"
