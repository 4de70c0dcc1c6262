"""What of a reading a person can verify: every figure and text that was read, with its place, its doubt and its pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.documents.grid import printed
from mingzhang.forms.glossary import spoken
from mingzhang.model.corrections import step
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingzhang.model.figure import Figure
    from mingzhang.model.performance import DepartmentForm, ProjectForm
    from mingzhang.model.place import Place

TEXTS: Final = (
    "title", "project", "category", "department_code", "department", "implementing_unit", "attribute_printed",
    "period_printed", "duties", "strategy", "overview", "basis", "necessity", "safeguards", "plan", "period_goal",
    "annual_goal", "filled_at",
)  # fmt: skip
"""The texts of a form that may be put right; persons and their numbers are not asked for."""

COUNTS: Final = ("sections", "subordinate_units", "staff_quota", "staff_actual", "staff_in_quota", "staff_other")


class Item(msgspec.Struct, frozen=True):
    """One thing to verify: its JSON pointer, what it is called, how it was read, and where it stands."""

    at: str
    name: str
    text: str
    doubt: str = ""
    page: int | None = None
    line: int | None = None
    box: tuple[int, int, int, int] | None = None
    kind: str = "figure"


class Items:
    """The things to verify in the order of the page; each is known by its number."""

    def __init__(self, boxes: Mapping[tuple[int | None, int], tuple[int, int, int, int]] | None = None) -> None:
        """Begin with none; what has no box of its own stands in that of its line, if `boxes` has it."""
        self.all: list[Item] = []
        self.boxes = boxes or {}

    def figure(self, at: str, name: str, figure: Figure, fallback: Place | None = None, doubt: str = "") -> int:
        """Take up a figure; where it has no place of its own it stands where its row or sentence does."""
        return self._put(Item(at, name, printed(figure), figure.doubt or doubt), figure.place or fallback)

    def words(self, at: str, name: str, text: str, doubt: str = "", place: Place | None = None) -> int:
        """Take up a text."""
        return self._put(Item(at, name, text, doubt, kind="text"), place)

    def note(self, at: str, name: str, doubt: str, place: Place | None) -> int:
        """Take up a doubt about a whole row or sentence, which can only be accepted."""
        return self._put(Item(at, name, "", doubt, kind="note"), place)

    def _put(self, item: Item, place: Place | None) -> int:
        if place is not None:
            box = place.box or (None if place.line is None else self.boxes.get((place.page, place.line)))
            item = msgspec.structs.replace(item, page=place.page, line=place.line, box=box)
        self.all.append(item)
        return len(self.all) - 1


class Field(msgspec.Struct, frozen=True):
    """One line of a form as it is shown: its label and the numbers of its items."""

    label: str
    items: tuple[int, ...]


def form_fields(form: ProjectForm | DepartmentForm, at: str, name: str, items: Items) -> list[Field]:
    """Take up what is printed in a form, in the form's order."""
    out = []
    for field in (*TEXTS, *COUNTS, "period_funds", "annual_funds", "by_source", "by_use"):
        value = getattr(form, field, None)
        if not value:
            continue
        label, place = field_name(field), form.places.get(field) or form.first
        where = f"{at}/{field}"
        if isinstance(value, str):
            out.append(Field(label, (items.words(where, f"{name} {label}", value, place=place),)))
            continue
        for key, figure in _figures(field, value).items():
            own = f"{label} {part_name(key)}".strip()
            pointer = f"{where}/{step(key)}" if key else where
            found = form.places.get(f"{field}.{key}") or place
            out.append(Field(own, (items.figure(pointer, f"{name} {own}", figure, found),)))
    return out


def indicator_rows(form: ProjectForm | DepartmentForm, at: str, name: str, items: Items) -> list[Field]:
    """Take up the indicators of a form, one line each: three levels and the value."""
    out = []
    for field in ("period_indicators", "annual_indicators", "indicators"):
        for n, indicator in enumerate(getattr(form, field, ())):
            where, label = f"{at}/{field}/{n}", f"{field_name(field)} {n + 1}"
            numbers = tuple(
                items.words(
                    f"{where}/{part}",
                    f"{name} {label} {field_name(part)}",
                    getattr(indicator, part),
                    indicator.doubt if part == "value" else "",
                    indicator.place,
                )
                for part in ("level1", "level2", "level3", "value")
            )
            out.append(Field(label, numbers))
    return out


def field_name(field: str, kind: str = "form_field") -> str:
    """Give the name of a form's field, or of a statement's key, for people."""
    return spoken(field, kind)


def _figures(field: str, value: object) -> dict[str, Figure]:
    if isinstance(value, dict):
        return value
    if isinstance(value, msgspec.Struct) and field.endswith("_funds"):
        return {n: f for n in value.__struct_fields__ if (f := getattr(value, n)) is not None}
    return {"": value}  # type: ignore[dict-item] # a count


def part_name(key: str) -> str:
    """Give the name of one part of a form's money: a source, a fund, a kind of spending."""
    if key == "total":
        return _("合计")
    return next((name for kind in ("level", "fund", "spending_kind") if (name := field_name(key, kind)) != key), key)
