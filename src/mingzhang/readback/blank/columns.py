"""The head and the columns of a blank table beside those of the pack's table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from mingzhang.forms.pack import PackColumn
from mingzhang.model.disclosure import HeadCell
from mingzhang.model.language import gettext as _
from mingzhang.readback.blank.layout import stacks_of, width_of
from mingzhang.readback.blank.matching import NEVER, SAME, paired
from mingzhang.readback.blank.words import (
    UNDECIDED,
    columns_meant,
    is_same,
    is_text_column,
    meaning,
    side_of,
    templated,
)
from mingzhang.readback.likeness import likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack import Pack, PackTable
    from mingzhang.model.disclosure import Side
    from mingzhang.readback.blank.differences import Remarks
    from mingzhang.readback.blank.layout import Heads
    from mingzhang.readback.heads import Stack

_OTHER_GROUP: Final = 0.8
_SAME_MEANING: Final = 0.9


def head_as_spelled(head: Heads, year: int | None) -> Heads:
    """Spell the texts of a printed head as a pack does."""
    return tuple(tuple(HeadCell(templated(c.text, year), c.columns, c.rows) for c in row) for row in head)


def compared_columns(
    head: Heads, table: PackTable, pack: Pack, remarks: Remarks, *, guessed: bool
) -> tuple[dict[str, Any], tuple[PackColumn, ...]]:
    """Give what of head and columns differs, by key of the table's file, and the columns as printed.

    Of a head whose spans are `guessed` only the words are compared.
    """
    if _same_head(head, table.head) or (guessed and _same_words(head, table)):
        return {}, table.columns
    if guessed:
        remarks.asks("head", _("表头没有合并单元格，各栏的跨度是猜的，请核对"))
    keys: dict[str, Any] = {"head": head}
    remarks.differs("head", _("表头不同"))
    if table.turned:
        remarks.asks("head", _("各行印在表头里：rows 要与表头的栏次一致"))
        return keys, table.columns
    stacks = stacks_of(head, width_of(head))
    own = stacks_of(table.head, len(table.columns))
    pairs = paired(len(own), len(stacks), lambda i, j: _alike(table.columns[i], own[i], stacks[j]))
    columns: list[PackColumn] = []
    extra = list(table.extra)
    for pair in pairs:
        if pair.new is None:
            column = table.columns[pair.old or 0]
            remarks.differs("columns", _("没有了栏目“{name}”（{key}）").format(name=column.header, key=column.key))
            continue
        if pair.old is not None:
            columns.append(_kept(table.columns[pair.old], own[pair.old], stacks[pair.new], remarks, sure=pair.sure))
            continue
        known = next((c for c in extra if is_same(c.header, stacks[pair.new].own)), None)
        if known is not None:
            extra.remove(known)
            remarks.differs("columns", _("栏目“{name}”一律印出").format(name=known.header))
        columns.append(known or _added(stacks[pair.new], columns, table, pack, remarks))
    if tuple(columns) != table.columns:
        keys["columns"] = tuple(columns)
    if tuple(extra) != table.extra:
        keys["extra"] = tuple(extra)
    return keys, tuple(columns)


def new_columns(head: Heads, pack: Pack, remarks: Remarks, *, two_sided: bool) -> tuple[PackColumn, ...]:
    """Give the columns of a table that the pack does not have, by what their words mean."""
    columns: list[PackColumn] = []
    for stack in stacks_of(head, width_of(head)):
        columns.append(_added(stack, columns, None, pack, remarks, two_sided=two_sided))
    if columns and all(c.kind != "label" for c in columns):
        columns[0] = PackColumn("label", columns[0].header, "label", columns[0].side)
    return tuple(columns)


def _same_head(one: Heads, other: Heads) -> bool:
    """Tell whether two heads have the same cells, widths of brackets apart."""
    return len(one) == len(other) and all(
        len(a) == len(b)
        and all(
            (x.columns, x.rows) == (y.columns, y.rows) and is_same(x.text, y.text) for x, y in zip(a, b, strict=True)
        )
        for a, b in zip(one, other, strict=True)
    )


def _same_words(head: Heads, table: PackTable) -> bool:
    """Tell whether every column has the same word of its own under both heads."""
    own = stacks_of(table.head, width_of(table.head))
    printed = stacks_of(head, width_of(head))
    return len(own) == len(printed) and all(is_same(a.own, b.own) for a, b in zip(own, printed, strict=True))


def _alike(column: PackColumn, own: Stack, printed: Stack) -> float:
    """Weigh a printed column against one of the pack's."""
    sides = side_of((*printed.above, printed.own)), column.side
    if all(sides) and sides[0] != sides[1]:
        return NEVER
    names = {meaning(w) for w in (own.own, column.header, *column.names)}
    word = meaning(printed.own)
    if word in names:
        above = [meaning(w) for w in own.above[-1:]] == [meaning(w) for w in printed.above[-1:]]
        return SAME if above else _OTHER_GROUP
    meant = columns_meant(printed.own)
    if meant:
        return _SAME_MEANING if column.key in meant else NEVER
    if is_text_column(printed.own) and column.kind != "text":
        return NEVER
    return max((likeness(word, n) for n in names if n and word), default=0.0)


