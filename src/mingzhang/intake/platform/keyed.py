"""Lines with the keys that place them: unit, codes, project, fund, year, kind; blank cells filled from above where so told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.intake.platform.amounts import split_code
from mingzhang.intake.platform.codes import LISTS, Codes, parts_of
from mingzhang.intake.platform.rows import GROUPS, Row, SheetRows
from mingzhang.intake.platform.vocabulary import TEXTS, meaning, total_of, words_of
from mingzhang.model.fault import Fault
from mingzhang.model.keys import tidy
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.intake.platform.profile import ExportProfile

KEYS: Final = ("unit", "function", "economic", "gov_economic", "project", "fund", "origin", "kind")
"""What a line is placed by, and by what a total says which lines it covers."""

WORDS: Final = ("fund", "fund_part", "origin", "kind", "category", "level", "tags", "unit_type")
TITLES: Final = {
    "unit": later("单位"),
    "project": later("项目"),
    "fund": later("资金来源"),
    "fund_part": later("单位资金构成"),
    "origin": later("资金年度"),
    "kind": later("支出类别"),
    "category": later("项目类别"),
    "level": later("资金级次"),
    "tags": later("“三公”标记"),
    "unit_type": later("单位性质"),
    "function": later("功能科目"),
    "economic": later("部门经济科目"),
    "gov_economic": later("政府经济科目"),
    "revenue": later("收入科目"),
}
_GROUP: Final = {f: g for g, fields in GROUPS.items() for f in fields}
_SECOND: Final = {"fund": "fund_part", "kind": "category"}


class Keyed(msgspec.Struct, frozen=True):
    """A line with its keys: its `own`, and all with those taken from above.

    `problems` count only where the line turns out to be a fact and not a total; `notes` say what was done to it.
    """

    row: Row
    own: dict[str, str]
    keys: dict[str, str]
    others: dict[str, str]
    problems: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    named_so: bool = False

    @property
    def is_total(self) -> bool:
        """Tell whether the line says that it is a total, and is not a fact whose name may just end like one."""
        return self.row.total is not None and not self.named_so


class Names:
    """The names of units and projects by code, over all sheets; a name alone stands for its code where that is known."""

    def __init__(self) -> None:
        """Begin with none."""
        self.units: dict[str, str] = {}
        self.projects: dict[str, str] = {}
        self.types: dict[str, str] = {}

    def learn(self, sheets: Iterable[SheetRows]) -> None:
        """Go through all lines once, so that a name is known by its code wherever both stand together."""
        for sheet in sheets:
            for row in sheet.rows:
                for group, known in (("unit", self.units), ("project", self.projects)):
                    code, name = coded_and_named(row.texts, group)
                    if code and name and row.total is None:
                        known.setdefault(code, name)

    def unit(self, code: str, name: str) -> str:
        """Give the key of a unit: its code, or its name where no code is known."""
        return code or next((c for c, n in self.units.items() if tidy(n) == tidy(name)), name)

    def project(self, code: str, name: str) -> str:
        """Give the key of a project within its unit."""
        return code or next((c for c, n in self.projects.items() if tidy(n) == tidy(name)), name)


def keyed(sheet: SheetRows, profile: ExportProfile, codes: Codes, names: Names) -> list[Keyed]:
    """Find the keys of a sheet's lines, from top to bottom."""
    keyer = _Keyer(sheet, profile, codes, names)
    return [keyer.key(row) for row in sheet.rows]


def coded_and_named(texts: dict[str, str], group: str) -> tuple[str, str]:
    """Part the texts of a unit or project into code and name."""
    cell, code, name = (texts.get(f, "") for f in (group, f"{group}_code", f"{group}_name"))
    own_code, own_name = split_code(cell) if cell else ("", "")
    return code or own_code, name or own_name


