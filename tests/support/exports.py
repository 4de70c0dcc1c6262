"""Synthetic exports of budget platforms in three layouts, written from a book: `from exports import LAYOUTS`."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter
from msgspec.structs import replace

from mingzhang.forms.classifications import edition
from mingzhang.intake import words
from mingzhang.intake.platform.asked import Asked
from mingzhang.intake.platform.assembling import Wanted

if TYPE_CHECKING:
    from pathlib import Path

    from mingzhang.model.book import Book, SpendingLine

FUND = {v: k for k, v in words.FUNDS.items()}
PART = {v: k for k, v in words.FUND_PARTS.items()}
KIND = {v: k for k, v in words.KINDS.items()}
ORIGIN = {v: k for k, v in words.ORIGINS.items()}
LEVEL = {v: k for k, v in words.LEVELS.items()}
CATEGORY = {v: k for k, v in words.CATEGORIES.items()}
TAG = {v: k for k, v in words.TAGS.items()}
BASIC = ("personnel", "operating")
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same book gives the same bytes


def unit_of(book: Book, line: SpendingLine) -> tuple[str, str]:
    """Give a line's unit code and name."""
    if not line.unit or line.unit == book.unit_code:
        return book.unit_code, book.unit_name
    return line.unit, next(m.name for m in book.members if m.code == line.unit)


def project_of(book: Book, line: SpendingLine) -> tuple[str, str, str]:
    """Give a line's project: code, name, category in words."""
    if not line.project:
        return "", "", ""
    project = next(p for p in book.projects if p.id == line.project)
    return project.id, project.name, CATEGORY[project.category]


def marks(line: SpendingLine) -> list[str]:
    """Spell what every layout has in its last columns."""
    return [PART.get(line.fund_part, ""), LEVEL[line.level], "、".join(TAG[t] for t in line.tags)]


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def three_columns(book: Book, path: Path, *, numbers: bool = False) -> None:
    """元; titles, a head of two rows with merged cells, codes in three columns, as texts or as numbers."""
    groups = (
        ("明细编号", ()), ("单位编码", ()), ("单位名称", ()), ("功能分类科目", ("类", "款", "项", "名称")),
        ("部门经济科目", ("类", "款")), ("政府经济科目编码", ()), ("项目编码", ()), ("项目名称", ()), ("项目类别", ()),
        ("支出类别", ()), ("资金来源", ()), ("资金年度", ()), ("单位资金构成", ()), ("资金级次", ()), ("三公标记", ()),
        ("预算金额", ()),
    )  # fmt: skip
    names = edition("2024")
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": MADE})
        sheet = workbook.add_worksheet("明细")
        sheet.merge_range(0, 0, 0, 19, f"{book.year}年部门预算支出明细")
        sheet.write_string(1, 0, "单位：元")
        column = 0
        for name, parts in groups:
            if parts:
                sheet.merge_range(3, column, 3, column + len(parts) - 1, name)
                for n, part in enumerate(parts):
                    sheet.write_string(4, column + n, part)
            else:
                sheet.merge_range(3, column, 4, column, name)
            column += len(parts) or 1
        for r, x in enumerate(book.spending, 5):
            entry = names.function(x.function)
            code: list[Any] = [x.function[:3], x.function[3:5], x.function[5:7], entry.name if entry else ""]
            economic: list[Any] = [x.economic[:3], x.economic[3:]]
            if numbers:
                code[:3] = [int(c) if c else "" for c in code[:3]]
                economic = [int(c) if c else "" for c in economic]
            cells = [x.id, *unit_of(book, x), *code, *economic, x.gov_economic, *project_of(book, x)]
            cells += [KIND[x.kind], FUND[x.fund], ORIGIN[x.origin], *marks(x), Decimal(x.amount) / 100]
            sheet.write_row(r, 0, cells)


