"""Findings as a notice to mend (整改通知) in Word: to whom, what is wrong and where, what to do, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.documents.found_pictures import cut_out, shown_in_word
from mingzhang.documents.word_package import package
from mingzhang.documents.word_xml import paragraph, run
from mingzhang.model.language import gettext as _
from mingzhang.rules.worklist import SEVERITIES, counted, tasks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.documents.found_pictures import Cutting
    from mingzhang.documents.found_places import Seen
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding
    from mingzhang.rules.waivers import Waiver
    from mingzhang.rules.worklist import Task

_NUMERALS = "一二三四"
_ROOM = 440
"""Points between the margins."""


def report_notice(
    findings: Sequence[Finding],
    disclosure: Disclosure,
    accepted: Sequence[tuple[Finding, Waiver]] = (),
    seen: Seen | None = None,
) -> bytes:
    """Give the notice; hints are listed last and ask for nothing, after them what was accepted.

    `seen` is what can be shown of the document's pages: below each error and warning stands its place.
    """
    shown: list[Cutting] = []
    tasks = tasks_of(findings, disclosure)
    year = "" if disclosure.year is None else str(disclosure.year)
    title = _("关于整改{year}年预算公开问题的通知").format(year=year)
    lines = [
        paragraph(run(title), "Heading1"),
        paragraph(run(_("{unit}：").format(unit=disclosure.unit_name or _("（单位）"))), "Normal"),
        paragraph(run(_("经审核你单位公开的预算文件，发现{counts}。").format(counts=counted(tasks))), "BodyText"),
    ]
    heads = {"error": _("必须改正的问题"), "warning": _("应当核实的问题"), "hint": _("供参考的提示")}
    groups = [(heads[s], own) for s in SEVERITIES if (own := [t for t in tasks if t.severity == s])]
    for number, (head, own) in zip(_NUMERALS, groups, strict=False):
        lines.append(paragraph(run(f"{number}、{head}"), "Heading2"))
        for n, task in enumerate(own, 1):
            lines += _task(n, task, _places(task, seen, shown))
    if accepted:
        lines.append(paragraph(run(f"{_NUMERALS[len(groups)]}、{_('已接受、不再整改的问题')}"), "Heading2"))
        for n, (found, waiver) in enumerate(accepted, 1):
            lines.append(paragraph(run(f"{n}．{found.message}"), "BodyText"))
            said = _("理由：{reason}（{role}）").format(reason=waiver.reason, role=waiver.role)
            lines.append(paragraph(run(said), "BodyText"))
    closing = _("请于　　年　　月　　日前改正并重新公开，将改正情况报我单位。")
    lines += [paragraph(run(closing), "BodyText")] if any(t.severity != "hint" for t in tasks) else []
    lines.append(paragraph(run(_("　　年　　月　　日")), "Normal", '<w:jc w:val="right"/>'))
    return package("".join(lines), title=title, author="", media=[c.picture.content for c in shown])


def _places(task: Task, seen: Seen | None, shown: list[Cutting]) -> list[str]:
    """Show the place of an error or a warning, and remember what is shown."""
    scenes = () if seen is None or task.severity == "hint" else seen.of(task.number)[:1]
    out = []
    for scene, picture in scenes:
        shown.append(cut_out(scene, picture))
        said = _("原件第{n}页").format(n=scene.band.page)
        out.append(shown_in_word(len(shown), shown[-1], said, _ROOM))
    return out


def _task(number: int, task: Task, places: Sequence[str]) -> list[str]:
    lines = [paragraph(run(f"{number}．{task.problem}"), "BodyText")]
    if task.place:
        lines.append(paragraph(run(_("位置：{place}").format(place=task.place)), "BodyText"))
    lines += places
    if task.advice:
        lines.append(paragraph(run(_("建议：{advice}。").format(advice=task.advice.rstrip("。."))), "BodyText"))
    return lines
