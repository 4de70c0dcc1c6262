"""The outline of a document: its cover, its contents list, and the parts of its body."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon, pattern
from mingzhang.model.disclosure import ContentsEntry
from mingzhang.model.keys import folded, tidy
from mingzhang.model.page import Line
from mingzhang.readback.likeness import bare, filled, likeness
from mingzhang.readback.marks import sole_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mingzhang.forms.pack import Pack

_LEADER: Final = re.compile(r"[.．…·。_\s]{2,}$")
_ENTRY: Final = re.compile(r"(?P<text>.*?\S)[.．…·_\s]{2,}(?P<page>\d{1,4})?")
_LOST: Final = re.compile(
    r"\s*(?:错误[!！]\s*未(?:定义书签|找到引用源|指定书签)[。.]?|Error!\s*(?:Bookmark|Reference)[\w ]*\.?)\s*$"
)
"""What a word processor prints for a page whose heading it has lost."""

_PART: Final = re.compile(r"第[一二三四五六七八九十\d]+部分[、:：]?")
_NUMBERED: Final = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]+[)）、.]|[（(]?(?!20\d\d年)\d)")
_SENTENCE: Final = re.compile(r"[。；！？，]")
_STATED: Final = re.compile(r"[一-鿿]\d[\d,]*(?:\.\d+)?\s*万?元[，,。；;、]")
_OF_ACCOUNTS: Final = re.compile(r"(?<!部门)(?<!单位)决算(?:总|明细)*表$")
_LONGEST_HEADING: Final = 48
_LONGEST_COVER: Final = 30
_ALIKE: Final = 0.8
_LED: Final = 4
_FEWEST_LISTED: Final = 2
_MOST_LISTED: Final = 5
_PARTS: Final = 2
"""At least so many parts are named in a contents list that has no heading."""


class PartSpan(msgspec.Struct, frozen=True):
    """One part of the body: its key ("" where not known), its heading, and its lines (heading left out)."""

    key: str
    heading: Line
    first: int
    last: int


class Outline(msgspec.Struct, frozen=True):
    """Where the parts of a document stand; `parts` point into `body`."""

    cover: tuple[Line, ...]
    contents: tuple[ContentsEntry, ...]
    body: tuple[Line, ...]
    parts: tuple[PartSpan, ...]

    def lines(self, key: str) -> tuple[Line, ...]:
        """Give the lines of all parts of this key."""
        return tuple(line for p in self.parts if p.key == key for line in self.body[p.first : p.last])


def outline_of(lines: Sequence[Line], packs: Sequence[Pack], is_title: Callable[[str], bool]) -> Outline:
    """Find cover, contents list and parts; `is_title` tells the title of a table."""
    start, end, entries = _contents(lines)
    body = tuple(lines[end:])
    headings: dict[str, str] = {
        bare(filled(_PART.sub("", p.heading), None)): p.key for pack in packs for p in pack.parts
    }
    found = _headings(body, headings)
    if not entries:
        first = _first_of_body(body, found, is_title)
        cover, body = body[:first], body[first:]
        found = [(i - first, key) for i, key in found]
    else:
        cover = tuple(lines[:start])
    ends = [*(i for i, _ in found[1:]), len(body)][: len(found)]
    parts = tuple(
        PartSpan(key or _unknown(body[i:end]), body[i], i + _heading_lines(body, i), end)
        for (i, key), end in zip(found, ends, strict=True)
    )
    return Outline(cover, entries, body, parts)


def _unknown(lines: Sequence[Line]) -> str:
    """Take a part of another name for the written part where its running text states amounts, and it is not mostly tables."""
    rows = sum(line.is_row for line in lines)
    states = any(_STATED.search(line.text) for line in lines if not line.is_row)
    return "written" if states and rows * 2 <= len(lines) else ""


def _headings(body: Sequence[Line], headings: Mapping[str, str]) -> list[tuple[int, str]]:
    """Find the headings of parts: those numbered 第…部分, or, where there are none, those known by their words."""
    texts = _with_names([sole_text(line) for line in body])
    numbered = [(i, key) for i, t in enumerate(texts) if (key := part_key(t, headings)) is not None]
    if not numbered:
        return [(i, key) for i, t in enumerate(texts) if (key := _unnumbered_part(t, headings)) is not None]
    # The last part is often a sheet, a file or a page of its own, and then goes without a number.
    known = {key for _, key in numbered}
    after = numbered[-1][0]
    rest = {i: key for i, t in enumerate(texts) if i > after and (key := _sole_part(t, headings)) not in {None, *known}}
    return sorted([*numbered, *((i, key) for i, key in rest.items() if key is not None)])


def _heading_lines(body: Sequence[Line], at: int) -> int:
    """Count the lines of a part's heading: two where its name stands below its number."""
    texts = [sole_text(x) for x in body[at : at + 2]]
    return 2 if _with_names(texts)[0] != texts[0] else 1


