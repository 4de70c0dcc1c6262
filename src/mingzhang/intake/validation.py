"""What no budget book may hold, whichever format it came in: every problem with its place.

Places are JSON pointers (`/spending/3/function`); the workbook's reader turns them into cells. Contradictions between
claims and facts are not problems of the book but findings about it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from mingzhang.intake.cells import LARGEST, known_key, look_up
from mingzhang.intake.records import Entry, entries, tree_of
from mingzhang.intake.sheets import MEMBERS, SHEETS, SPENDING, YEAR_END
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.forms.classifications import Edition
    from mingzhang.forms.pack import Pack
    from mingzhang.intake.columns import Column
    from mingzhang.model.book import Book, SpendingLine, YearEndCarry

LONGEST_TEXT: Final = 32_000
"""Characters that one text may have: what a cell of Excel can hold, with room to spare."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LISTS: Final = {"function": "functional", "economic": "dept_economic", "gov_economic": "gov_economic"}
_FACTS: Final = (SPENDING, YEAR_END)
"""Sheets whose identifiers are of one kind: a figure names the facts it sums."""

_BASIC: Final = frozenset({"personnel", "operating"})
_ASSETS: Final = "/assets/"


def problems(book: Book, pack: Pack | None = None) -> list[Fault]:
    """List everything in a book that no book may hold; `pack` instead of the one it names."""
    found: list[Fault] = []
    tree = tree_of(book)
    edition = _edition(book, pack, found)
    rows = list(entries(tree))
    ids = _identifiers(tree, rows, found)
    for entry in rows:
        for column in entry.sheet.columns:
            value = entry.values.get(column.key)
            for message, hint in _wrong(column, value, ids, edition):
                found.append(Fault(message, place=entry.pointers[column.key], hint=hint))
    found += _wrong_year(book)
    found += _wrong_lines(book)
    found += _wrong_fund_parts(book)
    found += _wrong_projects(book)
    found += _unknown_keys(tree)
    return found


def _edition(book: Book, pack: Pack | None, found: list[Fault]) -> Edition | None:
    """Find the classifications that the book's codes belong to."""
    from mingzhang.forms.classifications import edition  # noqa: PLC0415 - reads large lists
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415

    try:
        return edition((pack or load_pack(book.pack)).standards)
    except Fault as fault:
        found.append(Fault(fault.message, place="/pack", hint=fault.hint))
        return None


def _identifiers(tree: dict[str, Any], rows: list[Entry], found: list[Fault]) -> dict[str, set[str]]:
    """Collect the identifiers of every sheet, noting those that come twice."""
    ids: dict[str, set[str]] = {sheet.key: set() for sheet in SHEETS}
    facts: set[str] = set()
    for entry in rows:
        for column in entry.sheet.columns:
            value = entry.values.get(column.key)
            if column.kind != "id" or not value:
                continue
            if value in (facts if entry.sheet in _FACTS else ids[entry.sheet.key]):
                message = _("{heading}“{value}”重复").format(heading=column.heading, value=value)
                found.append(Fault(message, place=entry.pointers[column.key]))
            ids[entry.sheet.key].add(value)
            if entry.sheet in _FACTS:
                facts.add(value)
    ids[MEMBERS.key].add(tree["unit_code"])  # a line may name the book's own unit
    return ids


def _wrong(column: Column, value: Any, ids: dict[str, set[str]], edition: Edition | None) -> Iterator[tuple[str, str]]:
    """Say what is wrong with one value, whatever fact it belongs to."""
    if value in (None, "", []):
        if column.required and not column.key.startswith("@money"):
            yield _("缺少“{heading}”").format(heading=column.heading), ""
        return
    match column.kind:
        case "money" | "count":
            yield from _wrong_number(column, value)
        case "code":
            if edition is not None:
                yield from _wrong_code(column, value, edition)
        case "ref" if value not in ids[column.of]:
            message = _("“{heading}”{value} 在“{sheet}”表中没有")
            title = next(s.title for s in SHEETS if s.key == column.of)
            yield message.format(heading=column.heading, value=value, sheet=title), ""
        case "key" | "tags":
            yield from _wrong_keys(column, value)
        case "id" | "name" | "text" | "value" | "names":
            for text in value if isinstance(value, list) else (value,):
                yield from _wrong_text(column, text)


