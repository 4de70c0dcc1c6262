"""What reading looks for: the gaps of a section's patterns in order, each with the words that stand around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.narrative_numbers import fold
from mingzhang.forms.narrative_patterns import Context, Direction, Number, Text, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingzhang.forms.narrative import Lexicon, Narrative, SectionForm
    from mingzhang.forms.narrative_patterns import Node, Piece

_BREAK: Final = re.compile(r"[,。;:、\n]")
_BREAKS: Final = re.compile(r".*[,。;:、\n]", re.DOTALL)
_LONG_ENOUGH: Final = 4
_YEAR_NAMED: Final = re.compile(re.escape(re.escape("{last_year}")) + "|" + re.escape(re.escape("{year}")))
LEVEL: Final = "(类)"
"""Stands in the full name of an item: class, group and item, each with its level."""
_ITEM: Final = r"(?P<item>[^\"。;,]{2,40}\(类\)[^\"。;,]{2,40}\(款\)(?:[^\"。;,]{2,60}\(项\))?)"
_FREE: Final = r"(?P<project>[^,。;:、\n\d][^,。;:、\n]{1,40}?)"
_CONTEXT: Final = {
    "year": r"\d{4}", "last_year": r"\d{4}", "as_of": r"[\d年月日底末]{4,12}", "item": _ITEM, "project": _FREE,
}  # fmt: skip


class Gap(msgspec.Struct, frozen=True):
    """A gap for a number: its key (with `@` for a class), unit, and the label that stands before it.

    `label` matches at the end of what stands before the number, `loose` further left with only filler words between;
    `after` are words that follow the unit. `constant` is the value that the form itself prints. `direction` is the
    slot of the word of change in the label; `same` the slot that says, behind the number, that nothing changed, or that
    there is nothing to compare with.
    `group` numbers a repeated piece or paragraph, `paragraph` names the pattern. The label of a `free` gap is a name
    that the pack does not know.
    """

    key: str
    unit: str
    paragraph: str
    label: re.Pattern[str]
    loose: re.Pattern[str]
    plain: str
    after: str = ""
    constant: str = ""
    direction: str = ""
    same: str = ""
    group: int = 0
    free: bool = False


class Quote(msgspec.Struct, frozen=True):
    """A gap for words: it stands behind the gap numbered `behind`, introduced by `intro`."""

    key: str
    behind: int
    intro: re.Pattern[str]


class Track(msgspec.Struct, frozen=True):
    """All gaps of some sections in the order in which their patterns would print them."""

    gaps: tuple[Gap, ...]
    quotes: tuple[Quote, ...]


def track_of(narrative: Narrative, sections: Iterable[SectionForm], names: Mapping[str, str]) -> Track:
    """Lay out the gaps of sections; `names` are the classes' names as printed anywhere, with their codes."""
    layout = _Layout(narrative, names)
    for section in sections:
        for paragraph in section.paragraphs:
            for pieces in (paragraph.write, *paragraph.read):
                layout.start(paragraph.key, section.key, repeated=bool(paragraph.each))
                for piece in pieces:
                    layout.piece(piece)
    return Track(tuple(layout.gaps), tuple(layout.quotes))


def everywhere(narrative: Narrative, names: Mapping[str, str]) -> Track:
    """Lay out the gaps of every section, and the labels of the lexicon behind them."""
    track = track_of(narrative, narrative.sections, names)
    labels = []
    for label, meaning in narrative.lexicon.labels.items():
        key, unit = (part.strip() for part in meaning.split(" | "))
        end = re.compile(unqualified(narrative.lexicon) + re.escape(fold(label).text) + "$")
        labels.append(Gap(key, unit, "", end, end, label))
    return Track((*track.gaps, *labels), track.quotes)


def unqualified(lexicon: Lexicon) -> str:
    """Give the pattern of a place before which no word stands that makes a label mean something narrower."""
    return "".join(f"(?<!{re.escape(w)})" for w in lexicon.qualifiers)


