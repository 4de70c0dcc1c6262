"""Defects of tables: missing, doubled, misnamed, with other units and years, notes that are not theirs, slipped labels."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from defects import Defect, Edit, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defects import Printed

    from mingzhang.model.disclosure import Row, Table

_AMOUNT: Final = re.compile(r"-?[\d,]+\.\d+")
_SPENDING: Final = ("spending", "general_spending", "income")
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def at(table: Table, part: str) -> int:
    """Give the line of a table's title, unit, name or note; 0 where it has none."""
    place = table.places.get(part)
    return place.line or 0 if place is not None else 0


def row_lines(printed: Printed, table: Table) -> list[tuple[int, Row]]:
    """List a table's rows that stand on a line of their own and print a figure."""
    found: dict[int, list[Row]] = {}
    for row in table.rows:
        if row.place is not None and row.place.line:
            found.setdefault(row.place.line, []).append(row)
    return [
        (n, rows[0]) for n, rows in found.items() if len(rows) == 1 and any(f.is_number for f in rows[0].cells.values())
    ]


def plain(table: Table, printed: Printed) -> str:
    """Give a table's title without its year."""
    return (
        _YEAR.sub("", printed.line(at(table, "title")).split("\t")[0]).strip("年度 ")[:8] if at(table, "title") else ""
    )


def changed_character(name: str) -> str:
    """Print one character in the middle of a name wrongly."""
    middle = len(name) // 2
    return name[:middle] + ("贸" if name[middle] != "贸" else "易") + name[middle + 1 :]


def amounts_of(table: Table) -> bool:
    """Tell whether a table prints any amount but zero."""
    return any(f.digits for r in table.rows for f in r.cells.values())


