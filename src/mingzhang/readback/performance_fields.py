"""The rows of a project form above its indicators, and the line of signatures below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from mingzhang.forms.performance import PerformanceForms, ProjectTexts, folded_label
from mingzhang.model.keys import tidy
from mingzhang.model.language import gettext as _
from mingzhang.readback.performance_labels import Labels, Token, unplaced
from mingzhang.readback.performance_money import MoneyReader

if TYPE_CHECKING:
    from mingzhang.model.page import Line
    from mingzhang.model.place import Place

_CODE: Final = re.compile(r"(\d{2,})[-－—–](.+)")
_YEARS: Final = re.compile(r"(\d{1,2})年?")
_NUMERALS: Final = {n: i for i, n in enumerate("一二三四五六七八九十", 1)}
_GOALS: Final = ("period_goal", "annual_goal")


class FieldReader:
    """Gathers the fields of one project form, row by row."""

    def __init__(self, forms: PerformanceForms) -> None:
        """Start with nothing read."""
        texts = forms.project
        self._texts = texts
        self._head = Labels((s, x.key) for x in texts.head for s in x.spellings)
        self._money = Labels((s, x.key) for x in texts.money for s in x.spellings)
        self._prose = Labels((s, x.key) for x in (*texts.texts, *texts.goals) for s in x.spellings)
        self._footer = Labels((s, x.key) for x in texts.footer for s in x.spellings)
        self.money = MoneyReader(texts)
        self.values: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        self.doubts: list[str] = []
        self._goal_columns: dict[str, int] = {}
        self._goal_label_seen = False
        self._last = ""

    def read(self, tokens: tuple[Token, ...], line: Line) -> None:
        """Read one row above the indicators."""
        first = tokens[0]
        if line.doubt:
            self.doubts.append(_("第{line}行：{doubt}").format(line=line.place.line, doubt=line.doubt))
        key, rest = self._prose.with_rest(first.text)
        key = key or self._prose.loose(first.folded)
        if key:
            self._read_prose(key, rest, tokens)
        elif self._money.key(first.folded) or any(self.money.knows(t.text) for t in tokens):
            if self._money.key(first.folded):
                self.money.note_unit(first.text)
            self.money.read(tokens, len(line.cells), line.doubt)
            self._last = ""
        elif any(self._head.with_rest(t.text)[0] for t in tokens):
            self._read_pairs(tokens)
        else:
            self._go_on(tokens)

    def _read_pairs(self, tokens: tuple[Token, ...]) -> None:
        """Read labels each followed by its value."""
        key = ""
        for token in tokens:
            found, rest = self._head.with_rest(token.text)
            if found and (found not in self.values or found != key):
                key = found
                self.places.setdefault(key, token.place)
                self._set(key, rest)
            elif key:
                self._set(key, token.text)
            else:
                self.doubts.append(unplaced(token))
        self._last = ""

    def _set(self, key: str, text: str) -> None:
        if not text:
            self.values.setdefault(key, "")
        elif self.values.get(key):
            self.doubts.append(_("{field}：一栏内不止一个内容").format(field=key))
            self.values[key] += f" {text}"
        else:
            self.values[key] = text

    def _read_prose(self, key: str, rest: str, tokens: tuple[Token, ...]) -> None:
        self.places.setdefault(key, tokens[0].place)
        if key in {"goal", *_GOALS}:
            self._read_goals(key, rest, tokens)
            return
        text = " ".join(filter(None, (rest, *(t.text for t in tokens[1:]))))
        if self.values.get(key):
            self.doubts.append(_("{field}：重复出现").format(field=key))
            text = f"{self.values[key]} {text}"
        self.values[key] = text
        self._last = key

    def _read_goals(self, key: str, rest: str, tokens: tuple[Token, ...]) -> None:
        labelled = [(t, self._prose.with_rest(t.text)) for t in tokens]
        self._last = ""
        if key in _GOALS and all(k in _GOALS for _token, (k, _rest) in labelled):
            for token, (name, value) in labelled:
                self._goal_columns[name] = token.column
                if value:
                    self._set(name, value)
            return
        if key in _GOALS:
            now = ""
            for token, (name, value) in labelled:
                now = name or now
                self._set(now, value if name else token.text)
            self._last = now
            return
        heads = [(t, k) for t, (k, value) in labelled[1:] if k in _GOALS and not value]
        if heads and len(heads) == len(tokens) - 1:  # the labels of the two sides; their texts stand in the next row
            self._goal_columns |= {k: t.column for t, k in heads}
            self._goal_label_seen = True
            return
        contents = [(tokens[0].column, rest)] if rest else []
        contents += [(t.column, t.text) for t in tokens[1:]]
        self._put_goals(contents)

    def _put_goals(self, contents: list[tuple[int, str]]) -> None:
        split = self._goal_columns.get("annual_goal")
        if len(contents) == 1:
            column, text = contents[0]
            side = _GOALS[1] if split is not None and column >= split else _GOALS[0]
            self._set(side, text)
        else:
            for i, (_column, text) in enumerate(contents):
                self._set(_GOALS[min(i, 1)], text)
            if len(contents) > 2:
                self.doubts.append(_("annual_goal：总体目标一行不止两个内容"))
        self._last = ""

    def _go_on(self, tokens: tuple[Token, ...]) -> None:
        """Take a row without a label as the rest of the text before it, or as the goals if their label was lost."""
        if self._last:
            self.values[self._last] = " ".join((self.values[self._last], *(t.text for t in tokens))).strip()
            self.doubts.append(_("{field}：接有无标签的一行").format(field=self._last))
        elif self._goal_columns and not any(self.values.get(g) for g in _GOALS):
            self._put_goals([(t.column, t.text) for t in tokens])
            if not self._goal_label_seen:
                self.doubts.append(_("period_goal：总体目标一行缺标签"))
        else:
            self.doubts.append(unplaced(tokens[0]))

    def is_footer(self, tokens: tuple[Token, ...]) -> bool:
        """Tell whether a row is the line of signatures: two of its labels, or one and nothing of an indicator."""
        return bool(footer_marks("\t".join(t.text for t in tokens), self._texts))

    def read_footer(self, tokens: tuple[Token, ...]) -> None:
        """Read a line of signatures; labels and values may share a cell."""
        text = "\t".join(t.text for t in tokens)
        marks = footer_marks(text, self._texts)
        for (_form, start, key), stop in zip(marks, [m[0] for m in marks[1:]] + [len(text)], strict=True):
            value = re.sub(r"\s+", " ", text[start:stop]).strip()
            self.values[key] = tidy(value) if key in {"filled_at", "phone"} else value
            self.places[key] = tokens[0].place

    def fields(self) -> dict[str, Any]:
        """Give the form's fields as read, attributes and periods understood."""
        values = {k: v for k, v in self.values.items() if k not in {"goal", "attribute", "period"}}
        code = _CODE.fullmatch(tidy(values.get("department", "")))
        attribute, period = self.values.get("attribute", ""), self.values.get("period", "")
        return {
            **values,
            "project": tidy(values.get("project", "")),
            "department_code": code[1] if code else "",
            "attribute": next((a.attribute for a in self._texts.attributes if a.word in tidy(attribute)), None),
            "attribute_printed": tidy(attribute),
            "period_printed": tidy(period),
            "period_years": _years(tidy(period)),
            "period_funds": self.money.funds("period"),
            "annual_funds": self.money.funds("annual"),
        }


def footer_marks(text: str, texts: ProjectTexts) -> list[tuple[int, int, str]]:
    """Find the labels of a signature line in its text: where each begins and ends, and its key."""
    keys = {s: x.key for x in texts.footer for s in x.spellings}
    if not keys:
        return []
    words = "|".join(sorted(map(re.escape, keys), key=len, reverse=True))
    found = re.finditer(rf"(?<![\u4e00-\u9fff])({words})\s*(?:[:：]|(?=\t|$))", text)
    return [(m.start(), m.end(), keys[folded_label(m[1])]) for m in found]


def _years(text: str) -> int | None:
    found = _YEARS.fullmatch(text)
    if found:
        return int(found[1])
    return _NUMERALS.get(text[0]) if len(text) == 2 and text.endswith("年") else None
