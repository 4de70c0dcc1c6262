"""Where the search for repairs ended at its limit, reports say so, and nothing is called the only repair."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book
from mingzhang.intake.books import read_book
from mingzhang.rules.engine import check
from mingzhang.rules.figures import Figures
from mingzhang.rules.repair_applied import printed_in
from mingzhang.rules.reports import as_json, as_text
from mingzhang.sums import hitting
from mingzhang.sums.sheets import CellRef

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "park-2023.json"
CUT = "查找改法到工作量上限为止"


@pytest.fixture(scope="module")
def wrong():
    """A document with one figure of a table printed wrongly."""
    figures = Figures(compile_book(read_book(EXAMPLE)).disclosure, None)
    sheet, (row, column), figure = next(
        (s, key, f) for s in figures.sheets.values() for key, f in s.cells.items() if s.id != "text" and f.digits
    )
    digits = figure.digits + 100
    slipped = replace(figure, digits=digits, printed=f"{digits // 100}.{digits % 100:02}")
    return printed_in(figures, ((CellRef(sheet.id, row, column), slipped),))


def repairs(findings):
    return [f.repair for f in findings if f.repair is not None]


def test_a_search_that_came_to_its_end_says_nothing(wrong):
    found = check(wrong)
    assert repairs(found)
    assert not any(r.is_cut for r in repairs(found))
    assert CUT not in " ".join(as_text(found, wrong))


def test_a_search_cut_at_its_limit_says_so_in_every_report(wrong, monkeypatch):
    monkeypatch.setattr(hitting, "MOST_SETS", 1)
    found = check(wrong)
    assert repairs(found)
    assert all(r.is_cut and r.proof[-1].startswith(CUT) for r in repairs(found))
    assert CUT in " ".join(as_text(found, wrong))
    assert any((f["repair"] or {}).get("is_cut") for f in json.loads(as_json(found)))
