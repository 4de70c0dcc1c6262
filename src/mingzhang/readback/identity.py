"""Whose document it is, of which year and kind, and on which form it was made."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.forms.pack import Pack
from mingzhang.model.keys import folded, tidy
from mingzhang.model.language import gettext as _
from mingzhang.readback.likeness import bare, filled, likeness
from mingzhang.readback.marks import sole_text
from mingzhang.readback.titles import unowned, without_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mingzhang.model.page import Line
    from mingzhang.readback.drafts import Block

_YEAR: Final = re.compile(r"(?<![比较与同])(?<![比较与同]\s)(20[0-4]\d)\s*年")
_BUDGET: Final = re.compile(
    r"(?<![比较与同])(?<![比较与同]\s)(20[0-4]\d)\s*年?(?:度)?[^。，；]{0,24}(?:预算|决算|报表)"
)
_TITLE: Final = re.compile(
    r"(?:关于)?(?:20\d\d年?度?)?(?:的)?(?:部门|单位|本级)(?:财政|财务|综合|收支)*(?:预算|决算)"
    r"|(?:关于)?20\d\d年?度?(?:的)?(?:财政|财务|综合|收支)*(?:预算|决算)|(?:预算|决算)(?:信息)?(?:公开|编制)?(?:情况)?(?:的)?(?:说明|报告|文本)?$"
)
_ANY_YEAR: Final = re.compile(r"20\d\d")
_WHOLE_TITLE: Final = re.compile(
    rf"(?:{_TITLE.pattern})(?:信息|公开|编制|情况|说明|报告|报表|表格|表|文本|目录|及|和|的|\"?三公\"?经费|\([^()]*\))*$"
)
_BULLETS: Final = "•·●○*- "
_CHROME: Final = re.compile(
    r"[!！•:：。|]|\d{6}|^附件\d*$|欢迎|首页|打印|分享|字[号体]|浏览|无障碍|长者|适老|语音|登录|索引|主题|体裁|[发成]文|发布|标题|有效|来源|日期|网站|门户|收藏|设为|当前位置|^[A-Za-z]+$"
)
_OFFICE: Final = re.compile(
    r"(?:局|厅|委|院|校|学|园|府|处|所|站|馆|会|队|中心|办|部|社|室|团|场|公司|集团)(?:[(（][^()（）]*[)）])?$"
)
_LEADING_YEAR: Final = re.compile(r"^(?:关于)?20\d\d年?度?(?:的)?")
_LABEL: Final = re.compile(r"^(?:标题|名称|信息名称)[:：]")
_PART: Final = re.compile(r"^第[一二三四五六七八九十\d]+部分[、:：.]?")
_NUMBERED: Final = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．]|表")
_PROFILE: Final = re.compile(r"(?:基本|部门|单位)?(?:概况|情况)$")
_NOT_A_NAME: Final = re.compile(r"预算|决算|情况|说明|本部门|本单位|部门$|^单位|公开|收支|职[责能]|名词|[，。；]")
_SHORTEST_NAME: Final = 4
_SENTENCE: Final = re.compile(r"[，。；]")
_LONGEST_NAME: Final = 40
_FIRST: Final = 12
_LONGEST_TITLE: Final = 60
_AMOUNT: Final = re.compile(r"\d(?:万|亿)?元")
_BUDGET_WORD: Final = re.compile(r"预算|决算|三公|机关运行经费")
_AGAIN: Final = 3
_CODE: Final = re.compile(r"(?P<code>\d{3,9})\s*[-—–－]\s*(?P<name>\S+)")
_HEAVY: Final = 5
_TITLES: Final = 3.0
_OTHER_FORM: Final = 1.0
_CLOSE: Final = 0.3
_FITS: Final = 0.3


class Choice(msgspec.Struct, frozen=True):
    """The form pack a document fits best, whether it fits at all, and what is not sure about it."""

    pack: Pack
    fits: bool
    doubts: tuple[str, ...] = ()


class Ranked(msgspec.Struct, frozen=True):
    """How well one pack fits a document: the share of printed titles that are its own, and how near its years are."""

    pack: Pack
    fit: float
    near: float

    @property
    def score(self) -> float:
        """Give both in one number, titles first."""
        return _TITLES * self.fit + self.near


def year_of(lines: Sequence[Line]) -> int | None:
    """Give the year most often named in short lines, titles and headings first, else the first in a text about a budget."""
    count = years_of(lines)
    if not count:
        said = (found for x in lines if _BUDGET_WORD.search(sole_text(x)) and (found := _YEAR.search(sole_text(x))))
        return next((int(found[1]) for found in said), None)
    return max(count, key=lambda y: (count[y], y))


def years_of(lines: Iterable[Line]) -> Counter[int]:
    """Count how often years are named in short lines; one of a budget counts several times."""
    count: Counter[int] = Counter()
    for line in lines:
        text = sole_text(line)
        if not text or len(text) > 60:
            continue
        found = _BUDGET.search(text)
        if found is not None:
            count[int(found[1])] += _HEAVY
        for year in _YEAR.findall(text):
            count[int(year)] += 1
    return count


def chosen_pack(
    packs: Sequence[Pack], titles: Iterable[str], year: int | None, agrees: Callable[[Pack], bool] = lambda _pack: True
) -> Choice:
    """Choose the pack whose titles the document prints, and among those the one whose years are nearest.

    A document that prints few titles of any pack, or whose tables do not agree with a form that calls its own alike
    (`agrees`), is read by the words of a fallback pack.
    """
    ranked = ranked_packs(packs, titles, year, agrees)
    fit, near, pack = ranked[0].fit, ranked[0].near, ranked[0].pack
    doubts = []
    if fit < _FITS:
        doubts.append(_("没有合适的表样包，表名和栏目按通用词语认定"))
    elif year is not None and year not in pack.years:
        years = _("、").join(map(str, pack.years))
        doubts.append(_("没有{year}年的表样包，按{years}年的“{pack}”读").format(year=year, years=years, pack=pack.id))
    for other in ranked[1:]:
        close = _TITLES * fit + near - other.score < _CLOSE
        if fit >= _FITS and other.pack.place != pack.place and close:
            doubts.append(_("也可能是表样包“{pack}”").format(pack=other.pack.id))
    return Choice(pack, fit >= _FITS, tuple(doubts))


def ranked_packs(
    packs: Sequence[Pack], titles: Iterable[str], year: int | None, agrees: Callable[[Pack], bool] = lambda _pack: True
) -> list[Ranked]:
    """Rank the packs by how well they fit; where none does, or none agrees with the tables, a fallback comes first."""
    printed = {bare(without_unit(t)) for t in titles}
    ranked = [Ranked(p, _fit(p, printed), _nearness(p, year)) for p in packs]
    ranked.sort(key=lambda r: (r.fit, r.near, r.pack.id), reverse=True)
    ranked.sort(key=lambda r: r.score, reverse=True)
    while ranked[0].fit >= _FITS and not agrees(ranked[0].pack):
        ranked = [*ranked[1:], msgspec.structs.replace(ranked[0], fit=0.0)]
    if ranked[0].fit < _FITS:
        ranked.sort(key=lambda r: r.pack.fallback, reverse=True)
    return ranked


def _fit(pack: Pack, printed: set[str]) -> float:
    """Give the share of printed titles that are the pack's; one of another year's form, or of another office, counts less."""
    score = 0.0
    free = {unowned(t) for t in printed}
    for table in pack.tables:
        main = bare(filled(table.title, None))
        others = {bare(filled(t, None)) for t in table.titles}
        owned = {unowned(t) for t in (main, *others)}
        score += 1.0 if main in printed else 0.8 if others & printed else 0.6 if owned & free else 0.0
    return min(score / max(len(printed), 1), 1.0)  # two tables may stand under one title


def _nearness(pack: Pack, year: int | None) -> float:
    if year is None or year in pack.years:
        return _OTHER_FORM
    return 0.5 * _OTHER_FORM / min(1 + abs(year - y) for y in pack.years)


def unit_of(
    blocks: Sequence[Block], cover: Sequence[Line], packs: Sequence[Pack], headings: Iterable[str] = ()
) -> tuple[str, tuple[str, ...]]:
    """Give the unit's name, as most tables print it, else as the cover does, else as headings do; and what is not sure."""
    count = Counter(b.unit_name for b in blocks if b.unit_name)
    if not count:
        found = cover_name(cover, packs) or name_in_headings(headings)
        return found, (() if found else (_("没有找到单位名称"),))
    name = max(count, key=lambda n: (count[n], len(n)))
    others = sorted(n for n in count if n != name and likeness(n, name) < 0.9)
    return name, tuple(_("有的表印的单位是“{name}”").format(name=n) for n in others)


