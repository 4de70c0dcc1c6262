"""Workbooks: read back exactly, every disagreement noticed, foreign files refused."""

from __future__ import annotations

import openpyxl
import pytest
from disclosures import small_disclosure, wild_disclosures
from hypothesis import given, settings

from mingzhang.documents.xlsx import workbook_bytes, write_xlsx
from mingzhang.model.codec import encode
from mingzhang.model.fault import UnreadableInput
from mingzhang.model.workbook import FIGURE_HEAD, FIGURES, REST
from mingzhang.readback.workbook import read_workbook

SPENDING = "2 2023年预算支出总表"


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "book.xlsx"
    write_xlsx(small_disclosure(), path)
    return path


def _edited(path, edit):
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


@settings(max_examples=40, deadline=None)
@given(disclosure=wild_disclosures())
def test_round_trip__everything(tmp_path_factory, disclosure):
    path = tmp_path_factory.mktemp("xlsx") / "d.xlsx"
    write_xlsx(disclosure, path)
    read = read_workbook(path)

    assert read == disclosure
    assert encode(read) == encode(disclosure)  # the order of columns too


def test_same_bytes():
    assert workbook_bytes(small_disclosure()) == workbook_bytes(small_disclosure())


def test_saved_by_another_program__still_equal(written):
    assert read_workbook(_edited(written, lambda book: None)) == small_disclosure()


def test_figures_are_numbers_in_the_format_printed(written):
    sheet = openpyxl.load_workbook(written)["1 2023年预算收支总表"]
    cell = sheet["B6"]

    assert cell.value == 1234567.89
    assert cell.number_format == "#,##0.00"


def test_changed_cell__is_a_doubt_of_the_figure(written):
    def edit(book):
        book[SPENDING]["C6"] = 99

    read = read_workbook(_edited(written, edit))
    figure = read.tables[1].figure("201", "total")

    assert figure.digits == 1250
    assert SPENDING in figure.doubt
    assert "C6" in figure.doubt
    assert read.tables[1].figure("total", "total").doubt == ""


@pytest.mark.parametrize(("cell", "value"), [("B6", "别的科目"), ("C7", 3), ("A2", "别的标题")])
def test_changed_text_or_filled_blank__is_a_doubt_of_the_document(written, cell, value):
    def edit(book):
        book[SPENDING][cell] = value

    doubts = read_workbook(_edited(written, edit)).doubts

    assert len(doubts) == 1
    assert SPENDING in doubts[0]


def test_sheet_taken_away__is_a_doubt(written):
    def edit(book):
        del book["名词解释"]

    assert read_workbook(_edited(written, edit)).doubts == ("缺少工作表“名词解释”",)


@pytest.mark.parametrize("name", [FIGURES, REST])
def test_data_sheet_missing__fault_names_it(written, name):
    def edit(book):
        del book[name]

    with pytest.raises(UnreadableInput, match=name) as fault:
        read_workbook(_edited(written, edit))
    assert fault.value.place == "book.xlsx"
    assert fault.value.hint


@pytest.mark.parametrize(("column", "value"), [("值", "一百"), ("小数位", "二"), ("路径", ""), ("值", "1.5")])
def test_damaged_line__fault_names_the_cell(written, column, value):
    number = FIGURE_HEAD.index(column) + 1

    def edit(book):
        book[FIGURES].cell(3, number).value = value

    with pytest.raises(UnreadableInput) as fault:
        read_workbook(_edited(written, edit))
    assert fault.value.place == f"book.xlsx: {FIGURES}!{openpyxl.utils.get_column_letter(number)}3"


def test_number_beside_its_text_changed__is_a_doubt(written):
    def edit(book):
        book[FIGURES].cell(2, FIGURE_HEAD.index("数值") + 1).value = 1

    read = read_workbook(_edited(written, edit))
    assert FIGURES in read.tables[0].rows[0].cells["amount"].doubt


@pytest.mark.parametrize("lost", [3, 4, -2])
def test_line_of_the_rest_lost__fault(written, lost):
    def edit(book):
        sheet = book[REST]
        for column in (1, 2, 3):
            sheet.cell(lost if lost > 0 else sheet.max_row + 1 + lost, column).value = None

    with pytest.raises(UnreadableInput):
        read_workbook(_edited(written, edit))


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_not_a_workbook__fault(tmp_path, content):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput):
        read_workbook(path)


def test_no_such_file__fault(tmp_path):
    with pytest.raises(UnreadableInput):
        read_workbook(tmp_path / "missing.xlsx")
