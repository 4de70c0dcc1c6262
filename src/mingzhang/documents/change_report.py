"""What changed between two disclosures, as a page to look at and as a Word document to hand on.

Figures are listed table by table with their difference; of texts only the words that differ are marked.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from mingzhang.documents.change_names import marked, own_name, part_of
from mingzhang.documents.web import TEMPLATES, templates
from mingzhang.documents.word_changes import Changes, Style
from mingzhang.documents.word_package import package
from mingzhang.documents.word_xml import paragraph, run
from mingzhang.model.change import KINDS
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.change import Change
    from mingzhang.model.disclosure import Disclosure

_FIGURES: Final = frozenset({"figure", "slot", "chart"})


def change_page(found: Sequence[Change], before: Disclosure, after: Disclosure, names: tuple[str, str]) -> bytes:
    """Give the page; `names` are what the two are called."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    style = "".join(
        (TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", "report.css", "changes.css")
    )
    groups = [
        {
            "kind": kind,
            "title": _(KINDS[kind]),
            "count": len(own),
            "figures": kind in _FIGURES,
            "parts": [{"name": name, "rows": [_row(c) for c in rows]} for name, rows in _by_part(own)],
        }
        for kind in KINDS
        if (own := [c for c in found if c.kind == kind])
    ]
    text: str = (
        templates()
        .get_template("changes.html")
        .render(
            lang="en" if language() == "en" else "zh-CN",
            title=_title(after),
            style=Markup(style),  # noqa: S704 - our own
            words=_words(),
            sides=[_side(d, n) for d, n in zip((before, after), names, strict=True)],
            count=len(found),
            groups=groups,
            placed=any(c.place is not None for c in found),
        )
    )
    return f"{text}\n".encode()


def change_document(found: Sequence[Change], before: Disclosure, after: Disclosure, names: tuple[str, str]) -> bytes:
    """Give the Word document: each thing on a line, what was struck out and what is inserted, as tracked changes."""
    marks = Changes(before, after)
    lines = [
        paragraph(run(_title(after)), "Heading1"),
        paragraph(run("　→　".join(_side(d, n) for d, n in zip((before, after), names, strict=True))), "BodyText"),
        paragraph(run(_("共 {n} 处不同").format(n=len(found)) if found else _("没有不同")), "BodyText"),
    ]
    for kind, title in KINDS.items():
        own = [c for c in found if c.kind == kind]
        if own:
            lines.append(paragraph(run(_("{kind}：{n} 处").format(kind=_(title), n=len(own))), "Heading2"))
        for name, rows in _by_part(own):
            lines += [paragraph(run(name), "Heading3")] if name else []
            lines += [paragraph(_line(c, marks), "BodyText") for c in rows]
    return package("".join(lines), title=_title(after), author="")


def _line(change: Change, marks: Changes) -> str:
    said = marks.replaced(change.was, run(change.now) if change.now else "", Style())
    by = f"（{change.by} {change.unit}）" if change.by else ""
    return run(f"{own_name(change)}：") + said + (run(by) if by else "")


def _by_part(found: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Divide changes by what they stand in: the table, the section, the form."""
    for name, own in groupby(found, key=part_of):
        yield name, list(own)


def _row(change: Change) -> dict[str, Any]:
    was, now = marked(change.was, change.now)
    return {
        "name": own_name(change),
        "key": change.key,
        "was": was,
        "now": now,
        "by": f"{change.by} {change.unit}".strip(),
        "place": "" if change.place is None else str(change.place),
    }


def _side(disclosure: Disclosure, name: str) -> str:
    """Name one of the two."""
    year = "" if disclosure.year is None else str(disclosure.year)
    return " ".join(x for x in (disclosure.unit_name, year, f"（{name}）" if name else "") if x)


def _title(after: Disclosure) -> str:
    return _("{unit}：两份公开文件的不同").format(unit=after.unit_name or _("（单位）"))


def _words() -> dict[str, str]:
    return {
        "compared": _("比较"),
        "none": _("没有不同"),
        "what": _("内容"),
        "was": _("原为"),
        "now": _("现为"),
        "by": _("相差"),
        "place": _("位置"),
        "nothing": _("（无）"),
    }
