"""Parts that by their nature make up a whole - of the three public expenses, of a purchase: sentences add up by themselves."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mingzhang.model.figure import spell
from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.functions.spoken_parts import Parts, parts_in
from mingzhang.rules.functions.spoken_rates import percent_of, plain
from mingzhang.rules.functions.spoken_years import TWO_YEARS, too_much, two_years
from mingzhang.rules.hearing import spoken_in
from mingzhang.rules.numerals import value_of
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.spoken import BEFORE, FALLS, POWERS, RISES, Amount, spot_of, ten
from mingzhang.rules.texts import texts_where, texts_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.finding import Severity
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.spoken import Number

_MONEY: Final = re.compile(r"\d\s*(?:亿|万)?元")
_MOVES: Final = re.compile(rf"[\s，,]*(?:相比|预算|数|有所|共)?\s*(?:{RISES}|{FALLS})(?:了|额)?\s*")
_SAME: Final = re.compile("持平|无增减|无变化|没有变化|一致|相同|不变")
_AGAIN: Final = re.compile(
    r"(?<![\d.,])(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|元)\s*[（(](?:大?约|折?合|即|约合|折合约|约为|约计|合计)?\s*(?P<m>\d[\d,]*(?:\.\d+)?)\s*(?P<other>亿元|万元|元)[）)]"
)
"""An amount and the same in another unit."""

_BEGINS_AGAIN: Final = re.compile(r"元\s*[（(][大约折合即为计]{0,4}\s*\d")
_LAST: Final = re.compile(
    rf"(?:上年|去年|20\d\d\s*年)(?:度|初|预算|安排|部门|年初|数)*(?:的|为|是)?\s*\d[\d,]*(?:\.\d+)?\s*(?:亿元|万元|元)[，,\s]*(?:相比|有所|共)?(?:{RISES}|{FALLS})"
)
"""All three kinds of 政府采购 are what `wholes` knows by the words of any section."""
_ROLES: Final = ("present", "last", "change")


def _says_money(figures: Figures) -> bool:
    return _is_asked_of(figures) and bool(texts_with(figures, _MONEY, part="written"))


def _is_asked_of(figures: Figures) -> bool:
    """Tell whether a document is a budget of a form that no pack knows: accounts state a budget and its outcome of each part."""
    return figures.pack is None and figures.disclosure.kind.endswith("_budget")


@only_where(_says_money)
def wholes(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare an amount with its parts, where they are all that there can be; with a pack tables tell what each is."""
    found = parts_in(figures) if _is_asked_of(figures) else ()
    if not found:
        yield undecided(rule, "没有写明整体和全部各项，或已与表比较", "no whole is stated with all of its parts")
    for one in found:
        numbers = [one.whole.number, *(p.number for p in one.parts)]
        places = max(0, *(n.step for n in numbers))
        values = [n.atoms(places) for n in numbers]
        lacking = values[0] - sum(values[1:])
        if not lacking:
            yield passed(rule)
            continue
        is_tail = abs(lacking) <= _last_digit(numbers, places)
        grave: Severity | None = None if one.is_all or lacking < 0 else "warning"
        yield violated(rule, _told(one, sum(values[1:]), places), "hint" if is_tail else grave)


