"""The rule by which other programs' cells are counted is generous, and not more than that."""

from __future__ import annotations

import pytest
from sound_books import sound_book
from table_readers import exact_cells, places_of, wanted_of

from mingzhang.compiling.compile import compile_book


@pytest.fixture(scope="module")
def document():
    return compile_book(sound_book(3, "shanxi-2024")).disclosure


def rows_of(document):
    """Print tables as rows of cells, as a reader gives them."""
    out = []
    for table in document.tables:
        lines = {}
        for row in table.rows:
            places = places_of(table, row.key)
            line = lines.setdefault(row.line, [""] * len(table.columns))
            line[places[""]] = row.label or row.code
            for key, figure in row.cells.items():
                line[places[key]] = f"{figure.printed}\n"
        out += lines.values()
    return out


def upright(document):
    return [w for w in wanted_of(document) if w.after]


def test_what_stands_at_its_place_counts(document):
    wanted = upright(document)
    assert len(wanted) > 100
    assert exact_cells(wanted, rows_of(document)) == len(wanted)


def test_figures_that_slipped_together_count_still(document):
    wanted = upright(document)
    slipped = [["", *row[:1], "", *row[1:]] for row in rows_of(document)]
    assert exact_cells(wanted, slipped) > len(wanted) // 2


def test_blank_cells_lost_inside_a_row_do_not_count(document):
    wanted = upright(document)
    squeezed = [[c for c in row if c.strip()] for row in rows_of(document)]
    assert exact_cells(wanted, squeezed) < len(wanted)


def test_figures_without_their_name_do_not_count(document):
    wanted = upright(document)
    nameless = [[c if any(x.isdigit() for x in c) else "" for c in row] for row in rows_of(document)]
    assert exact_cells(wanted, nameless) < len(wanted) // 2
