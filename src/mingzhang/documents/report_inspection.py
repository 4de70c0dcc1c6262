"""The inspection sheet (检查表) and the scores, in Excel, Word, or as a page: what districts fill in by hand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from mingzhang.documents.web import TEMPLATES, templates
from mingzhang.documents.word_package import package
from mingzhang.documents.word_xml import paragraph, run
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language, later
from mingzhang.rules.inspection import spelled
from mingzhang.rules.worklist import SEVERITIES, WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from mingzhang.rules.inspection import Inspection, Item, Problem

ANSWERS: Final = {"yes": later("是"), "no": later("否"), "open": later("待核")}
HEAD: Final = (later("序号"), later("检查项目"), later("符合要求"), later("存在的问题"), later("核实意见"))
SCORE_HEAD: Final = (later("标准"), later("满分"), later("得分"), later("错误"), later("警告"), later("提示"))
_WIDTHS: Final = (6, 30, 10, 92, 20)
_TWIPS: Final = (620, 1800, 1100, 4440, 1100)
_COLOURS: Final = {"yes": "#2C5A37", "no": "#A11D1A", "open": "#8A5A00"}


def inspection_sheet(found: Inspection) -> bytes:
    """Give the sheet and the scores as a workbook of two sheets; the same findings give the same bytes."""
    import datetime as dt  # noqa: PLC0415

    import xlsxwriter  # noqa: PLC0415 - heavy, and only here

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": title_of(found)[:200], "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
        line = {"border": 1, "border_color": "#A9B2BD", "valign": "top", "text_wrap": True}
        head = book.add_format(line | {"bold": True, "bg_color": "#EEF2F6", "align": "center"})
        body, middle = book.add_format(line), book.add_format(line | {"align": "center"})
        answers = {
            a: book.add_format(line | {"align": "center", "bold": True, "font_color": c}) for a, c in _COLOURS.items()
        }
        large = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        sheet = book.add_worksheet(_("检查表"))
        sheet.merge_range(0, 0, 0, len(HEAD) - 1, title_of(found), large)
        for column, (name, width) in enumerate(zip(HEAD, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, _(name), head)
        row = 2
        for number, item in enumerate(found.items, 1):
            _item_rows(sheet, row, number, item, (body, middle, answers[item.answer]))
            row += max(1, len(item.problems))
        sheet.freeze_panes(2, 2)
        _on_paper(sheet, 1)
        _score_sheet(book.add_worksheet(_("评分")), found, (large, head, body, middle))
    return out.getvalue()


def _item_rows(sheet: Any, row: int, number: int, item: Item, formats: tuple[Any, Any, Any]) -> None:
    """Write an item: a row for each problem, so high that all of it is seen."""
    body, middle, answer = formats
    lines = _problem_lines(item) or [""]
    last = row + len(lines) - 1
    cells = ((0, str(number), middle), (1, item.name, body), (2, _(ANSWERS[item.answer]), answer))
    for column, text, form in cells:
        if last > row:
            sheet.merge_range(row, column, last, column, text, form)
        else:
            sheet.write_string(row, column, text, form)
    for at, line in enumerate(lines, row):
        sheet.write_string(at, 3, line, body)
        sheet.write_string(at, 4, "", body)
        room = (line, _WIDTHS[3]), *(((item.name, _WIDTHS[1]),) if last == row else ())
        sheet.set_row(at, _LINE * max(_lines_of(text, width) for text, width in room))


def _lines_of(text: str, width: int) -> int:
    """Count the lines that a text takes in a column: a Chinese character is as wide as two digits."""
    wide = sum(2 if ord(c) > _LATIN else 1 for c in text)
    return max(1, -(-wide * 11 // (width * 10)))


_LINE: Final = 16
_LATIN: Final = 0x2E7F


def _score_sheet(sheet: Any, found: Inspection, formats: tuple[Any, Any, Any, Any]) -> None:
    large, head, body, middle = formats
    sheet.merge_range(0, 0, 0, len(SCORE_HEAD) - 1, score_title(found), large)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, len(SCORE_HEAD) - 1, 10)
    for column, name in enumerate(SCORE_HEAD):
        sheet.write_string(1, column, _(name), head)
    for row, cells in enumerate(score_rows(found), 2):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, middle if column else body)
    sheet.merge_range(len(found.scores) + 4, 0, len(found.scores) + 4, len(SCORE_HEAD) - 1, _explained())
    _on_paper(sheet, 1)


def _on_paper(sheet: Any, repeated: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, repeated)


def inspection_notice(found: Inspection) -> bytes:
    """Give the sheet and the scores as a Word file, to be signed."""
    rows = [tuple(_(h) for h in HEAD)]
    for n, item in enumerate(found.items, 1):
        rows.append((str(n), item.name, _(ANSWERS[item.answer]), "\n".join(_problem_lines(item)), ""))
    scores = [tuple(_(h) for h in SCORE_HEAD), *score_rows(found)]
    body = (
        paragraph(run(title_of(found)), "Heading1"),
        _table(rows, _TWIPS),
        paragraph(run(score_title(found)), "Heading2"),
        _table(scores, (2460, 1320, 1320, 1320, 1320, 1320)),
        paragraph(run(_explained()), "TableNote"),
        paragraph(run(_("检查人：　　　　　　复核人：　　　　　　　　年　　月　　日")), "BodyText"),
    )
    return package("".join(body), title=title_of(found), author="")


def inspection_page(found: Inspection) -> str:
    """Give the sheet and the scores as a page to look at."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    style = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", "report.css"))
    text: str = (
        templates()
        .get_template("inspection.html")
        .render(
            lang="en" if language() == "en" else "zh-CN",
            title=title_of(found),
            report=_("检查表"),
            style=Markup(style),  # noqa: S704 - our own
            counts=[
                {"answer": a, "word": _(w), "n": sum(i.answer == a for i in found.items)} for a, w in ANSWERS.items()
            ],
            heads=[_(h) for h in HEAD[1:4]],
            items=[
                {
                    "name": i.name,
                    "answer": i.answer,
                    "word": _(ANSWERS[i.answer]),
                    "why": i.why,
                    "problems": [{"p": p, "word": _(WORDS[p.severity])} for p in i.problems],
                }
                for i in found.items
            ],
            score_title=score_title(found),
            score_heads=[_(h) for h in SCORE_HEAD],
            scores=score_rows(found),
            explained=_explained(),
        )
    )
    return text + "\n"


