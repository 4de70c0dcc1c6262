"""Finding the performance forms in the lines of a document, and reading each.

A form begins at the row that names its project and ends with its line of signatures. Blank lines, page breaks,
repeated titles and repeated head rows may stand inside. Titles above a form belong to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.performance import PerformanceForms, ProjectTexts, performance_forms
from mingzhang.model.language import gettext as _
from mingzhang.model.performance import DepartmentForm, ProjectForm, ProjectFormKind
from mingzhang.readback.performance_department import DepartmentReader, begins_department
from mingzhang.readback.performance_fields import FieldReader, footer_marks
from mingzhang.readback.performance_indicators import is_head, read_indicators
from mingzhang.readback.performance_labels import Labels, Token, filled_down, tokens_of
from mingzhang.readback.performance_rows import ClassNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.page import Line

_YEAR: Final = re.compile(r"20\d\d")
_YEAR_LINE: Final = re.compile(r"\(?\(?\d{4}\)?年?度?\)?(?:年度)?")
_YEAR_BEHIND: Final = re.compile(r"\(?\d{4}\)?年?度?\)?$")
_LOOK_AHEAD: Final = 14
_FIELDS_WANTED: Final = 3
_GAP: Final = 4
_AS_LINES: Final = 120
"""Lines that a form takes at most where each of its cells has a line for itself, its labels among them."""
_STRAY_LENGTH: Final = 40
_TITLE_LENGTH: Final = 80


class _Scan:
    """The lines of a document with their filled cells, and what of a form each could be."""

    def __init__(self, lines: Sequence[Line], forms: PerformanceForms, year: int | None = None) -> None:
        self.lines = lines
        self.year = year
        self.forms = forms
        self.names = ClassNames(forms.frame)
        self.tokens = [tokens_of(line) for line in filled_down(lines, lambda label: bool(self.names.match(label)[1]))]
        texts = forms.project
        self._start = set(texts.start.spellings)
        fields = (*texts.head, *texts.money, *texts.texts, *texts.goals)
        self._fields = Labels((s, x.key) for x in fields for s in x.spellings)
        self._funds = Labels(((s, x.key) for x in texts.funds for s in x.spellings), texts.prefixes)

    def starts(self, i: int) -> bool:
        """Tell whether a project form begins here: its first label, and other fields of the form soon after."""
        tokens = self.tokens[i]
        if not tokens or self._fields.with_rest(tokens[0].text)[0] != "project":
            return False
        return len(self._fields_after(i)) >= _FIELDS_WANTED

    def _fields_after(self, i: int) -> set[str]:
        """Give the fields whose labels begin the next lines; none where no line is a row, but each a cell."""
        ahead = self.tokens[i + 1 : i + 1 + _LOOK_AHEAD]
        if not any(line.is_row for line in self.lines[i : i + 1 + _LOOK_AHEAD]):
            return set()
        found = {self._fields.with_rest(t[0].text)[0] for t in ahead if t}
        return found - {"", "project"}

    def label(self, text: str) -> str:
        """Give the key of the field whose label a text is, alone or before its value; "" if of none."""
        return self._fields.with_rest(text)[0]

    def starts_headless(self, i: int) -> bool:
        """Tell whether a form begins here whose row with the project's name was lost."""
        tokens = self.tokens[i]
        if not tokens or self._fields.with_rest(tokens[0].text)[0] != "department":
            return False
        return len(self._fields_after(i) - {"department"}) >= _FIELDS_WANTED

    def starts_department(self, i: int) -> bool:
        """Tell whether the department's own form begins here: by its first label, or right under its title."""
        own = self.forms.department
        if own is None or not self.tokens[i]:
            return False
        if begins_department(self.tokens[i], own):
            return True
        if len(self.tokens[i]) < 2 or self.is_heading(i):
            return False
        for j in range(i - 1, max(-1, i - 1 - _GAP), -1):
            if self.is_department_title(j):
                return True
            if not self.is_blank(j) and not self.is_heading(j):
                return False
        return False

    def is_row(self, i: int) -> bool:
        """Tell whether a line looks like a row of a form: a label, a footer, or cells of an indicator."""
        tokens = self.tokens[i]
        if not tokens:
            return False
        if self._fields.with_rest(tokens[0].text)[0] or is_head(tokens, self.forms.frame) or self.is_footer(i):
            return True
        if not self.lines[i].is_row:
            return False
        known = any(self.names.match(t.folded)[1] or self.names.is_extra(t.folded) for t in tokens)
        return known or any(self._funds.with_rest(t.text)[0] for t in tokens)

    def is_footer(self, i: int) -> bool:
        """Tell whether a line is one of signatures."""
        tokens = self.tokens[i]
        marks = footer_marks("\t".join(t.text for t in tokens), self.forms.project)
        classes = any(self.names.match(t.folded)[1] for t in tokens)
        return bool(marks) and not classes

    def title(self, i: int) -> tuple[ProjectFormKind | None, str]:
        """Give the kind and text of a project form's title standing on a line of its own, or with its year beside it."""
        tokens = self.tokens[i]
        if (
            not tokens
            or not all(_YEAR_LINE.fullmatch(t.folded) for t in tokens[1:])
            or len(tokens[0].text) > _TITLE_LENGTH
        ):
            return None, ""
        bare = _YEAR_BEHIND.sub("", tokens[0].folded)
        kinds = [k for k, ending in self.forms.project.titles if bare.endswith(ending)]
        return (kinds[0], tokens[0].text) if kinds else (None, "")

    def other_year(self, above: Sequence[int]) -> str:
        """Give the line with a year above a form where it is not the document's year, else ""."""
        printed = [t.text for i in above for t in self.tokens[i] if _YEAR_LINE.fullmatch(t.folded)]
        years = {int(y) for text in printed for y in _YEAR.findall(text)}
        return printed[-1] if self.year is not None and years and self.year not in years else ""

    def is_department_title(self, i: int) -> bool:
        """Tell whether a line is the title of the department's own form."""
        tokens, own = self.tokens[i], self.forms.department
        one = (
            bool(tokens)
            and all(_YEAR_LINE.fullmatch(t.folded) for t in tokens[1:])
            and len(tokens[0].text) <= _TITLE_LENGTH
        )
        return own is not None and one and _YEAR_BEHIND.sub("", tokens[0].folded).endswith(own.endings)

    def is_heading(self, i: int) -> bool:
        """Tell whether a line is a title of a form or the line with its year."""
        tokens = self.tokens[i]
        year = len(tokens) == 1 and bool(_YEAR_LINE.fullmatch(tokens[0].folded))
        return year or bool(self.title(i)[1]) or self.is_department_title(i)

    def is_blank(self, i: int) -> bool:
        """Tell whether nothing, or only rules, stand on a line."""
        return not self.tokens[i]