def _with_names(texts: list[str]) -> list[str]:
    """Put the name of a part beside its number where it stands on the next line: `第一部分`, `概况`."""
    out = list(texts)
    for i, (text, following) in enumerate(itertools.pairwise(texts)):
        named = following and len(following) <= _LONGEST_COVER and not _is_numbered(following)
        if text and _PART.fullmatch(tidy(text)) and named and not _SENTENCE.search(following):
            out[i] = f"{text} {following}"
    return out


def _sole_part(text: str, headings: Mapping[str, str]) -> str | None:
    """Know a part by a line that is nothing but its words."""
    words = bare(text)
    if words in headings and len(words) > 3:
        return headings[words]
    return next((key for key, endings in lexicon().parts.items() if words in endings), None)


def part_key(text: str, headings: Mapping[str, str]) -> str | None:
    """Give the key of the part that a heading 第…部分 begins, "" for one not known; None if it is no such heading."""
    if not _PART.match(tidy(text)) or len(text) > _LONGEST_HEADING or _SENTENCE.search(text):
        return None
    words = bare(_PART.sub("", tidy(text)))
    best = max(headings, key=lambda h: likeness(words, h), default="")
    if likeness(words, best) >= _ALIKE:
        return headings[best]
    return next((key for key, endings in lexicon().parts.items() if words.endswith(endings)), "")


def _unnumbered_part(text: str, headings: Mapping[str, str]) -> str | None:
    """Know a part's heading by its words alone: a short line without any ordinal that ends in them."""
    if not text or len(text) > _LONGEST_HEADING or _SENTENCE.search(text) or _NUMBERED.match(text):
        return None
    words = bare(text)
    if words in headings:
        return headings[words] if len(words) > 3 else None
    return next((key for key, endings in lexicon().parts.items() if words.endswith(endings)), None)


def _contents(lines: Sequence[Line]) -> tuple[int, int, tuple[ContentsEntry, ...]]:
    """Find the contents list: the lines from its heading to where its first entry comes again as a heading."""
    start = next((i for i, x in enumerate(lines) if _is_contents(sole_text(x))), None)
    if start is None:
        return _unheaded_contents(lines)
    entries: list[ContentsEntry] = []
    seen: set[str] = set()
    printed: set[str] = set()
    paged = False
    leaders = 0
    for i in range(start + 1, len(lines)):
        text, page, led = contents_entry(lines[i])
        name = bare(text)
        again = name in seen and not page and not led and (paged or _PART.match(tidy(text)) is not None)
        first_again = bool(entries) and name == bare(entries[0].text) and not page
        over = leaders >= _LED and not _PART.match(tidy(text)) and not any(_is_led(x) for x in lines[i : i + _LED])
        if not entries and not seen and _is_listed(lines[i], head=True):
            seen.add(name)
            continue
        if again or first_again or over or not _may_be_entry(lines[i], text, led=led or bool(page)):
            return (start, i, tuple(entries)) if entries else (0, 0, ())
        if tidy(text) in printed and not page and not led and _NUMBERED.match(text):
            # Its heading's own title may stand above the first heading that comes again.
            kept = _without_title(entries)
            return start, i - len(entries) + len(kept), tuple(kept)
        leaders += led or bool(page)
        seen.add(name)
        printed.add(tidy(text))
        paged = paged or bool(page)
        entries.append(ContentsEntry(text, page, lines[i].place))
    return start, len(lines), tuple(entries)


def _is_contents(text: str) -> bool:
    words = "|".join(lexicon().contents["headings"])
    return re.fullmatch(rf"\(?(?:{words})\)?(?:\([一二三]\).{{0,20}})?", folded(text)) is not None


