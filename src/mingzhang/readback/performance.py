"""Finding the performance forms in the lines of a document, and reading each.

A form begins at the row that names its project and ends with its line of signatures. Blank lines, page breaks,
repeated titles and repeated head rows may stand inside. Titles above a form belong to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.packs import usual_pack
from mingzhang.forms.performance_read import performance_forms
from mingzhang.model.language import gettext as _
from mingzhang.model.performance import DepartmentForm, ProjectForm
from mingzhang.readback.performance_columns import ColumnReader, column_head
from mingzhang.readback.performance_department import DepartmentReader
from mingzhang.readback.performance_fields import FieldReader
from mingzhang.readback.performance_indicators import Indicators, is_head, read_indicators
from mingzhang.readback.performance_listed import ListReader, list_head
from mingzhang.readback.performance_scan import Scan
from mingzhang.readback.surroundings import said_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.forms.performance import ProjectTexts
    from mingzhang.model.page import Line
    from mingzhang.readback.performance_labels import Token

_FIELDS_WANTED: Final = 3
_GAP: Final = 4
_UPPER: Final = 40
"""Lines that the part of a form above its indicators takes at most."""
_AS_LINES: Final = 120
"""Lines that a form takes at most where each of its cells has a line for itself, its labels among them."""
_STRAY_LENGTH: Final = 40


def find_forms(
    lines: Sequence[Line], pack: Pack, year: int | None = None
) -> tuple[tuple[ProjectForm, ...], DepartmentForm | None, frozenset[int]]:
    """Find and read the performance forms: those of projects, the department's own, and the lines they take.

    Where another year than the document's stands above a form, it is kept with the form's title.
    """
    forms = performance_forms(pack) or performance_forms(usual_pack())
    if forms is None:
        return (), None, frozenset()
    scan = Scan(lines, forms, year)
    projects: list[ProjectForm] = []
    department: DepartmentForm | None = None
    claimed: set[int] = set()
    at = 0
    while at < len(lines):
        listed = _listed(scan, at)
        if listed is not None:
            projects += listed.forms
            claimed.update(listed.lines)
            at = max(listed.lines) + 1
            continue
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


def _unread(scan: Scan, claimed: set[int]) -> list[ProjectForm]:
    """Give a form without a name for each title or first label below which others stand in no order that could be read."""
    out = []
    for i in range(len(scan.lines)):
        kind, title = scan.title(i)
        if i in claimed or not (title or any(scan.label(t.text) == "project" for t in scan.tokens[i][:1])):
            continue
        below = range(i + 1, min(i + 1 + _AS_LINES, len(scan.lines)))
        named = 1 if title else 0  # its own first label stands below a title
        again = [j for j in below if scan.names_project(j)][named:]
        end = next((j for j in below if j in claimed or scan.title(j)[1] or j in again), below.stop)
        keys = {scan.label(t.text) for j in range(i + 1, end) for t in scan.tokens[j]}
        if len(keys - {""}) > _FIELDS_WANTED:
            end = _end_of_cells(scan, end, claimed) if end == below.stop else end
            own = scan.lines[i].place
            told = _("第{line}行：绩效目标表各栏的次序不明，没有读出").format(line=own.line)
            kind = kind or scan.forms.project.kind
            out.append(ProjectForm(kind=kind, title=title, project="", first=own, last=own, doubts=(told,)))
            claimed.update(range(i, end))
    return out


def _end_of_cells(scan: Scan, end: int, claimed: set[int]) -> int:
    """Find where a form ends of which each cell has a line for itself: behind the last of its words that follow soon."""
    for i in range(end, len(scan.lines)):
        if i in claimed or scan.title(i)[1] or scan.names_project(i) or i > end + _AS_LINES:
            break
        if scan.has_own_word(i) or (i <= end + _UPPER and scan.is_footer(i)):
            end = i + 1
    return end


def lines_of_forms(lines: Sequence[Line], pack: Pack) -> frozenset[int]:
    """Tell which lines performance forms take, without reading them."""
    forms = performance_forms(pack)
    taken: set[int] = set()
    scan = Scan(lines, forms) if forms is not None else None
    for at in range(len(lines)):
        if scan is None or at in taken:
            continue
        listed = _listed(scan, at)
        if listed is not None:
            taken.update(listed.lines)
        elif (own := scan.starts_department(at)) or scan.starts(at):
            taken.update(_extent(scan, at, department=own), _above(scan, at, taken))
    return frozenset(taken)


class _Listed(msgspec.Struct):
    """A list of several projects' indicators: their forms, and the lines that it takes."""

    forms: tuple[ProjectForm, ...]
    lines: frozenset[int]


