"""Documents of every pack, printed as tabbed text, read back: form, figures, statements, sections, terms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sound_books import sound_book
from tabform import read

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.tabbed import tabbed
from mingzhang.forms.packs import load_pack, pack_ids
from mingzhang.intake.books import read_book
from mingzhang.readback.doors import read_file
from mingzhang.rules.engine import check

EXAMPLES = Path(__file__).parents[2] / "examples"


def figures(disclosure) -> dict[tuple[str, str, str], str]:
    return {
        (t.id, r.key, c): f.plain
        for t in disclosure.tables
        for r in t.rows
        for c, f in r.cells.items()
        if f.printed and not f.doubt and not r.doubt
    }


def statements(disclosure) -> list[tuple[str, str, str, str, str]]:
    return [
        (s.key, p.text, slot.key, slot.figure.plain, slot.figure.unit)
        for s in disclosure.sections
        for p in s.paragraphs
        for slot in p.slots
        if slot.figure is not None and slot.key
    ]


def same(book) -> None:
    made = compile_book(book).disclosure
    found = read(tabbed(made, load_pack(book.pack)))
    assert found.pack == made.pack
    assert (found.kind, found.year, found.unit_name, found.doubts) == (made.kind, made.year, made.unit_name, ())
    assert [(t.id, t.doubts, [(c.key, c.kind, c.side) for c in t.columns]) for t in found.tables] == [
        (t.id, (), [(c.key, c.kind, c.side) for c in t.columns]) for t in made.tables
    ]
    assert figures(found) == figures(made)
    assert statements(found) == statements(made)
    assert [(s.key, s.heading, s.part) for s in found.sections] == [(s.key, s.heading, s.part) for s in made.sections]
    assert [(t.term, t.meaning) for t in found.glossary] == [(t.term, t.meaning) for t in made.glossary]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("pack", pack_ids())
def test_a_random_document_reads_back(pack, seed):
    same(sound_book(seed, pack))


@pytest.mark.parametrize("name", ["district-bureau-2025", "green-space-2025"])
def test_an_example_reads_back_and_the_rules_are_silent(name):
    book = read_book(EXAMPLES / f"{name}.json")
    same(book)
    found = read(tabbed(compile_book(book).disclosure, load_pack(book.pack)))
    assert [f.message for f in check(found)] == []


def test_a_document_of_another_year_is_read_by_the_nearest_form():
    book = read_book(EXAMPLES / "district-bureau-2025.json")
    made = compile_book(book).disclosure
    text = re.sub(r"202[45](?=年)", lambda m: str(int(m[0]) - 2), tabbed(made, load_pack(book.pack)))
    found = read(text)
    assert found.pack == made.pack
    assert found.year == 2023
    assert found.doubts == ("没有2023年的表样包，按2025年的“shanghai-2025”读",)
    assert figures(found) == figures(made)


def test_the_sample_in_pdf_is_read_by_its_form_with_every_number_understood(samples):
    found = read_file(samples / "putuo-finance-2025.pdf")
    assert found.pack is not None
    assert found.pack.id == "shanghai-2025"
    assert [t.doubts for t in found.tables] == [()] * 10
    assert {s.key for s in found.sections if ":" in s.key or not s.key} == set()
    unread = [
        slot.figure.plain
        for s in found.sections
        for p in s.paragraphs
        for slot in p.slots
        if slot.figure is not None and not slot.key
    ]
    # amounts behind the words of no change, and the limits that a project's overview names
    assert unread == ["0", "0", "400.00", "3000.00"]
    keys = [slot.key for s in found.sections for p in s.paragraphs for slot in p.slots]
    assert sum(k.startswith("item_2") for k in keys) == 11
    assert [k for k in keys if k.startswith("performance_item")] == [f"performance_item_00{n}" for n in range(1, 5)]
