"""Last digits settled together: told by how a document prints, where it does not say so."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.compiling.departures import Departure, with_doubts
from mingzhang.model.figure import spell
from mingzhang.rules.engine import check, pack_of
from mingzhang.rules.figures import Figures
from mingzhang.rules.functions.tails import settled_together

SEEDS = (4, 14, 24, 34, 44)


def unsaid(document):
    """A document as it is read where nothing says how it was rounded."""
    return replace(document, rounding="unknown")


def tails(document):
    return [f for f in check(document) if f.rule == "H-004"]


def moved(document, table, key, column, steps):
    def one(row):
        figure = row.cells[column]
        digits = figure.digits + steps
        new = replace(figure, digits=digits, printed=spell(digits, figure.places, grouped=False))
        return replace(row, cells={**row.cells, column: new})

    tables = (
        replace(t, rows=tuple(one(r) if r.key == key else r for r in t.rows)) if t.id == table else t
        for t in document.tables
    )
    return replace(document, tables=tuple(tables))


def row_of_form(document):
    """Give the key of a project of this year that has a form and money."""
    forms = {f.project for f in document.project_forms if f.annual_funds.total is not None}
    rows = (r for r in document.table("projects").rows if r.key.removeprefix("project:") in forms)
    return next(r.key for r in rows if r.cells["total"].digits)


@pytest.fixture(scope="module")
def compiled():
    return [compile_book(sound_book(n, "shanxi-2024")) for n in SEEDS]


def test_tails_of_a_document_settled_together__are_hints(compiled):
    found = [f for c in compiled for f in tails(unsaid(c.disclosure))]
    assert found
    assert {f.severity for f in found} == {"hint"}


def test_document_rounded_figure_by_figure__was_not_settled_together():
    document = compile_book(sound_book(4, "shanxi-2024"), rounding="half_up").disclosure
    assert not settled_together(Figures(document, pack_of(document)))


def test_row_moved_by_one_last_digit__is_an_error(compiled):
    document = unsaid(compiled[0].disclosure)
    assert settled_together(Figures(document, pack_of(document)))
    wrong = [moved(document, "projects", row_of_form(document), "total", steps) for steps in (-1, 1)]
    assert {f.severity for one in wrong for f in tails(one)} == {"error"}


def test_figure_that_the_compiler_could_not_settle__is_no_more_than_a_hint(compiled):
    document = compiled[0].disclosure
    key = row_of_form(document)
    wrong = moved(document, "projects", key, "total", 3)
    assert {f.severity for f in tails(wrong)} == {"error"}
    named = Departure((f"projects[{key}].total",), 0, "万元", "2.00", "1.99", further=True)
    told = with_doubts(wrong, [named])
    assert told.table("projects").row(key).cells["total"].doubt
    assert {f.severity for f in tails(told)} == {"hint"}
    assert with_doubts(wrong, [replace(named, further=False)]) == wrong