def _listed(scan: Scan, at: int) -> _Listed | None:
    """Read the list that begins at a line with its head; None where none does."""
    if len(scan.tokens[at]) <= _FIELDS_WANTED or not scan.names_project(at):
        return None
    rows = [i for i in range(at, min(at + 3, len(scan.lines))) if scan.tokens[i]][:2]
    head = list_head([scan.tokens[i] for i in rows], scan.forms)
    if head is None:
        return None
    above = [i for i in range(at - 1, max(-1, at - 1 - _GAP), -1) if scan.tokens[i]]
    title = next((scan.title(i) for i in above if scan.title(i)[1]), (None, ""))
    unit = next((u for i in above for t in scan.tokens[i] if (u := said_unit(t.text))), "")
    reader = ListReader(scan.forms, head, title[0] or scan.forms.project.kind, title[1], unit)
    heads = {tuple(t.folded for t in scan.tokens[i]) for i in rows[: head.rows]}
    inside = list(range(at, rows[head.rows - 1] + 1))
    for i in range(inside[-1] + 1, len(scan.lines)):
        tokens = scan.tokens[i]
        if tuple(t.folded for t in tokens) in heads or scan.is_blank(i) or scan.title(i)[1]:
            continue
        if not scan.lines[i].is_row or scan.starts(i):
            break
        reader.read(tokens, scan.lines[i].doubt)
        inside += range(inside[-1] + 1, i + 1)
    reader.end()
    return _Listed(tuple(reader.forms), frozenset((*inside, *_above(scan, at, set()))))


def _extent(scan: Scan, start: int, *, department: bool) -> list[int]:
    """List the lines of the form that begins at `start`, without the blank ones at its end."""
    inside, waiting, footers, below = [start], [], False, False
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
        below = below or is_head(scan.tokens[i], scan.forms.frame)
        footers = footers or (scan.is_footer(i) and (below or not _head_follows(scan, i)))
    return inside


def _head_follows(scan: Scan, at: int) -> bool:
    """Tell whether the head of a form's indicators still comes: names and telephones stand above it in some places."""
    for i in range(at + 1, min(at + 1 + _UPPER, len(scan.lines))):
        if scan.starts(i) or scan.starts_department(i) or scan.title(i)[1]:
            return False
        if is_head(scan.tokens[i], scan.forms.frame):
            return True
    return False


def _goes_on(scan: Scan, i: int) -> bool:
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


def _above(scan: Scan, start: int, claimed: set[int]) -> list[int]:
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


def _read_project(scan: Scan, rows: list[int], above: list[int]) -> ProjectForm:
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
    read = _by_columns(indicators, told, scan) or read_indicators(indicators, scan.forms.frame, stray, told)
    goals = fields.values
    if not read.annual and goals.get("annual_goal") and not goals.get("period_goal"):
        read = Indicators((), read.period, read.doubts)  # what is aimed at is the year alone
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


def _by_columns(rows: Sequence[tuple[Token, ...]], told: Sequence[str], scan: Scan) -> Indicators | None:
    """Read indicators whose sign, unit or weight have columns of their own; None where the head has none."""
    head = next((h for t in rows if (h := column_head(t, scan.forms.frame)) is not None), None)
    if head is None:
        return None
    reader = ColumnReader(scan.forms.frame)
    read = [
        one
        for tokens, doubt in zip(rows, told, strict=True)
        if not is_head(tokens, scan.forms.frame) and (one := reader.read(tokens, head, doubt)) is not None
    ]
    return Indicators((), tuple(read), ()) if head.year else Indicators(tuple(read), (), ())


def _with_kinds(projects: tuple[ProjectForm, ...], texts: ProjectTexts) -> tuple[ProjectForm, ...]:
    """Give forms without a title the kind of the titled ones beside them."""
    titled = [p.kind for p in projects if p.title]
    kind = max(set(titled), key=titled.count) if titled else texts.kind
    return tuple(p if p.title else msgspec.structs.replace(p, kind=kind) for p in projects)


def _read_department(scan: Scan, rows: list[int], above: list[int]) -> DepartmentForm:
    own = scan.forms.department
    assert own is not None
    reader = DepartmentReader(own)
    indicators: list[tuple[Token, ...]] = []
    told: list[str] = []
    for i in rows:
        tokens, doubt = scan.tokens[i], scan.lines[i].doubt
        if indicators or is_head(tokens, scan.forms.frame):
            indicators.append(tokens)
            told.append(doubt)
            continue
        if doubt:
            reader.doubts.append(_("第{line}行：{doubt}").format(line=scan.lines[i].place.line, doubt=doubt))
        reader.read(tokens)
    read = read_indicators(indicators, scan.forms.frame, frozenset(), told)
    reader.doubts += read.doubts
    title = next((scan.tokens[i][0].text for i in reversed(above) if scan.is_department_title(i)), "")
    title += scan.other_year(above)
    return reader.form(title, read.period or read.annual, scan.lines[rows[0]].place, scan.lines[rows[-1]].place)
