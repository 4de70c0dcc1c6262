"""The inspection sheet (检查表) and the scores, in Word or as a page: what districts fill in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.documents.found_pictures import cut_out, shown_in_word
from mingzhang.documents.palette import SEVERITY_COLOURS
from mingzhang.documents.report_page import drawn
from mingzhang.documents.web import TEMPLATES, templates
from mingzhang.documents.word_package import package
from mingzhang.documents.word_xml import paragraph, run
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language, later
from mingzhang.rules.inspection import spelled
from mingzhang.rules.worklist import SEVERITIES, WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.documents.found_pictures import Cutting
    from mingzhang.documents.found_places import Seen
    from mingzhang.rules.inspection import Inspection, Item, Problem

ANSWERS: Final = {"yes": later("是"), "no": later("否"), "open": later("待核")}
HEAD: Final = (later("序号"), later("检查项目"), later("符合要求"), later("存在的问题"), later("核实意见"))
SCORE_HEAD: Final = (later("标准"), later("满分"), later("得分"), later("错误"), later("警告"), later("提示"))
_TWIPS: Final = (520, 2100, 1060, 4320, 1060)
_WHOLE: Final = 4
"""A row with fewer breaks than so many stays on one page."""

ANSWER_COLOURS: Final = {"yes": "#2C5A37", "no": SEVERITY_COLOURS["error"], "open": SEVERITY_COLOURS["warning"]}


def inspection_notice(found: Inspection, seen: Seen | None = None) -> bytes:
    """Give the sheet and the scores as a Word file, to be signed; pictures stand in a row below each item."""
    rows: list[Sequence[str]] = [tuple(_(h) for h in HEAD)]
    below: dict[int, list[tuple[int, Cutting]]] = {}
    for n, item in enumerate(found.items, 1):
        rows.append((str(n), item.name, _(ANSWERS[item.answer]), "\n".join(problem_lines(item)), ""))
        below[n] = list(cuttings_of(item, seen).items())
    media = [cutting.picture.content for own in below.values() for _number, cutting in own]
    scores = [tuple(_(h) for h in SCORE_HEAD), *score_rows(found)]
    body = (
        paragraph(run(title_of(found), size=18), "Heading1"),
        _table(rows, _TWIPS, below),
        paragraph(run(score_title(found)), "Heading2"),
        _table(scores, (2460, 1320, 1320, 1320, 1320, 1320)),
        paragraph(run(explained()), "TableNote"),
        paragraph(run(_("检查人：　　　　　　复核人：　　　　　　　　年　　月　　日"), size=12), "Normal"),
    )
    return package("".join(body), title=title_of(found), author="", media=media)


def cuttings_of(item: Item, seen: Seen | None) -> dict[int, Cutting]:
    """Give a picture of the place of each error and warning of an item that can be seen, by the problem's number."""
    shown = ((p.number, seen.of(p.task)) for p in item.problems if seen is not None and p.severity != "hint")
    return {number: cut_out(*own[0]) for number, own in shown if own}


def inspection_page(found: Inspection, seen: Seen | None = None) -> str:
    """Give the sheet and the scores as a page to look at, with the places of errors and warnings."""
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
            picture=_("原件第{n}页，标出的是问题所在"),
            items=[
                {
                    "name": i.name,
                    "answer": i.answer,
                    "word": _(ANSWERS[i.answer]),
                    "why": i.why,
                    "problems": [
                        {
                            "p": p,
                            "word": _(WORDS[p.severity]),
                            "scenes": drawn(seen.of(p.task)[:1]) if seen is not None and p.severity != "hint" else (),
                        }
                        for p in i.problems
                    ],
                }
                for i in found.items
            ],
            score_title=score_title(found),
            score_heads=[_(h) for h in SCORE_HEAD],
            scores=score_rows(found),
            explained=explained(),
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


def explained() -> str:
    """Say how points are lost."""
    return _("同一原因的问题只扣一次；没有依据的项目不评分，也不计入满分。")


def problem_lines(item: Item) -> list[str]:
    """Give an item's problems as lines, or why nothing can be said of it."""
    return [_line(p) for p in item.problems] or ([item.why] if item.why else [])


def _line(problem: Problem) -> str:
    place = f"（{problem.place}）" if problem.place else ""
    return f"{problem.number}．【{_(WORDS[problem.severity])}】{problem.words}{place}"


def _table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    below: Mapping[int, Sequence[tuple[int, Cutting]]] | None = None,
) -> str:
    """Give rows of text as a table of Word, the first repeated on every page; `below` some stand pictures, with numbers."""
    out, count = [], 0
    for n, row in enumerate(rows):
        cells = "".join(_cell(text, width, head=n == 0) for text, width in zip(row, widths, strict=True))
        whole = "<w:cantSplit/>" if max(text.count("\n") for text in row) < _WHOLE else ""
        out.append(f"<w:tr><w:trPr>{whole}{'<w:tblHeader/>' if n == 0 else ''}</w:trPr>{cells}</w:tr>")
        for number, cutting in (below or {}).get(n, ()):
            count += 1
            out.append(_picture_row(count, number, cutting, widths))
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="BudgetTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(out)}</w:tbl>'
    )


def _picture_row(count: int, number: int, cutting: Cutting, widths: Sequence[int]) -> str:
    """Give a row over all columns with the picture of a problem's place."""
    said = _("问题{number}　原件第{page}页").format(number=number, page=cutting.page)
    inside = paragraph(run(said), "TableText", '<w:keepNext/><w:jc w:val="left"/>')
    inside += shown_in_word(count, cutting, said, sum(widths) // 20 - 12)
    span = f'<w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/></w:tcPr>'
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{span}{inside}</w:tc></w:tr>"


def _cell(text: str, width: int, *, head: bool) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>' if head else ""
    style = "TableHead" if head else "TableText"
    answers = {_(word): key for key, word in ANSWERS.items()}
    answer = "" if head else answers.get(text, "")
    to = '<w:jc w:val="center"/>' if answer or text.replace(".", "").isdigit() else '<w:jc w:val="left"/>'
    lines = "".join(
        paragraph(_said(line, ANSWER_COLOURS.get(answer, "")), style, "" if head else to) for line in text.split("\n")
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{lines}</w:tc>'


def _said(line: str, colour: str) -> str:
    """Give a line of a cell, the severity of a problem and an answer in their colours."""
    for key, word in WORDS.items():
        before, mark, after = line.partition(f"【{_(word)}】")
        if mark and before.rstrip("．").isdigit():
            return run(before) + run(mark, bold=True, colour=SEVERITY_COLOURS[key]) + run(after)
    return run(line, bold=bool(colour), colour=colour)
