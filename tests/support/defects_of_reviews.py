"""Defects that reviewers write down: what was copied, exchanged, misprinted or left over, in sentences, tables and forms."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from defects import Defect, Edit, kind
from defects_of_forms import _annual, _block, _forms, _funds, _line, _listed, _revalued
from defects_of_publication import _appended
from defects_of_sentences import _CHANGED, _SHARE, _amounts_in, _items, _replaced, _slots
from defects_of_tables import _AMOUNT, _coded, amounts_of, at, plain, row_lines

from mingzhang.model.figure import spell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defects import Printed


_STANDING: Final = re.compile(
    r"(?P<amount>\d[\d,]*\.\d\d)万元[，,]?(?:比|较|与)(?:上年|20\d\d年)(?:相比)?(?:预算数?)?"
    r"(?P<word>增加|减少)(?P<change>\d[\d,]*\.\d\d)万元"
)
_COMPARED: Final = re.compile(r"(?:比|较|与)(?P<year>20\d\d)年")
_FOREIGN: Final = ("青河县文物保护中心", "平川市水务局", "红岭区城市管理局")


def _digits(printed: str) -> int:
    return int(printed.replace(",", "").replace(".", ""))


# Sentences.


@kind("amounts of two items exchanged", "error")
def exchanged_amounts(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line_number in p.paragraphs:
        own = _amounts_in(paragraph)
        for one, other in itertools.pairwise(own):
            assert one.figure is not None
            assert other.figure is not None
            if one.figure.digits == other.figure.digits or one.at >= other.at:
                continue
            first, second = one.figure.printed, other.figure.printed
            between = paragraph.text[one.at + len(first) : other.at]
            if paragraph.text[one.at : one.at + len(first)] == first:
                yield p.within(
                    paragraph, one.at, other.at + len(second), second + between + first, first, second,
                    one.figure.plain, other.figure.plain,
                )  # fmt: skip


@kind("shares of two items exchanged", "error")
def exchanged_shares(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line_number in p.paragraphs:
        for one, other in itertools.pairwise(_SHARE.finditer(paragraph.text)):
            if one["share"] != other["share"]:
                between = paragraph.text[one.end("share") : other.start("share")]
                new = other["share"] + between + one["share"]
                yield p.within(
                    paragraph, one.start("share"), other.end("share"), new, one["share"], other["share"]
                )  # fmt: skip


@kind("last year's amount left in a sentence", "error")
def stale_amount(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line_number in p.paragraphs:
        for found in _STANDING.finditer(paragraph.text):
            change = _digits(found["change"]) * (1 if found["word"] == "增加" else -1)
            before = _digits(found["amount"]) - change
            if change and before > 0:
                old = spell(before, 2, grouped=True)
                yield p.within(paragraph, *found.span("amount"), old, old, found["amount"])


@kind("元 printed as 万元", "error")
def in_yuan(p: Printed) -> Iterator[Defect | None]:
    for paragraph, slot in _slots(p):
        figure = slot.figure
        if figure is not None and figure.unit == "万元" and figure.digits and figure.places == 2:
            yield _replaced(p, paragraph, slot, spell(figure.digits * 10_000, 2, grouped=True))


@kind("change and rate both the other way", "error")
def both_directions(p: Printed) -> Iterator[Defect | None]:
    turned = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
    for _section, paragraph, _line_number in p.paragraphs:
        for found in re.finditer(
            r"(?P<a>增加|减少)\d[\d,.]*万元[，,](?P<b>增长|下降|增加|减少)(?P<rate>[\d,.]+)%", paragraph.text
        ):
            if float(found["rate"].replace(",", "")) < 2:
                continue  # the base hardly tells
            new = turned[found["a"]] + paragraph.text[found.end("a") : found.start("b")] + turned[found["b"]]
            yield p.within(paragraph, found.start("a"), found.end("b"), new)


@kind("fall of more than all", "error")
def too_far(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line_number in p.paragraphs:
        for found in re.finditer(r"[，,](?:下降|减少)(?P<rate>\d[\d.]*)%", paragraph.text):
            yield p.within(paragraph, *found.span("rate"), "120.35", "120.35")


@kind("rate beside no change", "warning")
def rate_of_nothing(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line_number in p.paragraphs:
        for found in re.finditer(r"增加0(?:\.00)?万元|与上年(?:预算数)?(?:相同|持平)", paragraph.text):
            yield p.within(paragraph, found.end(), found.end(), "，增长5.20%", "5.20")


@kind("negative change behind 增加", "warning")
def negative_change(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line_number in p.paragraphs:
        for found in _CHANGED.finditer(paragraph.text):
            if found["amount"].strip("0.,"):
                yield p.within(paragraph, *found.span("amount"), "-" + found["amount"], found["amount"])


@kind("item in a sentence that no table has", "error")
def foreign_item(p: Printed) -> Iterator[Defect | None]:
    names = {r.label for t in p.document.tables for r in t.rows if r.code}
    for _section, paragraph, _line_number in p.paragraphs:
        for found in _items(paragraph):
            if "国防支出" not in names:
                share = "，占0.85%" if "占" in found[0] else ""
                yield p.within(paragraph, found.end(), found.end(), f"国防支出36.50万元{share}；", "国防", "36.50")


@kind("expense listed that the table has not", "warning")
def foreign_expense(p: Printed) -> Iterator[Defect | None]:
    names = {r.label for t in p.document.tables if t.id == "basic_economic" for r in t.rows}
    for _section, paragraph, _line_number in p.paragraphs:
        for found in re.finditer(r"公用经费[^。；]*主要(?:包括|用于)[：:][^。；]*", paragraph.text):
            if "专用燃料费" not in names and "无" not in found[0][-3:]:
                yield p.within(paragraph, found.end(), found.end(), "、专用燃料费", "专用燃料费")


@kind("compared with the year before last", "warning")
def compared_too_early(p: Printed) -> Iterator[Defect | None]:
    year = p.document.year or 0
    for _section, paragraph, _line_number in p.paragraphs:
        for found in _COMPARED.finditer(paragraph.text):
            if found["year"] == str(year - 1):
                yield p.within(paragraph, *found.span("year"), str(year - 2), str(year - 2))


@kind("next year in a sentence", "warning")
def next_year(p: Printed) -> Iterator[Defect | None]:
    year = p.document.year or 0
    for _section, paragraph, _line_number in p.paragraphs:
        for found in re.finditer(rf"(?:^|。){year}年(?=[^。；]*(?:预算|安排)[^。；]*万元)", paragraph.text):
            start = found.end() - 5
            yield p.within(paragraph, start, start + 4, str(year + 1), str(year + 1))


@kind("another unit's name in a sentence", "warning")
def foreign_unit(p: Printed) -> Iterator[Defect | None]:
    name = p.document.unit_name
    for _section, paragraph, _line_number in p.paragraphs:
        start = paragraph.text.find(name) if len(name) > 3 else -1
        if start >= 0 and "万元" in paragraph.text[start:]:
            for foreign in _FOREIGN:
                yield p.within(paragraph, start, start + len(name), foreign, foreign)


@kind("a reason that goes the other way", "hint")
def other_reason(p: Printed) -> Iterator[Defect | None]:
    reasons = {"增加": "厉行节约、压减一般性支出", "减少": "人员增加、项目增多"}
    for _section, paragraph, _line_number in p.paragraphs:
        for found in re.finditer(
            r"(?P<word>增加|减少)[1-9][\d,.]*万元[^。；增减]{0,24}?主要原因(?:是|为)(?P<reason>[^。；]+)",
            paragraph.text,
        ):
            yield p.within(paragraph, *found.span("reason"), reasons[found["word"]], reasons[found["word"]][:4])


@kind("none procured where amounts are stated", "error")
def none_procured(p: Printed) -> Iterator[Defect | None]:
    for paragraph, slot in _slots(p):
        if slot.key == "procurement_total" and slot.figure is not None and slot.figure.digits:
            end = len(paragraph.text)
            yield p.within(paragraph, end, end, f"{p.document.year}年没有安排政府采购预算。", "政府采购")


@kind("unit of money printed twice", "warning")
def money_twice(p: Printed) -> Iterator[Defect | None]:
    for paragraph, slot in _slots(p):
        figure = slot.figure
        stop = slot.at + len(figure.printed) if figure is not None else 0
        if figure is not None and figure.unit == "万元" and paragraph.text[stop : stop + 2] == "万元":
            for wrong in ("万元元", "万万元", "万元万元"):
                yield p.within(paragraph, stop, stop + 2, wrong, wrong, figure.printed)


@kind("amount misprinted in a sentence", "error")
def misprinted_amount(p: Printed) -> Iterator[Defect | None]:
    for paragraph, slot in _slots(p):
        figure = slot.figure
        if figure is not None and figure.unit == "万元" and figure.digits and figure.places == 2:
            whole, _, part = figure.printed.partition(".")
            for wrong in (
                f"{whole}..{part}",
                f"{whole}.{part[0]}.{part[1]}",
                f"{whole},{part}",
                f"{whole[:-1]}O.{part}",
            ):
                yield _replaced(p, paragraph, slot, wrong)


@kind("costing in a sentence that does not make its amount", "warning")
def costing_in_words(p: Printed) -> Iterator[Defect | None]:
    yield from _appended(p, "，其中值班补助3人×2000元×12月=7.5万元", "7.5", "7.2")
    yield from _appended(p, "，其中值班补助每人每月2000元、3人、12个月，共7.5万元", "7.5", "7.2")


@kind("parts of an establishment not its sum", "warning")
def establishment(p: Printed) -> Iterator[Defect | None]:
    for added in (
        "，核定编制30名，其中：行政编制12名、事业编制15名",
        "，共有编制30名，其中行政编制12名，事业编制15名",
        "，现有在职人员30人，其中行政人员12人、事业人员15人",
    ):
        yield from list(_appended(p, added, "30", "27"))[:8]


@kind("vehicles unlike in two paragraphs", "warning")
def other_vehicles(p: Printed) -> Iterator[Defect | None]:
    owned = [s.figure for _q, s in _slots(p) if s.key == "vehicles_actual" and s.figure is not None]
    for section, paragraph, _line_number in p.paragraphs if len(owned) == 1 and owned[0].digits is not None else ():
        if "公务用车运行" in paragraph.text and "万元" in paragraph.text:
            number = str(owned[0].digits + 3)
            end = len(paragraph.text)
            for added in (f"公务用车保有量为{number}辆。", f"现有公务用车{number}辆。"):
                yield p.within(paragraph, end, end, added, f"{number}辆", section.key)


@kind("a day that there is not", "warning")
def no_such_day(p: Printed) -> Iterator[Defect | None]:
    year = p.document.year or 0
    for day in (f"{year - 1}年2月30日", f"{year - 1}年11月31日", f"{year - 1}年13月5日"):
        yield from list(_appended(p, f"，截至{day}已经完成", day))[:8]


@kind("bracket not closed", "hint")
def open_bracket(p: Printed) -> Iterator[Defect | None]:
    for _section, paragraph, _line_number in p.paragraphs:
        for found in re.finditer(r"（[^（）]{2,12}(?P<close>）)", paragraph.text):
            yield p.within(paragraph, *found.span("close"), "", found[0][:3])


# Tables.


@kind("name of the next row", "warning")
def next_name(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        rows = [(n, r) for n, r in row_lines(p, table) if len(r.code) in {5, 7} and r.label in p.cells(n)]
        for (n, row), (_m, after) in itertools.pairwise(rows):
            if len(row.code) == len(after.code) and row.label != after.label:
                yield p.swapped(n, row.label, after.label, row.code, after.label)


@kind("names slipped against their codes", "error")
def slipped_names(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        rows = [(n, r) for n, r in row_lines(p, table) if r.code and r.label in p.cells(n)]
        if len(rows) < 5 or not table.id.endswith(("spending", "economic")):
            continue
        labels = [r.label for _n, r in rows]
        moved = (labels[-1], *labels[:-1])
        edits = [Edit(n, 1, (p.line(n).replace(r.label, new, 1),)) for (n, r), new in zip(rows, moved, strict=True)]
        yield Defect(tuple(edits))


@kind("code with a letter for a digit", "warning")
def lettered_code(p: Printed) -> Iterator[Defect | None]:
    for _table, n, row, column in _coded(p, 7):
        if "0" in row.code:
            cells = p.cells(n)
            cells[column] = row.code[:3] + row.code[3:].replace("0", "O", 1)
            yield p.recelled(n, cells, cells[column], row.label)


@kind("amounts of two rows exchanged", "error")
def exchanged_rows(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        rows = [(n, r) for n, r in row_lines(p, table) if len(r.code) in {5, 7} and r.label in p.cells(n)]
        for (n, row), (m, other) in itertools.pairwise(rows):
            a, b = p.cells(n), p.cells(m)
            i, j = a.index(row.label) + 1, b.index(other.label) + 1
            apart = row.code[:-2] != other.code[:-2]  # under one class nothing else may tell which amount is whose
            if apart and len(row.code) == len(other.code) and a[i:] != b[j:]:
                edits = (Edit(n, 1, ("\t".join(a[:i] + b[j:]),)), Edit(m, 1, ("\t".join(b[:j] + a[i:]),)))
                yield Defect(edits, (row.code, other.code, row.label, other.label), elsewhere=True)


@kind("amount in another column", "error")
def other_column(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        for n, row in row_lines(p, table) if table.id in {"income", "spending", "general_spending"} else ():
            cells = p.cells(n)
            figures = [i for i, c in enumerate(cells) if _AMOUNT.fullmatch(c.strip())]
            if len(row.code) == 7 and len(figures) == 2 and figures[1] + 1 < len(cells) and not cells[figures[1] + 1]:
                cells[figures[1] + 1], cells[figures[1]] = cells[figures[1]], ""
                yield p.recelled(n, cells, row.code, row.label)


@kind("row of the total left out", "error")
def no_total(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        for n, row in row_lines(p, table) if table.id in {"spending", "general_spending", "basic_economic"} else ():
            if row.key == "total":
                yield Defect((Edit(n, 1, ()),), ("合计", plain(table, p), table.id), elsewhere=True)


@kind("table of another year's amounts", "error")
def stale_table(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        rows = row_lines(p, table)
        if table.id in {"three_public", "fund_spending", "general_spending", "basic_economic"} and amounts_of(table):
            edits = tuple(Edit(n, 1, ("\t".join(_doubled(c) for c in p.cells(n)),)) for n, _ in rows)
            if edits:
                yield Defect(edits, (plain(table, p), table.id), elsewhere=True)


def _doubled(cell: str) -> str:
    return spell(_digits(cell) * 2, 2, grouped="," in cell) if re.fullmatch(r"[\d,]+\.\d\d", cell.strip()) else cell


@kind("amount misprinted in a table", "error")
def misprinted_cell(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        for n, _row in row_lines(p, table):
            cells = p.cells(n)
            for i, cell in enumerate(cells):
                whole, _, part = cell.partition(".")
                if not re.fullmatch(r"[\d,]+\.\d\d", cell) or len(whole) < 2:
                    continue
                for wrong in (
                    f"{whole}..{part}",
                    f"{whole}.{part[0]}.{part[1]}",
                    f"{whole[:-1]}O.{part}",
                    f"{whole},{part}",
                ):
                    yield p.recelled(n, [*cells[:i], wrong, *cells[i + 1 :]], wrong, cell)


@kind("negative amount in a table", "error")
def negative_cell(p: Printed) -> Iterator[Defect | None]:
    for _table, n, row, _column in _coded(p, 7):
        cells = [f"-{c}" if _AMOUNT.fullmatch(c.strip()) and c.strip("0.,") else c for c in p.cells(n)]
        yield p.recelled(n, cells, row.code, row.label)


@kind("titles of two tables exchanged", "error")
def exchanged_titles(p: Printed) -> Iterator[Defect | None]:
    tables = [t for t in p.document.tables if at(t, "title") and amounts_of(t)]
    for one, other in itertools.pairwise(tables):
        a, b = at(one, "title"), at(other, "title")
        if p.line(a) != p.line(b):
            yield Defect(
                (Edit(a, 1, (p.line(b),)), Edit(b, 1, (p.line(a),))), (plain(one, p), plain(other, p)), elsewhere=True
            )


@kind("heads of two columns exchanged", "error")
def exchanged_heads(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        first = min((n for n, _ in row_lines(p, table)), default=0)
        for n in range(max(1, at(table, "unit")), first) if at(table, "unit") and amounts_of(table) else ():
            cells = p.cells(n)
            if "基本支出" in cells and "项目支出" in cells:
                swap = {"基本支出": "项目支出", "项目支出": "基本支出"}
                found = p.recelled(n, [swap.get(c, c) for c in cells], plain(table, p), table.id)
                yield None if found is None else Defect(found.edits, found.words, elsewhere=True)


@kind("number of a table printed twice", "hint")
def same_number(p: Printed) -> Iterator[Defect | None]:
    numbered = [(t, at(t, "number")) for t in p.document.tables if at(t, "number")]
    for (_one, a), (_other, b) in itertools.pairwise(numbered):
        if p.line(a) != p.line(b):
            yield p.swapped(b, p.line(b), p.line(a), p.line(a))


@kind("another unit's name above a table", "warning")
def foreign_above(p: Printed) -> Iterator[Defect | None]:
    for table in p.document.tables:
        line = at(table, "unit_name")
        if line and table.unit_name:
            for foreign in _FOREIGN:
                yield p.swapped(line, table.unit_name, foreign, foreign)


# Forms.


@kind("form with all its money in 万元", "error")
def all_in_units(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        first, last = _block(form)
        amounts = {
            printed
            for side in ("annual_funds", "period_funds")
            for name in ("total", "central", "provincial", "municipal", "county", "own", "other")
            for printed in _printed_of(form, side, name)
        }
        total = form.annual_funds.total
        if not _listed(p, form) or total is None or not total.digits or any(_digits(a) % 100 for a in amounts if a):
            continue
        lines = {form.places[f].line for f in form.places if f.startswith(("annual_funds", "period_funds"))}
        edits = []
        for n in sorted(x for x in lines if x and first <= x <= last):
            cells = [_in_units(c) if c in amounts else c for c in p.cells(n)]
            if cells != p.cells(n):
                edits.append(Edit(n, 1, ("\t".join(cells),)))
        if edits:
            yield Defect(tuple(edits), (form.project,))


def _printed_of(form: object, side: str, name: str) -> Iterator[str]:
    figure = getattr(getattr(form, side), name, None)
    if figure is not None and figure.printed:
        yield figure.printed


def _in_units(printed: str) -> str:
    value = int(printed.replace(",", "").partition(".")[0] or 0)
    return f"{value // 10_000}.{value % 10_000 // 100:02d}" if value else printed


@kind("form copied, its name alone changed", "error")
def copied_form(p: Printed) -> Iterator[Defect | None]:
    forms = [f for f in _forms(p) if _listed(p, f) and f.annual_indicators]
    for form, other in itertools.pairwise(forms):
        (a, b), (c, d) = _block(form), _block(other)
        line, there = _line(form, "project"), _line(other, "project")
        if not line or not there or form.annual_goal == other.annual_goal or not form.annual_goal:
            continue
        own = list(p.lines[a - 1 : b])
        own[line - a] = own[line - a].replace(form.project, other.project)
        yield Defect((Edit(c, d - c + 1, tuple(own)),), (form.project, other.project))


@kind("satisfaction below nothing", "warning")
def below_nothing(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: "满意" in i.level3 and "%" in i.value):
        yield _revalued(p, line, one, "≥-90%")
        yield _revalued(p, line, one, "≥950%")


@kind("satisfaction without its per cent", "hint")
def no_per_cent(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: "满意" in i.level3 and "%" in i.value):
        yield _revalued(p, line, one, one.value.replace("%", ""))


@kind("satisfaction hardly wanted", "hint")
def hardly(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: "满意" in i.level3 and "%" in i.value):
        yield _revalued(p, line, one, "≥9%")
        yield _revalued(p, line, one, "≥0.95%")


@kind("name and target of an indicator exchanged", "hint")
def exchanged_target(p: Printed) -> Iterator[Defect | None]:
    for _form, one, line in _annual(p, lambda i: bool(i.number)):
        swap = {one.level3: one.value, one.value: one.level3}
        yield p.recelled(line, [swap.get(c.strip(), c) for c in p.cells(line)], one.level3, one.value)


def _extended(p: Printed, added: str, *words: str) -> Iterator[Defect | None]:
    for form in _forms(p):
        for field in ("plan", "overview"):
            line, text = _line(form, field), getattr(form, field)
            if line and len(text) > 5 and text in p.line(line):
                yield p.swapped(line, text, text + added, *words)


@kind("shares of a plan not a hundred", "warning")
def plan_shares(p: Printed) -> Iterator[Defect | None]:
    yield from _extended(p, "一季度支付30%，二季度支付30%，三季度支付30%，四季度支付20%。", "110", "20%")
    yield from _extended(p, "资金支付进度：一季度20%、二季度30%、三季度20%、四季度20%。", "90", "20%")


@kind("quarters not their sum", "warning")
def quarters(p: Printed) -> Iterator[Defect | None]:
    yield from _extended(
        p, "一季度支出10万元，二季度支出20万元，三季度支出20万元，四季度支出10万元，全年共支出70万元。", "70", "60"
    )


@kind("costing of persons and months wrong", "warning")
def persons_and_months(p: Printed) -> Iterator[Defect | None]:
    yield from _extended(p, "人员补助3人×2000元×12月=7.5万元。", "7.5", "7.2")
    yield from _extended(p, "聘用保洁员3人，每人每月2000元，12个月共需7.5万元。", "7.5", "7.2")


@kind("a day that there is not, in a form", "warning")
def no_day_in_form(p: Printed) -> Iterator[Defect | None]:
    yield from _extended(p, f"{p.document.year}年2月30日前完成招标。", "2月30日")
    yield from _extended(p, f"{p.document.year}年6月31日前完成验收。", "6月31日")


@kind("form's money not that of its own sources, by a digit exchanged", "error")
def exchanged_digits(p: Printed) -> Iterator[Defect | None]:
    for form in _forms(p):
        line, printed = _funds(p, form, "annual_funds.total")
        plain_digits = printed.replace(",", "")
        if line and _listed(p, form) and len(plain_digits) > 3 and plain_digits[0] != plain_digits[1]:
            wrong = plain_digits[1] + plain_digits[0] + plain_digits[2:]
            cells = p.cells(line)
            last = max(i for i, c in enumerate(cells) if c == printed)
            cells[last] = wrong
            yield p.recelled(line, cells, printed, wrong)
