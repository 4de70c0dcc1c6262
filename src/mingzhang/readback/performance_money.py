"""The money lines of a project form: two halves, each a label and an amount, by source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.performance import ProjectTexts, folded_label
from mingzhang.model.figure import Figure, read_figure
from mingzhang.model.language import gettext as _
from mingzhang.model.performance import Funds
from mingzhang.readback.performance_labels import Labels, Token, unit_in, without_unit

if TYPE_CHECKING:
    from mingzhang.model.place import Place

_BESIDE: Final = "beside"
_SIDES: Final = ("period", "annual")
_YUAN: Final = "元"


class MoneyReader:
    """Gathers the money lines of one form, row by row."""

    def __init__(self, texts: ProjectTexts) -> None:
        """Start with nothing read."""
        known = [(s, line.key) for line in texts.funds for s in line.spellings]
        self._labels = Labels((*known, *((s, _BESIDE) for s in texts.beside)), texts.prefixes)
        self._texts = texts
        self._found: dict[str, dict[str, Figure]] = {"period": {}, "annual": {}}
        self._columns: dict[str, int] = {}
        self._doubt = ""
        self._beside: set[str] = set()
        self.unit = texts.unit
        self._has_unit = False
        self._with_own: dict[str, set[str]] = {"period": set(), "annual": set()}
        self.places: dict[str, Place] = {}
        self.doubts: list[str] = []

    def knows(self, text: str) -> bool:
        """Tell whether a cell begins with the label of a money line."""
        return bool(self._known(text)[0])

    def _known(self, text: str) -> tuple[str, str]:
        """Give the key of a label and an amount in its cell; a label may say its unit behind it."""
        key, rest = self._labels.with_rest(text)
        if not key and unit_in(folded_label(text)):
            key, rest = self._labels.with_rest(without_unit(text))
            if key:
                self.note_unit(text)
        return key, rest

    def note_unit(self, label: str) -> None:
        """Take the unit from the label of the money block (`项目资金(元)`), which may stand below its first lines."""
        unit = unit_in(folded_label(label))
        if unit and not self._has_unit:
            for side, found in self._found.items():
                for key in found.keys() - self._with_own[side]:
                    found[key] = msgspec.structs.replace(found[key], unit=unit)
        self._has_unit = self._has_unit or bool(unit)
        self.unit = unit or self.unit

    def read(self, tokens: tuple[Token, ...], width: int, doubt: str = "") -> None:
        """Read one row of `width` cells; what is in doubt of the row is in doubt of its amounts."""
        self._doubt = doubt
        marks = [(i, *self._known(t.text)) for i, t in enumerate(tokens)]
        marks = [(i, key, rest) for i, key, rest in marks if key]
        for at, (i, key, rest) in enumerate(marks):
            token = tokens[i]
            side = self._side(token, key, at, len(marks))
            stop = marks[at + 1][0] if at + 1 < len(marks) else len(tokens)
            following = tokens[i + 1 : stop]
            room = (tokens[stop].column if stop < len(tokens) else width) - token.column - 1
            amount = token if rest or not following else following[0]
            self._put(side, key, rest or (following[0].text if following else ""), amount, has_room=room > 0)
            if len(following) > 1:
                self.doubts.append(_("{field}：标签后不止一个数").format(field=f"{side}_funds.{key}"))
            self._columns[side] = token.column

    def _side(self, token: Token, key: str, at: int, count: int) -> str:
        if key == "total":
            bare = token.folded.partition(":")[0]
            if bare in self._texts.annual_totals:
                return "annual"
            if bare in self._texts.period_totals:
                return "period"
        if count > 1:
            return _SIDES[min(at, 1)]
        if len(self._columns) == 2:
            near = {side: abs(token.column - column) for side, column in self._columns.items()}
            return "annual" if near["annual"] < near["period"] else "period"
        return next(iter(self._columns), "period")

    def _put(self, side: str, key: str, text: str, token: Token, *, has_room: bool) -> None:
        """Keep an amount with the place of the cell in which it stands."""
        name = f"{side}_funds.{key}"
        if key == _BESIDE:
            self._beside.add(side)
            return
        if key in self._found[side]:
            self.doubts.append(_("{field}：重复出现").format(field=name))
            return
        self.places[name] = token.place
        if not text and not has_room:
            self.doubts.append(_("{field}：金额一栏缺失").format(field=name))
            return
        if text.rstrip().endswith(_YUAN):
            self._with_own[side].add(key)
        figure = read_figure(re.sub(r"\s+", "", text).removesuffix(self.unit), self.unit, token.place)
        if figure is None:
            figure = Figure(None, self.unit, printed=text, place=token.place, doubt=_("不是金额"))
        if figure.digits is None and not figure.printed:
            figure = msgspec.structs.replace(figure, places=0)
        self._found[side][key] = msgspec.structs.replace(figure, doubt=figure.doubt or self._doubt)

    def funds(self, side: str) -> Funds:
        """Give what was read of one side."""
        found = dict(self._found[side])
        if side in self._beside and "total" in found:
            total = found["total"]
            found["total"] = msgspec.structs.replace(
                total, doubt=total.doubt or _("另有各级财政以外的来源，不逐项读出")
            )
        return Funds(**found)
