"""How many offices and units a profile says there are, beside those that it names and the department's own form counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.figures import DEPARTMENT
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.functions.assets import number_at
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import texts_where
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.texts import Text

_N: Final = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})\s*个"
_OFFICES: Final = "(?:内设|职能)?(?:职能)?(?:机构|科室|处室|股室|部门)"
_UNITS: Final = "(?:所属|下属)(?:的)?(?:二级)?(?:预算|事业)?单位"
_LIST: Final = r"(?P<list>[^。；：:，,\d\0]{4,400})"
_NAMED: Final = (
    re.compile(rf"(?P<what>内设{_OFFICES}|{_UNITS})(?:共|有|为|是)*{_N}[：:，,]\s*(?:分别[是为]|即|包括)?[：:]?{_LIST}(?=[。；\0]|$)"),
    re.compile(rf"{_N}(?P<what>内设{_OFFICES}|职能(?:科室|处室|股室|部门)|科室|处室|股室)[：:，,]\s*(?:分别[是为]|即|包括)?[：:]?{_LIST}(?=[。；\0]|$)"),
    re.compile(rf"(?:内设|下设|设有|(?<![拥享具所没])有|设){_LIST}[，,]?\s*(?:共计?|合计)?{_N}(?P<what>内设{_OFFICES}|职能(?:科室|处室|股室|部门)|科室|处室|股室|[科处室股](?![一-鿿]))"),
)  # fmt: skip
"""A number of offices or units with their names behind or before it."""

_COUNTED: Final = re.compile("个(?:内设|职能|机构|[科处室股：:，,])")
"""What such a number has behind it."""

_NAME: Final = re.compile(
    r".*(?:科|室|股|处|部|办|中心|队|所|站|会|局|院|组|厅|团委|党委|台|馆|校|园|库|小学|中学|大学|幼儿园|基地|服务点)$"
)
_ASIDE: Final = re.compile(r"[（(][^（()）]*[)）]")
_JOINED: Final = re.compile("以及|和|及|与")
_SOME: Final = re.compile("等$|等(?=[，、])|其中")
_HAN: Final = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_TEN: Final = 10


@once_for_all
def _stated(figures: Figures) -> tuple[tuple[Text, re.Match[str], int, int], ...]:
    """List the numbers of offices and units that the profile states with their names: what is said, and how many are named."""
    out = []
    for text in texts_where(figures, _COUNTED, part="profile"):
        for found in (m for pattern in _NAMED for m in pattern.finditer(text.words)):
            named = _names(found["list"])
            if named:
                out.append((text, found, _number(found["n"]), named))
    return tuple(out)


def _names(listed: str) -> int:
    """Count the names of a list; nothing where something in it is none, or not all are named."""
    if _SOME.search(listed):
        return 0
    names = [n.strip() for n in _ASIDE.sub("", listed).split("、")]
    if len(names) < 2 or not all(map(_NAME.fullmatch, names)):
        return 0
    last = [n.strip() for n in _JOINED.split(names[-1], maxsplit=1)]
    return len(names) + (len(last) > 1 and all(map(_NAME.fullmatch, last)))


def _number(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    tens, _ten, ones = printed.rpartition("十")
    if "十" not in printed:
        return _HAN[printed[-1]]
    return _TEN * (_HAN[tens] if tens else 1) + (_HAN[ones] if ones else 0)


@only_where(lambda figures: any(stated != named for _text, _found, stated, named in _stated(figures)))
def counted(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the number of offices or units that a profile states with how many it names."""
    if not _stated(figures):
        yield undecided(rule, "概况没有写明机构个数和名称", "the profile does not number and name its offices")
    for text, found, stated, named in _stated(figures):
        if stated == named:
            yield passed(rule)
            continue
        spot = text.spot(found[0])
        told = Told(
            f"概况写{found['what']}{stated}个，列出名称的有{named}个。",
            f"The profile says {stated}, and names {named}.",
            (spot,),
            expected=str(named),
            actual=str(stated),
            unit="个",
            evidence=(Evidence(spot, str(stated), "个", "stated"), Evidence(spot, str(named), "个", "named")),
        )
        yield violated(rule, told)


def in_form(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the number of offices that the department's own form prints with those that the profile states or names."""
    ref = CellRef(DEPARTMENT, "sections")
    figure = number_at(ref, figures) if figures.disclosure.department_form is not None else None
    own = [] if figure is None else [x for x in _stated(figures) if "单位" not in x[1]["what"]]
    if figure is None or len(own) != 1:
        yield undecided(
            rule, "概况或部门整体绩效表没有写明内设机构数", "the profile or the form does not number the offices"
        )
        return
    text, found, stated, named = own[0]
    if figure.digits in {stated, named}:
        yield passed(rule)
        return
    spot, there = text.spot(found[0]), figures.spot(ref)
    told = Told(
        f"概况写{found['what']}{stated}个，部门整体绩效表的内设职能部门数为{figure.plain}{figure.unit}。",
        f"The profile says {stated} offices, the department's own form {figure.plain}.",
        (there, spot),
        expected=str(stated),
        actual=figure.plain,
        unit="个",
        evidence=(evidence_of(figure, there, "form"), Evidence(spot, str(stated), "个", "profile")),
    )
    units = number_at(CellRef(DEPARTMENT, "subordinate_units"), figures)
    yield violated(rule, told, None if units is None or not units.digits else "hint")
