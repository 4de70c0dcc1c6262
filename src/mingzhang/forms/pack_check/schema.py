"""Every file of a pack by itself: that it is TOML, has the keys it must have and no others, and is spelled as agreed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.forms.classifications import editions
from mingzhang.forms.glossary import word_for, words
from mingzhang.forms.pack import Pack, PackColumn, PackRows, PackTable
from mingzhang.forms.pack_check.faults import instead
from mingzhang.forms.pack_check.shapes import misfits, unread_keys
from mingzhang.forms.pack_check.sources import PARTS
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from mingzhang.forms.pack_check.faults import Notes
    from mingzhang.forms.pack_check.sources import PackFile, Spot

KINDS: Final = ("department_budget", "unit_budget", "final_accounts")
"""The kinds of document (tables.md) that a pack may be of."""

_LOADED: Final = ("tables", "texts", "forms", "hash")
"""What a pack has from its folders, not from `pack.toml`."""

_TABLE_LOADED: Final = ("id", "head", "columns", "extra", "rows")
_SECTION: Final = (
    "like",
    "key",
    "heading",
    "order",
    "part",
    "level",
    "parent",
    "names",
    "paragraphs",
    "charts",
    "slots",
)
_PARAGRAPH: Final = ("write", "read", "each")
_CHART: Final = ("title", "names", "kind", "items")
_CELL: Final = re.compile(r"(?P<text>[^@]*)(?:@(?P<span>.*))?", re.DOTALL)
_SPAN: Final = re.compile(r"[1-9]\d*x[1-9]\d*")
_FEWEST: Final = 3
_MOST: Final = 5
_COLUMN: Final = ("key", "header", "filter", "kind", "side")


def check_files(notes: Notes) -> None:
    """Look at the files of the pack itself, and at what it is with those it extends."""
    for file in notes.sources.own.values():
        if file.data is None:
            found = re.search(r"\(at line (\d+)", file.error)
            spot = msgspec.structs.replace(file.at(()), line=int(found[1]) if found else 0)
            notes.error(spot, _("不是正确的 TOML：{why}").format(why=file.error))
        elif "/" in file.name and (file.name.count("/") > 1 or file.name.partition("/")[0] not in PARTS):
            notes.warning(
                file.at(()), _("这个文件不会被读入"), _("文件放在 {names} 里。").format(names="tables/、text/、forms/")
            )
    if notes.sources.circle:
        notes.error(notes.sources.head("extends"), _("表样包互相继承：{way}").format(way=notes.sources.circle))
    if notes.broken:
        return
    tree = _merged(notes)
    _check_head(notes, tree)
    _check_tables(notes, tree)
    for file in notes.sources.own.values():
        if file.name.startswith("text/"):
            _check_text(notes, file)


def _merged(notes: Notes) -> dict[str, Any]:
    """Lay the files of `pack.toml`'s level over those of the packs extended."""
    tree: dict[str, Any] = {}
    for level in reversed(notes.sources.levels):
        for file in level.values():
            if "/" not in file.name:
                tree |= file.data or {}
    return tree


def _check_head(notes: Notes, tree: dict[str, Any]) -> None:
    sources = notes.sources
    known = [f.encode_name for f in msgspec.structs.fields(Pack) if f.encode_name not in _LOADED]
    for file in sources.own.values():
        if "/" not in file.name and file.data is not None:
            unread_keys(notes, file.name, file.data, [*known, "order"])
    misfits(notes, "pack", tree, Pack, without=_LOADED)
    if "order" not in tree:
        notes.error(sources.head("order"), _("缺少“{key}”").format(key="order"), _("按印出的次序列出各表的标识。"))
    if tree.get("id") != sources.folder.resolve().name:
        notes.warning(
            sources.head("id"),
            _("标识“{id}”与文件夹名“{folder}”不同：按名称找不到它").format(
                id=tree.get("id"), folder=sources.folder.name
            ),
        )
    if not tree.get("years"):
        notes.error(sources.head("years"), _("没有写哪一年用"))
    if tree.get("kind") not in KINDS:
        notes.error(
            sources.head("kind"),
            _("没有“{kind}”这种文件").format(kind=tree.get("kind")),
            instead(str(tree.get("kind")), KINDS),
        )
    if tree.get("standards") not in editions():
        notes.error(
            sources.head("standards"),
            _("没有“{edition}”版的收支分类科目").format(edition=tree.get("standards")),
            _("已有的版本：{names}；其他版本用 mingzhang standards import 导入。").format(
                names=_("、").join(editions())
            ),
        )


def _check_tables(notes: Notes, tree: dict[str, Any]) -> None:
    sources = notes.sources
    order = tree.get("order", [])
    known = [w.identifier for w in words() if w.kind == "table"]
    there = {f.name: f for level in reversed(sources.levels) for f in level.values() if f.name.startswith("tables/")}
    for file in sources.own.values():
        if file.name.startswith("tables/") and file.name[7:] not in order:
            notes.warning(
                file.at(()),
                _("“order”里没有这张表，不会印出"),
                _("把 {id} 写进 pack.toml 的 order。").format(id=file.name[7:]),
            )
    for number, key in enumerate(order):
        spot = sources.head("order", number, text=f'"{key}"')
        if order.index(key) != number:
            notes.error(spot, _("“{id}”写了两次").format(id=key))
        elif f"tables/{key}" not in there:
            notes.error(spot, _("没有 tables/{id}.toml").format(id=key), instead(str(key), (n[7:] for n in there)))
        elif not key.startswith("x_") and word_for(key, "table") is None:
            notes.error(spot, _("没有“{id}”这种表").format(id=key), instead(key, known) or _("自有的表写成 x_名称。"))
        else:
            _check_table(notes, str(key))


