"""The page of an area: what its documents contradict in each other, and how each of them stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from mingzhang.documents.web import TEMPLATES, templates
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language
from mingzhang.rules.worklist import SEVERITIES, WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.rules.across import AreaFinding


class Unit(msgspec.Struct, frozen=True):
    """One document of an area: its file, its own report ("" where it could not be used), and what is said of it."""

    name: str
    page: str
    said: dict[str, int | str]


def report_area(title: str, units: Sequence[Unit], findings: Sequence[AreaFinding]) -> str:
    """Give the page; the gravest come first, documents in the order of their errors."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    style = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", "report.css"))
    between = Counter(file for f in findings for file in f.files)
    pages = {u.name: quote(u.page) for u in units}
    shown = sorted((_shown(u, between[u.name]) for u in units), key=lambda u: (-u["errors"], -u["warnings"], u["name"]))
    text: str = (
        templates()
        .get_template("area.html")
        .render(
            lang="en" if language() == "en" else "zh-CN",
            title=title,
            style=Markup(style),  # noqa: S704 - our own
            words={
                "report": _("区域审核报告"),
                "files": _("份文件"),
                "between": _("各份文件之间的问题"),
                "clean": _("没有发现问题。"),
                "each": _("各份文件"),
                "failed": _("不能用，原因见 failed 文件夹"),
            },
            heads=[_("文件"), _("单位"), _("年度"), *(_(WORDS[s]) for s in SEVERITIES), _("与其他文件")],
            counts=[{"severity": s, "word": _(WORDS[s]), "n": sum(_count(u, s) for u in units)} for s in SEVERITIES],
            units=shown,
            findings=[
                {
                    "severity": f.finding.severity,
                    "rule": f.finding.rule,
                    "message": f.finding.message,
                    "files": [{"name": n, "href": pages.get(n, "")} for n in f.files],
                }
                for f in findings
            ],
        )
    )
    return text + "\n"


def _count(unit: Unit, severity: str) -> int:
    return int(unit.said.get(severity, 0))


def _shown(unit: Unit, between: int) -> dict[str, Any]:
    return {
        "name": unit.name,
        "href": quote(unit.page),
        "unit": unit.said.get("unit", ""),
        "year": unit.said.get("year", ""),
        "errors": _count(unit, "error"),
        "warnings": _count(unit, "warning"),
        "hints": _count(unit, "hint"),
        "between": between,
    }
