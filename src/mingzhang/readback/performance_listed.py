"""One long list of indicators with their projects beside them: 项目名称, 年度目标, 一级指标 … in one head, a row for each indicator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.performance import PerformanceForms, folded_label
from mingzhang.model.figure import Figure, read_figure
from mingzhang.model.keys import tidy
from mingzhang.model.performance import Funds, Indicator, ProjectForm, ProjectFormKind
from mingzhang.readback.performance_columns import LEVELS, ColumnHead, ColumnReader
from mingzhang.readback.performance_labels import Labels, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.place import Place

_UNIT: Final = re.compile(r"[(（]\s*(万?元)\s*[)）]")
_MONEY_UNIT: Final = re.compile(r"单位[:：]\s*(万?元)")
_TEXTS: Final = ("project", "category", "department", "implementing_unit", "overview", "period_goal", "annual_goal")
_TOTAL: Final = "total"
_FEWEST: Final = 3


class ListHead(msgspec.Struct, frozen=True):
    """The head of such a list: what each column is, the unit of its amounts, and how many rows it takes."""

    head: ColumnHead
    unit: str
    rows: int


def list_head(rows: Sequence[tuple[Token, ...]], forms: PerformanceForms) -> ListHead | None:
    """Read the head of a list from the rows that may make it (one or two); None where it is none."""
    texts = forms.project
    fields = Labels((s, x.key) for x in (*texts.head, *texts.texts, *texts.goals) for s in x.spellings)
    frame = {folded_label(w): LEVELS[min(n, 3)] for n, w in enumerate((*forms.frame.head, *forms.frame.head_names))}
    beside = {folded_label(w): key for key, names in forms.frame.columns.items() for w in names}
    totals = {*texts.listed, *texts.annual_totals, *texts.period_totals}
    for count in range(1, len(rows) + 1):
        columns: dict[int, str] = {}
        unit = ""
        for token in (t for row in rows[:count] for t in row):
            bare = folded_label(_UNIT.sub("", token.text))
            field = fields.key(bare)
            role = frame.get(bare) or beside.get(bare) or (_TOTAL if bare in totals else "")
            role = role or ("annual_goal" if field == "goal" else field if field in _TEXTS else "")
            if role == _TOTAL and (found := _UNIT.search(token.text)):
                unit = found[1]
            if role or token.column not in columns:
                columns[token.column] = role
        roles = [r for r in columns.values() if r]
        if {"project", "name", "value"} <= set(roles) and len(set(roles)) == len(roles) > _FEWEST:
            return ListHead(ColumnHead(columns), unit, count)
    return None


def money_unit(text: str) -> str:
    """Give the unit of money that a line above a list says; "" if none."""
    found = _MONEY_UNIT.search(text)
    return found[1] if found else ""


class ListReader:
    """Reads the rows of a list into a form for each project."""

    def __init__(self, forms: PerformanceForms, head: ListHead, kind: ProjectFormKind, title: str, unit: str) -> None:
        """Start before the first row; `unit` is that of amounts whose column says none."""
        self._head = head
        self._kind: ProjectFormKind = kind
        self._title = title
        self._unit = head.unit or unit or forms.project.unit
        self._reader = ColumnReader(forms.frame)
        self._values: dict[str, str] = {}
        self._total: Figure | None = None
        self._indicators: list[Indicator] = []
        self._places: list[Place] = []
        self.forms: list[ProjectForm] = []

    def read(self, tokens: tuple[Token, ...], doubt: str = "") -> None:
        """Read one row: a project's name begins its form, unless it is the same again as on a new page."""
        cells = {self._head.head.role(t.column): t for t in tokens}
        project = cells.get("project")
        if project is not None and tidy(project.text) != self._values.get("project", ""):
            self.end()
            self._reader.begin()
        for key in _TEXTS:
            if key in cells and not self._values.get(key):
                text = cells[key].text
                self._values[key] = tidy(text) if key == "project" else text
        if _TOTAL in cells and self._total is None:
            own = cells[_TOTAL]
            self._total = read_figure(tidy(own.text).removesuffix(self._unit), self._unit, own.place)
        one = self._reader.read(tokens, self._head.head, doubt)
        if one is not None:
            self._indicators.append(one)
        self._places.append(tokens[0].place)

    def end(self) -> None:
        """End the form of the project so far, if there is one."""
        if self._places:
            values = {"project": "", **self._values}
            whole = not values.get("annual_goal") and bool(values.get("period_goal"))
            side = "period_indicators" if whole else "annual_indicators"
            self.forms.append(
                ProjectForm(
                    kind=self._kind,
                    title=self._title,
                    annual_funds=Funds(total=self._total),
                    first=self._places[0],
                    last=self._places[-1],
                    places={"project": self._places[0]},
                    **values,  # type: ignore[arg-type]
                    **{side: tuple(self._indicators)},  # type: ignore[arg-type]
                )
            )
        self._values, self._total, self._indicators, self._places = {}, None, [], []
