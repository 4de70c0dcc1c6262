"""Findings as a worklist in Excel: who mends what until when is filled in beside each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from mingzhang.documents.palette import SEVERITY_COLOURS
from mingzhang.documents.sheet_reports import on_paper, row_height
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.rules.worklist import WORDS, counted, tasks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding
    from mingzhang.rules.waivers import Waiver

HEAD: Final = (
    (later("序号"), 5), (later("程度"), 6), (later("问题"), 44), (later("位置"), 20), (later("依据"), 24), (later("应为"), 13),
    (later("实为"), 13), (later("建议"), 36), (later("责任人"), 8), (later("整改期限"), 10), (later("整改情况"), 14), (later("复核"), 7),
)  # fmt: skip

ACCEPTED: Final = (
    (later("编号"), 20),
    (later("问题"), 80),
    (later("理由"), 50),
    (later("岗位"), 16),
    (later("日期"), 12),
)


def report_sheet(
    findings: Sequence[Finding], disclosure: Disclosure, accepted: Sequence[tuple[Finding, Waiver]] = ()
) -> bytes:
    """Give the worklist as a workbook, on a second sheet what was accepted; the same findings give the same bytes."""
    import datetime as dt  # noqa: PLC0415

    import xlsxwriter  # noqa: PLC0415 - heavy, and only here

    tasks = tasks_of(findings, disclosure)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        title = _("{unit}{year}公开文件问题清单").format(
            unit=disclosure.unit_name, year="" if disclosure.year is None else disclosure.year
        )
        book.set_properties({"title": title[:200], "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 - it has no zone
        sheet = book.add_worksheet(_("问题清单"))
        head = book.add_format(
            {"bold": True, "bg_color": "#EEF2F6", "border": 1, "align": "center", "valign": "vcenter"}
        )
        body = book.add_format({"border": 1, "border_color": "#A9B2BD", "text_wrap": True, "valign": "top"})
        kinds = {
            s: book.add_format({"border": 1, "border_color": "#A9B2BD", "valign": "top", "bold": True, "font_color": c})
            for s, c in SEVERITY_COLOURS.items()
        }
        sheet.merge_range(
            0, 0, 0, len(HEAD) - 1, title, book.add_format({"bold": True, "font_size": 16, "align": "center"})
        )
        sheet.merge_range(1, 0, 1, len(HEAD) - 1, counted(tasks), book.add_format({"font_color": "#4F5A66"}))
        for column, (name, width) in enumerate(HEAD):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, _(name), head)
        for row, task in enumerate(tasks, 3):
            sheet.write_number(row, 0, task.number, body)
            sheet.write_string(row, 1, _(WORDS[task.severity]), kinds[task.severity])
            problem = f"{task.rule} {task.problem}"
            texts = (problem, task.place, task.basis, task.expected, task.actual, task.advice, "", "", "", "")
            for column, text in enumerate(texts, 2):
                sheet.write_string(row, column, text, body)
            sheet.set_row(row, row_height(zip(texts, (width for _name, width in HEAD[2:]), strict=True)))
        sheet.freeze_panes(3, 3)
        sheet.autofilter(2, 0, max(2, 2 + len(tasks)), len(HEAD) - 1)
        on_paper(sheet, 2)
        if accepted:
            other = book.add_worksheet(_("已接受的问题"))
            for column, (name, width) in enumerate(ACCEPTED):
                other.set_column(column, column, width)
                other.write_string(0, column, _(name), head)
            for row, (found, waiver) in enumerate(accepted, 1):
                said = (found.id, found.message, waiver.reason, waiver.role, waiver.date)
                for column, text in enumerate(said):
                    other.write_string(row, column, text, body)
                other.set_row(row, row_height(zip(said, (width for _name, width in ACCEPTED), strict=True)))
            on_paper(other, 0)
    return out.getvalue()
