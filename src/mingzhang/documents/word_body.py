"""The body of a Word file: cover, contents, parts in sections of one orientation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from mingzhang.documents import word_chart, word_picture
from mingzhang.documents.flow import Heading, Picture, TermBlock, Text
from mingzhang.documents.paper import FormRun, TableRun, TextRun
from mingzhang.documents.pictures import DRAWN
from mingzhang.documents.svg import unit_of
from mingzhang.documents.tree import title_size
from mingzhang.documents.word_changes import Style, project_of, values_before
from mingzhang.documents.word_grid import Writing, table
from mingzhang.documents.word_sections import kind_of
from mingzhang.documents.word_xml import bookmarked, field, paragraph, run, twips

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingzhang.documents.flow import Block
    from mingzhang.documents.form_layout import FormPart
    from mingzhang.documents.form_rows import FormPage
    from mingzhang.documents.grid import GridCell
    from mingzhang.documents.paper import PaperPart, Run, SetTable
    from mingzhang.documents.theme import Theme
    from mingzhang.documents.word_changes import Changes
    from mingzhang.documents.word_sections import Sections
    from mingzhang.documents.word_xml import Marks
    from mingzhang.model.disclosure import Chart, Disclosure, Paragraph

_PART_ABOVE: Final = '<w:spacing w:before="720"/>'
"""Of a part's heading that does not begin a page."""


