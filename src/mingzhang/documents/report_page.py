"""Findings as one page to look at: gravest first, the lines of the document they speak of marked, evidence unfolded."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from mingzhang.documents.found_places import Seen
from mingzhang.documents.web import TEMPLATES, templates
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language
from mingzhang.rules.worklist import SEVERITIES, WORDS, names_in, place_of, tasks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.documents.found_places import Scene
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding
    from mingzhang.model.page import Picture
    from mingzhang.rules.worklist import Names, Task

Lines = Mapping[tuple[int | None, int], str]
"""A document's lines by page, None where it has none, and number."""

_LINES: Final = 8
_LONG: Final = 160
_MARGIN: Final = 150
"""Between print and the mark around it, in hundredths of a point."""


def report_page(
    findings: Sequence[Finding],
    disclosure: Disclosure,
    lines: Lines | None = None,
    notes: Sequence[str] = (),
    *,
    seen: Seen | None = None,
) -> str:
    """Give the page; `lines` are the document's lines by page and number, where it was read from a file of lines.

    `notes` say what was accepted, and how findings stand beside an earlier check.
    `seen` are the parts of a PDF's pages to show for each task.
    """
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    tasks = tasks_of(findings, disclosure)
    names = names_in(disclosure)
    year = "" if disclosure.year is None else str(disclosure.year)
    shown = [
        {
            "severity": s,
            "word": _(WORDS[s]),
            "tasks": [
                {**_shown(t, names, lines or {}), "scenes": drawn((seen or Seen()).of(t.number))}
                for t in tasks
                if t.severity == s
            ],
        }
        for s in SEVERITIES
    ]
    source = disclosure.source
    text: str = (
        templates()
        .get_template("report.html")
        .render(
            lang="en" if language() == "en" else "zh-CN",
            title=" ".join(x for x in (disclosure.unit_name, year) if x) or _("公开文件"),
            style=Markup(_style()),  # noqa: S704 - our own
            words=_words(),
            source="" if source is None else f"{source.name}  SHA-256 {source.sha256}",
            counts=[{"severity": g["severity"], "word": g["word"], "n": len(g["tasks"])} for g in shown],
            groups=[g for g in shown if g["tasks"]],
            notes=notes,
        )
    )
    return text + "\n"


@cache
def _style() -> str:
    return "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", "report.css"))


def _words() -> dict[str, str]:
    return {
        "report": _("审核报告"),
        "clean": _("没有发现问题。"),
        "excerpt": _("原文"),
        "picture": _("原件第{n}页，标出的是问题所在"),
        "evidence": _("依据的数字"),
        "place": _("位置"),
        "value": _("数值"),
        "advice": _("建议"),
        "others": _("同一原因的其他问题"),
    }


def _shown(task: Task, names: Names, lines: Lines) -> dict[str, Any]:
    found = task.finding
    spots = (*found.where, *(e.where for e in found.evidence))
    places = sorted({(s.page, s.line) for s in spots if s.line is not None}, key=lambda p: (p[0] or 0, p[1]))
    marked = {(s.page, s.line) for s in found.where}
    return {
        "number": task.number,
        "severity": task.severity,
        "rule": task.rule,
        "problem": task.problem,
        "place": task.place,
        "advice": task.advice,
        "excerpt": [
            {"number": f"{p[0]}:{p[1]}" if p[0] else p[1], "text": _cut(lines[p]), "marked": p in marked}
            for p in places[:_LINES]
            if lines.get(p, "").strip()
        ],
        "evidence": [
            {"place": place_of(e.where, names), "value": f"{e.value} {e.unit}".strip()}
            for e in found.evidence
            if e.value
        ],
        "others": task.others,
    }


def drawn(scenes: Sequence[tuple[Scene, Picture]]) -> list[dict[str, Any]]:
    """Give what a picture of a place is drawn from on a page, its marks counted from the top of the picture."""
    out = []
    for scene, picture in scenes:
        boxes = [
            {
                "x": m.box[0] - _MARGIN,
                "y": m.box[1] - scene.band.top - _MARGIN,
                "width": m.box[2] - m.box[0] + 2 * _MARGIN,
                "height": m.box[3] - m.box[1] + 2 * _MARGIN,
                "meant": m.meant,
            }
            for m in scene.marks
        ]
        source = f"data:image/png;base64,{b64encode(picture.content).decode()}"
        size = {"width": picture.width, "height": picture.height}
        out.append({"page": scene.band.page, "source": source, "boxes": boxes, **size})
    return out


def _cut(line: str) -> str:
    text = line.strip().replace("\t", "  ")
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
