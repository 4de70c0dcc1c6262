"""A disclosure's figures as rules look at them: sheets for the sums, and the name and place of every figure.

Besides its tables a document has the sheets `text` (slots of the written part by key), `form` (project forms by
project) and `department` (the department's own form).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.forms.declarations import Declaration
from mingzhang.forms.glossary import spoken
from mingzhang.forms.narrative import narrative_of
from mingzhang.forms.narrative_elsewhere import meant
from mingzhang.forms.packs import usual_pack
from mingzhang.model.disclosure import Paragraph, Section, Slot
from mingzhang.model.finding import Spot
from mingzhang.model.keys import nested, numbered
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.rules.sheet_layout import sheet_of
from mingzhang.sums.bands import banded
from mingzhang.sums.shapes import Layout
from mingzhang.sums.sheets import CellRef, Gap, Sheet, look, shape_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.figure import Figure
    from mingzhang.model.performance import DepartmentForm, Funds, ProjectForm
    from mingzhang.model.place import Place
    from mingzhang.sums.bands import Piece

TEXT: Final = "text"
FORM: Final = "form"
DEPARTMENT: Final = "department"
FUNDS: Final = ("total", "central", "provincial", "municipal", "county", "self_raised", "other")
_PERIOD, _ANNUAL = ([f"{side}.{name}" for name in FUNDS] for side in ("period", "annual"))
_LINES: Final[Callable[[Funds], tuple[Figure, ...]]] = attrgetter(*FUNDS)
COUNTS: Final = ("sections", "subordinate_units", "staff_quota", "staff_actual", "staff_in_quota", "staff_other")

FIELDS: Final = {
    "annual.total": later("年度资金总额"), "period.total": later("实施期资金总额"), "by_source.total": later("资金来源合计"),
    "by_use.total": later("支出方向合计"), "by_source.general": later("一般公共预算资金"), "by_source.gov_fund": later("政府性基金预算资金"),
    "period.central": later("实施期中央财政资金"), "period.provincial": later("实施期省级财政资金"),
    "period.municipal": later("实施期市县（区）财政资金"), "period.county": later("实施期县级财政资金"),
    "period.self_raised": later("实施期单位自筹"), "period.other": later("实施期其他资金"),
    "annual.central": later("年度中央财政资金"), "annual.provincial": later("年度省级财政资金"),
    "annual.municipal": later("年度市县（区）财政资金"), "annual.county": later("年度县级财政资金"),
    "annual.self_raised": later("年度单位自筹"), "annual.other": later("年度其他资金"),
    "by_source.state_capital": later("国有资本经营预算资金"), "by_source.social_insurance": later("社会保险基金预算资金"),
    "by_source.special_account": later("财政专户管理资金"), "by_source.unit_funds": later("单位资金"), "sections": later("内设职能处室个数"), "subordinate_units": later("下属单位个数"),
    "by_use.basic": later("基本支出"), "by_use.project": later("项目支出"), "staff_quota": later("核定的人员编制数"),
    "staff_actual": later("实际在职人员总数"), "staff_in_quota": later("在编人员数"), "staff_other": later("其他人员数"),
}  # fmt: skip
"""Names of the fields of performance forms."""

_YEAR: Final = re.compile(r"^(?:\d{4}|\{year\})年(?:度)?")
_STOP: Final = re.compile(r"[。；;]")


@lru_cache(1024)
def _stops_in(text: str) -> list[int]:
    """List where full stops and semicolons stand; nobody may change it."""
    return [found.start() for found in _STOP.finditer(text)]


class Said(msgspec.Struct, eq=False, gc=False):
    """One slot of the written part with the section and paragraph it stands in, and what its form declares of it."""

    section: Section
    paragraph: Paragraph
    slot: Slot
    declared: Declaration | None

    @property
    def sentence(self) -> str:
        """Give the piece of the paragraph between full stops and semicolons in which the slot stands."""
        text = self.paragraph.text
        stops = _stops_in(text)
        n = bisect_left(stops, self.slot.at)
        return text[stops[n - 1] + 1 if n else 0 : stops[n] if n < len(stops) else len(text)].strip()


class Figures:
    """Every figure of one disclosure by address."""

    def __init__(self, disclosure: Disclosure, pack: Pack | None = None, *, like: Figures | None = None) -> None:
        """Lay out the disclosure's sheets; `pack` tells which rows its form has though they are not printed.

        `wording` is the pack by whose patterns the written part was understood: sentences are much the same anywhere.
        `kept`, `lasting` and `tied` hold what was once worked out of the document (`rules.once`). `last_year` are the figures of the document
        of the year before, where it is given. `like` are the figures of a document whose
        sections and forms may be the very same.
        """
        self.disclosure = disclosure
        self.pack = pack
        self.wording = pack or usual_pack()
        before = None if like is None else like.disclosure
        self.said: dict[str, Said] = (
            like.said
            if like and before and before.sections is disclosure.sections and like.wording is self.wording
            else dict(_said(disclosure, self.wording))
        )
        self.forms: dict[str, ProjectForm] = (
            like.forms
            if like and before and before.project_forms is disclosure.project_forms
            else dict(zip(numbered(f.project for f in disclosure.project_forms), disclosure.project_forms, strict=True))
        )
        self.sheets: dict[str, Sheet] = {}
        self.kept: dict[object, Any] = {}
        self.lasting: dict[object, Any] = {}
        self.tied: dict[object, tuple[frozenset[str], Any]] = {}
        self.last_year: Figures | None = None
        self._doubted: dict[str, frozenset[str]] = {}
        self._carry: dict[str, str] = {}
        same: dict[int, Sheet] = {}
        if like is not None and before is not None and like.pack is pack:
            first = {t.id: t for t in reversed(before.tables)}
            same = {id(t): like.sheets[name] for name, t in first.items()}
        for table in disclosure.tables:
            self.sheets.setdefault(table.id, same.get(id(table)) or sheet_of(table, pack))
        self.sheets[TEXT] = like.sheets[TEXT] if like is not None and like.said is self.said else _text_sheet(self.said)
        self.sheets[FORM] = (
            like.sheets[FORM] if like is not None and like.forms is self.forms else _form_sheet(self.forms)
        )
        if disclosure.department_form is not None:
            self.sheets[DEPARTMENT] = _department_sheet(disclosure.department_form)

    @property
    def additive(self) -> bool:
        """Tell whether the document declares that all it prints adds up exactly."""
        return self.disclosure.rounding == "additive"

    def figure(self, ref: CellRef) -> Figure | None:
        """Give a figure, None where there is none."""
        found = look(self.sheets, ref)
        return None if isinstance(found, Gap) else found

    def spot(self, ref: CellRef) -> Spot:
        """Say where a figure stands, or should."""
        page, line = _page_line(self._place(ref))
        if ref.source == TEXT:
            said = self.said[ref.row]
            return Spot(section=said.section.key, sentence=said.sentence, page=page, line=line)
        if ref.source == FORM:
            return Spot(form=ref.row, field=ref.column, page=page, line=line)
        if ref.source == DEPARTMENT:
            return Spot(form=DEPARTMENT, field=ref.row, page=page, line=line)
        return Spot(table=ref.source, row=ref.row, column=ref.column, page=page, line=line)

    def is_confirmed(self, ref: CellRef) -> bool:
        """Tell whether the figure was read for sure, and its row's place in the table is no guess from a name.

        A blank beside a figure whose column is in doubt may be the place of that figure.
        """
        sheet = self.sheets.get(ref.source)
        row = None if sheet is None else sheet.rows.get(ref.row)
        figure = self.figure(ref)
        if sheet is not None and figure is not None and not figure.printed and not figure.is_number:
            return (row is None or row.confirmed) and ref.row not in self._unsure(ref.source)
        return (row is None or row.confirmed) and (figure is None or not figure.doubt)

    def _unsure(self, source: str) -> frozenset[str]:
        """List the rows of a sheet that hold a figure in doubt."""
        if source not in self._doubted:
            doubted = self.sheets[source].printing(lambda figure: bool(figure.doubt))
            self._doubted[source] = frozenset(row for (row, _column), _figure in doubted)
        return self._doubted[source]

    def carry(self, table: str) -> str:
        """Say whether a table holds money carried over, as it says itself, else as its form says."""
        if table not in self._carry:
            self._carry[table] = self._carry_of(table)
        return self._carry[table]

    def _carry_of(self, table: str) -> str:
        found = self.disclosure.table(table)
        form = None if self.pack is None else self.pack.table(table)
        stated = "unstated" if found is None else found.carry
        return form.carry if stated == "unstated" and found is not None and form is not None else stated

    def title(self, table: str) -> str:
        """Give a table's title as printed, without its year."""
        found = self.disclosure.table(table)
        form = None if self.pack is None else self.pack.table(table)
        title = found.title if found is not None else ""
        return _YEAR.sub("", title or (form.title if form is not None else spoken(table, "table")))

    def name(self, ref: CellRef, *, after: CellRef | None = None) -> str:
        """Name a figure for people, without what is clear from the one named before it: its table, its row."""
        if ref.source == TEXT:
            said = nested(_short(self.said[ref.row].sentence)) if ref.row in self.said else ref.row
            return _("说明“{sentence}”").format(sentence=said)
        if ref.source == FORM:
            field = _(FIELDS.get(ref.column, ref.column))
            return _("绩效目标表“{form}”{field}").format(form=ref.row, field=field)
        if ref.source == DEPARTMENT:
            return _("部门整体绩效表{field}").format(field=_(FIELDS.get(ref.row, ref.row)))
        label, column = self.row_name(ref), self.column_name(ref)
        if after is not None and (after.source, after.row) == (ref.source, ref.row):
            return column
        same = after is not None and after.source == ref.source
        if same:
            return _("“{row}”{column}").format(row=label, column=column)
        return _("{table}“{row}”{column}").format(table=self.title(ref.source), row=label, column=column)

    def row_name(self, ref: CellRef) -> str:
        """Give a row's label as printed, or what its key says where none is printed."""
        table = self.disclosure.table(ref.source)
        row = None if table is None else table.row(ref.row)
        label = row.label if row is not None and row.label else ref.row.partition(":")[2] or ref.row
        return "合计" if label == "total" else label.strip()

    def column_name(self, ref: CellRef) -> str:
        """Give a column's head as printed, or the word of the field where none is printed."""
        table = self.disclosure.table(ref.source)
        printed = next((c.header for c in (() if table is None else table.columns) if c.key == ref.column), "")
        return printed or spoken(ref.column, "column")

    def _place(self, ref: CellRef) -> Place | None:
        figure = self.figure(ref)
        if figure is not None and figure.place is not None:
            return figure.place
        if ref.source == TEXT:
            return self.said[ref.row].paragraph.place
        if ref.source == FORM:
            form = self.forms[ref.row]
            return form.places.get(ref.column.replace(".", "_funds."), form.first)
        if ref.source == DEPARTMENT:
            own = self.disclosure.department_form
            return None if own is None else own.places.get(ref.row, own.first)
        table = self.disclosure.table(ref.source)
        row = None if table is None else table.row(ref.row)
        return row.place if row is not None and row.place is not None else None if table is None else table.place


