"""A small budget book, and its workbook with cells to change."""

from __future__ import annotations

import io

import xlsxwriter

from mingzhang.forms.packs import load_pack
from mingzhang.intake.grids import read_grids
from mingzhang.intake.template import template_bytes
from mingzhang.model.book import Book, DepartmentGoals, Goal, Member, Project, SpendingLine, YearEndCarry

SMALL = Book(
    year=2024,
    pack="shanxi-2024",
    unit_code="100",
    unit_name="青川县示例局",
    unit_type="行政",
    members=(Member(code="1001", name="青川县示例局本级", unit_type="行政"),),
    spending=(
        SpendingLine(id="s1", function="2010301", amount=1234567, kind="personnel", economic="30101", unit="1001"),
        SpendingLine(
            id="s2", function="2010302", amount=500000000, kind="project", project="p1", tags=("three_public:none",)
        ),
    ),
    year_end=(YearEndCarry(id="y1", fund="general", amount=700, function="2010301"),),
    projects=(
        Project(
            id="p1",
            name="档案整理",
            period_funds={"municipal": 500000000},
            goals=(Goal(span="annual", level1="产出指标", level2="数量指标", level3="整理卷数", value="≥500卷"),),
        ),
    ),
    department_goals=DepartmentGoals(strategy="稳步提升", key_tasks=(("档案", "整理归档"),)),
    last_year={"income_total": 100},
    notes={"purchased_services": "没有购买服务事项。"},
    extra={"/later": {"a": [1]}},
)


class Workbook:
    """A workbook of the small book whose cells a test changes before it is read."""

    def __init__(self) -> None:
        grids = read_grids(template_bytes(load_pack("shanxi-2024"), SMALL), "base.xlsx")
        self.sheets = {name: [list(row) for row in grid.rows] for name, grid in grids.items() if name != "选项"}

    def put(self, place: str, value: object) -> None:
        sheet, _, cell = place.partition("!")
        column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
        rows = self.sheets[sheet]
        while len(rows) <= row:
            rows.append([""] * len(rows[1]))
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = value

    def content(self) -> bytes:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
            for name, rows in self.sheets.items():
                worksheet = workbook.add_worksheet(name)
                for r, row in enumerate(rows):
                    for n, value in enumerate(row):
                        if isinstance(value, str) and value.startswith("="):
                            worksheet.write_formula(r, n, value, None, "#REF!")
                        elif isinstance(value, str):
                            worksheet.write_string(r, n, value)
                        else:
                            worksheet.write(r, n, value)
        return buffer.getvalue()
