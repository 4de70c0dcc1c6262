"""Items that sentences list one by one with their amounts: each once, none left out, in the order of their codes."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.declarations import Declaration, item_in
from mingzhang.forms.expressions import Cell, parts_of
from mingzhang.model.disclosure import Paragraph, Section, Slot
from mingzhang.model.finding import Evidence, Spot
from mingzhang.model.keys import folded
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.functions.parts_listed import AND_OTHERS, parts_left_out
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.stated import said_as
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures, Said

_MONEY: Final = frozenset({"元", "万元", "亿元"})
_FEWEST: Final = 2
_SPENDING: Final = "支出"
_ENDS: Final = re.compile("[。；;]")


class Listed(msgspec.Struct, frozen=True):
    """The items that one section lists under one kind of slot: what is declared of the first, each code with its place."""

    section: Section
    declared: Declaration | None
    items: tuple[tuple[str, Paragraph, Slot], ...]

    @property
    def goes_on(self) -> bool:
        """Tell whether the list ends in 等: it does not mean to name every item."""
        _code, paragraph, slot = self.items[-1]
        return AND_OTHERS.match(paragraph.text, paragraph.text.find("元", slot.at)) is not None

    @property
    def again(self) -> list[int]:
        """Say which items are listed more than once with one amount."""
        if len({code for code, _, _ in self.items}) == len(self.items):
            return []
        stated = [(code, slot.figure.atoms if slot.figure else None) for code, _, slot in self.items]
        count = Counter(stated)
        return [at for at, one in enumerate(stated) if count[one] > 1]

    def spot(self, at: int) -> Spot:
        """Say where an item stands."""
        _code, paragraph, slot = self.items[at]
        place = paragraph.place
        line, page = (None, None) if place is None else (place.line, place.page)
        words = paragraph.text[max(0, slot.at - 20) : slot.at + 16]
        return Spot(section=self.section.key, sentence=words, line=line, page=page)


def twice(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find items that a section lists more than once with one amount."""
    for every in lists_of(figures):
        listed = _uncompared(figures, every) if every.again else every
        again = listed.again
        if not again:
            yield passed(rule)
            continue
        code, _, slot = listed.items[again[-1]]
        name = _name(figures, code)
        told = Told(
            f"说明重复列出“{name}”{slot.figure.plain if slot.figure else ''}万元。",
            f"A sentence lists {name!r} more than once.",
            tuple(dict.fromkeys(listed.spot(at) for at in again)),
            actual=name,
            evidence=(Evidence(listed.spot(again[-1]), name, "", "item"),),
        )
        yield violated(rule, told)
    if not lists_of(figures):
        yield undecided(rule, "说明没有逐项列出科目", "no sentence lists items")


def _uncompared(figures: Figures, listed: Listed) -> Listed:
    """Leave out the amounts that are said again of an item where they are compared."""
    own = tuple(one for at, one in enumerate(listed.items) if not _goes_on_about_it(figures, listed, at))
    return msgspec.structs.replace(listed, items=own)


def _goes_on_about_it(figures: Figures, listed: Listed, at: int) -> bool:
    """Tell whether an amount is one more that is said of an item, in a sentence that does not name it again."""
    code, paragraph, slot = listed.items[at]
    before = [(p, s) for c, p, s in listed.items[:at] if c == code]
    said = [s.at for p, s in before if p is paragraph and s.at < slot.at]
    own = max((*said, *(m.end() for m in _ENDS.finditer(paragraph.text, 0, slot.at))), default=0)
    name = folded(_name(figures, code)).removesuffix(_SPENDING)
    return bool(before) and name not in folded(paragraph.text[own : slot.at])


