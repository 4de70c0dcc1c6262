"""The rows of the department's own form above its indicators: people, duties, money by source and use, key tasks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from mingzhang.model.figure import Figure, read_figure
from mingzhang.model.keys import tidy
from mingzhang.model.language import gettext as _
from mingzhang.model.performance import DepartmentForm, Indicator
from mingzhang.readback.performance_labels import Labels, Token, unit_in, unplaced

if TYPE_CHECKING:
    from mingzhang.forms.performance import DepartmentTexts
    from mingzhang.model.place import Place

_CODE: Final = re.compile(r"(\d{2,})[-－—–](.+)")


class DepartmentReader:
    """Gathers the fields of the department's own form, row by row."""

    def __init__(self, texts: DepartmentTexts) -> None:
        """Start with nothing read."""
        self._texts = texts
        self._group = Labels((s, "group") for g in texts.groups for s in g.spellings)
        self._head = Labels(((s, x.key) for x in texts.head for s in x.spellings), texts.prefixes)
        self._prose = Labels((s, x.key) for x in texts.texts for s in x.spellings)
        self._tasks = Labels((s, "tasks") for s in texts.tasks.spellings)
        self._units = {x.key: x.unit for x in texts.head}
        self._source = Labels(((s, x.key) for x in texts.by_source for s in x.spellings), texts.prefixes)
        self._use = Labels(((s, x.key) for x in texts.by_use for s in x.spellings), texts.prefixes)
        self._money_head = {*texts.by_source_head, *texts.by_use_head}
        self.values: dict[str, str] = {}
        self.counts: dict[str, Figure] = {}
        self.money: dict[str, dict[str, Figure]] = {"by_source": {}, "by_use": {}}
        self.tasks: list[tuple[str, str]] = []
        self.places: dict[str, Place] = {}
        self.doubts: list[str] = []
        self._block = ""
        self._use_column = 0
        self._unit = texts.money_unit

    def read(self, tokens: tuple[Token, ...]) -> None:
        """Read one row above the indicators."""
        rest = tokens[1:] if self._group.key(tokens[0].folded) else tokens
        if not rest:
            return
        first = rest[0]
        prose, tail = self._prose.with_rest(first.text)
        prose = prose or self._prose.loose(first.folded)
        if prose:
            self.places[prose] = first.place
            self.values[prose] = " ".join(filter(None, (tail, *(t.text for t in rest[1:]))))
            self._block = prose
        elif self._tasks.key(first.folded) or self._block == "tasks":
            self._block = "tasks"
            self._read_tasks(rest[1:] if self._tasks.key(first.folded) else rest)
        elif self._money_head & {t.folded for t in rest}:
            self._block = "money"
            self._use_column = next((t.column for t in rest if t.folded in self._texts.by_use_head), 0)
            self._note_unit(rest)
        elif any(self._head.with_rest(t.text)[0] for t in rest):
            self._block = "head"
            self._read_counts(rest)
        elif self._block == "money":
            self._read_money(rest)
        elif self._block in self.values:
            self.values[self._block] = " ".join((self.values[self._block], *(t.text for t in rest)))
            self.doubts.append(_("{field}：接有无标签的一行").format(field=self._block))
        else:
            self.doubts.append(unplaced(first))

    def _note_unit(self, tokens: tuple[Token, ...]) -> None:
        self._unit = unit_in(" ".join(t.folded for t in tokens)) or self._unit

    def _read_counts(self, tokens: tuple[Token, ...]) -> None:
        key = ""
        for token in tokens:
            found, rest = self._head.with_rest(token.text)
            key = found or key
            text = rest if found else token.text
            self.places.setdefault(key, token.place)
            if not key or not text:
                continue
            if key == "department":
                self.values[key] = text
            else:
                unit = self._units[key]
                figure = read_figure(tidy(text).removesuffix(unit), unit, token.place)
                self.counts[key] = figure or Figure(None, unit, printed=text, place=token.place, doubt=_("不是数"))

    def _read_tasks(self, tokens: tuple[Token, ...]) -> None:
        if not tokens or all(t.folded in self._texts.task_head for t in tokens):
            return
        texts = [t.text for t in tokens]
        self.tasks.append((texts[0], " ".join(texts[1:])))
        self.places.setdefault("key_tasks", tokens[0].place)

    def _read_money(self, tokens: tuple[Token, ...]) -> None:
        """Read a line of two halves; `合计` stands in both, so the first of two is by source."""
        last: tuple[str, str] | None = None
        for token in tokens:
            sides = [
                (side, key)
                for side, labels in (("by_source", self._source), ("by_use", self._use))
                if (key := labels.with_rest(token.text)[0])
            ]
            if sides:
                late = len(sides) > 1 and (last is not None or token.column >= self._use_column > 0)
                last = sides[-1] if late else sides[0]
                rest = self._source.with_rest(token.text)[1] or self._use.with_rest(token.text)[1]
                if not rest:
                    continue
                token = Token(token.column, rest, rest, token.place)  # noqa: PLW2901 - the value of the same cell
            if last is None:
                self.doubts.append(unplaced(token))
                continue
            side, key = last
            figure = read_figure(re.sub(r"\s+", "", token.text), self._unit, token.place)
            if figure is None:
                figure = Figure(None, self._unit, printed=token.text, place=token.place, doubt=_("不是金额"))
            if key in self.money[side]:
                self.doubts.append(_("{field}：重复出现").format(field=f"{side}.{key}"))
                continue
            self.money[side][key] = figure
            self.places[f"{side}.{key}"] = token.place

    def form(self, title: str, indicators: tuple[Indicator, ...], first: Place, last: Place) -> DepartmentForm:
        """Give the form that was read."""
        code = _CODE.fullmatch(tidy(self.values.get("department", "")))
        fields: dict[str, Any] = {**self.values, **self.counts, **self.money}
        return DepartmentForm(
            title=title,
            department_code=code[1] if code else "",
            key_tasks=tuple(self.tasks),
            indicators=indicators,
            first=first,
            last=last,
            places=self.places,
            doubts=tuple(self.doubts),
            **fields,
        )


def begins_department(tokens: tuple[Token, ...], texts: DepartmentTexts) -> bool:
    """Tell whether a row is the first of the department's own form."""
    return bool(tokens) and tokens[0].folded in texts.start.spellings
