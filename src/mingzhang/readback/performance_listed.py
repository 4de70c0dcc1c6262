"""One long list of indicators with their projects beside them: 项目名称, 年度目标, 一级指标 … in one head, a row for each indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.figure import Figure, read_figure
from mingzhang.model.keys import tidy
from mingzhang.model.language import gettext as _
from mingzhang.model.performance import Funds, Indicator, ProjectForm, ProjectFormKind
from mingzhang.readback.names import is_total
from mingzhang.readback.performance_columns import ColumnHead, ColumnReader, roles_of_words
from mingzhang.readback.performance_labels import Labels, Token, unit_in, without_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.performance import PerformanceForms
    from mingzhang.model.place import Place

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
    frame = roles_of_words(forms.frame)
    totals = {*texts.listed, *texts.annual_totals, *texts.period_totals}
    for count in range(1, len(rows) + 1):
        columns: dict[int, str] = {}
        unit = ""
        for token in (t for row in rows[:count] for t in row):
            bare = without_unit(token.folded)
            field = fields.key(bare)
            role = frame.get(bare) or (_TOTAL if bare in totals else "")
            role = role or ("annual_goal" if field == "goal" else field if field in _TEXTS else "")
            if role == _TOTAL:
                unit = unit_in(token.folded) or unit
            if role or token.column not in columns:
                columns[token.column] = role
        roles = [r for r in columns.values() if r]
        if {"project", "name", "value"} <= set(roles) and len(set(roles)) == len(roles) > _FEWEST:
            return ListHead(ColumnHead(columns), unit, count)
    return None


class ListReader:
    """Reads the rows of a list into a form for each project."""

    def __init__(self, forms: PerformanceForms, head: ListHead, kind: ProjectFormKind, title: str, unit: str) -> None:
        """Start before the first row; `unit` is that of amounts whose column says none."""
        self._head = head
        self._kind: ProjectFormKind = kind
        self._title = title
        said = head.unit or unit
        self._unit = said or forms.project.unit
        self._doubt = "" if said else _("没有印金额单位")
        self._reader = ColumnReader(forms.frame)
        self._values: dict[str, str] = {}
        self._total: Figure | None = None
        self._indicators: list[Indicator] = []
        self._places: list[Place] = []
        self._doubts: list[str] = []
        self.forms: list[ProjectForm] = []

    def read(self, tokens: tuple[Token, ...], doubt: str = "") -> None:
        """Read one row: a project's name begins its form, unless it is the same again as on a new page."""
        cells = {self._head.head.role(t.column): t for t in tokens}
        project = cells.get("project")
        if project is not None and tidy(project.text) != self._values.get("project", ""):
            self.end()
            self._reader.begin()
            if is_total(project.text):
                return  # what all projects come to
        for key in (k for k in _TEXTS if k in cells):
            text = tidy(cells[key].text) if key == "project" else cells[key].text
            self._keep_first(key, self._values.setdefault(key, text), text)
        if _TOTAL in cells:
            amount = self._amount(cells[_TOTAL])
            self._total = self._total or amount
            self._keep_first(f"annual_funds.{_TOTAL}", self._total.printed, amount.printed)
        one = self._reader.read(tokens, self._head.head, doubt)
        if one is not None:
            self._indicators.append(one)
        self._places.append(tokens[0].place)

    def _keep_first(self, field: str, first: str, now: str) -> None:
        """Keep what a project's first row says, and tell where another says something else."""
        if tidy(first) != tidy(now):
            told = _("{field}：一栏内不止一个内容").format(field=field)
            self._doubts += [] if told in self._doubts else [told]

    def _amount(self, own: Token) -> Figure:
        figure = read_figure(tidy(own.text).removesuffix(self._unit), self._unit, own.place)
        if figure is None:
            return Figure(None, self._unit, printed=own.text, place=own.place, doubt=_("不是金额"))
        return msgspec.structs.replace(figure, doubt=figure.doubt or self._doubt)

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
                    doubts=tuple(self._doubts),
                    **values,  # type: ignore[arg-type]
                    **{side: tuple(self._indicators)},  # type: ignore[arg-type]
                )
            )
        self._values, self._total, self._indicators, self._places, self._doubts = {}, None, [], [], []