def left_out(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find items, and parts of a total, with an amount in the table that a sentence divides, and not in the sentence."""
    yield from parts_left_out(rule, figures)
    seen = False
    for listed in lists_of(figures):
        wanted = _wanted(figures, listed)
        have = {code for code, _, _ in listed.items}
        if not have <= wanted.keys() or listed.goes_on:  # the tables do not have what is listed: others say so
            continue
        seen = True
        lacking = sorted(wanted.keys() - have)
        if not lacking:
            yield passed(rule)
        for code in lacking if len(lacking) < len(have) else ():
            ref, name = CellRef(*wanted[code]), _name(figures, code)
            figure = figures.figure(ref)
            if figure is None or (figures.pack is None and _is_named(figures, name)):
                continue  # of a form that no pack knows not every amount is known by its item
            spot, there = listed.spot(0), figures.spot(ref)
            told = Told(
                f"说明逐项列出科目，漏了“{name}”{figure.plain}{figure.unit}。",
                f"A sentence lists the items one by one and leaves out {name!r}.",
                (spot, there),
                expected=name,
                evidence=(evidence_of(figure, there, "item"),),
            )
            yield violated(rule, told)
    if not seen:
        yield undecided(rule, "说明没有逐项列出科目", "no sentence lists items")


def _is_named(figures: Figures, name: str) -> bool:
    """Tell whether an item is named anywhere in the written part, in a heading too."""
    sections = [s for s in figures.disclosure.sections if s.part == "written"]
    texts = (t for s in sections for t in (s.heading, *(p.text for p in s.paragraphs)))
    return folded(name).removesuffix(_SPENDING) in folded("".join(texts))


def order(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find items that a section lists before one of a smaller code."""
    for listed in lists_of(figures):
        wrong = [at for at, (a, b) in enumerate(pairwise(code for code, _, _ in listed.items), 1) if a > b]
        if not wrong:
            yield passed(rule)
            continue
        name = _name(figures, listed.items[wrong[0]][0])
        told = Told(
            f"说明没有按科目编码的次序列出：“{name}”排在后面。",
            f"A sentence lists {name!r} out of the order of codes.",
            (listed.spot(wrong[0]),),
            actual=name,
            evidence=(Evidence(listed.spot(wrong[0]), name, "", "item"),),
        )
        yield violated(rule, told)
    if not lists_of(figures):
        yield undecided(rule, "说明没有逐项列出科目", "no sentence lists items")


@once_for_all
def lists_of(figures: Figures) -> tuple[Listed, ...]:
    """List what the written part lists by items of one level, amounts only."""
    found: dict[tuple[str, str, int], list[tuple[str, Said]]] = {}
    for _name, said in said_as(figures, "item"):
        figure, section = said.slot.figure, said.section
        if section.part != "written" or figure is None or not figure.digits or figure.unit not in _MONEY:
            continue
        coded = item_in(said.slot.key) if said.declared is None else said.declared.item
        if coded is not None:
            found.setdefault((section.key, coded[0], len(coded[1])), []).append((coded[1], said))
    return tuple(
        Listed(own[0][1].section, own[0][1].declared, tuple((code, said.paragraph, said.slot) for code, said in own))
        for own in found.values()
        if len(own) >= _FEWEST
    )


def _wanted(figures: Figures, listed: Listed) -> dict[str, tuple[str, str, str]]:
    """Give the codes that have an amount where the listed ones have theirs, by the pack's own declaration, with that place."""
    code = listed.items[0][0]
    tree = None if listed.declared is None else listed.declared.tree
    out: dict[str, tuple[str, str, str]] = {}
    for part in () if tree is None else parts_of(tree):
        if not isinstance(part, Cell) or not part.row.endswith(code):
            return {}
        sheet = figures.sheets.get(part.table)
        if sheet is None:
            continue
        places = sheet.shape.column(part.column)
        for row, own in sheet.shape.codes_behind(part.row.removesuffix(code), len(code)):
            if own not in out and row in places and sheet.figures[places[row]].digits:
                out[own] = part.table, row, part.column
    return out


def _name(figures: Figures, code: str) -> str:
    return next((r.label for t in figures.disclosure.tables for r in t.rows if r.code == code and r.label), code)
