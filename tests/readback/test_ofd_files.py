"""OFD files in the manners of the programs that write them: read as exactly as the PDF they were drawn from."""

from __future__ import annotations

import csv
import io

import pytest
from ofd_files import MANNERS, ofd_of, packed, simple
from pdf_layouts import tables_pdf
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.exports import cells_csv
from mingzhang.model.fault import UnreadableInput
from mingzhang.readback import ocr
from mingzhang.readback.doors import read_opened
from mingzhang.readback.limits import MAX_PAGE_OBJECTS
from mingzhang.readback.ofd_strokes import outlines, steps
from mingzhang.readback.opening import opened_content

CASES = (("ruled", "shanxi-2024"), ("unruled", "shanghai-2025"))


def opened(content):
    return opened_content(content, "file.ofd")


def texts(content):
    return [line.text for page in opened(content).pages for line in page.lines]


def text_object(text, *, x=20, y=20, size=4, more="", inner="", deltas=""):
    return (
        f'<ofd:TextObject ID="3" Boundary="{x} {y} 100 6" Font="1" Size="{size}" {more}>{inner}'
        f'<ofd:TextCode X="0" Y="{size}" {deltas}>{text}</ofd:TextCode></ofd:TextObject>'
    )


@pytest.fixture(scope="module")
def printed():
    out = {}
    for layout, pack in CASES:
        document = compile_book(sound_book(5, pack)).disclosure
        out[layout] = document, tables_pdf(document, layout, 5)
    return out


def cells(disclosure):
    rows = csv.DictReader(io.StringIO(cells_csv(disclosure)))
    return {(r["table"], r["row"], r["column"]): r["value"] for r in rows}


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("layout", [layout for layout, _pack in CASES])
def test_every_figure_is_read(layout, manner, printed):
    document, content = printed[layout]
    found = opened(ofd_of(content, manner))
    assert found.source.format == "ofd"
    assert cells(read_opened(found)) == cells(document)


def test_cells_have_their_page_and_box(printed):
    _document, content = printed["ruled"]
    pages = opened(ofd_of(content)).pages
    boxes = [c.place.box for c in pages[1].lines[3].cells if c.text]
    assert boxes
    assert all(b is not None and b[0] < b[2] and b[1] < b[3] for b in boxes)


def test_a_watermark_is_set_aside(printed):
    _document, content = printed["ruled"]
    found = opened(ofd_of(content, "templates"))
    assert [(m.kind, m.text) for m in found.marks if m.text == "内部传阅"] == [("watermark", "内部传阅")]
    assert not any("内部传阅" in line.text for page in found.pages for line in page.lines)


def test_words_in_annotations_are_told():
    parts = {
        "Doc_0/Annots/Annotations.xml": '<A><Page PageID="1"><FileLoc>a.xml</FileLoc></Page></A>',
        "Doc_0/Annots/a.xml": '<P><Annot Type="Stamp"><Appearance><TextObject><TextCode>已核</TextCode></TextObject></Appearance></Annot></P>',
    }
    import zipfile  # noqa: PLC0415

    content = io.BytesIO(simple(text_object("收入")))
    with zipfile.ZipFile(content, "a") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert any("1 处批注" in d for d in opened(content.getvalue()).doubts)


def test_texts_are_turned_and_stretched_by_their_matrix():
    lines = texts(simple(text_object("部门收入", size=1, more='CTM="4 0 0 4 0 0"', deltas='DeltaX="g 3 1"')))
    assert lines == ["部门收入"]
    sideways = text_object("部门收入总表", more='CTM="0 1 -1 0 50 0"', deltas='DeltaX="g 5 4"')
    assert texts(simple(sideways)) == ["部门收入总表"]


@pytest.mark.parametrize(
    "more",
    ['Visible="false"', 'Alpha="0"', 'Fill="false"'],
)
def test_what_nobody_sees_is_not_text(more):
    seen = text_object("支出")
    found = opened(simple(seen + text_object("收入收入收入", y=60, more=more)))
    assert [line.text for page in found.pages for line in page.lines] == ["支出"]
    assert any("看不见的字符" in d for d in found.doubts)


def test_what_is_clipped_away_is_not_text():
    clip = '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 9 6"/></ofd:Area></ofd:Clip></ofd:Clips>'
    found = opened(simple(text_object("支出收入收入", inner=clip, deltas='DeltaX="g 5 4"')))
    assert [line.text for page in found.pages for line in page.lines] == ["支出"]


def test_groups_that_hold_themselves_end():
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content>'
        + '<ofd:CompositeObject ID="1" ResourceID="9" Boundary="0 0 9 9"/>' * 9
        + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    page = '<ofd:CompositeObject ID="1" ResourceID="9" Boundary="0 0 9 9"/>' + text_object("收入")
    with pytest.raises(UnreadableInput, match="这一页内容过多"):
        opened(simple(page, resources=unit))


def test_a_page_of_pictures_is_named_where_it_cannot_be_recognised(monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda _name: None)
    picture = '<ofd:ImageObject ID="4" ResourceID="8" Boundary="5 5 200 280"/>'
    with pytest.raises(UnreadableInput, match="没有文字") as fault:
        opened(simple(picture))
    assert "mingzhang[ocr]" in fault.value.hint


def test_entities_are_not_resolved(tmp_path):
    (tmp_path / "secret.txt").write_text("机密")
    page = simple(text_object("收入&x;"))
    evil = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(page)) as archive:
        parts = {n: archive.read(n).decode() for n in archive.namelist()}
    name = "Doc_0/Pages/Page_0/Content.xml"
    parts[name] = parts[name].replace("<ofd:Page ", f"{evil}<ofd:Page ", 1)
    assert "机密" not in "".join(texts(packed(parts)))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"OFD.xml": "<OFD"}, "已损坏"),
        ({"OFD.xml": "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"}, "已损坏"),
        ({"OFD.xml": "<OFD/>"}, "没有文字"),
        ({"OFD.xml": "<OFD/>", "Encryptions.xml": "<E/>"}, "加了密码"),
    ],
    ids=["broken", "part missing", "no pages", "locked"],
)
def test_a_bad_file_is_refused(parts, message):
    with pytest.raises(UnreadableInput, match=message):
        opened(packed(parts))


def test_too_many_pages_are_refused(monkeypatch):
    monkeypatch.setattr("mingzhang.readback.ofd_parts.MAX_PDF_PAGES", 0)
    with pytest.raises(UnreadableInput, match="页数过多"):
        opened(simple(text_object("收入")))


def test_steps_are_at_most_as_many_as_characters():
    assert steps("g 3 2.5 1", 9) == [2.5, 2.5, 2.5, 1]
    assert steps("g 1000000000 2.5", 4) == [2.5] * 4
    assert steps("1 x 3", 3) == [1, 0, 3]


def test_outlines_of_broken_paths_end():
    assert outlines("M 0 0 L 5 0 C") == [([(0, 0), (5, 0), (0, 0)], True)]
    assert outlines("M 0 0 B 1 1 2 2 3 3") == [([(0, 0), (1, 1), (2, 2), (3, 3)], False)]
    assert outlines("L") == []
    assert len(outlines("M 0 0 " + "L 1 1 " * (MAX_PAGE_OBJECTS + 5))[0][0]) <= MAX_PAGE_OBJECTS + 1
