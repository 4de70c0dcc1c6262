"""Texts that only the book knows and sentences take up: reasons, notes, the profile, and what is said of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.compiling.costings import costings_of
from mingzhang.compiling.layout import unit_name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.narrative import Narrative
    from mingzhang.model.book import Book, Project

_ENDS: Final = "。；;，,. "


class BookWords:
    """The texts of one book; projects by their number among those with money."""

    def __init__(self, book: Book, narrative: Narrative, projects: Sequence[Project]) -> None:
        """Take the book, its form's sentences, and the projects that they may speak of."""
        self._book = book
        self._narrative = narrative
        self._projects = projects

    def of(self, name: str) -> str:
        """Give a text by its name: `reasons.income`, `notes.KEY`, `project.1.unit`; "" where there is none."""
        kind, _, key = name.partition(".")
        match kind:
            case "reasons":
                return self._book.reasons.get(key, "").strip().rstrip(_ENDS)
            case "notes":
                words = self._book.notes.get(key, "").strip()
                whole = self._narrative.section(key) is not None  # else it is a part of a sentence
                return words if whole else words.rstrip(_ENDS)
            case "project":
                return self._project(*key.split(".", 1))
            case "members":
                return "、".join(m.name for m in self._book.members) if key == "names" else ""
            case "profile":
                return "\n".join(getattr(self._book.profile, key))
            case _:
                return ""

    def _project(self, number: str, field: str) -> str:
        """Give one text of a project by its number."""
        if not number.isdigit() or not 1 <= int(number) <= len(self._projects):
            return ""
        project = self._projects[int(number) - 1]
        match field:
            case "unit":
                return unit_name_of(project.unit, self._book)
            case "period":
                return _project_period(project, self._book.year)
            case "costings":
                return costings_of(project.id, self._book).rstrip(_ENDS)
            case _:
                return str(getattr(project, field)).strip().rstrip(_ENDS)


def _project_period(project: Project, year: int) -> str:
    """Say how long a project runs: of one year its dates, else its years and this one among them."""
    dates = f"{year}年1月1日至{year}年12月31日"
    return dates if project.period_years == 1 else f"项目期{project.period_years}年，本年度为{dates}"