class _Keyer:
    """Goes down a sheet, remembering what blank cells may repeat."""

    def __init__(self, sheet: SheetRows, profile: ExportProfile, codes: Codes, names: Names) -> None:
        self.layout = sheet.layout
        self.profile = profile
        self.codes = codes
        self.names = names
        self.last: dict[str, dict[str, str]] = {}
        self.context: dict[str, str] = {}
        columns = sheet.layout.columns
        told = {g for f in profile.same_as_above for g in self._groups_of(f)}
        self.fills = {"unit", "function"} | told
        self.order = {g: min(columns[f] for f in fs if f in columns) for g, fs in _groups(columns).items()}

    @staticmethod
    def _groups_of(field: str) -> tuple[str, ...]:
        return tuple(g for g, fields in GROUPS.items() if field in fields) or (field,)

    def key(self, row: Row) -> Keyed:
        own_texts = dict(row.texts)
        named_so = _may_be_named_so(row)
        is_total = row.total is not None and not named_so
        if is_total:
            own_texts = {f: of for f, t in own_texts.items() if (of := _without_total(t))}
        constants = dict(self.layout.constants)
        own, found, problems, notes = self._keys(row, constants | own_texts)
        if is_total:
            return Keyed(row, own, dict(own), found, (), ())
        self._forget(own_texts)
        texts = self._filled(own_texts, found)
        keys = own
        filled = list(_groups(texts).keys() - _groups(own_texts).keys()) if texts != own_texts else []
        if texts != own_texts:
            keys, found, problems, notes = self._keys(row, constants | texts)
        if filled:
            notes.append(
                _("空白处同上：{fields}").format(fields=_("、").join(_(TITLES.get(g, g)) for g in sorted(filled)))
            )
        self._remember(texts, keys)
        problems += self._blurred(row)
        return Keyed(row, own, keys, found, tuple(problems), tuple(notes), named_so)

    def _filled(self, own: dict[str, str], found: dict[str, str]) -> dict[str, str]:
        """Take from above what a blank cell repeats."""
        texts = dict(own)
        fills = set(self.fills)
        if found.get("@kind") == "project":
            fills.add("project")
        for group in fills:
            mine = {f: texts[f] for f in GROUPS.get(group, (group,)) if f in texts}
            above = self.last.get(group, {})
            if not mine:
                texts |= above
            elif group == "function" and any(f.startswith("function_") for f in mine):
                texts |= {f: t for f, t in self._upper_parts(mine, above).items() if f not in texts}
        return texts

    @staticmethod
    def _upper_parts(mine: dict[str, str], above: dict[str, str]) -> dict[str, str]:
        """Give the parts of a code above the first that a line has itself."""
        order = GROUPS["function"][2:]
        first = next((n for n, f in enumerate(order) if f in mine), 0)
        return {f: above[f] for f in order[:first] if f in above}

    def _forget(self, own: dict[str, str]) -> None:
        """Where a line says something new, what stood to the right of it above holds no longer."""
        present = _groups(own)
        for group, fields in present.items():
            if self.last.get(group) == {f: own[f] for f in fields if f in own}:
                continue
            for other, column in self.order.items():
                if column > self.order.get(group, -1) and other not in present:
                    self.last.pop(other, None)

    def _remember(self, texts: dict[str, str], keys: dict[str, str]) -> None:
        for group, fields in _groups(texts).items():
            self.last[group] = {f: texts[f] for f in fields if f in texts}
        for field in LISTS:
            if field in keys:
                self.context[field] = keys[field]

    def _keys(self, row: Row, texts: dict[str, str]) -> tuple[dict[str, str], dict[str, str], list[Fault], list[str]]:
        keys: dict[str, str] = {}
        others: dict[str, str] = {}
        problems: list[Fault] = []
        notes: list[str] = []
        for group, name_of in (("unit", self.names.unit), ("project", self.names.project)):
            code, name = coded_and_named(texts, group)
            if code or name:
                keys[group] = name_of(code, name)
                others[f"@{group}_name"] = name
        for field in LISTS:
            cell, name = texts.get(field, ""), texts.get(f"{field}_name", "")
            coded = self.codes.coded(field, parts_of(texts, field), cell, name, self.context.get(field, ""))
            if coded.code:
                (keys if field in KEYS else others)[field] = coded.code
            if coded.note:
                notes.append(coded.note)
            if coded.problem:
                problems.append(Fault(coded.problem, place=row.place, hint=coded.hint))
        for field in WORDS:
            if field in texts:
                problems += self._word(row, field, texts[field], keys, others)
        others |= {f: texts[f] for f in ("id", *TEXTS) if f in texts}
        others["@kind"] = keys.get("kind", "")
        return keys, others, problems, notes

    def _word(self, row: Row, field: str, text: str, keys: dict[str, str], others: dict[str, str]) -> list[Fault]:
        """Put what a word means where it belongs; say so if nobody knows it."""
        if field == "tags":
            found = [
                meaning(field, t, self.profile.words.get(field)) for t in text.replace("，", "、").split("、") if t
            ]
            if None in found:
                return [unknown_word(field, text, row.place)]
            others[field] = "、".join(str(t) for t in found)
            return []
        said = meaning(field, text, self.profile.words.get(field))
        if said is None:
            return [unknown_word(field, text, row.place)]
        first, _sep, second = said.partition("/")
        if second:
            others.setdefault(_SECOND[field], second)
        (keys if field in KEYS else others)[field] = first
        return []

    @staticmethod
    def _blurred(row: Row) -> list[Fault]:
        hint = _("请在平台上按文本导出编码，或用 CSV 导出。")
        said = _("编码是 16 位以上的数字，Excel 已经丢了末几位")
        return [
            Fault(said, place=row.place, hint=hint) for f in row.blurred if f.endswith(("code", "id")) or f in GROUPS
        ]


def unknown_word(field: str, text: str, place: str) -> Fault:
    """Say that a word of a closed list is not known, and how to make it known."""
    said = _("{title}“{text}”不认识").format(title=_(TITLES[field]), text=text[:30])
    hint = _("可写：{words}；别的说法请在导入方案的 [words.{field}] 中约定。").format(
        words=_("、").join(words_of(field)), field=field
    )
    return Fault(said, place=place, hint=hint)


def _groups(fields: Iterable[str]) -> dict[str, Sequence[str]]:
    """Group fields by the fact they tell."""
    found: dict[str, Sequence[str]] = {}
    for field in fields:
        group = _GROUP.get(field, field)
        found.setdefault(group, GROUPS.get(group, (group,)))
    return found


def _may_be_named_so(row: Row) -> bool:
    """Tell whether a line that ends in a word for a total has as much besides as a fact has (a project called …小计)."""
    if not row.total:
        return False
    told = {_GROUP.get(f, f) for f, t in row.texts.items() if total_of(t) is None}
    return bool("economic" in told or {"fund", "kind"} <= told)


def _without_total(text: str) -> str:
    """Take the word for a total off a text: `示例局小计` is a total of 示例局, `小计` of nothing named."""
    of = total_of(text)
    return text if of is None else of
