"""Defects of the written part: amounts, shares, directions, items, reasons, words that contradict the tables."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from defects import Defect, Edit, kind
from defects_of_tables import amounts_of, changed_character

from mingzhang.model.figure import spell
from mingzhang.rules.engine import pack_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defects import Printed

    from mingzhang.model.disclosure import Paragraph, Slot

_CHANGED: Final = re.compile(r"(?P<word>增加|减少|增长|下降)(?P<amount>\d[\d,]*(?:\.\d+)?)万元")
_RATED: Final = re.compile(r"(?P<amount>\d[\d,]*\.\d+)万元[，,](?P<word>增长|下降|减少|增加)(?P<rate>\d[\d,.]*)%")
_UNCHANGED: Final = re.compile(r"与上年(?:预算数?)?(?:相同|持平|一致)|和上年(?:相同|持平)|持平")
_SHARE: Final = re.compile(r"[，,]占(?:[^，,；;。%\d]{0,12})?(?P<share>\d[\d.]*)%")
_REASON: Final = re.compile(
    r"[，,](?:主要)?原因(?:是|为)[^。；]{6,}(?=[。；])|[，,]主要(?:是|由于)[^。；]{6,}(?=[。；])"
)
_SEPARATED: Final = re.compile(r"(?:[^；;。:：]+?[\d,]+\.\d+万元[^；;。]*)(?:；|;)")


def _slots(p: Printed) -> Iterator[tuple[Paragraph, Slot]]:
    for _section, paragraph, _line in p.paragraphs:
        for slot in paragraph.slots:
            if slot.figure is not None and slot.figure.printed and slot.key:
                yield paragraph, slot


def _amounts_in(paragraph: Paragraph) -> list[Slot]:
    return [
        s for s in paragraph.slots if s.figure is not None and s.figure.unit == "万元" and s.figure.digits and s.key
    ]


def _replaced(p: Printed, paragraph: Paragraph, slot: Slot, printed: str, *words: str) -> Defect | None:
    assert slot.figure is not None
    stop = slot.at + len(slot.figure.printed)
    if paragraph.text[slot.at : stop] != slot.figure.printed:
        return None
    return p.within(paragraph, slot.at, stop, printed, printed, slot.figure.plain, *words)


@kind("amount ten times as much", "error")
def tenfold(p: Printed) -> Iterator[Defect | None]:
    for paragraph, slot in _slots(p):
        figure = slot.figure
        if figure is not None and figure.unit == "万元" and figure.digits and figure.places == 2:
            yield _replaced(p, paragraph, slot, spell(figure.digits * 10, 2, grouped="," in figure.printed))


@kind("amount of another item", "error")
def other_item(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        own = _amounts_in(paragraph)
        for one, other in itertools.pairwise(own):
            if one.figure.digits != other.figure.digits:  # type: ignore[union-attr]
                yield _replaced(p, paragraph, one, other.figure.printed)  # type: ignore[union-attr]


@kind("万元 printed as 元", "error")
def wrong_unit(p: Printed) -> Iterator[Defect | None]:
    for paragraph, slot in _slots(p):
        figure = slot.figure
        assert figure is not None
        stop = slot.at + len(figure.printed)
        if figure.unit == "万元" and figure.digits and paragraph.text[stop : stop + 2] == "万元":
            yield p.within(paragraph, stop, stop + 2, "元", figure.plain)


@kind("direction of a change the other way", "error")
def other_direction(p: Printed) -> Iterator[Defect | None]:
    turned = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
    for _section, paragraph, _line in p.paragraphs:
        for found in _CHANGED.finditer(paragraph.text):
            if found["amount"].strip("0.,"):
                yield p.within(paragraph, *found.span("word"), turned[found["word"]])


@kind("rate's direction against the amount's", "error")
def other_rate_word(p: Printed) -> Iterator[Defect | None]:
    turned = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
    for _section, paragraph, _line in p.paragraphs:
        for found in _RATED.finditer(paragraph.text):
            yield p.within(paragraph, *found.span("word"), turned[found["word"]])


@kind("no change said where there is one", "error")
def said_unchanged(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        for found in re.finditer(
            r"(?:比|较)上年(?:预算)?(?P<rest>(?:增加|减少)\d[\d,.]*万元(?:[，,](?:增长|下降)\d[\d.,]*%)?)",
            paragraph.text,
        ):
            yield p.within(paragraph, found.start(), found.end(), "与上年持平", "持平", "上年")


@kind("no change said and an amount behind it", "warning")
def unchanged_amount(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        for found in _UNCHANGED.finditer(paragraph.text):
            yield p.within(paragraph, found.end(), found.end(), "3.20万元", "3.20")


@kind("rate of another base", "error")
def other_base(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        for found in _RATED.finditer(paragraph.text):
            rate = int(found["rate"].replace(",", "").replace(".", ""))
            places = len(found["rate"].partition(".")[2])
            whole = 100 * 10**places
            wrong = (
                rate * whole // (whole + rate)
                if found["word"] in {"增长", "增加"}
                else rate * whole // max(1, whole - rate)
            )
            if abs(wrong - rate) > 2:
                yield p.within(
                    paragraph,
                    *found.span("rate"),
                    spell(wrong, places, grouped=False),
                    spell(wrong, places, grouped=False),
                )


@kind("share of another item", "error")
def other_share(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        own = list(_SHARE.finditer(paragraph.text))
        for one, other in itertools.pairwise(own):
            if one["share"] != other["share"]:
                yield p.within(paragraph, *one.span("share"), other["share"], other["share"], one["share"])


@kind("share missing", "error")
def no_share(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        own = list(_SHARE.finditer(paragraph.text))
        for found in own if len(own) > 2 else ():
            yield p.within(paragraph, found.start(), found.end(), "")


@kind("item twice in a sentence", "warning")
def item_twice(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        for found in _items(paragraph):
            yield p.within(paragraph, found.end(), found.end(), found[0])


@kind("item left out of a sentence", "warning")
def item_missing(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        for found in _items(paragraph):
            yield p.within(paragraph, found.start(), found.end(), "")


@kind("items in another order", "hint")
def items_moved(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        own = _items(paragraph)
        for one, other in itertools.pairwise(own):
            if one.end() == other.start():
                yield p.within(paragraph, one.start(), other.end(), other[0] + one[0])


def _items(paragraph: Paragraph) -> list[re.Match[str]]:
    found = [m for m in _SEPARATED.finditer(paragraph.text) if "占" in m[0] or "支出" in m[0]]
    return found if len(found) > 2 else []


@kind("item's name with another character in a sentence", "warning")
def item_slip(p: Printed) -> Iterator[Defect | None]:
    labels = {r.label for t in p.document.tables for r in t.rows if r.code and len(r.label) > 5}
    for _section, paragraph, _line in p.paragraphs:
        for label in sorted(labels):
            start = paragraph.text.find(label)
            if start >= 0 and "万元" in paragraph.text:
                wrong = changed_character(label)
                yield p.within(paragraph, start, start + len(label), wrong, wrong, label)


@kind("official name with a slip", "warning")
def term_slip(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        for right, wrong in (
            ("公务用车运行", "公务车用车运行"),
            ("公务用车购置", "公务车购置"),
            ("公务接待费", "公务招待费"),
            ("因公出国（境）", "因公出国（镜）"),
        ):
            start = paragraph.text.find(right)
            if start >= 0:
                yield p.within(paragraph, start, start + len(right), wrong, wrong, wrong[:4])


@kind("large change without a reason", "hint")
def no_reason(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        for found in _REASON.finditer(paragraph.text):
            if re.search(r"(?:增加|减少)[1-9][\d,.]*万元", paragraph.text[: found.start()]):
                yield p.within(paragraph, found.start(), found.end(), "")


@kind("reason broken off", "warning")
def reason_cut(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        for found in re.finditer(r"(?:主要)?原因(?:是|为)|主要(?:是|由于)", paragraph.text):
            yield p.within(paragraph, found.end(), len(paragraph.text), "")


@kind("sentence cut in the middle", "warning")
def cut(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        for found in re.finditer(r"(?:，|、|和|及|与|的|对|为|由)(?=[一-鿿]{3,}[^。；]*。$)", paragraph.text):
            if found.end() > 40:
                yield p.within(paragraph, found.end(), len(paragraph.text), "")


@kind("sentence printed twice", "warning")
def sentence_twice(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        found = re.search(r"[^。]{20,}。$", paragraph.text)
        if found is not None:
            yield p.within(paragraph, found.end(), found.end(), found[0], found[0][:10])


@kind("unit's name with a wrong character in a sentence", "warning")
def name_slip(p: Printed) -> Iterator[Defect | None]:
    name = p.document.unit_name
    for _section, paragraph, _line in p.paragraphs:
        start = paragraph.text.find(name) if len(name) > 5 else -1
        if start >= 0:
            wrong = changed_character(name)
            yield p.within(paragraph, start, start + len(name), wrong, wrong)


@kind("another year in a sentence", "warning")
def other_year(p: Printed) -> Iterator[Defect | None]:
    year = p.document.year or 0
    for _section, paragraph, _line in p.paragraphs:
        for found in re.finditer(rf"(?:^|。){year}年(?=[^。；]*(?:预算|安排)[^。；]*万元)", paragraph.text):
            start = found.end() - 5
            yield p.within(paragraph, start, start + 4, str(year - 1), str(year - 1))


@kind("words of final accounts in a budget", "warning")
def final_words(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        for right, wrong in (
            ("收入预算", "收入决算"),
            ("支出预算", "支出决算"),
            ("收支预算", "收支决算"),
            ("预算总额", "决算总额"),
            ("“三公”经费预算", "“三公”经费决算"),
        ):
            start = paragraph.text.find(right)
            if start >= 0:
                yield p.within(paragraph, start, start + len(right), wrong, "决算")


@kind("none said of what a table has", "error")
def none_said(p: Printed) -> Iterator[Defect | None]:
    names = {"fund_spending": "政府性基金预算", "state_capital": "国有资本经营预算", "three_public": "“三公”经费"}
    for table in p.document.tables:
        name = names.get(table.id)
        last = next(
            (
                n
                for s, q, n in reversed(p.paragraphs)
                if s.key in {"general_structure", "three_public", "basic", "fiscal"}
            ),
            0,
        )
        if name and amounts_of(table) and last:
            unit = p.document.unit_name
            yield p.added(last, "", f"{p.document.year}年{unit}没有使用{name}拨款安排的支出。", words=(name,))


@kind("a section missing", "warning")
def no_section(p: Printed) -> Iterator[Defect | None]:
    written = [s for s in p.document.sections if s.part == "written" and s.place is not None and s.level == 1]
    for one, after in itertools.pairwise(written):
        first, last = (one.place.line or 0, (after.place.line or 0) - 1) if one.place and after.place else (0, 0)
        name = re.sub(r"^[一二三四五六七八九十]+、", "", one.heading)
        forms = any(f.first and first <= (f.first.line or 0) <= last for f in p.document.project_forms)
        if name and first and not forms and one.key not in {"performance", "other"}:
            yield Defect((Edit(first, last - first + 1, ()),), (name[:6],), elsewhere=True)


def _called(p: Printed) -> bool:
    """Tell whether the form says what a document of its kind does not call itself."""
    pack = pack_of(p.document)
    return pack is not None and bool(pack.defaults.get("not_called"))


@kind("单位 said in a department's document", "warning")
def own_kind(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        for right, wrong in (("本部门", "本单位"), ("我部门", "我单位")):
            start = paragraph.text.find(right)
            if start >= 0 and _called(p):
                yield p.within(paragraph, start, start + len(right), wrong, wrong)


@kind("parts of procurement not its sum", "error")
def procurement(p: Printed) -> Iterator[Defect | None]:
    for paragraph, slot in _slots(p):
        figure = slot.figure
        if slot.key.startswith("procurement_") and figure is not None and figure.digits and figure.unit == "万元":
            wrong = spell(figure.digits + 10 ** (figure.places + 1), figure.places, grouped="," in figure.printed)
            yield _replaced(p, paragraph, slot, wrong)


@kind("kinds of vehicles not their number", "error")
def vehicles(p: Printed) -> Iterator[Defect | None]:
    for paragraph, slot in _slots(p):
        figure = slot.figure
        if (
            slot.key in {"vehicles_actual", "vehicles_enforcement", "vehicles_special"}
            and figure is not None
            and figure.digits is not None
        ):
            yield _replaced(p, paragraph, slot, str(figure.digits + 3))


@kind("another number of projects with targets", "error")
def project_count(p: Printed) -> Iterator[Defect | None]:
    for paragraph, slot in _slots(p):
        figure = slot.figure
        if (
            slot.key in {"performance_public_count", "performance_project_count"}
            and figure is not None
            and figure.digits
        ):
            yield _replaced(p, paragraph, slot, str(figure.digits + 2))


@kind("threshold without its 元", "warning")
def bare_amount(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line in p.paragraphs:
        for found in re.finditer(r"\d+万(?P<yuan>元)(?=[（(](?:含|不含)|及?以上)", paragraph.text):
            yield p.within(paragraph, *found.span("yuan"), "", found[0][:-1])


@kind("heading's number out of order", "hint")
def heading_number(p: Printed) -> Iterator[Defect | None]:
    for section in p.document.sections:
        line = section.place.line if section.place is not None else None
        found = re.match(r"([二三四五六七八])、", section.heading)
        if line and found and section.part == "written" and section.heading in p.line(line):
            yield p.swapped(
                line,
                found[0],
                "一二三四五六七八九"["一二三四五六七八九".index(found[1]) + 1] + "、",
                section.heading[2:8],
            )


@kind("entry of the contents that the document has not", "hint")
def contents_entry(p: Printed) -> Iterator[Defect | None]:
    for entry in p.document.publication.contents:
        if entry.place is not None and entry.place.line and entry.text.endswith("表"):
            yield p.swapped(
                entry.place.line, entry.text, entry.text.replace("支出", "开支").replace("收支", "平衡"), "开支", "平衡"
            )


@kind("table missing from the contents", "hint")
def contents_gap(p: Printed) -> Iterator[Defect | None]:
    titles = {t.title for t in p.document.tables}
    for entry in p.document.publication.contents:
        if entry.place is not None and entry.place.line and entry.text in titles:
            name = re.sub(r"^20\d\d年(?:度)?", "", entry.text)
            yield Defect((Edit(entry.place.line, 1, ()),), (name[:8],), elsewhere=True)
