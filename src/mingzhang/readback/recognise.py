"""Pages to a Disclosure: which form it is, its tables, texts and forms, and what publication left on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.forms.lexicon import lexicon
from mingzhang.forms.pack import part_heading
from mingzhang.forms.packs import all_packs, usual_pack
from mingzhang.model.disclosure import ContentsEntry, Disclosure, Publication, Table
from mingzhang.model.fault import UnreadableInput
from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _
from mingzhang.model.page import Cell, Line
from mingzhang.readback.blocks import Blocks
from mingzhang.readback.clearances import divided_cover
from mingzhang.readback.columns import CODE_PARTS, beneath_lost_words, layout_of
from mingzhang.readback.exchanged import exchanged_back
from mingzhang.readback.heads import divide, has_numbers, head_of, head_words
from mingzhang.readback.identity import (
    Choice,
    chosen_pack,
    is_title,
    kind_of,
    states_budget,
    unit_code_of,
    unit_of,
    year_of,
)
from mingzhang.readback.known_heads import laid_as_known
from mingzhang.readback.likeness import bare, filled, likeness_of_end
from mingzhang.readback.marks import lines_of, sole_text, without_marks
from mingzhang.readback.outline import outline_of
from mingzhang.readback.pairs import pairs_of
from mingzhang.readback.performance import find_forms, lines_of_forms
from mingzhang.readback.profile import read_glossary, read_profile
from mingzhang.readback.pushed import straightened
from mingzhang.readback.readings import is_trimmed
from mingzhang.readback.spans_repeated import unrepeated
from mingzhang.readback.tables import Context, read_table
from mingzhang.readback.titled_lines import divided_titles
from mingzhang.readback.titles import TitleBook, unowned, unscoped, without_unit
from mingzhang.readback.torn_rows import mended
from mingzhang.readback.turned import read_turned
from mingzhang.readback.unit_rows import units_told
from mingzhang.readback.unrolled import unrolled
from mingzhang.readback.written import read_written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack import Pack, PackTable, Part
    from mingzhang.model.disclosure import Mark, Source
    from mingzhang.model.page import Page
    from mingzhang.readback.drafts import Block
    from mingzhang.readback.outline import Outline

_HEADS_ALIKE: Final = 0.6
_HEADS_AGREE: Final = 0.8
_MOST_AGREE: Final = 0.8
_NEARLY_ALL: Final = 0.95
_HALF: Final = 0.5
_FEW: Final = 4
_SAME_PART: Final = 0.75


def read_disclosure(pages: Sequence[Page], source: Source, *, pack: Pack | None = None) -> Disclosure:
    """Read the pages of a published document; a part of one is read as far as it goes.

    `pack` is the form it was made on, where that is known; otherwise it is found by titles and year.

    Raises:
        UnreadableInput: neither a table nor the heading of a part was recognised.
    """
    lines, marks = without_marks(lines_of(pages))
    packs = (pack,) if pack is not None else all_packs()
    book = TitleBook(packs)
    lines = divided_titles(unrepeated(lines), lambda text: book.named(text) is not None)
    outline = outline_of(lines, packs, lambda text: book.named(text) is not None)
    blocks = _blocks(outline, book, packs)
    year = year_of([*outline.cover, *(Line((Cell(e.text),)) for e in outline.contents), *outline.body])
    titles = [b.named.title for b in blocks if b.named is not None]
    choice = chosen_pack(packs, titles, year, lambda one: _heads_agree(blocks, one, year))
    given = pack is not None
    reader = _Reader(outline, blocks, marks=marks, year=year, choice=choice, source=source, given=given)
    if not reader.recognised(book):
        raise UnreadableInput(
            _("不是部门预算公开文本：没有认出任何表，也没有认出各部分的标题"),
            place=source.name,
            hint=_("可读取的是部门预算公开的全文或其中一部分，表格各栏以制表符分隔。"),
        )
    reader.doubt_lone_titles(book)
    return reader.read()


def _blocks(outline: Outline, book: TitleBook, packs: Sequence[Pack]) -> tuple[Block, ...]:
    """Find the tables; those without a known title only where tables stand: not in prose, forms and glossary."""
    stops = {i for p in outline.parts for i in (p.first - 1, p.first - 2) if outline.body[i] is p.heading} | {
        p.first - 1 for p in outline.parts
    }
    closed = {i for p in outline.parts if p.key in {"profile", "written", "glossary"} for i in range(p.first, p.last)}
    free = [i for i in range(len(outline.body)) if i not in closed]
    of_forms = lines_of_forms([outline.body[i] for i in free], usual_pack())
    open_lines = {i for n, i in enumerate(free) if n not in of_forms}
    found = [b for b in Blocks(outline.body, stops, open_lines, book).found() if _is_table(b)]
    return tuple(replace(b, lines=straightened(exchanged_back(_known(b, packs)), packs)) for b in found)


def _known(block: Block, packs: Sequence[Pack]) -> tuple[Line, ...]:
    """Give the lines of a table, its head laid out as the forms have it that call a table so."""
    ids = block.named.ids if block.named is not None else ()
    return laid_as_known(mended(block.lines), (t for p in packs for t in p.tables if t.id in ids and not t.beside))


def _is_table(block: Block) -> bool:
    """Tell whether lines are a table: they have a title, or a number at least; a list of words and what they say is none."""
    return block.named is not None or bool(block.title) or any(has_numbers(x) for x in block.lines)


def _heads_agree(blocks: Sequence[Block], pack: Pack, year: int | None) -> bool:
    """Tell whether most tables are called as the form calls its own and stand below its heads.

    Many places call their tables alike, and lists of codes have one head everywhere: a few that agree prove nothing.
    """
    titled = [b for b in blocks if b.named is not None and b.lines]
    upright = [t for t in pack.tables if not (t.turned or t.beside)]
    few = len(titled) < _FEW  # a part of a document: its titles have to do
    asked, near, sure = len(titled), 0, 0
    worst = 1.0
    for block in titled:
        name = unscoped(without_unit(block.named.title)) if block.named is not None else ""
        called = {t.id: {unscoped(filled(title, None)) for title in (t.title, *t.titles)} for t in pack.tables}
        own = [t for t in pack.tables if name in called[t.id]]
        own = own or [t for t in pack.tables if unowned(name) in map(unowned, called[t.id])]
        if own and not any(t in upright for t in own):
            asked -= 1
            continue
        alike = max((_likeness(block, t, year) for t in own if t in upright), default=0.0)
        near += alike >= _HEADS_ALIKE
        sure += alike >= _HEADS_AGREE
        worst = min(worst, alike)
    one_garbled = near == asked - 1 >= _FEW - 1 and worst >= _HALF
    return one_garbled or near >= (_HALF if few else _NEARLY_ALL) * asked or sure >= _MOST_AGREE * asked


def _likeness(block: Block, table: PackTable, year: int | None) -> float:
    """Weigh how well a block's head fits a table of the form, 1 for a perfect fit."""
    head, _body = divide(block.lines, head_words([table], year), year)
    if not head:
        return 0.0
    stacks = beneath_lost_words(head_of(head).stacks, table, year)
    remarks = {bare(w) for w in lexicon().text_columns["words"]}
    printed = sum(bare(s.own) not in CODE_PARTS[1:] and bare(s.own) not in remarks for s in stacks)
    own = sum(bare(c.header) not in CODE_PARTS[1:] for c in table.columns)
    return layout_of(stacks, table, year).score / max(own, printed)