def with_subtotals(book: Book, path: Path, *, rows: list[list[str]] | None = None) -> None:
    """万元, CSV in GB18030; 合计, then unit by unit and code by code, each with its sum over its lines."""
    head = [
        "单位",
        "功能科目",
        "支出类别",
        "项目",
        "部门经济科目",
        "政府经济科目",
        "资金性质",
        "单位资金构成",
        "是否结转",
        "资金级次",
        "三公标记",
        "金额",
    ]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([f"{book.year}年预算明细（二上）"])
    writer.writerow(["", *[""] * 10, "单位：万元"])
    writer.writerow(head)
    writer.writerows(subtotal_rows(book) if rows is None else rows)
    writer.writerow(["制表人：", *[""] * 11])
    path.write_bytes(text.getvalue().encode("gb18030"))


def subtotal_rows(book: Book) -> list[list[str]]:
    """Give the lines of the layout with sub-totals."""
    names = edition("2024")

    def named(code: str) -> str:
        entry = names.function(code)
        return f"{code}-{entry.name}" if entry else code

    def total(lines: list[SpendingLine], *cells: str) -> list[str]:
        return [*cells, *[""] * (11 - len(cells)), wan(sum(x.amount for x in lines))]

    rows = [total(list(book.spending), "合计")]
    units: dict[tuple[str, str], list[SpendingLine]] = defaultdict(list)
    for x in book.spending:
        units[unit_of(book, x)].append(x)
    for (code, name), of_unit in units.items():
        rows.append(total(of_unit, f"{code}-{name}"))
        done: set[str] = set()
        for function in sorted({x.function for x in of_unit}):
            for length in (3, 5, 7):
                above = function[:length]
                if above not in done:
                    done.add(above)
                    rows.append(total([x for x in of_unit if x.function.startswith(above)], "", named(above)))
            for x in (x for x in of_unit if x.function == function):
                project = "-".join(t for t in project_of(book, x)[:2] if t)
                kind = project_of(book, x)[2] or KIND[x.kind]
                part, level, tags = marks(x)
                rows.append(
                    [
                        "",
                        "",
                        kind,
                        project,
                        x.economic,
                        x.gov_economic,
                        FUND[x.fund],
                        part,
                        ORIGIN[x.origin],
                        level,
                        tags,
                        wan(x.amount),
                    ]
                )
    return rows


def wan(fen: int) -> str:
    return f"{Decimal(fen) / 1_000_000:,f}"


def sheet_a_table(book: Book, path: Path) -> None:
    """元; one sheet a kind of spending, each with columns of its own, funds across in a head of two rows."""
    base = ["单位编码", "单位名称", "功能科目编码", "功能科目名称", "经济科目编码", "政府经济科目编码"]
    tables = {
        "1人员类": (lambda x: x.kind == "personnel", base),
        "2公用经费": (lambda x: x.kind == "operating", base),
        "3项目支出": (lambda x: x.kind == "project", [*base[:2], "项目编码", "项目名称", "项目类别", *base[2:]]),
        "4其他支出": (lambda x: x.kind not in {*BASIC, "project"}, [*base[:2], "支出类别", *base[2:]]),
    }
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": MADE})
        workbook.add_worksheet("填表说明").write_string(0, 0, "各表金额单位均为元")
        for name, (passes, columns) in tables.items():
            lines = [x for x in book.spending if passes(x)]
            if lines:
                _table(workbook.add_worksheet(name), book, lines, columns)


