"""Parts that by their nature make up a whole - of the three public expenses, of a purchase: sentences add up by themselves."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.figure import spell
from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.functions.spoken_lists import divisions
from mingzhang.rules.functions.spoken_rates import plain
from mingzhang.rules.functions.spoken_years import TWO_YEARS, too_much, two_years
from mingzhang.rules.hearing import spoken_in
from mingzhang.rules.numerals import value_of
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.spoken import BEFORE, FALLS, POWERS, RISES, Amount, spot_of, ten
from mingzhang.rules.texts import texts_where, texts_with
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.finding import Severity
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.spoken import Number

_MONEY: Final = re.compile(r"\d\s*(?:亿|万)?元")
_ACCOUNTS: Final = re.compile("(?<!预)决算")
_YEAR: Final = re.compile(r"(20\d\d)\s*年")
_OF_WHICH: Final = re.compile(r"[\s，,。（(]*(?:其中|包括)\s*[：:，,]?")
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
_LIST: Final = re.compile(r"(?<!主要)(?:收入|支出)(?:预算)?(?:安排)?包括\s*[:：]?")
_LIST_ENDS: Final = re.compile(r"(?<!主要)(?:收入|支出)(?:预算)?(?:安排)?包括\s*[:：]\s*$")
_BOTH: Final = re.compile("收支(?:总?预算|总额|总计|预算总额?)")
_MORE: Final = re.compile("其中|包括|主要")
_PURCHASES: Final = re.compile("采购(?:支出)?(?:预算)?(?:总?额)?(?:为|共|是)?$")
_BOUGHT: Final = re.compile("货物|工程|服务")
_ALL_BOUGHT: Final = 3
"""All three kinds of 政府采购 are what `wholes` knows by the words of any section."""
_SUMMED: Final = re.compile("(?:合计|总计|共计|总额)为?$")
_CARRIED: Final = re.compile("上年结[转余]")
_ROLES: Final = ("present", "last", "change")


class _Parts(msgspec.Struct, frozen=True):
    """An amount and the parts that make it up; one more may not be named where `is_all` is not sure."""

    whole: Amount
    parts: tuple[Amount, ...]
    is_all: bool = True


def _says_money(figures: Figures) -> bool:
    return _is_asked_of(figures) and bool(texts_with(figures, _MONEY, part="written"))


def _is_asked_of(figures: Figures) -> bool:
    """Tell whether a document is a budget of a form that no pack knows: accounts state a budget and its outcome of each part."""
    return figures.pack is None and figures.disclosure.kind.endswith("_budget")


@only_where(_says_money)
def wholes(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare an amount with its parts, where they are all that there can be; with a pack tables tell what each is."""
    found = _found(figures) if _is_asked_of(figures) else ()
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
    found = _found(figures) if _is_asked_of(figures) else ()
    seen = False
    for one in found:
        stated = [_change_of(a) for a in (one.whole, *one.parts)]
        known = [c for c in stated if c is not None]
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


@once_for_all
def _found(figures: Figures) -> tuple[_Parts, ...]:
    """List the wholes with all of their parts, section by section."""
    year = figures.disclosure.year
    amounts = [
        a for a in spoken_in(figures).amounts if not _ACCOUNTS.search(a.paragraph.text) and _is_of_this_year(a, year)
    ]
    by_section: dict[int, list[Amount]] = {}
    for amount in amounts:
        by_section.setdefault(id(amount.section), []).append(amount)
    out = [p for own in by_section.values() for kind in _kinds() for p in _in_section(own, *kind)]
    pairs = [p for own in by_section.values() for names in _pairs() for p in _in_sentences(own, names)]
    bought = [p for own in by_section.values() for p in _in_purchases(own)]
    lists = [p for own in by_section.values() for p in _in_lists(own)]
    divided = [_Parts(*p) for own in by_section.values() for p in divisions(own)]
    return (*out, *pairs, *bought, *lists, *divided)


def _in_section(
    own: Sequence[Amount], total: re.Pattern[str], names: Sequence[re.Pattern[str]], unless: re.Pattern[str] | None
) -> Iterator[_Parts]:
    """Find wholes by name, and behind each the first amount of each part's name before the next of its own."""
    at = [
        i
        for i, a in enumerate(own)
        if total.search(a.name) and (_SUMMED.search(a.name) or not any(n.search(a.name) for n in names))
    ]
    for i, stop in pairwise([*at, len(own)]):
        if unless is not None and any(unless.search(a.name) for a in own[i + 1 : stop]):
            continue
        parts = [next((a for a in own[i + 1 : stop] if n.search(a.name)), None) for n in names]
        kept = tuple(p for p in parts if p is not None)
        if len(kept) == len(names):
            yield _Parts(own[i], _all_in_brackets(own[i], kept, own[i + 1 : stop]))


