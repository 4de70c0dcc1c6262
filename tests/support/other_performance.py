"""Performance forms in the shapes of places without a pack, invented, as pages that any door can be handed.

`SHAPES` are by name: columns for sign, unit and weight beside the value; one list of several projects; a target of the
year alone. `printed(page, door)` writes one as tabs, blanks, HTML, workbook or PDF; `TRUTH` says what is to be read.
"""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING, Final

from form_layouts import form_text, page_pdf

from mingzhang.documents.form_rows import FormPage
from mingzhang.documents.grid import Grid, GridCell

if TYPE_CHECKING:
    from collections.abc import Sequence

DOORS: Final = {
    "tabs": ".txt",
    "blanks": ".txt",
    "html": ".html",
    "workbook": ".xlsx",
    "pdf": ".pdf",
    "unruled": ".pdf",
}

CLASSES: Final = (
    ("产出指标", "数量指标", (("巡河里程", "≥", "320", "公里", "20"), ("清运垃圾", "≥", "45", "吨", "10"))),
    ("产出指标", "时效指标", (("发现问题后处置时间", "≤", "24", "小时", "10"),)),
    ("效益指标", "社会效益指标", (("沿河居民投诉件数", "≤", "3", "件", "30"),)),
    ("满意度指标", "服务对象满意度指标", (("沿河居民满意程度", "≥", "90", "%", "10"),)),
)


