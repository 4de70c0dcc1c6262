"""Names with one character printed wrongly: the unit's, wherever it is named, and those of items in sentences."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from mingzhang.forms.classification import spelling
from mingzhang.model.figure import read_figure
from mingzhang.model.finding import Evidence, Spot
from mingzhang.model.keys import code_level
from mingzhang.rules.briefly import in_brief
from mingzhang.rules.names import distance, is_slip
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import texts_in, words_together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Paragraph, Slot, Table
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.texts import Text
    from mingzhang.sums.sheets import Sheet

_CODED: Final = re.compile(r"^[0-9A-Za-z]+[-—－:：、\s]*")
_SHORTEST: Final = 6
_NEARLY_ALL: Final = 5
_MEMBER: Final = re.compile(
    r"\s*(?:\d{1,2}[.、．]|[（(]\d{1,2}[)）])\s*(?P<name>[一-鿿]{4,30}(?:局|所|站|中心|院|校|馆|队|处|园|厂|部|室|委员会|学|会))\s*[。；;]?\s*"
)
_AMOUNT: Final = re.compile(r"(?P<amount>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|元)")
_NAME: Final = re.compile(r"[一-鿿（）()、]{4,40}\Z")
_LONGEST: Final = 40
_WORDS: Final = re.compile(r"(?<![一-鿿()、])[一-鿿()、]{5,}+(?=\d[\d,]*(?:\.\d+)?\s*(?:万元|元))")
"""Words right before an amount, long enough for a name that lacks a character, their brackets narrow; what `_NAME` finds is their end."""


def spellings(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find spellings of the unit's name that differ from the usual one in a few characters, and in more than one."""
    folded = _times_named(figures)
    if not folded:
        yield undecided(rule, "没有读到单位名称", "no unit is named")
        return
    yield passed(rule)
    yield from _nameless(rule, figures)
    usual = folded.most_common(1)[0][0]
    for name in folded if len(folded) > 1 else ():
        part = name in usual or usual in name  # 本级, 机关: another unit of the same department
        if not part and folded[name] * 2 <= folded[usual] and 1 < distance(name, usual) <= len(usual) // 4:
            found = names_of_units(figures)
            spots = tuple(s for n, s in found if spelling(n) == name)
            printed = next(n for n, _ in found if spelling(n) == name)
            told = Told(
                f"单位名称写作“{printed}”，其他{folded[usual]}处为“{usual}”。",
                f"The unit is called {printed!r} here and {usual!r} elsewhere.",
                spots,
                expected=usual,
                actual=printed,
            )
            yield violated(rule, told)


