"""What should not stand in a published text: slips of punctuation, placeholders, residue, private numbers."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import (
    FIELD_NAMES,
    FIELDS,
    Text,
    field_spot,
    says_anything,
    texts_where,
    texts_with,
    words_together,
)
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_DOUBLED: Final = re.compile(r"(?P<mark>[。，；：、])(?P=mark)+")
_MIXED: Final = re.compile(r"[。，、；：][；。，、：]")
_AS_OF: Final = re.compile(r"截止至?\s*(?:19|20)\d\d年")
_GROUPED: Final = re.compile(r"\d,\d{3}(?:\.\d+)?万?元")
_UNGROUPED: Final = re.compile(r"\d(?<![\d,.]\d)\d{3,}(?:\.\d+)?万元")
_UNGROUPED_END: Final = re.compile(r"万元(?:(?<=[\d.]\d{3}万元)|(?<=\d{4}\.\d万元)|(?<=\d{4}\.\d\d万元))")
"""How every amount ends that is printed so, and few others."""
_SHORT: Final = 8
_HAN: Final = "[一-鿿]"
_PHONES: Final = ("contact", "phone", "head")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_PROVINCE: Final = re.compile(r"^(?:[^省市县区]{2,3}省|[^省市县]{2,6}自治区|(?:北京|上海|天津|重庆)市)")
_LOCAL: Final = re.compile(
    r"[^城都超门夜股门]市|县|旗(?!舰)|[^园社小校库厂景林牧灾]区(?!域|分)|开发区|示范区|园区|街道|[^城]乡(?!村)|镇"
)
_IN_PROVINCE: Final = re.compile(r"[^厅局委院省]{1,8}?[市县旗州盟]")
_IN_CITY: Final = re.compile(r"[^厅局委院]{1,6}?(?:新区|区|县)")


def doubled(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find one punctuation mark printed twice."""
    return _each(
        rule, figures, (_DOUBLED,), "标点重复", lambda _, m: "。。。" not in m[0], texts=_with_two_marks(figures)
    )


