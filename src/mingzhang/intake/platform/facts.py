"""Facts out of lines: each amount with everything a spending line says, or what is missing for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.intake.platform.keyed import unknown_word
from mingzhang.intake.platform.losses import GROUPS
from mingzhang.intake.platform.vocabulary import TEXTS, meaning
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.intake.platform.keyed import Keyed
    from mingzhang.intake.platform.profile import ExportProfile
    from mingzhang.intake.platform.totals import Cell

_REST: Final = "*"


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One amount of the export in fen, in the words of a book; `kind` may still be `basic` where nothing tells more.

    `words` are what the line says of its project (概况, 依据 and so on), by the project's fields.
    """

    line: int
    place: str
    amount: int
    unit: str = ""
    unit_name: str = ""
    unit_type: str = ""
    function: str = ""
    economic: str = ""
    gov_economic: str = ""
    revenue: str = ""
    project: str = ""
    project_name: str = ""
    category: str = ""
    fund: str = ""
    fund_part: str = ""
    origin: str = "current"
    kind: str = ""
    level: str = ""
    tags: tuple[str, ...] = ()
    id: str = ""
    words: tuple[tuple[str, str], ...] = ()

    @property
    def group(self) -> str:
        """Give the kind as approved totals tell it: basic, project, or a kind of its own."""
        return GROUPS.get(self.kind, self.kind)

    @property
    def is_whole(self) -> bool:
        """Tell whether the fact has all that a spending line must have."""
        told = self.fund and self.function and self.kind
        return bool(told and (self.project or self.kind != "project") and (self.economic or self.group != "basic"))


def facts_of(lines: Sequence[Keyed], profile: ExportProfile) -> tuple[dict[Cell, Fact], dict[Cell, list[Fault]]]:
    """Give the fact of each amount that is not zero, and what stands against it; totals are told from facts elsewhere."""
    facts: dict[Cell, Fact] = {}
    problems: dict[Cell, list[Fault]] = {}
    for n, k in enumerate(lines):
        measured = [a for a in k.row.layout.amounts if not a.whole]
        for column, amount in enumerate(k.row.amounts):
            if amount:
                said, wrong = _said(measured[column].says, profile, k.row.place)
                fact = _fact(n, k, amount, said, profile)
                facts[n, column] = fact
                problems[n, column] = [*wrong, *_missing(fact, k)]
    return facts, problems


def _said(says: Mapping[str, str], profile: ExportProfile, place: str) -> tuple[dict[str, str], list[Fault]]:
    """Give what a column of amounts says of fund, year and kind, in a book's words."""
    found: dict[str, str] = {}
    wrong = []
    for field, text in says.items():
        known = meaning(field, text, profile.words.get(field))
        if known is None:
            wrong.append(unknown_word(field, text, place))
            continue
        first, _sep, second = known.partition("/")
        found[field] = first
        if second:
            found["fund_part" if field == "fund" else "category"] = second
    return found, wrong


def _fact(line: int, k: Keyed, amount: int, said: Mapping[str, str], profile: ExportProfile) -> Fact:
    told = {f: v for f, v in (k.keys | k.others).items() if not f.startswith("@")} | dict(said)
    told.pop("tags", None)
    kind = _kind(told, k, profile)
    texts = {f: told.get(f, "") for f in ("function", "economic", "gov_economic", "revenue", "fund", "level", "id")}
    is_project = kind == "project"
    return Fact(
        line=line,
        place=k.row.place,
        amount=amount,
        **texts,
        unit=told.get("unit", ""),
        unit_name=k.others.get("@unit_name", ""),
        unit_type=told.get("unit_type", ""),
        fund_part=told.get("fund_part", "") if told.get("fund") == "unit_funds" else "",
        project=told.get("project", "") if is_project else "",
        project_name=k.others.get("@project_name", "") if is_project else "",
        category=told.get("category", "") if is_project else "",
        origin=told.get("origin", "current"),
        kind=kind,
        words=tuple((f, k.others[f]) for f in TEXTS if is_project and f in k.others),
        tags=tuple(t for t in k.others.get("tags", "").split("、") if t),
    )


def _kind(told: Mapping[str, str], k: Keyed, profile: ExportProfile) -> str:
    """Tell a fact's kind: as the line says, or a project's where the line names one; basic parted by economic code."""
    kind = told.get("kind", "")
    if not kind and told.get("category"):
        kind = "project"
    if not kind and not _could_say(k, "kind"):
        kind = "project" if told.get("project") else "basic" if profile.basic_by_economic else ""
    if kind != "basic":
        return kind
    parts = profile.basic_by_economic
    code = told.get("economic", "")
    found = next((parts[code[:n]] for n in range(len(code), 0, -1) if code[:n] in parts), parts.get(_REST, ""))
    return (meaning("kind", found) or "basic") if found else "basic"


def _could_say(k: Keyed, field: str) -> bool:
    layout = k.row.layout
    return field in layout.columns or field in layout.constants or any(field in a.says for a in layout.amounts)


def _missing(fact: Fact, k: Keyed) -> list[Fault]:
    """Say what a fact lacks, with what to do."""
    found = []
    if not fact.fund:
        hint = (
            _("空白若表示同上，请用 --same-as-above fund。")
            if _could_say(k, "fund")
            else _("整份导出只有一种资金的，请用 --constant fund=一般公共预算 说明。")
        )
        found.append(Fault(_("没有资金来源"), place=fact.place, hint=hint))
    if not fact.function and not any(p.place == fact.place for p in k.problems):
        found.append(Fault(_("没有功能科目"), place=fact.place, hint=_("请核对这一行，或用 --line 行号=skip 不取。")))
    if not fact.kind:
        hint = _("请用 --constant kind=… 说明，或用 --split-basic 301=人员经费,303=人员经费,*=公用经费 按经济科目分。")
        found.append(Fault(_("没有支出类别"), place=fact.place, hint=hint))
    elif fact.kind == "basic":
        hint = _("请用 --split-basic 301=人员经费,303=人员经费,*=公用经费 说明哪些经济科目是人员经费。")
        found.append(Fault(_("只知道是基本支出，不知道是人员经费还是公用经费"), place=fact.place, hint=hint))
    elif fact.kind == "project" and not fact.project:
        hint = _("空白若表示同上，请用 --same-as-above project_name。")
        found.append(Fault(_("项目支出没有项目名称"), place=fact.place, hint=hint))
    elif fact.group == "basic" and not fact.economic:
        found.append(Fault(_("基本支出没有部门经济科目"), place=fact.place, hint=_("请核对这一行是不是小计。")))
    if fact.amount < 0:
        hint = _("底册不收负数：请并入它所冲减的一行，或用 --line 行号=skip 不取并用 --difference 说明差额。")
        found.append(Fault(_("金额为负"), place=fact.place, hint=hint))
    return found
