"""The rows that a blank table prints beside those that the pack's table always prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from mingzhang.forms.classifications import edition
from mingzhang.forms.pack import PackRow, PackRows
from mingzhang.model.keys import tidy
from mingzhang.model.language import gettext as _
from mingzhang.readback.blank.matching import NEVER, SAME, Pair, paired
from mingzhang.readback.blank.words import UNDECIDED, is_same, rows_meant, templated
from mingzhang.readback.keys import LISTS
from mingzhang.readback.likeness import likeness, unnumbered
from mingzhang.readback.names import is_total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack import Pack, PackColumn
    from mingzhang.readback.blank.differences import Against, Remarks
    from mingzhang.readback.blank.forms import BlankTable

_SAME_MEANING: Final = 0.9
Label = tuple[int, str]
"""The printed line of a label, from 1, and its text."""


def labels_of(blank: BlankTable, columns: Sequence[PackColumn], side: str, year: int | None) -> tuple[Label, ...]:
    """Give the labels that a blank table prints on one side, each with its line."""
    names = [i for i, c in enumerate(columns) if c.side == side and c.kind == "label"]
    codes = [i for i, c in enumerate(columns) if c.side == side and c.kind == "code"]
    found = []
    for n, row in enumerate(blank.rows, start=1):
        text = next((row.texts[i] for i in (*names, *codes) if i < len(row.texts) and row.texts[i]), "")
        if text:
            found.append((n, templated(text, year)))
    return tuple(found)


def compared_rows(
    blank: BlankTable,
    columns: Sequence[PackColumn],
    against: Against,
) -> dict[str, Any]:
    """Give `rows` if they differ: by key of the table's file."""
    table = against.table
    if table.turned or table.beside or not blank.rows:
        return {}
    steady = all(r.source == "fixed" and not any(f.optional for f in r.fixed) for r in table.rows)
    out = []
    for rows in table.rows:
        labels = labels_of(blank, columns, rows.side, against.year)
        if rows.source == "fixed":
            out.append(_fixed(rows, labels, against, steady=steady) if labels else rows)
        else:
            out.append(_listed(rows, labels, against))
    return {} if tuple(out) == table.rows else {"rows": tuple(out)}


def new_rows(
    blank: BlankTable, columns: Sequence[PackColumn], year: int | None, remarks: Remarks
) -> tuple[PackRows, ...]:
    """Give the rows of a table that the pack does not have: those printed, or codes where it has a column of them."""
    sides = tuple(dict.fromkeys(c.side for c in columns))
    out = []
    for side in sides:
        labels = labels_of(blank, columns, side, year)
        total = next((t for _n, t in labels if is_total(t)), "")
        if any(c.kind == "code" and c.side == side for c in columns):
            out.append(PackRows("functions", side, total=total, field="item", levels=(3, 5, 7)))
            continue
        prefix = f"{side}:" if side else ""
        fixed = tuple(
            PackRow(n, f"{prefix}total" if is_total(t) else f"{prefix}x_row{n}", t, "" if is_total(t) else UNDECIDED)
            for n, t in labels
        )
        out.append(PackRows("fixed" if fixed else "none", side, fixed=fixed))
    remarks.asks("rows", _("新表的行从哪里来（source）、汇总哪些明细（filter），请核对"))
    return tuple(out)


def _fixed(rows: PackRows, labels: Sequence[Label], against: Against, *, steady: bool) -> PackRows:
    """Compare the rows that are always printed."""
    remarks = against.remarks
    old = sorted(rows.fixed, key=lambda r: r.line)
    meant = [rows_meant(t, rows.side, against.table, against.pack) for _n, t in labels]
    new: list[PackRow] = []
    for row, at, sure in _pairs(old, labels, meant):
        if at is not None:
            text = labels[at][1]
            new.append(
                _added(*labels[at], rows, meant[at], against) if row is None else _kept(row, text, remarks, sure)
            )
        elif row is not None and row.optional:
            new.append(row)
        elif row is not None:
            remarks.differs("rows", _("没有了行“{label}”（{key}）").format(label=row.label, key=row.key))
    keys, before = [r.key for r in new], [r.key for r in old]
    if steady:
        new = [replace(r, line=line) for r, (line, _text) in zip(new, labels, strict=True)]
        if keys == before and [r.line for r in new] != [r.line for r in old]:
            remarks.differs("rows", _("各行所在的行次不同"))
    elif keys != before:
        new = [replace(r, line=n) for n, r in enumerate(new, start=1)]
    if keys != before and set(keys) == set(before):
        remarks.differs("rows", _("各行的次序不同"))
    return rows if set(new) == set(rows.fixed) else replace(rows, fixed=tuple(new))


