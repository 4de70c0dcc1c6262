"""The written part as a pack declares it: sections, paragraphs, patterns, and where every slot's value comes from.

A pack's `text/*.toml` with a `key` is a section; `lexicon.toml` holds the phrases and words that patterns share.
`narrative_write` makes sentences of it, `narrative_read` reads them back, rules check what they say.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from mingzhang.forms.classifications import edition
from mingzhang.forms.declarations import Declaration
from mingzhang.forms.narrative_patterns import Direction, Number, Piece, Text, parse_piece
from mingzhang.model.fault import InvalidPack
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mingzhang.forms.pack import Pack

DIRECTION: Final = "direction"
"""The unit of a slot that holds the word of a rise, a fall or no change."""

TEXT: Final = "text"
"""The unit of a slot that holds words."""

_CODE: Final = re.compile(r"_(\d{3,7})(?=_|$)")
_IN_ORDER: Final = re.compile(r"[一二三四五六七八九十]+、")
_KEPT: Final = 20_000
_ORDINAL: Final = re.compile(r"^[一二三四五六七八九十]+、")


class SlotSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a pack says of a slot besides its place in a sentence."""

    of: str = ""
    also: tuple[str, ...] = ()


class ParagraphForm(msgspec.Struct, frozen=True):
    """One paragraph: the pieces that are written, and further patterns that are only read.

    With `each` it is written for every one of a list: `items` (of a classification), `projects`, `disclosed` (those whose targets are published); `@` in its
    slots is that one's code.
    """

    key: str
    write: tuple[Piece, ...]
    read: tuple[tuple[Piece, ...], ...] = ()
    each: str = ""


class ChartForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A chart: its title, other titles seen, and its items, `label | amount slot | share slot`."""

    key: str
    title: str
    names: tuple[str, ...] = ()
    kind: Literal["bar", "donut"] = "bar"
    items: tuple[str, ...] = ()


class SectionForm(msgspec.Struct, frozen=True):
    """One headed section; `names` are patterns of other headings seen for it."""

    key: str
    heading: str
    order: int
    part: str = "written"
    level: int = 1
    parent: str = ""
    names: tuple[str, ...] = ()
    paragraphs: tuple[ParagraphForm, ...] = ()
    charts: tuple[ChartForm, ...] = ()
    slots: dict[str, SlotSource] = {}


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that patterns and readers share.

    `rises`, `falls`, `same`: words of a change; `fillers` may stand between a label and its number; `qualifiers`
    before a label give it another meaning; `reasons` begin a reason; `counters` are counting words, each with those that may stand for it; `labels` say what a number means
    that no pattern explains; `captions` are the ends of chart titles; `renames` are older names of classes; `nothing`
    are words of nothing to compare with, `narrower` those after which a part is one of less than all, `bases` what last year's figure is called by its basis.
    """

    rises: tuple[str, ...]
    falls: tuple[str, ...]
    same: tuple[str, ...]
    fillers: tuple[str, ...]
    qualifiers: tuple[str, ...]
    reasons: tuple[str, ...]
    counters: tuple[str, ...]
    captions: tuple[str, ...]
    nothing: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    bases: dict[str, str] = {}
    phrases: dict[str, str] = {}
    labels: dict[str, str] = {}
    renames: dict[str, str] = {}

    def direction(self, word: str) -> int | None:
        """Say what a printed word of change means: 1 a rise, -1 a fall, 0 none; None for another word."""
        for sign, words in ((1, self.rises), (-1, self.falls), (0, self.same)):
            if word in words:
                return sign
        return None

    def no_change(self, text: str) -> str:
        """Give the words of a text that say that nothing changed, or that there is nothing to compare with; "" if none."""
        found = max(
            ((text.rfind(w) + len(w), len(w), w) for w in (*self.same, *self.nothing) if w in text), default=None
        )
        return "" if found is None else found[2]

    def counter(self, word: str) -> str:
        """Give the counting word that a printed one stands for."""
        return next((line.split("/")[0] for line in self.counters if word in line.split("/")), word)


