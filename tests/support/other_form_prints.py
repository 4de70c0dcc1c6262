"""Tables of other forms as documents: tabbed text, spaced text, Markdown, HTML, Word and PDF."""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import unicodedata
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    import typst
    from other_forms import Budget, Printed

DOORS = ("tabbed", "spaced", "markdown", "html", "docx", "xlsx", "pdf", "unruled_pdf")
_AMOUNT = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def written(budget: Budget) -> list[str]:
    """Say in the words of no form what the tables say."""
    from other_forms import basic, kind, project, source  # noqa: PLC0415 - only here

    unit, money, year = budget.style.unit, budget.money, budget.year
    public = {k: budget.style.money(v) or "0" for k, v in budget.public.items()}
    public = {k: "0" if v in {"-", "0.00"} else v for k, v in public.items()}
    return [
        "一、收支预算情况",
        f"按照综合预算的原则，{year}年本单位收入总预算{money()}{unit}，支出总预算{money()}{unit}。",
        (f"支出中基本支出{money(basic)}{unit}，其中人员经费{money(kind('personnel'))}{unit}、公用经费{money(kind('operating'))}{unit}；"
        f"项目支出{money(project)}{unit}。"),
        "二、一般公共预算情况",
        (f"{year}年一般公共预算支出{money(source('general'))}{unit}，其中基本支出{money(source('general'), basic)}{unit}、"
        f"项目支出{money(source('general'), project)}{unit}。"),
        "三、“三公”经费情况",
        (f"{year}年“三公”经费预算{public['total']}{unit}，其中：因公出国（境）费{public['abroad']}{unit}，公务接待费"
        f"{public['reception']}{unit}，公务用车购置及运行费{public['vehicles']}{unit}。"),
    ]  # fmt: skip


def heading_lines(budget: Budget) -> list[str]:
    return [f"{budget.unit_name}{budget.year}年部门预算", ""]


def _grid(printed: Printed) -> list[list[str]]:
    """Give the cells of a table, a merged one at its first place."""
    width = len(printed.roles)
    depth = len(printed.head)
    grid = [[""] * width for _ in range(depth)]
    taken = [[False] * width for _ in range(depth)]
    for r, row in enumerate(printed.head):
        at = 0
        for cell in row:
            while taken[r][at]:
                at += 1
            for rr in range(r, r + cell.rows):
                for cc in range(at, at + cell.columns):
                    taken[rr][cc] = True
            grid[r][at] = cell.text
            at += cell.columns
    return [*grid, *map(list, printed.body)]


def _above(printed: Printed, random: Random) -> list[list[str]]:
    """Give the lines above a table: number, title, unit's name and unit of money, in one of the usual ways."""
    way = random.randrange(3)
    unit = f"单位：{printed.unit}"
    number = [[printed.number]] if printed.number else []
    if way == 0:
        return [*number, [printed.title], [f"部门名称：{printed.name}", unit]]
    if way == 1:
        return [[f"{printed.number} {printed.title}".strip()], [unit]]
    return [*number, [printed.title], ["", unit]]


def tabbed(budget: Budget, tables: Sequence[Printed], random: Random) -> bytes:
    lines = [*heading_lines(budget), f"第一部分 {budget.year}年部门预算表", ""]
    for table in tables:
        lines += ["\t".join(x) for x in _above(table, random)]
        lines += ["\t".join(c.replace("\n", "") for c in row) for row in _grid(table)]
        lines += [*table.notes, ""]
    lines += [f"第二部分 {budget.year}年部门预算情况说明", *written(budget)]
    return "\n".join(lines).encode()