def _text_sheet(said: Mapping[str, Said]) -> Sheet:
    stated = {name: figure for name, one in said.items() if (figure := one.slot.figure) is not None}
    return _listed(TEXT, [(tuple(stated), ("",))], list(stated.values()))


def _form_sheet(forms: Mapping[str, ProjectForm]) -> Sheet:
    money = {name: dict(funds_of(form)) for name, form in forms.items()}
    pieces: list[Piece] = [((name,), tuple(own)) for name, own in money.items() if own]
    return _listed(FORM, pieces, list(chain.from_iterable([own.values() for own in money.values()])))


def _department_sheet(form: DepartmentForm) -> Sheet:
    figures = dict(_department(form))
    return _listed(DEPARTMENT, [(tuple(figures), ("",))], list(figures.values()))


def _listed(name: str, pieces: list[Piece], figures: list[Figure]) -> Sheet:
    """Make a sheet of rows that stand side by side."""
    rows = tuple(chain.from_iterable([rows for rows, _columns in pieces]))
    columns = tuple(dict.fromkeys(chain.from_iterable([columns for _rows, columns in pieces]))) or ("",)
    return Sheet(shape_of(Layout(name, rows, banded(pieces) if rows else (), columns)), figures)


def _said(disclosure: Disclosure, wording: Pack) -> Iterator[tuple[str, Said]]:
    declared = narrative_of(wording).by_place
    elsewhere = disclosure.pack is None
    said = [
        Said(section, paragraph, slot, declared[section.key, slot.key] or (meant(slot.key) if elsewhere else None))
        for section in disclosure.sections
        for paragraph in section.paragraphs
        for slot in paragraph.slots
        if slot.key
    ]
    return zip(numbered([s.slot.key for s in said]), said, strict=True)


def funds_of(form: ProjectForm) -> Iterator[tuple[str, Figure]]:
    """Give the money lines of a project form by field: `annual.total`, `period.central`."""
    for names, funds in ((_PERIOD, form.period_funds), (_ANNUAL, form.annual_funds)):
        yield from [own for own in zip(names, _LINES(funds), strict=True) if own[1] is not None]


def _department(form: DepartmentForm) -> Iterator[tuple[str, Figure]]:
    for name in COUNTS:
        figure: Figure | None = getattr(form, name)
        if figure is not None:
            yield name, figure
    for side, figures in (("by_source", form.by_source), ("by_use", form.by_use)):
        yield from ((f"{side}.{k}", f) for k, f in figures.items())


def _short(text: str, length: int = 40) -> str:
    return text if len(text) <= length else f"{text[:length]}…"


def _page_line(place: Place | None) -> tuple[int | None, int | None]:
    return (None, None) if place is None else (place.page, place.line)
