"""The sides of printed lines: code, label, texts and figures, before they have keys; lines that make one row joined."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.disclosure import Side
from mingzhang.model.keys import folded, joined_code, tidy
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.model.place import Place
from mingzhang.readback.likeness import has_ordinal, unnumbered
from mingzhang.readback.names import is_total
from mingzhang.readback.placing import CODE, CODE_AND_NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from mingzhang.model.page import Line
    from mingzhang.readback.columns import Layout
    from mingzhang.readback.placing import Placing

_CLOSING: Final = {"(": ")", "“": "”", "《": "》", "[": "]"}
_WRITTEN_AS_NUMBER: Final = re.compile(r"(?<=\d)\.0$")
"""What programs that take a code for a number with places write behind it: 2010601.0."""
_NEARLY_FULL: Final = 0.8
_LONG: Final = 10
JOINED: Final = later("名称可能分在几行")
_APART, _REST, _LIKELY_REST, _UNSURE = "apart", "rest", "likely rest", "unsure"


class Part(msgspec.Struct, frozen=True):
    """One side of one printed line; `sources` are the lines (by index) whose cells are its own.

    `filled` says that figures stand in it, `bare` that the line is a lone text and no row.
    """

    side: Side
    code: str
    label: str
    texts: dict[str, str]
    filled: bool
    bare: bool
    place: Place
    sources: tuple[int, ...]
    doubt: str = ""

    @property
    def total(self) -> bool:
        """Tell whether it is a total row by its word, in whichever column that stands."""
        return is_total(self.label or self.code)


def parts_of_line(index: int, line: Line, placing: Placing, layout: Layout, coded: Collection[Side] = ()) -> list[Part]:
    """Read the sides of one line under a placing; a side on which nothing is printed is left out.

    On `coded` sides a code stands before the name, in its cell.
    """
    parts = []
    sides: dict[Side, None] = dict.fromkeys(t.column.side for t in layout.targets)
    for side in sides:
        words: dict[str, str] = {}
        codes: list[str] = []
        filled = shown = False
        for cell, at in zip(line.cells, placing.at, strict=True):
            if at < 0 or not cell.text or layout.targets[at].column.side != side:
                continue
            column = layout.targets[at].column
            shown = True
            if column.kind == "code":
                codes.append(_WRITTEN_AS_NUMBER.sub("", cell.text))
            elif column.kind == "figure":
                filled = True
            else:
                words[column.key] = words.get(column.key, "") + cell.text
        if not shown:
            continue
        label = words.pop("label", "")
        code, label = (
            _divided([label], "")
            if side in coded and CODE_AND_NAME.fullmatch(label.strip())
            else _divided(codes, label)
        )
        astray = next((k for k, w in words.items() if not label and not code and is_total(w)), None)
        label = words.pop(astray) if astray is not None else label
        parts.append(Part(side, code, label, words, filled, len(line.cells) == 1, line.place, (index,)))
    return parts


def _divided(codes: Sequence[str], label: str) -> tuple[str, str]:
    """Join a code's cells; a name in the code's cell goes to the label, a total's word too."""
    both = CODE_AND_NAME.fullmatch(codes[0].strip()) if len(codes) == 1 else None
    if both is not None and not label:
        return both["code"], both["name"]
    if codes and not label and not CODE.fullmatch(folded(codes[-1])):
        return joined_code(*codes[:-1]), codes[-1]
    return joined_code(*codes), label