def cover_name(cover: Sequence[Line], packs: Sequence[Pack]) -> str:
    """Join the lines of the cover above the document's title, where a long name is broken; or read `…部门：名称`."""
    titles = {bare(filled(p.title, None)) for p in packs}
    label = re.compile(rf"(?:{'|'.join(lexicon().around.unit_name)}|主管部门)[:：](?P<name>.+)")
    short = (t for x in cover if len(t := tidy(sole_text(x))) <= _LONGEST_NAME and not _SENTENCE.search(t))
    labelled = (found["name"] for text in short if (found := label.search(text)) is not None)
    named = next((n for n in labelled if n not in lexicon().units["names"]), "")
    if named:
        return named
    parts: list[str] = []
    for line in cover:
        text = tidy(sole_text(line)).lstrip(_BULLETS)
        if _PART.match(text) or _NUMBERED.match(text) or _SENTENCE.search(text):
            break
        titled = _LABEL.match(text)
        if titled is not None:
            return name_before_title(text[titled.end() :])
        dated = re.search(r"20\d\d年", folded(text)) is not None and len(text) <= _LONGEST_NAME
        if bare(text) in titles or _WHOLE_TITLE.search(folded(text)) or dated:
            name = name_before_title(text)
            if name or parts:
                return name if len(name) > _SHORTEST_NAME and not _is_rest(parts) else "".join((*parts, name))
        elif text and not _CHROME.search(text):
            parts.append(text)
    return ""


