"""Numbers as they are printed: those left out before their unit, negative amounts, thresholds that the form prescribes."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

from mingzhang.forms.expressions import Constant
from mingzhang.forms.lexicon import lexicon
from mingzhang.forms.narrative import narrative_of
from mingzhang.forms.narrative_patterns import Number, Words
from mingzhang.model.figure import read_figure
from mingzhang.model.finding import Evidence, Spot
from mingzhang.model.place import Place
from mingzhang.rules.briefly import in_brief
from mingzhang.rules.figures import DEPARTMENT, FORM, TEXT
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.sheet_layout import RATE
from mingzhang.rules.stated import said_as
from mingzhang.rules.texts import says_anything, texts_in, texts_with
from mingzhang.rules.words import words
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.forms.narrative import Narrative
    from mingzhang.model.figure import Figure
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.sheets import Sheet

_SIGNED: Final = frozenset({"change", RATE})
"""Columns of changes, which may be negative."""

_STOP: Final = r"(?=\s*(?:[，。；、,;（(\0]|占|$))"
"""What may stand behind a unit; texts that are looked through together are divided by `\\0`."""
_AMOUNT: Final = re.compile(
    rf"(?P<word>[一-鿿”）])(?<![几数多余亿万千百十一二三四五六七八九零两以按位])\s*(?P<unit>万元|亿元|%|％){_STOP}"
)
"""A unit of money or a per cent sign right behind words, where the sentence goes on as if there were an amount."""

_CHANGE: Final = re.compile(r"增减|变动|变化|差额|增长率")
_WORDS: Final = frozenset({"车辆", "人次", "户次", "项目"})
"""Words that the end of another and a unit make: nothing is missing in them."""
_BEHIND: Final = 8
_TAIL: Final = 2
_PLAIN: Final = frozenset({"万元", "亿元", "%", "direction", "text", ""})
"""Units that are asked of any words, and what is no unit."""


def missing(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find units without their number: where patterns have a number between the same words and unit, or money anyway."""
    if not texts_in(figures, "written"):
        yield undecided(rule, "没有文字说明", "there is no written part")
        return
    found = False
    counted, bare = _counted(narrative_of(figures.wording))
    for text in texts_with(figures, bare, part="written"):
        for pattern in (_AMOUNT, counted):
            for match in pattern.finditer(text.words):
                found = True
                shown = text.around(*match.span())
                told = Told(
                    f"“{match['word']}”与“{match['unit']}”之间缺少数字：…{shown}…",
                    f"A number is missing before {match['unit']!r}: {shown}",
                    (text.spot(shown),),
                    unit=match["unit"],
                )
                yield violated(rule, told)
    if not found and any(said.slot.figure is not None for said in figures.said.values()):
        yield passed(rule)


def _counted(narrative: Narrative) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of counting units that lack their number, and of any unit that may, made once for a pack's texts."""
    known = _COUNTED.get(id(narrative))
    if known is None:
        before = _said_before(narrative)
        known = _COUNTED[id(narrative)] = (narrative, _pattern_of(before), _bare(before))
    return known[1:]


_COUNTED: Final[dict[int, tuple[Narrative, re.Pattern[str], re.Pattern[str]]]] = {}


def _said_before(narrative: Narrative) -> dict[str, set[str]]:
    """Give the ends of the words that stand right before a number in any sentence pattern, by the unit behind it."""
    before: dict[str, set[str]] = {}
    for piece in narrative.pieces:
        for said, number in pairwise(piece.nodes):
            if isinstance(number, Number) and number.unit not in _PLAIN and isinstance(said, Words):
                tails = (option[-_TAIL:] for option in said.options if len(option) >= _TAIL)
                before.setdefault(number.unit, set()).update(tails)
    return before


def _pattern_of(before: dict[str, set[str]]) -> re.Pattern[str]:
    """Put together the words that stand before a number with the unit behind it."""
    units = sorted(before, key=len, reverse=True)
    either = "|".join(
        f"(?:{'|'.join(_gap(w, u) for w in sorted(before[u]))})(?:[-—－–/]\\s*)?{re.escape(u)}"
        for u in units
        if before[u]
    )
    ahead = "|".join(f"(?<={re.escape(u)})" for u in units)
    return re.compile(f"(?P<word>(?P<unit>{either}))(?:{ahead}){_STOP}" if either else "(?!)")


def _gap(tail: str, unit: str) -> str:
    """Give the words before a number and the gap it left; 车辆 without one is a word of its own."""
    return re.escape(tail) + (r"\s+" if tail[-1:] + unit in _WORDS else r"\s*")


def _bare(before: dict[str, set[str]]) -> re.Pattern[str]:
    """Put together the units that stand behind such words, or behind white space: quickly found by the units."""
    tails = {u: "|".join(map(re.escape, sorted(ends))) for u, ends in before.items() if ends}
    tails |= dict.fromkeys(("万元", "亿元", "%", "％"), "[一-鿿”）]")
    behind = "|".join(
        f"{re.escape(u)}(?:(?<=(?:{t}){re.escape(u)})|(?<=[\\s—－–/-]{re.escape(u)}))" for u, t in tails.items()
    )
    return re.compile(f"(?:{behind}){_STOP}")


