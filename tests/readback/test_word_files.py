"""The door for Word files: our own reads back equal, edits are named, others are grids of cells whatever wraps them."""

import io
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace
from readings import differing, doubts
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.docx import docx_bytes, write_docx
from mingzhang.intake.books import read_book
from mingzhang.model.fault import UnreadableInput
from mingzhang.readback.doors import read_file
from mingzhang.readback.word import read_pages
from mingzhang.readback.word_edits import Edit, edits_of

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_reads_back_equal(path, tmp_path):
    document = compile_book(read_book(path)).disclosure
    write_docx(document, tmp_path / "file.docx", draft=True)
    read = read_file(tmp_path / "file.docx")
    assert differing(document, read) == []
    assert doubts(read) == []
    assert (read.source.format, read.unit_name, read.year) == ("docx", document.unit_name, document.year)


@pytest.mark.parametrize("pack", [p.id for p in packs_of_books()])
@pytest.mark.parametrize("seed", range(3))
def test_a_random_document_reads_back_equal(pack, seed, tmp_path):
    document = compile_book(sound_book(seed, pack)).disclosure
    write_docx(document, tmp_path / "file.docx")
    assert differing(document, read_file(tmp_path / "file.docx")) == []


def word_file(body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


def rows(body):
    (page,) = read_pages(word_file(body), "file.docx")
    return [[c.text for c in line.cells] for line in page.lines]


def p(text, *, inside="w:r"):
    return f"<w:p><{inside}><w:t>{text}</w:t></{inside}></w:p>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def test_merged_cells_leave_their_other_places_empty():
    down, on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    table = (
        f"<w:tbl><w:tr>{cell('科目', down)}{cell('预算数', wide)}</w:tr>"
        f"<w:tr>{cell('', on)}{cell('合计')}{cell('基本支出')}</w:tr><w:tr>{cell('教育支出')}{cell('1.00')}{cell('')}</w:tr></w:tbl>"
    )
    (page,) = read_pages(word_file(table), "file.docx")
    assert [[c.text for c in line.cells] for line in page.lines] == [
        ["科目", "预算数", ""],
        ["", "合计", "基本支出"],
        ["教育支出", "1.00", ""],
    ]
    assert (page.lines[0].cells[0].rows, page.lines[0].cells[1].columns) == (2, 2)


def test_tracked_changes_are_read_as_accepted():
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = f"<w:p>{run.format('预算')}<w:del><w:r><w:delText>1.00</w:delText></w:r></w:del><w:ins>{run.format('2.00')}</w:ins></w:p>"
    assert rows(body) == [["预算2.00"]]


def test_content_controls_fields_and_text_boxes_are_walked_through():
    body = (
        f"<w:sdt><w:sdtContent>{p('一、收入')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>单位：</w:t><w:tab/><w:t>万元</w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>框外</w:t><w:txbxContent>{p('框内')}</w:txbxContent></w:r></w:p>"
    )
    assert rows(body)[:2] == [["一、收入"], ["单位：", "万元"]]
    assert ["框内"] in rows(body)


def test_a_table_of_one_cell_only_lays_out():
    assert rows(f"<w:tbl><w:tr>{cell('说明')}</w:tr></w:tbl>") == [["说明"]]


def test_an_edit_is_found_and_named(tmp_path):
    document = compile_book(sound_book(3, "shanxi-2023")).disclosure
    path = tmp_path / "file.docx"
    write_docx(document, path)
    assert edits_of(path) == ()
    total = document.table("summary").figure("in:total", "amount").printed
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    text = parts["word/document.xml"].decode()
    at = text.index(f'preserve">{total}</w:t>')
    parts["word/document.xml"] = (text[:at] + text[at:].replace(total, "1.23", 1)).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    (edit,) = edits_of(path)
    assert edit == Edit(edit.key, total, "1.23")
    assert edit.key.startswith("summary[")
    assert [d[:2] for d in differing(document, read_file(path))] == ["- ", "+ "]


@pytest.mark.parametrize("damage", ["cut", "no body", "entity", "not xml"])
def test_a_bad_file_is_refused(damage, tmp_path):
    good = docx_bytes(compile_book(sound_book(3, "shanxi-2023")).disclosure)
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {W}><w:body><w:p>&e;</w:p></w:body></w:document>'
    bad = {"cut": good[: len(good) // 2], "no body": word_file(""), "not xml": word_file("<w:p>"), "entity": b""}[
        damage
    ]
    if damage == "entity":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("word/document.xml", entity)
        bad = out.getvalue()
    path = tmp_path / "file.docx"
    path.write_bytes(bad)
    with pytest.raises(UnreadableInput):
        read_file(path)


def test_the_same_document_gives_the_same_bytes():
    document = compile_book(sound_book(3, "shanxi-2023")).disclosure
    assert docx_bytes(document) == docx_bytes(document)
    assert docx_bytes(replace(document, year=2022)) != docx_bytes(document)
