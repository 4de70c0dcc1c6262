"""Books made by hand from published figures compile to exactly those figures."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from compiling_text import cells_of

from mingzhang.compiling.compile import compile_book
from mingzhang.forms.classifications import edition
from mingzhang.model.book import Book, Project, SpendingLine
from mingzhang.model.keys import folded

if TYPE_CHECKING:
    from pathlib import Path

UNIT_NAMES = {
    "jinzhong": "山西转型综合改革示范区晋中开发区经济运行与安全监管部",
    "xiaohe": "山西转型综合改革示范区潇河新兴产业园区服务中心",
}
FILES = {
    "wusu": ("wusu-bonded-zone-2023", "shanxi-2023", 2023),
    "jinzhong": ("jinzhong-economic-operations-2024", "shanxi-2024", 2024),
    "xiaohe": ("xiaohe-park-2023", "shanxi-2023", 2023),
}


class Published:
    """The figures of one document by table, row and column, in fen."""

    def __init__(self, path: Path) -> None:
        with path.open(encoding="utf-8") as file:
            self.printed = {(r["table"], r["row"], r["column"]): r["value"] for r in csv.DictReader(file)}
        self.fen = {k: int(v.replace(".", "")) * 10_000 for k, v in self.printed.items()}

    def rows(self, table: str, column: str) -> dict[str, int]:
        return {r: n for (t, r, c), n in self.fen.items() if (t, c) == (table, column) and n}

    def leaves(self, table: str, column: str) -> dict[str, int]:
        """Give the rows of a code tree that no longer code refines."""
        rows = {r: n for r, n in self.rows(table, column).items() if r != "total"}
        return {r: n for r, n in rows.items() if not any(o != r and o.startswith(r) for o in rows)}


def spread(wanted: dict[str, int], available: dict[str, int]) -> list[tuple[str, str, int]]:
    """Cover what is wanted out of what is available, in order; any covering gives the same tables."""
    assert sum(wanted.values()) == sum(available.values())
    left, parts = dict(available), []
    for name, whole in wanted.items():
        rest = whole
        for code, amount in left.items():
            if part := min(rest, amount):
                parts.append((name, code, part))
                left[code] = amount - part
                rest -= part
    return parts


def book_of(name: str, published: Published) -> Book:
    """Make the book whose tables these are: basic lines by economic class, project lines by function."""
    _file, pack, year = FILES[name]
    codes = edition("2024")
    lines: list[dict] = []
    basic = published.leaves("general_spending", "basic")
    for row, function, amount in spread(_economics(published), basic):
        lines.append({"function": function, "amount": amount, "kind": "operating", "economic": row})
    spending = {"general": "general_spending", "gov_fund": "fund_spending"}
    carried: dict[str, dict[str, int]] = defaultdict(dict)
    for code, amount in published.leaves("income", "carry").items():
        carried[codes.function(code).budget][code] = amount
    for table, origin in (("projects", "current"), ("projects_carried", "carried")):
        for fund in ("general", "gov_fund"):
            wanted = {r: n for r, n in published.rows(table, fund).items() if r.startswith("project:")}
            supply = published.leaves(spending[fund], "project") if origin == "current" else carried[fund]
            lines += [
                {"function": c, "amount": n, "kind": "project", "fund": fund, "origin": origin, "project": r}
                for r, c, n in spread(wanted, supply)
            ]
    projects = dict.fromkeys(
        r for t, r, _c in published.printed if t in {"projects", "projects_carried"} and r.startswith("project:")
    )
    return Book(
        year=year,
        pack=pack,
        unit_name=UNIT_NAMES.get(name, "示例"),
        unit_type="公益一类",
        spending=tuple(SpendingLine(id=f"s{n}", **line) for n, line in enumerate(lines, 1)),
        projects=tuple(Project(id=p, name=p.removeprefix("project:")) for p in projects),
    )


def _economics(published: Published) -> dict[str, int]:
    """Give basic spending by 款; where the labels slipped, each row takes the figure of the next one."""
    rows = [(r, n) for r, n in published.rows("basic_economic", "total").items() if r != "total"]
    if ("basic_economic", "total", "total") not in published.fen:
        names, amounts = [r for r, _n in rows], [n for _r, n in rows]
        rows = list(zip(names, [*amounts[1:], amounts[-1]], strict=True))
    codes = edition("2024").classification("dept_economic")
    found, above = {}, ""
    for name, amount in rows:
        if whole := codes.named(name, level=1):
            above = whole[0].code
        else:
            (entry,) = codes.named(name, parent=above)
            found[entry.code] = amount
    return found


@pytest.mark.parametrize("name", ["wusu", "jinzhong"])
def test_compiling__prints_every_published_figure_and_no_other(truth, name):
    published = Published(truth / f"{FILES[name][0]}.cells.csv")
    compiled = cells_of(compile_book(book_of(name, published)).disclosure)

    assert _folded(published.printed) == _folded(compiled)


def test_compiling__differs_from_a_slipped_table_by_the_slip_alone(truth):
    """The sample prints each figure of basic spending one row too high, and zeros in an empty table."""
    published = Published(truth / f"{FILES['xiaohe'][0]}.cells.csv")
    compiled = cells_of(compile_book(book_of("xiaohe", published)).disclosure)
    apart = {"basic_economic", "state_capital"}

    assert _folded({k: v for k, v in published.printed.items() if k[0] not in apart}) == _folded(
        {k: v for k, v in compiled.items() if k[0] not in apart}
    )
    slipped = [v for (t, _r, c), v in published.printed.items() if (t, c) == ("basic_economic", "total")]
    right = [v for (t, _r, c), v in compiled.items() if (t, c) == ("basic_economic", "total")]
    assert right[:-1] == slipped
    assert {v for (t, _r, _c), v in published.printed.items() if t == "state_capital"} == {"0.00"}
    assert "state_capital" not in {t for t, _r, _c in compiled}


def _folded(cells: dict[tuple[str, str, str], str]) -> dict[tuple[str, str, str], str]:
    """Fold widths of brackets in the names of rows: 维修(护)费 is printed in both."""
    return {(t, folded(r), c): v for (t, r, c), v in cells.items()}