def _negative(rule: Rule, figures: Figures) -> Iterator[Result]:
    known = lexicon().columns
    for sheet in figures.sheets.values():
        for (row, column), figure in _below_nothing(sheet):
            ref = CellRef(sheet.id, row, column)
            if sheet.id == TEXT:
                if not _is_amount(figures, row):
                    continue
            elif sheet.id not in {FORM, DEPARTMENT} and (column in _SIGNED or column not in known):
                continue
            name, spot = figures.name(ref), figures.spot(ref)
            told = Told(
                f"{name}为负数{figure.plain}{figure.unit}。",
                f"{name} is negative: {figure.plain} {figure.unit}.",
                (spot,),
                actual=figure.plain,
                unit=figure.unit,
                evidence=(evidence_of(figure, spot, "negative"),),
            )
            yield violated(rule, told)


@in_brief(_negative, sums=False)
def negative(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find amounts below nothing outside columns and sentences of changes."""
    found = tuple(_negative(rule, figures))
    yield from found
    if not found and any(True in sheet.prints for sheet in figures.sheets.values()):
        yield passed(rule)


Picked = tuple[tuple[tuple[str, str], "Figure"], ...]


def _below_nothing(sheet: Sheet) -> Picked:
    """List a sheet's cells that print less than nothing."""
    if sheet.adds_up and min(sheet.amounts, default=0) >= 0:
        return ()
    return tuple(sheet.printing(lambda f: f.digits is not None and f.digits < 0))


def worded_cells(sheet: Sheet) -> Picked:
    """List a sheet's cells that print something that is no number, looked for once."""
    found = sheet.looked_at.get(worded_cells)
    if found is None:
        some = [f for f in sheet.figures if f.digits is None and f.printed]
        picked = sheet.printing(lambda f: f.digits is None and bool(f.printed)) if some else ()
        found = sheet.looked_at[worded_cells] = tuple(picked)
    return cast("Picked", found)


def _is_amount(figures: Figures, name: str) -> bool:
    """Tell whether a statement is one of an amount, and not of a change."""
    said = figures.said[name]
    before = said.paragraph.text[max(0, said.slot.at - _BEHIND) : said.slot.at]
    return said.declared is not None and _CHANGE.search(before) is None


def formulas(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find what a workbook prints where a formula could not be worked out: in cells and in texts."""
    pattern = re.compile(words("hygiene")["formula"])
    found = [
        (figures.spot(CellRef(sheet.id, *key)), f.printed, figures.name(CellRef(sheet.id, *key)))
        for sheet in figures.sheets.values()
        for key, f in worded_cells(sheet)
        if pattern.search(f.printed)
    ]
    found += [
        (t.spot(t.around(*m.span())), m[0], f"“{t.around(*m.span())}”")
        for t in texts_with(figures, pattern)
        for m in pattern.finditer(t.words)
    ]
    found += [
        (Spot(section="contents", sentence=e.text, page=p.page, line=p.line), m[0], f"目录“{e.text}”")
        for e in figures.disclosure.publication.contents
        if not e.page.isdigit() and (m := pattern.search(e.page)) is not None
        for p in (e.place or Place(),)
    ]
    for spot, printed, name in found:
        told = Told(
            f"{name}留有错误值“{printed}”。",
            f"An error value of a formula is left: {printed!r} in {name}.",
            (spot,),
            actual=printed,
            evidence=(Evidence(spot, printed, "", "printed"),),
        )
        yield violated(rule, told)
    seen = says_anything(figures) or any(any(s.prints) for s in figures.sheets.values())
    if not found:
        yield passed(rule) if seen else undecided(rule, "没有文字", "there is no text")


@lru_cache(256)
def _prescribed(text: str, unit: str) -> Figure | None:
    """Read a number that a form prescribes."""
    return read_figure(text, unit)


def thresholds(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the numbers that the form itself prints with those printed."""
    seen = False
    for name, said in said_as(figures, "constant"):
        declared, figure = said.declared, said.slot.figure
        if declared is None or figure is None or not isinstance(declared.tree, Constant) or not figure.is_number:
            continue
        seen = True
        right = _prescribed(declared.tree.text, declared.unit)
        if right is None or right.atoms == figure.atoms:
            yield passed(rule)
            continue
        spot = figures.spot(CellRef(TEXT, name))
        told = Told(
            f"“{said.sentence[:40]}”一句中的{figure.plain}{figure.unit}与表样规定的{right.plain}{right.unit}不同。",
            f"{figure.plain} {figure.unit} where the form prescribes {right.plain} {right.unit}.",
            (spot,),
            expected=right.plain,
            actual=figure.plain,
            unit=figure.unit,
            evidence=(evidence_of(figure, spot, "threshold"),),
        )
        yield violated(rule, told)
    if not seen:
        yield undecided(rule, "没有表样规定的数字", "no number is prescribed by the form")
