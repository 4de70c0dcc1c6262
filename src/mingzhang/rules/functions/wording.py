"""What sentences call things: items as the tables do, official names whole, amounts with their units."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import compress, islice, pairwise
from operator import eq
from typing import TYPE_CHECKING, Final

from mingzhang.forms.narrative import code_in
from mingzhang.model.finding import Evidence, Spot
from mingzhang.model.keys import folded
from mingzhang.rules.briefly import only_where
from mingzhang.rules.functions.titles import heads_of, place_of_head
from mingzhang.rules.names import is_one_slip
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import texts_in, texts_of, texts_where, words_together
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.texts import Text

_ITEM: Final = re.compile(
    r"(?P<upper>[^“”\"。；，]{2,40})[（(]类[）)](?P<group>[^“”\"。；，]{2,40})[（(]款[）)](?:(?P<item>[^“”\"。；，]{2,60}?)\s*[（(]项[）)])?"
)
_PIECES: Final = re.compile(r"[“”\"。；，]")
_CLASS: Final = re.compile(r"类[）)]")
_LENGTHS: Final = ((3, "upper"), (5, "group"), (7, "item"))
_AROUND: Final = '“" .、0123456789-—–－/>'
"""What may stand around a name: quotes, its number, and what joins it to the class above."""
_YEARS_BEFORE: Final = 6
_SENTENCE: Final = 14
_CLAUSE: Final = 9
_CLAUSES: Final = re.compile("[，；]")
_SHOWN: Final = 40
_AMOUNT: Final = r"\d[\d,]*(?:\.\d+)?\s*(?:亿元|万元|元)"
_SOME: Final = r"(?!0(?:\.0+)?\s*[%％亿万元])"
_NEARLY: Final = "(?:基本|大致|大体)"
_UNCHANGED: Final = re.compile(
    rf"(?:持平|一致|相同|无变化|没有变化)(?<!{_NEARLY}(?:持平|一致|相同))(?<!{_NEARLY}无变化)(?<!{_NEARLY}没有变化)(?:\s*{_AMOUNT}"
    rf"|[，,]\s*(?:增加|增长|上升|减少|下降)了?{_SOME}(?:{_AMOUNT}|\d[\d,]*(?:\.\d+)?\s*[%％]))|(?:增加|增长|减少|下降)了?(?:持平|无变化)"
)
_NO_CHANGE: Final = re.compile(
    r"(?:持平|一致|相同|变化)(?:(?=[，,]?\s*[\d增上减下])|(?<=[加长少降了]持平)|(?<=[加长少降了]无变化))"
)
"""Words of no change where an amount or a change may stand beside them."""

_POINTS: Final = re.compile(
    r"元[，,、]?\s*(?:同比|比上年|较上年)?(?:增长|下降|增加|减少|上升|降低)了?\s*\d[\d,]*(?:\.\d+)?\s*个?百分点"
)
_BUDGET: Final = re.compile(
    r"预算(?!执行|数)(?:公开|编制|总|表|收支|收入|支出|拨款支出|情况|说明|安排)(?![^，。；]{0,6}决算)"
)
_BARE: Final = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?\s*[万亿](?=[（(](?:不?含)[）)]|及?以[上下])")
_BARE_UNIT: Final = re.compile(r"[万亿](?:[（(]不?含[）)]|及?以[上下])")


def items(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the names of items in sentences with those that the tables print beside the same codes."""
    classed = _paragraphs_with_classes(figures) if _CLASS.search(words_together(figures)) else set()
    named = [(n, s) for n, s in figures.said.items() if id(s.paragraph) in classed] if classed else []
    amounts = [(n, code, s) for n, s in named if (code := code_in(s.slot.key))]
    labels = _labels(figures.disclosure, {code for _, code, _ in amounts})
    seen = False
    told: set[tuple[str, str, str]] = set()
    for name, code, said in amounts:
        if said.slot.figure is None or code not in labels:
            continue
        found = _last_item(said.paragraph.text[: said.slot.at])
        if found is None:
            continue
        seen = True
        for length, level in _LENGTHS:
            stated, printed = (found[level] or "").strip(_AROUND), labels.get(code[:length], ())
            if length > len(code) or not stated or not printed or stated in printed:
                continue
            if folded(stated) in map(folded, printed):
                continue
            if level == "upper" and folded(stated).endswith(tuple(map(folded, printed))):
                continue  # what stands before a name is its number, or the words that lead to it
            wanted = printed[0]
            if (said.paragraph.text, stated, wanted) in told:
                continue  # a sentence may state several amounts of one item
            told.add((said.paragraph.text, stated, wanted))
            spot = next(t for t in texts_of(figures) if t.words == said.paragraph.text).spot(said.sentence)
            slip = Told(
                f"说明写的科目名称“{stated}”，表内是“{wanted}”。",
                f"A sentence calls the item {stated!r}, the tables {wanted!r}.",
                (spot,),
                expected=wanted,
                actual=stated,
                evidence=(Evidence(spot, name, "", "item"),),
            )
            yield violated(rule, slip)
    yield passed(rule) if seen else undecided(rule, "说明没有按科目写", "no sentence names an item")


