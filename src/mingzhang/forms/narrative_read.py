"""Paragraphs → slots: the numbers of a section are laid along its patterns' gaps, the likeliest way of all.

People change words, leave clauses out, add sentences and turn the order round. So no sentence is matched whole:
every number takes the gap whose label stands before it, whose unit it has and whose turn it is, or none.
What no pattern of the section explains is read by the labels of the whole pack; what stays is a slot without a key.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.narrative import code_in
from mingzhang.forms.narrative_numbers import Folded, Printed, numbers_in
from mingzhang.forms.narrative_states import LEVEL
from mingzhang.model.units import is_money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.forms.narrative import Lexicon
    from mingzhang.forms.narrative_states import Gap, Track

    _Way = tuple["_Way | None", int]
    _Paths = dict[tuple[int, bool], tuple[int, _Way | None]]

_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE_END: Final = re.compile(r"[。;\n]|$")
_JOINED: Final = re.compile(r"(?<=\))[-—、/>]+")
_LAST_CLAUSE: Final = re.compile(r"[^,。;:、\n]*$")

# Weights of one number's reading; a number without a reading weighs nothing.
_EXACT, _PER_CHARACTER, _LOOSE, _ALIKE, _FREE = 80, 10, 40, 30, 5
_NEAR: Final = 0.9
_NEXT, _AGAIN, _BACK, _SKIP = 40, -60, -60, -2
_NO_UNIT, _OTHER_CONSTANT, _CONSTANT, _AFTER, _IN_REASON = -40, -200, 40, 30, -70


class Reading(msgspec.Struct, frozen=True):
    """One number of a paragraph and what it was read as: the paragraph, the number, the slot's key and pattern."""

    paragraph: int
    number: Printed
    key: str = ""
    pattern: str = ""
    gap: int = -1


class Words(msgspec.Struct, frozen=True):
    """Words that were read as a slot: from where to where they stand in the printed paragraph."""

    paragraph: int
    key: str
    start: int
    stop: int


class _Number(msgspec.Struct, frozen=True):
    """A number with the folded text before it, back to the number before, and after it, up to the next.

    `said` is what the heading and the sentence say before it.
    """

    paragraph: int
    printed: Printed
    before: str
    after: str
    in_reason: bool
    said: str


def read_numbers(
    paragraphs: Sequence[Folded],
    track: Track,
    everywhere: Track,
    names: Mapping[str, str],
    lexicon: Lexicon,
    *,
    heading: str = "",
) -> tuple[tuple[Reading, ...], tuple[Words, ...]]:
    """Read a section's paragraphs: every number once, in order, and the words of its text and direction slots.

    `track` are the gaps of the section's patterns, `everywhere` those of the whole pack.
    """
    numbers = [n for i, p in enumerate(paragraphs) for n in _numbers(i, p, lexicon, heading)]
    reader = _Reader(track, names, lexicon)
    readings = reader.lay(numbers)
    fallback = _Reader(everywhere, names, lexicon)
    readings = [r if r.key else fallback.by_label(n, r) for n, r in zip(numbers, readings, strict=True)]
    return tuple(readings), tuple(reader.words(numbers, readings, paragraphs))


def _numbers(paragraph: int, folded: Folded, lexicon: Lexicon, heading: str) -> list[_Number]:
    printed = numbers_in(folded, lexicon)
    reason = re.compile("|".join(map(re.escape, lexicon.reasons)) or r"(?!)")
    out = []
    for i, number in enumerate(printed):
        since = printed[i - 1].stop if i else 0
        until = printed[i + 1].start if i + 1 < len(printed) else len(folded.text)
        sentence = max(folded.text.rfind(end, 0, number.start) for end in "。;\n") + 1
        in_reason = reason.search(folded.text, sentence, number.start) is not None
        said = heading + folded.text[sentence : number.start]
        before, after = folded.text[since : number.start], folded.text[number.stop : until]
        out.append(_Number(paragraph, number, before, after, in_reason, said))
    return out