def _pairs(
    old: Sequence[PackRow], labels: Sequence[Label], meant: Sequence[frozenset[str]]
) -> list[tuple[PackRow | None, int | None, bool]]:
    """Pair the pack's rows with printed labels; optional rows that are not printed stay where they are."""

    def of(rows: Sequence[PackRow]) -> tuple[Pair, ...]:
        return paired(len(rows), len(labels), lambda i, j: _alike(rows[i], labels[j][1], meant[j]))

    printed = {p.old for p in of(old) if p.new is not None and p.sure}
    waiting = [r for i, r in enumerate(old) if r.optional and i not in printed]
    shown = [r for r in old if r not in waiting]
    out: list[tuple[PackRow | None, int | None, bool]] = [
        (None if p.old is None else shown[p.old], p.new, p.sure) for p in of(shown)
    ]
    for row in waiting:
        after = next((n for n, (r, _at, _sure) in enumerate(out) if r is not None and r.line > row.line), len(out))
        out.insert(after, (row, None, True))
    return out


def _alike(row: PackRow, label: str, meant: frozenset[str]) -> float:
    names = {unnumbered(n) for n in (row.label, *row.names)}
    name = unnumbered(label)
    if name in names:
        return SAME
    if meant:
        return _SAME_MEANING if row.key in meant else NEVER
    return max(likeness(name, n) for n in names)


def _kept(row: PackRow, text: str, remarks: Remarks, sure: bool) -> PackRow:
    """Give a row that stays, under its new label if it has one; the old label is still read."""
    if is_same(row.label, text):
        return row
    known = unnumbered(row.label) == unnumbered(text)
    remarks.differs("rows", _("行“{old}”改称“{new}”（{key}）").format(old=row.label, new=text, key=row.key))
    if not sure:
        remarks.asks("rows", _("“{new}”只凭位置认作“{old}”，请核对").format(old=row.label, new=text))
    names = row.names if known else tuple(dict.fromkeys((*row.names, row.label)))
    return replace(row, label=text, names=tuple(n for n in names if n != text))


def _added(line: int, text: str, rows: PackRows, meant: frozenset[str], against: Against) -> PackRow:
    """Make a row that the pack's table does not have; what its label does not say is asked."""
    remarks = against.remarks
    remarks.differs("rows", _("多了行“{label}”").format(label=text))
    taken = {r.key for r in rows.fixed}
    free = sorted(k for k in meant if k not in taken)
    prefix = f"{rows.side}:" if rows.side else ""
    key = free[0] if free else f"{prefix}x_row{line}"
    if not free:
        remarks.asks("rows", _("行“{label}”：键 {key} 请改成有含义的英文键").format(label=text, key=key))
    found = _filter_like(key, rows) or next(
        (r.filter for t in against.pack.tables for side in t.rows for r in side.fixed if r.key == key and r.filter), ""
    )
    if found:
        remarks.asks("rows", _("行“{label}”：筛选“{filter}”取自别的行，请核对").format(label=text, filter=found))
    else:
        found = UNDECIDED
        remarks.asks("rows", _("行“{label}”：汇总哪些明细，请写筛选").format(label=text))
    return PackRow(line, key, text, found)


def _filter_like(key: str, rows: PackRows) -> str:
    """Give the filter of a class as the other classes of the side spell theirs."""
    code = key.partition(":")[2]
    for row in rows.fixed:
        own = row.key.partition(":")[2]
        if code.isdigit() and own.isdigit() and own in row.filter:
            return row.filter.replace(own, code)
    return ""


def _listed(rows: PackRows, labels: Sequence[Label], against: Against) -> PackRows:
    """Compare rows that list what occurs: a blank shows the word of their total, and rows that are always printed."""
    remarks = against.remarks
    total = next((t for _n, t in labels if is_total(t) or t == rows.total), None)
    out = rows
    if total is not None and not is_same(total, rows.total):
        remarks.differs("rows", _("合计行“{old}”改称“{new}”").format(old=rows.total, new=total))
        out = replace(out, total=total)
    others = [t for _n, t in labels if t != total]
    if total is not None and others and rows.total_last != (labels[-1][1] == total):
        remarks.differs("rows", _("合计行的位置不同"))
        out = replace(out, total_last=not rows.total_last)
    known = {unnumbered(n) for r in rows.fixed for n in (r.label, *r.names)}
    strange = [t for t in others if unnumbered(t) not in known and not _is_listed(t, against.pack)]
    if strange and rows.source in {"functions", "economics", "revenues"}:
        names = _("、").join(strange[:5])
        remarks.asks("rows", _("表样包只列有数的科目，空白表样印有：{names}").format(names=names))
    return out


def _is_listed(label: str, pack: Pack) -> bool:
    """Tell whether a label is a code, or the name of one, or a line left open."""
    name = unnumbered(label)
    if not name or tidy(label).isdigit() or set(name) <= {".", "…", "-", "×", "x", "X"}:
        return True
    lists = edition(pack.standards)
    return any(lists.named(name, kind=kind) for kind in LISTS.values())