def _kept(column: PackColumn, own: Stack, printed: Stack, remarks: Remarks, *, sure: bool) -> PackColumn:
    """Give a column that stays, under its new name if it has one; the old name is still read."""
    if is_same(own.own, printed.own) or not printed.own:
        return column
    old = column.header or own.own
    text = _("栏目“{old}”改称“{new}”（{key}）").format(old=old, new=printed.own, key=column.key)
    remarks.differs("columns", text)
    if not sure:
        remarks.asks("columns", _("“{new}”只凭位置认作“{old}”，请核对").format(old=old, new=printed.own))
    return replace(column, header=printed.own, names=tuple(dict.fromkeys((*column.names, old))))


def _added(
    stack: Stack,
    before: Sequence[PackColumn],
    table: PackTable | None,
    pack: Pack,
    remarks: Remarks,
    *,
    two_sided: bool = False,
) -> PackColumn:
    """Make a column that the pack's table does not have, by what its words mean; what they do not say is asked."""
    sided = table.two_sided if table is not None else two_sided
    side: Side = (side_of((*stack.above, stack.own)) or (before[-1].side if before else "in")) if sided else ""
    name = stack.own or _("（无栏名）")
    if table is not None:
        remarks.differs("columns", _("多了栏目“{name}”").format(name=name))
    taken = {c.key for c in (*before, *(table.columns if table is not None else ())) if c.side == side}
    meant = columns_meant(stack.own)
    if "code" in meant:
        return PackColumn("code", stack.own, "code", side)
    free = [k for k in (*_keys_in(pack), *sorted(meant)) if k in meant and k not in taken]
    if "label" in free:
        return PackColumn("label", stack.own, "label", side)
    key = free[0] if free else f"x_column{len(before) + 1}"
    if not free:
        remarks.asks("columns", _("栏目“{name}”：键 {key} 请改成有含义的英文键").format(name=name, key=key))
    if is_text_column(stack.own):
        return PackColumn(key, stack.own, "text", side)
    found = "" if key in {"total", "amount"} else _usual_filter(key, pack)
    if found:
        text = _("栏目“{name}”：筛选“{filter}”取自其他表，请核对").format(name=name, filter=found)
        remarks.asks("columns", text)
    elif key not in {"total", "amount"}:
        found = UNDECIDED
        remarks.asks("columns", _("栏目“{name}”：汇总哪些明细，请写筛选").format(name=name))
    return PackColumn(key, stack.own, "figure", side, found)


def _keys_in(pack: Pack) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.key for t in pack.tables for c in t.columns))


def _usual_filter(key: str, pack: Pack) -> str:
    """Give the filter that most of the pack's columns of this key have."""
    count = Counter(c.filter for t in pack.tables for c in (*t.columns, *t.extra) if c.key == key and c.filter)
    return max(count, key=lambda f: (count[f], f)) if count else ""
