"""Figures printed wrongly: they are noticed, and found among the smallest repairs. More of the same in `benchmarks/`."""

from __future__ import annotations

from random import Random

import pytest
from msgspec.structs import replace
from mutants import is_enough, mutants, noticed
from planted import located, planted
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.rules.rechecking import Checked

PACKS = [p.id for p in packs_of_books()]
EACH = 60


@pytest.mark.parametrize("rounding", ["additive", "unknown"])
@pytest.mark.parametrize("pack", PACKS)
def test_wrong_figures_are_noticed(pack, rounding):
    checked = Checked(replace(compile_book(sound_book(5, pack)).disclosure, rounding=rounding))
    every = list(mutants(checked.figures))
    asked = Random(pack).sample(every, EACH)
    seen = [(m, n) for m in asked if (n := noticed(checked, m)) is not None]
    missed = [m for m, n in seen if not is_enough(m, n, additive=rounding == "additive")]
    assert len(seen) >= EACH * 0.9
    assert len(missed) <= len(seen) * 0.08, [(m.ref, m.way) for m in missed]


@pytest.mark.parametrize("pack", PACKS)
def test_planted_figures_are_among_the_repairs_shown(pack):
    document = compile_book(sound_book(6, pack)).disclosure
    checked, random = Checked(document), Random(pack)
    found = [located(document, planted(checked, count, random)) for count in (1, 2, 3)]
    assert sum(f is None or f.figures for f in found) >= len(found) - 1
    assert found[0] is None or found[0].figures