def _all_in_brackets(whole: Amount, parts: tuple[Amount, ...], behind: Sequence[Amount]) -> tuple[Amount, ...]:
    """Give what brackets right behind a whole list, where they name more than its usual parts and that adds up."""
    inside = [
        a
        for a in behind
        if a.paragraph is whole.paragraph and a.sentence == whole.sentence and a.level == whole.level + 1
    ]
    if len(inside) <= len(parts) or any(p not in inside for p in parts):
        return parts
    numbers = [whole.number, *(a.number for a in inside)]
    places = max(0, *(n.step for n in numbers))
    usual = sum(p.number.atoms(places) for p in parts)
    total = whole.number.atoms(places)
    return parts if usual == total else tuple(inside)


def _in_sentences(own: Sequence[Amount], names: Sequence[re.Pattern[str]]) -> Iterator[_Parts]:
    """Find amounts that a sentence divides, behind 其中, into parts of these names and nothing else."""
    for i, first in enumerate(own[1:], start=1):
        whole = own[i - 1]
        if not names[0].search(first.name) or not _OF_WHICH.match(first.number.lead):
            continue
        text = first.paragraph.text
        stop = text.find("。", first.number.start)
        wide = [a for a in own[i:] if a.paragraph is first.paragraph and (stop < 0 or a.number.start < stop)]
        stops = text[whole.number.stop : first.number.start].count("。")
        if whole.paragraph is not first.paragraph or stops > int(first.sentence != whole.sentence):
            continue
        for rest in ([a for a in wide if a.sentence == first.sentence], wide):
            parts = tuple(a for a in rest if a.level == first.level)
            if len(parts) == len(names) and all(n.search(a.name) for n, a in zip(names, parts, strict=True)):
                yield _Parts(whole, parts)
                break


def _in_purchases(own: Sequence[Amount]) -> Iterator[_Parts]:
    """Find purchases that a sentence divides, behind 其中, into goods, works and services, any of them, and nothing else."""
    for i, first in enumerate(own[1:], start=1):
        whole = own[i - 1]
        if not _PURCHASES.search(whole.name) or _BOUGHT.search(whole.name) or not _OF_WHICH.match(first.number.lead):
            continue
        rest = [a for a in own[i:] if a.paragraph is first.paragraph and a.sentence == first.sentence]
        kinds = [found[0] for a in rest if (found := _BOUGHT.search(a.name)) is not None and a.level == whole.level]
        is_plain = whole.paragraph is first.paragraph and whole.sentence == first.sentence
        is_known = len(rest) == _ALL_BOUGHT and "政府采购" in whole.name
        if is_plain and not is_known and 1 < len(rest) == len(kinds) == len(set(kinds)):
            yield _Parts(whole, tuple(rest))


def _in_lists(own: Sequence[Amount]) -> Iterator[_Parts]:
    """Find totals of both sides with the list of either: 收支总预算…。收入包括：…；支出包括：…."""
    begins = [bool(_LIST.search(a.number.lead)) or _begins_list(a) for a in own]
    for i, first in enumerate(own):
        if not begins[i]:
            continue
        whole = next((a for a in reversed(own[:i]) if _BOTH.search(a.name)), None)
        stop = next((k for k in range(i + 1, len(own)) if begins[k]), len(own))
        parts = [a for a in own[i:stop] if a.paragraph is first.paragraph and not _is_stop_between(first, a)]
        level = tuple(a for a in parts if a.level == first.level)
        if whole is not None and not any(_MORE.search(a.number.lead) for a in level[1:]) and not _goes_on(level[-1]):
            yield _Parts(whole, level)


def _is_stop_between(first: Amount, last: Amount) -> bool:
    """Tell whether a full stop stands between two amounts of a paragraph; a semicolon only divides what is listed."""
    return "。" in first.paragraph.text[first.number.stop : last.number.start]


def _begins_list(amount: Amount) -> bool:
    """Tell whether an amount is the first of a paragraph, behind one that ends in 收入包括： or the like."""
    if amount.sentence or amount.number.start != len(amount.number.lead):
        return False
    paragraphs = amount.section.paragraphs
    at = next(i for i, p in enumerate(paragraphs) if p is amount.paragraph)
    return bool(at) and _LIST_ENDS.search(paragraphs[at - 1].text) is not None


def _goes_on(last: Amount) -> bool:
    """Tell whether a list ends in 等, and does not mean to name all."""
    return "等" in re.split("[。；;\\d]", last.paragraph.text[last.number.stop :])[0]


def _is_of_this_year(amount: Amount, year: int | None) -> bool:
    """Tell whether the words before an amount speak of no other year."""
    lead, name = amount.number.lead, _CARRIED.sub("", amount.name)
    if any(word in name for word in words("years")["earlier"]) or BEFORE.fullmatch(lead):
        return False
    return all(int(y) == year for y in _YEAR.findall(amount.name)) or year is None


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


def _told(one: _Parts, total: int, places: int, stated: int | None = None) -> Told:
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


def _kinds() -> Iterator[tuple[re.Pattern[str], tuple[re.Pattern[str], ...], re.Pattern[str] | None]]:
    for kind in words("wholes")["kinds"]:
        unless = re.compile(kind["unless"]) if "unless" in kind else None
        yield re.compile(kind["whole"]), _compiled(tuple(kind["parts"])), unless


def _pairs() -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(_compiled(tuple(p)) for p in words("wholes")["pairs"])


@cache
def _compiled(texts: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(t) for t in texts)
