"""The sides of printed lines: code, label, texts and figures, before they have keys; lines that make one row joined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.disclosure import Side
from mingzhang.model.keys import folded, joined_code, tidy
from mingzhang.model.place import Place
from mingzhang.readback.names import is_total
from mingzhang.readback.placing import CODE, CODE_AND_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.model.page import Line
    from mingzhang.readback.columns import Layout
    from mingzhang.readback.placing import Placing

_CLOSING: Final = {"(": ")", "“": "”", "《": "》", "[": "]"}
_NEARLY_FULL: Final = 0.8
_LONG: Final = 10
JOINED: Final = "名称分在几行"


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


def parts_of_line(index: int, line: Line, placing: Placing, layout: Layout) -> list[Part]:
    """Read the sides of one line under a placing; a side on which nothing is printed is left out."""
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
                codes.append(cell.text)
            elif column.kind == "figure":
                filled = True
            else:
                words[column.key] = words.get(column.key, "") + cell.text
        if not shown:
            continue
        code, label = _divided(codes, words.pop("label", ""))
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


def joined(parts: Sequence[Part], *, coded: bool, is_row: frozenset[str]) -> list[Part]:
    """Join the lines that make one row: a label broken over lines, whose figures stand beside any of its pieces.

    `coded` says that the table has codes; `is_row` holds names that are rows of their own.
    """
    longest = max((len(p.label) for p in parts), default=0)
    out: list[Part] = []
    for i, part in enumerate(parts):
        before = out[-1] if out else None
        if before is None or before.total or part.total or folded(part.label) in is_row or part.code:
            out.append(part)
        elif coded:
            # Every row has a code: a line without one is the rest of the row above it.
            rest = before.code and (not part.filled or not before.filled) and part.label
            out[-1:] = [_join(before, part, "" if not part.filled else JOINED)] if rest else [before, part]
        elif _goes_on(before, part, parts[i + 1] if i + 1 < len(parts) else None, longest):
            out[-1:] = [_join(before, part, JOINED)]
        else:
            out.append(part)
    return out


def _goes_on(before: Part, part: Part, after: Part | None, longest: int) -> bool:
    """Tell whether a line without a code is the rest of the row above it."""
    if part.filled and before.filled:
        return False
    if _open(before.label) or (part.filled and not part.label):
        return True
    if part.texts or before.texts or not part.label or not (before.bare or part.bare):
        return False
    if before.filled:
        # A short rest under a label that fills its column; unless the line below lacks its label.
        full = len(before.label) >= max(_LONG, int(_NEARLY_FULL * longest))
        return full and not (after is not None and after.filled and not after.label)
    return part.filled


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
