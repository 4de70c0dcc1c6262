"""One thing that differs between two disclosures."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from mingzhang.model.language import later
from mingzhang.model.place import Place

ChangeKind = Literal["identity", "table", "figure", "slot", "paragraph", "chart", "form", "field", "term", "cell"]

KINDS: Final[dict[ChangeKind, str]] = {
    "identity": later("单位和年度"), "table": later("报表"), "figure": later("报表数字"), "slot": later("说明数字"), "paragraph": later("文字"), "chart": later("图"),
    "form": later("绩效表"), "field": later("绩效表内容"), "term": later("名词"), "cell": later("工作表内容"),
}  # fmt: skip
"""What a change is of, in the order in which changes are told."""


class Change(msgspec.Struct, frozen=True):
    """One thing that differs: `was` and `now` are "" where it is only in the other; `by` is the difference of figures.

    `unit` is that of `by`; the place is that in the later disclosure, where it is in it.
    """

    kind: ChangeKind
    key: str
    name: str
    was: str
    now: str
    by: str = ""
    unit: str = ""
    place: Place | None = None