class _Reader:
    def __init__(self, track: Track, names: Mapping[str, str], lexicon: Lexicon) -> None:
        self.gaps = track.gaps
        self.compared = {g.key.partition("_change")[0] for g in track.gaps if g.direction}
        self.quotes = track.quotes
        self.names = names
        self.lexicon = lexicon

    def lay(self, numbers: Sequence[_Number]) -> list[Reading]:
        """Lay numbers along the gaps so that labels, units and order fit best (a Viterbi path)."""
        paths: _Paths = {(-1, False): (0, None)}
        for number in numbers:
            fits = [(j, *self._fit(number, gap)) for j, gap in enumerate(self.gaps)]
            fits = [f for f in fits if f[1] > 0]
            following: _Paths = {}
            for (at, fresh), (weight, way) in paths.items():
                _keep(following, (at, False), weight, (way, -1))
                for j, fit, strong in fits:
                    if self._other_subject(at, j, number, fresh=fresh):
                        continue
                    step = self._step(at, j, fresh)
                    if strong or step == _NEXT or (self.gaps[j].free and j == at + 1):
                        _keep(following, (j, True), weight + fit + step, (way, j))
            paths = following
        _, best = max(paths.values(), key=lambda p: p[0])
        return list(self._keyed(numbers, _unwound(best)))

    def by_label(self, number: _Number, reading: Reading) -> Reading:
        """Read a number by its label alone, if the label is long and says one thing only, and nothing before it narrows it."""
        if number.in_reason:
            return reading
        found = [
            (len(m[0]), gap)
            for gap in self.gaps
            if not gap.free
            and (m := self._exact(number, gap))
            and _han(m[0]) >= 4
            and not any(w in number.said and w not in m[0] for w in self.lexicon.narrower)
        ]
        longest = max((length for length, _ in found), default=0)
        best = [g for length, g in found if length == longest]
        if {g.key for g in best} != {g.key for g in best[:1]} or not best:
            return reading
        key = self._key(best[0], number, "")
        return msgspec.structs.replace(reading, key=key, pattern=best[0].paragraph if key else "")

    def words(
        self, numbers: Sequence[_Number], readings: Sequence[Reading], paragraphs: Sequence[Folded]
    ) -> list[Words]:
        """Read the directions, the words of no change, and the text slots around numbers that were understood."""
        out = []
        known = [(n, r) for n, r in zip(numbers, readings, strict=True) if r.gap >= 0]
        for (number, reading), following in zip_longest(known, known[1:]):
            code = code_in(reading.key)
            gap, folded = self.gaps[reading.gap], paragraphs[number.paragraph]
            since = number.printed.start - len(number.before)
            if gap.direction and (word := _last(number.before, (*self.lexicon.rises, *self.lexicon.falls))):
                out.append(_words(number.paragraph, gap.direction, folded, since + word[0], word[1]))
            clause = re.split(r"[。;\n]", number.after)[0]
            if gap.same and (word := _last(clause, (*self.lexicon.same, *self.lexicon.nothing))):
                out.append(_words(number.paragraph, gap.same, folded, number.printed.stop + word[0], word[1]))
            out.extend(
                msgspec.structs.replace(w, key=w.key.replace("@", code))
                for w in self._quoted(number, reading.gap, following, folded)
            )
        return out

    def _quoted(
        self, number: _Number, at: int, following: tuple[_Number, Reading] | None, folded: Folded
    ) -> list[Words]:
        """Read the text slots that follow a number before the next understood one."""
        out = []
        later, until = -1, len(folded.text)
        if following is not None:
            later = following[1].gap
            until = following[0].printed.start if following[0].paragraph == number.paragraph else until
        for quote in self.quotes:
            if self.gaps[quote.behind].paragraph != self.gaps[at].paragraph or not at <= quote.behind:
                continue
            if at < later <= quote.behind:
                continue  # a number nearer to the words comes first
            found = quote.intro.search(folded.text, number.printed.stop, until)
            if found is None or not found[0]:
                continue
            end = _SENTENCE_END.search(folded.text, found.end(), until)
            stop = until if end is None else end.start()
            words = folded.text[found.end() : stop]
            lead = len(words) - len(words.lstrip(":,"))
            if words := words.strip(":,").removesuffix("等"):
                out.append(_words(number.paragraph, quote.key, folded, found.end() + lead, words))
                break
        return out

    def _keyed(self, numbers: Sequence[_Number], path: Sequence[int]) -> list[Reading]:
        out, code = [], ""
        counts: Counter[str] = Counter()
        for number, j in zip(numbers, path, strict=True):
            if j < 0:
                out.append(Reading(number.paragraph, number.printed))
                continue
            gap = self.gaps[j]
            counts[gap.key] += gap.free
            key = gap.key.replace("@", f"{counts[gap.key]:03}") if gap.free else self._key(gap, number, code)
            code = code_in(key) or code
            out.append(Reading(number.paragraph, number.printed, key, self.gaps[j].paragraph if key else "", j))
        return out

    def _key(self, gap: Gap, number: _Number, code: str) -> str:
        """Spell a gap's key: a class's by the name before the number, or by the class before it."""
        if "@" not in gap.key:
            return gap.key
        found = self._exact(number, gap) or gap.loose.search(number.before)
        named = found.groupdict() if found else {}
        code = self.names[named["name"]] if named.get("name") else code
        if named.get("item"):
            code = _code_of(named["item"], self.names)
        return gap.key.replace("@", code) if code else ""

    def _exact(self, number: _Number, gap: Gap) -> re.Match[str] | None:
        return gap.label.search(number.before) if self._unit_fits(number.printed.unit, gap.unit) else None

    def _unit_fits(self, printed: str, wanted: str) -> bool:
        if is_money(wanted) or wanted == "%":
            return is_money(printed) if is_money(wanted) else printed == "%"
        return bool(printed) and self.lexicon.counter(printed) == self.lexicon.counter(wanted)

    def _fit(self, number: _Number, gap: Gap) -> tuple[int, bool]:
        """Weigh one gap for one number; whether the label is strong enough to stand out of its turn."""
        weight = 0
        if not self._unit_fits(number.printed.unit, gap.unit):
            if number.printed.unit:
                return 0, False
            weight += _NO_UNIT
        if gap.constant:
            same = gap.constant == str(number.printed.digits) and number.printed.places == 0
            weight += _CONSTANT if same else _OTHER_CONSTANT
        followed = _han(gap.after) >= 2 and number.after.startswith(gap.after)
        weight += _AFTER if followed else 0
        if number.in_reason:
            weight += _IN_REASON
        found = gap.label.search(number.before)
        if gap.free:
            return weight + _FREE if found is not None else 0, False
        if found is not None:
            long = _han(found[0])
            return weight + _EXACT + _PER_CHARACTER * min(long, 12), long >= 3 or followed or bool(gap.constant)
        found = gap.loose.search(number.before)
        if found is not None:
            long = _han(found[0])
            return weight + _LOOSE + _PER_CHARACTER * min(long, 8), long >= 3
        if _han(gap.plain) >= 4 and _alike(gap.plain, number.before):
            return weight + _ALIKE, True
        return 0, False

    def _other_subject(self, at: int, to: int, number: _Number, *, fresh: bool) -> bool:
        """Tell whether a change would be read as one of something else than the number it follows in its clause."""
        gap = self.gaps[to]
        if not gap.direction or number.before[:1] != "," or re.search(r"[。;\n]", number.before):
            return False
        subject, stated = gap.key.partition("_change")[0], self.gaps[at].key
        if subject != stated and stated in self.compared:
            return True  # what was stated has changes of its own: those of the whole are not meant
        return not (fresh and (to == at + 1 or stated.startswith(subject)))

    def _step(self, at: int, to: int, fresh: bool) -> int:
        """Weigh going from one gap to another: on to the next best, again or back worst."""
        if to == at + 1:
            return _NEXT if fresh else 0
        group = self.gaps[to].group
        if at >= 0 and group and self.gaps[at].group == group and to <= at:
            first = next(i for i, g in enumerate(self.gaps) if g.group == group)
            return _NEXT if to == first and fresh else _SKIP
        if to == at:
            return _AGAIN
        return _SKIP * min(to - at, 20) if to > at else _BACK


