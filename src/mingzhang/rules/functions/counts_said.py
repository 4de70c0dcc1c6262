"""Numbers of persons and vehicles that the written part states: with their parts, and in more than one place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.figures import TEXT
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import texts_in, texts_where, words_together
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_NAMED: Final = tuple(re.compile(f"{what}(?<=(?:行政|事业|工勤|参公){what})") for what in ("编制", "人员"))
"""Kinds of posts and persons: where none is named, nothing is divided into them."""

_KINDS: Final = r"(?:行政|事业|工勤|参公|机关|全额|差额|政法|专项)[一-鿿（）()]{0,10}?"
_PART: Final = rf"(?:{_KINDS}(?:编制数?|人员))(?:共|为|有)?\s*\d{{1,5}}\s*[名人个]"
_WHOLE: Final = re.compile(
    r"(?P<what>编制(?:总?数|人数)?|在职人员|在编人员|在职职工|人员编制(?:总?数)?)(?:共有|共计|共|总数|合计|为|有|是)?\s*(?P<whole>\d{1,5})\s*[名人个]"
    rf"[，,]\s*(?:其中)?[:：]?\s*(?P<parts>{_PART}(?:[、，,；;和及]\s*{_PART})+)(?P<stop>[。；;、，,\0]|$)"
)
_OF_A_KIND: Final = re.compile(r"(?:行政|事业|工勤|参公|机关|全额|差额|政法|专项)$")
_NUMBER: Final = re.compile(r"\d+")
_DIVIDED: Final = re.compile(
    r"(?P<said>(?:车辆|公务用车|用车)(?:总?数|保有量)?(?:共有|共计|共|为|有|合计)?\s*(?P<whole>\d{1,4})\s*[辆台])(?:[，,]\s*价值[^，,；;。]*)?[，,；;（(]?\s*"
    r"其中\s*[:：，,]?(?P<rest>[^。\0）)]*?)(?=[。\0）)]|[；;，,]?(?:单价|单位价值|单台|价值\d+万元以上)|$)"
)
_KIND: Final = re.compile(r"(?P<name>[^，,、；;：:。\d]{0,14}(?:车|车辆))(?:共|有|为)?\s*(?P<n>\d{1,4})\s*[辆台]")
_COUNTED: Final = re.compile(r"\d\s*[辆台]")
_OWNED: Final = re.compile(
    r"(?:公务用车|车辆)(?:保有量|实有数|实有)(?:为|共|是)?\s*(?P<a>\d{1,5})\s*辆"
    r"|(?:现有|实有|保有|共有|拥有)(?:公务用车|车辆)(?:共)?\s*(?P<b>\d{1,5})\s*辆"
)


def staff(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the persons or posts that a sentence states with the sum of the kinds it divides them into."""
    together = words_together(figures)
    parts = ("profile", "written") if any(named.search(together) for named in _NAMED) else ()
    texts = [text for part in parts for text in texts_where(figures, _WHOLE, part=part)]
    if not texts:
        yield undecided(rule, "没有写明人员或编制的构成", "no persons or posts are divided into kinds")
    for text in texts:
        for found in _WHOLE.finditer(text.words):
            if "其中" not in found[0] and _OF_A_KIND.search(text.words[: found.start()]):
                continue  # the first of a list of kinds: 行政编制10人，事业编制3人
            kinds = [int(n) for n in _NUMBER.findall(found["parts"])]
            if sum(kinds) == int(found["whole"]):
                yield passed(rule)
                continue
            spot, said = text.spot(found[0]), "＋".join(map(str, kinds))
            told = Told(
                f"写明{found['what']}{found['whole']}，各项之和为{said}＝{sum(kinds)}。",
                f"{found['whole']} are stated, and their kinds add up to {sum(kinds)}.",
                (spot,),
                expected=str(sum(kinds)),
                actual=found["whole"],
                evidence=(
                    Evidence(spot, found["whole"], "", "whole"),
                    *(Evidence(spot, str(n), "", "part") for n in kinds),
                ),
            )
            yield violated(rule, told)


def kinds(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the vehicles that a sentence of a form that no pack knows counts with the kinds behind 其中; a pack tells its own."""
    texts = texts_where(figures, _DIVIDED, part="written") if figures.pack is None else ()
    divided = [(t, m, _kinds_of(m["rest"])) for t in texts for m in _DIVIDED.finditer(t.words)]
    if not any(parts for _t, _m, parts in divided):
        yield undecided(
            rule, "没有分列各类车辆，或表样自有规定", "no vehicles are divided into kinds, or the form says how"
        )
    for text, found, parts in divided:
        if not parts:
            continue
        total, whole = sum(n for _name, n in parts), int(found["whole"])
        is_whole = len(parts) > 1 and any("其他" in name for name, _n in parts)
        if total == whole or (total < whole and len(parts) == 1):
            yield passed(rule)
            continue
        said = found["said"] + "＝".join(("，其中：" + "＋".join(str(n) for _name, n in parts), str(total)))
        spot = text.spot(found["said"])
        told = Told(
            f"写明车辆{whole}辆，各类之和为{total}辆：“{said}”。",
            f"{whole} vehicles are stated, and their kinds add up to {total}.",
            (spot,),
            expected=str(total),
            actual=str(whole),
            unit="辆",
            evidence=(
                Evidence(spot, str(whole), "辆", "whole"),
                *(Evidence(spot, str(n), "辆", "part") for _, n in parts),
            ),
        )
        yield violated(rule, told, None if total > whole or is_whole else "hint")


def _kinds_of(rest: str) -> list[tuple[str, int]]:
    """Give the kinds of vehicles that a sentence lists with their numbers; none where anything else is counted among them."""
    counted = _COUNTED.findall(rest)
    listed = [(name, int(n)) for name, n in _KIND.findall(rest)]
    return listed if len(listed) == len(counted) and "其中" not in rest and "等" not in rest else []


def vehicles(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the vehicles that are stated elsewhere with those of the paragraph on assets."""
    said = figures.said.get("vehicles_actual")
    figure = None if said is None else said.slot.figure
    stated = figure is not None and figure.digits is not None
    texts = [t for t in texts_in(figures, "written") if "辆" in t.words] if stated else []
    others = [t for t in texts if said is not None and t.words != said.paragraph.text and _OWNED.search(t.words)]
    if figure is None or not others:
        yield undecided(rule, "车辆数只写了一处", "the number of vehicles is stated but once")
        return
    yield passed(rule)
    for text in others:
        for found in _OWNED.finditer(text.words):
            number = found["a"] or found["b"]
            if int(number) == figure.digits:
                continue
            spot, there = text.spot(found[0]), figures.spot(CellRef(TEXT, "vehicles_actual"))
            told = Told(
                f"一处写“{found[0]}”，另一处写实有车辆{figure.plain}辆。",
                f"{number} vehicles are stated here, {figure.plain} in another place.",
                (spot, there),
                expected=figure.plain,
                actual=number,
                unit="辆",
                evidence=(Evidence(spot, number, "辆", "said"), Evidence(there, figure.plain, "辆", "said")),
            )
            yield violated(rule, told, None if int(number) > (figure.digits or 0) else "hint")