def _without_title(entries: Sequence[ContentsEntry]) -> list[ContentsEntry]:
    """Leave out the last entries without a number, where the others have one: they are the title of what follows."""
    kept = list(entries)
    while kept and not _is_numbered(kept[-1].text):
        kept.pop()
    return kept or list(entries)


def _is_numbered(text: str) -> bool:
    plain = tidy(text)
    label = pattern(lexicon().around.number_label).match(folded(plain))
    return bool(_NUMBERED.match(plain) or _PART.match(plain) or label)


def _unheaded_contents(lines: Sequence[Line]) -> tuple[int, int, tuple[ContentsEntry, ...]]:
    """Find a contents list that has no heading: parts named one below the other, of which the first comes again."""
    start = next((i for i, x in enumerate(lines) if _PART.match(tidy(sole_text(x)))), None)
    if start is None:
        return 0, 0, ()
    entries: list[ContentsEntry] = []
    parts = 0
    for i in range(start, len(lines)):
        text, page, led = contents_entry(lines[i])
        plain = tidy(text)
        label = _PART.match(plain)
        if i > start and label is not None and plain in {tidy(entries[0].text), _first_label(entries[0].text)}:
            return (start, i, tuple(entries)) if parts >= _PARTS else (0, 0, ())
        if not _may_be_entry(lines[i], text, led=led or bool(page)):
            return 0, 0, ()
        parts += label is not None
        entries.append(ContentsEntry(text, page, lines[i].place))
    return 0, 0, ()


def _first_label(text: str) -> str:
    found = _PART.match(tidy(text))
    return "" if found is None else found[0]


def _is_led(line: Line) -> bool:
    """Tell whether a line of a contents list names a page, or has a leader towards one."""
    _text, page, led = contents_entry(line)
    return led or bool(page)


def contents_entry(line: Line) -> tuple[str, str, bool]:
    """Read one line of a contents list: its text, the page it names, and whether a leader runs to the page."""
    texts = [c.text for c in line.cells if c.text]
    page = ""
    lost = _LOST.search(texts[-1]) if texts else None
    if lost is not None:
        texts[-1] = texts[-1][: lost.start()]
        return _LEADER.sub("", " ".join(t for t in texts if t)), lost[0].strip(), True
    if len(texts) > 1 and re.fullmatch(r"[-—\s]*\d{1,4}[-—\s]*", texts[-1]):
        page = texts.pop().strip("-— ")
    text = " ".join(texts)
    found = _ENTRY.fullmatch(text)
    if found is not None:
        return found["text"], page or found["page"] or "", True
    return _LEADER.sub("", text), page, False


def _may_be_entry(line: Line, text: str, *, led: bool) -> bool:
    texts = [c.text for c in line.cells if c.text]
    around = lexicon().around
    return (
        led
        or _is_listed(line)
        or (
            len(texts) == 1
            and len(text) <= _LONGEST_HEADING
            and not _SENTENCE.search(text)
            and not pattern(around.number_label).fullmatch(folded(text))
        )
    )


def _is_listed(line: Line, *, head: bool = False) -> bool:
    """Tell whether a row lists a table by number and title, with a remark behind; or is the `head` of such a list."""
    texts = [c.text for c in line.cells if c.text]
    if not _FEWEST_LISTED <= len(texts) <= _MOST_LISTED:
        return False
    if head:
        return any(tidy(t) in lexicon().contents["columns"] for t in texts)
    label = pattern(lexicon().around.number_label).fullmatch(folded(texts[0])) or re.fullmatch(r"\d{1,2}", texts[0])
    return label is not None and tidy(texts[1]).endswith(lexicon().around.title_ending)


def _first_of_body(body: Sequence[Line], parts: Iterable[tuple[int, str]], is_title: Callable[[str], bool]) -> int:
    """Find where the cover of a document without a contents list ends."""
    first = next((i for i, _ in parts), len(body))
    for i, line in enumerate(body[:first]):
        text = sole_text(line)
        label = pattern(lexicon().around.number_label).fullmatch(folded(text)) is not None if text else False
        if (
            not text
            or label
            or is_title(text)
            or _OF_ACCOUNTS.search(text)
            or len(text) > _LONGEST_COVER
            or _SENTENCE.search(text)
        ):
            return i
    return min(first, len(body))
