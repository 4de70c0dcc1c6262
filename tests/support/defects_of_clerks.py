"""Defects that clerks leave when documents come out of a system in batches and are patched by hand."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from defects import Defect, Edit, kind
from defects_of_forms import _annual, _forms, _funds, _line, _listed, _revalued
from defects_of_publication import _appended
from defects_of_sentences import _slots
from defects_of_tables import at, row_lines

from mingzhang.model.figure import spell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defects import Printed

# Forms.


@kind("share counted in things", "warning")
def share_in_things(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: i.unit == "%" and i.level3.endswith(("合格率", "满意度", "覆盖率"))):
        yield _revalued(p, line, one, one.value.replace("%", "个"))


@kind("time limit with a lower bound", "warning")
def limit_from_below(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: i.comparator == "≤" and i.level3.endswith(("办结时限", "响应时间"))):
        yield _revalued(p, line, one, one.value.replace("≤", "≥"))


@kind("sign of comparison printed twice", "hint")
def sign_twice(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: i.value.startswith(("≥", "≤"))):
        yield _revalued(p, line, one, one.value[0] + one.value)


@kind("department's code with two digits exchanged", "warning")
def other_code(p: Printed) -> Iterator[Defect | None]:
    forms = [f for f in _forms(p) if len(f.department_code) > 2]
    for form in forms if len(forms) > 3 else ():
        line, code = _line(form, "department"), form.department_code
        wrong = code[:-2] + code[-1] + code[-2]
        yield p.swapped(line, code, wrong, wrong) if line and wrong != code else None


@kind("overview of another project", "hint")
def others_overview(p: Printed) -> Iterator[Defect | None]:
    forms = [f for f in _forms(p) if len(f.overview) > 14 and _line(f, "overview")]
    for form, other in itertools.pairwise(forms):
        line = _line(other, "overview")
        if other.overview in p.line(line) and form.overview != other.overview:
            yield p.swapped(line, other.overview, form.overview, form.project, other.project)


@kind("cost in 元 with the digits of its 万元", "error")
def cost_in_units(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        _at, printed = _funds(p, form, "annual_funds.total")
        digits = printed.replace(",", "").partition(".")[0]
        for one in form.annual_indicators if digits and _listed(p, form) else ():
            line = one.place.line if one.place is not None else None
            whole = "成本" in one.level1 + one.level2 and one.unit == "万元" and len(one.number.replace(".", "")) > 3
            if whole and line and f"{int(digits) / 10000:.2f}".rstrip("0").rstrip(".") == one.number:
                yield _revalued(p, line, one, one.value.replace("万元", "元"))


@kind("text that says nothing", "warning")
def nothing_said(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        for field in ("basis", "necessity"):
            line, text = _line(form, field), getattr(form, field)
            if line and len(text) > 4 and text in p.line(line):
                yield p.swapped(line, text, "略", form.project)


# Publication.


@kind("word of a draft on the cover", "error")
def draft_cover(p: Printed) -> Iterator[Defect | None]:
    for n, line in enumerate(p.lines[:6], 1):
        if "预算公开" in line and "目" not in line:
            for word in ("（征求意见稿）", "（送审稿）"):
                yield Defect((Edit(n, 1, (line + word,)),), (word,), elsewhere=True)


@kind("page of the contents lost by the word processor", "error")
def lost_page(p: Printed) -> Iterator[Defect | None]:
    for entry in p.document.publication.contents:
        line = entry.place.line if entry.place is not None else None
        if line and entry.page and p.line(line).endswith(f"\t{entry.page}"):
            new = p.line(line).removesuffix(entry.page) + "错误!未定义书签。"
            yield Defect((Edit(line, 1, (new,)),), ("错误",))


@kind("remark of a reviewer left", "warning")
def remark(p: Printed) -> Iterator[Defect | None]:
    yield from list(_appended(p, "[批注2：与预算股核对]", "批注"))[:8]


@kind("number of a part printed twice", "hint")
def part_twice(p: Printed) -> Iterator[Defect | None]:
    for before, part in itertools.pairwise(p.document.publication.parts):
        line = part.place.line if part.place is not None else None
        found = re.match(r"第[一二三四五六]部分", before.text)
        if line and found and re.match(r"第[一二三四五六]部分", part.text):
            yield p.swapped(line, part.text[: len(found[0])], found[0], "序号")


# Sentences.


@kind("amount in two units unlike", "error")
def in_two_units(p: Printed) -> Iterator[Defect | None]:
    for paragraph, slot in _slots(p):
        figure = slot.figure
        if figure is not None and figure.unit == "万元" and figure.digits and figure.digits > 10**7:
            stop = slot.at + len(figure.printed) + 2
            wrong = spell(figure.digits // 10**4 + 37, 2, grouped=False)
            yield p.within(paragraph, stop, stop, f"（约{wrong}亿元）", wrong)


@kind("rate of an amount in points", "warning")
def in_points(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line_number in p.paragraphs:
        for found in re.finditer(r"万元，(?:增长|下降)[\d.,]+(?P<sign>%)", paragraph.text):
            yield p.within(paragraph, *found.span("sign"), "个百分点", "百分点")


@kind("span of time turned round", "warning")
def turned_span(p: Printed) -> Iterator[Defect | None]:
    year = p.document.year or 0
    yield from list(_appended(p, f"，实施时间为{year}年11月1日至{year}年3月31日", "颠倒"))[:8]


@kind("no projects said where there are some", "error")
def no_projects(p: Printed) -> Iterator[Defect | None]:
    if any(r.cells for t in p.document.tables if t.id == "projects" for r in t.rows):
        for _section, paragraph, _line_number in p.paragraphs:
            if "项目支出" in paragraph.text and "万元" in paragraph.text and "下级" not in paragraph.text:
                end = len(paragraph.text)
                yield p.within(paragraph, end, end, "本年度未安排项目支出。", "未安排项目支出")


# Tables.


@kind("total printed again", "warning")
def total_again(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        rows = row_lines(p, table)
        own = [n for n, r in rows if r.key == "total" and any(f.digits for f in r.cells.values())]
        if table.id.endswith("spending") and len(own) == 1 and rows[-1][0] != own[0]:
            yield p.added(rows[-1][0], p.line(own[0]), words=("合计",))


@kind("head of this year's accounts", "warning")
def head_of_accounts(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        first = min((n for n, _ in row_lines(p, table)), default=0)
        for n in range(at(table, "unit"), first) if at(table, "unit") else ():
            yield p.swapped(n, f"{p.document.year}年预算数", f"{p.document.year}年决算数", "决算")
