"""Workbooks that others made: read as they show themselves, in every look; what is not shown or not sure is told."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from foreign_workbooks import LOOKS, printed_sheets, saved
from old_excel import xls_bytes
from readings import differing, doubts
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.intake.books import read_book
from mingzhang.model.fault import UnreadableInput
from mingzhang.readback.doors import read_file

EXAMPLES = Path(__file__).parents[2] / "examples"
BOOKS = ["hospital-2023.json", "green-space-2025.json"]


@pytest.fixture(scope="module")
def documents():
    return {name: compile_book(read_book(EXAMPLES / name)).disclosure for name in BOOKS}


def read(content, tmp_path, name="file.xlsx"):
    (tmp_path / name).write_bytes(content)
    return read_file(tmp_path / name)


def in_tables(differences):
    return [d for d in differences if " form " not in d]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("book", BOOKS)
def test_a_look_reads_back_equal(book, look, documents, tmp_path):
    found = read(LOOKS[look](documents[book]), tmp_path)
    assert in_tables(differing(documents[book], found)) == []
    assert doubts(found) == []
    assert found.pack.id == documents[book].pack.id
    assert found.source.format == ("xls" if look == "old" else "xlsx")


def test_amounts_of_forms_in_an_old_workbook_have_the_places_of_the_form(documents, tmp_path):
    document = documents["hospital-2023.json"]
    found = read(LOOKS["old"](document), tmp_path)
    assert [d for d in differing(document, found) if "funds" in d] == []
    place = found.project_forms[0].period_funds.provincial.place
    label = found.project_forms[0].period_funds.total.place
    assert (place.sheet, place.line > label.line) == ("Sheet1", True)


@pytest.mark.parametrize("look", ["floats", "one sheet"])
def test_a_random_document_reads_back_equal(look, tmp_path):
    document = compile_book(sound_book(11, "shanxi-2024")).disclosure
    assert in_tables(differing(document, read(LOOKS[look](document), tmp_path))) == []


OTHERS = ("政府性基金", "国有资本经营预算", "财政专户管理资金", "单位资金", "上年结转")


def a_table(edit):
    """Give a small income table on a sheet, edited."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "收入"
    for row in (
        ["2024年预算收入总表"],
        ["部门名称：青川县示例局", None, None, "单位：万元"],
        ["科目编码", "科目名称", "合计", "一般公共预算", *OTHERS],
        ["201", "一般公共服务支出", 12.5, 12.5],
        ["合计", None, 12.5, 12.5],
    ):
        sheet.append(row)
    edit(sheet)
    return saved(book)


def cells(found, row, column="total"):
    return found.tables[0].figure(row, column)


def test_places_come_from_the_format_of_a_cell(tmp_path):
    def edit(sheet):
        for row in (4, 5):
            for column in "CD":
                sheet[f"{column}{row}"].number_format = "#,##0.0"

    figure = cells(read(a_table(edit), tmp_path), "201")
    assert (figure.digits, figure.places, figure.place.sheet, figure.place.cell) == (125, 1, "收入", "C4")


def test_places_come_from_the_form_where_a_cell_has_none(tmp_path):
    figure = cells(read(a_table(lambda sheet: None), tmp_path), "201")
    assert (figure.digits, figure.places, figure.doubt) == (1250, 2, "")


def test_more_places_than_the_form_has_are_told(tmp_path):
    def edit(sheet):
        sheet["C4"] = sheet["C5"] = sheet["D4"] = sheet["D5"] = 12.3456

    found = read(a_table(edit), tmp_path)
    assert cells(found, "201").digits == 123456
    assert any("小数位" in d for d in found.tables[0].doubts)


def test_what_is_shown_is_read_and_what_is_stored_beyond_it_told(tmp_path):
    def edit(sheet):
        for cell in ("C4", "D4", "C5", "D5"):
            sheet[cell] = 12.345
            sheet[cell].number_format = "0.00"

    found = read(a_table(edit), tmp_path)
    assert cells(found, "201").digits == 1235
    assert any("比显示的多" in d for d in found.doubts)


def test_a_formula_without_a_result_is_told(tmp_path):
    def edit(sheet):
        sheet["C5"] = "=SUM(C4:C4)"

    found = read(a_table(edit), tmp_path)
    assert cells(found, "total").absence == "blank"
    assert any("公式" in d and "C5" in d for d in found.doubts)


def test_hidden_sheets_rows_and_columns_are_left_and_told(tmp_path):
    def edit(sheet):
        sheet.insert_rows(5)
        for column, value in enumerate(["202", "隐藏科目", 99, 99], start=1):
            sheet.cell(5, column).value = value
        sheet.row_dimensions[5].hidden = True
        other = sheet.parent.create_sheet("底稿")
        other["A1"] = "2024年部门支出总表"
        other.sheet_state = "hidden"

    found = read(a_table(edit), tmp_path)
    assert [r.key for r in found.tables[0].rows] == ["201", "total"]
    assert len(found.tables) == 1
    assert any("底稿" in d for d in found.doubts)
    assert any("隐藏的行或列" in d for d in found.doubts)


