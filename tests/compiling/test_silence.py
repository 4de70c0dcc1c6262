"""A compiled document gives the rules nothing to say, whatever the amounts: no error, no warning.

More of the same runs in `benchmarks/bench_silence.py`.
"""

from pathlib import Path

import pytest
from msgspec.structs import replace
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.web import write_web
from mingzhang.intake.books import read_book
from mingzhang.readback.doors import read_file
from mingzhang.rules.engine import check

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
BOOKS = 30
"""So many books of each pack."""


def loud(book):
    compiled = compile_book(book)
    said = [f"{f.rule} {f.severity}: {f.message}" for f in check(compiled.disclosure) if f.severity != "hint"]
    return said + ([] if compiled.disclosure.rounding == "additive" else ["the figures do not add up"])


@pytest.mark.parametrize("pack", [p.id for p in packs_of_books()])
def test_rules_are_silent_on_compiled_documents(pack):
    assert {n: said for n in range(BOOKS) if (said := loud(sound_book(n, pack)))} == {}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_rules_stay_silent_when_a_line_moves_by_one_fen(path):
    book = read_book(path)
    moved = {}
    for n in range(0, len(book.spending), max(1, len(book.spending) // 4)):
        line = book.spending[n]
        lines = list(book.spending)
        lines[n] = replace(line, amount=line.amount + 1)
        moved[line.id] = loud(replace(book, spending=tuple(lines)))
    assert {name: said for name, said in moved.items() if said} == {}


def test_the_period_of_one_year_is_the_year_and_a_differing_one_is_reported():
    book = read_book(next(p for p in EXAMPLES if p.stem == "school-2024"))
    own = next(p for p in book.projects if p.period_years == 1)
    assert compile_book(book).contradictions == ()
    typed = {k: v + 1 for k, v in own.period_funds.items()}
    projects = tuple(replace(p, period_funds=typed) if p is own else p for p in book.projects)
    compiled = compile_book(replace(book, projects=projects))
    assert [c.figure for c in compiled.contradictions] == [own.name]
    form = next(f for f in compiled.disclosure.project_forms if f.project == own.name)
    assert form.period_funds.total == form.annual_funds.total


def test_two_projects_may_bear_one_name():
    book = sound_book(4, "shanxi-2023")
    first, second, *rest = book.projects
    assert loud(replace(book, projects=(first, replace(second, name=first.name), *rest))) == []


def test_a_document_read_back_says_no_more_than_one_compiled(tmp_path):
    for n in range(6):
        write_web(compile_book(sound_book(n, "shanxi-2023")).disclosure, tmp_path / "page.html")
        assert [f.message for f in check(read_file(tmp_path / "page.html")) if f.severity == "error"] == []
