"""A drafted pack as TOML files, spelled as the shipped packs are, with `# TODO` where somebody has to decide."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from mingzhang.forms.pack import PackColumn, PackRow, PackRows
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingzhang.model.disclosure import HeadCell
    from mingzhang.readback.blank.differences import Draft, FileDraft

TODO: Final = "# TODO"
_LONGEST: Final = 120
_ROW_KEYS: Final = ("total", "total_last", "field", "levels", "subtotals", "keyed_by", "filter", "ordinals")


def files_of(draft: Draft) -> dict[str, str]:
    """Give the text of every file of a draft, by path in the pack's folder."""
    return {f.file: _file(f, draft) for f in draft.files}


def _file(file: FileDraft, draft: Draft) -> str:
    first = _("由 {blank} 起草，只写与 {base} 不同的地方。").format(blank=draft.blank, base=draft.extends)
    out = [f"# {_one_line(first)}"]
    asked = {n.key for n in file.questions}
    out += [f"{TODO} {n.key}: {_one_line(n.text)}" for n in file.questions if n.key not in file.keys]
    for key, value in file.keys.items():
        if key in asked or key == "rows":
            out.append("")
        out += [f"{TODO} {_one_line(n.text)}" for n in file.questions if n.key == key]
        out.append(_entry(key, value))
    return "\n".join(out).rstrip("\n") + "\n"


def _entry(key: str, value: Any) -> str:
    """Spell one key with its value."""
    if key == "rows":
        return "\n".join(_rows(r) for r in value)
    if key == "head":
        return _block(key, (_list(map(_head_cell, row)) for row in value))
    if key in {"columns", "extra"}:
        return _block(key, map(_column, value))
    line = f"{key} = {_value(value)}"
    return line if len(line) <= _LONGEST else _block(key, map(_value, value)) if isinstance(value, tuple) else line


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return _list(map(_value, value))
    return str(value) if isinstance(value, int) else _text(str(value))


def _block(key: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{key} = [", *(f"  {line}," for line in lines), "]"])


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def _head_cell(cell: HeadCell) -> str:
    span = "" if (cell.columns, cell.rows) == (1, 1) else f"@{cell.columns}x{cell.rows}"
    return _text(cell.text + span)


def _column(column: PackColumn) -> str:
    fields = [column.key, column.header, column.filter, column.kind, column.side]
    if column.names or column.width or any(" | " in f for f in fields):
        pairs: dict[str, Any] = dict(zip(("key", "header", "filter", "kind", "side"), fields, strict=True))
        pairs |= {"names": column.names, "width": column.width}
        return "{ " + ", ".join(f"{k} = {_value(v)}" for k, v in pairs.items() if v) + " }"
    while len(fields) > 2 and (not fields[-1] or (len(fields) == 4 and fields[-1] == "figure")):
        fields.pop()
    return _text(" | ".join(fields))


def _rows(rows: PackRows) -> str:
    usual = PackRows(source=rows.source)
    out = ["[[rows]]", f"source = {_text(rows.source)}"]
    if rows.side:
        out.append(f"side = {_text(rows.side)}")
    out += [f"{k} = {_value(getattr(rows, k))}" for k in _ROW_KEYS if getattr(rows, k) != getattr(usual, k)]
    if rows.fixed:
        out += ['fixed = """', *map(_fixed, rows.fixed), '"""']
    return "\n".join(out) + "\n"


def _fixed(row: PackRow) -> str:
    fields = [f"{row.line}{'?' if row.optional else ''}", row.key, row.label, row.filter, "/".join(row.names)]
    while len(fields) > 4 and not fields[-1]:
        fields.pop()
    return " | ".join(fields).rstrip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    return " ".join(text.split())
