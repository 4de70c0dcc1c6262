"""A reading to be verified, as one page that needs nothing else: the file's pages on one side, what was read on the other.

Every figure is joined to its place; doubts come first under the keyboard. What a person accepts or puts right is saved
as a file of corrections, which reading takes with it the next time. Without scripts the page still shows everything.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import msgspec

from mingzhang.documents.grid import grid_of
from mingzhang.documents.proof_items import Items, form_fields, indicator_rows
from mingzhang.documents.proof_written import Written
from mingzhang.documents.web import TEMPLATES, templates
from mingzhang.documents.wrapped import Wrapped
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingzhang.documents.grid import GridCell
    from mingzhang.documents.proof_items import Field
    from mingzhang.documents.wrapped import Key
    from mingzhang.model.disclosure import Disclosure, Table
    from mingzhang.model.page import Picture
    from mingzhang.model.performance import DepartmentForm, ProjectForm


Lines = dict[tuple[int | None, int], str]
"""A document's lines by page, None where it has none, and number."""

Box = tuple[int, int, int, int]


def proof_page(
    disclosure: Disclosure, pictures: Mapping[int, Picture], lines: Lines, boxes: Mapping[Key, Box] | None = None
) -> str:
    """Give the page; `pictures` are a PDF's pages, `lines` what other files are shown by, `boxes` where the lines stand."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    items = Items(boxes)
    tables = [_table(t, n, items) for n, t in enumerate(disclosure.tables)]
    written = Written(items, Wrapped(disclosure, lines))
    sections = [s for s in (written.section(x, n) for n, x in enumerate(disclosure.sections)) if s["paragraphs"]]
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
            sections=sections,
            forms=forms,
            contents=_contents(items, tables, sections, forms),
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
        "id": f"t{number}",
        "at": path,
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
        "id": f"f{at.replace('/', '-')}",
        "at": at,
        "title": name,
        "doubts": form.doubts,
        "fields": fields,
        "indicators": indicator_rows(form, at, name, items),
    }


def _contents(items: Items, *parts: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """List what one can go to: tables, sections, forms, each with how much of it is doubted."""
    doubted = [i.at for i in items.all if i.doubt]
    named = zip((_("各表"), _("文字部分"), _("绩效目标表")), parts, strict=True)
    return [
        (
            name,
            [
                {
                    "id": p["id"],
                    "title": p.get("title") or p.get("heading") or _("（无标题）"),
                    "doubted": sum(at.startswith(f"{p['at']}/") for at in doubted),
                }
                for p in part
            ],
        )
        for name, part in named
        if part
    ]


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
        "unit": _("单位：{unit}"),
        "open": _("（存疑 {n}）"),
        "next": _("下一处"),
        "previous": _("上一处"),
        "accept": _("无误"),
        "correct": _("更正"),
        "undo": _("撤销"),
        "save": _("保存更正"),
        "only": _("只看存疑"),
        "none": _("没有存疑的地方。任何数字都可以点开核对。"),
        "pick": _("点一个数字，左边就显示它在原件中的位置；点原件也能找到读出的数字。按数字键就开始更正。"),
        "scriptless": _("没有启用脚本：可以对照阅读，不能更正。"),
        "zoom": _("放大或缩小原件"),
        "value": _("正确的内容"),
        "go": _("跳到…"),
        "far": _("存疑核对进度"),
        "load": _("读入更正"),
        "stored": _("这份文件存的就是数据，没有原件可对照。"),
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
        "all": _("存疑全部核完：无误 {done} 处，更正 {changed} 处"),
        "finished": _("存疑都核完了，按 S 保存。"),
        "loaded": _("读入 {n} 处（文件里有 {of} 处）。"),
        "other": _("这不是本文件的更正。"),
        "saved": _("已保存 {file}。用 mingzhang read 原文件 --apply {file} 读入更正。"),
    }
