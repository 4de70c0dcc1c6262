"""Numbers of a written part whose form nobody knows: each is what the words of its own clause say, or nothing.

A pattern of another form finds its words as the end of longer ones (支出预算 in 教育支出预算), and would compare what is not
the same. Here the whole of a clause must be a subject, after what stands around every subject is taken away; what it
belongs to is told by the heading and by what was spoken of before.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.declarations import Declaration
from mingzhang.forms.narrative import code_in
from mingzhang.forms.narrative_numbers import fold, numbers_in
from mingzhang.forms.narrative_read import Reading
from mingzhang.model.keys import folded
from mingzhang.model.units import is_money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Agrees = Callable[[str, "Printed"], bool | None]

    from mingzhang.forms.narrative import Lexicon
    from mingzhang.forms.narrative_numbers import Folded, Printed

SOURCE: Final = Path(__file__).with_suffix(".toml")
_CLASS: Final = "CLASS"
_ANY: Final = "any"
_BREAK: Final = re.compile(r"[,;。:、\n]|\((?=其中|包括|含)|\)(?=[,;。、]|$)|(?<=[^比较与同自从至(度和以])(?=20\d\d年)")
_YEAR: Final = re.compile(r"(?<![比较与同\d])(20\d\d)年")
_YEAR_OF_HEADING: Final = re.compile(r"(20\d\d)年")
_END: Final = re.compile(r"[。;\n]")
_FULL_STOP: Final = re.compile(r"[。\n]")
_COMPARED: Final = re.compile("[比较与同]")
_BRACKET: Final = re.compile("[()]")
_NAMES: Final = re.compile(r"\((?:类|款|项|\d{3})\)")
_SHARE: Final = re.compile(r"占[^,。;]*$|比[例重]为?$")
_OF_IT: Final = re.compile(r"其中|\(")
_KIND_OF_UNIT: Final = r"(?:\([^()]{1,6}\)|本级)?"
_LONGEST_HEADING: Final = 40
_CLASS_DIGITS: Final = 3
_BY_FUNCTION: Final = "2"  # what classes begin with; those that begin with 3 say what is bought
_UPPER: Final = "(类)"
_LEVELS: Final = re.compile(r'(?:[^,。;:\d]{2,40}\(类\))?(?P<low>[^,。;:"\d().]{2,40}\(款\)[^,。;:"\d]{2,40}\(项\))"?')
_CODED: Final = re.compile(r"(?P<name>[^,。;:()]{2,40})\((?P<code>\d{7})\)")
_RESTS: Final = re.compile(
    r"[:,]?(?:科目|经费|资金)?(?:20\d\d年度?)?(?:年初|当年)?(?:财政拨款|预算(?:数|安排|支出|资金)?|安排|拨款|支出)*[为是]?[:,]?"
)
"""What may stand between the name of an item and its amount."""
_ITEM_KEY: Final = re.compile(r"general_exp_\d{7}")
_OF_CLASS: Final = "_exp_"
_PARTS: Final = ("_basic", "_project", "_personnel", "_operating")
_THIS_YEAR: Final = "当年"
_OPENED: Final = {"income_total": "income", "expenditure_total": "spending"}
_OF_BOTH_SIDES: Final = re.compile("总计|总预算|收支")
_OPENED_ALONE: Final = {"general_current": "general"}
"""What a subject opens where no heading says what is spoken of."""


class Subjects(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How subjects are said, by group and key; `instead` are other keys of the same words, nearest first.

    `means` says where the tables print what no pack declares; `families` are keys that are told together.
    """

    around: dict[str, str | tuple[str, ...]]
    groups: dict[str, str]
    subjects: dict[str, dict[str, str]]
    instead: dict[str, tuple[str, ...]]
    means: dict[str, tuple[str, ...]]
    families: dict[str, str]


@cache
def subjects() -> Subjects:
    """Load how subjects are said."""
    return msgspec.convert(tomllib.loads(SOURCE.read_text(encoding="utf-8")), Subjects)


