"""A compiled document gives the rules nothing to say, whatever the amounts: no error, no warning.

More of the same runs in `benchmarks/bench_silence.py`.
"""

from pathlib import Path

import pytest
from msgspec.structs import replace
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.intake.books import read_book
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
        projects = tuple(_grown(p, line) if p.id == line.project else p for p in book.projects)
        moved[line.id] = loud(replace(book, spending=tuple(lines), projects=projects))
    assert {name: said for name, said in moved.items() if said} == {}


def _grown(project, line):
    """Give a project the fen in its period too: its office would."""
    return replace(
        project,
        period_funds={**project.period_funds, line.level: project.period_funds[line.level] + project.period_years},
    )


def test_two_projects_may_bear_one_name():
    book = sound_book(4, "shanxi-2023")
    first, second, *rest = book.projects
    assert loud(replace(book, projects=(first, replace(second, name=first.name), *rest))) == []
