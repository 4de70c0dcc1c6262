"""Titles of tables: which table of which form a printed line names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.keys import folded, tidy
from mingzhang.readback.likeness import bare, filled, slips

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.forms.pack import Pack

_LONGEST: Final = 60
_CONTINUED: Final = re.compile(r"[(（]?续表?\d*[)）]?$")
_SCOPE: Final = re.compile(r"\((?:不含|含|本年|上年|按)[^()]*\)$")
_ITEM: Final = re.compile(r"^(?:附[表件]?\d*[:：]?|\d{1,2}[.、．])")
_BEFORE_YEAR: Final = re.compile(r".*?(?=20\d\d年)")
_BUDGETS: Final = re.compile(r"预算|决算|支出|收入|收支|拨款|经费|[表与比和较同]$")
"""What stands before a year is no unit's name with such a word: 一般公共预算2024年支出表."""
_BETWEEN: Final = re.compile(r"[:：、.\-—\s]*")
# A slip of the pen takes such a word away; one that stands whole in a title means what it says.
_BRACKETED: Final = re.compile(r"(?:\([^()]*\))+$")
_INNER: Final = re.compile(r"\((?:含|包括)[^()]*\)(?=安排|的|支出)")
"""What a title says amid its words of the money that it covers: 财政拨款(含政府性基金预算)安排的…."""
_OF_WHOM: Final = re.compile(r"(?:部门|单位)(?:综合|收支)?预算(?:公开)?")
_MEANING: Final = re.compile(r"收入|支出|收支|决算|基金|国有|公共|拨款|项目|三公|机关运行|结转|本年|采购|绩效")
_OTHER_BUDGET: Final = re.compile(
    r"基金|国有|公共|项目|财政|专户|采购|经费|资产|绩效|收入|支出|基本|资金|专项|非税|经营|债务|人员|转移"
)


class Named(msgspec.Struct, frozen=True):
    """What one line names: table ids, the likeliest first (several only where they are equally likely)."""

    ids: tuple[str, ...]
    title: str
    number: str = ""
    slips: int = 0
    continued: bool = False


class TitleBook:
    """All titles that packs and lexicon give to tables, without their years."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        """Index the titles; a pack's own come before the lexicon's."""
        self._names: dict[str, list[str]] = {}
        for pack in packs:
            for table in pack.tables:
                for title in (table.title, *table.titles):
                    self._add(filled(title, None), table.id)
        for key, titles in lexicon().tables.items():
            for title in titles:
                self._add(title, key)

    def _add(self, title: str, key: str) -> None:
        name = bare(title)
        for spelled in dict.fromkeys((name, _SCOPE.sub("", name))):
            keys = self._names.setdefault(spelled, [])
            if key not in keys:
                keys.append(key)

    def named(self, text: str) -> Named | None:
        """Say which table a line names, forgiving an OCR slip or two; None if it names none."""
        if not text or len(text) > _LONGEST or "。" in text:
            return None
        number, title = divided(text)
        continued = _CONTINUED.search(tidy(title)) is not None
        name = _ITEM.sub("", bare(_CONTINUED.sub("", without_unit(tidy(title)))))
        if not name or not any(e in name for e in lexicon().around.title_ending):
            return None
        for spelled in dict.fromkeys((name, _SCOPE.sub("", name))):
            keys = self._names.get(spelled) or self._ending(spelled)
            if keys:
                return Named(tuple(keys), title, number, 0, continued)
        said = _by_its_parts(name)
        if said:
            return Named((said,), title, number, 0, continued)
        return self._nearest(name, title, number, continued=continued)

    def _ending(self, name: str) -> list[str]:
        """Find the longest title a line ends with, if what stands before it (a unit, a level) changes nothing."""
        for known in sorted(self._names, key=len, reverse=True):
            if name.endswith(known) and len(known) >= 4 and not _OTHER_BUDGET.search(name.removesuffix(known)):
                return self._names[known]
        return []

    def _nearest(self, name: str, title: str, number: str, *, continued: bool) -> Named | None:
        allowed = max(2, len(name) // 5)
        words = set(_MEANING.findall(name))
        near = [
            (n, k)
            for k in self._names
            if abs(len(k) - len(name)) <= 3 and words <= set(_MEANING.findall(k)) and (n := slips(name, k)) <= allowed
        ]
        if not near:
            return None
        least = min(n for n, _ in near)
        keys = dict.fromkeys(key for n, k in sorted(near) if n == least for key in self._names[k])
        return Named(tuple(keys), title, number, least, continued)

    def titles(self) -> Iterable[str]:
        """List every title known."""
        return self._names


def _by_its_parts(name: str) -> str:
    """Give the table that a title is by the words it is made of; "" if it is none that is known."""
    name = _INNER.sub("", name)
    scopes = _BRACKETED.search(name)
    plain, scope = (name[: scopes.start()], scopes[0]) if scopes is not None else (name, "")
    words = lexicon()
    for key, text in words.title_patterns.items():
        found = re.search(f"(?:{text})$", plain)
        if found is None or _OTHER_BUDGET.search(_OF_WHOM.sub("", plain[: found.start()])):
            continue
        denied = words.title_scopes.get(key)
        if denied is None or not scope or not re.search(denied, scope):
            return key
    return ""


def unscoped(name: str) -> str:
    """Give a title without what it says at its end of the money it covers: 不含上年结转."""
    return _SCOPE.sub("", bare(name))


def without_unit(title: str) -> str:
    """Give a title without the name of a unit before its year: `某局2024年收支总表` is called as `2024年收支总表`."""
    found = _BEFORE_YEAR.match(title)
    return title[found.end() :] if found is not None and not _BUDGETS.search(found[0]) else title


def unowned(title: str) -> str:
    """Give a bare title without the word of whose budget it is: a unit's tables are often called as its department's."""
    return title.removeprefix(next((w for w in lexicon().around.title_owner if title.startswith(w)), ""))


def divided(text: str) -> tuple[str, str]:
    """Divide a number label from the title behind it: `表一2023年预算收支总表`; either may be "".

    A label is one only if it is the whole line, or a title follows it.
    """
    plain = tidy(text)
    found = re.match(lexicon().around.number_label, folded(plain)[: len(plain)])
    if found is None or len(folded(plain)) != len(plain):
        return "", text.strip()
    rest = plain[found.end() :]
    # 表一2023年…: the digits of the year belong to the title.
    label = plain[: found.end()]
    year = re.search(r"(?:19|20)\d\d年", plain)
    if year is not None and year.start() < found.end() < year.end():
        label, rest = plain[: year.start()], plain[year.start() :]
    return label.rstrip(":："), rest[_BETWEEN.match(rest).end() :]  # type: ignore[union-attr]


def is_number_label(text: str) -> bool:
    """Tell whether a line is a number label and nothing else: `预算公开表1`, `表一`."""
    label, rest = divided(text)
    return bool(label) and not rest
