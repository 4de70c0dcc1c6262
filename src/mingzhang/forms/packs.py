"""Loading form packs: folders of TOML, from a folder of one's own or from the wheel; a pack may extend another.

A pack that extends another is a difference from it: tables and values are replaced key by key, lists whole.
One file that says `like = "PACK"` is a difference from that pack's file of the same name.
In table files the short spellings are: a head cell `文字@列x行`, a column `key | header | filter`, a fixed row
`line | key | label | filter | other label`, with `line?` for a row that is printed only where it has money.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from mingzhang.forms.pack import Pack
from mingzhang.model.fault import InvalidPack
from mingzhang.model.language import gettext as _

SHIPPED: Final = Path(__file__).parent / "packs"
VARIABLE: Final = "MINGZHANG_PACKS"
"""The environment variable that names a folder of packs of one's own."""

_COLUMN: Final = ("key", "header", "filter", "kind", "side")
_FIXED: Final = ("line", "key", "label", "filter", "names")


def pack_ids() -> tuple[str, ...]:
    """List the packs in the wheel and in the folder of one's own, in order of id."""
    own = _own_folder()
    return tuple(sorted(_shipped_ids() if own is None else _shipped_ids() | _ids_in(own)))


def load_pack(name: str, *, fresh: bool = False) -> Pack:
    """Load a pack by id, or by the path of its folder; `fresh` reads the files again if it was loaded before.

    Raises:
        InvalidPack: there is no such pack, or its data do not fit.
    """
    if not fresh and name in _shipped_ids() and _own_folder() is None:
        return _shipped(name)
    folder = str(pack_folder(name))
    return _load.__wrapped__(folder) if fresh else _load(folder)


def all_packs() -> tuple[Pack, ...]:
    """Load every pack that `pack_ids` lists."""
    return tuple(load_pack(i) for i in pack_ids())


def usual_pack() -> Pack:
    """Give the pack whose words and labels serve documents of no known form."""
    return _usual() if _own_folder() is None else _usual.__wrapped__()


@cache
def _usual() -> Pack:
    packs = all_packs()
    return next((p for p in packs if p.fallback), packs[0])


def _own_folder() -> Path | None:
    """Give the folder of packs of one's own, which come before those in the wheel."""
    own = os.environ.get(VARIABLE, "")
    return Path(own) if own else None


def _ids_in(folder: Path) -> frozenset[str]:
    return frozenset(p.parent.name for p in folder.glob("*/pack.toml"))


@cache
def _shipped_ids() -> frozenset[str]:
    """Give the packs in the wheel, which stay what they are while a program runs."""
    return _ids_in(SHIPPED)


@cache
def _shipped(name: str) -> Pack:
    return _load(str(SHIPPED / name))


def pack_folder(name: str) -> Path:
    """Find the folder of a pack by id, or by its path.

    Raises:
        InvalidPack: there is no such pack.
    """
    if (os.sep in name or name.startswith(".")) and (Path(name) / "pack.toml").is_file():
        return Path(name)
    own = _own_folder()
    if own is not None and (own / name / "pack.toml").is_file():
        return own / name
    if name in _shipped_ids():
        return SHIPPED / name
    raise InvalidPack(
        _("没有名为“{name}”的表样包").format(name=name),
        hint=_("可用的表样包：{names}").format(names=_("、").join(pack_ids())),
    )


@cache
def _load(folder: str) -> Pack:
    tree, digest = _tree(Path(folder), ())
    order = tree.pop("order")
    tables = tree.pop("tables")
    try:
        tree["tables"] = [_table(key, tables[key]) for key in order]
    except (KeyError, ValueError) as error:
        raise InvalidPack(_("表定义有误：{why}").format(why=error), place=folder) from error
    tree["hash"] = digest
    try:
        return msgspec.convert(tree, Pack)
    except msgspec.ValidationError as error:
        raise InvalidPack(_("内容不符合表样包格式：{why}").format(why=error), place=folder) from error


def _tree(folder: Path, seen: tuple[str, ...]) -> tuple[dict[str, Any], str]:
    """Read a pack's folder over the one it extends; the hash covers both."""
    if folder.name in seen:
        raise InvalidPack(_("表样包互相继承：{way}").format(way=" → ".join((*seen, folder.name))), place=str(folder))
    digest = hashlib.sha256()
    tree: dict[str, Any] = {"tables": {}, "texts": {}, "forms": {}}
    lenders: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.rglob("*.toml")):
        content = path.read_bytes()
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + content + b"\0")
        try:
            data = tomllib.loads(content.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InvalidPack(str(error), place=str(path)) from error
        kind = path.parent.name if path.parent != folder else ""
        if kind == "":
            tree |= data
        elif kind in {"tables", "text", "forms"}:
            part = "texts" if kind == "text" else kind
            if (lender := data.pop("like", "")) and lender not in lenders:
                lenders[lender], lent_hash = _tree(pack_folder(lender), (*seen, folder.name))
                digest.update(lent_hash.encode())
            if lender and path.stem not in lenders[lender][part]:
                raise InvalidPack(_("表样包“{pack}”没有这个文件").format(pack=lender), place=str(path))
            tree[part][path.stem] = merged(lenders[lender][part][path.stem], data) if lender else data
    base = tree.get("extends", "")
    if base:
        under, under_hash = _tree(pack_folder(base), (*seen, folder.name))
        digest.update(under_hash.encode())
        tree = merged(under, tree)
    return tree, digest.hexdigest()[:16]


def merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Lay one tree over another: mappings key by key, everything else replaced."""
    out = dict(under)
    for key, value in over.items():
        below = out.get(key)
        out[key] = merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return out


def _table(key: str, data: dict[str, Any]) -> dict[str, Any]:
    """Spell out one table's short forms."""
    data = dict(data)
    data["id"] = key
    data["head"] = [[_head_cell(c) for c in row] for row in data["head"]]
    data["columns"] = [_row_of(c, _COLUMN) for c in data["columns"]]
    data["extra"] = [_row_of(c, _COLUMN) for c in data.get("extra", ())]
    data["rows"] = [_rows(r) for r in data["rows"]]
    return data


def _head_cell(text: str) -> dict[str, Any]:
    words, _sep, span = text.partition("@")
    columns, _sep, rows = (span or "1x1").partition("x")
    return {"text": words, "columns": int(columns), "rows": int(rows or 1)}


def _row_of(text: str | dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    if isinstance(text, dict):
        return text
    return {k: v for k, v in zip(names, _fields(text), strict=False) if v}


def _fields(text: str) -> list[str]:
    """Take a short spelling apart; its last field may be empty (`line | key | label |`)."""
    return [p.strip() for p in f"{text} ".split(" | ")]


def _rows(data: dict[str, Any]) -> dict[str, Any]:
    fixed = []
    for text in data.get("fixed", "").strip().splitlines():
        row: dict[str, Any] = {k: v for k, v in zip(_FIXED, _fields(text.rstrip()), strict=False) if v}
        row["optional"] = row["line"].endswith("?")
        row["line"] = int(row["line"].rstrip("?"))
        row["names"] = [n for n in row.get("names", "").split("/") if n]
        fixed.append(row)
    return {**data, "fixed": fixed}