class _Layout:
    def __init__(self, narrative: Narrative, names: Mapping[str, str]) -> None:
        self.narrative = narrative
        self.lexicon = narrative.lexicon
        alternatives = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True) if LEVEL not in n)
        self.names = rf"(?P<name>{alternatives})(?:\([类款项\d]+\))*(?:支出)?" if names else r"(?P<name>(?!))"
        self.alone = unqualified(self.lexicon)
        self.gaps: list[Gap] = []
        self.quotes: list[Quote] = []
        self.paragraph = self.section = ""
        self.groups = self.first = self.repeated = 0

    def start(self, paragraph: str, section: str, *, repeated: bool) -> None:
        """Begin a paragraph's pattern."""
        self.paragraph, self.section = paragraph, section
        self.first = len(self.gaps)
        self.groups += repeated
        self.repeated = self.groups if repeated else 0

    def piece(self, piece: Piece) -> None:
        """Lay out one piece's gaps; one about no change, or none to tell, names what the gap before it has not changed in."""
        if piece.repeated is not None:
            self.groups += 1
        group = self.groups if piece.repeated is not None else self.repeated
        same = next((c.key for c in piece.conditions if c.verb in {"same", "new"}), "")
        if same and len(self.gaps) > self.first:
            self.gaps[-1] = msgspec.structs.replace(self.gaps[-1], same=self.gaps[-1].same or same)
        before: list[Node] = []
        for i, node in enumerate(piece.nodes):
            match node:
                case Number(key, unit):
                    self._gap(key, unit, group, before, _words_behind(piece.nodes[i + 1 : i + 2]))
                    before = []
                case Text(key):
                    intro = _intro(before)
                    if len(self.gaps) > self.first and intro:
                        self.quotes.append(Quote(key, len(self.gaps) - 1, re.compile(intro)))
                    before = []
                case _:
                    before.append(node)

    def _gap(self, key: str, unit: str, group: int, before: list[Node], after: str) -> None:
        label, plain = self._label(before)
        fillers = "|".join(re.escape(w) for w in self.lexicon.fillers)
        declaration = self.narrative.declared.get((self.section, key))
        direction = next((n.key for n in reversed(before) if isinstance(n, Direction)), "")
        constant = "" if declaration is None else declaration.expression
        self.gaps.append(
            Gap(
                key,
                unit,
                self.paragraph,
                re.compile(rf"{self.alone}{label}$"),
                re.compile(rf"{self.alone}{label}(?:{fillers}|\([^()]*\)|[:\"])*$"),
                plain,
                after,
                constant=constant if re.fullmatch(r"[\d.]+", constant) else "",
                direction=direction,
                group=group,
                free=any(isinstance(n, Context) and n.name == "project" for n in before),
            )
        )

    def _label(self, nodes: list[Node]) -> tuple[str, str]:
        """Give the pattern of the words between the last punctuation mark and the gap, and one plain spelling."""
        label, plain = "", ""
        for node in reversed(nodes):
            match node:
                case Words(options):
                    folded = [fold(o).text for o in options]
                    cut = [_BREAKS.sub("", o) for o in folded]
                    # words before a label that is long enough by itself may be missing
                    missing = "?" if len(plain) >= _LONG_ENOUGH else ""
                    label = "(?:" + "|".join(map(self._spelled, cut)) + ")" + missing + label
                    plain = cut[0].replace("{basis}", self.narrative.lexicon.bases.get("initial", "")) + plain
                    if any(_BREAK.search(o) for o in folded):
                        break
                case Direction():
                    words = sorted((*self.lexicon.rises, *self.lexicon.falls), key=len, reverse=True)
                    label = f"(?:(?:{'|'.join(words)})(?:了)?){{1,2}}" + label  # typed twice: 增加增加
                case Context(name):
                    may_miss = name in {"year", "last_year", "as_of"} and len(plain) >= _LONG_ENOUGH
                    context = f"(?:{_CONTEXT[name]})?" if may_miss else _CONTEXT.get(name, "")
                    label = (self.names if name == "name" else context) + label
                    plain += "…" * (name in {"item", "project"})
                    if name not in _CONTEXT and name != "name":
                        break  # the unit's name may be missing or be another: the label begins behind it
                case _:
                    break
        return label, plain

    def _spelled(self, words: str) -> str:
        """Give the pattern of fixed words in which a year, or what last year's figure is called, may stand."""
        bases = "|".join(re.escape(fold(b).text) for b in self.lexicon.bases.values())
        spelled = re.escape(words).replace(re.escape("{basis}"), f"(?:{bases})")
        return _YEAR_NAMED.sub(lambda _: r"\d{4}", spelled)


def _words_behind(nodes: tuple[Node, ...]) -> str:
    """Give the words directly behind a number, up to the next punctuation mark."""
    return _BREAK.split(fold(nodes[0].options[0]).text)[0] if nodes and isinstance(nodes[0], Words) else ""


def _intro(nodes: list[Node]) -> str:
    """Give the pattern of the words that introduce a text; without any the text is not looked for."""
    options = [fold(o).text.strip(",:;。") for n in nodes if isinstance(n, Words) for o in n.options]
    return "|".join(re.escape(o) for o in sorted((o for o in options if o), key=len, reverse=True))
