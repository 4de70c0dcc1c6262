"""A reading to be verified, as one page that needs nothing else: the file's pages on one side, what was read on the other.

Every figure is joined to its place; doubts come first under the keyboard. What a person accepts or puts right is saved
as a file of corrections, which reading takes with it the next time. Without scripts the page still shows everything.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import msgspec

from mingzhang.documents.grid import grid_of
from mingzhang.documents.proof_items import Items, field_name, form_fields, indicator_rows
from mingzhang.documents.web import TEMPLATES, templates
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingzhang.documents.grid import GridCell
    from mingzhang.documents.proof_items import Field
    from mingzhang.model.disclosure import Disclosure, Paragraph, Section, Table
    from mingzhang.model.page import Picture
    from mingzhang.model.performance import DepartmentForm, ProjectForm


Lines = dict[tuple[int | None, int], str]
"""A document's lines by page, None where it has none, and number."""


def proof_page(disclosure: Disclosure, pictures: Mapping[int, Picture], lines: Lines) -> str:
    """Give the page; `pictures` are a PDF's pages, `lines` what other files are shown by."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    items = Items()
    tables = [_table(t, n, items) for n, t in enumerate(disclosure.tables)]
    sections = [_section(s, n, items) for n, s in enumerate(disclosure.sections)]
    forms = _forms(disclosure, items)
    source = disclosure.source
    about = {
        "sha256": "" if source is None else source.sha256,
        "file": "" if source is None else source.name,
        "items": [_for_script(i) for i in items.all],
        "words": _script_words(),
    }
    year = "" if disclosure.year is None else str(disclosure.year)
    text: str = (
        templates()
        .get_template("proof.html")
        .render(
            lang="en" if language() == "en" else "zh-CN",
            title=" ".join(x for x in (disclosure.unit_name, year) if x) or _("公开文件"),
            style=Markup(_own("proof.css")),  # noqa: S704 - our own
            script=Markup(_own("proof.js")),  # noqa: S704 - our own
            about=Markup(_for_page(about)),  # noqa: S704 - every character that could end the script is escaped
            words=_words(),
            source=source,
            pages=[_picture(n, p) for n, p in sorted(pictures.items())],
            lines=[] if pictures else _lines(lines),
            doubts=disclosure.doubts,
            items=items.all,
            doubted=sum(1 for i in items.all if i.doubt),
            tables=tables,
            sections=[s for s in sections if s["paragraphs"]],
            forms=forms,
        )
    )
    return text + "\n"


def _own(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _for_page(value: Any) -> str:
    """Spell a value as JSON that cannot end the script it stands in."""
    return msgspec.json.encode(value).decode().replace("<", "\\u003c").replace("&", "\\u0026")


def _for_script(item: Any) -> list[Any]:
    return [item.at, item.name, item.text, item.doubt, item.page, item.line, item.box, item.kind]


def _picture(number: int, picture: Picture) -> dict[str, Any]:
    return {
        "number": number,
        "width": picture.width,
        "height": picture.height,
        "source": f"data:image/png;base64,{b64encode(picture.content).decode()}",
    }


def _lines(lines: Lines) -> list[dict[str, Any]]:
    return [
        {"id": f"l{p or 0}-{n}", "number": n, "cells": text.split("\t")}
        for (p, n), text in sorted(lines.items(), key=lambda x: (x[0][0] or 0, x[0][1]))
    ]


def _table(table: Table, number: int, items: Items) -> dict[str, Any]:
    path = f"/tables/{number}"
    title = table.title or table.id
    names = {c.key: c.header or c.key for c in table.columns}
    notes = [
        items.note(f"{path}/rows/{n}", f"{title} {row.label or row.key}", row.doubt, row.place)
        for n, row in enumerate(table.rows)
        if row.doubt
    ]
    grid = grid_of(table, path)
    rows: list[list[dict[str, Any]]] = [[] for _row in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(_cell(cell, table, title, names, items))
    return {
        "title": title,
        "number": table.number,
        "unit": table.unit,
        "doubts": table.doubts,
        "rows": rows,
        "head": grid.head,
        "notes": notes,
    }


def _cell(cell: GridCell, table: Table, title: str, names: dict[str, str], items: Items) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": cell.text, "role": cell.role, "rows": cell.rows, "columns": cell.columns}
    if cell.figure is None or not cell.path:
        return {**shown, "item": None}
    above, _rows, row, _cells, column = cell.path.rsplit("/", 4)
    own = table.rows[int(row.removeprefix("#"))]
    column = f"#{column[2:]}" if column.startswith("~2") else column
    name = f"{title} · {own.label or own.key} · {names.get(column, column)}"
    pointer = f"{above}/rows/{row.removeprefix('#')}/cells/{column}"
    return {**shown, "item": items.figure(pointer, name, cell.figure, own.place)}


def _section(section: Section, number: int, items: Items) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "paragraphs": [
            _paragraph(p, f"/sections/{number}/paragraphs/{n}", section.heading or section.key, items)
            for n, p in enumerate(section.paragraphs)
        ],
    }


def _paragraph(paragraph: Paragraph, path: str, name: str, items: Items) -> list[dict[str, Any]]:
    """Cut a paragraph where its figures stand; a figure that is not found in its text follows it."""
    out: list[dict[str, Any]] = []
    behind: list[dict[str, Any]] = []
    done = 0
    for n, slot in sorted(enumerate(paragraph.slots), key=lambda s: s[1].at):
        if slot.figure is None:
            continue
        doubt = "" if slot.key else _("没有识别这是什么数字")
        label = f"{name} · {field_name(slot.key, 'statement') or '?'}"
        item = items.figure(f"{path}/slots/{n}/figure", label, slot.figure, paragraph.place, doubt)
        text = items.all[item].text
        if slot.at >= done and text and paragraph.text.startswith(text, slot.at):
            out += [{"text": paragraph.text[done : slot.at], "item": None}, {"text": text, "item": item}]
            done = slot.at + len(text)
        else:
            behind.append({"text": text, "item": item})
    out.append({"text": paragraph.text[done:], "item": None})
    if paragraph.doubt:
        behind.append({"text": "?", "item": items.note(path, name, paragraph.doubt, paragraph.place)})
    return [*out, *behind]


def _forms(disclosure: Disclosure, items: Items) -> list[dict[str, Any]]:
    out = []
    if disclosure.department_form is not None:
        out.append(_form(disclosure.department_form, "/department_form", disclosure.department_form.title, items))
    for n, form in enumerate(disclosure.project_forms):
        out.append(_form(form, f"/project_forms/{n}", form.project, items))
    return out


def _form(form: ProjectForm | DepartmentForm, at: str, name: str, items: Items) -> dict[str, Any]:
    fields: list[Field] = form_fields(form, at, name, items)
    return {
        "title": name,
        "doubts": form.doubts,
        "fields": fields,
        "indicators": indicator_rows(form, at, name, items),
    }


def _words() -> dict[str, str]:
    return {
        "skip": _("跳到读取结果"),
        "page": _("第{n}页"),
        "original": _("原件"),
        "reading": _("读取结果"),
        "doubts": _("存疑"),
        "whole": _("关于全文的存疑"),
        "tables": _("各表"),
        "written": _("文字部分"),
        "forms": _("绩效目标表"),
        "unit": _("单位"),
        "next": _("下一处"),
        "previous": _("上一处"),
        "accept": _("无误"),
        "correct": _("更正"),
        "undo": _("撤销"),
        "save": _("保存更正"),
        "only": _("只看存疑"),
        "none": _("没有存疑的地方。任何数字都可以点开核对。"),
        "pick": _("点一个数字，左边就显示它在原件中的位置。"),
        "scriptless": _("没有启用脚本：可以对照阅读，不能更正。"),
        "zoom": _("放大或缩小原件"),
        "value": _("正确的内容"),
    }


def _script_words() -> dict[str, str]:
    return {
        "left": _("存疑 {left} 处未核，已核 {done} 处，更正 {changed} 处"),
        "nowhere": _("没有记录它在原件中的位置"),
        "read": _("读作“{text}”"),
        "blank": _("（空）"),
        "accepted": _("已核，无误"),
        "changed": _("更正为“{text}”"),
        "bad": _("这里应是数字"),
        "leave": _("更正还没有保存。"),
        "saved": _("已保存 {file}。用 mingzhang read 原文件 --apply {file} 读入更正。"),
    }
