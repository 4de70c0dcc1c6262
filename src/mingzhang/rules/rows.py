"""What stands under what: the parent, level and code of every printed row, whichever the form."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mingzhang.forms.classifications import edition
from mingzhang.model.keys import code_level
from mingzhang.sums.shapes import SheetRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.classification import Entry
    from mingzhang.forms.classifications import Edition
    from mingzhang.model.disclosure import Row, Table
    from mingzhang.sums.shapes import Placing

_CODE: Final = re.compile(r"(?P<side>in:|out:|)(?P<code>\d+)(?:#\d+)?")
_SHORTEST: Final = 3
_NUMBERED: Final = re.compile(r"#\d+$")
PROJECTS: Final = ("projects", "projects_carried")
NAMED: Final = ("operating_cost",)
ECONOMIC: Final = ("basic_economic",)


@cache
def skeleton() -> dict[str, dict[str, tuple[str, ...]]]:
    """Give the rows of fixed tables with the rows they stand under, nearest first."""
    data = tomllib.loads((Path(__file__).parent / "rows.toml").read_text(encoding="utf-8"))
    return {table: {row: tuple(over) for row, over in rows.items()} for table, rows in data.items()}


@cache
def _special() -> frozenset[str]:
    return frozenset({*skeleton(), *PROJECTS, *ECONOMIC, *NAMED})


def is_special(table: str) -> bool:
    """Tell whether the rows of a table stand under each other by more than their codes."""
    return table in _special()


def placing_of(table: Table, standards: str) -> Placing | tuple[SheetRow, ...]:
    """Give how the rows of a table are placed under each other: by their keys alone, or as they are placed already."""
    return tuple(_economic(table.rows, standards)) if table.id in ECONOMIC else by_keys


def by_keys(table: str, keys: tuple[str, ...]) -> Sequence[SheetRow]:
    """Place rows by their keys alone."""
    return _by_keys(table if is_special(table) else "", keys)


@lru_cache(512)
def _by_keys(table: str, keys: tuple[str, ...]) -> Sequence[SheetRow]:
    """Place rows by their keys alone; nobody may change what is given."""
    known = frozenset(keys)
    if table in skeleton():
        return [_fixed(skeleton()[table], key, known) for key in keys]
    if table in PROJECTS:
        return _projects(keys)
    if table in NAMED and not any(_CODE.fullmatch(k) for k in keys):
        return [SheetRow(k, "" if k == "total" or "total" not in known else "total") for k in keys]
    return [_coded(key, known) for key in keys]


def _fixed(over: dict[str, tuple[str, ...]], key: str, keys: frozenset[str]) -> SheetRow:
    side, code, level, _above = _coded_key(key)
    name = "out:CODE" if side == "out:" and code else _NUMBERED.sub("", key) if "#" in key else key
    parent = _first(over.get(name, ()), keys)
    return SheetRow(key, parent, level, code) if side == "out:" else SheetRow(key, parent)


def _coded(key: str, keys: frozenset[str]) -> SheetRow:
    """Place a code under the longest beginning of it that is printed on its side, else under its side's total."""
    _side, code, level, above = _coded_key(key)
    return SheetRow(key, _first(above, keys), level, code) if code else SheetRow(key)


def _first(wanted: tuple[str, ...], keys: frozenset[str]) -> str:
    """Give the first that is there, "" where none is."""
    for key in wanted:
        if key in keys:
            return key
    return ""


@lru_cache(4096)
def _coded_key(key: str) -> tuple[str, str, int | None, tuple[str, ...]]:
    """Take a key apart: its side, its code and the level of that, what it may stand under; "" and None where it is none of a code."""
    found = _CODE.fullmatch(key)
    if found is None:
        return "", "", None, ()
    side, code = found["side"], found["code"]
    above = [side + code[:n] for n in range(len(code) - 1, _SHORTEST - 1, -1)]
    return side, code, code_level(code), (*above, f"{side}total")


def _projects(keys: Sequence[str]) -> list[SheetRow]:
    """Place each line under the subtotal next above it: department, unit, project."""
    out: list[SheetRow] = []
    total = "total" if "total" in keys else ""
    department = unit = ""
    for key in keys:
        kind = key.partition(":")[0]
        if kind == "department":
            department, unit = key, ""
            out.append(SheetRow(key, total))
        elif kind == "unit":
            unit = key
            out.append(SheetRow(key, department or total))
        else:
            out.append(SheetRow(key, "" if key == "total" else unit or department or total))
    return out


def _economic(rows: Sequence[Row], standards: str) -> list[SheetRow]:
    """Place economic 款 under their printed class by code or name, else under the class printed next above.

    A row that only stands where it does because of a name nobody has seen published is not confirmed.
    """
    lists = edition(standards)
    entries = [_entry(r, lists) for r in rows]
    keys = {r.key for r in rows}
    classes = {e.code: r.key for r, e in zip(rows, entries, strict=True) if e is not None and e.level == 1}
    above = ""
    out = []
    for row, entry in zip(rows, entries, strict=True):
        total = "total" if "total" in keys else ""
        if row.key == "total":
            out.append(SheetRow(row.key))
        elif entry is not None and entry.level == 1:
            above = row.key
            out.append(SheetRow(row.key, total, 1, entry.code, entry.confirmed))
        elif entry is not None:
            parent = classes.get(entry.code[:3], total)
            out.append(SheetRow(row.key, parent, entry.level, entry.code, entry.confirmed or parent == above))
        else:
            out.append(SheetRow(row.key, above or total, confirmed=bool(above)))
    return out


def _entry(row: Row, lists: Edition) -> Entry | None:
    """Find the economic class of a row by its code, else by its printed name, where only one is called so."""
    code = row.code or row.key
    if code.isdigit():
        return lists.economic(code)
    found = lists.named(row.label or _NUMBERED.sub("", row.key), kind="dept_economic")
    return found[0] if len(found) == 1 else None