def _paragraphs_with_classes(figures: Figures) -> set[int]:
    return {id(p) for section in figures.disclosure.sections for p in section.paragraphs if "类" in p.text}


def _last_item(text: str) -> re.Match[str] | None:
    """Find the last item that a text names; no name of one goes on beyond a comma, a stop or a quote."""
    for piece in reversed(_PIECES.split(text)):
        found = list(_ITEM.finditer(piece)) if "类" in piece else []
        if found:
            return found[-1]
    return None


def own_kind(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find words by which a document of another kind calls itself."""
    others = () if figures.pack is None else figures.pack.defaults.get("not_called", ())
    if not others:
        yield undecided(rule, "表样没有规定自称", "the form does not say what a document calls itself")
        return
    found = re.compile("|".join(map(re.escape, others)))
    texts = texts_where(figures, found, part="written")
    yield from each_place(rule, figures, texts, lambda t: found.finditer(t.words), "自称与文件类别不符")


def terms(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find official names with one character too many, too few or another."""
    names = tuple(words("terms")["official"])
    pattern = re.compile(words("terms")["shape"])

    def slips(text: Text) -> Iterator[re.Match[str]]:
        for found in pattern.finditer(text.words):
            if _is_slip(found[0], names):
                yield found

    named = {found[0] for found in pattern.finditer(words_together(figures, "written"))}
    wrong = any("\0" in name or _is_slip(name, names) for name in named)
    texts = texts_where(figures, pattern, part="written") if wrong else ()
    yield from each_place(rule, figures, texts, slips, "规范名称有误")


def unchanged(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find amounts right behind the words of no change."""
    texts = texts_where(figures, _NO_CHANGE, part="written")
    yield from each_place(rule, figures, texts, lambda t: _UNCHANGED.finditer(t.words), "没有变动，却写了增减")


def bare_amounts(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find amounts that lack their 元."""
    texts = texts_where(figures, _BARE_UNIT, part="written")
    yield from each_place(rule, figures, texts, lambda t: _BARE.finditer(t.words), "金额缺少“元”字")


def points(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find the change of an amount in percentage points, which are of shares alone."""
    texts = texts_where(figures, _POINTS, part="written")
    yield from each_place(rule, figures, texts, lambda t: _POINTS.finditer(t.words), "金额的增减幅度写成百分点")


def final_accounts(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find final accounts of the document's own year in a budget; those of earlier years, and whose duty they are, may be told."""
    document = figures.disclosure
    if not document.kind.endswith("_budget") or document.year is None:
        yield undecided(rule, "不是预算，或年度不明", "not a budget, or its year is not known")
        return
    pattern = re.compile(words("hygiene")["final_accounts"])
    texts = texts_where(figures, pattern, part="written") if _calls_itself_budget(figures) else ()
    years = [str(document.year - n) for n in range(1, _YEARS_BEFORE)] if texts else []
    earlier = re.compile("|".join((*words("years")["earlier"], *years)))
    made = re.compile("|".join(words("hygiene")["accounts_made"]))

    def own(text: Text) -> Iterator[re.Match[str]]:
        for found in pattern.finditer(text.words):
            start = max(text.words.rfind(mark, 0, found.start()) for mark in "。；")
            clause = max(start, text.words.rfind("，", 0, found.start()))
            is_duty = made.search(text.words, clause + 1, found.start()) is not None
            if earlier.search(text.words, start + 1, found.start()) is None and not is_duty:
                yield found

    yield from each_place(rule, figures, texts, own, "预算文件写成决算")
    for spot, said in _called_final(figures, document.year) if _calls_itself_budget(figures) else ():
        told = Told(
            f"预算文件写成决算：“{said}”。",
            f"A budget calls itself final accounts: {said!r}.",
            (spot,),
            actual=said,
            evidence=(Evidence(spot, said, "", "text"),),
        )
        yield violated(rule, told)


def _called_final(figures: Figures, year: int) -> Iterator[tuple[Spot, str]]:
    """Give the lines of the cover, and the titles and heads of tables, that call this year's budget final accounts."""
    final, document = re.compile(rf"{year}\s*年度?[^，。]{{0,30}}决算"), figures.disclosure
    for line in document.publication.cover:
        if "决算" in line and "预算" not in line:
            yield Spot(section="cover", sentence=line), line.strip()
    for entry in (*document.publication.parts, *document.publication.contents):
        if "决算" in entry.text and "预算" not in entry.text and final.search(entry.text):
            place = entry.place
            yield (
                Spot(
                    section="parts",
                    sentence=entry.text,
                    page=place.page if place else None,
                    line=place.line if place else None,
                ),
                entry.text.strip(),
            )
    for table in document.tables if f"{year}" in heads_of(figures) and "决算" in heads_of(figures) else ():
        heads = [h.text for row in table.head for h in row] or [c.header for c in table.columns]
        found = next((h for h in heads if final.search(h) and "预算" not in h), "")
        if found:
            place = place_of_head(table, found)
            yield (
                Spot(table=table.id, page=place.page if place else None, line=place.line if place else None),
                found.strip(),
            )


def _calls_itself_budget(figures: Figures) -> bool:
    """Tell whether anything in a document says that it is a budget: a page cut out of one may be of final accounts."""
    titles = [t.title for t in figures.disclosure.tables]
    headings = [s.heading for s in figures.disclosure.sections]
    return any(map(_BUDGET.search, ("\0".join(titles + headings), words_together(figures))))


def _some_repeated(figures: Figures) -> bool:
    """Tell whether a sentence of the written part stands twice in a row."""
    plain = "".join(words_together(figures, "written").split()).replace("\0", "。\0。")
    clauses = plain.replace("，", "。").replace("；", "。")
    return _stands_twice(plain.split("。"), _SENTENCE) or _stands_twice(clauses.split("。"), _CLAUSE)


def _stands_twice(pieces: Sequence[str], length: int) -> bool:
    """Tell whether a piece of some length is the one before it."""
    following = islice(pieces, 1, None)
    return any(len(p) >= length for p in compress(pieces, map(eq, pieces, following)))


@only_where(_some_repeated)
def repeated(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find sentences that a paragraph prints twice in a row: two items may have one reason, each behind its own amount."""
    seen = False
    for text in texts_in(figures, "written"):
        sentences = [s.strip() for s in text.words.split("。")]
        seen = seen or any(len(s) >= _SENTENCE for s in sentences)
        again = Counter(s for before, s in pairwise(sentences) if s == before and len(s) >= _SENTENCE)
        for sentence in sentences:
            clauses = [c.strip() for c in _CLAUSES.split(sentence)]
            again.update(c for before, c in pairwise(clauses) if c == before and len(c) >= _CLAUSE)
        for sentence, more in again.items():
            spot = text.spot(sentence)
            told = Told(
                f"同一句话接连出现{more + 1}次：“{sentence[:_SHOWN]}…”。",
                f"A sentence stands {more + 1} times in a row: {sentence[:_SHOWN]!r}.",
                (spot,),
                actual=sentence[:_SHOWN],
                evidence=(Evidence(spot, sentence[:_SHOWN], "", "text"),),
            )
            yield violated(rule, told)
    yield passed(rule) if seen else undecided(rule, "没有读到说明", "the written part was not found")


@lru_cache(1024)
def _is_slip(name: str, names: tuple[str, ...]) -> bool:
    """Tell whether a name is none of those given and one character from one of them; 的 between its words is no slip."""
    return name not in names and name.replace("的", "") not in names and any(is_one_slip(name, n) for n in names)


def _labels(document: Disclosure, codes: set[str]) -> dict[str, list[str]]:
    """Give the names of functional codes, and of those above them, as the tables print them, the first table's first."""
    wanted = {code[:n] for code in codes for n in range(3, len(code) + 1)}
    out: dict[str, list[str]] = {}
    for table in document.tables if wanted else ():
        if table.id not in {"basic_economic", "fund_income"}:
            for row in table.rows:
                if row.code in wanted and row.label:
                    out.setdefault(row.code, []).append(row.label)
    return out


def each_place(
    rule: Rule,
    figures: Figures,
    texts: Iterable[Text],
    find: Callable[[Text], Iterable[re.Match[str]]],
    what: str,
) -> Iterator[Result]:
    """Report each place of the written part at which something is found; `texts` are those where it may be."""
    for text in texts:
        found = list(find(text))
        if found:
            shown = text.around(found[0].start(), found[0].end())
            spot = text.spot(shown)
            named = "、".join(f"“{m[0].strip()}”" for m in {m[0]: m for m in found}.values())
            told = Told(
                f"{what}：{named}，…{shown}…",
                f"{rule.en.rstrip('.')}: {found[0][0]!r} in {shown!r}.",
                (spot,),
                actual=found[0][0].strip(),
                evidence=tuple(Evidence(spot, m[0].strip(), "", "text") for m in found),
            )
            yield violated(rule, told)
    seen = texts_in(figures, "written")
    yield passed(rule) if seen else undecided(rule, "没有读到说明", "the written part was not found")
