"""An import into a book that exists: what was typed stays, what came from the platform follows the platform."""

from __future__ import annotations

import pytest
from exports import approved_words, asked_of, three_columns, with_subtotals
from msgspec.structs import replace
from workbooks import SMALL

from mingzhang.forms.packs import load_pack
from mingzhang.intake.platform.asked import RefusedImport
from mingzhang.intake.platform.importing import import_files
from mingzhang.intake.platform.profile import load_profile
from mingzhang.intake.template import template_bytes
from mingzhang.intake.workbook import read_workbook
from mingzhang.model.book import Book, SpendingLine, Withheld
from mingzhang.model.codec import decode, encode

PROFILE = load_profile("yuan-three-columns")
TYPED = replace(
    SMALL,
    members=(),
    spending=tuple(
        replace(x, unit="", costing="4人×12月" if x.id == "s1" else "", level="provincial") for x in SMALL.spending
    ),
)


def exported(book: Book, tmp_path, **more: object):
    path = tmp_path / "明细.xlsx"
    three_columns(book, path)
    return import_files([path], PROFILE, asked_of(book, **more))


def test_lines_that_the_book_has_keep_their_ids_marks_and_texts(tmp_path) -> None:
    from_platform = replace(TYPED, spending=tuple(replace(x, id=f"x{x.id}", level="municipal") for x in TYPED.spending))
    imported = exported(from_platform, tmp_path, into=TYPED)
    book = imported.books[0].book

    assert book.spending == TYPED.spending
    assert book.projects == TYPED.projects
    assert (book.year_end, book.notes, book.department_goals) == (TYPED.year_end, TYPED.notes, TYPED.department_goals)
    assert not imported.changes


def test_a_second_import_replaces_the_first_and_says_what_changed(tmp_path) -> None:
    first = exported(TYPED, tmp_path, into=TYPED).books[0].book
    first = decode(encode(first), Book)
    lines = (replace(TYPED.spending[0], amount=777), replace(TYPED.spending[0], id="s9", economic="30102", amount=5))
    second = exported(replace(TYPED, spending=lines), tmp_path, into=first)

    assert [(x.economic, x.amount, x.costing) for x in second.books[0].book.spending] == [
        ("30101", 777, "4人×12月"),
        ("30102", 5, ""),
    ]
    assert len(second.changes) == 4
    assert "改为 7.77 元" in " ".join(second.changes)
    assert "项目“档案整理”在导出中没有金额" in second.changes


def test_a_withheld_line_typed_by_hand_stays_and_counts(tmp_path) -> None:
    secret = SpendingLine(id="w9", function="2010301", amount=900, kind="operating", economic="30201", withheld="w1")
    book = replace(
        TYPED,
        spending=(*TYPED.spending, secret),
        withheld=(Withheld(id="w1", basis="示例依据", approver="示例机关", date="2024-01-05"),),
    )
    imported = exported(TYPED, tmp_path, into=book, approved=approved_words(book))

    assert imported.books[0].book.spending == (secret, *TYPED.spending)
    assert sum(c.held for c in imported.compared) == 900
    with pytest.raises(RefusedImport, match=r"少 9\.00 元"):
        exported(TYPED, tmp_path, into=TYPED, approved=approved_words(book))


def test_what_was_imported_goes_through_the_workbook(tmp_path) -> None:
    path = tmp_path / "明细.csv"
    book = replace(TYPED, spending=tuple(replace(x, level="municipal", costing="") for x in TYPED.spending))
    with_subtotals(book, path)
    difference = "100,一般公共预算,项目支出=0.01:待分配"
    totals = ("100,一般公共预算,基本支出=12345.67", "100,一般公共预算,项目支出=5000000.01")
    made = import_files(
        [path], load_profile("wan-subtotals"), asked_of(book, approved=totals, differences=(difference,))
    ).books[0]

    again = read_workbook(template_bytes(load_pack(made.book.pack), made.book), "底册.xlsx")
    assert again == made.book
    assert again.extra["/differences"][0]["reason"] == "unallocated"
