"""Asked for what speaks against a document alone, rules say of it what they say when they tell of everything."""

from __future__ import annotations

from random import Random

import pytest
from mutants import mutants
from rule_cases import CASES, document
from slips import damaged
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.rules.engine import check, pack_of
from mingzhang.rules.figures import Figures
from mingzhang.rules.repair_applied import NowhereToPrintError, printed_in

PACKS = [p.id for p in packs_of_books()]
EACH = 6


def against(disclosure):
    return [f for f in check(disclosure, everything=True) if f.outcome == "violated"]


@pytest.mark.parametrize("number", sorted(CASES))
def test_the_case_of_a_rule(number):
    wrong = document(number, CASES[number]["fail"])
    found = check(wrong)
    assert number in {f.rule for f in found}
    assert list(found) == against(wrong)


@pytest.mark.parametrize("pack", PACKS)
def test_documents_with_many_errors(pack):
    random = Random(pack)
    sound = compile_book(sound_book(8, pack)).disclosure
    for _ in range(EACH):
        wrong = damaged(sound, random)
        assert list(check(wrong)) == against(wrong)


@pytest.mark.parametrize("pack", PACKS)
def test_documents_with_one_wrong_figure(pack):
    figures = Figures(sound := compile_book(sound_book(9, pack)).disclosure, pack_of(sound))
    told = 0
    for mutant in Random(pack).sample(list(mutants(figures)), EACH * 3):
        try:
            wrong = printed_in(figures, mutant.changes)
        except NowhereToPrintError:
            continue
        found = check(wrong)
        told += bool(found)
        assert list(found) == against(wrong), (mutant.ref, mutant.way)
    assert told > EACH
