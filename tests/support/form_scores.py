"""How much of the performance forms of a disclosure is read: fields, amounts and indicators, each right, doubted or silently wrong."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.performance import ProjectForm

FIELDS = (
    "category", "department", "implementing_unit", "attribute_printed", "period_printed", "overview", "basis",
    "necessity", "safeguards", "plan", "period_goal", "annual_goal", "filled_at",
)  # fmt: skip
FUNDS = ("total", "central", "provincial", "municipal", "county", "self_raised", "other")


def fields_of(form: ProjectForm) -> Iterator[tuple[str, str]]:
    """Give the fields that print something, amounts among them, without blanks."""
    for field in FIELDS:
        if text := _plain(getattr(form, field)):
            yield field, text
    for side in ("period", "annual"):
        for key in FUNDS:
            figure = getattr(getattr(form, f"{side}_funds"), key)
            if figure is not None and figure.printed:
                yield f"{side}_funds.{key}", figure.plain or figure.printed


def indicators_of(form: ProjectForm) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give the indicators of both sides without blanks, each with its doubt."""
    for side in ("period", "annual"):
        for one in getattr(form, f"{side}_indicators"):
            yield (side, one.level1, one.level2, _plain(one.level3), _plain(one.value)), one.doubt


def _plain(text: str) -> str:
    return "".join(text.split())


def scored(wanted: Disclosure, got: Disclosure) -> Counter[str]:
    """Count fields and indicators of the forms wanted: right, lost (missing or wrong, told or not) and silently wrong."""
    count: Counter[str] = Counter()
    read = {f.project: f for f in got.project_forms}
    for form in wanted.project_forms:
        one = read.get(form.project)
        own = dict(fields_of(form))
        count["fields"] += len(own)
        targets = Counter(key for key, _doubt in indicators_of(form))
        count["indicators"] += targets.total()
        if one is None:
            continue
        found = dict(fields_of(one))
        count["right_fields"] += sum(found.get(k) == v for k, v in own.items())
        for key, value in found.items():
            if own.get(key) != value:
                count["wrong_fields"] += 1
                count["silent"] += not any(key.split(".")[-1] in d or d.startswith("第") for d in one.doubts)
        have = Counter(key for key, _doubt in indicators_of(one))
        count["right_indicators"] += (targets & have).total()
        for key, doubt in indicators_of(one):
            if key not in targets:
                count["wrong_indicators"] += 1
                count["silent"] += not doubt
        count["doubted"] += sum(bool(doubt) for key, doubt in indicators_of(one) if key in targets)
    return count
