"""Economic items that a sentence names one after the other, beside those of the table of basic spending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.coded_rows import edition_of
from mingzhang.rules.functions.name_slips import economic_names, lists_of_names
from mingzhang.rules.names import is_one_slip
from mingzhang.rules.results import Result, Told, passed, undecided, violated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingzhang.model.disclosure import Paragraph, Slot
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_CLASS, _ITEM_LEVEL = 3, 2
_NONE: Final = frozenset({"无", "没有", "无内容", "/", "-", "—"})
_SHOWN: Final = 40
_MOST: Final = 3
"""Of so many names that are listed, all but one are those of the table where it is of the same kind."""


def not_in_table(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find items that a sentence lists and the table, which prints nearly all that is listed with them, does not."""
    labels: frozenset[str] | None = None
    seen = False
    for section, paragraph, slot in lists_of_names(figures):
        labels = frozenset(economic_names(figures)) if labels is None else labels
        if (said := _contradicted(paragraph, slot)) is not None:
            seen = True
            yield violated(rule, said(section))
            continue
        listed = list(dict.fromkeys(spelling(n.strip().removesuffix("等")) for n in slot.text.split("、")))
        missing = [n for n in listed if n and n not in labels]
        if len(listed) < _MOST:
            continue
        seen = True
        if not missing or len(missing) * _MOST > len(listed):  # the sentence goes by other items than the table
            yield passed(rule)
            continue
        place = paragraph.place
        line, page = (None, None) if place is None else (place.line, place.page)
        for name in missing:
            known = edition_of(figures).named(name, kind="dept_economic", level=_ITEM_LEVEL)
            if not any(_lists_others_of(e.code, labels, figures) for e in known):
                continue
            if any(is_one_slip(name, label) and not _is_official(label, figures) for label in labels):
                continue
            spot = Spot(section=section, sentence=name, line=line, page=page)
            told = Told(
                f"说明列举了“{name}”，基本支出经济分类表没有列。",
                f"A sentence lists {name!r}, which the table of basic spending has not.",
                (spot,),
                actual=name,
                evidence=(Evidence(spot, name, "", "item"),),
            )
            yield violated(rule, told)
    if not seen:
        yield undecided(rule, "说明没有列举经济科目", "no sentence lists economic items")


def _is_official(name: str, figures: Figures) -> bool:
    """Tell whether a name is that of another item, and so no slip of one."""
    return bool(edition_of(figures).named(name, kind="dept_economic", level=_ITEM_LEVEL))


def _contradicted(paragraph: Paragraph, slot: Slot) -> Callable[[str], Told] | None:
    """Tell of a sentence that lists items of no money at all, or says 无 of some; None where it does neither."""
    key = slot.key.removesuffix("_items")
    amount = next((s.figure for s in paragraph.slots if s.key == key and s.figure is not None), None)
    if amount is None or amount.digits is None:
        return None
    is_none = slot.text.strip(" 。；;，,") in _NONE
    if is_none == (not amount.digits):
        return None

    def told(section: str) -> Told:
        place = paragraph.place
        line, page = (None, None) if place is None else (place.line, place.page)
        spot = Spot(section=section, sentence=slot.text[:_SHOWN], line=line, page=page)
        return Told(
            f"写明金额为{amount.plain}{amount.unit}，却列举“{slot.text[:_SHOWN]}”。",
            f"The amount is {amount.plain} {amount.unit}, and {slot.text[:_SHOWN]!r} is listed.",
            (spot,),
            actual=slot.text[:_SHOWN],
            evidence=(
                Evidence(spot, amount.plain, amount.unit, "amount"),
                Evidence(spot, slot.text[:_SHOWN], "", "item"),
            ),
        )

    return told


def _lists_others_of(code: str, labels: frozenset[str], figures: Figures) -> bool:
    """Tell whether the table prints other items of an item's class, and so would print this one."""
    listed = edition_of(figures).classification("dept_economic")
    return any(
        e.code != code and e.code[:_CLASS] == code[:_CLASS] and e.level == _ITEM_LEVEL and spelling(e.name) in labels
        for e in listed
    )
