"""Documents of forms that nobody wrote a pack for: figures under their rows and heads, and nothing found where all agrees."""

from random import Random

import pytest
from other_form_errors import planted
from other_form_prints import printed
from other_form_scores import document, read_as, read_bytes, scored
from other_form_tables import layouts
from patched_forms import ACCIDENTS, patched
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.forms.packs import load_pack
from mingzhang.rules.engine import check


@pytest.mark.parametrize("layout", layouts())
def test_figures_are_read_by_the_words_of_the_form(layout):
    tables, disclosure = read_as(layout, "tabbed", 0)
    score = scored(tables, disclosure)
    assert disclosure.pack is None
    assert (score.right, score.keyed, score.wrong) == (score.all, score.keys, 0), score.examples
    assert [f.message for f in check(disclosure) if f.severity != "hint"] == []


@pytest.mark.parametrize("layout", layouts())
def test_figures_are_read_in_other_words(layout):
    tables, disclosure = read_as(layout, "html", 1, words=True)
    score = scored(tables, disclosure)
    assert (score.right, score.wrong) == (score.all, 0), score.examples
    assert [f.message for f in check(disclosure) if f.severity != "hint"] == []


@pytest.mark.parametrize("door", ["docx", "markdown", "pdf"])
@pytest.mark.parametrize("layout", ["central", "western", "county"])
def test_every_door_gives_the_same(layout, door):
    tables, disclosure = read_as(layout, door, 2)
    score = scored(tables, disclosure)
    assert (score.right, score.wrong) == (score.all, 0), score.examples


@pytest.mark.parametrize("kind", ["one_unit", "ten_units", "digit"])
@pytest.mark.parametrize("layout", ["eastern", "county"])
def test_a_wrong_figure_is_found_without_a_pack(layout, kind):
    budget, tables, random = document(layout, 3)
    changed, _title, _value = planted(tables, kind, random)
    disclosure = read_bytes(printed("tabbed", budget, changed, random), "a.txt")
    assert any(f.severity in {"error", "warning"} for f in check(disclosure))


@pytest.mark.parametrize("accident", ACCIDENTS)
@pytest.mark.parametrize("pack", ["shanxi-2024", "shanghai-2025"])
def test_a_form_patched_by_hand_is_read_by_its_pack(pack, accident):
    document = compile_book(sound_book(0, pack)).disclosure
    found = read_bytes(patched(document, load_pack(pack), accident, Random(0)).encode(), "a.txt")
    ids = {t.id for t in found.tables}
    want = {k: v for k, v in figures(document).items() if accident != "drop_empty" or k[0] in ids}
    assert {k: v for k, v in want.items() if figures(found).get(k) != v} == {}
    assert found.pack is not None
    assert found.pack.id == pack


def figures(disclosure):
    return {
        (t.id, r.key, c): f.plain for t in disclosure.tables for r in t.rows for c, f in r.cells.items() if f.printed
    }
