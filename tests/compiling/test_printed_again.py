"""A document printed with other digits, from what was kept of the printing before, is the document printed anew."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from books import random_books
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sound_books import sound_book

from mingzhang.compiling.compile import Draft, compile_book
from mingzhang.forms.packs import load_pack, pack_ids
from mingzhang.intake.books import read_book
from mingzhang.model.codec import encode
from mingzhang.sums.additive import Additive
from mingzhang.sums.rounding import half_up_each

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.json"))
few = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Turned(Additive, frozen=True):
    """Gives some figures, picked by chance but always alike, the other whole number beside the true value."""

    seed: int = 0
    share: float = 0.2

    def __call__(self, variables, /):
        return {v: self._digits(v) for v in variables}

    def _digits(self, variable):
        low, rest = divmod(variable.value, variable.step)
        turned = rest and Random(f"{self.seed} {sorted(variable.facts)}").random() < self.share
        return 2 * low + 1 - variable.half_up if turned else variable.half_up


def roundings(seed):
    return (
        half_up_each,
        Turned({}, seed=seed),
        Turned({}, seed=seed + 1, share=0.05),
        half_up_each,
        Turned({}, seed=2),
    )


def printed_alike(book, seed):
    pack = load_pack(book.pack)
    draft = Draft(book, pack)
    for rounding in roundings(seed):
        assert encode(draft.disclosure(rounding)) == encode(Draft(book, pack).disclosure(rounding))


@given(random_books(withheld=False, kinds=True), st.integers(0, 99))
@few
def test_random_books(book, seed):
    printed_alike(book, seed)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples(path):
    printed_alike(read_book(path), 7)


def test_what_no_digits_have_changed__is_the_very_same():
    book = sound_book(3, "shanxi-2024")
    draft = Draft(book, load_pack(book.pack))
    first, again = draft.disclosure(), draft.disclosure()

    assert again.sections is first.sections
    assert again.project_forms is first.project_forms
    assert all(map(lambda a, b: a is b, again.tables, first.tables))


def test_no_document_depends_on_those_compiled_before():
    books = [sound_book(seed, pack) for pack in pack_ids() for seed in (1, 2)]
    one = [encode(compile_book(b).disclosure) for b in books]
    other = [encode(compile_book(b).disclosure) for b in reversed(books)]

    assert one == other[::-1]
