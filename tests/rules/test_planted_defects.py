"""Defects of words, labels, forms and publication, planted one at a time in a sound document, are found at their place."""

from __future__ import annotations

from random import Random

import defects_of_clerks  # noqa: F401 - declares its kinds
import defects_of_forms  # noqa: F401
import defects_of_publication  # noqa: F401
import defects_of_reviews  # noqa: F401
import defects_of_sentences  # noqa: F401
import defects_of_tables  # noqa: F401
import pytest
from defects import KINDS, Printed, tried
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.tabbed import tabbed
from mingzhang.forms.packs import load_pack

ASKED = (
    "table missing",
    "labels slipped by one row",
    "project's name with another character in its form",
    "satisfaction with an upper bound",
    "identity number",
    "share of another item",
    "unit's name with a wrong character in a sentence",
    "sentence printed twice",
    "words of final accounts in a budget",
    "done after the end of the year",
    "amount misprinted in a table",
    "amount in another column",
    "names slipped against their codes",
    "row of the total left out",
    "another unit's name above a table",
    "another unit's name in a sentence",
    "next year in a sentence",
    "vehicles unlike in two paragraphs",
    "shares of a plan not a hundred",
    "share counted in things",
    "page of the contents lost by the word processor",
    "remark of a reviewer left",
    "rate of an amount in points",
    "span of time turned round",
    "total printed again",
)


@pytest.fixture(scope="module")
def printed() -> Printed:
    return Printed(tabbed(compile_book(sound_book(80_002, "shanxi-2024")).disclosure, load_pack("shanxi-2024")))


def test_a_sound_document_is_printed_and_read_with_nothing_amiss_but_what_is_left_to_fill_in(printed: Printed) -> None:
    grave = {f.rule for f in printed.findings if f.severity != "hint"}

    assert grave == {"K-014"}


@pytest.mark.parametrize("name", ASKED)
def test_a_planted_defect_is_found_and_nothing_else_is_said(printed: Printed, name: str) -> None:
    kind = next(k for k in KINDS if k.name == name)

    outcome = tried(printed, kind, Random(name))

    assert outcome is not None
    assert outcome.found in {"error", "warning"}
    assert outcome.strays == ()