class Body:
    """The paragraphs and tables of a document as they are written, with its charts and its contents entries."""

    def __init__(  # noqa: PLR0917
        self,
        disclosure: Disclosure,
        marks: Marks,
        pages: Sequence[int],
        changes: Changes,
        forms_before: Mapping[str, FormPage],
        theme: Theme,
        sections: Sections,
    ) -> None:
        """Begin with nothing; `pages` are the page numbers of the contents entries in order.

        `forms_before` are the forms of the earlier version that `changes` compares with, by what they are known by.
        """
        self._changes = changes
        self._forms_before = forms_before
        self.charts: list[Chart] = []
        self._disclosure = disclosure
        self._marks = marks
        self._pages = pages
        self._entries: list[tuple[int, str, str]] = []
        self._theme = theme
        self._sections = sections
        self._keys = keys_of(disclosure)

    def text(self, parts: Sequence[PaperPart], cover: str) -> str:
        """Give the whole body behind the paragraphs of its cover."""
        sections: list[tuple[str, str, bool]] = []
        for part in parts:
            heading = part.heading
            for one in part.runs:
                sections.append((self._run(one, heading), *kind_of(one)))
                heading = ""
        front = cover + self._sections.end("cover", wide=False, numbered=False, last=False)
        front += self._contents() + self._sections.end("text", wide=False, numbered=False, last=False)
        out = [front]
        for n, (content, kind, wide) in enumerate(sections):
            first, last = n == 0, n == len(sections) - 1
            out.append(content + self._sections.end(kind, wide=wide, numbered=True, last=last, restart=first))
        return "".join(out)

    def _contents(self) -> str:
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\u '
            '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        lines = []
        for n, (level, words, name) in enumerate(self._entries):
            page = str(self._pages[n]) if n < len(self._pages) else "1"
            target = field(rf"PAGEREF {name} \h", page)
            link = f'<w:hyperlink w:anchor="{name}" w:history="1">{run(words)}<w:r><w:tab/></w:r>{target}</w:hyperlink>'
            lines.append(paragraph((begin if n == 0 else "") + link, f"TOC{level}"))
        end = paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "Normal") if lines else ""
        return paragraph(run(self._theme.phrases.contents), "ContentsTitle") + "".join(lines) + end

    def _entry(self, level: int, words: str) -> str:
        """Give the runs of a heading that the contents list."""
        number = len(self._entries) + 1
        name = f"_Toc{number:06}"
        self._entries.append((level, words.replace("\n", ""), name))
        return bookmarked(run(words), number, name)

    def _run(self, one: Run, heading: str) -> str:
        start = paragraph(self._entry(1, heading), "Heading1") if heading else ""
        match one:
            case TableRun():
                return start + "".join(self._tables(one))
            case FormRun():
                return start + "".join(self._form(page, parts, n) for n, (page, parts) in enumerate(one.forms))
            case TextRun():
                return start + "".join(self._block(b, one) for b in one.blocks)

    def _tables(self, one: TableRun) -> Iterator[str]:
        left = 0.0
        for n, placed in enumerate(one.tables):
            fresh = n > 0 and placed.height > left
            left = one.room - placed.height % one.room if fresh or n == 0 else left - placed.height
            yield ("" if fresh or n == 0 else _gap(300)) + self._table(placed, fresh=fresh)

    def _table(self, placed: SetTable, *, fresh: bool) -> str:
        found = placed.table
        start = "<w:pageBreakBefore/>" if fresh else ""
        lines = []
        if found.number:
            lines.append(paragraph(run(found.number), "TableLine", start))
            start = ""
        if found.title.strip():
            size = title_size(found.title, landscape=placed.setting.landscape)
            title = self._entry(2, found.title).replace(
                "<w:r>", f'<w:r><w:rPr><w:sz w:val="{round(size * 2)}"/></w:rPr>', 1
            )
            lines.append(paragraph(title, "TableTitle", start))
        stop = f'<w:tabs><w:tab w:val="right" w:pos="{twips(sum(placed.setting.widths))}"/></w:tabs>'
        left, right = placed.name, (f"单位：{found.unit}" if found.unit else "")
        lines.append(paragraph(run(left) + "<w:r><w:tab/></w:r>" + run(right), "TableLine", stop))
        writing = Writing(self._marks, self._keys, self._revised, partial(self._inserted, placed), self._theme.colours)
        lines.append(table(placed.grid, placed.setting, placed.pad, writing))
        lines.append(self._changes.lost_rows(found))
        lines += [paragraph(run(note), "TableNote") for note in found.notes]
        return "".join(lines)

    def _form(self, page: FormPage, parts: Sequence[FormPart], n: int) -> str:
        start = "<w:pageBreakBefore/>" if n else ""
        lines = [paragraph(run(page.title, size=15), "Caption", start)]
        if page.year_line:
            lines.append(paragraph(run(page.year_line), "TableLine", '<w:jc w:val="center"/>'))
        compared = self._changes.earlier is not None
        before = values_before(page, self._forms_before.get(project_of(page))) if compared else {}
        for k, part in enumerate(parts):
            if k:
                lines.append(
                    '<w:p><w:pPr><w:pageBreakBefore/><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
                )
            revised = partial(self._revised_form, before, sum(p.grid.rows for p in parts[:k]))
            lines.append(
                table(
                    part.grid,
                    part.setting,
                    part.pad,
                    Writing(self._marks, {}, revised, lambda _row: "", self._theme.colours),
                )
            )
        if page.footer:
            wide = twips(sum(parts[-1].setting.widths)) // len(page.footer)
            stops = "".join(f'<w:tab w:val="left" w:pos="{wide * k}"/>' for k in range(1, len(page.footer)))
            runs = "<w:r><w:tab/></w:r>".join(run(text, size=10) for text in page.footer)
            lines.append(paragraph(runs, "TableNote", f"<w:tabs>{stops}</w:tabs>" if stops else ""))
        return "".join(lines) + _gap(20)

    def _revised(self, cell: GridCell, content: str, style: Style) -> str:
        """Give a table's cell with the figure that stood there before."""
        key = self._keys.get(cell.path, "")
        return self._changes.cell(key, cell.text, content, style) if key else content

    def _inserted(self, placed: SetTable, line: int) -> str:
        """Mark a printed line all of whose rows are new."""
        paths = (c.path for c in placed.grid.cells if c.row == line and c.path)
        rows = {int(p.rpartition("/rows/#")[2].partition("/")[0]) for p in paths}
        return "" if placed.table.turned else self._changes.new_rows(placed.table, rows)

    def _revised_form(
        self, before: Mapping[tuple[int, int], str], above: int, cell: GridCell, content: str, style: Style
    ) -> str:
        """Give a form's cell with what stood there before; `above` counts the rows on the page before."""
        was = before.get((cell.row + above, cell.column), cell.text)
        return content if was == cell.text else self._changes.replaced(was, content, style)

    def _block(self, block: Block, one: TextRun) -> str:
        match block:
            case Heading(text, level) if level <= 1:
                spacing = _pitch(one) if level else _PART_ABOVE
                return paragraph(self._entry(level + 1, text), f"Heading{level + 1}", spacing)
            case Heading(text, level):
                return paragraph(run(text), f"Heading{level + 1}", _pitch(one))
            case TermBlock(number, term, meaning):
                words = run(f"{number}、{term}：", style="Term", size=one.size) + run(meaning, size=one.size)
                return paragraph(words, "BodyText", _pitch(one))
            case Text():
                lost = self._changes.lost_before(block.paragraph, "BodyText")
                return lost + paragraph(self._sentences(block.paragraph, one.size), "BodyText", _pitch(one))
            case Picture(chart) if chart.items:
                return self._chart(chart)
            case Picture(chart):
                return paragraph(run(chart.title), "Caption")
        raise AssertionError(block)

    def _chart(self, chart: Chart) -> str:
        """Give a chart with its title: a native one, or a picture with its data below."""
        self.charts.append(chart)
        at = len(self.charts)
        words = f"{chart.title}（单位：{unit}）" if (unit := unit_of(chart)) else chart.title
        drawn = chart.kind in DRAWN
        shown = (word_picture.picture if drawn else word_chart.drawing)(chart, at, f"rIdChart{at}")
        below = word_picture.data_table(chart) + _gap(12) if drawn else ""
        return paragraph(run(words), "Caption") + paragraph(shown, "ChartBox") + below

    def _sentences(self, found: Paragraph, size: float) -> str:
        """Give a paragraph's runs: the numbers of its slots carry their key, what changed is marked."""
        text = found.text.rstrip()
        begin = len(text) - len(text.lstrip())
        marked = {s.at: (s.figure.printed, s.key) for s in found.slots if s.key and s.figure and s.figure.printed}
        out = []
        for piece in self._changes.pieces(found):
            start, end = max(piece.start, begin), min(piece.end, len(text))
            shown = "".join(self._runs(text, start, end, marked, size)) if start < end else ""
            out.append(self._changes.replaced(piece.gone, shown if piece.new else "", Style(size)))
            out.append("" if piece.new else shown)
        return "".join(out)

    def _runs(
        self, text: str, start: int, end: int, marked: Mapping[int, tuple[str, str]], size: float
    ) -> Iterator[str]:
        at = start
        for place, (shown, key) in sorted(marked.items()):
            if at <= place and place + len(shown) <= end and text.startswith(shown, place):
                yield run(text[at:place], size=size) if place > at else ""
                yield self._marks.mark(run(shown, size=size), key, shown)
                at = place + len(shown)
        yield run(text[at:end], size=size) if at < end else ""


def keys_of(disclosure: Disclosure) -> dict[str, str]:
    """Give the contract's key of every figure of the tables by its path."""
    from mingzhang.model.workbook import step  # noqa: PLC0415

    return {
        f"/tables/#{t}/rows/#{r}/cells/{step(column)}": f"{table.id}[{row.key}].{column}"
        for t, table in enumerate(disclosure.tables)
        for r, row in enumerate(table.rows)
        for column in row.cells
    }


def _gap(height: int) -> str:
    """Give an empty paragraph so many twentieths of a point high: Word joins tables that touch."""
    return f'<w:p><w:pPr><w:spacing w:line="{height}" w:lineRule="exact"/></w:pPr></w:p>'


def _pitch(one: TextRun) -> str:
    return f'<w:spacing w:line="{twips(one.size + one.leading)}" w:lineRule="exact"/>'