def find_forms(
    lines: Sequence[Line], pack: Pack, year: int | None = None
) -> tuple[tuple[ProjectForm, ...], DepartmentForm | None, frozenset[int]]:
    """Find and read the performance forms: those of projects, the department's own, and the lines they take.

    Where another year than the document's stands above a form, it is kept with the form's title.
    """
    forms = performance_forms(pack)
    if forms is None:
        return (), None, frozenset()
    scan = _Scan(lines, forms, year)
    projects: list[ProjectForm] = []
    department: DepartmentForm | None = None
    claimed: set[int] = set()
    at = 0
    while at < len(lines):
        own = scan.starts_department(at)
        if not own and not scan.starts(at) and not scan.starts_headless(at):
            at += 1
            continue
        inside = _extent(scan, at, department=own)
        above = _above(scan, at, claimed)
        rows = [i for i in inside if scan.tokens[i] and not scan.is_heading(i)]
        if own and department is None:
            department = _read_department(scan, rows, above)
        elif not own:
            projects.append(_read_project(scan, rows, above))
        claimed.update(inside, above)
        at = max(inside) + 1
    projects += _unread(scan, claimed)
    return _with_kinds(tuple(projects), forms.project), department, frozenset(claimed)


def _unread(scan: _Scan, claimed: set[int]) -> list[ProjectForm]:
    """Give a form without a name for each title or first label below which others stand in no order that could be read."""
    out = []
    for i in range(len(scan.lines)):
        kind, title = scan.title(i)
        if i in claimed or not (title or any(scan.label(t.text) == "project" for t in scan.tokens[i][:1])):
            continue
        below = range(i + 1, min(i + 1 + _AS_LINES, len(scan.lines)))
        end = next((j for j in below if j in claimed or scan.title(j)[1]), below.stop)
        keys = {scan.label(t.text) for j in range(i + 1, end) for t in scan.tokens[j]}
        if len(keys - {""}) > _FIELDS_WANTED:
            own = scan.lines[i].place
            told = _("第{line}行：绩效目标表各栏的次序不明，没有读出").format(line=own.line)
            kind = kind or scan.forms.project.kind
            out.append(ProjectForm(kind=kind, title=title, project="", first=own, last=own, doubts=(told,)))
            claimed.update(range(i, end))
    return out


def lines_of_forms(lines: Sequence[Line], pack: Pack) -> frozenset[int]:
    """Tell which lines performance forms take, without reading them."""
    forms = performance_forms(pack)
    taken: set[int] = set()
    scan = _Scan(lines, forms) if forms is not None else None
    for at in range(len(lines)):
        if scan is not None and at not in taken and scan.starts(at):
            taken.update(_extent(scan, at, department=False), _above(scan, at, taken))
    return frozenset(taken)


