"""A small book made from text."""

from __future__ import annotations

import pytest
from compiling_text import lines_of

from mingzhang.model.book import Book, Project


@pytest.fixture
def book():
    """Make a small book of the 2023 form from spending lines as text."""

    def make(spending: str, **fields) -> Book:
        lines = lines_of(spending)
        projects = tuple(Project(id=p, name=f"项目{p}") for p in dict.fromkeys(x.project for x in lines) if p)
        basics = {"year": 2023, "pack": "shanxi-2023", "unit_name": "示例局", "unit_type": "行政", "projects": projects}
        return Book(**{**basics, "spending": lines, **fields})

    return make
