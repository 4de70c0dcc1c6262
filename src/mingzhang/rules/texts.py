"""Every running text of a document with its place: sections, glossary, notes, the fields and indicators of forms."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.finding import Spot
from mingzhang.rules.needed import looks_beyond, may_be_found
from mingzhang.rules.once import once_for_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.finding import Severity
    from mingzhang.model.performance import DepartmentForm, Indicator, ProjectForm
    from mingzhang.model.place import Place
    from mingzhang.rules.figures import Figures

FIELDS: Final = ("overview", "basis", "necessity", "safeguards", "plan", "period_goal", "annual_goal")
"""The texts of a project's form."""

FIELD_NAMES: Final = {
    "overview": "项目概况", "basis": "立项依据", "necessity": "项目设立必要性", "safeguards": "保障制度、措施",
    "plan": "项目实施计划", "period_goal": "实施期目标", "annual_goal": "年度目标", "period": "实施期指标",
    "annual": "年度指标",
}  # fmt: skip
"""What the form calls them."""

SIDES: Final = ("period", "annual")
FORM: Final = "form"
OWN: Final = "own"
"""Parts of a document: its forms, and all besides."""

_WIDTH: Final = 12
_words_of_fields: Final = attrgetter(*FIELDS)
_OF_A_FIELD: Final = re.compile(r"(?!(?:period_|annual_)?goal)[a-z][a-z0-9_.]*[：:]")
"""How doubts begin that are of a form's money or of a text other than its goals: with the field's key."""


class Text(msgspec.Struct, frozen=True, gc=False):
    """One text: what it says, where, and the part of the document (`profile`, `written`, `glossary`, `note`, `form`)."""

    words: str
    part: str
    form: str = ""
    field: str = ""
    section: str = ""
    page: int | None = None
    line: int | None = None

    def spot(self, sentence: str = "") -> Spot:
        """Say where it stands, with the words meant."""
        if self.form:
            return Spot(form=self.form, field=self.field, page=self.page, line=self.line)
        return Spot(section=self.section, sentence=sentence, page=self.page, line=self.line)

    def around(self, start: int, stop: int) -> str:
        """Give the words around a place in the text."""
        return self.words[max(0, start - _WIDTH) : stop + _WIDTH].strip()


@once_for_all
def texts_of(figures: Figures) -> tuple[Text, ...]:
    """List the texts in the order of the document's parts."""
    return (*_own_texts(figures), *_texts_of_forms(figures))


def says_anything(figures: Figures) -> bool:
    """Tell whether a document has any text."""
    return bool(_joined(figures, "") or texts_of(figures))


def texts_with(figures: Figures, *patterns: re.Pattern[str], part: str = "") -> tuple[Text, ...]:
    """List the texts, of one part or all, in which a pattern may be found; none where it is nowhere in the document.

    All texts are looked through at one go, but for a pattern that another text before or behind might keep from being found.
    """
    joined = _joined(figures, part)
    if not any(may_be_found(p, joined) and (looks_beyond(p) or p.search(joined)) for p in patterns):
        return ()
    return texts_in(figures, part) if part else texts_of(figures)


def texts_where(figures: Figures, *patterns: re.Pattern[str], part: str = "") -> tuple[Text, ...]:
    """List the texts in which a pattern is found, all looked through at one go as by `texts_with`."""
    words = words_where(figures, *patterns, part=part)
    texts = () if not words else texts_in(figures, part) if part else texts_of(figures)
    return tuple([t for t in texts if t.words in words])


def words_where(figures: Figures, *patterns: re.Pattern[str], part: str = "") -> frozenset[str]:
    """Give the words of the texts in which a pattern is found."""
    joined = _joined(figures, part)
    possible = [p for p in patterns if may_be_found(p, joined)]
    apart = any(map(looks_beyond, possible))
    found = [] if apart else [m for p in possible for m in p.finditer(joined)]
    if not (found or apart):
        return frozenset()
    if apart or any("\0" in m[0] for m in found):  # it goes beyond a text's end, and may have missed what stands there
        return frozenset([words for words in joined.split("\0") if any(p.search(words) for p in possible)])
    joined += "\0"
    return frozenset([joined[joined.rfind("\0", 0, m.start()) + 1 : joined.find("\0", m.end())] for m in found])