def spaced(budget: Budget, tables: Sequence[Printed], random: Random) -> bytes:
    """Print columns apart by blanks, words of the head in the middle of what they span."""
    lines = [*heading_lines(budget), f"第一部分 {budget.year}年部门预算表", ""]
    for table in tables:
        rows = [[c.replace("\n", "") for c in row] for row in table.body]
        heads = _placed(table)
        alone = [(c, text) for _r, c, span, _d, text in heads if span == 1]
        widths = [
            max((_wide(t) for t in [*(r[i] for r in rows), *(t for c, t in alone if c == i)]), default=4)
            for i in range(len(table.roles))
        ]
        starts = [sum(widths[:i]) + 3 * i for i in range(len(widths) + 1)]
        for above in _above(table, random):
            texts = [x for x in above if x]
            gap = " " * (8 if len(above) == 1 else max(starts[-1] - sum(map(_wide, texts)), 8))
            lines.append(gap.join(texts) if len(texts) > 1 else gap + texts[0])
        for level in range(len(table.head)):
            line = ""
            for r, c, span, _depth, text in sorted(heads, key=lambda h: h[1]):
                if r == level:
                    room = starts[c + span] - 3 - starts[c]
                    line += " " * max(starts[c] + (room - _wide(text)) // 2 - _wide(line), 2 if line else 0) + text
            lines.append(line)
        for row in rows:
            cells = []
            for text, wide, role in zip(row, widths, table.roles, strict=True):
                gap = " " * (wide - _wide(text))
                cells.append(gap + text if role == "f" else text + gap)
            lines.append("   ".join(cells).rstrip())
        lines += [*table.notes, ""]
    lines += [f"第二部分 {budget.year}年部门预算情况说明", *written(budget)]
    return "\n".join(lines).encode()


def _placed(table: Printed) -> list[tuple[int, int, int, int, str]]:
    """Give the texts of a head with the line in the middle of their rows, and the column they stand in, with their spans."""
    return [(r + (d - 1) // 2, c, n, d, text.replace("\n", "")) for r, c, n, d, text in _head_cells(table)]


def _head_cells(table: Printed) -> list[tuple[int, int, int, int, str]]:
    """Give the texts of a head with the row and column they stand in, and their spans."""
    out = []
    taken = [[False] * len(table.roles) for _ in table.head]
    for r, row in enumerate(table.head):
        at = 0
        for cell in row:
            while taken[r][at]:
                at += 1
            for rr in range(r, r + cell.rows):
                for cc in range(at, at + cell.columns):
                    taken[rr][cc] = True
            out.append((r, at, cell.columns, cell.rows, cell.text))
            at += cell.columns
    return out


def layout_text(budget: Budget, tables: Sequence[Printed], random: Random) -> bytes:
    """Give the text of a PDF as the usual program lays it out."""
    content = pdf(budget, tables, random)
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def markdown(budget: Budget, tables: Sequence[Printed], random: Random) -> bytes:
    lines = [f"# {heading_lines(budget)[0]}", "", f"## 第一部分 {budget.year}年部门预算表", ""]
    for table in tables:
        above = _above(table, random)
        lines += [f"### {above[0][0]}", "", *("　".join(t for t in x if t) for x in above[1:]), ""]
        grid = _grid(table)
        lines += ["| " + " | ".join(c.replace("\n", "<br>") for c in grid[0]) + " |", "|" + " --- |" * len(table.roles)]
        lines += ["| " + " | ".join(c.replace("\n", "<br>") for c in row) + " |" for row in grid[1:]]
        lines += ["", *table.notes, ""]
    lines += [f"## 第二部分 {budget.year}年部门预算情况说明", ""]
    for text in written(budget):
        lines += [text, ""]
    return "\n".join(lines).encode()


def web(budget: Budget, tables: Sequence[Printed], random: Random) -> bytes:
    out = [f"<html><head><meta charset='utf-8'><title>{heading_lines(budget)[0]}</title></head><body>"]
    out.append(f"<h1>{heading_lines(budget)[0]}</h1><h2>第一部分 {budget.year}年部门预算表</h2>")
    for table in tables:
        framed = random.random() < 0.3
        above = _above(table, random)
        width = len(table.roles)
        if not framed:
            out += [f"<p>{html.escape('　　'.join(t for t in x if t))}</p>" for x in above]
        out.append("<table border=1>")
        if framed:
            out += [f"<tr><td colspan={width}>{html.escape(x[0])}</td></tr>" for x in above[:-1]]
            out.append(
                f"<tr><td colspan={width} align=right>{html.escape('　　'.join(t for t in above[-1] if t))}</td></tr>"
            )
        for row in table.head:
            cells = (f"<td colspan={c.columns} rowspan={c.rows}>{c.text.replace(chr(10), '<br>')}</td>" for c in row)
            out.append("<tr>" + "".join(cells) + "</tr>")
        for line in table.body:
            out.append("<tr>" + "".join(f"<td>{html.escape(c) or '&nbsp;'}</td>" for c in line) + "</tr>")
        out.append("</table>")
        out += [f"<p>{n}</p>" for n in table.notes]
    out.append(f"<h2>第二部分 {budget.year}年部门预算情况说明</h2>")
    out += [f"<p>{html.escape(t)}</p>" for t in written(budget)]
    return ("".join(out) + "</body></html>").encode()


def word(budget: Budget, tables: Sequence[Printed], random: Random) -> bytes:
    body = [_p(heading_lines(budget)[0]), _p(f"第一部分 {budget.year}年部门预算表")]
    for table in tables:
        body += [_p("　　".join(t for t in x if t)) for x in _above(table, random)]
        body.append("<w:tbl>" + "".join(_word_rows(table)) + "</w:tbl>")
        body += [_p(n) for n in table.notes]
    body.append(_p(f"第二部分 {budget.year}年部门预算情况说明"))
    body += [_p(t) for t in written(budget)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        text = f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>'
        archive.writestr("word/document.xml", text)
    return out.getvalue()


def _word_rows(table: Printed) -> Iterator[str]:
    width = len(table.roles)
    held: dict[int, tuple[int, int]] = {}
    for row in table.head:
        cells, at, queue = [], 0, list(row)
        while at < width:
            if at in held:
                span, left = held.pop(at)
                cells.append(_tc("", span, "<w:vMerge/>"))
                if left > 1:
                    held[at] = (span, left - 1)
                at += span
                continue
            cell = queue.pop(0)
            cells.append(_tc(cell.text, cell.columns, '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""))
            if cell.rows > 1:
                held[at] = (cell.columns, cell.rows - 1)
            at += cell.columns
        held = dict(held)
        yield "<w:tr>" + "".join(cells) + "</w:tr>"
    for line in table.body:
        yield "<w:tr>" + "".join(_tc(c, 1, "") for c in line) + "</w:tr>"


def _tc(text: str, span: int, more: str) -> str:
    own = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{own}{more}</w:tcPr>{''.join(_p(t) for t in text.split(chr(10)))}</w:tc>"


def _p(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'


def workbook(budget: Budget, tables: Sequence[Printed], random: Random) -> bytes:
    """Print a sheet for each table, amounts as numbers shown as they are printed, and the written part on the last."""
    import openpyxl  # noqa: PLC0415 - heavy

    book = openpyxl.Workbook()
    book.remove(book.active)
    for n, table in enumerate(tables, 1):
        _fill(book.create_sheet(f"{n}"), table, _above(table, random))
    sheet = book.create_sheet("情况说明")
    for r, text in enumerate([f"第二部分 {budget.year}年部门预算情况说明", *written(budget)], 1):
        sheet.cell(r, 1, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, table: Printed, above: list[list[str]]) -> None:
    width, at = len(table.roles), len(above) + 1
    for r, line in enumerate(above, 1):
        sheet.cell(r, 1, line[0])
        if len(line) > 1:
            sheet.cell(r, width, line[-1])
        else:
            sheet.merge_cells(start_row=r, end_row=r, start_column=1, end_column=width)
    for level, column, span, depth, text in _head_cells(table):
        sheet.cell(at + level, column + 1, text)
        if span > 1 or depth > 1:
            ends = {"end_row": at + level + depth - 1, "end_column": column + span}
            sheet.merge_cells(start_row=at + level, start_column=column + 1, **ends)
    at += len(table.head)
    for r, row in enumerate(table.body, at):
        for c, text in enumerate(row):
            if table.roles[c] == "f" and _AMOUNT.fullmatch(text):
                cell = sheet.cell(r, c + 1, float(text.replace(",", "")))
                places = "." + "0" * len(text.partition(".")[2]) if "." in text else ""
                cell.number_format = ("#,##0" if "," in text else "0") + places
            elif text:
                sheet.cell(r, c + 1, text)
    for r, note in enumerate(table.notes, at + len(table.body)):
        sheet.cell(r, 1, note)


SOURCE = """
#let d = json(bytes(sys.inputs.d))
#set page(width: d.width * 1pt, height: 842pt, margin: (x: 36pt, y: 45pt),
  footer: context align(center, text(9pt)[#counter(page).display()]))
#set text(font: d.font, size: 9pt, lang: "zh", region: "cn", cjk-latin-spacing: none)
#set par(leading: 0.45em, spacing: 0.7em, justify: false)
#align(center + horizon, text(20pt, d.cover))
#pagebreak()
#align(center, text(15pt, d.part))
#for t in d.tables {
  for line in t.above {
    if line.len() == 1 { align(center, text(12pt, line.at(0))) } else { grid(columns: (1fr, auto), ..line) }
  }
  let at(c) = if c.at(4) == "f" { right + horizon } else if c.at(4) == "h" { center + horizon } else { left + horizon }
  let draw(c) = table.cell(x: c.at(0), y: c.at(1), colspan: c.at(2), rowspan: c.at(3), align: at(c), c.at(5))
  table(columns: t.widths.map(w => w * 1fr), inset: 4pt, stroke: if d.ruled { 0.5pt } else { none },
    table.header(..t.cells.filter(c => c.at(1) < t.depth).map(draw)), ..t.cells.filter(c => c.at(1) >= t.depth).map(draw))
  for n in t.notes { par(n) }
  if d.apart { pagebreak(weak: true) } else { v(20pt) }
}
#pagebreak(weak: true)
#align(center, text(15pt, d.second))
#for s in d.written { par(first-line-indent: 2em, s) }
"""


def pdf(budget: Budget, tables: Sequence[Printed], random: Random, *, ruled: bool = True) -> bytes:
    from mingzhang.documents.fonts import load_fonts  # noqa: PLC0415 - heavy

    drawn = [_drawn(t, random) for t in tables]
    page = {
        "width": max(595, max(round(sum(t["widths"]) * 4.8 + 9 * len(t["widths"])) for t in drawn) + 72),
        "font": load_fonts(None)[1].song, "cover": heading_lines(budget)[0], "part": f"第一部分 {budget.year}年部门预算表",
        "second": f"第二部分 {budget.year}年部门预算情况说明", "written": written(budget), "tables": drawn, "ruled": ruled,
        "apart": random.random() < 0.7,
    }  # fmt: skip
    content: bytes = _compiler().compile(SOURCE.encode(), format="pdf", sys_inputs={"d": json.dumps(page)})
    return content


def _drawn(table: Printed, random: Random) -> dict[str, object]:
    width, depth = len(table.roles), len(table.head)
    cells: list[list[object]] = []
    taken = [[False] * width for _ in range(depth)]
    for r, row in enumerate(table.head):
        at = 0
        for cell in row:
            while taken[r][at]:
                at += 1
            for rr in range(r, r + cell.rows):
                for cc in range(at, at + cell.columns):
                    taken[rr][cc] = True
            cells.append([at, r, cell.columns, cell.rows, "h", cell.text])
            at += cell.columns
    for r, line in enumerate(table.body):
        cells += [[c, depth + r, 1, 1, table.roles[c], text] for c, text in enumerate(line)]
    widths = [4.0] * width
    for x, _y, w, _h, role, text in cells:
        if w == 1:
            longest = 28 if role == "w" else 14 if role == "h" else 60
            widths[x] = max(widths[x], 2 + min(max(map(_wide, str(text).split("\n"))), longest))  # type: ignore[index]
    return {
        "above": _above(table, random), "cells": cells, "depth": depth, "widths": widths, "notes": list(table.notes),
    }  # fmt: skip


@cache
def _compiler() -> typst.Compiler:
    import typst  # noqa: PLC0415 - heavy

    from mingzhang.documents.fonts import load_fonts  # noqa: PLC0415 - heavy

    return typst.Compiler(font_paths=load_fonts(None)[0], ignore_system_fonts=True)


def printed(door: str, budget: Budget, tables: Sequence[Printed], random: Random) -> bytes:
    """Print a document as a door takes it."""
    if door == "pdf":
        return pdf(budget, tables, random)
    if door == "unruled_pdf":
        return pdf(budget, tables, random, ruled=False)
    ways = {
        "tabbed": tabbed,
        "spaced": spaced,
        "markdown": markdown,
        "html": web,
        "docx": word,
        "xlsx": workbook,
        "layout_text": layout_text,
    }
    return ways[door](budget, tables, random)
