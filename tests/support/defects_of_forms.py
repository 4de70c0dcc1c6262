"""Defects of performance forms: names, money, indicators that cannot be meant, texts of other projects and years."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from defects import Defect, Edit, kind
from defects_of_tables import changed_character, row_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from defects import Printed

    from mingzhang.model.performance import Indicator, ProjectForm

_SHARE: Final = re.compile(r"≥(?P<n>\d{2,3}(?:\.\d+)?)%")
_TEXTS: Final = ("overview", "basis", "necessity", "safeguards", "plan")


def _line(form: ProjectForm, field: str) -> int:
    place = form.places.get(field)
    return place.line or 0 if place is not None else 0


def _forms(p: Printed) -> Iterator[ProjectForm]:
    yield from (f for f in p.document.project_forms if f.project and f.first is not None and f.last is not None)


def _listed(p: Printed, form: ProjectForm) -> bool:
    return any(r.label == form.project for t in p.document.tables if t.id.startswith("projects") for r in t.rows)


def _annual(p: Printed, wanted: Callable[[Indicator], bool]) -> Iterator[tuple[ProjectForm, Indicator, int]]:
    """Give the year's indicators that are wanted, each with its line."""
    for form in _forms(p):
        for one in form.annual_indicators:
            if one.place is not None and one.place.line and one.level3 and one.value and wanted(one):
                yield form, one, one.place.line


def _revalued(p: Printed, number: int, one: Indicator, value: str, *words: str) -> Defect | None:
    """Print another value for an indicator, wherever it stands on its line."""
    cells = p.cells(number)
    at = [i for i, c in enumerate(cells) if c.strip() == one.value and i and cells[i - 1].strip() == one.level3]
    if not at:
        return None
    for i in at:
        cells[i] = value
    return p.recelled(number, cells, *(words or (value, one.level3)))


def _last_cell(p: Printed, number: int, one: Indicator, value: str) -> Defect | None:
    """Print another value for the year alone."""
    cells = p.cells(number)
    at = [i for i, c in enumerate(cells) if c.strip() == one.value]
    if len(at) < 2 or cells[at[-1] - 1].strip() != one.level3:
        return None
    cells[at[-1]] = value
    return p.recelled(number, cells, one.level3)


def _block(form: ProjectForm) -> tuple[int, int]:
    """Give the first and last line of a form; the line of its title stands above its first."""
    assert form.first is not None
    assert form.last is not None
    return form.first.line or 0, form.last.line or 0


