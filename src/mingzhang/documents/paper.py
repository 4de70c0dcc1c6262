"""How a disclosure lies on paper: parts in runs of one kind and orientation, everything in them set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.documents.flow import Block, FormBlock, Heading, TableBlock, flow_of
from mingzhang.documents.form_layout import FormPart, set_form
from mingzhang.documents.form_rows import FormPage
from mingzhang.documents.grid import Grid
from mingzhang.documents.layout import Page, Setting, choose_pads, set_table
from mingzhang.documents.text_layout import TYPESET, Measure, pitch_for, share_page
from mingzhang.documents.theme import STANDARD, Sizes
from mingzhang.model.disclosure import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.documents.flow import Part
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure

MM: Final = 72 / 25.4
PORTRAIT: Final = Page(168 * MM, 238 * MM, landscape=False)
LANDSCAPE: Final = Page(257 * MM, 164 * MM, landscape=True)
FORM: Final = Page(265 * MM, 175 * MM, landscape=True)
"""The room inside the margins of `typst/style.typ`."""

_ABOVE: Final = 62.0
_NOTE: Final = 16.0
_GAP: Final = 22.0
_HEADING: Final = 50.0


class SetTable(msgspec.Struct, frozen=True):
    """A table, its grid and how it is set; `around` is the height of what stands around the grid."""

    table: Table
    grid: Grid
    setting: Setting
    around: float
    name: str = ""
    pad: float = 0.0
    breakable: bool = False

    @property
    def height(self) -> float:
        """Estimate the height of the table with everything around it."""
        return self.around + self.setting.height(self.pad)


class TableRun(msgspec.Struct, frozen=True):
    """Tables of one orientation that follow each other and share pages; `room` is the height of a page."""

    landscape: bool
    room: float
    tables: tuple[SetTable, ...]


class FormRun(msgspec.Struct, frozen=True):
    """Forms, each on pages of its own, in one part or two."""

    forms: tuple[tuple[FormPage, tuple[FormPart, ...]], ...]


class TextRun(msgspec.Struct, frozen=True):
    """Headings, paragraphs, charts and terms; `size` of the text and `leading` between its lines."""

    blocks: tuple[Block, ...]
    size: float
    leading: float


Run = TableRun | FormRun | TextRun


class PaperPart(msgspec.Struct, frozen=True):
    """A part of the document: its heading and its runs, each of which begins a page.

    A short part that follows on the same page stands in the run of the one before, under a heading of level 0.
    """

    key: str
    heading: str
    runs: tuple[Run, ...]


def paper_of(
    disclosure: Disclosure, pack: Pack | None, sizes: Sizes = STANDARD.sizes, measure: Measure = TYPESET
) -> tuple[PaperPart, ...]:
    """Set everything that is printed below the cover, in order of print, for the program that `measure` describes."""
    parts: list[PaperPart] = []
    for part in flow_of(disclosure, pack):
        own = PaperPart(part.key, part.heading, tuple(_runs(part, sizes, measure)))
        shared = _on_one_page(parts[-1], own, measure) if parts else None
        parts[-1:] = [shared] if shared is not None else [*parts[-1:], own]
    return tuple(parts)


def _on_one_page(before: PaperPart, part: PaperPart, measure: Measure) -> PaperPart | None:
    """Let a part follow on the page of the one before where one of them would leave its page nearly empty; else None."""
    one, other = before.runs[-1:], part.runs
    match one, other:
        case (TextRun() as a,), (TextRun() as b,) if part.heading and (a.size, a.leading) == (b.size, b.leading):
            together = TextRun((*a.blocks, Heading(part.heading, 0), *b.blocks), a.size, a.leading)
            headed = bool(before.heading) and len(before.runs) == 1
            if share_page(a.blocks, b.blocks, together.blocks, (a.size, a.leading), measure, headed=headed):
                return msgspec.structs.replace(before, runs=(*before.runs[:-1], together))
    return None


def _runs(part: Part, sizes: Sizes, measure: Measure) -> Iterator[Run]:
    """Divide a part where forms or tables stand between texts."""
    texts: list[Block] = []
    headed = bool(part.heading)
    tables: list[TableBlock] = []
    forms: list[FormPage] = []
    for block in (*part.blocks, None):
        if tables and not isinstance(block, TableBlock):
            yield from _table_runs(tables, sizes.table, headed=headed)
            tables, headed = [], False
        if forms and not isinstance(block, FormBlock):
            yield FormRun(tuple((page, set_form(page, FORM)) for page in forms))
            forms, headed = [], False
        if texts and (block is None or isinstance(block, TableBlock | FormBlock)):
            yield _text_run(texts, sizes, measure, headed=headed, glossary=part.key == "glossary")
            texts, headed = [], False
        match block:
            case TableBlock():
                tables.append(block)
            case FormBlock(page):
                forms.append(page)
            case None:
                pass
            case _:
                texts.append(block)
    if not part.blocks:
        yield _text_run([], sizes, measure, headed=headed)


def _text_run(
    blocks: Sequence[Block], sizes: Sizes, measure: Measure, *, headed: bool, glossary: bool = False
) -> TextRun:
    usual = sizes.body, sizes.pitch - sizes.body
    size, leading = pitch_for(blocks, headed=headed, glossary=glossary, usual=usual, measure=measure)
    return TextRun(tuple(blocks), size, leading)


def _table_runs(blocks: Sequence[TableBlock], largest: float, *, headed: bool) -> Iterator[TableRun]:
    run: list[SetTable] = []
    above = _HEADING if headed else 0.0
    for block in blocks:
        around = _ABOVE + _GAP + _NOTE * len(block.table.notes) + above
        chosen = set_table(block.grid, LANDSCAPE if block.across else PORTRAIT, LANDSCAPE, around - _GAP, largest)
        if run and run[-1].setting.landscape != chosen.landscape:
            yield _table_run(run)
            run = []
        run.append(SetTable(block.table, block.grid, chosen, around, block.name))
        above = 0.0
    if run:
        yield _table_run(run)


def _table_run(run: Sequence[SetTable]) -> TableRun:
    page = LANDSCAPE if run[0].setting.landscape else PORTRAIT
    room = page.height + _GAP  # the gap below the last table may run out of the page
    pads = choose_pads([(t.around, t.setting) for t in run], room)
    padded = (msgspec.structs.replace(t, pad=pad) for t, pad in zip(run, pads, strict=True))
    return TableRun(page.landscape, room, tuple(msgspec.structs.replace(t, breakable=t.height > room) for t in padded))
