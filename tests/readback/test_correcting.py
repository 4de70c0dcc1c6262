"""Corrections of a reading: replayed where they fit, refused where they do not."""

import msgspec
import pytest
from disclosures import small_disclosure
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book
from mingzhang.intake.books import read_book
from mingzhang.model.codec import decode, encode
from mingzhang.model.corrections import Correction, Corrections, step, steps
from mingzhang.model.disclosure import Disclosure, Source
from mingzhang.model.fault import UnreadableInput
from mingzhang.readback.correcting import UnfitCorrection, corrected, read_corrections


@pytest.fixture(scope="module")
def compiled(pytestconfig):
    return compile_book(read_book(pytestconfig.rootpath / "examples" / "operations-2024.json")).disclosure


def said(*made):
    return Corrections(made=tuple(Correction(*m) for m in made))


def first_figure(document):
    for n, row in enumerate(document.tables[0].rows):
        for column, figure in row.cells.items():
            if figure.is_number:
                return f"/tables/0/rows/{n}/cells/{step(column)}", figure
    raise AssertionError


def test_a_figure_is_put_right_and_nothing_else_changes(compiled):
    at, figure = first_figure(compiled)
    right = corrected(compiled, said((at, figure.printed, "1,234.56")))
    row, column = int(steps(at)[3]), steps(at)[5]
    now = right.tables[0].rows[row].cells[column]
    assert (now.digits, now.places, now.unit, now.printed) == (123456, 2, figure.unit, "1,234.56")
    back = corrected(right, said((at, "1,234.56", figure.printed)))
    assert back.tables[0].rows[row].cells[column].digits == figure.digits
    assert back.tables[1:] == compiled.tables[1:]


def test_a_doubt_is_accepted(compiled):
    at, figure = first_figure(compiled)
    row, column = int(steps(at)[3]), steps(at)[5]
    own = compiled.tables[0].rows[row]
    rows = (
        *compiled.tables[0].rows[:row],
        replace(own, doubt="?", cells={**own.cells, column: replace(figure, doubt="?")}),
    )
    doubted = replace(compiled, tables=(replace(compiled.tables[0], rows=rows),))
    fine = corrected(doubted, said((at, figure.printed), (f"/tables/0/rows/{row}", "")))
    assert fine.tables[0].rows[row].doubt == ""
    assert fine.tables[0].rows[row].cells[column] == replace(figure, doubt="")


def test_an_empty_correction_says_that_nothing_is_printed(compiled):
    at, figure = first_figure(compiled)
    right = corrected(compiled, said((at, figure.printed, "")))
    now = right.tables[0].rows[int(steps(at)[3])].cells[steps(at)[5]]
    assert now.absence == "blank"
    assert now.places == figure.places


def test_a_number_of_a_sentence_is_put_right_in_its_words(compiled):
    s, p, paragraph, places = next(
        (s, p, paragraph, places)
        for s, section in enumerate(compiled.sections)
        for p, paragraph in enumerate(section.paragraphs)
        if len(places := [n for n, x in enumerate(paragraph.slots) if x.figure is not None]) > 1
    )
    slot, later = (paragraph.slots[n] for n in places[:2])
    at = f"/sections/{s}/paragraphs/{p}/slots/{places[0]}/figure"
    right = corrected(compiled, said((at, slot.figure.printed, "98765.43")))
    told = right.sections[s].paragraphs[p]
    assert told.text == paragraph.text[: slot.at] + "98765.43" + paragraph.text[slot.at + len(slot.figure.printed) :]
    moved = told.slots[places[1]]
    assert told.text.startswith(later.figure.printed, moved.at)


def test_the_value_of_an_indicator_is_taken_apart_anew(compiled):
    value = compiled.project_forms[0].annual_indicators[0].value
    right = corrected(compiled, said(("/project_forms/0/annual_indicators/0/value", value, "≥12场")))
    indicator = right.project_forms[0].annual_indicators[0]
    assert (indicator.value, indicator.comparator, indicator.number, indicator.unit) == ("≥12场", "≥", "12", "场")


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (("/tables/99/rows/0/cells/amount", ""), "没有这个位置"),
        (("/tables/0/rows", ""), "不是数字"),
        (("/unit_name", "别的单位", "某单位"), "更正时是"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(compiled, made, words):
    with pytest.raises(UnfitCorrection, match=words) as fault:
        corrected(compiled, said(made), "a.json")
    assert "a.json#/made/0" in str(fault.value.place)


def test_a_word_is_no_number(compiled):
    at, figure = first_figure(compiled)
    with pytest.raises(UnfitCorrection, match="不是数字"):
        corrected(compiled, said((at, figure.printed, "很多")))


def test_corrections_of_another_file_are_refused():
    document = replace(small_disclosure(), source=Source(sha256="a" * 64))
    with pytest.raises(UnfitCorrection, match="不是为这份文件"):
        corrected(document, Corrections(sha256="b" * 64))


def test_corrections_are_kept_with_what_they_corrected(compiled):
    at, figure = first_figure(compiled)
    right = corrected(compiled, said((at, figure.printed, "1.00")))
    stored = decode(encode(right), Disclosure)
    assert msgspec.convert(stored.extra["/corrections"], list[Correction]) == [Correction(at, figure.printed, "1.00")]


@pytest.mark.parametrize("content", [b"[]", b"\xff\xfe", b'{"made":[{"at":1}]}', b'{"schema":"other/1.0"}'])
def test_what_is_no_file_of_corrections_is_refused(tmp_path, content):
    path = tmp_path / "c.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput):
        read_corrections(path)


def test_pointers_spell_any_name():
    assert steps(f"/a/{step('x/y~z')}/0") == ("a", "x/y~z", "0")