@once_for_all
def texts_in(figures: Figures, part: str) -> tuple[Text, ...]:
    """List the texts of one part, or of all but the forms (`OWN`)."""
    if part in {OWN, FORM}:
        return _own_texts(figures) if part == OWN else _texts_of_forms(figures)
    return tuple([t for t in _own_texts(figures) if t.part == part])


def words_together(figures: Figures, part: str = "") -> str:
    """Give the words of the texts of one part, or all, in one piece: what is nowhere in it is in no text."""
    return _joined(figures, part)


@once_for_all
def _joined(figures: Figures, part: str) -> str:
    """Join the words of all texts, those that come again once."""
    own = [t.words for t in texts_in(figures, part or OWN)] if part != FORM else []
    return "\0".join(dict.fromkeys(own if part not in {"", FORM} else own + _words_of_forms(figures)))


@once_for_all
def _own_texts(figures: Figures) -> tuple[Text, ...]:
    """List all texts but those of forms."""
    return tuple(_texts(figures))


def _texts(figures: Figures) -> Iterator[Text]:
    document = figures.disclosure
    for section in document.sections:
        for paragraph in section.paragraphs:
            yield _text(paragraph.text, section.part, paragraph.place or section.place, section=section.key)
    for term in document.glossary:
        yield _text(f"{term.term}：{term.meaning}", "glossary", term.place, section="glossary")
    for table in document.tables:
        for note in table.notes:
            yield _text(note, "note", table.places.get("note", table.place), section=table.id)


@once_for_all
def _texts_of_forms(figures: Figures) -> tuple[Text, ...]:
    """List the texts of the projects' forms, and of the department's."""
    texts = [text for name, form in figures.forms.items() for text in _form_texts(name, form)]
    department = figures.disclosure.department_form
    return (*texts, *(() if department is None else _department_texts(department)))


@once_for_all
def _words_of_forms(figures: Figures) -> list[str]:
    """List the words alone of the texts of forms: there are many, and few documents in which anything is said of them."""
    forms, department = figures.forms.values(), figures.disclosure.department_form
    out = [words for form in forms for words in _words_of_fields(form) if words]
    out += [f"{i.level3} {i.value}" for form in forms for side in SIDES for i in indicators(form, side)]
    if department is not None:
        out += [t.words for t in _department_texts(department)]
    return [words.replace("\0", " ") for words in out]


def _form_texts(name: str, form: ProjectForm) -> Iterator[Text]:
    """List the texts of a project's form: its fields, then its indicators side by side."""
    for field in FIELDS:
        words: str = getattr(form, field)
        if words:
            yield _text(words, FORM, field_place(form, field), form=name, field=field)
    for side in SIDES:
        for one in indicators(form, side):
            yield _text(f"{one.level3} {one.value}", FORM, one.place or form.first, form=name, field=side)


def field_place(form: ProjectForm, field: str) -> Place | None:
    """Give the place of a form's field, of the form where it has none."""
    return form.places.get(field) or (form.places.get("goal") if field.endswith("_goal") else None) or form.first


def indicators(form: ProjectForm, side: str) -> tuple[Indicator, ...]:
    """Give one side's indicators."""
    return form.period_indicators if side == "period" else form.annual_indicators


def field_spot(name: str, form: ProjectForm, field: str, place: Place | None = None) -> Spot:
    """Say where a field of a form stands."""
    at = place or field_place(form, field)
    return Spot(form=name, field=field, page=at.page if at else None, line=at.line if at else None)


def _department_texts(form: DepartmentForm) -> Iterator[Text]:
    for field in ("duties", "strategy", "annual_goal"):
        words: str = getattr(form, field)
        if words:
            yield _text(words, FORM, form.places.get(field, form.first), form="department", field=field)
    for one in form.indicators:
        yield _text(f"{one.level3} {one.value}", FORM, one.place or form.first, form="department", field="annual")


def _text(words: str, part: str, place: Place | None, *, form: str = "", field: str = "", section: str = "") -> Text:
    page, line = (None, None) if place is None else (place.page, place.line)
    return Text(words.replace("\0", " "), part, form, field, section, page, line)


def weight_of_lack(form: ProjectForm) -> Severity | None:
    """Weigh what a form lacks: a hint where some of its texts could not be placed and may be what is lacking."""
    return None if all(_OF_A_FIELD.match(doubt) for doubt in form.doubts) else "hint"