class Cells:
    """A grid filled from the top, cell by cell."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.cells: list[GridCell] = []
        self.row = 0

    def put(self, column: int, text: str, columns: int = 1, rows: int = 1, role: str = "field") -> None:
        self.cells.append(GridCell(self.row, column, text, role, rows, columns))

    def page(self, title: str, year: str) -> FormPage:
        return FormPage(title, year, Grid(self.columns, 0, self.row, tuple(self.cells)))


def columns_beside() -> FormPage:
    """A form of one project whose sign, unit and weight have columns of their own; names and telephones on top."""
    g = Cells(8)
    for pair in (
        ("项目名称", "河道巡护经费", "主管部门", "示例市水务局"),
        ("实施单位", "示例市河道中心", "项目周期", "1年"),
    ):
        for column, text in zip((0, 2, 4, 5), pair, strict=True):
            g.put(column, text, 2 if column != 4 else 1, role="value" if column in {2, 5} else "field")
        g.cells[-1] = GridCell(g.row, 5, pair[3], "value", 1, 3)
        g.row += 1
    g.put(0, "项目资金(万元)", 2, 3)
    for label, amount in (("年度资金总额", "86.50"), ("其中：财政拨款", "80.00"), ("其他资金", "6.50")):
        g.put(2, label, 2)
        g.put(4, amount, 4, role="figure")
        g.row += 1
    g.put(0, "年度绩效目标", 2)
    g.put(2, "全年巡河三百二十公里，水面清洁，居民满意。", 6, role="value")
    g.row += 1
    rows = sum(len(own) for _one, _two, own in CLASSES)
    g.put(0, "绩效指标", 1, rows + 1)
    for n, head in enumerate(("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重")):
        g.put(n + 1, head)
    g.row += 1
    _indicators(g, 1, ())
    return g.page("项目支出绩效目标申报表", "(2024年度)")


def one_list() -> FormPage:
    """Three projects in one list, a row for each indicator."""
    g = Cells(11)
    heads = (
        "项目名称",
        "预算数(万元)",
        "年度目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "权重",
        "指标方向性",
    )
    for n, head in enumerate(heads):
        g.put(n, head)
    g.row += 1
    for name, amount in (("河道巡护经费", "86.50"), ("泵站检修经费", "41.00"), ("水质监测经费", "12.30")):
        rows = sum(len(own) for _one, _two, own in CLASSES)
        g.put(0, name, 1, rows, "value")
        g.put(1, amount, 1, rows, "figure")
        g.put(2, f"{name}按计划使用，年底前完成。", 1, rows, "value")
        _indicators(g, 3, ("正向指标", "反向指标"))
    return g.page("项目支出绩效目标表", "(2024年度)")


def of_the_year() -> FormPage:
    """A form with the target of the year alone."""
    g = Cells(5)
    g.put(0, "项目名称")
    g.put(1, "河道巡护经费", 4, role="value")
    g.row += 1
    for left, a, right, b in (
        ("主管部门", "示例市水务局", "实施单位", "示例市河道中心"),
        ("项目属性", "延续性项目", "项目期", "3年"),
    ):
        g.put(0, left)
        g.put(1, a, 1, role="value")
        g.put(2, right)
        g.put(3, b, 2, role="value")
        g.row += 1
    g.put(0, "项目资金(万元)", 1, 2)
    for label, amount in (("年度资金总额", "86.50"), ("其他资金", "86.50")):
        g.put(1, label, 2)
        g.put(3, amount, 2, role="figure")
        g.row += 1
    g.put(0, "年度总体目标")
    g.put(1, "全年巡河三百二十公里，水面清洁，居民满意。", 4, role="value")
    g.row += 1
    g.put(0, "绩效指标", 1, 1 + sum(len(own) for _one, _two, own in CLASSES))
    for n, head in enumerate(("一级指标", "二级指标", "三级指标", "年度指标值")):
        g.put(n + 1, head)
    g.row += 1
    last = ""
    for level1, level2, own in CLASSES:
        if level1 != last:
            g.put(1, level1, 1, sum(len(o) for a, _b, o in CLASSES if a == level1))
        last = level1
        g.put(2, level2, 1, len(own))
        for name, sign, number, unit, _weight in own:
            g.put(3, name, role="value")
            g.put(4, sign + number + unit, role="class")
            g.row += 1
    return g.page("项目支出绩效目标表", "(2024年度)")


def _indicators(g: Cells, left: int, directions: Sequence[str]) -> None:
    last = ""
    for level1, level2, own in CLASSES:
        if level1 != last:
            g.put(left, level1, 1, sum(len(o) for a, _b, o in CLASSES if a == level1))
        last = level1
        g.put(left + 1, level2, 1, len(own))
        for name, sign, number, unit, weight in own:
            texts = (name, sign, number, unit, weight, *((directions[sign == "≤"],) if directions else ()))
            for n, text in enumerate(texts):
                g.put(left + 2 + n, text, role="value" if not n else "class")
            g.row += 1


SHAPES: Final = {"columns": columns_beside, "list": one_list, "year": of_the_year}
WIDTHS: Final = {
    "columns": (8, 12, 16, 20, 10, 10, 10, 8),
    "list": (12, 12, 16, 12, 16, 18, 10, 8, 10, 8, 12),
    "year": (14, 14, 18, 24, 16),
}
NUMBERS: Final = [
    (level1, level2, name, sign, number, unit, weight)
    for level1, level2, own in CLASSES
    for name, sign, number, unit, weight in own
]


def written(shape: str, door: str) -> bytes:
    """Write a shape as one door takes it."""
    page = SHAPES[shape]()
    if door == "blanks":
        return form_text(page, WIDTHS[shape], middle=True, gap=2).encode()
    if door in {"pdf", "unruled"}:
        return page_pdf(page, WIDTHS[shape], ruled=door == "pdf")
    if door == "html":
        return _html(page).encode()
    rows = [[""] * page.grid.columns for _ in range(page.grid.rows)]
    for c in page.grid.cells:
        rows[c.row][c.column] = c.text
    return _workbook(page, rows) if door == "workbook" else _tabs(page, rows).encode()


def _tabs(page: FormPage, rows: Sequence[Sequence[str]]) -> str:
    return "\n".join([page.title, page.year_line, *("\t".join(r) for r in rows)]) + "\n"


def _html(page: FormPage) -> str:
    rows = "".join(
        "<tr>" + "".join(
            f'<td rowspan="{c.rows}" colspan="{c.columns}">{html.escape(c.text)}</td>' for c in page.grid.cells if c.row == n
        ) + "</tr>"
        for n in range(page.grid.rows)
    )  # fmt: skip
    return f'<html><head><meta charset="utf-8"></head><body><p>{page.title}</p><p>{page.year_line}</p><table>{rows}</table></body></html>'


def _workbook(page: FormPage, rows: Sequence[Sequence[str]]) -> bytes:
    import openpyxl  # noqa: PLC0415

    book = openpyxl.Workbook()
    sheet = book.active
    for row in ([page.title], [page.year_line], *rows):
        sheet.append(list(row))
    for c in page.grid.cells:
        if c.rows > 1 or c.columns > 1:
            sheet.merge_cells(
                start_row=c.row + 3,
                start_column=c.column + 1,
                end_row=c.row + 2 + c.rows,
                end_column=c.column + c.columns,
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