@kind("project without its form", "error")
def no_form(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        first, last = _block(form)
        stated = any(
            s.key in {"performance_public_count", "performance_project_count"}
            for x in p.document.sections
            for q in x.paragraphs
            for s in q.slots
        )
        if _listed(p, form) and stated and len(p.document.project_forms) > 1:
            title = first - 1 if "绩效" in p.line(first - 1) else first
            yield Defect(
                (Edit(title, last - title + 1, ()),),
                (form.project, f"{len(p.document.project_forms) - 1}份"),
                elsewhere=True,
            )


@kind("form of a project that is not listed", "warning")
def unlisted(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        line = _line(form, "project")
        if _listed(p, form) and line:
            yield p.swapped(line, form.project, "乡村客运候车亭迁建", "乡村客运候车亭迁建")


@kind("project's name with another character in its form", "warning")
def name_slip(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        line = _line(form, "project")
        if _listed(p, form) and line and len(form.project) > 3:
            wrong = changed_character(form.project)
            yield p.swapped(line, form.project, wrong, wrong)


@kind("project's name cut in its form", "warning")
def name_cut(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        line = _line(form, "project")
        if _listed(p, form) and line and len(form.project) > 6:
            yield p.swapped(line, form.project, form.project[:-2], form.project[:-2])


def _funds(p: Printed, form: ProjectForm, field: str) -> tuple[int, str]:
    side, _, name = field.partition(".")
    figure = getattr(form.annual_funds if side == "annual_funds" else form.period_funds, name)
    line = _line(form, field)
    return (
        (line, figure.printed)
        if line and figure is not None and figure.digits and figure.printed in p.cells(line)
        else (0, "")
    )


def _last_amount(p: Printed, line: int, printed: str, new: str) -> Defect | None:
    cells = p.cells(line)
    at = max(i for i, c in enumerate(cells) if c == printed)
    cells[at] = new
    return p.recelled(line, cells, printed, new)


@kind("form's money in 万元 where it says 元", "error")
def money_unit(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        line, printed = _funds(p, form, "annual_funds.total")
        value = int(printed.replace(",", "").partition(".")[0] or 0)
        if line and _listed(p, form) and value >= 10_000:
            wrong = f"{value // 10_000}.{value % 10_000 // 100:02d}"
            cells = [wrong if c == printed else c for c in p.cells(line)]
            yield p.recelled(line, cells, wrong, printed, form.project)


@kind("form's sources not its sum", "error")
def sources(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        for name in ("provincial", "municipal", "county", "central"):
            line, printed = _funds(p, form, f"annual_funds.{name}")
            if line:
                yield _last_amount(
                    p,
                    line,
                    printed,
                    printed[:-1] + ("7" if printed[-1] != "7" else "3")
                    if len(printed) < 4
                    else "9" + printed[1:]
                    if printed[0] != "9"
                    else "8" + printed[1:],
                )


@kind("form with the money of another project", "error")
def others_money(p: Printed) -> Iterator[Defect | None]:
    forms = [f for f in _forms(p) if _listed(p, f)]
    for form, other in itertools.pairwise(forms):
        line, printed = _funds(p, form, "annual_funds.total")
        there, own = _funds(p, other, "annual_funds.total")
        if line and there and printed != own:
            yield _last_amount(p, line, printed, own)


@kind("one year's project with more in its period", "error")
def one_year(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        line, printed = _funds(p, form, "period_funds.total")
        if line and form.period_years == 1 and form.annual_funds.total is not None:
            cells = p.cells(line)
            cells[cells.index(printed)] = f"{int(printed.replace(',', '').partition('.')[0]) * 3}"
            yield p.recelled(line, cells)


@kind("year's money above that of the period", "warning")
def above_period(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        line, printed = _funds(p, form, "period_funds.total")
        if line and (form.period_years or 0) > 1 and form.annual_funds.total is not None:
            cells = p.cells(line)
            year = form.annual_funds.total.plain.partition(".")[0]
            cells[cells.index(printed)] = str(int(year) // 2)
            yield p.recelled(line, cells)


@kind("satisfaction with an upper bound", "warning")
def satisfaction_below(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: "满意" in i.level3 and i.value.startswith("≥")):
        yield _revalued(p, line, one, one.value.replace("≥", "≤"))


@kind("share of something good with an upper bound", "warning")
def good_below(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(
        p,
        lambda i: (
            i.level3.endswith(("合格率", "完成率", "覆盖率", "达标率", "及时率"))
            and "≥" in i.value
            and "100" not in i.value
        ),
    ):
        yield _revalued(p, line, one, one.value.replace("≥", "≤"))


@kind("share of something bad with a lower bound", "warning")
def bad_above(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: i.level3.endswith(("合格率", "完成率", "覆盖率")) and "≥" in i.value):
        cells = [{one.level3: "投诉率", one.value: "≥5%"}.get(c.strip(), c) for c in p.cells(line)]
        yield p.recelled(line, cells, "投诉率")


@kind("cost with a lower bound", "warning")
def cost_above(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: "成本" in i.level1 + i.level2 and "≤" in i.value and "元" in i.value):
        cells = [c.replace("≤", "≥") if "元" in c else c for c in p.cells(line)]
        yield p.recelled(line, cells, one.level3)


@kind("cost above the project's money", "warning")
def cost_beyond(p: Printed) -> Iterator[Defect | None]:
    for form, one, line in _annual(p, lambda i: "时效" in i.level2 and not i.doubt):
        money = form.annual_funds.total
        cells = p.cells(line)
        at = [i for i, c in enumerate(cells) if c.strip() == one.level3]
        if (
            money is not None
            and money.digits
            and len(at) == 2
            and not any("成本" in i.level2 for i in form.annual_indicators)
        ):
            cells = [""] * len(cells)
            for i in at:
                amount = int(money.plain.partition(".")[0]) * 7 + 11
                cells[i - 1], cells[i], cells[i + 1] = "成本指标", "项目总成本", f"≤{amount}元"
            yield p.added(line, "\t".join(cells), words=("项目总成本",))


@kind("share beyond 100%", "warning")
def beyond(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(
        p, lambda i: _SHARE.fullmatch(i.value) is not None and i.level3.endswith(("率", "满意度"))
    ):
        yield _revalued(p, line, one, "≥120%")


@kind("vacuous target", "warning")
def vacuous(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: i.value.startswith("≥") and bool(i.unit)):
        yield _revalued(p, line, one, f"≥0{one.unit}")


@kind("nothing to be done", "warning")
def nothing(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(
        p, lambda i: "数量" in i.level2 and i.level3.endswith(("数量", "次数", "个数")) and bool(i.unit)
    ):
        if p.cells(line).count(one.value) == 2:
            yield _revalued(p, line, one, f"=0{one.unit}")


@kind("done after the end of the year", "warning")
def too_late(p: Printed) -> Iterator[Defect | None]:
    year = (p.document.year or 0) + 1
    for _form, one, line in _annual(p, lambda i: "时效" in i.level2 and "月" in i.value):
        for late in (f"{year}年3月底前", "次年6月底前", "13月底前", f"{year + 1}年12月"):
            yield _revalued(p, line, one, late, late)


@kind("satisfaction among the outputs", "hint")
def misplaced(p: Printed) -> Iterator[Defect | None]:
    for form, one, line in _annual(p, lambda i: "质量" in i.level2):
        cells = [{one.level3: "服务对象满意度", one.value: "≥90%"}.get(c.strip(), c) for c in p.cells(line)]
        if form:
            yield p.recelled(line, cells, "服务对象满意度")


@kind("year's target above that of the period", "warning")
def better_year(p: Printed) -> Iterator[Defect | None]:
    for form, one, line in _annual(p, lambda i: "数量" in i.level2 and i.value.startswith("≥") and i.number.isdigit()):
        both = [c for c in p.cells(line) if c.strip() == one.value]
        own = [i for i in form.period_indicators if i.level3 == one.level3]
        if len(both) == 2 and own and own[0].value == one.value:
            yield _last_cell(p, line, one, f"≥{int(one.number) * 2}{one.unit}")


@kind("indicator printed twice", "warning")
def indicator_twice(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: bool(i.number)):
        if p.cells(line)[0] == "":
            yield p.added(line, "\t".join("" if c.endswith("指标") else c for c in p.cells(line)), words=(one.level3,))


@kind("one indicator with two values", "warning")
def contradictory(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: i.number.isdigit() and int(i.number) > 1):
        if p.cells(line)[0] == "":
            other = one.value.replace(one.number, str(int(one.number) - 1))
            cells = ["" if c.endswith("指标") else other if c == one.value else c for c in p.cells(line)]
            yield p.added(line, "\t".join(cells), words=(one.level3,))


@kind("goal of another project", "error")
def copied_goal(p: Printed) -> Iterator[Defect | None]:
    forms = [f for f in _forms(p) if len(f.annual_goal) > 15]
    for form, other in itertools.pairwise(forms):
        line, there = _goal_line(p, form), _goal_line(p, other)
        if line and there and form.annual_goal != other.annual_goal and form.project[:4] != other.project[:4]:
            yield Defect((Edit(line, 1, (p.line(there),)),), (form.project, other.project))


def _goal_line(p: Printed, form: ProjectForm) -> int:
    start = _line(form, "goal")
    return next((n for n in (start, start + 1) if start and form.annual_goal and form.annual_goal in p.cells(n)), 0)


@kind("no goal for the year", "warning")
def no_goal(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        line = _goal_line(p, form)
        if line and form.period_goal:
            cells = p.cells(line)
            cells[max(i for i, c in enumerate(cells) if c == form.annual_goal)] = ""
            yield p.recelled(line, cells, form.project)


@kind("no indicators and no goal for the year", "error")
def no_year(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        line = _goal_line(p, form)
        if not line or not form.period_goal:
            continue
        goal = p.cells(line)
        goal[max(i for i, c in enumerate(goal) if c == form.annual_goal)] = ""
        edits = [Edit(line, 1, ("\t".join(goal),))]
        for one in form.annual_indicators:
            n = one.place.line if one.place is not None else None
            if n:
                cells = p.cells(n)
                at = [i for i, c in enumerate(cells) if one.value and c.strip() == one.value]
                if len(at) == 2:
                    cells[at[1]] = ""
                    edits.append(Edit(n, 1, ("\t".join(cells),)))
        if len(edits) == len(form.annual_indicators) + 1:
            yield Defect(tuple(edits), (form.project,))


@kind("no value for an indicator", "warning")
def no_value(p: Printed) -> Iterator[Defect | None]:
    for form, one, line in _annual(p, lambda i: bool(i.value)):
        cells = p.cells(line)
        at = [i for i, c in enumerate(cells) if c.strip() == one.value]
        if len(at) == 2 and len(form.annual_indicators) > 3:
            cells[at[1]] = ""
            yield p.recelled(line, cells, one.level3)


@kind("no satisfaction where others have it", "warning")
def no_satisfaction(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p) if len(p.document.project_forms) > 2 else ():
        own = [i.place.line for i in form.annual_indicators if "满意" in i.level2 + i.level3 and i.place is not None]
        if len(own) == 1 and own[0]:
            yield Defect((Edit(own[0], 1, ()),), (form.project,))


@kind("another year in a form's text", "warning")
def stale_text(p: Printed) -> Iterator[Defect | None]:
    year = (p.document.year or 0) - 1
    for form in _forms(p):
        for field in ("plan", "necessity"):
            line, text = _line(form, field), getattr(form, field)
            if line and len(text) > 10 and text in p.line(line):
                yield p.swapped(line, text, f"{year}年{text}", str(year))


@kind("another year in the year's goal", "warning")
def stale_goal(p: Printed) -> Iterator[Defect | None]:
    year = (p.document.year or 0) - 1
    for form in _forms(p):
        line = _goal_line(p, form)
        if line:
            cells = [f"{year}年{c}" if c == form.annual_goal else c for c in p.cells(line)]
            yield p.recelled(line, cells, str(year))


@kind("form of another year", "warning")
def form_year(p: Printed) -> Iterator[Defect | None]:
    year = p.document.year or 0
    for form in _forms(p):
        first, _last = _block(form)
        if "绩效" in p.line(first - 1) and str(year) in p.line(first - 1):
            yield p.swapped(first - 1, str(year), str(year - 1), str(year - 1))


@kind("form filled in a year before", "warning")
def filled_before(p: Printed) -> Iterator[Defect | None]:
    year = p.document.year or 0
    for form in _forms(p):
        line = _line(form, "filled_at")
        if line and "填报日期：" in p.line(line):
            rest = p.line(line).partition("填报日期：")[2]
            yield p.swapped(line, f"填报日期：{rest}", f"填报日期：{year - 2}1105102233", str(year - 2))


@kind("quantity without a number", "hint")
def no_number(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: "数量" in i.level2 and bool(i.number)):
        yield _revalued(p, line, one, "按计划完成")


@kind("vague word for a target", "hint")
def vague(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: "质量" in i.level2 and bool(i.number)):
        yield _revalued(p, line, one, "良好")


@kind("costing in a text that does not make its amount", "warning")
def costing(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        line, text = _line(form, "overview"), form.overview
        if line and text and text in p.line(line):
            yield p.swapped(line, text, f"{text}其中维护12处，每处3万元，共40万元。", "40", "36")


@kind("total in a text that its parts do not make", "warning")
def text_total(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        line, text = _line(form, "overview"), form.overview
        if line and text and text in p.line(line):
            yield p.swapped(line, text, f"{text}其中一期120万元、二期150万元、三期80万元，合计300万元。", "300", "350")


@kind("project listed twice", "warning")
def project_twice(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        for n, row in row_lines(p, table) if table.id == "projects" else ():
            if row.key.startswith("project:"):
                yield p.added(n, p.line(n), words=(row.label,))
