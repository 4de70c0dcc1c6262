"""What a unit says of itself before the tables: duties and organisation; and the glossary after them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.forms.narrative import narrative_of
from mingzhang.forms.narrative_patterns import Number
from mingzhang.forms.narrative_states import everywhere, track_of
from mingzhang.forms.terms import pack_terms
from mingzhang.model.disclosure import Paragraph, Section, Term
from mingzhang.model.keys import folded, tidy
from mingzhang.readback.paragraphs import joined
from mingzhang.readback.written import class_names, understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.narrative import Narrative, SectionForm
    from mingzhang.forms.pack import Pack, Part
    from mingzhang.model.page import Line
    from mingzhang.readback.paragraphs import Joined

_MARK: Final = re.compile(r"[一二三四五六七八九十]{1,3}、\s*")
_LONGEST_HEADING: Final = 30
_ENTRY: Final = re.compile(
    r"(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?|[(（]?\d{1,2}[)）]?[、.．])\s*(?P<rest>.+)", re.DOTALL
)
_DIVIDED: Final = re.compile(r"(?P<term>[^。；]{1,40}?)\s*[：:]\s*(?P<meaning>.*)", re.DOTALL)
_IS: Final = re.compile(
    r"(?P<term>[^。；，]{2,30}?)[，,]?(?P<meaning>(?:是指|指的是|是对|指|是|包括|包含).*)", re.DOTALL
)
_BEFORE_MEANING: Final = re.compile(r"[，,:：\s]*")


def read_profile(lines: Sequence[Line], pack: Pack, part: Part | None = None) -> tuple[Section, ...]:
    """Read the sections of the profile; text before any heading is a section of its own without a heading.

    `part` is the form's, where it has several: its first section needs no heading where the form gives it none.
    """
    forms = [s for s in narrative_of(pack).sections if s.part == "profile"]
    first = next((s for s in forms if part is not None and s.key in part.sections and not s.heading), None)
    if first is not None:
        return (_section(None, first, lines, pack),) if lines else ()
    parts: list[tuple[Line | None, SectionForm | None, list[Line]]] = []
    for line in lines:
        form = _heading(line.text.strip(), forms)
        if form is not None or _is_heading(line):
            parts.append((line, form, []))
        elif parts:
            parts[-1][2].append(line)
        else:
            parts.append((None, None, [line]))
    return tuple(_section(*part, pack) for part in parts)


def read_glossary(lines: Sequence[Line], pack: Pack) -> tuple[Term, ...]:
    """Read the terms that are explained, each with its meaning and the line where it begins."""
    known = sorted((t.term for t in pack_terms(pack)), key=len, reverse=True)
    rows = [i for i, line in enumerate(lines) if _in_columns(line)]
    ends = zip([-1, *rows], [*rows, len(lines)], strict=True)
    out: list[Term] = []
    for before, row in ends:
        out += _entries(lines[before + 1 : row], known)
        if row < len(lines):
            term, meaning = (c.text for c in lines[row].cells if c.text)
            out.append(Term(term.strip(" :："), meaning, lines[row].place))
    return tuple(out)


def _in_columns(line: Line) -> bool:
    """Tell a row of a table that has terms in one column and what they mean in another."""
    texts = [c.text for c in line.cells if c.text]
    return len(texts) == 2 and len(texts[0]) <= _LONGEST_HEADING < len(texts[1])


def _entries(lines: Sequence[Line], known: Sequence[str]) -> list[Term]:
    """Read the terms of running text."""
    entries: list[Joined] = []
    for text in joined(lines):
        goes_on = bool(entries) and (_ENTRY.fullmatch(text.text) is None or _unfinished(entries[-1].text))
        if goes_on and not (_unfinished(entries[-1].text) and _ENTRY.fullmatch(text.text)):
            entries[-1] = _after(entries[-1], text)
        else:
            entries.append(text)
    return [t for e in entries if (t := _term(e, known)) is not None]


def _heading(text: str, forms: Sequence[SectionForm]) -> SectionForm | None:
    """Find the section of the form that a line is the heading of: by its words, numbered or ending in them."""
    if not text or len(text) > _LONGEST_HEADING or re.search(r"[。；，：]", text):
        return None
    words = folded(_MARK.sub("", text))
    for form in forms:
        own = folded(_MARK.sub("", form.heading))
        known = _MARK.match(text) is not None and any(re.search(n, words) for n in form.names)
        if words == own or known or any(words.endswith(folded(n)) for n in form.names):
            return form
    return None


def _is_heading(line: Line) -> bool:
    text = line.text.strip()
    return _MARK.match(text) is not None and len(text) <= _LONGEST_HEADING and not re.search(r"[。；，：]", text)


def _section(heading: Line | None, form: SectionForm | None, body: Sequence[Line], pack: Pack) -> Section:
    text = heading.text.strip() if heading is not None else ""
    key = form.key if form is not None else f"unknown:{tidy(_MARK.sub('', text))}" if text else ""
    if form is not None and _states_numbers(form):
        paragraphs = _understood(form, body, narrative_of(pack))
    else:
        paragraphs = tuple(Paragraph(j.text, key if form is not None else "", place=j.place) for j in joined(body))
    place = heading.place if heading is not None else paragraphs[0].place if paragraphs else None
    return Section(key, text, "profile", 1, paragraphs, place=place)


def _states_numbers(form: SectionForm) -> bool:
    """Tell whether a section's sentences state numbers, such as those of the staff."""
    return any(isinstance(n, Number) for p in form.paragraphs for piece in p.write for n in piece.nodes)


def _understood(form: SectionForm, body: Sequence[Line], narrative: Narrative) -> tuple[Paragraph, ...]:
    names = class_names(narrative, ())
    own, anywhere = track_of(narrative, [form], names), everywhere(narrative, names)
    return understood(joined(body), own, anywhere, names, narrative.lexicon)


def _unfinished(text: str) -> bool:
    return text.rstrip().endswith(("：", ":"))


def _after(one: Joined, rest: Joined) -> Joined:
    from mingzhang.readback.paragraphs import Joined  # noqa: PLC0415 - only here at run time

    starts = tuple(len(one.text) + s for s in rest.starts)
    return Joined(one.text + rest.text, one.starts + starts, one.places + rest.places)


def _term(entry: Joined, known: Sequence[str]) -> Term | None:
    numbered = _ENTRY.fullmatch(entry.text.strip())
    text = numbered["rest"] if numbered is not None else entry.text.strip()
    for divided in (_DIVIDED.fullmatch(text), _of_known(text, known), _IS.fullmatch(text)):
        if divided is not None:
            term, meaning = divided if isinstance(divided, tuple) else (divided["term"], divided["meaning"])
            return Term(term.strip(), meaning.strip(), entry.place)
    return Term(text, "", entry.place) if numbered is not None else None


def _of_known(text: str, known: Sequence[str]) -> tuple[str, str] | None:
    """Divide behind a term that the form explains, for an entry printed without a colon."""
    for term in known:
        if text.startswith(term) and len(text) > len(term):
            return term, text[_BEFORE_MEANING.match(text, len(term)).end() :]  # type: ignore[union-attr]
    return None