def _wrong_keys(column: Column, value: Any) -> Iterator[tuple[str, str]]:
    for key in value if isinstance(value, list) else (value,):
        if not known_key(key):
            yield _("“{heading}”{value} 不是有效的键").format(heading=column.heading, value=key), ""


def _wrong_number(column: Column, value: int) -> Iterator[tuple[str, str]]:
    if value < 0:
        yield _("“{heading}”不得为负").format(heading=column.heading), ""
    if value >= LARGEST:
        yield _("“{heading}”过大").format(heading=column.heading), ""


def _wrong_code(column: Column, code: str, edition: Edition) -> Iterator[tuple[str, str]]:
    if look_up(edition, column.of, code) is None:
        message = _("“{heading}”{code} 在 {edition} 年版收支分类科目中不存在")
        yield message.format(heading=column.heading, code=code, edition=edition.name), ""
    elif code in _above_others(edition, column.of):
        yield _("“{heading}”{code} 下面还有明细科目").format(heading=column.heading, code=code), _("请填到最末一级。")


@cache
def _above_others(edition: Edition, classification: str) -> frozenset[str]:
    """Collect the codes under which there are others; revenue may be told at any level."""
    kind = _LISTS.get(classification)
    return frozenset(e.parent for e in edition.classification(kind)) if kind else frozenset()


def _wrong_text(column: Column, value: str) -> Iterator[tuple[str, str]]:
    if _CONTROL.search(value):
        yield _("“{heading}”含有控制字符").format(heading=column.heading), ""
    if len(value) > LONGEST_TEXT:
        yield _("“{heading}”过长（超过 {n} 字）").format(heading=column.heading, n=LONGEST_TEXT), ""
    if column.kind in {"id", "name", "names"} and (value != value.strip() or "\n" in value or "\t" in value):
        yield _("“{heading}”前后不能有空白，中间不能换行").format(heading=column.heading), ""
    elif not value.strip():
        yield _("“{heading}”只有空白").format(heading=column.heading), ""


def _wrong_year(book: Book) -> Iterator[Fault]:
    if not 2000 <= book.year <= 2100:
        yield Fault(_("预算年度 {year} 不是年份").format(year=book.year), place="/year")


def _wrong_lines(book: Book) -> Iterator[Fault]:
    """Check what the columns of a spending line say of each other."""
    heading = {c.key: c.heading for c in SPENDING.columns}
    for n, line in enumerate(book.spending):
        at = f"/spending/{n}"
        if line.kind == "project" and not line.project:
            yield Fault(_("项目支出要有“{heading}”").format(heading=heading["project"]), place=f"{at}/project")
        if line.project and line.kind != "project":
            yield Fault(_("有项目编号，支出类别却不是项目支出"), place=f"{at}/kind")
        if line.kind in _BASIC and not line.economic:
            yield Fault(_("基本支出要有“{heading}”").format(heading=heading["economic"]), place=f"{at}/economic")


def _wrong_fund_parts(book: Book) -> Iterator[Fault]:
    """Find parts of unit funds on money of another fund."""
    both: dict[str, tuple[SpendingLine | YearEndCarry, ...]] = {"spending": book.spending, "year_end": book.year_end}
    for at, facts in both.items():
        for n, fact in enumerate(facts):
            if fact.fund_part and fact.fund != "unit_funds":
                yield Fault(_("资金来源不是单位资金，不应填单位资金构成"), place=f"/{at}/{n}/fund_part")


def _wrong_projects(book: Book) -> Iterator[Fault]:
    for n, project in enumerate(book.projects):
        if project.period_years < 1:
            yield Fault(_("项目期至少一年"), place=f"/projects/{n}/period_years")


def _unknown_keys(tree: dict[str, Any]) -> Iterator[Fault]:
    """Find kinds of vehicles, held or to be bought, that no form has."""
    known = {c.key for sheet in SHEETS for c in sheet.columns if sheet.key == "assets"}
    for field in ("vehicles", "purchases"):
        for key in tree["assets"][field]:
            if f"{field}/{key}" not in known:
                yield Fault(_("车辆用途“{key}”不认识").format(key=key), place=f"{_ASSETS}{field}/{key}")