class _Reader:
    """Reads one document whose outline and form are known."""

    def __init__(
        self,
        outline: Outline,
        blocks: tuple[Block, ...],
        *,
        marks: tuple[Mark, ...],
        year: int | None,
        choice: Choice,
        source: Source,
        given: bool,
    ) -> None:
        self._outline, self._blocks, self._marks = outline, blocks, marks
        self._year, self._pack, self._source = year, choice.pack, source
        self._fits = choice.fits or given
        self._doubts = list(choice.doubts if not given else ())

    def recognised(self, book: TitleBook) -> bool:
        """Tell whether there is a table with a known title or head, a known part's heading, a budget's amounts, or a form."""
        known = any(p.key for p in self._outline.parts) or any(b.named is not None for b in self._blocks)
        known = known or any(self._spec(b, set()) is not None for b in self._blocks)
        known = known or any(book.named(e.text) is not None or is_title(e.text) for e in self._outline.contents)
        known = known or states_budget([*self._outline.cover, *self._outline.body])
        return known or any(find_forms(self._outline.body, self._pack)[:2])

    def doubt_lone_titles(self, book: TitleBook) -> None:
        """Say which titles of tables stand in the body without a table that could be read below them."""
        taken = {i for b in self._blocks for i in range(b.first, b.last)}
        for i, line in enumerate(self._outline.body):
            named = book.named(sole_text(line)) if i not in taken else None
            if named is not None and not named.slips:
                doubt = _("{place}：“{title}”下没有认出表格").format(place=line.place, title=named.title)
                self._doubts.append(doubt)

    def read(self) -> Disclosure:
        outline, pack = self._outline, self._pack
        headings = [*(e.text for e in outline.contents), *(sole_text(p.heading) for p in outline.parts)]
        first = [sole_text(x) for x in outline.body[:_FEW]] if not outline.cover else []
        cover = outline.cover or outline.body[:_FEW]
        unit_name, doubts = unit_of(self._blocks, cover, [pack], [*headings, *first])
        self._doubts += doubts
        tables = self._tables(unit_name)
        taken = {i for b in self._blocks for i in range(b.first, b.last)}
        free = [i for i in range(len(outline.body)) if i not in taken]
        # Where a file holds forms alone, the first one's title is all that stands before the body.
        before = len(outline.cover)
        rows = [*outline.cover, *(outline.body[i] for i in free)]
        projects, department, of_forms = find_forms(rows, pack, self._year)
        forms = {free[i - before] for i in of_forms if i >= before}
        kind, scope = kind_of([*(sole_text(x) for x in outline.cover), *headings, *first], unit_name)
        sections = (
            *(s for part, lines in self._parts("profile", taken | forms) for s in read_profile(lines, pack, part)),
            *(
                s
                for part, lines in self._parts("written", taken | forms)
                for s in read_written(
                    lines, pack, tables, part, elsewhere=not self._fits, year=self._year, unit_name=unit_name
                )
            ),
        )
        return Disclosure(
            pack=pack.ref if self._fits else None,
            kind=kind,
            scope=scope,
            year=self._year,
            unit_code=unit_code_of(outline.body, unit_name),
            unit_name=unit_name,
            tables=tables,
            sections=sections,
            project_forms=projects,
            department_form=department,
            glossary=read_glossary(self._lines("glossary", taken | forms), pack),
            publication=self._publication(),
            source=self._source,
            doubts=tuple(self._doubts),
        )

    def _parts(self, key: str, without: set[int]) -> list[tuple[Part | None, tuple[Line, ...]]]:
        """Give the parts of a kind with their lines, each as the form has it; all together where the form has one."""
        forms = [p for p in self._pack.parts if p.key == key and p.sections]
        spans = [p for p in self._outline.parts if p.key == key]
        if not forms or not spans:
            return [(None, self._lines(key, without))]
        found: list[tuple[Part | None, tuple[Line, ...]]] = []
        for span in spans:
            words = bare(sole_text(span.heading), self._year)
            best = max(forms, key=lambda f: likeness_of_end(words, bare(part_heading(f, "", None))))
            known = likeness_of_end(words, bare(part_heading(best, "", None))) >= _SAME_PART
            lines = tuple(self._outline.body[i] for i in range(span.first, span.last) if i not in without)
            found.append((best if known else None, lines))
        return found

    def _lines(self, key: str, without: set[int]) -> tuple[Line, ...]:
        """Give the lines of a part; where no part has a heading, the words before and behind all tables are the written part."""
        outline = self._outline
        if not outline.parts and key == "written":
            first = min((b.first for b in self._blocks), default=0)
            last = max((b.last for b in self._blocks), default=0)
            return tuple(x for i, x in enumerate(outline.body) if not first <= i < last and i not in without)
        return tuple(
            outline.body[i] for p in outline.parts if p.key == key for i in range(p.first, p.last) if i not in without
        )

    def _tables(self, unit_name: str) -> tuple[Table, ...]:
        units = Counter(b.unit for b in self._blocks if b.unit)
        usual = max(units, key=lambda u: units[u]) if units else self._pack.tables[0].unit
        names = tuple(dict.fromkeys(n for n in (unit_name, *(b.unit_name for b in self._blocks)) if n))
        trimmed = is_trimmed(line for b in self._blocks for line in b.lines)
        context = Context(self._year, self._pack.standards, names, usual, trimmed, self._fits)
        as_form = self._prints_units_as_its_form()
        used: set[str] = set()
        tables: list[Table] = []
        for block in self._blocks:
            spec = self._spec(block, used)
            if spec is not None:
                used.add(spec.id)
            own = replace(context, unit=spec.unit) if as_form and spec is not None else context
            read = read_turned(block, spec, own) or self._straight(block, spec, own)
            tables += read
            told = frozenset(name for table in read for name in units_told(table, spec))
            context = replace(context, below=context.below | told - {folded(n) for n in names})
        return tuple(tables)

    def _prints_units_as_its_form(self) -> bool:
        """Tell whether no table says that its amounts are in another unit than the form's; then one that says none has that."""
        specs = [(b.unit, [t.unit for i in b.named.ids if (t := self._pack.table(i))]) for b in self._blocks if b.named]
        return self._fits and all(not unit or not units or unit in units for unit, units in specs)

    def _straight(self, block: Block, spec: PackTable | None, context: Context) -> tuple[Table, ...]:
        """Read a table that stands upright; a balance of more than two sides is several."""
        if not self._fits:
            block = unrolled(block, spec, self._year)
        blocks = () if self._fits else pairs_of(block, spec, self._year, self._pack.standards)
        if not blocks:
            return (read_table(block, spec, context),)
        beside = (replace(read_table(b, None, context), beside=spec.id if spec is not None else "") for b in blocks[1:])
        return (read_table(blocks[0], spec, context), *beside)

    def _spec(self, block: Block, used: set[str]) -> PackTable | None:
        """Find the form's table for a block: by its title, and by the head where several are called so or none is."""
        ids = block.named.ids if block.named is not None else ()
        known = [t for i in ids if (t := self._pack.table(i)) is not None]
        known = [t for t in known if not t.beside] or known
        if len(known) == 1:
            return known[0]
        if (block.title and not self._fits and block.named is None) or (block.named is not None and not known):
            return None  # a title nobody knows says at least that it is none of those known
        among = known or list(self._pack.tables)
        scored = [(_likeness(block, t, self._year) - 0.05 * (t.id in used), -n, t) for n, t in enumerate(among)]
        best = max(scored, key=lambda s: s[:2])
        if known and not self._fits and best[0] < _HEADS_AGREE:
            # Heads of another form say nothing of which table of this one it is: the likeliest by its title that is free.
            return next((t for t in known if t.id not in used), known[0])
        return best[2] if known or best[0] >= _HEADS_ALIKE else None

    def _publication(self) -> Publication:
        outline = self._outline
        lines, statements = divided_cover(outline.cover, (self._pack,))
        return Publication(
            cover=tuple(text for line in lines if (text := sole_text(line) or line.text.strip())),
            statements=statements,
            parts=tuple(ContentsEntry(p.heading.text.strip(), place=p.heading.place) for p in outline.parts),
            contents=outline.contents,
            marks=self._marks,
        )
