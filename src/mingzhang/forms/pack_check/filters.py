"""The filters of a pack: that each can be read, and asks for fields and values that facts can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from mingzhang.forms.classifications import edition
from mingzhang.forms.glossary import words
from mingzhang.forms.pack_check.faults import instead
from mingzhang.model.book import UnitFundPart
from mingzhang.model.language import gettext as _
from mingzhang.sums.filters import parse_filter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingzhang.forms.classifications import Edition
    from mingzhang.forms.pack import Pack
    from mingzhang.forms.pack_check.faults import Notes
    from mingzhang.forms.pack_check.sources import Spot
    from mingzhang.sums.filters import Condition

THREE_PUBLIC: Final = ("abroad", "reception", "vehicle_purchase", "vehicle_operation")
"""The kinds of three public expenses that a fact may be."""

_GLOSSARY: Final = {"fund": "fund", "origin": "origin", "kind": "spending_kind", "level": "level"}
_WORDS: Final = {
    "flow": ("spending", "year_end"),
    "three_public": THREE_PUBLIC,
    "operating_cost": ("yes",),
    "fund_part": get_args(UnitFundPart),
}
_CODES: Final[dict[str, str]] = {
    "class": "function", "group": "function", "item": "function", "economic": "economic", "economic_class": "economic",
    "gov_economic": "gov_economic", "revenue": "revenue",
}  # fmt: skip
"""Fields that hold codes, with the list of the edition that names them."""


def check_filters(notes: Notes, pack: Pack) -> None:
    """Look at every filter of the tables and of the glossary; the forms' are looked at with the forms."""
    fields = [w.identifier for w in words() if w.kind == "fact"]
    codes = edition(pack.standards)
    for text, spot in _filters(notes, pack):
        check_filter(notes, text, spot, fields, codes)


def check_filter(notes: Notes, text: str, spot: Spot, fields: list[str], codes: Edition) -> None:
    """Look at one filter."""
    try:
        conditions = parse_filter(text).conditions
    except ValueError:
        wrong = next((w for w in text.split() if not _is_condition(w)), text)
        notes.error(
            spot,
            _("筛选里的“{word}”不是一个条件").format(word=wrong),
            _("写成 字段=值，几个值用 | 分开，条件之间用空格：fund=general origin=current。"),
        )
        return
    for condition in conditions:
        if condition.field not in fields:
            notes.error(
                spot,
                _("筛选的字段“{field}”不存在").format(field=condition.field),
                instead(condition.field, fields, most=30),
            )
            continue
        for value in condition.values:
            _value(notes, spot, condition, value, codes)


def values_of(field: str) -> tuple[str, ...]:
    """List the values that a field of a fact can have; () where they are codes or names."""
    return _WORDS.get(field) or tuple(w.identifier for w in words() if w.kind == _GLOSSARY.get(field))


def _is_condition(word: str) -> bool:
    try:
        parse_filter(word)
    except ValueError:
        return False
    return True


def _value(notes: Notes, spot: Spot, condition: Condition, value: str, codes: Edition) -> None:
    field = condition.field
    if not value:  # asks whether there is any
        return
    known = values_of(field)
    if field in _CODES:
        find: Callable[[str], object] = getattr(codes, _CODES[field])
        if condition.sign != "^=" and find(value) is None:
            notes.error(
                spot,
                _("科目“{code}”不在 {edition} 版收支分类科目中").format(code=value, edition=codes.name),
            )
    elif known and value not in known and condition.sign != "^=":
        notes.error(spot, _("“{field}”没有“{value}”这个值").format(field=field, value=value), instead(value, known))


def _filters(notes: Notes, pack: Pack) -> Iterator[tuple[str, Spot]]:
    at = notes.sources.at
    for table in pack.tables:
        name = f"tables/{table.id}"
        yield table.filter, at(name, "filter")
        for part, columns in (("columns", table.columns), ("extra", table.extra)):
            for number, column in enumerate(columns):
                yield column.filter, at(name, part, number, text=f'"{column.key} |')
        for number, rows in enumerate(table.rows):
            yield rows.filter, at(name, "rows", number, "filter")
            for row in rows.fixed:
                yield row.filter, at(name, "rows", number, "fixed", text=f"| {row.key} |")
