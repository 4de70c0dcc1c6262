"""The certificate of compiled documents: what it accepts, and that no figure can be changed without its noticing."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from books import random_books
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.compiling.adding_up import add_up
from mingzhang.compiling.compile import disclosure_of
from mingzhang.forms.packs import load_pack
from mingzhang.intake.books import read_book
from mingzhang.model.figure import number
from mingzhang.model.units import is_money
from mingzhang.rules.figures import Figures
from mingzhang.rules.functions.share_sums import share_groups
from mingzhang.sums.certificate import certify, certify_asserted

if TYPE_CHECKING:
    from mingzhang.sums.sheets import CellRef

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.json"))

few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def added(book, *, seed=0):
    pack = load_pack(book.pack)
    half_up = disclosure_of(book, pack)
    return add_up(book, pack, half_up, lambda chosen: disclosure_of(book, pack, chosen), seed=seed), pack


def certified(made, pack, sheets=None):
    """Certify in whole columns and one figure after the other: both must say the same."""
    figures, asserted = Figures(made.disclosure, pack), made.links.asserted
    sheets, shares = sheets or figures.sheets, share_groups(figures)
    found = certify_asserted(asserted, sheets, shares)
    one_by_one = certify(asserted.identities, sheets, asserted.truth, shares)
    assert set(found.broken) == set(one_by_one.broken)
    assert set(found.far) == set(one_by_one.far)
    assert found.figures == one_by_one.figures
    assert found.identities >= one_by_one.identities > 0  # what two rules say alike is counted twice
    return found


def tampered(figures, ref, by):
    """Give the sheets with one figure so many last digits higher."""
    sheet = figures.sheets[ref.source]
    old = sheet.cells[ref.row, ref.column]
    new = number(old.digits + by, old.unit, old.places, grouped=False)
    return {**figures.sheets, ref.source: sheet.with_figure(ref.row, ref.column, new)}


@given(random_books(withheld=False, kinds=True))
@few
def test_every_document_says_that_it_adds_up_if_and_only_if_it_is_certified(book):
    made, pack = added(book)

    assert made.certificate.holds is (made.disclosure.rounding == "additive")
    assert made.certificate.holds is not bool(made.chosen.beyond or made.chosen.unmet)
    assert certified(made, pack).holds is made.certificate.holds


@given(random_books(withheld=False), st.data())
@few
def test_a_figure_two_last_digits_off_is_refused_wherever_it_stands(book, data):
    made, pack = added(book)
    figures = Figures(made.disclosure, pack)
    printed = [r for r in made.links.asserted.truth if (f := figures.figure(r)) is not None and f.is_number]
    for ref in data.draw(st.lists(st.sampled_from(printed), max_size=8)) if printed else ():
        assert not certified(made, pack, tampered(figures, ref, 2)).holds
        assert not certified(made, pack, tampered(figures, ref, -2)).holds


@pytest.mark.parametrize("path", EXAMPLES[:3], ids=lambda p: p.stem)
def test_one_last_digit_is_refused_in_every_figure_that_a_sum_ties(path):
    made, pack = added(read_book(path))
    figures = Figures(made.disclosure, pack)
    tied = {o.ref for i in made.links.asserted.identities if i.relation == "=" for o in i.operands}
    tied = {r for r in tied if (f := figures.figure(r)) is not None and f.digits and is_money(f.unit)}

    assert len(tied) > 100
    missed = [r for r in tied if certified(made, pack, tampered(figures, r, 1)).holds]
    assert [r for r in missed if not only_across_units(r, made, figures)] == []


def only_across_units(ref: CellRef, made, figures) -> bool:
    """Tell whether a figure is tied to figures of other units alone, which leave it a last digit of room."""
    own = figures.figure(ref)
    for identity in made.links.asserted.identities:
        if any(o.ref == ref for o in identity.operands) and not identity.over:
            others = [figures.figure(o.ref) for o in identity.operands if o.ref != ref]
            if all((f.unit, f.places) == (own.unit, own.places) for f in others if f is not None and f.is_number):
                return False
    return True


@pytest.mark.parametrize("path", EXAMPLES[:2], ids=lambda p: p.stem)
def test_two_figures_changed_places_are_refused(path):
    made, pack = added(read_book(path))
    figures = Figures(made.disclosure, pack)
    sheet = figures.sheets["spending"]
    rows = [k for k in sheet.rows if sheet.cells[k, "total"].digits][1:]
    pairs = [
        (a, b) for a, b in itertools.pairwise(rows) if sheet.cells[a, "total"].digits != sheet.cells[b, "total"].digits
    ]

    assert pairs
    for a, b in pairs:
        moved = sheet.with_figure(a, "total", sheet.cells[b, "total"]).with_figure(b, "total", sheet.cells[a, "total"])
        assert not certified(made, pack, {**figures.sheets, "spending": moved}).holds


@pytest.mark.parametrize("seed", [1, 20_261_121])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_another_seed_of_the_solver_gives_the_same_document(path, seed):
    book = read_book(path)

    assert added(book, seed=seed)[0].disclosure == added(book)[0].disclosure