def _table(sheet: Any, book: Book, lines: list[SpendingLine], columns: list[str]) -> None:
    funds = [(f, o) for f in FUND for o in ORIGIN]
    last = ["单位资金构成", "资金级次", "三公标记"]
    names = edition("2024")
    sheet.write_string(0, 0, "金额单位：元")
    for n, heading in enumerate([*columns, *last]):
        sheet.merge_range(1, n, 2, n, heading)
    start = len(columns) + len(last)
    sheet.merge_range(1, start, 2, start, "合计")
    for n, (fund, origin) in enumerate(funds):
        if n % len(ORIGIN) == 0:
            sheet.merge_range(1, start + 1 + n, 1, start + n + len(ORIGIN), FUND[fund])
        sheet.write_string(2, start + 1 + n, ORIGIN[origin])
    for r, x in enumerate(lines, 3):
        entry = names.function(x.function)
        told = dict(zip(("单位编码", "单位名称"), unit_of(book, x), strict=True))
        told |= dict(zip(("项目编码", "项目名称", "项目类别"), project_of(book, x), strict=True))
        told |= {"支出类别": KIND[x.kind], "功能科目编码": x.function, "功能科目名称": entry.name if entry else ""}
        told |= {"经济科目编码": x.economic, "政府经济科目编码": x.gov_economic}
        sheet.write_row(r, 0, [*(told[c] for c in columns), *marks(x)])
        sheet.write_number(r, start, Decimal(x.amount) / 100)
        sheet.write_number(r, start + 1 + funds.index((x.fund, x.origin)), Decimal(x.amount) / 100)
    total = Decimal(sum(x.amount for x in lines)) / 100
    sheet.write_string(len(lines) + 3, 0, "合  计")
    sheet.write_number(len(lines) + 3, start, total)
    for n, (fund, origin) in enumerate(funds):
        amount = sum(x.amount for x in lines if (x.fund, x.origin) == (fund, origin))
        if amount:
            sheet.write_number(len(lines) + 3, start + 1 + n, Decimal(amount) / 100)


LAYOUTS = {
    "yuan-three-columns": (three_columns, ".xlsx"),
    "wan-subtotals": (with_subtotals, ".csv"),
    "sheet-a-table": (sheet_a_table, ".xlsx"),
}
"""The layouts by the profile that reads them: the writer and the file's ending."""


def approved_of(book: Book) -> dict[tuple[str, str, str], int]:
    """Add up a book by unit name, fund and basic or project, as an approval does."""
    found: dict[tuple[str, str, str], int] = defaultdict(int)
    for x in book.spending:
        kind = "基本支出" if x.kind in BASIC else KIND[x.kind]
        found[unit_of(book, x)[1], FUND[x.fund], kind] += x.amount
    return dict(found)


def approved_words(book: Book) -> tuple[str, ...]:
    """Spell the approved totals as they are typed."""
    return tuple(f"{','.join(keys)}={yuan(fen)}" for keys, fen in approved_of(book).items())


def write_approved(totals: dict[tuple[str, str, str], int], path: Path) -> None:
    """Write approved totals as a sheet: a line for each unit and fund, a column for each kind, and the total."""
    kinds = list(dict.fromkeys(k for _u, _f, k in totals))
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": MADE})
        sheet = workbook.add_worksheet("批复")
        sheet.write_row(0, 0, ["部门预算批复表（单位：元）"])
        sheet.write_row(1, 0, ["单位名称", "资金来源", *kinds])
        lines = list(dict.fromkeys((u, f) for u, f, _k in totals))
        for r, (unit, fund) in enumerate(lines, 2):
            sheet.write_row(r, 0, [unit, fund, *(Decimal(totals.get((unit, fund, k), 0)) / 100 for k in kinds)])
        sums = [Decimal(sum(v for (_u, _f, kind), v in totals.items() if kind == k)) / 100 for k in kinds]
        sheet.write_row(len(lines) + 2, 0, ["合计", "", *sums])


def asked_of(book: Book, **more: object) -> Asked:
    types = {m.code: m.unit_type for m in book.members} | {book.unit_code: book.unit_type}
    wanted = Wanted(
        pack=book.pack, year=book.year, unit_name=book.unit_name, unit_code=book.unit_code, unit_types=types
    )
    return Asked(**({"wanted": wanted, "approved": approved_words(book)} | more))


def lines_of(book: Book, *, ids: bool = False) -> list[object]:
    """Give a book's lines without what their ids happen to be, in an order of their own."""
    found = [
        (unit_of(book, x)[1], project_of(book, x), replace(x, id=x.id if ids else "", project="", unit=""))
        for x in book.spending
    ]
    return sorted(found, key=repr)
