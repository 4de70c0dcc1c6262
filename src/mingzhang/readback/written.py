"""The written part: lines → headed sections with paragraphs, typed slots and chart titles."""

from __future__ import annotations

import itertools
import re
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.narrative import narrative_of
from mingzhang.forms.narrative_elsewhere import read_elsewhere
from mingzhang.forms.narrative_numbers import Folded, fold
from mingzhang.forms.narrative_read import Reading, Words, read_numbers
from mingzhang.forms.narrative_states import Track, everywhere, track_of
from mingzhang.model.disclosure import Paragraph, Section, Slot
from mingzhang.model.figure import Figure
from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _
from mingzhang.readback.agreeing import agreeing
from mingzhang.readback.charted import charts_of
from mingzhang.readback.headings import Heading, HeadingReader
from mingzhang.readback.paragraphs import Joined, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mingzhang.forms.narrative import Lexicon, Narrative, SectionForm
    from mingzhang.forms.pack import Pack, Part
    from mingzhang.model.disclosure import Table
    from mingzhang.model.page import Line

_CLASS: Final = re.compile(r"(?:out:)?(\d{3})")
_LENGTHS: Final = (3, 5, 7)
_INDENTED: Final = 2
_NOT_FUNCTIONS: Final = frozenset({"basic_economic", "fund_income"})
_ORDINAL: Final = re.compile(r"^[一二三四五六七八九十]+[、.]")
_PAGE_NUMBER: Final = re.compile(r"[-—–－\s]*\d{1,4}[-—–－\s]*|第\s*\d+\s*页.*")


def read_written(
    lines: Sequence[Line],
    pack: Pack,
    tables: tuple[Table, ...],
    part: Part | None = None,
    *,
    elsewhere: bool = False,
    year: int | None = None,
    unit_name: str = "",
) -> tuple[Section, ...]:
    """Read the written part's lines, those of forms left out, as the pack's sections in order of print.

    Every number that states something becomes a slot with its own line; one that is not understood has no key.
    A heading that the pack does not know begins a section `unknown:HEADING`. `part` is the form's, where it has
    several: only its sections are looked for, and the first needs no heading where the form gives it none.
    Of a form `elsewhere`, for which this pack only stands in, numbers are what their own clauses say of that `year` and unit.
    """
    narrative = narrative_of(pack)
    names = class_names(narrative, tables) | item_names(tables)
    if elsewhere:
        headings = HeadingReader(narrative, part)
        agrees = partial(agreeing, narrative, tables)
        carried = _has_carried(tables)
        read_as = partial(read_elsewhere, year=year, unit_name=unit_name, agrees=agrees, has_carried=carried)
        return tuple(
            _elsewhere(heading, body, narrative, names, read_as) for heading, body in _divided(lines, headings)
        )
    anywhere = everywhere(narrative, names)
    headings = HeadingReader(narrative, part)
    return tuple(_section(heading, body, narrative, names, anywhere) for heading, body in _divided(lines, headings))


def _has_carried(tables: Sequence[Table]) -> bool:
    """Tell whether a table of both sides prints money carried over from last year."""
    rows = [t.row("in:carry") for t in tables]
    return any(figure.digits for row in rows if row is not None for figure in row.cells.values())


def item_names(tables: Sequence[Table]) -> dict[str, str]:
    """Give the codes of the items that tables list by their full names, as any table spells them: `A(类)B(款)C(项)`."""
    labels: dict[str, dict[str, None]] = {}
    for table in tables:
        for row in table.rows:
            if row.code and row.label and table.id not in _NOT_FUNCTIONS:
                labels.setdefault(row.code, {})[row.label] = None
    out: dict[str, str] = {}
    for code in labels:
        levels = [labels.get(code[:n], {}) for n in _LENGTHS if n <= len(code)]
        for upper in itertools.product(*levels) if len(levels) > 1 else ():
            full = "".join(f"{name}({level})" for name, level in zip(upper, "类款项", strict=False))
            out.setdefault(folded(full), code)
    return out


def class_names(narrative: Narrative, tables: Sequence[Table]) -> dict[str, str]:
    """Give the codes of the classes by every name they go by: the form's, older ones, and those the tables print."""
    names = {folded(n): code for n, code in narrative.lexicon.renames.items()}
    names |= {folded(n): code for code, n in narrative.classes.items()}
    for table in tables:
        for row in table.rows:
            found = _CLASS.fullmatch(row.key)
            if found is not None and row.label:
                names[folded(_ORDINAL.sub("", row.label.strip()))] = found[1]
    short = {n.removesuffix("支出"): code for n, code in names.items() if len(n.removesuffix("支出")) > 3}
    return {n: c for n, c in (short | names).items() if n}


