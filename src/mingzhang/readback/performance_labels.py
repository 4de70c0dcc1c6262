"""Finding a form's labels in cells: whole, broken by spaces, cut at an end, or with the value in the same cell."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.forms.performance import folded_label
from mingzhang.model.language import gettext as _
from mingzhang.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mingzhang.model.page import Cell, Line

_RULE: Final = re.compile(r"[-—_=|:.\s]*")
_LABEL_AND_AMOUNT: Final = re.compile(r"(?P<label>.*[^\d\s,，.．-])\s*(?P<amount>-?\d[\d,，.．]*(?:万?元)?)")
_LEAST: Final = 4


@cache
def _bracketed_unit() -> re.Pattern[str]:
    return re.compile(rf"\s*[(（]\s*({'|'.join(map(re.escape, lexicon().units['names']))})\s*[)）]")


def unit_in(label: str) -> str:
    """Give the unit of money that a folded label has in brackets (`项目资金(元)`); "" if it has none."""
    found = _bracketed_unit().search(label)
    return found[1] if found is not None else ""


def without_unit(text: str) -> str:
    """Give a text without the unit of money in brackets."""
    return _bracketed_unit().sub("", text)


class Token(msgspec.Struct, frozen=True):
    """One filled cell: its column from 0, its text, and the text folded as a label."""

    column: int
    text: str
    folded: str
    place: Place


def unplaced(token: Token) -> str:
    """Say of a cell that nothing tells which field it belongs to."""
    return _("第{line}行：“{text}”不知属于哪一栏").format(line=token.place.line, text=token.text[:10])


class Labels:
    """The spellings of one set of labels and the key of each."""

    def __init__(self, spellings: Iterable[tuple[str, str]], prefixes: tuple[str, ...] = ()) -> None:
        """Take pairs of folded spelling and key; the first key of a spelling stays."""
        self._keys: dict[str, str] = {}
        for spelling, key in spellings:
            self._keys.setdefault(spelling, key)
        self._prefixes = prefixes

    def key(self, folded: str) -> str:
        """Give the key of a cell that is a label and nothing else; "" if it is none."""
        return self._keys.get(self._bare(folded), "")

    def loose(self, folded: str) -> str:
        """Give the key of a cell that is a label, or one cut at its end; "" if none or not only one fits."""
        exact = self.key(folded)
        bare = self._bare(folded)
        if exact or len(bare) < _LEAST:
            return exact
        keys = {k for s, k in self._keys.items() if s.startswith(bare) and 3 * len(bare) >= 2 * len(s)}
        return keys.pop() if len(keys) == 1 else ""

    def with_rest(self, text: str) -> tuple[str, str]:
        """Give the key and what follows in the same cell after a colon, or an amount; ("", "") if no label begins it."""
        key = self.key(folded_label(text))
        if key:
            return key, ""
        marks = [m.start() for m in re.finditer("[:：]", text)]
        for at in reversed(marks):
            key = self.key(folded_label(text[:at]))
            if key and text[at + 1 :].strip():
                return key, text[at + 1 :].strip()
        together = _LABEL_AND_AMOUNT.fullmatch(text.strip())
        key = self.key(folded_label(together["label"])) if together is not None else ""
        return (key, together["amount"]) if together is not None and key else ("", "")

    def __contains__(self, folded: str) -> bool:
        """Tell whether a folded text is one of the labels."""
        return bool(self.key(folded))

    def _bare(self, folded: str) -> str:
        for prefix in self._prefixes:
            if folded.startswith(prefix) and folded != prefix:
                return folded.removeprefix(prefix).lstrip(":")
        return folded


def filled_down(lines: Sequence[Line], wanted: Callable[[str], bool]) -> tuple[Line, ...]:
    """Repeat the wanted cells that span rows in each of them: where spans are known, a label is on no wrong row."""
    out: list[Line] = []
    open_: dict[int, Cell] = {}
    for line in lines:
        cells = list(line.cells)
        below: dict[int, Cell] = {}
        for column, cell in enumerate(line.cells):
            above = open_.get(column)
            here = cell if cell.text or above is None else msgspec.structs.replace(above, rows=above.rows - 1)
            cells[column] = here
            if here.rows > 1 and wanted(folded_label(here.text)):
                below[column] = here
        open_ = below if line.is_row else open_
        out.append(msgspec.structs.replace(line, cells=tuple(cells)))
    return tuple(out)


def _place(cell: Cell, line: Line) -> Place:
    """Give the place of a cell; of one filled down from above that of the line where it is wanted."""
    own = cell.place
    return own if (own.page, own.line) == (line.place.page, line.place.line) else line.place


def tokens_of(line: Line) -> tuple[Token, ...]:
    """List the filled cells of a line; a line of rules only (`---`) has none."""
    found = tuple(
        Token(i, c.text.strip(), folded_label(c.text), _place(c, line))
        for i, c in enumerate(line.cells)
        if c.text.strip()
    )
    return () if all(_RULE.fullmatch(t.text) and len(t.text) > 1 for t in found) else found
