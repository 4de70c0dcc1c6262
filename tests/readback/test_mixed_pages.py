"""PDF files of which some pages are pictures: every page of text is read, and no picture is passed over in silence."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pdf_pages import GRID, PAGE, TABLE, compiler, rows
from scans import Scanner, scanned, scanned_pdf

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.place import Place
from mingzhang.readback import ocr
from mingzhang.readback.ink_pages import InkPages
from mingzhang.readback.pdf import read_pages
from mingzhang.readback.pdf_ink import Glyph, Ink


@pytest.fixture(scope="module")
def printed():
    return compiler().compile((PAGE + "部门收支情况说明\n\n" + TABLE).encode(), format="pdf")


@pytest.fixture(scope="module")
def scan(printed):
    return scanned_pdf(printed, Scanner(150))


@pytest.fixture
def without(monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda _name: None)


@pytest.fixture
def recognised(monkeypatch):
    """Recognise one and the same on every picture: a list of words, each with its box in hundredths and how sure it is."""

    def given(words):
        def ink_of(_picture, width):
            glyphs = [
                Glyph(c, (box[0] + 500 * n, box[1], box[0] + 500 * (n + 1), box[3]), box[3], 1000, source=at)
                for at, (text, box, _sure) in enumerate(words)
                for n, c in enumerate(text)
            ]
            unsure = tuple((text, box) for text, box, sure in words if not sure)
            return ocr.Recognised(Ink(width, 30_000, glyphs, [], [], []), unsure)

        monkeypatch.setattr(ocr, "find_spec", lambda _name: object())
        monkeypatch.setattr(ocr, "ink_of", ink_of)

    return given


def joined(*files):
    out = pikepdf.new()
    for content in files:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            out.pages.extend(pdf.pages)
    stream = io.BytesIO()
    out.save(stream)
    return stream.getvalue()


def overlaid(under, over, *, unseen=False):
    """Lay one page's drawing over another's; `unseen` as scanners lay the text that they recognised."""
    with pikepdf.open(io.BytesIO(under)) as pdf, pikepdf.open(io.BytesIO(over)) as other:
        if unseen:
            drawn = other.pages[0].Contents
            drawn.write(drawn.read_bytes().replace(b"0 Tr", b"").replace(b"BT", b"BT 3 Tr"))
        pdf.pages[0].add_overlay(other.pages[0])
        stream = io.BytesIO()
        pdf.save(stream)
        return stream.getvalue()


def test_pages_that_are_pictures_are_named_and_the_others_read(printed, scan, without):
    found = read_pages(joined(printed, scan, printed, scan), "mixed.pdf")
    assert [bool(p.lines) for p in found.pages] == [True, False, True, False]
    assert rows(found)[1:4] == GRID
    told = [d for d in found.doubts if "只有图片" in d]
    assert len(told) == 1
    assert "2、4" in told[0]
    assert "mingzhang[ocr]" in told[0]


def test_pages_that_are_pictures_are_recognised(printed, scan, recognised):
    recognised([("教育支出", (3000, 3000, 5000, 4000), True), ("12.00", (9000, 3000, 12_000, 4000), False)])
    found = read_pages(joined(printed, scan), "mixed.pdf")
    assert rows(found)[4:] == [["教育支出", "12.00"]]
    assert found.recognised == {Place(page=2)}
    assert found.unsure == {Place(page=2, box=(9000, 3000, 12_000, 4000))}
    assert any("由文字识别读入" in d for d in found.doubts)
    assert any("没有把握" in d and "12.00" in d for d in found.doubts)


def test_a_page_beyond_the_limit_is_named(printed, scan, recognised, monkeypatch):
    monkeypatch.setattr("mingzhang.readback.page_pictures.MAX_OCR_PAGES", 1)
    recognised([("教育支出", (3000, 3000, 5000, 4000), True)])
    found = read_pages(joined(printed, scan, scan), "mixed.pdf")
    assert [bool(p.lines) for p in found.pages] == [True, True, False]
    assert any("第 3 页" in d and "没有读入" in d for d in found.doubts)


def test_unseen_text_under_a_scan_is_read_where_nothing_better_can_be_had(printed, scan, without):
    found = read_pages(joined(overlaid(scan, printed, unseen=True)), "scan.pdf")
    assert ["教育支出", "1,234.56", ""] in rows(found)
    assert any("自带的文字" in d for d in found.doubts)


def half_page(scan):
    """A page of text whose lower half is a picture."""
    with pikepdf.open(io.BytesIO(scan)) as pdf:
        box = pdf.pages[0].mediabox
        pdf.pages[0].contents_add(b"q 1 0 0 0.45 0 0 cm", prepend=True)
        pdf.pages[0].contents_add(b"Q")
        stream = io.BytesIO()
        assert box
        pdf.save(stream)
    text = compiler().compile((PAGE + "部门收支情况说明如下。").encode(), format="pdf")
    return overlaid(stream.getvalue(), text)


def test_a_large_picture_beside_text_is_told(scan, without):
    found = read_pages(half_page(scan), "half.pdf")
    assert rows(found) == [["部门收支情况说明如下。"]]
    assert any("第 1 页" in d and "图上的文字没有读入" in d for d in found.doubts)


def test_a_table_on_a_picture_beside_text_is_read_and_a_chart_is_not(scan, recognised):
    table = [
        (text, (3000 + 9000 * c, 20_000 + 1500 * r, 3000 + 9000 * c + 500 * len(text), 21_000 + 1500 * r), True)
        for r, row in enumerate([["教育", "1.00", "2.00"], ["科技", "3.00", "4.00"], ["合计", "4.00", "6.00"]])
        for c, text in enumerate(row)
    ]
    recognised(table)
    found = read_pages(half_page(scan), "half.pdf")
    assert rows(found) == [
        ["部门收支情况说明如下。"],
        ["教育", "1.00", "2.00"],
        ["科技", "3.00", "4.00"],
        ["合计", "4.00", "6.00"],
    ]
    recognised([t for t in table if "." not in t[0]])
    found = read_pages(half_page(scan), "half.pdf")
    assert rows(found) == [["部门收支情况说明如下。"]]
    assert not found.recognised


def test_a_file_of_pictures_alone_in_which_nothing_is_recognised_is_refused(scan, recognised):
    recognised([])
    with pytest.raises(UnreadableInput, match="没有认出文字"):
        read_pages(scan, "scan.pdf")


def test_small_pictures_are_no_matter(printed, scan, without):
    with pikepdf.open(io.BytesIO(scan)) as pdf:
        pdf.pages[0].contents_add(b"q 0.2 0 0 0.2 0 0 cm", prepend=True)
        pdf.pages[0].contents_add(b"Q")
        stream = io.BytesIO()
        pdf.save(stream)
    found = read_pages(overlaid(stream.getvalue(), printed), "logo.pdf")
    assert rows(found)[1:] == GRID
    assert not any("图片" in d for d in found.doubts)


@pytest.mark.skipif(not ocr.is_installed(), reason="mingzhang[ocr] is not installed")
def test_a_scan_that_stands_on_its_head_is_recognised(printed):
    picture = scanned(printed, Scanner(150, turn=180))[0]
    pages = InkPages()
    pages.add(ocr.ink_of(picture, 40_000).ink)
    assert rows(pages.printed())[-3:] == GRID