@only_where(_says_money)
def changes(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the change of an amount with those of its parts, where all of them are stated."""
    found = parts_in(figures) if _is_asked_of(figures) else ()
    seen = False
    for one in found:
        stated = [_change_of(a) for a in (one.whole, *one.parts)]
        known = [c for c in stated if c is not None]
        if one.is_all and one.whole.change is None and one.whole.rate is not None and None not in stated[1:]:
            seen = True
            yield from _rate_of_all(rule, one, [c for c in stated[1:] if c is not None])
        if not one.is_all or one.whole.change is None or len(known) < len(stated):
            continue
        seen = True
        places = max(0, *(places for _value, places in known))
        whole, *parts = (value * ten(places - own) for value, own in known)
        moved = [a.change for a in (one.whole, *one.parts) if a.change is not None]
        if whole == sum(parts):
            yield passed(rule)
        else:
            told = _told(one, sum(parts), places, whole)
            yield violated(rule, told, "hint" if abs(whole - sum(parts)) <= _last_digit(moved, places) else None)
    if not seen:
        yield undecided(rule, "没有写明整体和各项的变动", "the changes of a whole and of all its parts are not stated")


def _rate_of_all(rule: Rule, one: Parts, changes: Sequence[tuple[int, int]]) -> Iterator[Result]:
    """Compare the rate of a whole, stated without its change, with the changes of its parts."""
    whole, rate = one.whole.number, one.whole.rate
    assert rate is not None
    places = max(0, whole.step, *(own for _value, own in changes))
    moved = sum(value * ten(places - own) for value, own in changes)
    before = whole.atoms(places) - moved
    if before <= 0 or re.search(f"(?:{RISES})" if moved < 0 else f"(?:{FALLS})", rate.lead):
        return
    off = abs(rate.digits * before - abs(moved) * 100 * ten(rate.places))
    if off <= before:
        yield passed(rule)
        return
    expected = percent_of(abs(moved), before, rate.places)
    spot = spot_of(one.whole, one.whole.paragraph.text[whole.start - len(one.whole.name) : rate.stop].strip())
    told = Told(
        f"总额的变动比例与各项变动额之和不符：“{spot.sentence}”，按各项应为{expected}%。",
        f"The rate of a whole is not that of the changes of its parts, {expected}%: {spot.sentence!r}.",
        (spot,),
        expected=expected,
        actual=plain(rate),
        unit="%",
        evidence=(Evidence(spot, plain(whole), whole.unit, "whole"), Evidence(spot, plain(rate), "%", "rate")),
    )
    yield violated(rule, told)


def _says_last(figures: Figures) -> bool:
    return figures.disclosure.kind.endswith("_budget") and bool(texts_with(figures, _LAST, part="written"))


@only_where(lambda figures: _says_money(figures) or _says_last(figures) or bool(texts_with(figures, TWO_YEARS)))
def before(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare an amount with that of the year before and the change between both, where a sentence says all three."""
    seen = False
    amounts = spoken_in(figures).amounts if _says_last(figures) else ()
    for now, was in pairwise(amounts):
        change = was.change
        if change is None or was.paragraph is not now.paragraph or was.sentence != now.sentence:
            continue
        if not BEFORE.fullmatch(was.number.lead) or not _MOVES.fullmatch(change.lead):
            continue
        seen = True
        numbers = (now.number, was.number, change)
        places = max(0, *(n.step for n in numbers))
        own, last, moved = (n.atoms(places) for n in numbers)
        expected = last + moved if was.change_rises else last - moved
        if own == expected:
            yield passed(rule)
            continue
        spot = spot_of(was, now.paragraph.text[now.number.start - len(now.name) : change.stop].strip())
        told = Told(
            f"本年数与上年数、变动额不符：“{spot.sentence}”，按上年数和变动额应为{_money(expected, places, now)}{now.number.unit}。",
            f"This year's amount is not last year's and the change: {spot.sentence!r}.",
            (spot,),
            expected=_money(expected, places, now),
            actual=plain(now.number),
            unit=now.number.unit,
            evidence=tuple(Evidence(spot, plain(n), n.unit, role) for n, role in zip(numbers, _ROLES, strict=True)),
        )
        yield violated(rule, told, "hint" if abs(own - expected) <= _last_digit(numbers, places) else None)
    for result in (*two_years(rule, figures), *(too_much(rule, figures) if _is_asked_of(figures) else ())):
        seen = True
        yield result
    if not seen:
        yield undecided(rule, "没有写明上年数和变动额", "last year's amount is not stated with the change")


@only_where(lambda figures: texts_with(figures, _BEGINS_AGAIN))
def restated(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare an amount with the same in another unit in brackets behind it."""
    texts = texts_where(figures, _BEGINS_AGAIN)
    for text in texts:
        for found in _AGAIN.finditer(text.words):
            if found["unit"] == found["other"]:
                continue
            own = value_of(found["n"]) * ten(POWERS[found["unit"]])
            again, step = value_of(found["m"]) * ten(POWERS[found["other"]]), len(found["m"].partition(".")[2])
            most = Fraction(ten(POWERS[found["other"]]), ten(step))
            if abs(own - again) < most:  # rounded or cut
                yield passed(rule)
                continue
            spot = text.spot(found[0])
            told = Told(
                f"同一金额的两种写法不相等：“{found[0]}”。",
                f"One amount in two units is not the same: {found[0]!r}.",
                (spot,),
                expected=found["n"] + found["unit"],
                actual=found["m"] + found["other"],
                evidence=(
                    Evidence(spot, found["n"], found["unit"], "amount"),
                    Evidence(spot, found["m"], found["other"], "again"),
                ),
            )
            yield violated(rule, told)
    if not texts:
        yield undecided(rule, "没有写两种单位的金额", "no amount is stated in two units")


def _change_of(amount: Amount) -> tuple[int, int] | None:
    """Give by how much an amount changed, in places of a 元; nothing where it is said to be the same, None where nothing is said."""
    if amount.change is not None:
        places = max(amount.change.step, 0)
        value = amount.change.atoms(places)
        return (value if amount.change_rises else -value), places
    behind = re.split("[。；;]", amount.paragraph.text[amount.number.stop :].lstrip("；;，, "))[0]
    behind = re.split(r"\d", behind.split("年", 1)[-1])[0] if "年" in behind[:12] else re.split(r"\d", behind)[0]
    return (0, 0) if _SAME.search(behind) else None


def _last_digit(numbers: Sequence[Number], places: int) -> int:
    """Give one of the last digit that is printed of the finest of some numbers: so much rounding may explain."""
    return ten(places - max(n.step for n in numbers))


def _told(one: Parts, total: int, places: int, stated: int | None = None) -> Told:
    what, of = ("金额", "amounts") if stated is None else ("变动额", "changes")
    whole = one.whole
    spots = tuple(dict.fromkeys(spot_of(a) for a in (whole, *one.parts)))
    names = "、".join(a.name.strip()[-12:] for a in one.parts)
    expected = _money(total, places, whole)
    actual = plain(whole.number) if stated is None else _money(stated, places, whole)
    return Told(
        f"各项{what}之和与总额不符：“{whole.name.strip()[-16:]}”{actual}{whole.number.unit}，{names}之和为{expected}{whole.number.unit}。",
        f"The {of} of the parts do not add up to the whole: {actual} against {expected} {whole.number.unit}.",
        spots,
        expected=expected,
        actual=actual,
        unit=whole.number.unit,
        evidence=tuple(Evidence(spot_of(a), plain(a.number), a.number.unit, "part") for a in (whole, *one.parts)),
    )


def _money(atoms: int, places: int, like: Amount) -> str:
    """Print so many places of a 元 in the unit of an amount, with no more zeros behind its point than it has."""
    digits = places + POWERS[like.number.unit]
    text = spell(abs(atoms), digits, grouped=False)
    while "." in text and len(text.partition(".")[2]) > like.number.places and text.endswith("0"):
        text = text[:-1]
    return ("-" if atoms < 0 else "") + text.removesuffix(".")