class _Said(msgspec.Struct):
    """What a paragraph speaks of at one number: its group, the subject named last and first, what it was opened with.

    `moved` says that a change was stated last; `silent` that the sentence gives a reason, or speaks of another year; `item`
    that the amount last stated was one item's, and `held` that its parts are told and may go on behind a semicolon. `parts` counts the amounts since 其中 of which no change was stated, `unnamed` says that nobody
    knows what the amount last stated is.
    """

    group: str
    subject: str = ""
    first: str = ""
    opener: str = ""
    moved: bool = False
    silent: bool = False
    item: bool = False
    held: bool = False
    parts: int = 0
    within: bool = False
    unnamed: bool = False
    outside: list[tuple[str, bool, bool, bool, int, bool, bool]] = msgspec.field(default_factory=list)

    def keep(self) -> None:
        """Keep what is spoken of where a bracket opens."""
        own = (self.subject, self.moved, self.silent, self.item, self.parts, self.within, self.unnamed)
        self.outside.append(own)

    def return_to(self) -> None:
        """Speak again of what stood before the bracket that closes here."""
        if self.outside:
            own = self.outside.pop()
            self.subject, self.moved, self.silent, self.item, self.parts, self.within, self.unnamed = own


def read_elsewhere(
    paragraphs: Sequence[Folded],
    names: Mapping[str, str],
    lexicon: Lexicon,
    *,
    heading: str = "",
    year: int | None = None,
    unit_name: str = "",
    agrees: Agrees = lambda _key, _number: None,
    has_carried: bool = False,
) -> tuple[Reading, ...]:
    """Read a section's paragraphs: every number once, in order, with a key where its clause says what it is.

    `names` are the classes' names with their codes, `year` and `unit_name` are the document's; `agrees` tells
    whether the tables print a number for a key (None where they print none), `has_carried` that they print money carried over: what a section on this
    year's grant alone says of classes is then only known where all agree.
    """
    out: list[Reading] = []
    reader = _Reader(names, lexicon, year, unit_name)
    group, other = _group(heading), reader.other_year(heading)
    alone, apart = has_carried and _THIS_YEAR in heading, False
    for i, paragraph in enumerate(paragraphs):
        if _is_heading(paragraph.text):
            group, other = _group(paragraph.text), reader.other_year(paragraph.text)
        said = _Said(group)
        since = 0
        for number in numbers_in(paragraph, lexicon):
            key = "" if other else reader.key(paragraph.text[since : number.start], number, said)
            known = next((k for k in (key, *subjects().instead.get(key, ())) if agrees(k, number)), "")
            apart = apart or (alone and _OF_CLASS in key and key == said.subject and not known)
            key = known or key
            out.append(Reading(i, number, key))
            since = number.stop
        group = said.group
    of_others = _of_other_money(out, agrees)
    return tuple(
        msgspec.structs.replace(r, key="") if (apart and _OF_CLASS in r.key) or r.key in of_others else r for r in out
    )


def meant(key: str) -> Declaration | None:
    """Say where the tables of a form that nobody knows print what no pack's sentences state."""
    code = code_in(key)
    means = subjects().means.get(key.replace(f"_{code}", "_@", 1) if code else key)
    if means is None:
        return None
    declared = Declaration(key, "万元", means[0], "", tuple(means[1:]))
    return declared.at(code) if code else declared


def _of_other_money(out: Sequence[Reading], agrees: Agrees) -> set[str]:
    """Give the keys of families of which the tables print mostly something else, where no pack says what they mean."""
    strange: set[str] = set()
    for words in subjects().families.values():
        family = [r for r in out if re.fullmatch(words, r.key)]
        asked = [agrees(r.key, r.number) for r in family]
        if asked.count(False) * 2 > len(asked):
            strange |= {r.key for r in family if meant(r.key) is not None or _ITEM_KEY.fullmatch(r.key)}
    return strange


def _is_heading(text: str) -> bool:
    """Tell whether a paragraph is nothing but a heading, of which what follows speaks."""
    return len(text) <= _LONGEST_HEADING and not _END.search(text) and bool(_group(text))


def _group(text: str) -> str:
    return next((g for g, words in subjects().groups.items() if re.search(words, text)), "")