@kind("table missing", "warning")
def missing(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables[2:]:
        lines = p.table_lines(table)
        if lines.start > 0 and len(lines) > 2 and not table.id.startswith("unknown"):
            edit = Edit(lines.start, len(lines), ())
            yield Defect((edit,), (plain(table, p),), elsewhere=True)


@kind("table printed twice", "warning")
def doubled(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        lines = p.table_lines(table)
        if lines.start > 0 and amounts_of(table):
            own = tuple(p.lines[lines.start - 1 : lines.stop - 1])
            yield Defect((Edit(lines.stop, 0, own),), (plain(table, p),))


@kind("tables in another order", "hint")
def swapped_tables(p: Printed) -> Iterator[Defect | None]:
    tables = p.document.tables
    for one, other in itertools.pairwise(tables):
        a, b = p.table_lines(one), p.table_lines(other)
        if 0 < a.start < a.stop <= b.start < b.stop:
            texts = (
                *p.lines[b.start - 1 : b.stop - 1],
                *p.lines[a.stop - 1 : b.start - 1],
                *p.lines[a.start - 1 : a.stop - 1],
            )
            yield Defect((Edit(a.start, b.stop - a.start, texts),), (plain(one, p), plain(other, p)))


@kind("table titled with another year", "warning")
def title_year(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        line, year = at(table, "title"), p.document.year
        if line and year and str(year) in p.line(line):
            yield p.swapped(line, str(year), str(year - 1), str(year - 1))


@kind("table's head with another year", "warning")
def head_year(p: Printed) -> Iterator[Defect | None]:
    year = p.document.year
    for table in p.document.tables:
        first = min((n for n, _ in row_lines(p, table)), default=0)
        for n in range(at(table, "unit") + 1, first) if at(table, "unit") and year else ():
            if f"{year}年" in p.line(n):
                yield p.swapped(n, f"{year}年", f"{year - 1}年", str(year - 1))


@kind("table without its unit of money", "warning")
def no_unit(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        line = at(table, "unit")
        stated = re.search(r"\s*单位[:：]\s*万?元\s*$", p.line(line)) if line else None
        if stated is not None and amounts_of(table):
            rest = p.line(line)[: stated.start()]
            yield Defect((Edit(line, 1, (rest,) if rest else ()),), ("单位",), also=(at(table, "title"),))


@kind("table's unit of money another one", "error")
def other_unit(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        line = at(table, "unit")
        if line and amounts_of(table) and table.unit in {"元", "万元"} and p.line(line).count(table.unit) == 1:
            yield Defect(
                (Edit(line, 1, (p.line(line).replace(table.unit, "万元" if table.unit == "元" else "元"),)),),
                elsewhere=True,
            )


@kind("unit's name with a wrong character above a table", "warning")
def name_above(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        line = at(table, "unit_name")
        if line and table.unit_name and len(table.unit_name) > 5:
            wrong = changed_character(table.unit_name)
            yield p.swapped(line, table.unit_name, wrong, wrong)


@kind("note of another fund", "error")
def other_fund(p: Printed) -> Iterator[Defect | None]:
    funds = {
        "fund_spending": ("政府性基金", "国有资本经营"),
        "state_capital": ("国有资本经营", "政府性基金"),
        "fund_income": ("政府性基金", "国有资本经营"),
    }
    for table in p.document.tables:
        own, other = funds.get(table.id, ("", ""))
        line = at(table, "note")
        if line and own and not amounts_of(table):
            if own in p.line(line):
                yield p.swapped(line, own, other, other)
            else:
                yield Defect((Edit(line, 1, (f"注：本年没有{other}预算，本表无数据",)),), (other,))


@kind("note of no data below figures", "warning")
def noted_with_figures(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        lines = p.table_lines(table)
        if lines.start > 0 and amounts_of(table) and not at(table, "note"):
            yield p.added(lines.stop - 1, "注：本表无数据", words=("无数据",))


@kind("empty table without a note", "warning")
def unnoted(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        line = at(table, "note")
        if line and not amounts_of(table) and "无" in p.line(line):
            yield Defect((Edit(line, 1, ()),), also=(at(table, "title"),))


@kind("zeros in a table of no data", "warning")
def noted_with_zeros(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        line = at(table, "note")
        if line and not amounts_of(table) and table.id == "fund_spending" and "无" in p.line(line):
            yield Defect(
                (
                    Edit(
                        line,
                        0,
                        (
                            "212\t城乡社区支出\t0.00\t0.00\t0.00",
                            "21208\t国有土地使用权出让收入安排的支出\t0.00\t0.00\t0.00",
                        ),
                    ),
                )
            )


@kind("table emptied though the text lists its amounts", "error")
def emptied(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        rows = row_lines(p, table)
        if (
            table.id in {"three_public", "fund_spending", "basic_economic", "general_spending", "projects"}
            and amounts_of(table)
            and rows
        ):
            edits = tuple(
                Edit(n, 1, ("\t".join("" if _AMOUNT.fullmatch(c.strip()) else c for c in p.cells(n)),)) for n, _ in rows
            )
            yield Defect(edits, (plain(table, p), table.id), elsewhere=True)


@kind("labels slipped by one row", "error")
def slipped(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        rows = [n for n, _ in row_lines(p, table)]
        run = [n for n in rows if n - rows[0] == rows.index(n)] if rows else []
        if table.id not in {"basic_economic", "spending", "general_spending", "income"} or len(run) < 5:
            continue
        parts = [_label_and_figures(p.cells(n)) for n in run]
        texts = tuple("\t".join([*label, *parts[i - 1][1]]) for i, (label, _) in enumerate(parts))
        yield Defect((Edit(run[0], len(run), texts),))


def _label_and_figures(cells: list[str]) -> tuple[list[str], list[str]]:
    first = next((i for i, c in enumerate(cells) if _AMOUNT.fullmatch(c.strip())), len(cells))
    return cells[:first], cells[first:]


def _coded(p: Printed, length: int, tables: tuple[str, ...] = _SPENDING) -> Iterator[tuple[Table, int, Row, int]]:
    """Give rows of so long a code that print it in a cell of its own, with its column."""
    for table in p.document.tables:
        for n, row in row_lines(p, table) if table.id in tables else ():
            cells = [c.strip() for c in p.cells(n)]
            if len(row.code) == length and row.code in cells and row.label in cells:
                yield table, n, row, cells.index(row.code)


@kind("code of another name", "warning")
def other_name(p: Printed) -> Iterator[Defect | None]:
    for _table, n, row, column in _coded(p, 7):
        for code in ("2080505", "2210201", "2101102"):
            if code != row.code:
                cells = p.cells(n)
                cells[column] = code
                yield p.recelled(n, cells, code, row.label)
                break


@kind("code with a digit missing", "warning")
def short_code(p: Printed) -> Iterator[Defect | None]:
    for _table, n, row, column in _coded(p, 7):
        cells = p.cells(n)
        cells[column] = row.code[:-1]
        yield p.recelled(n, cells, row.code[:-1])


@kind("level of the classification left out", "error")
def no_group(p: Printed) -> Iterator[Defect | None]:
    for _table, n, row, _column in _coded(p, 5):
        yield Defect((Edit(n, 1, ()),), (row.code, row.label), elsewhere=True)


@kind("row left out", "error")
def no_item(p: Printed) -> Iterator[Defect | None]:
    for _table, n, row, _column in _coded(p, 7):
        yield Defect((Edit(n, 1, ()),), (row.code, row.label, row.code[:5], row.code[:3], "合计"), elsewhere=True)


@kind("row printed twice", "error")
def twice(p: Printed) -> Iterator[Defect | None]:
    for _table, n, row, _column in _coded(p, 7):
        yield p.added(n, p.line(n), words=(row.code, row.label))


@kind("name of an item with a wrong character", "hint")
def slip_in_name(p: Printed) -> Iterator[Defect | None]:
    for _table, n, row, _column in _coded(p, 7):
        if len(row.label) > 5:
            wrong = changed_character(row.label)
            yield p.swapped(n, row.label, wrong, wrong)


@kind("name of an older edition", "hint")
def older_name(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        for n, row in row_lines(p, table):
            for now, before in (
                ("卫生健康支出", "医疗卫生与计划生育支出"),
                ("文化旅游体育与传媒支出", "文化体育与传媒支出"),
                ("行政单位离退休", "归口管理的行政单位离退休"),
            ):
                if row.label == now:
                    yield p.swapped(n, now, before, before)


@kind("spending codes in the table of fund income", "warning")
def spending_codes(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        rows = [(n, r) for n, r in row_lines(p, table) if r.code] if table.id == "fund_income" else []
        if rows:
            names = {
                3: "212\t城乡社区支出",
                5: "21208\t国有土地使用权出让收入安排的支出",
                7: "2120899\t其他国有土地使用权出让收入安排的支出",
            }
            edits = tuple(
                Edit(n, 1, (p.line(n).replace(f"{r.code}\t{r.label}", names[len(r.code)]),))
                for n, r in rows
                if len(r.code) in names
            )
            yield Defect(edits)
