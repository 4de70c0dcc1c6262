"""In which columns a row's money is to be expected by its code or name: its fund; staff, operations or projects.

Where cells were lost, sums between rows cannot always say in which of two columns an amount stood. A government fund's
function is paid by that fund, pay by the money for staff. It is a reason to try one column before the other, no proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.forms.classifications import edition
from mingzhang.forms.lexicon import lexicon
from mingzhang.model.keys import joined_code
from mingzhang.readback.likeness import unnumbered
from mingzhang.sums.filters import parse_filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.readback.columns import Target

_ITEM: Final = 2
_FUND, _KIND = "fund", "kind"


class Expected:
    """Counts amounts in columns that a row of its code or name would not fill."""

    def __init__(self, targets: Sequence[Target], standards: str, whole: str = "") -> None:
        """Take the columns of a table, the edition of the classifications, and the filter of the whole table."""
        self._targets = targets
        self._standards = edition(standards)
        funds = dict(_conditions(whole)).get(_FUND, ())
        self._whole = funds[0] if len(funds) == 1 else ""
        self._only = [dict(_conditions(t.filter)) for t in targets]
        self._asks = {field for own in self._only for field in own}

    def against(self, texts: Sequence[str], at: Sequence[int]) -> int:
        """Count the texts of a row that stand in a column of another fund or kind than the row's."""
        if not self._asks:
            return 0
        code, label = self._named(texts, at)
        own = {_FUND: self._fund(code), _KIND: self._kind(code, label)}
        return sum(
            any(own[field] and own[field] not in values for field, values in self._only[x].items())
            for text, x in zip(texts, at, strict=True)
            if text and x >= 0
        )

    def _named(self, texts: Sequence[str], at: Sequence[int]) -> tuple[str, str]:
        parts: dict[str, list[str]] = {"code": [], "label": []}
        for text, x in zip(texts, at, strict=True):
            if text and x >= 0 and self._targets[x].column.kind in parts:
                parts[self._targets[x].column.kind].append(text)
        return joined_code(*parts["code"]), parts["label"][0] if parts["label"] else ""

    def _fund(self, code: str) -> str:
        """Give the fund of a functional 款 or 项, else that of the whole table; a 类 may have several."""
        found = self._standards.function(code)
        return found.budget if found is not None and found.level >= _ITEM else self._whole

    def _kind(self, code: str, label: str) -> str:
        """Tell staff, operations and projects by a row's economic class or fund; "" where they could be several."""
        known = self._standards
        signs = {self._fund(code)}
        if known.function(code) is None and known.economic(code) is not None:
            signs |= {code[:3]}
        elif not code and label:
            signs |= {e.code[:3] for e in known.named(unnumbered(label), kind="dept_economic")}
        kinds = {kind for kind, own in lexicon().expected_kinds.items() if signs & set(own)}
        return kinds.pop() if len(kinds) == 1 else ""


def _conditions(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Give the conditions of a column's filter that a row's code can speak to."""
    return [(c.field, c.values) for c in parse_filter(text).conditions if c.field in {_FUND, _KIND} and c.sign == "="]