def _code_of(name: str, names: Mapping[str, str]) -> str:
    """Find the code of an item by its full name, a slip or two forgiven where only one item is meant."""
    name = _JOINED.sub("", name)
    if name in names:
        return names[name]
    near = sorted(
        ((SequenceMatcher(None, name, n).ratio(), n) for n in names if LEVEL in n and n.count("(") == name.count("(")),
        reverse=True,
    )
    clear = near and near[0][0] >= _NEAR and (len(near) == 1 or near[1][0] < near[0][0])
    return names[near[0][1]] if clear else ""


def _keep(paths: _Paths, state: tuple[int, bool], weight: int, way: _Way) -> None:
    if state not in paths or paths[state][0] < weight:
        paths[state] = (weight, way)


def _unwound(way: _Way | None) -> list[int]:
    """Give a way's steps from the first to the last."""
    steps = []
    while way is not None:
        way, step = way
        steps.append(step)
    return steps[::-1]


def _han(text: str) -> int:
    return len(_HAN.findall(text))


def _alike(label: str, before: str) -> bool:
    """Tell whether the clause before a number is the label but for a character or so."""
    clause = _LAST_CLAUSE.search(before)
    tail = clause[0][-len(label) - 1 :] if clause is not None else ""
    return abs(len(tail) - len(label)) <= 1 and SequenceMatcher(None, label, tail).ratio() >= 0.8


def _last(text: str, words: Sequence[str]) -> tuple[int, str] | None:
    """Find the word that stands last in a text, the longest where several end there."""
    found = [(text.rfind(w) + len(w), len(w), w) for w in words if w in text]
    if not found:
        return None
    end, length, word = max(found)
    return end - length, word


def _words(paragraph: int, key: str, folded: Folded, at: int, text: str) -> Words:
    return Words(paragraph, key, folded.index[at], folded.index[at + len(text) - 1] + 1)