class _Reader:
    """Reads the numbers of one section one after another."""

    def __init__(self, names: Mapping[str, str], lexicon: Lexicon, year: int | None, unit_name: str) -> None:
        self._names, self._year = names, year
        self._items = _items_in(names)
        whole = re.sub(r"\([^()]*\)$|本级$", "", fold(unit_name).text)
        ends = [whole[i:] for i in range(max(len(whole) - 2, 0))]
        self._unit = re.compile(rf"(?:{'|'.join(map(re.escape, ends))}){_KIND_OF_UNIT}" if ends else r"(?!)")
        self._reasons = re.compile("|".join(map(re.escape, lexicon.reasons)) or r"(?!)")
        moves = "|".join(map(re.escape, (*lexicon.rises, *lexicon.falls)))
        self._moved = re.compile(rf"(?:{moves})(?:{_text('after_change')})*$")

    def other_year(self, text: str) -> bool:
        """Tell whether a heading speaks of no year but others than the document's."""
        years = {int(y) for y in _YEAR_OF_HEADING.findall(text)}
        return bool(years) and self._year is not None and self._year not in years

    def key(self, before: str, number: Printed, said: _Said) -> str:
        """Give the key of a number by the text since the number before it; "" if that does not say."""
        raw, before = before, _NAMES.sub("", before)
        if _FULL_STOP.search(before):
            said.held = False
        if _END.search(before):
            said.subject, said.opener, said.moved, said.silent, said.item = "", "", False, False, False
            said.parts, said.within, said.unnamed = 0, False, False
            said.outside.clear()
            before = _END.split(before)[-1]
        for bracket in _BRACKET.findall(before):
            if bracket == "(":
                said.keep()
            else:
                said.return_to()
        named = {int(y) for y in _YEAR.findall(before)}
        other = bool(named) and self._year is not None and self._year not in named
        said.silent = said.silent or other or self._reasons.search(before) is not None
        clauses = [c for c in _BREAK.split(before) if c]
        own = clauses[-1] if clauses else ""
        item = "" if said.silent or not is_money(number.unit) else self._item(raw)
        if item:
            said.subject, said.opener, said.item, said.moved, said.unnamed = item, "", True, False, False
            return item
        for clause in clauses[:-1]:
            self._open(clause, said)
        if said.item and _OF_IT.search(before):
            said.silent = said.held = True  # parts of one item are not those of all
        said.within = said.within or "其中" in before
        if said.silent or (number.unit != "%" and not is_money(number.unit)):
            return ""
        if number.unit == "%":
            return self._rate(own, said)
        found = self._moved.search(own)
        return self._amount(own, clauses, said) if found is None else self._change(own[: found.start()], said)

    def _item(self, before: str) -> str:
        """Name the amount of one item that its clause gives by all its levels, or by its name and code: A(类)B(款)C(项)."""
        found = _LEVELS.search(before)
        if found is not None and _RESTS.fullmatch(before, found.end()):
            code = self._items.get(folded(_stripped(found[0]).rpartition('"')[2])) or self._items.get(
                folded(found["low"])
            )
            return f"general_exp_{code}" if code else ""
        coded = _CODED.search(before)
        if coded is not None and _RESTS.fullmatch(before, coded.end()):
            name = folded(_stripped(coded["name"]))
            known = any(c == coded["code"] and n.endswith(f"){name}(项)") for n, c in self._items.items())
            return f"general_exp_{coded['code']}" if known else ""
        return ""

    def _amount(self, own: str, clauses: Sequence[str], said: _Said) -> str:
        """Name an amount by its clause, else by the clause before, where its own says nothing."""
        said.moved = False
        of_others = re.search(_text("other_year"), re.sub(r"上年(?:财政拨款)?结[转余]", "", own))
        if of_others or re.search(_text("amounts_about"), own):
            said.subject = (
                said.subject if _COMPARED.match(own) else ""
            )  # 比上年12万元减少3万元: what changed is still it
            return ""
        subject = self._subject(own, said.group)
        if not subject and not _stripped(own) and len(clauses) > 1:
            subject = said.opener or self._subject(clauses[-2], said.group)
        if said.within:
            said.parts += 1
            if subject and subject == said.first:  # a part of it: 收入总计…，其中：本年收入…
                subject = next(iter(subjects().instead.get(subject, ())), "")
        if said.held and subject.endswith(_PARTS):
            subject = ""
        said.unnamed = not subject
        said.subject, said.opener, said.item = subject, "", "_exp_" in subject or not subject
        if subject.endswith("_total"):
            said.first = subject
        said.group = _OPENED.get(subject, said.group or _OPENED_ALONE.get(subject, ""))
        if subject == "fiscal_total" and _OF_BOTH_SIDES.search(own):
            said.group = "fiscal"  # and 支出总计 behind it is that of the appropriation
        if subject.endswith("_project") and said.group == "basic":
            said.group = ""
        return subject

    def _open(self, clause: str, said: _Said) -> None:
        """Take what a clause without a number speaks of: `支出预算：`, `按功能分类`, `收入包括`."""
        subject = self._subject(clause, said.group)
        if subject:
            said.opener = subject
            said.first = subject if subject.endswith("_total") else said.first
        group = _OPENED.get(subject) or _group(clause)
        if group and (group not in {"income", "spending"} or said.group in {"", "both", "income", "spending"}):
            said.group = group

    def _rate(self, own: str, said: _Said) -> str:
        if not said.subject:
            return ""
        if self._moved.search(own):
            return f"{_change_of(said.subject)}_percent"
        return f"{said.subject}_share" if not said.moved and _SHARE.search(own) else ""

    def _change(self, clause: str, said: _Said) -> str:
        """Name the amount by which something changed: what the clause names, else what was spoken of before."""
        rest = _adverbs().sub("", _against().sub("", clause))
        if _stripped(rest):
            said.subject = self._subject(rest, said.group)
        elif said.parts > 1 or said.unnamed:
            said.subject = ""  # of the part stated last, or of the whole?
        elif not said.subject:
            said.subject = said.first
        said.moved, said.parts = True, 0
        return f"{_change_of(said.subject)}_amount" if said.subject else ""

    def _subject(self, clause: str, group: str) -> str:
        """Find the subject that a clause is, in the group spoken of before that known anywhere."""
        for plain in _forms(clause):
            if not plain:
                break
            owner = self._unit.match(plain)
            plain = plain[owner.end() :] if owner is not None else plain  # noqa: PLW2901 - whose it is
            for keys in (subjects().subjects.get(group, {}), subjects().subjects[_ANY]):
                for key, words in keys.items():
                    if words != _CLASS:
                        if re.fullmatch(words, plain):
                            return "" if group == "fiscal" and key in _OPENED else key
                        continue
                    code = self._names.get(plain.removesuffix("预算")) or self._names.get(f"{plain}支出")
                    if code is not None and len(code) == _CLASS_DIGITS and code.startswith(_BY_FUNCTION):
                        return key.replace("@", code)
        return ""


