"""A blank form beside the pack that it follows: only what differs, table by table, and what nobody could tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mingzhang.model.keys import tidy
from mingzhang.model.language import gettext as _
from mingzhang.readback.blank.columns import compared_columns, head_as_spelled, new_columns
from mingzhang.readback.blank.differences import Against, Draft, FileDraft, Remarks
from mingzhang.readback.blank.mentions import mentions
from mingzhang.readback.blank.rows import compared_rows, new_rows
from mingzhang.readback.blank.words import UNDECIDED, is_same, meaning, templated
from mingzhang.readback.likeness import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mingzhang.forms.pack import Pack, PackTable
    from mingzhang.readback.blank.forms import BlankForm, BlankTable

_TITLES_ALIKE: Final = 0.75
Matched = tuple["BlankTable", "PackTable | None"]


def drafted(blank: BlankForm, pack: Pack, name: str) -> Draft:
    """Draft the pack `name` that extends `pack` and prints what the blank form does."""
    matched = _matched(blank.tables, pack)
    numbered = any(b.number for b in blank.tables)
    files = []
    order: list[str] = []
    for n, (printed, table) in enumerate(matched, start=1):
        if table is None:
            key = _new_key(printed, pack, order, n)
            files.append(_new_table(key, printed, blank.year, pack))
            order.append(key)
        else:
            files.append(_table(printed, table, pack, blank.year, numbered=numbered))
            order += [table.id, *(t.id for t in pack.tables if t.beside == table.id)]
    own = _pack_file(blank, pack, name, order, numbered=numbered)
    kept = tuple(f for f in files if f.keys or f.questions)
    notes = [_("没有认出表的工作表：{name}").format(name=s) for s in blank.passed_over]
    return Draft(pack.id, blank.name, (own, *kept), tuple(notes))


def _matched(printed: Sequence[BlankTable], pack: Pack) -> list[Matched]:
    """Pair the printed tables with the pack's: by title, by what the title means anywhere, by likeness of titles."""
    hosts = [t for t in pack.tables if not t.beside]
    found: dict[int, PackTable] = {}
    ways: tuple[Callable[[BlankTable, PackTable], bool], ...] = (
        lambda b, t: is_same(templated(b.title, None), t.title),
        lambda b, t: any(meaning(b.title) == meaning(o) for o in t.titles),
        lambda b, t: t.id in b.ids[:1],
        lambda b, t: t.id in b.ids,
        lambda b, t: not b.ids and likeness(meaning(b.title), meaning(t.title)) >= _TITLES_ALIKE,
    )
    for way in ways:
        for i, table_printed in enumerate(printed):
            if i in found:
                continue
            free = [t for t in hosts if t not in found.values() and way(table_printed, t)]
            if free:
                found[i] = max(free, key=lambda t: likeness(meaning(table_printed.title), meaning(t.title)))
    return [(b, found.get(i)) for i, b in enumerate(printed)]


def _pack_file(blank: BlankForm, pack: Pack, name: str, order: Sequence[str], *, numbered: bool) -> FileDraft:
    """Draft `pack.toml`: what it is called, its year, and the order of tables where that differs."""
    remarks = Remarks("pack.toml")
    year = blank.year if blank.year is not None else max(pack.years) + 1
    keys: dict[str, Any] = {"id": name, "edition": "1", "extends": pack.id, "years": (year,)}
    if blank.year is None:
        remarks.asks("years", _("空白表样没有印年份，暂写 {year}").format(year=year))
    old = [t.id for t in pack.tables]
    if list(order) != old:
        keys["order"] = tuple(order)
        for table in (t for t in pack.tables if t.id not in order):
            remarks.differs("order", _("没有了表“{title}”（{id}）").format(title=_title(table), id=table.id))
            for file in mentions(pack, table.id):
                text = _("不再有表 {id}，{file} 还引用它，请改写或删去有关句子").format(id=table.id, file=file)
                remarks.asks("order", text)
        if [i for i in order if i in old] != [i for i in old if i in order]:
            remarks.differs("order", _("表的次序不同"))
        if 2 * len(set(order) & set(old)) < len(old):
            remarks.asks("order", _("空白表样只有原来不到一半的表：是不是全套表样？"))
    if not numbered and any(t.number for t in pack.tables):
        remarks.asks("tables", _("空白表样没有印表号，沿用原表样的表号"))
    return remarks.drafted(keys)


