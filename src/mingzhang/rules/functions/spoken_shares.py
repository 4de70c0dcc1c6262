"""Shares in sentences: each is its amount over the whole that the others of the same whole, or its own words, tell of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.functions.share_sums import ratios_of
from mingzhang.rules.functions.spoken_rates import percent_of, plain
from mingzhang.rules.hearing import says_more, spoken_in
from mingzhang.rules.once import once
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.spoken import Share, spot_of, ten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.spoken import Number

_SHARED: Final = re.compile(r"占[^，,。；;%％\0]*?(?P<share>\d[\d,]*(?:\.\d+)?)\s*[%％]")
_AROUND: Final = re.compile(
    r"[\s的“”\"《》]|总额|合计|总计|总量|总|本年|当年|全年|本?部门|本?单位|预算|数|年度|[（(][^（）()]*[）)]"
)
_ORDER: Final = re.compile(r"^.*?(?:(?:19|20)\d\d\s*年)|^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])")
_FREE: Final = frozenset({"收入", "支出", "", "收支"})
_PERCENT: Final = 100
_ENOUGH: Final = 2
_MOST: Final = 400


class _Whole(msgspec.Struct, frozen=True, gc=False):
    """An amount that may be the whole, in places of a 元, and how many shares beside one must fit before it is believed."""

    atoms: int
    places: int
    needed: int


@once
def _judged_by_form(figures: Figures) -> set[tuple[int, int]]:
    """Give the paragraph and the place of each share that is compared by what its form declares of it."""
    compared = [(said, (*part, *whole)) for _name, said, part, whole in ratios_of(figures)]
    return {
        (id(said.paragraph), said.slot.at)
        for said, operands in compared
        if not [o for o in operands if figures.figure(o.ref) is None]
    }


@only_where(lambda figures: says_more(figures, _SHARED, "share", _judged_by_form))
def shares(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare each share with its amount over the whole on which the other shares of the same words agree."""
    judged = _judged_by_form(figures)
    seen = False
    for group in _groups(figures):
        wholes = _wholes(group, figures)
        best = max(wholes, key=lambda w: (sum(_fits(s, w) for s in group), -w.needed), default=None)
        for said in group if best is not None else ():
            if (id(said.paragraph), said.share.start) in judged:
                continue
            seen = True
            others = sum(_fits(s, best) for s in group if s is not said) if best is not None else 0
            if best is None or others < best.needed or any(_fits(said, w) for w in wholes):
                yield passed(rule)
            else:
                yield _told(rule, said, best)
    if not seen:
        yield undecided(rule, "说明没有写占比", "no share is stated")


def _groups(figures: Figures) -> list[list[Share]]:
    """List the shares of each section that are said to be of the same whole; without words, those of a paragraph."""
    found: dict[tuple[int, str, int], list[Share]] = {}
    for said in spoken_in(figures).shares:
        name = _name(said.whole)
        found.setdefault((id(said.section), name, 0 if name else id(said.paragraph)), []).append(said)
    return list(found.values())


def _wholes(group: Sequence[Share], figures: Figures) -> list[_Whole]:
    """List what the whole of a group may be: the sum of its parts, an amount of its very name, one said before it."""
    places = max(0, *(s.amount.step for s in group))
    name = _name(group[0].whole)
    parts = {s.amount.start + id(s.paragraph): s.amount.atoms(places) for s in group}
    out = [_Whole(sum(parts.values()), places, 1)] if len(parts) >= _ENOUGH else []
    for amount in spoken_in(figures).amounts[:_MOST]:
        is_named = bool(name) and _is_named(amount.number, name)
        finest = max(amount.number.step, 0)
        out.append(_Whole(amount.number.atoms(finest), finest, 1 if is_named else _ENOUGH))
    return [w for w in out if w.atoms > 0]


def _name(words: str) -> str:
    return _AROUND.sub("", words)


def _is_named(amount: Number, name: str) -> bool:
    """Tell whether an amount is called what a share is said to be of."""
    lead = re.split("[，,。；;：:、]", amount.lead)[-1]
    own = _AROUND.sub("", _ORDER.sub("", lead)).removesuffix("为").removesuffix("共")
    return own == name if name in _FREE else own.endswith(name)


def _fits(said: Share, whole: _Whole) -> bool:
    """Tell whether a share is an amount over a whole but for a unit of its last digit."""
    places = max(whole.places, said.amount.step, 0)
    part, all_of_it = said.amount.atoms(places), whole.atoms * ten(places - whole.places)
    slack = ten(places - said.amount.step) // 2 * _PERCENT * ten(said.share.places)
    return abs(said.share.digits * all_of_it - part * _PERCENT * ten(said.share.places)) <= all_of_it * 11 // 10 + slack


def _told(rule: Rule, said: Share, whole: _Whole) -> Result:
    spot = spot_of(said)
    places = max(whole.places, said.amount.step, 0)
    all_of_it = whole.atoms * ten(places - whole.places)
    expected = percent_of(said.amount.atoms(places), all_of_it, said.share.places)
    told = Told(
        f"占比与金额不符：“{said.said}”，按同一整体的其他各项应为{expected}%。",
        f"The share is not the amount over the whole, {expected}% as the other parts tell: {said.said!r}.",
        (spot,),
        expected=expected,
        actual=plain(said.share),
        unit="%",
        evidence=(
            Evidence(spot, plain(said.amount), said.amount.unit, "part"),
            Evidence(spot, plain(said.share), "%", "share"),
        ),
    )
    return violated(rule, told)