def _items_in(names: Mapping[str, str]) -> dict[str, str]:
    """Give the codes of items by their full names, and by those without their class where one alone is called so."""
    full = {name: code for name, code in names.items() if _UPPER in name}
    low: dict[str, set[str]] = {}
    for name, code in full.items():
        low.setdefault(name.partition(_UPPER)[2], set()).add(code)
    return full | {name: codes.pop() for name, codes in low.items() if len(codes) == 1 and "(项)" in name}


def _change_of(subject: str) -> str:
    return f"{subject.removesuffix('_total').removesuffix('_current')}_change"


def _text(key: str) -> str:
    found = subjects().around[key]
    assert isinstance(found, str)
    return found


@cache
def _against() -> re.Pattern[str]:
    return re.compile(_text("against"))


@cache
def _adverbs() -> re.Pattern[str]:
    return re.compile(rf"(?:{_text('adverbs')})+$")


@cache
def _stripper(key: str) -> re.Pattern[str]:
    words = "|".join(subjects().around[key])
    return re.compile(rf"^(?:{words})[,:]?" if key == "leading" else rf"(?:{words})$")


def _stripped(clause: str) -> str:
    """Give a clause without all that stands around a subject."""
    forms = _forms(clause)
    return forms[-1] if forms else ""


def _forms(clause: str) -> list[str]:
    """Give a clause without what leads it, whole and then with less and less behind it."""
    plain = clause.strip(" ")
    while (found := _stripper("leading").match(plain)) is not None and found.end():
        plain = plain[found.end() :]
    out = [plain]
    while (found := _stripper("trailing").search(plain)) is not None and found.start() < len(plain):
        plain = plain[: found.start()]
        out.append(plain)
    return out
