"""Codes and names of an export followed to the classifications: joined, looked up by name, carried through renames."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.intake.platform.amounts import split_code
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.forms.classification import Entry
    from mingzhang.forms.classifications import Edition

LISTS: Final = {
    "function": "functional",
    "economic": "dept_economic",
    "gov_economic": "gov_economic",
    "revenue": "revenue",
}
"""The classification that the codes of a field belong to."""

TITLES: Final = {
    "function": "功能科目",
    "economic": "部门经济科目",
    "gov_economic": "政府经济科目",
    "revenue": "收入科目",
}

_WIDTHS: Final = (3, 2, 2)
_CANDIDATES: Final = 6


class Coded(msgspec.Struct, frozen=True):
    """What a field's texts come to: a code, or why there is none; `note` says what was done to get it."""

    code: str = ""
    problem: str = ""
    hint: str = ""
    note: str = ""


class Codes:
    """Looks codes up in one edition."""

    def __init__(self, edition: Edition) -> None:
        """Keep the edition."""
        self.edition = edition

    def is_above_others(self, field: str, code: str) -> bool:
        """Tell whether there are codes below this one, so that it can only be a total."""
        return code in _parents(self.edition, LISTS[field])

    def coded(self, field: str, parts: Sequence[str], cell: str, name: str, context: str) -> Coded:
        """Give the code that a field's texts tell.

        `parts` are the cells of 类, 款 and 项 where they stand apart, `cell` the one that holds code, name or both, `name`
        that of the name's own column, `context` the last code above it, under which a bare name is looked for.
        """
        if any(parts):
            found, names = _joined(parts)
        else:
            found, own = split_code(cell)
            names = (own,) if own else ()
        name = next((n for n in (*reversed(names), name) if n), "")
        if not found:
            return self._by_name(field, name, context)
        return self._by_code(field, found, split_code(name)[1])

    def _by_code(self, field: str, code: str, name: str) -> Coded:
        known = self.edition.classification(LISTS[field])
        entry = known.get(code)
        if entry is None:
            return self._unknown(field, code, name)
        if name and not entry.is_called(name) and not _endings_agree(entry, name):
            said = _("{title} {code} 的名称是“{name}”，表中写的是“{text}”").format(
                title=_(TITLES[field]), code=code, name=entry.name, text=name[:30]
            )
            return Coded(code, note=said)
        return Coded(code)

    def _unknown(self, field: str, code: str, name: str) -> Coded:
        """Follow a code that this edition does not have to what became of it."""
        changes = [
            r for r in self.edition.renames if r.list == LISTS[field] and r.kind == "recoded" and r.old_code == code
        ]
        new = sorted({r.new_code for r in changes if self.edition.classification(LISTS[field]).get(r.new_code)})
        title = _(TITLES[field])
        if len(new) == 1:
            said = _("{title} {old} 已改为 {new}").format(title=title, old=code, new=new[0])
            below = self.edition.classification(LISTS[field]).children(new[0])
            if not below:
                return Coded(new[0], note=said)
            listed = _("、").join(f"{e.code} {e.name}" for e in below[:_CANDIDATES])
            return Coded(problem=said, hint=_("请填到最末一级：{names}。").format(names=listed))
        named = self.edition.named(name, kind=LISTS[field]) if name else ()
        likely = [*new, *(e.code for e in named[:_CANDIDATES])]
        said = _("{title}“{code}”在 {edition} 年版收支分类科目中不存在").format(
            title=title, code=" ".join(t for t in (code, name) if t)[:40], edition=self.edition.name
        )
        hint = (
            _("可能是：{names}。").format(names=_("、").join(likely)) if likely else _("请核对编码，或导入本地科目表。")
        )
        return Coded(problem=said, hint=hint)

    def _by_name(self, field: str, name: str, context: str) -> Coded:
        if not name:
            return Coded()
        kind = LISTS[field]
        found: tuple[Entry, ...] = ()
        for length in (5, 3, 0):
            if len(context) >= length:
                found = self.edition.named(name, kind=kind, parent=context[:length])
            if found:
                break
        if len(found) > 1:
            top = min(e.level for e in found)
            highest = tuple(e for e in found if e.level == top)
            nested = all(e.code.startswith(highest[0].code) for e in found)
            found = highest if len(highest) == 1 and nested else found
        if len(found) == 1:
            said = _("{title}“{name}”按名称认作 {code}").format(title=_(TITLES[field]), name=name, code=found[0].code)
            return Coded(found[0].code, note=said)
        if not found:
            said = _("{title}“{name}”在 {edition} 年版收支分类科目中不存在")
            return Coded(
                problem=said.format(title=_(TITLES[field]), name=name[:30], edition=self.edition.name),
                hint=_("请核对名称，或在导出时带上科目编码。"),
            )
        likely = _("、").join(e.code for e in found[:_CANDIDATES])
        said = _("{title}“{name}”有 {n} 个，只凭名称分不清").format(
            title=_(TITLES[field]), name=name[:30], n=len(found)
        )
        return Coded(problem=said, hint=_("可能是：{names}。").format(names=likely))


@cache
def _parents(edition: Edition, kind: str) -> frozenset[str]:
    return frozenset(e.parent for e in edition.classification(kind))


def _joined(parts: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Join the cells of 类, 款 and 项; a number that lost its leading zero gets it back, a whole code stays whole."""
    code, names = "", []
    for part, width in zip(parts, _WIDTHS, strict=False):
        digits, name = split_code(part)
        if name:
            names.append(name)
        if not digits:
            continue
        whole = code and len(digits) > width and digits.startswith(code)
        code = digits if whole else code + digits.zfill(width)
    return code, tuple(names)


def _endings_agree(entry: Entry, name: str) -> bool:
    """Tell whether a name is the last step of a path of names (`一般公共服务支出-财政事务-行政运行`)."""
    last = name.replace("—", "-").replace("/", "-").rpartition("-")[2]
    return last != name and entry.is_called(last)


def parts_of(texts: Mapping[str, str], field: str) -> tuple[str, ...]:
    """Give the cells of 类, 款 and 项 of a field."""
    return tuple(texts.get(f"{field}_{part}", "") for part in ("class", "group", "item"))