def _extent(scan: _Scan, start: int, *, department: bool) -> list[int]:
    """List the lines of the form that begins at `start`, without the blank ones at its end."""
    inside, waiting, footers = [start], [], False
    for i in range(start + 1, len(scan.lines)):
        if scan.is_blank(i):
            waiting.append(i)
            if scan.lines[i].text.strip():  # a rule that conversion drew under the form
                inside, waiting = [*inside, *waiting], []
            continue
        begins = scan.starts(i) or scan.starts_department(i) or (scan.starts_headless(i) and i > start + 1)
        if begins or (footers and not scan.is_footer(i)):
            break
        if scan.is_heading(i):
            if not _goes_on(scan, i):
                break
            waiting.append(i)
            continue
        if not scan.is_row(i) and (not scan.lines[i].is_row or len(waiting) > _GAP):
            stray = len(scan.lines[i].text) <= _STRAY_LENGTH and not scan.is_heading(i)
            if stray and _goes_on(scan, i):
                continue
            break
        if department and scan.is_footer(i):
            break
        inside += [*waiting, i]
        waiting = []
        footers = footers or scan.is_footer(i)
    return inside


def _goes_on(scan: _Scan, i: int) -> bool:
    """Tell whether rows of the same form follow soon after a line that is none of its rows."""
    seen = 0
    for j in range(i + 1, min(i + 1 + 2 * _GAP, len(scan.lines))):
        if scan.is_blank(j) or scan.is_heading(j):
            continue
        if scan.starts(j) or scan.starts_department(j) or scan.starts_headless(j):
            return False
        if scan.is_row(j) and scan.lines[j].is_row:
            return True
        if not scan.lines[j].is_row:
            seen += 1
        if seen >= 2:
            return False
    return False


def _above(scan: _Scan, start: int, claimed: set[int]) -> list[int]:
    """List the lines of title and year above a form, with the blanks between."""
    out: list[int] = []
    waiting: list[int] = []
    for i in range(start - 1, -1, -1):
        if i in claimed:
            break
        if scan.is_blank(i):
            waiting.append(i)
            if len(waiting) > _GAP:
                break
        elif scan.is_heading(i):
            out += [*waiting, i]
            waiting = []
        else:
            break
    return out[::-1]


def _read_project(scan: _Scan, rows: list[int], above: list[int]) -> ProjectForm:
    fields = FieldReader(scan.forms)
    indicators: list[tuple[Token, ...]] = []
    told: list[str] = []
    stray = frozenset(s for x in scan.forms.project.footer for s in x.spellings)
    for i in rows:
        tokens = scan.tokens[i]
        labelled = any(scan.names.match(t.folded)[1] for t in tokens)
        if scan.is_footer(i):
            fields.read_footer(tokens)
        elif indicators or is_head(tokens, scan.forms.frame) or (labelled and fields.values.get("plan") is not None):
            indicators.append(tokens)
            told.append(scan.lines[i].doubt)
        else:
            fields.read(tokens, scan.lines[i])
    read = read_indicators(indicators, scan.forms.frame, stray, told)
    titles = [scan.title(i) for i in above]
    kind, title = next(((k, t) for k, t in reversed(titles) if t), (None, ""))
    doubts = [*fields.doubts, *fields.money.doubts, *read.doubts]
    if not fields.values.get("project"):
        doubts.append(_("project：未找到项目名称"))
    return ProjectForm(
        kind=kind or scan.forms.project.kind,
        title=title + scan.other_year(above),
        period_indicators=read.period,
        annual_indicators=read.annual,
        first=scan.lines[rows[0]].place,
        last=scan.lines[rows[-1]].place,
        places={**fields.places, **fields.money.places},
        doubts=tuple(doubts),
        **fields.fields(),
    )


def _with_kinds(projects: tuple[ProjectForm, ...], texts: ProjectTexts) -> tuple[ProjectForm, ...]:
    """Give forms without a title the kind of the titled ones beside them."""
    titled = [p.kind for p in projects if p.title]
    kind = max(set(titled), key=titled.count) if titled else texts.kind
    return tuple(p if p.title else msgspec.structs.replace(p, kind=kind) for p in projects)


def _read_department(scan: _Scan, rows: list[int], above: list[int]) -> DepartmentForm:
    own = scan.forms.department
    assert own is not None
    reader = DepartmentReader(own)
    indicators: list[tuple[Token, ...]] = []
    for i in rows:
        tokens = scan.tokens[i]
        if indicators or is_head(tokens, scan.forms.frame):
            indicators.append(tokens)
        else:
            reader.read(tokens)
    read = read_indicators(indicators, scan.forms.frame, frozenset())
    reader.doubts += read.doubts
    title = next((scan.tokens[i][0].text for i in reversed(above) if scan.is_department_title(i)), "")
    return reader.form(title, read.period or read.annual, scan.lines[rows[0]].place, scan.lines[rows[-1]].place)
