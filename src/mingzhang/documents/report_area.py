"""The page of an area: how each of its documents stands, what goes wrong in many, and what they contradict in each other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import msgspec

from mingzhang.documents.web import TEMPLATES, templates
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language
from mingzhang.rules.worklist import SEVERITIES, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingzhang.rules.across import AreaFinding

_SHORT: Final = 8
"""So many findings between documents are shown at once; of more, each lot is opened by who wants it."""


class Unit(msgspec.Struct, frozen=True):
    """One document of an area.

    Its file, its own report ("" where it could not be used, `fault` says why), what is said of it, and the rule and
    severity of each of its errors and warnings.
    """

    name: str
    page: str
    said: dict[str, int | str]
    fault: str = ""
    found: tuple[tuple[str, str], ...] = ()


def report_area(
    title: str, units: Sequence[Unit], findings: Sequence[AreaFinding], words: Mapping[str, str] | None = None
) -> str:
    """Give the page: what could not be used first, then documents by their errors; `words` say what each rule asks."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    style = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", "report.css"))
    between = Counter(file for f in findings for file in f.files)
    pages = {u.name: quote(u.page) for u in units}
    severities = [_(WORDS[s]) for s in SEVERITIES]
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
                "between_short": _("各份之间"),
                "rules": _("违反的规则"),
                "clean": _("没有发现问题。"),
                "each": _("各份文件"),
                "failed": _("不能用"),
                "colon": _("："),
            },
            heads=[_("文件"), _("单位"), _("年度"), *severities, _("与其他文件")],
            rule_heads=[_("规则"), _("内容"), _("份数"), *severities[:2]],
            counts=[{"severity": s, "word": _(WORDS[s]), "n": sum(_count(u, s) for u in units)} for s in SEVERITIES],
            failed=sum(not u.page for u in units),
            between=len(findings),
            units=[_shown(u, between[u.name]) for u in sorted(units, key=_order)],
            rules=_common(units, words or {}),
            groups=list(_groups(findings, pages)),
        )
    )
    return text + "\n"


def _count(unit: Unit, severity: str) -> int:
    return int(unit.said.get(severity, 0))


def _order(unit: Unit) -> tuple[bool, int, int, str]:
    return bool(unit.page), -_count(unit, "error"), -_count(unit, "warning"), unit.name


def _shown(unit: Unit, between: int) -> dict[str, Any]:
    counts = [{"n": _count(unit, s), "severity": s} for s in SEVERITIES]
    return {
        "name": unit.name,
        "href": quote(unit.page),
        "unit": unit.said.get("unit", ""),
        "year": unit.said.get("year", ""),
        "counts": [*counts, {"n": between, "severity": ""}],
        "fault": unit.fault,
    }


def _common(units: Iterable[Unit], words: Mapping[str, str]) -> list[dict[str, Any]]:
    """List the rules that documents break, those first that most of them do."""
    out: dict[str, dict[str, Any]] = {}
    for unit in units:
        for rule, severity in unit.found:
            one = out.setdefault(
                rule, {"rule": rule, "words": words.get(rule, ""), "files": set(), "error": 0, "warning": 0}
            )
            one["files"].add(unit.name)
            one[severity] += 1
    return sorted(out.values(), key=lambda r: (-len(r["files"]), -r["error"], -r["warning"], r["rule"]))


def _groups(findings: Sequence[AreaFinding], pages: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Put the findings of the same documents together, in the order of their first."""
    lots: dict[tuple[str, ...], list[AreaFinding]] = {}
    for found in findings:
        lots.setdefault(tuple(found.files), []).append(found)
    for files, own in lots.items():
        counts = Counter(f.finding.severity for f in own)
        yield {
            "files": [{"name": n, "href": pages.get(n, "")} for n in files],
            "counts": [{"severity": s, "n": counts[s], "word": _(WORDS[s])} for s in SEVERITIES if counts[s]],
            "open": len(findings) <= _SHORT,
            "findings": [
                {"severity": f.finding.severity, "rule": f.finding.rule, "message": f.finding.message} for f in own
            ],
        }