def _is_rest(parts: Sequence[str]) -> bool:
    """Tell whether what stands above a name is its beginning: a place, without the office that would end it."""
    return bool(parts) and _OFFICE.search(parts[-1]) is None


def name_before_title(text: str) -> str:
    """Give the name in a document's title: `某局2024年部门预算公开`, `2024年某局单位预算`, `某局关于2024年部门预算的说明`."""
    plain = tidy(text)
    same_length = folded(plain) if len(folded(plain)) == len(plain) else plain
    found = list(_TITLE.finditer(same_length))
    if found:
        plain = plain[: found[-1].start()]
    elif plain.endswith(lexicon().around.title_ending):
        return ""
    return re.sub(r"^(?:关于)?|关于$|的$", "", _LEADING_YEAR.sub("", plain)) if plain else ""


def name_in_headings(texts: Iterable[str]) -> str:
    """Give the name that stands most often in headings: `第一部分 某局概况`, `第二部分 某局2024年部门预算表`."""
    count: Counter[str] = Counter()
    for text in texts:
        plain = _PART.sub("", tidy(text).lstrip(_BULLETS))
        if _NUMBERED.match(plain):
            continue
        titled = _WHOLE_TITLE.search(folded(plain)) is not None
        name = name_before_title(plain) if titled else _PROFILE.sub("", plain) if _PROFILE.search(plain) else ""
        if len(name) >= _SHORTEST_NAME and not _NOT_A_NAME.search(name):
            count[name] += 1
    return max(count, key=lambda n: (count[n], -len(n))) if count else ""


def kind_of(texts: Iterable[str], unit_name: str) -> tuple[str, str]:
    """Tell kind and scope from titles and headings: a budget, a department's or a unit's, or final accounts.

    The scope is that of the whole department, its own office, or one unit.
    """
    words = lexicon().scope
    count: Counter[str] = Counter()
    for printed in texts:
        text = folded(printed)
        if not text or len(text) > 40 or not _YEAR.search(text):
            continue
        for kind in ("unit_budget", "department_budget", "unit_accounts", "department_accounts"):
            count[kind] += any(w in text for w in words[kind])
        count["budget"] += any(w in text for w in words["budget"])
        count["final_accounts"] += any(w in text for w in words["final_accounts"])
    final = count["final_accounts"] > count["budget"]
    of_unit = "unit_accounts" if final else "unit_budget"
    single = count[of_unit] > count["department_accounts" if final else "department_budget"]
    kind = "final_accounts" if final else "unit_budget" if single else "department_budget"
    own = re.search(rf"(?:[(（](?:{'|'.join(words['own_office'])})[)）]|本级|本部)$", unit_name) is not None
    if own:
        return kind, "own_office"
    return kind, "unit" if single else "aggregate"


def is_title(text: str) -> bool:
    """Tell whether a text is, at its end, the title of a budget or of final accounts."""
    return _WHOLE_TITLE.search(folded(text)) is not None


def states_budget(lines: Sequence[Line]) -> bool:
    """Tell whether words without any table or part are of a disclosure: titled so, or amounts of a budget stated again and again."""
    titled = any(_TITLE.search(folded(sole_text(x))) for x in lines[:_FIRST] if len(sole_text(x)) <= _LONGEST_TITLE)
    amounts = sum(len(_AMOUNT.findall(t)) for x in lines if _BUDGET_WORD.search(t := folded(x.text)))
    named = [t for x in lines[:_FIRST] if _WHOLE_TITLE.search(folded(t := sole_text(x)))]
    whose = any(name_before_title(t) and _ANY_YEAR.search(t) for t in named)
    return whose or amounts >= (1 if titled else _AGAIN)


def unit_code_of(lines: Iterable[Line], unit_name: str) -> str:
    """Find the unit's code where forms print it before its name: `618-…服务中心`."""
    count: Counter[str] = Counter()
    for line in lines:
        for cell in line.cells:
            found = _CODE.fullmatch(tidy(cell.text))
            if found is not None and likeness(found["name"], unit_name) > 0.9:
                count[found["code"]] += 1
    return max(count, key=lambda c: (count[c], c)) if count else ""
