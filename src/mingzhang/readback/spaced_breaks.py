"""The words of a head that only blanks divide: parts of broken words joined, and which words stand above which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.readback.columns import CODE_PARTS
from mingzhang.readback.heads import Stack
from mingzhang.readback.likeness import bare, shortened
from mingzhang.readback.meanings import is_code, keys_of_words, words_above
from mingzhang.readback.spaced_texts import Text
from mingzhang.readback.spaced_words import is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.readback.spaced_columns import Column

_CENTRED: Final = 4
_WHICH: Final = "其中"
"""With this a word begins, whatever stands above it."""


class Word(msgspec.Struct, eq=False):
    """One word of a head: the texts it was broken into, and the words below it that it spans."""

    texts: list[Text]
    below: list[Word]
    columns: tuple[int, ...] = ()
    depth: int = 0

    @property
    def text(self) -> str:
        """Give the word, its parts joined."""
        return "".join(t.text for t in self.texts)

    @property
    def left(self) -> int:
        """Give where its leftmost part begins."""
        return min(t.left for t in self.texts)

    @property
    def right(self) -> int:
        """Give where its rightmost part ends."""
        return max(t.right for t in self.texts)

    @property
    def first(self) -> int:
        """Give the line of its first part."""
        return self.texts[0].line

    @property
    def last(self) -> int:
        """Give the line of its last part."""
        return self.texts[-1].line

    @property
    def middle(self) -> int:
        """Give twice the place of its middle."""
        return self.left + self.right


def words_of(lines: Sequence[Sequence[Text]], columns: Sequence[Column]) -> list[Word]:
    """Make the words of a head from its lines: the uppermost of each group, with those below."""
    tops: list[Word] = []
    for line in reversed(lines):
        above: list[Word] = []
        taken: set[int] = set()
        for text in line:
            under = [w for w in tops if id(w) not in taken and text.overlaps(w.left, w.right)]
            taken |= {id(w) for w in under}
            if len(under) == 1 and _goes_on(text, under[0], columns, lines):
                above.append(Word([text, *under[0].texts], under[0].below))
            else:
                above.append(Word([text], under))
        tops = sorted([*above, *(w for w in tops if id(w) not in taken)], key=lambda w: w.left)
    return _above_parts(tops)


def _above_parts(tops: list[Word]) -> list[Word]:
    """Put the word of a code above the words of its parts, though it may stand between two of them."""
    parts = [w for w in tops if not w.below and bare(w.text) in CODE_PARTS]
    for word in tops:
        if word.below or word in parts or not is_code(Stack(word.text)):
            continue
        run = [w for w in parts if w.first > word.last]
        if len(run) > 1 and run[0].middle < word.middle < run[-1].middle and _next_to_each_other(run, word, tops):
            word.below = run
            return [w for w in tops if w not in run]
    return tops


def _next_to_each_other(run: Sequence[Word], above: Word, tops: Sequence[Word]) -> bool:
    """Tell whether nothing but the word above stands among the words of a run."""
    among = [w for w in tops if run[0].middle <= w.middle <= run[-1].middle and w is not above]
    return [w.middle for w in among] == [w.middle for w in run]


def _goes_on(text: Text, word: Word, columns: Sequence[Column], lines: Sequence[Sequence[Text]]) -> bool:
    """Tell whether a word goes on in the one below it, rather than being that of a group."""
    if bare(text.text) in words_above() or bare(word.text).startswith(_WHICH):
        return False
    if is_known(text.text + word.text) or word.text[:1] in "（(":
        return True
    if keys_of_words().keys() & {bare(text.text), bare(word.text), *shortened(bare(word.text))}:
        return False
    if not word.below and sum(text.overlaps(c.left, c.right) for c in columns) > 1:
        return False
    if _is_among_whole(word.texts[0], lines):
        return False
    near = abs(text.left + text.right - (word.texts[0].left + word.texts[0].right)) <= _CENTRED
    return near and not (word.below and is_known(word.text))


def _is_among_whole(text: Text, lines: Sequence[Sequence[Text]]) -> bool:
    """Tell whether words stand beside a text that have nothing above: beside the rest of a broken word they stand higher."""
    above = [t for line in lines for t in line if t.line < text.line]
    return any(
        not any(t.overlaps(beside.left, beside.right) for t in above)
        for line in lines
        for beside in line
        if beside.line == text.line and beside is not text
    )


def leaves_of(words: Sequence[Word]) -> list[Word]:
    """Give the words with none below, from the left."""
    out: list[Word] = []
    for word in words:
        out += leaves_of(word.below) if word.below else [word]
    return sorted(out, key=lambda w: w.middle)


def with_below(word: Word) -> list[Word]:
    """Give a word and all those below it."""
    return [word, *(x for w in word.below for x in with_below(w))]
