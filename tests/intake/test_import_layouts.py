"""Random books go out in each shipped layout and come back with the same lines, reconciled to the fen."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from books import UNIT_TYPES, random_books
from exports import LAYOUTS, approved_of, asked_of, lines_of, three_columns, write_approved
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book
from mingzhang.intake.platform.importing import import_files
from mingzhang.intake.platform.profile import ExportProfile, load_profile
from mingzhang.model.book import Book, Member
from mingzhang.model.codec import decode
from mingzhang.rules.engine import check

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def exportable(book: Book) -> Book:
    """Give a book as a platform would hold it: projects with numbers, every unit with a code of its own."""
    ids = {p.id: f"1400002400{n:05d}" for n, p in enumerate(book.projects)}
    units = {m.code: f"205{n + 1:03d}" for n, m in enumerate(book.members)} | {"": "205000", book.unit_code: "205000"}
    return replace(
        book,
        unit_code="205000",
        unit_name="青川县示例主管局",
        members=tuple(replace(m, code=units[m.code]) for m in book.members if m.code != book.unit_code),
        spending=tuple(
            replace(
                x,
                project=ids.get(x.project, ""),
                unit="" if units[x.unit] == "205000" else units[x.unit],
                costing="",
                withheld="",
            )
            for x in book.spending
        ),
        projects=tuple(replace(p, id=ids[p.id], withheld="") for p in book.projects),
        withheld=(),
        claims=(),
    )


@pytest.mark.parametrize("profile", LAYOUTS)
@settings(max_examples=40)
@given(book=random_books(kinds=True).map(exportable))
def test_a_book_comes_back_from_each_layout(profile: str, book: Book) -> None:
    assume(book.spending)
    write, suffix = LAYOUTS[profile]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"明细{suffix}"
        write(book, path)
        imported = import_files([path], load_profile(profile), asked_of(book))

    (made,) = imported.books
    assert lines_of(made.book) == lines_of(book)
    assert sum(c.approved for c in imported.compared) == sum(x.amount for x in book.spending)
    assert all(c.approved == c.lines for c in imported.compared)


@settings(max_examples=25)
@given(book=random_books().map(exportable), numbers=st.booleans())
def test_codes_may_be_numbers_and_headings_need_no_profile(book: Book, numbers: bool) -> None:
    assume(book.spending)
    with tempfile.TemporaryDirectory() as folder:
        path, totals = Path(folder) / "export.xlsx", Path(folder) / "approved.xlsx"
        three_columns(book, path, numbers=numbers)
        write_approved(approved_of(book), totals)
        imported = import_files(
            [path], ExportProfile(others=True), asked_of(book, approved=(), approved_files=(totals,))
        )

    assert lines_of(imported.books[0].book, ids=True) == lines_of(book, ids=True)


@pytest.mark.parametrize(
    ("profile", "name"),
    [("yuan-three-columns", "mixed-2024"), ("wan-subtotals", "school-2024"), ("sheet-a-table", "hospital-2023")],
)
def test_imported_books_compile_without_errors(profile: str, name: str, tmp_path: Path) -> None:
    book = decode((EXAMPLES / f"{name}.json").read_bytes(), Book)
    book = replace(book, unit_code=book.unit_code or "205000")
    write, suffix = LAYOUTS[profile]
    path = tmp_path / f"{name}{suffix}"
    write(book, path)

    (made,) = import_files([path], load_profile(profile), asked_of(book)).books
    found = [f for f in check(compile_book(made.book).disclosure) if f.severity == "error" and f.outcome == "violated"]

    assert not found
    assert {m.unit_type for m in made.book.members} <= set(UNIT_TYPES)
    assert all(isinstance(m, Member) for m in made.book.members)
