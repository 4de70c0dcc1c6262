"""The lines of a document as the rows of performance forms they could be: titles, first labels, rows, signatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.readback.performance_department import begins_department
from mingzhang.readback.performance_fields import footer_marks
from mingzhang.readback.performance_indicators import is_head
from mingzhang.readback.performance_labels import Labels, filled_down, tokens_of
from mingzhang.readback.performance_rows import ClassNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.performance import PerformanceForms
    from mingzhang.model.page import Line
    from mingzhang.model.performance import ProjectFormKind

_YEAR: Final = re.compile(r"20\d\d")
_YEAR_LINE: Final = re.compile(r"\(?\(?\d{4}\)?年?度?\)?(?:年度)?")
_YEAR_BEHIND: Final = re.compile(r"\(?\d{4}\)?年?度?\)?$")
_LOOK_AHEAD: Final = 14
_FIELDS_WANTED: Final = 3
_GAP: Final = 4
_TITLE_LENGTH: Final = 80


class Scan:
    """The lines of a document with their filled cells, and what of a form each could be."""

    def __init__(self, lines: Sequence[Line], forms: PerformanceForms, year: int | None = None) -> None:
        """Take the lines apart, merged labels repeated in each of their rows; `year` is the document's."""
        self.lines = lines
        self.year = year
        self.forms = forms
        self.names = ClassNames(forms.frame)
        self.tokens = [tokens_of(line) for line in filled_down(lines, lambda label: bool(self.names.match(label)[1]))]
        texts = forms.project
        self._start = set(texts.start.spellings)
        fields = (*texts.head, *texts.money, *texts.texts, *texts.goals)
        self._fields = Labels((s, x.key) for x in fields for s in x.spellings)
        self._funds = Labels(((s, x.key) for x in texts.funds for s in x.spellings), texts.prefixes)

    def starts(self, i: int) -> bool:
        """Tell whether a project form begins here: its first label, and other fields of the form soon after."""
        tokens = self.tokens[i]
        if not tokens or self._fields.with_rest(tokens[0].text)[0] != "project":
            return False
        return len(self._fields_after(i)) >= _FIELDS_WANTED

    def _fields_after(self, i: int) -> set[str]:
        """Give the fields whose labels begin the next lines; none where no line with a label is a row, but each a cell."""
        keys = {
            n: self._fields.with_rest(tokens[0].text)[0]
            for n, tokens in enumerate(self.tokens[i : i + 1 + _LOOK_AHEAD], start=i)
            if tokens
        }
        if not any(key and self.lines[n].is_row for n, key in keys.items()):
            return set()
        return {key for n, key in keys.items() if n > i} - {"", "project"}

    def label(self, text: str) -> str:
        """Give the key of the field whose label a text is, alone or before its value; "" if of none."""
        return self._fields.with_rest(text)[0]

    def has_own_word(self, i: int) -> bool:
        """Tell whether a cell of a line holds a word of the form's own and nothing else: a label or a class."""
        return any(self._fields.key(t.folded) or self.names.is_label(t.folded) for t in self.tokens[i])

    def names_project(self, i: int) -> bool:
        """Tell whether a line has the label of the project's name in any of its cells."""
        return any(self._fields.key(t.folded) == "project" for t in self.tokens[i])

    def starts_headless(self, i: int) -> bool:
        """Tell whether a form begins here whose row with the project's name was lost."""
        tokens = self.tokens[i]
        if not tokens or self._fields.with_rest(tokens[0].text)[0] != "department":
            return False
        return len(self._fields_after(i) - {"department"}) >= _FIELDS_WANTED

    def starts_department(self, i: int) -> bool:
        """Tell whether the department's own form begins here: by its first label, or right under its title."""
        own = self.forms.department
        if own is None or not self.tokens[i]:
            return False
        if begins_department(self.tokens[i], own):
            return True
        if len(self.tokens[i]) < 2 or self.is_heading(i):
            return False
        for j in range(i - 1, max(-1, i - 1 - _GAP), -1):
            if self.is_department_title(j):
                return True
            if not self.is_blank(j) and not self.is_heading(j):
                return False
        return False

    def is_row(self, i: int) -> bool:
        """Tell whether a line looks like a row of a form: a label, a footer, or cells of an indicator."""
        tokens = self.tokens[i]
        if not tokens:
            return False
        if self._fields.with_rest(tokens[0].text)[0] or is_head(tokens, self.forms.frame) or self.is_footer(i):
            return True
        if not self.lines[i].is_row:
            return False
        known = any(self.names.match(t.folded)[1] or self.names.is_extra(t.folded) for t in tokens)
        return known or any(self._funds.with_rest(t.text)[0] for t in tokens)

    def is_footer(self, i: int) -> bool:
        """Tell whether a line is one of signatures."""
        tokens = self.tokens[i]
        marks = footer_marks("\t".join(t.text for t in tokens), self.forms.project)
        classes = any(self.names.match(t.folded)[1] for t in tokens)
        return bool(marks) and not classes

    def title(self, i: int) -> tuple[ProjectFormKind | None, str]:
        """Give the kind and text of a project form's title standing on a line of its own, or with its year beside it."""
        tokens = self.tokens[i]
        if (
            not tokens
            or not all(_YEAR_LINE.fullmatch(t.folded) for t in tokens[1:])
            or len(tokens[0].text) > _TITLE_LENGTH
        ):
            return None, ""
        bare = _YEAR_BEHIND.sub("", tokens[0].folded)
        kinds = [k for k, ending in self.forms.project.titles if bare.endswith(ending)]
        return (kinds[0], tokens[0].text) if kinds else (None, "")

    def other_year(self, above: Sequence[int]) -> str:
        """Give the line with a year above a form where it is not the document's year, else ""."""
        printed = [t.text for i in above for t in self.tokens[i] if _YEAR_LINE.fullmatch(t.folded)]
        years = {int(y) for text in printed for y in _YEAR.findall(text)}
        return printed[-1] if self.year is not None and years and self.year not in years else ""

    def is_department_title(self, i: int) -> bool:
        """Tell whether a line is the title of the department's own form."""
        tokens, own = self.tokens[i], self.forms.department
        one = (
            bool(tokens)
            and all(_YEAR_LINE.fullmatch(t.folded) for t in tokens[1:])
            and len(tokens[0].text) <= _TITLE_LENGTH
        )
        return own is not None and one and _YEAR_BEHIND.sub("", tokens[0].folded).endswith(own.endings)

    def is_heading(self, i: int) -> bool:
        """Tell whether a line is a title of a form or the line with its year."""
        tokens = self.tokens[i]
        year = len(tokens) == 1 and bool(_YEAR_LINE.fullmatch(tokens[0].folded))
        return year or bool(self.title(i)[1]) or self.is_department_title(i)

    def is_blank(self, i: int) -> bool:
        """Tell whether nothing, or only rules, stand on a line."""
        return not self.tokens[i]