def test_a_text_instead_of_a_number_is_doubted(tmp_path):
    def edit(sheet):
        sheet["C4"] = "#REF!"

    assert "不是数字" in cells(read(a_table(edit), tmp_path), "201").doubt


def test_an_old_workbook_takes_its_places_from_the_form(tmp_path):
    rows = [
        ["2024年预算收入总表", "", "", ""],
        ["部门名称：青川县示例局", "", "", "单位：万元"],
        ["科目编码", "科目名称", "合计", "一般公共预算", *OTHERS],
        [201.0, "一般公共服务支出", 12.5, 12.5],
        ["合计", "", 12.5, 12.5],
    ]
    found = read(xls_bytes("收入", rows), tmp_path, "file.xls")
    assert (cells(found, "201").digits, cells(found, "201").places) == (1250, 2)


def repacked(content, edit):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, edit(part, old.read(part)))
    return out.getvalue()


def bomb(part, content):
    return b" " * (9 << 20) if part.endswith("styles.xml") else content


def far(part, content):
    return content.replace(b'r="A1"', b'r="XFC1"') if part.endswith("sheet1.xml") else content


def entities(part, content):
    if not part.endswith("sheet1.xml"):
        return content
    lol = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    head = b'<!DOCTYPE x [<!ENTITY l0 "lol"><!ENTITY e SYSTEM "file:///etc/hostname">' + lol + b"]>"
    body = content.partition(b"?>")[2] if content.startswith(b"<?xml") else content
    return head + body.replace(b"<sheetData>", b"<sheetData><row><c t='inlineStr'><is><t>&e;&l11;</t></is></c></row>")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (lambda good: good[: len(good) // 2], "损坏"),
        (lambda good: repacked(good, bomb), "过大"),
        (lambda good: repacked(good, far), "过宽"),
        (lambda good: repacked(good, lambda p, c: b"<a>" if p.endswith("sheet1.xml") else c), "损坏"),
        (lambda good: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (lambda good: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), r"\.doc"),
        (lambda good: xls_bytes("a", [["x"]])[:700], "损坏"),
        (lambda good: saved(openpyxl.Workbook()), "没有文字"),
    ],
    ids=["cut", "bomb", "far cell", "broken part", "locked", "old word", "cut xls", "empty"],
)
def test_a_bad_workbook_is_refused(content, message, tmp_path, monkeypatch):
    monkeypatch.setattr("mingzhang.readback.packed.MAX_UNPACKED", 8 << 20)
    with pytest.raises(UnreadableInput, match=message) as fault:
        read(content(a_table(lambda sheet: None)), tmp_path, "bad.xlsx")
    assert "bad.xlsx" in str(fault.value)


def test_entities_are_not_resolved(tmp_path):
    try:
        found = read(repacked(a_table(lambda sheet: None), entities), tmp_path)
    except UnreadableInput:
        return
    assert "lol" not in str(found)


def test_a_workbook_under_another_name_is_known_by_its_content(tmp_path):
    assert read(a_table(lambda sheet: None), tmp_path, "file.pdf").source.format == "xlsx"


def test_our_own_workbook_without_its_data_is_read_as_any_other(documents, tmp_path):
    book = printed_sheets(documents[BOOKS[0]])
    assert differing(documents[BOOKS[0]], read(saved(book), tmp_path)) == []


def beside(edit):
    """Give the small income table with a second one to its right, edited."""

    def both(sheet):
        sheet["K1"] = "2024年预算支出总表"
        sheet["K2"] = "单位：万元"
        for row, line in enumerate(
            (("科目编码", "科目名称", "合计"), ("201", "一般公共服务支出", 9.5), ("合计", None, 9.5)), start=3
        ):
            for column, value in enumerate(line, start=11):
                sheet.cell(row, column).value = value
        edit(sheet)

    return a_table(both)


def test_two_tables_beside_one_another_are_two(tmp_path):
    found = read(beside(lambda sheet: None), tmp_path)
    assert [t.id for t in found.tables] == ["income", "spending"]
    assert found.tables[1].figure("201", "total").digits == 950
    assert found.tables[1].figure("201", "total").place.cell == "M4"


def test_a_blank_column_inside_a_table_divides_nothing(tmp_path):
    whole = read(beside(lambda sheet: sheet.merge_cells("A1:M1")), tmp_path)
    assert [t.id for t in whole.tables] == ["income"]

    def untitled(sheet):
        sheet["K1"] = sheet["K2"] = None

    assert [t.id for t in read(beside(untitled), tmp_path).tables] == ["income"]


def test_a_hidden_column_divides_nothing(tmp_path):
    def edit(sheet):
        sheet.column_dimensions["J"].hidden = True

    assert [t.id for t in read(beside(edit), tmp_path).tables] == ["income"]
