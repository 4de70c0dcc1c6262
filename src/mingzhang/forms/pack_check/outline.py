"""The outline of the written part: headings and charts that stand once, sections that stand in a part of the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.forms.pack_check.faults import instead
from mingzhang.model.language import gettext as _
from mingzhang.model.ordinals import han_numeral

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingzhang.forms.narrative import Narrative
    from mingzhang.forms.pack import Pack
    from mingzhang.forms.pack_check.faults import Notes


_NUMBERED: Final = re.compile(r"(?P<open>[（(]?)(?P<number>[一二三四五六七八九十]+|\d{1,2})[)）、.．]")
_HAN: Final = {han_numeral(n): n for n in range(1, 100)}


def check_outline(notes: Notes, pack: Pack, narrative: Narrative, files: Mapping[str, str]) -> None:
    """Look at headings, charts, parents and parts; `files` are the sections' files by key."""
    _once(notes, narrative, files)
    _parents(notes, narrative, files)
    tops: dict[str, set[str]] = {}
    for section in narrative.sections:
        if section.level == 1:
            tops.setdefault(section.part, set()).add(section.key)
    _listed(notes, pack, tops)
    _placed(notes, pack, tops, files)
    _counted(notes, pack, narrative, files)


def _once(notes: Notes, narrative: Narrative, files: Mapping[str, str]) -> None:
    headings: dict[tuple[str, str], str] = {}
    charts: dict[str, str] = {}
    for section in narrative.sections:
        first = headings.setdefault((section.part, section.heading), section.key)
        if section.heading and first != section.key:
            notes.error(
                notes.sources.at(files[section.key], "heading"),
                _("标题“{heading}”与“{other}”相同").format(heading=section.heading, other=first),
            )
        for chart in section.charts:
            if charts.setdefault(chart.key, section.key) != section.key:
                notes.error(
                    notes.sources.at(files[section.key], "charts", chart.key),
                    _("有两幅图都叫“{key}”").format(key=chart.key),
                )


def _parents(notes: Notes, narrative: Narrative, files: Mapping[str, str]) -> None:
    for section in narrative.sections:
        if section.parent and narrative.section(section.parent) is None:
            notes.error(
                notes.sources.at(files[section.key], "parent"),
                _("没有名为“{name}”的部分").format(name=section.parent),
                instead(section.parent, (s.key for s in narrative.sections)),
            )


def _listed(notes: Notes, pack: Pack, tops: Mapping[str, set[str]]) -> None:
    """See that what a part lists is there."""
    for number, part in enumerate(pack.parts):
        for key in part.sections:
            if key not in tops.get(part.key, set()):
                notes.error(
                    notes.sources.head("parts", number, "sections", text=f'"{key}"'),
                    _("没有名为“{name}”的部分").format(name=key),
                    instead(key, tops.get(part.key, set())),
                )


def _placed(notes: Notes, pack: Pack, tops: Mapping[str, set[str]], files: Mapping[str, str]) -> None:
    """See that what is there is listed by a part."""
    for kind, keys in tops.items():
        parts = [p for p in pack.parts if p.key == kind]
        if not parts:
            notes.error(notes.sources.head("parts"), _("有“{part}”的文字，却没有一章放它").format(part=kind))
        elif all(p.sections for p in parts):
            for key in sorted(keys - {s for p in parts for s in p.sections}):
                notes.error(notes.sources.at(files[key]), _("没有一章列出“{name}”，不会印出").format(name=key))


def _counted(notes: Notes, pack: Pack, narrative: Narrative, files: Mapping[str, str]) -> None:
    """See that the numbers of headings run as they are printed, part by part and below each heading."""
    part_of = {key: n for n, part in enumerate(pack.parts) for key in part.sections}
    last: dict[tuple[object, ...], int] = {}
    for section in narrative.sections:
        found = _NUMBERED.match(section.heading)
        if found is None:
            continue
        numeral = found["number"]
        number = int(numeral) if numeral.isdigit() else _HAN.get(numeral, 0)
        own = part_of.get(section.key, "") if section.level == 1 else ""
        family = (section.part, section.parent, own, found["open"], numeral.isdigit())
        wanted = last.get(family, 0) + 1
        if number != wanted:
            notes.error(
                notes.sources.at(files[section.key], "heading"),
                _("标题“{heading}”印在第 {n} 个，序号对不上").format(heading=section.heading, n=wanted),
                _("按 order 的次序印；改 order（现为 {order}）或改序号。").format(order=section.order),
            )
        last[family] = wanted