def _divided(lines: Sequence[Line], headings: HeadingReader) -> list[tuple[Heading, list[Line]]]:
    """Divide lines at headings; what stands before the first one is a section without a key."""
    parts: list[tuple[Heading, list[Line]]] = []
    for line in map(_unrowed, lines):
        text = line.text.strip()
        if not text or _PAGE_NUMBER.fullmatch(text):
            continue
        heading = None if line.is_row else headings.read(line)
        if heading is not None:
            parts.append((heading, []))
        elif not headings.is_part(text):
            if not parts:
                parts.append((headings.unheaded(line), []))
            parts[-1][1].append(line)
    return parts


def _unrowed(line: Line) -> Line:
    """Take what stands alone at the left of a sheet's row, or behind one cell of indent, for the running text that it is."""
    filled = [c for c in line.cells if c.text.strip()]
    alone = line.is_row and len(filled) == 1 and filled[0] in line.cells[:_INDENTED]
    return msgspec.structs.replace(line, cells=tuple(filled)) if alone else line


def _section(
    heading: Heading, body: Sequence[Line], narrative: Narrative, names: Mapping[str, str], anywhere: Track
) -> Section:
    charts, rest = charts_of(body, lambda caption: _chart_key(caption, heading.form, narrative))
    texts = joined(rest)
    track = track_of(narrative, _family(heading.form, narrative), names)
    paragraphs = understood(texts, track, anywhere, names, narrative.lexicon, heading=folded(heading.text))
    return Section(heading.key, heading.text, "written", heading.level, paragraphs, charts, heading.place)


def _elsewhere(
    heading: Heading,
    body: Sequence[Line],
    narrative: Narrative,
    names: Mapping[str, str],
    read_as: Callable[..., tuple[Reading, ...]],
) -> Section:
    """Read a section of a form nobody knows: every number by the words of its own clause."""
    texts = joined(body)
    readable = [t for t in texts if not t.is_row]
    folds = [fold(t.text) for t in readable]
    readings = read_as(folds, names, narrative.lexicon, heading=folded(heading.text))
    read = {
        id(t): _paragraph(t, folds[i], [r for r in readings if r.paragraph == i], ()) for i, t in enumerate(readable)
    }
    paragraphs = tuple(read.get(id(t)) or _row(t) for t in texts)
    return Section(heading.key, heading.text, "written", heading.level, paragraphs, (), heading.place)


def understood(
    texts: Sequence[Joined],
    own: Track,
    anywhere: Track,
    names: Mapping[str, str],
    lexicon: Lexicon,
    *,
    heading: str = "",
) -> tuple[Paragraph, ...]:
    """Make paragraphs of texts, every number and word that states something a slot."""
    readable = [t for t in texts if not t.is_row]
    folds = [fold(t.text) for t in readable]
    readings, words = read_numbers(folds, own, anywhere, names, lexicon, heading=heading)
    read = {
        id(t): _paragraph(
            t, folds[i], [r for r in readings if r.paragraph == i], [w for w in words if w.paragraph == i]
        )
        for i, t in enumerate(readable)
    }
    return tuple(read.get(id(t)) or _row(t) for t in texts)


def _family(form: SectionForm | None, narrative: Narrative) -> tuple[SectionForm, ...]:
    """List a section's first-level section and all below it: sub-headings may be missing or misplaced."""
    top = form if form is None or not form.parent else narrative.section(form.parent)
    return () if top is None else (top, *narrative.below(top.key))


def _paragraph(text: Joined, folds: Folded, readings: Sequence[Reading], words: Sequence[Words]) -> Paragraph:
    slots = [_figure_slot(text, folds, r) for r in readings]
    slots += [Slot(w.key, text=text.text[w.start : w.stop], at=w.start) for w in words]
    patterns = [r.pattern for r in readings if r.pattern]
    key = max(patterns, key=patterns.count) if patterns else ""
    return Paragraph(text.text, key, tuple(sorted(slots, key=lambda s: s.at)), text.place)


def _figure_slot(text: Joined, folds: Folded, reading: Reading) -> Slot:
    number = reading.number
    start, stop = folds.span(number.start, number.end)
    doubt = "" if number.unit else _("没有单位")
    figure = Figure(number.digits, number.unit, number.places, text.text[start:stop], place=text.place_at(start))
    return Slot(reading.key, msgspec.structs.replace(figure, doubt=doubt), at=start)


def _row(text: Joined) -> Paragraph:
    """Keep a table's row that stands among the words, and say that it was not read."""
    return Paragraph(text.text, place=text.place, doubt=_("说明文字中的表格行，其中的数没有解读"))


def _chart_key(caption: str, form: SectionForm | None, narrative: Narrative) -> str | None:
    """Give the key of the chart whose title a caption is; "" for a chart that the pack does not know, None for text."""
    text = folded(caption)
    if not text or len(text) > 30 or not text.endswith(narrative.lexicon.captions):
        return None
    for charts in (s.charts for s in (*_family(form, narrative), *narrative.sections)):
        for chart in charts:
            if text == folded(chart.title) or any(re.search(n, text) for n in chart.names):
                return chart.key
    return ""
