"""Performance forms in text that only blanks divide: their fields and indicators, whatever lines cells are broken over."""

from __future__ import annotations

import pytest
from form_layouts import forms_pdf, forms_text
from form_scores import scored
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.readback.doors import read_file


@pytest.mark.parametrize("middle", [True, False], ids=["middle", "top"])
@pytest.mark.parametrize(
    "widths",
    [(8, 10, 14, 20, 12, 14, 20, 12), (10, 12, 18, 26, 16, 18, 26, 16), (8, 8, 10, 12, 10, 10, 12, 10)],
    ids=["usual", "wide", "narrow"],
)
@pytest.mark.parametrize("seed", [3, 4])
def test_forms_are_read_whole(tmp_path, seed, widths, middle):
    document = compile_book(sound_book(seed, "shanxi-2024")).disclosure
    path = tmp_path / "forms.txt"
    path.write_text(forms_text(document, widths, middle=middle), encoding="utf-8")
    count = scored(document, read_file(path))
    assert count["fields"] > 50
    assert (count["right_fields"], count["right_indicators"]) == (count["fields"], count["indicators"])
    assert count["wrong_fields"] + count["wrong_indicators"] == 0


@pytest.mark.parametrize("seed", [1, 4, 7])
def test_forms_without_rulings_are_read_whole(tmp_path, seed):
    document = compile_book(sound_book(seed, "guizhou-2025")).disclosure
    path = tmp_path / "forms.pdf"
    path.write_bytes(forms_pdf(document, seed))
    got = read_file(path)
    count = scored(document, got)
    assert count["fields"] > 20
    assert (count["right_fields"], count["right_indicators"]) == (count["fields"], count["indicators"])
    assert all(i.place is not None and i.place.page for f in got.project_forms for i in f.period_indicators)