def _nameless(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find the few tables above which the unit's name does not stand though it does above nearly all."""
    tables = [t for t in figures.disclosure.tables if t.title and not t.beside]
    without = [t for t in tables if not t.unit_name and not t.doubts]
    if without and len(without) * _NEARLY_ALL <= len(tables):
        titles = "、".join(f"“{figures.title(t.id)}”" for t in without)
        told = Told(
            f"{len(without)}张表没有写单位名称，其他表有：{titles}。",
            f"{len(without)} tables do not name the unit, which the others do.",
            tuple(_spot_above(t) for t in without),
        )
        yield violated(rule, told)


@once_for_all
def _times_named(figures: Figures) -> Counter[str]:
    """Count how often units are called what above tables and in forms."""
    names = Counter([t.unit_name for t in figures.disclosure.tables if t.unit_name])
    printed = Counter([p for f in figures.forms.values() for p in (f.department, f.implementing_unit) if p])
    spelled: Counter[str] = Counter()
    for spell, own in ((spelling, names), (_uncoded, printed)):
        for name, times in own.items():
            spelled[spell(name)] += times
    return spelled


@lru_cache(1024)
def _uncoded(name: str) -> str:
    return spelling(_CODED.sub("", name))


@once_for_all
def names_of_units(figures: Figures) -> tuple[tuple[str, Spot], ...]:
    """List the names of units above tables and in forms, without their codes, each with its place."""
    found = [(t.unit_name, _spot_above(t)) for t in figures.disclosure.tables if t.unit_name]
    for name, form in figures.forms.items():
        for field in ("department", "implementing_unit"):
            text = str(getattr(form, field))
            if text:
                place = form.places.get(field, form.first)
                line = None if place is None else place.line
                found.append((_CODED.sub("", text), Spot(form=name, field=field, line=line)))
    return tuple(found)


def units(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find the unit's name with one character added, left out or another: above tables, in forms, in sentences."""
    counted = _times_named(figures)
    usual, often = counted.most_common(1)[0] if counted else ("", 0)
    if len(usual) < _SHORTEST or often < 2:
        yield undecided(rule, "没有读到单位名称", "no unit is named")
        return
    yield passed(rule)
    for name in counted if len(counted) > 1 else ():
        if counted[name] * 2 <= often and is_slip(name, usual):
            named = names_of_units(figures)
            printed = next(n for n, _ in named if spelling(n) == name)
            yield _told(rule, printed, usual, tuple(s for n, s in named if spelling(n) == name))
    slips = set(_slips_in(words_together(figures, "written"), usual))
    yield from _slips_of_members(rule, figures, frozenset((*counted, usual)))
    for text in texts_in(figures, "written") if slips else ():
        for printed in dict.fromkeys(_slips_in(text.words, usual)):
            if spelling(printed) not in counted:
                yield _told(rule, printed, usual, (text.spot(printed),))


def _slips_of_members(rule: Rule, figures: Figures, known: frozenset[str]) -> Iterator[Result]:
    """Find the name of a unit that the profile lists under the department with another character, in sentences."""
    lines = words_together(figures, "profile").split("\0")
    members = [m["name"] for m in map(_MEMBER.fullmatch, lines) if m is not None and len(m["name"]) >= _SHORTEST]
    together = words_together(figures, "written") if members else ""
    names = known.union(members)
    for name in dict.fromkeys(members):
        for printed in dict.fromkeys(_slips_in(together, name)):
            if printed in names or any(n != name and n in printed for n in names):
                continue
            for text in texts_in(figures, "written"):
                if printed in text.words:
                    yield _told(rule, printed, name, (text.spot(printed),))


def _wrong_items(rule: Rule, figures: Figures) -> Iterator[Result]:
    return items(rule, figures) if _is_nearly_named(figures) else _in_lists(rule, figures)


@in_brief(_wrong_items, sums=False)
def items(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find names of items with one character wrong right before an amount that the tables print for the item."""
    stated, wanted = _stated_amounts(figures)
    labelled = _labels_of(wanted, figures)
    for text, name, found, atoms in stated:
        labels = labelled.get(atoms)
        if labels is not None:
            said = spelling(name)
            if not any(said.endswith(label) for label in labels):
                yield from _named(rule, text, name + found[0], found, said, tuple(labels))
    yield from _in_lists(rule, figures)
    seen = bool(labelled) or any(True for _ in lists_of_names(figures))
    yield passed(rule) if seen else undecided(rule, "说明没有写科目", "no sentence names an item")


@once_for_all
def _is_nearly_named(figures: Figures) -> bool:
    """Tell whether words before any amount end in the name of a classified item, but for one character."""
    runs = set(_WORDS.findall(_plain(words_together(figures, "written"))))
    rows = [r for t in figures.disclosure.tables for r in t.rows]
    names: dict[str, list[str]] = {}
    for name in map(_item, {r.label for r in rows}):
        if len(name) >= _SHORTEST:
            names.setdefault(name[0] + name[-1], []).append(name)
    near = [
        name
        for run in runs
        for at in range(len(run) - _SHORTEST + 2)
        for name in names.get(run[at] + run[-1], ())
        if -2 < len(run) - at - len(name) < 2
        and (name[:3] == run[at : at + 3] or name[-3:] == run[-3:])  # a slip leaves one end as it is
        and not run.endswith(name)
        and is_slip(run[at:], name)
    ]
    return bool(near) and not {_item(r.label) for r in rows if r.code or r.key[-1:].isdigit()}.isdisjoint(near)


def _plain(text: str) -> str:
    """Spell words and brackets as `spelling` does, and leave alone what it folds besides."""
    return text.replace("（", "(").replace("）", ")").replace("其它", "其他")


@lru_cache(4096)
def _item(label: str) -> str:
    """Give the name of an item without its number."""
    spelled = spelling(label)
    return spelled.partition("、")[2] or spelled


def _in_lists(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find names with one character wrong in lists of the names of economic items."""
    labels: dict[str, None] = {}
    for section, paragraph, slot in lists_of_names(figures):
        labels = labels or dict.fromkeys(economic_names(figures))
        for printed in map(spelling, slot.text.split("、")):
            if printed in labels or len(printed) < _SHORTEST:
                continue
            right = next((n for n in labels if is_slip(printed, n)), None)
            if right is not None:
                place = paragraph.place
                line, page = (None, None) if place is None else (place.line, place.page)
                spot = Spot(section=section, sentence=printed, line=line, page=page)
                yield violated(
                    rule,
                    Told(
                        f"说明写的科目名称“{printed}”，表内是“{right}”。",
                        f"A sentence calls an item {printed!r}, the tables {right!r}.",
                        (spot,),
                        expected=right,
                        actual=printed,
                        evidence=(Evidence(spot, printed, "", "item"),),
                    ),
                )


@once_for_all
def _stated_amounts(figures: Figures) -> tuple[list[tuple[Text, str, re.Match[str], int]], frozenset[int]]:
    """List the amounts other than nothing that sentences state right behind words, with those and their atoms; and these."""
    stated = [
        (text, name, found, figure.atoms)
        for text in texts_in(figures, "written")
        for name, found in _named_amounts(text.words)
        if (figure := read_figure(found["amount"], found["unit"])) is not None and figure.digits
    ]
    return stated, frozenset([atoms for _text, _name, _found, atoms in stated])


def _named_amounts(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Give the amounts of a text right behind words, with those words: what stands behind the amount before them."""
    after = 0
    for found in _AMOUNT.finditer(text):
        start = found.start()
        name = _NAME.search(text, max(after, start - _LONGEST), start)
        if name is not None:
            after = found.end()
            yield name[0], found


def _spot_above(table: Table) -> Spot:
    place = table.places.get("unit_name", table.place)
    return Spot(table=table.id, page=place.page if place else None, line=place.line if place else None)


def _slips_in(text: str, name: str) -> Iterator[str]:
    """Give what stands in a text where the name should, found by either half of it."""
    middle = len(name) // 2
    for half, before, after in ((name[:middle], 0, len(name)), (name[middle:], middle, len(name) - middle)):
        at = text.find(half)
        while at >= 0:
            for length in (0, 1, -1):
                start, stop = (at, at + after + length) if before == 0 else (at - before - length, at + after)
                window = text[max(0, start) : stop]
                if window == name:
                    break
                if is_slip(window, name) and window[0] == name[0] and window[-1] == name[-1]:
                    yield window
                    break
            at = text.find(half, at + 1)


def _named(  # noqa: PLR0917 - what is said, and what there should be
    rule: Rule, text: Text, whole: str, found: re.Match[str], said: str, labels: tuple[str, ...]
) -> Iterator[Result]:
    """Tell of a label that what stands before the amount is, but for one character."""
    for label in labels:
        for length in (len(label), len(label) + 1, len(label) - 1):
            printed = said[-length:]
            if is_slip(printed, label) and printed[0] == label[0] and printed[-1] == label[-1]:
                spot = text.spot(whole)
                told = Told(
                    f"说明写的科目名称“{printed}”，表内金额为{found['amount']}{found['unit']}的是“{label}”。",
                    f"A sentence calls an item {printed!r}; the tables have {label!r} with that amount.",
                    (spot,),
                    expected=label,
                    actual=printed,
                    evidence=(Evidence(spot, printed, "", "item"),),
                )
                yield violated(rule, told)
                return


def lists_of_names(figures: Figures) -> Iterator[tuple[str, Paragraph, Slot]]:
    """Give the slots that name the economic items of basic spending one by one."""
    for name, said in figures.said.items():
        if "_items" in name and said.slot.text and said.slot.key.endswith("_items"):
            yield said.section.key, said.paragraph, said.slot


def economic_names(figures: Figures) -> Iterator[str]:
    """Give the names of the items of the table of basic spending, as they are compared."""
    table = figures.disclosure.table("basic_economic")
    yield from (spelling(r.label) for r in (() if table is None else table.rows) if r.label)


def _labels_of(wanted: frozenset[int], figures: Figures) -> dict[int, dict[str, None]]:
    """Give the longer names of classified items whose rows print one of some amounts, by the amount."""
    out: dict[int, dict[str, None]] = {}
    for table in figures.disclosure.tables:
        for atoms, label in _labels_in(table, figures.sheets[table.id], wanted):
            out.setdefault(atoms, {})[label] = None
    return out


def _labels_in(table: Table, sheet: Sheet, wanted: frozenset[int]) -> list[tuple[int, str]]:
    """List the amounts of one table with their labels, looked for once."""
    found = sheet.looked_at.get((_labels_in, wanted))
    if found is None:
        printing: dict[str, list[int]] = {}
        for n in [n for n, atoms in enumerate(sheet.values) if atoms in wanted]:
            printing.setdefault(sheet.shape.cell(n)[0], []).append(cast("int", sheet.values[n]))
        out = found = sheet.looked_at[_labels_in, wanted] = []
        for row in table.rows if printing else ():
            if row.key in printing and code_level(row.code or row.key.removeprefix("out:")) is not None:
                label = _item(row.label)
                out += [(atoms, label) for atoms in printing[row.key] if len(label) >= _SHORTEST]
    return cast("list[tuple[int, str]]", found)


def _told(rule: Rule, printed: str, usual: str, spots: tuple[Spot, ...]) -> Result:
    told = Told(
        f"单位名称写作“{printed}”，与其他各处的“{usual}”差一个字。",
        f"The unit is called {printed!r}, one character from {usual!r} as elsewhere.",
        spots,
        expected=usual,
        actual=printed,
        evidence=tuple(Evidence(s, printed, "", "name") for s in spots),
    )
    return violated(rule, told)