def mixed(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find one punctuation mark right after another that ends more."""
    return _each(rule, figures, (_MIXED,), "标点连用", lambda _, m: m[0][0] != m[0][1], texts=_with_two_marks(figures))


def placeholders(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find what a template left to be filled in."""
    yield from _each(rule, figures, _patterns("placeholders"), "占位内容未填写")
    named = frozenset(words("hygiene")["see_elsewhere"])
    together = words_together(figures, "form")
    for name, form in figures.forms.items() if any(n in together for n in named) else ():
        for field in FIELDS:
            said: str = getattr(form, field)
            if 0 < len(said) <= _SHORT and said.strip(" 。．.") in named:
                spot = field_spot(name, form, field)
                told = Told(
                    f"“{name}”的{FIELD_NAMES[field]}只写了“{said}”。",
                    f"The form {name!r} says nothing but {said!r} ({field}).",
                    (spot,),
                    actual=said,
                    evidence=(Evidence(spot, said, "", "text"),),
                )
                yield violated(rule, told)


def residue(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find what conversion from another format left."""
    return _each(rule, figures, _patterns("residue"), "格式转换残留")


def template(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find what a template says to those who fill it in."""
    return _each(rule, figures, _patterns("template"), "模板提示残留")


def garbled(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find characters that a wrong encoding left."""
    return _each(rule, figures, _patterns("garbled"), "文字乱码")


def mails(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find addresses of electronic mail, which may be a person's own."""
    return _each(rule, figures, _patterns("mail"), "电子邮箱地址")


def as_of(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find 截止 before a date where 截至 is meant."""
    return _each(rule, figures, (_AS_OF,), "用词应为“截至”", lambda t, _: t.part == "written")


def grouping(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find amounts of the written part printed without separators where others have them."""
    grouped = texts_with(figures, _GROUPED, part="written")
    likely = grouped and texts_with(figures, _UNGROUPED_END, part="written")
    ungrouped = texts_where(figures, _UNGROUPED, part="written") if likely else ()
    odd = [(t, m) for t in ungrouped if (m := _UNGROUPED.search(t.words)) is not None]
    if not grouped:
        yield undecided(rule, "说明的数字没有千分位", "no amount has separators")
    elif not odd:
        yield passed(rule)
    else:
        told = Told(
            f"说明的金额有的写千分位，有的不写，如“{odd[0][1][0]}”，共{len(odd)}段。",
            f"Some amounts have separators and some have not, such as {odd[0][1][0]}, in {len(odd)} paragraphs.",
            tuple(t.spot(m[0]) for t, m in odd),
        )
        yield violated(rule, told)


def other_level(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find words of a provincial template in a document of a lower level."""
    if not is_local(figures.disclosure.unit_name):
        yield undecided(rule, "单位级次不明或为省级", "the unit's level is not known, or provincial")
        return
    found = _any_of(*words("hygiene")["provincial"])
    yield from _each(rule, figures, (found,), "省级模板用语残留", lambda t, _: t.part in {"written", "glossary"})


def _has_mobile(figures: Figures) -> bool:
    pattern = re.compile(words("hygiene")["mobile"])
    phones = (getattr(form, field) for form in figures.forms.values() for field in _PHONES)
    return bool(texts_where(figures, pattern)) or any(pattern.search(p) for p in phones if p)


@only_where(_has_mobile)
def mobiles(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find mobile numbers, in the fields for telephones too."""
    pattern = re.compile(words("hygiene")["mobile"])
    texts = (*texts_where(figures, pattern), *_phones(figures))
    return _private(rule, figures, texts, lambda t: (m[0] for m in pattern.finditer(t.words)), "手机号码")


def identities(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find identity numbers whose check digit is right."""
    pattern = re.compile(words("hygiene")["identity"])

    def valid(text: Text) -> Iterator[str]:
        return (m[0] for m in pattern.finditer(text.words) if is_identity(m[0]))

    return _private(rule, figures, texts_where(figures, pattern), valid, "公民身份号码")


def accounts(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find the numbers of bank accounts."""
    pattern = re.compile(words("hygiene")["account"])
    texts = texts_where(figures, pattern)
    return _private(rule, figures, texts, lambda t: (m["number"] for m in pattern.finditer(t.words)), "银行账号")


def is_local(name: str) -> bool:
    """Tell whether a unit's name says that it belongs to a level below the province."""
    province = _PROVINCE.match(name)
    if province is None:
        return _LOCAL.search(f" {name}") is not None
    below = _IN_CITY if province[0].endswith("市") else _IN_PROVINCE
    return below.match(name[province.end() :]) is not None


def is_identity(number: str) -> bool:
    """Tell whether the check digit of an identity number is right."""
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17].upper()


def masked(number: str) -> str:
    """Spell a private number so that nobody can use it."""
    digits = number.replace(" ", "")
    return f"{digits[:3]}****{digits[-2:]}"


def _each(
    rule: Rule,
    figures: Figures,
    patterns: tuple[re.Pattern[str], ...],
    what: str,
    meant: Callable[[Text, re.Match[str]], bool] = lambda _text, _found: True,
    *,
    texts: tuple[Text, ...] | None = None,
) -> Iterator[Result]:
    """Report every text, of those where it may be, in which a pattern finds what is meant, once."""
    for text in texts_where(figures, *patterns) if texts is None else texts:
        found = [m for p in patterns for m in p.finditer(text.words) if meant(text, m)]
        if found:
            shown = text.around(found[0].start(), found[0].end())
            spot = text.spot(shown)
            told = Told(
                f"{what}“{found[0][0]}”：…{shown}…",
                f"{rule.en.rstrip('.')}: {found[0][0]!r} in {shown!r}.",
                (spot,),
                actual=found[0][0],
                evidence=(Evidence(spot, found[0][0], "", "text"),),
            )
            yield violated(rule, told)
    yield _looked_through(rule, figures)


@once_for_all
def _with_two_marks(figures: Figures) -> tuple[Text, ...]:
    """List the texts in which one mark stands right after another."""
    return texts_where(figures, _MIXED)


def _looked_through(rule: Rule, figures: Figures) -> Result:
    return passed(rule) if says_anything(figures) else undecided(rule, "没有文字", "there is no text")


def _private(
    rule: Rule, figures: Figures, texts: tuple[Text, ...], find: Callable[[Text], Iterable[str]], what: str
) -> Iterator[Result]:
    """Report private numbers without repeating them."""
    for text in texts:
        numbers = [masked(n) for n in find(text)]
        if numbers:
            spot = text.spot()
            told = Told(
                f"公开内容含{what}（{numbers[0]}），共{len(numbers)}处，应当删去或遮盖。",
                f"{rule.en.rstrip('.')}: {numbers[0]}, {len(numbers)} in this text; take it out.",
                (spot,),
                actual=numbers[0],
                evidence=(Evidence(spot, numbers[0], "", "masked"),),
            )
            yield violated(rule, told)
    yield passed(rule) if texts else _looked_through(rule, figures)


def _phones(figures: Figures) -> Iterator[Text]:
    for name, form in figures.forms.items():
        for field in _PHONES:
            words_ = str(getattr(form, field))
            place = form.places.get(field, form.first)
            if words_:
                yield Text(words_, "form", name, field, line=None if place is None else place.line)


def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return _compiled(tuple(words("hygiene")[name]))


@cache
def _any_of(*said: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, said)))


@cache
def _compiled(texts: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p.replace(r"\p{Han}", _HAN)) for p in texts)