class Joining(msgspec.Struct, frozen=True):
    """How a table's lines make rows: `coded` if it has codes, `loose` if a whole row may be the rest of a name.

    `is_name` tells the label of a row of its own; where rows are `numbered`, so does a number before it.
    """

    coded: bool
    loose: bool
    is_name: Callable[[str], bool]
    numbered: bool = False

    def joined(self, parts: Sequence[Part]) -> list[Part]:
        """Join the lines that make one row: a label broken over lines, whose figures stand beside any of its pieces."""
        longest = max((len(p.label) for p in parts), default=0)
        out: list[Part] = []
        for i, part in enumerate(parts):
            if not out:
                out.append(part)
                continue
            before = out[-1]
            after = parts[i + 1] if i + 1 < len(parts) else None
            relation = self._relation(before, part, after, longest)
            if relation in {_REST, _LIKELY_REST}:
                out[-1] = _join(before, part, _(JOINED) if relation == _LIKELY_REST else "")
                if before.bare and relation == _LIKELY_REST and len(out) > 1 and not out[-2].total:
                    # What was taken for the beginning of this name may be the end of the one above.
                    out[-2] = _doubted(out[-2])
            elif relation == _UNSURE:
                out[-1:] = [_doubted(before), _doubted(part)]
            else:
                out.append(part)
        return [self._unlike_any(p) for p in out] if self.coded else out

    def _unlike_any(self, part: Part) -> Part:
        """Doubt the name of a row that was put together from several lines and is none that one knows."""
        broken = len(part.sources) > 1 and part.code and not part.total
        return _doubted(part) if broken and not self.is_name(part.label) else part

    def _relation(self, before: Part, part: Part, after: Part | None, longest: int) -> str:
        """Tell whether a line is the rest of the row above it."""
        both = before.filled and part.filled
        if before.total or part.total or part.code or (self.numbered and has_ordinal(part.label)):
            return _APART
        if not both and (
            is_total(before.label + part.label) or (part.label and self.is_name(before.label + part.label))
        ):
            return _REST
        if both or self.is_name(part.label):
            return _APART
        if self.coded:
            # Every row has a code: a line without one is the rest of the row above it.
            return (_LIKELY_REST if part.filled else _REST) if before.code and part.label else _APART
        if _open(before.label) or (part.filled and not part.label):
            return _LIKELY_REST
        return self._by_shape(before, part, after, longest)

    def _by_shape(self, before: Part, part: Part, after: Part | None, longest: int) -> str:
        """Judge two lines of names alone by whether the upper one fills its column."""
        bare = before.bare or part.bare
        if not part.label or part.texts or (before.texts and not before.filled) or not (bare or self.loose):
            return _APART
        if before.filled:
            full = len(before.label) >= max(_LONG, int(_NEARLY_FULL * longest))
            return _LIKELY_REST if full and not (after is not None and after.filled and not after.label) else _UNSURE
        if self.is_name(before.label) or not (part.filled or (before.bare and part.bare)):
            return _APART
        return _LIKELY_REST if before.bare else _UNSURE


def rejoined(parts: Sequence[Part], names: frozenset[str]) -> list[Part]:
    """Join two lines of one side of a fixed form where only both together are the name of a row."""
    out: list[Part] = []
    for part in parts:
        before = out[-1] if out else None
        torn = before is not None and unnumbered(before.label) not in names and not (before.filled and part.filled)
        if before is not None and torn and unnumbered(before.label + part.label) in names:
            out[-1] = _join(before, part, "")
        else:
            out.append(part)
    return out


def _doubted(part: Part) -> Part:
    return msgspec.structs.replace(part, doubt=part.doubt or _(JOINED))


def _open(label: str) -> bool:
    """Tell whether a bracket or quote of a label is still open."""
    text = re.sub(r"（", "(", re.sub(r"）", ")", label))
    return any(text.count(a) > text.count(b) for a, b in _CLOSING.items())


def _join(one: Part, rest: Part, doubt: str) -> Part:
    return msgspec.structs.replace(
        one,
        label=one.label + rest.label,
        texts={k: one.texts.get(k, "") + rest.texts.get(k, "") for k in (*one.texts, *rest.texts)},
        filled=one.filled or rest.filled,
        place=one.place if one.filled or not rest.filled else rest.place,
        sources=one.sources + rest.sources,
        doubt=one.doubt or doubt,
    )


def labels(parts: Iterable[Part]) -> list[str]:
    """List the labels of parts, white space removed."""
    return [tidy(p.label) for p in parts]