def _table(printed: BlankTable, table: PackTable, pack: Pack, year: int | None, *, numbered: bool) -> FileDraft:
    """Compare one table with the pack's."""
    remarks = Remarks(f"tables/{table.id}.toml")
    keys = _around(printed, table, year, remarks, numbered=numbered)
    words = head_as_spelled(printed.head, year)
    head, columns = compared_columns(words, table, pack, remarks, guessed=printed.guessed)
    keys |= head
    keys |= compared_rows(printed, columns, Against(table, pack, year, remarks))
    if printed.notes:
        texts = [templated(t, year) for t in printed.notes]
        if not any(table.empty_note and is_same(t, table.empty_note) for t in texts):
            remarks.asks("empty_note", _("表下印有：{note}").format(note=_("；").join(texts)))
    for column in {c.key for c in table.columns} - {c.key for c in columns}:
        _ask_about_texts(pack, table.id, f".{column}", remarks)
    if "rows" in keys:
        new = {r.key for rows in keys["rows"] for r in rows.fixed}
        for row in sorted({r.key for rows in table.rows for r in rows.fixed} - new):
            _ask_about_texts(pack, table.id, f"[{row}]", remarks)
    return remarks.drafted(keys)


def _ask_about_texts(pack: Pack, table: str, what: str, remarks: Remarks) -> None:
    for file in mentions(pack, table, what):
        remarks.asks(
            "rows" if what.startswith("[") else "columns",
            _("{file} 还引用 {what}").format(file=file, what=table + what),
        )


def _around(
    printed: BlankTable, table: PackTable, year: int | None, remarks: Remarks, *, numbered: bool
) -> dict[str, Any]:
    """Compare what stands around a table's grid: number, title, unit."""
    keys: dict[str, Any] = {}
    number = tidy(printed.number)
    if numbered and number != tidy(table.number):
        keys["number"] = number
        remarks.differs("number", _("表号“{old}”改为“{new}”").format(old=table.number, new=number))
    title = templated(printed.title, year)
    if not is_same(title, table.title):
        keys["title"] = title
        keys["titles"] = tuple(t for t in dict.fromkeys((table.title, *table.titles)) if t != title)
        remarks.differs("title", _("表题“{old}”改为“{new}”").format(old=table.title, new=title))
        if not printed.ids:
            remarks.asks("title", _("“{new}”按相近程度认作“{old}”，请核对").format(old=table.title, new=title))
    if printed.unit and printed.unit != table.unit:
        keys["unit"] = printed.unit
        remarks.differs("unit", _("金额单位“{old}”改为“{new}”").format(old=table.unit, new=printed.unit))
    return keys


def _new_key(printed: BlankTable, pack: Pack, order: Sequence[str], n: int) -> str:
    """Name a table that the pack does not have: as the contract does where its title is known."""
    own = {t.id for t in pack.tables} | set(order)
    return next((i for i in printed.ids if i not in own), f"x_table{n}")


def _new_table(key: str, printed: BlankTable, year: int | None, pack: Pack) -> FileDraft:
    """Draft a table that the pack does not have; it prints no money until somebody decides what it sums."""
    remarks = Remarks(f"tables/{key}.toml")
    title = templated(printed.title, year)
    head = head_as_spelled(printed.head, year)
    remarks.differs("title", _("多了表“{title}”").format(title=title))
    if key.startswith("x_"):
        remarks.asks("title", _("表的键 {key} 请改成有含义的英文键（文件名和 pack.toml 的 order）").format(key=key))
    remarks.asks("filter", _("新表汇总哪些明细，请写 filter、funds、carry"))
    words = [c.text for c in head[0]] if head else []
    sided = len(words) == 2 and "收入" in words[0] and "支出" in words[1]
    columns = new_columns(head, pack, remarks, two_sided=sided)
    keys: dict[str, Any] = {"number": printed.number} if printed.number else {}
    keys |= {"title": title, "unit": printed.unit or pack.tables[0].unit, "filter": UNDECIDED, "head": head}
    keys |= {"columns": columns, "rows": new_rows(printed, columns, year, remarks)}
    return remarks.drafted(keys)


def _title(table: PackTable) -> str:
    return table.title.replace("{year}年", "").replace("{year}", "")
