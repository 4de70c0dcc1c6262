"""A book is compiled only into a form that prints its kind of document, at a level that such documents have."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book
from mingzhang.forms.packs import all_packs, load_pack
from mingzhang.intake.books import read_book
from mingzhang.model.fault import InvalidBook

EXAMPLES = Path(__file__).parents[2] / "examples"
UNIT = read_book(EXAMPLES / "green-space-2025.json")
DEPARTMENT = read_book(EXAMPLES / "district-bureau-2025.json")


@pytest.mark.parametrize(
    ("book", "pack"), [(UNIT, "shanghai-2025"), (replace(DEPARTMENT, pack="shanghai-2025-unit"), "")]
)
def test_a_book_of_another_kind_is_refused_and_told_which_forms_there_are(book, pack):
    with pytest.raises(InvalidBook) as caught:
        compile_book(book, load_pack(pack) if pack else None)
    (problem,) = caught.value.problems
    assert problem.place == "kind"
    assert (load_pack(pack or book.pack).id) in problem.message
    assert book.kind in {p.kind for p in all_packs() if p.id in problem.hint}


def test_a_form_of_units_takes_no_whole_department():
    with pytest.raises(InvalidBook) as caught:
        compile_book(replace(UNIT, scope="aggregate"))
    assert [p.place for p in caught.value.problems] == ["scope"]
    for scope in ("unit", "own_office"):
        assert compile_book(replace(UNIT, scope=scope)).disclosure.kind == "unit_budget"


def test_where_units_have_no_form_of_their_own_they_take_the_departments():
    school = read_book(EXAMPLES / "school-2024.json")
    assert compile_book(school).disclosure.scope == "unit"
