"""A small disclosure in the text form, printed from plain data, and the damages that conversion does to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.model.disclosure import Disclosure, Source
from mingzhang.readback.recognise import read_disclosure
from mingzhang.readback.text import read_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

UNIT = "某县示范服务中心"

Grid = list[list[str]]
Figures = dict[tuple[str, str, str], tuple[str, str]]


def page(*tables: str, year: int = 2023) -> str:
    """Put tables into the part where tables stand."""
    body = "\n\n".join(tables)
    return f"第二部分 {year}年部门预算报表\n\n{body}\n\n第三部分 {year}年度部门预算情况说明\n"


def table(title: str, grid: Sequence[Sequence[str]], *, number: str = "", unit: str = "万元", note: str = "") -> str:
    """Print one table with the lines above it."""
    lines = [number, title, f"部门名称：{UNIT}", f"单位：{unit}", *("\t".join(r) for r in grid), note]
    return "\n".join(line for line in lines if line)


def read(text: str) -> Disclosure:
    """Read a text as the command does."""
    return read_disclosure(read_pages(text.encode(), "文本.txt"), Source(name="文本.txt"))


def figures(disclosure: Disclosure) -> Figures:
    """Give every figure that is not blank as table, row, column → value, doubt."""
    return {
        (t.id, r.key, c): (f.plain, f.doubt or r.doubt)
        for t in disclosure.tables
        for r in t.rows
        for c, f in r.cells.items()
        if f.printed
    }


def spending(rows: Sequence[tuple[str, str, int, int]]) -> Grid:
    """Print 项 (code, name, basic, project in hundredths) with their 款, 类 and total as the table of spending."""
    sums: dict[str, list[int]] = {}
    for code, _, basic, project in rows:
        for key in ("", code[:3], code[:5], code):
            total = sums.setdefault(key, [0, 0])
            total[0] += basic
            total[1] += project
    names = {code: name for code, name, _, _ in rows}
    grid = [
        ["项目", "", "2023年预算数", "", ""],
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["", "合计", *_amounts(sums[""])],
    ]
    codes = sorted(k for k in sums if k)
    return grid + [[key, names.get(key, f"科目{key}支出"), *_amounts(sums[key])] for key in codes]


def _amounts(parts: Sequence[int]) -> list[str]:
    return [money(sum(parts)), *(money(p) for p in parts)]


def money(amount: int) -> str:
    """Spell hundredths as money, nothing for zero."""
    return f"{amount // 100:,}.{amount % 100:02d}" if amount else ""
