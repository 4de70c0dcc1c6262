"""Noise over whole documents: figures are read as printed or doubted, and no document is accused of it."""

from functools import cache

import pytest
from noise_outcome import KINDS, Sound
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.tabbed import tabbed
from mingzhang.forms.packs import load_pack

NOT_YET = frozenset(
    {
        "titles_behind",
        "columns_on_the_next_page",
        "label_and_figure_joined",
        "lost_codes",
        "ends_stripped",
        "chinese_stops",
    }
)
"""Kinds of which some figures are still taken for others', or findings rest on them."""


@cache
def sound():
    pack = load_pack("shanxi-2023")
    return Sound(tabbed(compile_book(sound_book(3, pack.id)).disclosure, pack))


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - NOT_YET))
def test_noise_accuses_nobody_and_nothing_is_lost_in_silence(kind):
    counts, told = sound().outcome(kind, 0)
    assert told == []
    assert counts["kept"] > 0


def test_the_measure_sees_wrong_figures(monkeypatch):
    def one_more(lines, _random):
        for x in lines:
            cells = x.cells
            if x.part == "body" and cells[0] in {"201", "20106", "2010601"}:
                x.put("\t".join([*cells[:2], *(c.replace(".", "7.") for c in cells[2:])]))

    monkeypatch.setitem(KINDS, "one_more", one_more)
    counts, told = sound().outcome("one_more", 0)
    assert counts["wrong"] > 0
    assert any(t.startswith("wrong") for t in told)
