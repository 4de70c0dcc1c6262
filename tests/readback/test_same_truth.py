"""Text that is changed but says the same is read as the same: examples of every pack, and the real samples."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from same_truth import CHANGES
from tabform import read

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.tabbed import tabbed
from mingzhang.forms.packs import load_pack
from mingzhang.intake.books import read_book

EXAMPLES = Path(__file__).parents[2] / "examples"
BOOKS = ("park-2023", "mixed-2024", "district-bureau-2025", "county-agriculture-2025")
SAMPLES = ("wusu-bonded-zone-2023", "xiaohe-park-2023", "jinzhong-economic-operations-2024")


def said(document) -> dict[str, object]:
    """Give what a reading says: figures with their keys, statements, forms."""
    return {
        "pack": document.pack,
        "unit": (document.unit_name, document.year, document.kind, document.scope),
        "figures": {
            (t.id, r.key, c): f.plain for t in document.tables for r in t.rows for c, f in r.cells.items() if f.printed
        },
        "statements": [
            (s.key, slot.key, slot.figure.plain, slot.figure.unit)
            for s in document.sections
            for p in s.paragraphs
            for slot in p.slots
            if slot.figure is not None
        ],
        "forms": [
            (f.project, [i.number for i in (*f.period_indicators, *f.annual_indicators)])
            for f in document.project_forms
        ],
    }


@cache
def an_example(name: str) -> tuple[str, dict[str, object]]:
    book = read_book(EXAMPLES / f"{name}.json")
    text = tabbed(compile_book(book).disclosure, load_pack(book.pack))
    return text, said(read(text))


@cache
def a_sample(path: Path) -> tuple[str, dict[str, object]]:
    text = path.read_text(encoding="utf-8")
    return text, said(read(text))


@pytest.mark.parametrize(("turn", "change"), [*enumerate(CHANGES)], ids=[*CHANGES])
def test_an_example(turn, change):
    text, before = an_example(BOOKS[turn % len(BOOKS)])
    assert said(read(CHANGES[change](text))) == before


@pytest.mark.parametrize(("turn", "change"), [*enumerate(CHANGES)], ids=[*CHANGES])
def test_a_sample(samples, turn, change):
    text, before = a_sample(samples / f"{SAMPLES[turn % len(SAMPLES)]}.txt")
    assert said(read(CHANGES[change](text))) == before
