"""How each sheet is going to be read: by a profile where its columns are named, else by the vocabulary."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.intake.grids import cell_name
from mingzhang.intake.platform.heads import (
    Amount,
    Head,
    Layout,
    UnclearHeadings,
    amount_columns,
    chosen,
    find_head,
    matched,
    named,
    shown_headings,
    unit_of,
)
from mingzhang.intake.platform.profile import SheetProfile
from mingzhang.intake.platform.vocabulary import TEXTS
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.intake.platform.files import ExportSheet
    from mingzhang.intake.platform.profile import AmountColumn, ExportProfile

_SAID: Final = frozenset({"fund", "origin", "kind", "amount"})
"""Fields that a heading of amounts may tell instead of a column."""


def layout_of(sheet: ExportSheet, profile: ExportProfile, *, unit: str = "", otherwise: str = "") -> Layout | None:
    """Find out how a sheet is laid out; None for a sheet that the profile leaves out or that holds no lines.

    Amounts are in `unit`, else as the profile or the sheet states, `otherwise` where nothing does.

    Raises:
        UnclearHeadings: columns are missing or not clear, or the unit of money is; with the headings that there are.
    """
    own = next((s for s in profile.sheets if fnmatchcase(sheet.name, s.name)), None)
    if own is not None and not own.use:
        return None
    columns = profile.columns | (own.columns if own else {})
    amounts = (own.amounts if own and own.amounts else ()) or profile.amounts
    constants = profile.constants | (own.constants if own else {})
    if columns and not profile.others:
        head, found, measured = _by_profile(sheet, columns, amounts)
    else:
        head, found, measured = _by_vocabulary(sheet, columns)
    if head is None:
        return None
    stated = unit_of(sheet, head)
    money = unit or (own.unit if own else "") or profile.unit
    if not money and len(stated) == 1:
        (money,) = stated
    if not stated:
        money = money or otherwise
    place = sheet.place(head.last)
    if not money:
        said = _("表上写了两种金额单位：元和万元") if stated else _("不知道金额单位是元还是万元")
        raise UnclearHeadings(said, place=place, hint=_("请用 --unit 元 或 --unit 万元 说明。"))
    if stated and money not in stated:
        said = _("表上写的金额单位是{stated}，方案里是{unit}").format(stated=_("、").join(stated), unit=money)
        raise UnclearHeadings(said, place=place, hint=_("请核对导出文件或导入方案。"))
    return Layout(sheet, head, found, measured, money, constants)


def _by_profile(
    sheet: ExportSheet, columns: dict[str, str], amounts: tuple[AmountColumn, ...]
) -> tuple[Head | None, dict[str, int], tuple[Amount, ...]]:
    wanted = [h.partition("#")[0] for h in (*columns.values(), *(a.heading for a in amounts)) if not h.startswith("@")]
    head = find_head(sheet, wanted, measured=bool(amounts) or "amount" in columns)
    if head is None:
        return None, {}, ()
    place = sheet.place(head.last)
    found = chosen(head, columns, place)
    if not amounts:
        return head, found, _measured(head, found, place)
    measured = []
    for amount in amounts:
        places = named(head, amount.heading)
        if len(places) != 1:
            said = _("没有列名是“{heading}”（{field}）的列").format(heading=amount.heading, field="amounts")
            raise UnclearHeadings(said, place=place, hint=shown_headings(head))
        measured.append(Amount(places[0], amount.says))
    return head, found, tuple(measured)


def _by_vocabulary(
    sheet: ExportSheet, columns: dict[str, str]
) -> tuple[Head | None, dict[str, int], tuple[Amount, ...]]:
    head = find_head(sheet)
    if head is None:
        return None, {}, ()
    place = sheet.place(head.last)
    found, unclear = matched(head)
    told = chosen(head, columns, place)
    found = {f: c for f, c in found.items() if c not in told.values()} | told
    unclear = {f: [c for c in cs if c not in told.values()] for f, cs in unclear.items() if f not in told}
    across = _across(head, {c for f, c in found.items() if f not in _SAID} | set(told.values()))
    found = {f: c for f, c in found.items() if c not in across or f in told}
    unclear = {f: left for f, cs in unclear.items() if (left := [c for c in cs if c not in across])}
    measured = amount_columns(head, {c for f, c in found.items() if f != "amount"})
    if any(a.says for a in measured) and "amount" not in told:
        unclear.pop("amount", None)
        found.pop("amount", None)
    if unclear:
        said = _("；").join(
            _("“{field}”可能是：{columns}").format(
                field=field, columns=_("、").join(f"{cell_name(0, c)[:-1]} {head.heading(c)}" for c in columns)
            )
            for field, columns in unclear.items()
        )
        raise UnclearHeadings(said, place=place, hint=_("请用 --column 字段=列名 指明，如 --column amount=预算数。"))
    return head, found, _measured(head, found, place)


def _across(head: Head, taken: set[int]) -> set[int]:
    """Give the columns that are amounts by fund, year or kind, where there are more than one; no field is told by them."""
    wide = [a.column for a in amount_columns(head, taken) if a.says]
    return set(wide) if len(wide) > 1 else set()


def _measured(head: Head, found: dict[str, int], place: str) -> tuple[Amount, ...]:
    """Give the columns of amounts: the one that is called so, or those that say what they hold.

    Raises:
        UnclearHeadings: there are none.
    """
    if "amount" in found:
        return (Amount(found["amount"], {}),)
    measured = amount_columns(head, found.values())
    if not any(a.says for a in measured) and not set(found) & set(TEXTS):
        raise UnclearHeadings(_("没有金额列"), place=place, hint=shown_headings(head))
    return measured


def drafted(layouts: Sequence[Layout], base: ExportProfile) -> ExportProfile:
    """Make a profile of what was found, so that the next export of the same platform is read the same way."""
    columns = [{f: _spelled(x.head, c) for f, c in x.columns.items()} for x in layouts]
    units = {x.unit for x in layouts}
    unit = units.pop() if len(units) == 1 else ""
    if all(c == columns[0] for c in columns):
        return replace(base, columns=columns[0], unit=unit, others=False)
    sheets = tuple(
        SheetProfile(name=x.sheet.name, columns=c, unit="" if unit else x.unit)
        for x, c in zip(layouts, columns, strict=True)
    )
    return replace(base, columns={}, unit=unit, others=False, sheets=(*base.sheets, *sheets))


def _spelled(head: Head, column: int) -> str:
    """Name a column by its heading, or by its letter where another bears the same."""
    heading = head.heading(column)
    return heading if named(head, heading) == [column] else f"@{cell_name(0, column)[:-1]}"