def title_of(found: Inspection) -> str:
    """Give the sheet's title."""
    return _("{unit}{year}年预算公开情况检查表").format(unit=found.unit or _("（单位）"), year=found.year)


def score_title(found: Inspection) -> str:
    """Say what the document scores."""
    return _("评分：{total}（百分制）").format(total=spelled(found.total))


def score_rows(found: Inspection) -> list[tuple[str, ...]]:
    """Give the scores by criterion, and the total of what was scored."""
    rows = [
        (s.name, str(s.weight), spelled(s.tenths), *(str(s.counts.get(k, 0)) for k in SEVERITIES)) for s in found.scores
    ]
    weight = sum(s.weight for s in found.scores if s.tenths is not None)
    tenths = sum(s.tenths for s in found.scores if s.tenths is not None)
    sums = (str(sum(s.counts.get(k, 0) for s in found.scores)) for k in SEVERITIES)
    return [*rows, (_("合计"), str(weight), spelled(tenths), *sums)]


def _explained() -> str:
    return _("同一原因的问题只扣一次；没有依据的项目不评分，也不计入满分。")


def _problem_lines(item: Item) -> list[str]:
    return [_line(p) for p in item.problems] or ([item.why] if item.why else [])


def _line(problem: Problem) -> str:
    place = f"（{problem.place}）" if problem.place else ""
    return f"{problem.number}．【{_(WORDS[problem.severity])}】{problem.words}{place}"


def _table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """Give rows of text as a table of Word, the first repeated on every page."""
    out = []
    for n, row in enumerate(rows):
        cells = "".join(_cell(text, width, head=n == 0) for text, width in zip(row, widths, strict=True))
        out.append(f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if n == 0 else ''}{cells}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="BudgetTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(out)}</w:tbl>'
    )


def _cell(text: str, width: int, *, head: bool) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>' if head else ""
    style = "TableHead" if head else "TableText"
    lines = "".join(
        paragraph(run(line), style, '<w:jc w:val="left"/>' if not head else "") for line in text.split("\n")
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{lines}</w:tc>'