class _Known(dict[tuple[str, str], Declaration | None]):
    """What was asked for: few keys, asked for again and again."""

    def __init__(self, ask: Callable[[str, str], Declaration | None]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, place: tuple[str, str]) -> Declaration | None:
        if len(self) > _KEPT:
            self.clear()
        section, key = place
        found = self[place] = self._ask(key, section)
        return found


class Narrative(msgspec.Struct, frozen=True, dict=True):
    """The written part of one pack: sections in order, the lexicon, declared slots, the classes' names by code."""

    sections: tuple[SectionForm, ...]
    lexicon: Lexicon
    declared: dict[tuple[str, str], Declaration]
    classes: dict[str, str]

    @property
    def pieces(self) -> Iterator[Piece]:
        """Give every piece of every pattern, written or only read."""
        forms = (form for section in self.sections for form in section.paragraphs)
        return (piece for form in forms for pieces in (form.write, *form.read) for piece in pieces)

    def section(self, key: str) -> SectionForm | None:
        """Find a section by key."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, SectionForm]:
        return {section.key: section for section in reversed(self.sections)}

    @cached_property
    def numbered(self) -> dict[str, str]:
        """Give the headings of the written part that have a number, by the key of their section."""
        return {s.key: s.heading for s in self.sections if s.part == "written" and _IN_ORDER.match(s.heading)}

    def below(self, key: str) -> tuple[SectionForm, ...]:
        """List the sections that stand directly under one."""
        return tuple(s for s in self.sections if s.parent == key)

    def declared_in(self, section: str) -> list[Declaration]:
        """List what is declared in a section; nobody may change it."""
        return self._by_section.get(section, [])

    @cached_property
    def _by_section(self) -> dict[str, list[Declaration]]:
        out: dict[str, list[Declaration]] = {}
        for (section, _key), declared in self.declared.items():
            out.setdefault(section, []).append(declared)
        return out

    def declaration(self, key: str, section: str = "") -> Declaration | None:
        """Find what is declared of a slot, of that section's own first; a class's slot by its code (`fiscal_exp_201`)."""
        return self.by_place[section, key]

    def _declaration(self, key: str, section: str) -> Declaration | None:
        code = code_in(key)
        for name in (key, key.replace(f"_{code}", "_@", 1)) if code else (key,):
            found = self.declared.get((section, name)) or self._first.get(name)
            if found is not None:
                return found.at(code) if code else found
        return None

    def given_behind(self, amount: str, section: str) -> tuple[str, ...]:
        """List the text slots that a section's pattern fills in where an amount is above zero."""
        asked = (section, amount)
        if asked not in self._behind:
            form = self.section(section)
            pieces = [p for own in (() if form is None else form.paragraphs) for p in own.write]
            fitting = (p for p in pieces if any(c.verb == "positive" and c.key == amount for c in p.conditions))
            self._behind[asked] = tuple(n.key for p in fitting for n in p.nodes if isinstance(n, Text))
        return self._behind[asked]

    @cached_property
    def _behind(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {}

    @cached_property
    def by_place(self) -> Mapping[tuple[str, str], Declaration | None]:
        """Give what is declared of slots by their section and key."""
        return _Known(self._declaration)

    @cached_property
    def _first(self) -> dict[str, Declaration]:
        """Give what is declared of each key first, in whichever section."""
        return {key: declared for (_, key), declared in reversed(self.declared.items())}


@lru_cache(4096)
def code_in(key: str) -> str:
    """Give the code that a slot's key ends in or holds (`fiscal_exp_201`, `item_2010601`); "" if none."""
    found = _CODE.search(key)
    return found[1] if found is not None else ""


def narrative_of(pack: Pack) -> Narrative:
    """Read a pack's declared texts.

    Raises:
        InvalidPack: they do not fit the language.
    """
    known = _READ.get((pack.id, pack.hash)) if pack.hash else None
    if known is None:
        known = _READ[pack.id, pack.hash] = _narrative(pack)
    return known


def slots_of(pack: Pack) -> Mapping[str, Declaration]:
    """Give what is declared of every slot by key, class slots spelled out for every class of the form.

    Where two sections declare a slot differently the first in order stands here; ask `Narrative.declaration`.
    """
    narrative = narrative_of(pack)
    out: dict[str, Declaration] = {}
    for (_section, key), declaration in narrative.declared.items():
        for code in narrative.classes if "@" in key else ("",):
            spelled = declaration.at(code)
            out.setdefault(spelled.key, spelled)
    return MappingProxyType(out)


_READ: Final[dict[tuple[str, str], Narrative]] = {}


def _narrative(pack: Pack) -> Narrative:
    try:
        lexicon = msgspec.convert(pack.texts.get("lexicon", {}), Lexicon)
        sections = sorted(
            (_section(data, lexicon.phrases) for data in pack.texts.values() if "key" in data),
            key=lambda s: (s.order, s.key),
        )
        declared: dict[tuple[str, str], Declaration] = {}
        for place, declaration in _declared(sections):
            declared.setdefault(place, declaration)
        for declaration in declared.values():
            declaration.trees  # noqa: B018 - parsing them is the check
    except (ValueError, KeyError, TypeError, msgspec.ValidationError) as error:
        raise InvalidPack(_("文字部分的定义有误：{why}").format(why=error), place=pack.id) from error
    return Narrative(tuple(sections), lexicon, declared, _classes(pack))


def _section(data: dict[str, Any], phrases: Mapping[str, str]) -> SectionForm:
    paragraphs = [
        ParagraphForm(
            key,
            tuple(parse_piece(t, phrases) for t in body.get("write", ())),
            tuple((parse_piece(t, phrases),) for t in body.get("read", ())),
            body.get("each", ""),
        )
        for key, body in data.get("paragraphs", {}).items()
    ]
    charts = [msgspec.convert({"key": k, **body}, ChartForm) for k, body in data.get("charts", {}).items()]
    slots = {k: v if isinstance(v, dict) else {"of": v} for k, v in data.get("slots", {}).items()}
    plain = {k: data[k] for k in ("key", "heading", "order", "part", "level", "parent") if k in data}
    return SectionForm(
        **plain,
        names=tuple(data.get("names", ())),
        paragraphs=tuple(paragraphs),
        charts=tuple(charts),
        slots=msgspec.convert(slots, dict[str, SlotSource]),
    )


def _declared(sections: Iterable[SectionForm]) -> Iterator[tuple[tuple[str, str], Declaration]]:
    """Join every slot that stands in a pattern with what its section, else any section, says of it."""
    sections = tuple(sections)
    anywhere = {k: v for s in reversed(sections) for k, v in s.slots.items()}
    for section in sections:
        for key, unit in _slots_in(section):
            source = section.slots.get(key) or anywhere.get(key) or SlotSource()
            places = 0 if unit not in {"%", "元", "万元", "亿元"} else 2
            yield (section.key, key), Declaration(key, unit, source.of, section.key, source.also, places)


def _slots_in(section: SectionForm) -> Iterator[tuple[str, str]]:
    for paragraph in section.paragraphs:
        for pieces in (paragraph.write, *paragraph.read):
            for piece in pieces:
                for node in piece.nodes:
                    match node:
                        case Number(key, unit):
                            yield key, unit
                        case Direction(key, _, _):
                            yield key, DIRECTION
                        case Text(key):
                            yield key, TEXT
                        case _:
                            pass


def _classes(pack: Pack) -> dict[str, str]:
    """Give the names of the classes by code, as the rows of the form's summary print them, else all there are."""
    table = pack.table("summary")
    rows = () if table is None else (r for part in table.rows for r in part.fixed)
    fixed = {r.key[4:]: _ORDINAL.sub("", r.label) for r in rows if re.fullmatch(r"out:\d{3}", r.key)}
    return fixed or {e.code: e.name for e in edition(pack.standards).classes()}