def _check_table(notes: Notes, key: str) -> None:
    name = f"tables/{key}"
    data: dict[str, Any] = {}
    for level in reversed(notes.sources.levels):
        data |= (level[name].data or {}) if name in level else {}
    known = [f.encode_name for f in msgspec.structs.fields(PackTable) if f.encode_name != "id"]
    unread_keys(notes, name, data, [*known, "like"])
    misfits(notes, name, data, PackTable, without=_TABLE_LOADED)
    for part in ("head", "columns", "rows"):
        if part not in data:
            notes.error(notes.sources.at(name, part), _("缺少“{key}”").format(key=part))
    for row, cells in enumerate(data.get("head", ())):
        for cell in cells:
            _check_cell(notes, name, row, cell)
    for part in ("columns", "extra"):
        for number, column in enumerate(data.get(part, ())):
            _check_column(notes, name, (part, number), column)
    for number, rows in enumerate(data.get("rows", ())):
        _check_rows(notes, name, number, rows)


def _check_cell(notes: Notes, name: str, row: int, cell: Any) -> None:
    found = _CELL.fullmatch(cell) if isinstance(cell, str) else None
    if found is None or (found["span"] is not None and not _SPAN.fullmatch(found["span"])):
        notes.error(
            notes.sources.at(name, "head", row, text=str(cell)),
            _("表头格“{cell}”写法不对").format(cell=cell),
            _("写成“文字”或“文字@列x行”，例如“合计@1x2”占一列两行。"),
        )


def _check_column(notes: Notes, name: str, path: tuple[str, int], text: Any) -> None:
    """Look at a column spelled `key | header | filter | kind | side`."""
    spot = notes.sources.at(name, *path, text=text if isinstance(text, str) else "")
    if isinstance(text, dict):
        misfits(notes, name, text, PackColumn, *path)
        return
    parts = [p.strip() for p in f"{text} ".split(" | ")]
    if not isinstance(text, str) or len(parts) > _MOST or not parts[0] or "｜" in text:
        notes.error(
            spot, _("这一栏的写法不对：{text}").format(text=text), "key | 表头 | 筛选 | figure/label/code/text | in/out"
        )
        return
    given = {k: v for k, v in zip(_COLUMN, parts, strict=False) if v}
    _check_words(notes, spot, given, PackColumn)


def _check_words(notes: Notes, spot: Spot, given: dict[str, Any], kind: type[msgspec.Struct]) -> None:
    """Note what is wrong with values spelled on one line."""
    for field in msgspec.structs.fields(kind):
        if field.encode_name in given:
            try:
                msgspec.convert(given[field.encode_name], field.type)
            except msgspec.ValidationError:
                options = [str(o) for o in getattr(field.type, "__args__", ()) if o]
                value = given[field.encode_name]
                notes.error(
                    spot,
                    _("“{key}”不能写“{value}”").format(key=field.encode_name, value=value),
                    instead(str(value), options),
                )


def _check_rows(notes: Notes, name: str, number: int, rows: dict[str, Any]) -> None:
    unread_keys(notes, name, rows, [f.encode_name for f in msgspec.structs.fields(PackRows)], "rows", number)
    misfits(notes, name, rows, PackRows, "rows", number, without=("fixed",))
    for text in str(rows.get("fixed", "")).strip().splitlines():
        parts = [p.strip() for p in f"{text} ".split(" | ")]
        spot = notes.sources.at(name, "rows", number, "fixed", text=text.strip())
        if not _FEWEST <= len(parts) <= _MOST or not parts[0].rstrip("?").isdigit() or not parts[1]:
            notes.error(
                spot,
                _("固定行的写法不对：{text}").format(text=text.strip()),
                _("写成“行次 | 键 | 名称 | 筛选 | 别名”，只在有钱时才印的行在行次后加问号。"),
            )
    if rows.get("source") == "fixed" and not str(rows.get("fixed", "")).strip():
        notes.error(notes.sources.at(name, "rows", number), _("固定行一行也没有"))
    needs = {"functions": "item", "economics": "economic", "revenues": "revenue"}
    if rows.get("source") in needs and not (rows.get("field") and rows.get("levels")):
        notes.error(
            notes.sources.at(name, "rows", number),
            _("按科目列行要写 field 和 levels"),
            f'field = "{needs[rows["source"]]}"，levels = [3, 5, 7]',
        )


def _check_text(notes: Notes, file: PackFile) -> None:
    data, stem = file.data or {}, file.name.partition("/")[2]
    if stem in {"glossary", "lexicon"}:
        return
    if not _is_of_section(notes, file):
        notes.error(file.at(()), _("缺少“{key}”").format(key="key"), _("每个文件是一个部分，key 是它的名称。"))
        return
    unread_keys(notes, file.name, data, _SECTION)
    for part, known in (("paragraphs", _PARAGRAPH), ("charts", _CHART)):
        for key, body in data.get(part, {}).items():
            unread_keys(notes, file.name, body, known, part, key)


def _is_of_section(notes: Notes, file: PackFile) -> bool:
    """Tell whether a file, with those of its name below it, is a section."""
    return any("key" in (level[file.name].data or {}) for level in notes.sources.levels if file.name in level)
