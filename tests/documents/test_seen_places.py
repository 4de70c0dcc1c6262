"""Places seen in reports: every line of a sentence, whole lines of print, and pictures in the inspection sheet."""

import io
import zipfile

import pikepdf
import pytest
from golden import disclosure_of
from msgspec.structs import replace
from PIL import Image

from mingzhang.documents.annotated import annotated
from mingzhang.documents.found_pictures import cut_out
from mingzhang.documents.found_places import Mark, Pages, Scene, Seen, scenes_of
from mingzhang.documents.report_inspection import inspection_notice, inspection_page
from mingzhang.documents.report_inspection_sheet import inspection_sheet
from mingzhang.documents.report_notice import report_notice
from mingzhang.documents.wrapped import Wrapped
from mingzhang.model.disclosure import Paragraph, Section
from mingzhang.model.finding import Finding, Spot
from mingzhang.model.page import Band, Picture
from mingzhang.model.place import Place
from mingzhang.rules.inspection import inspection_of

TEXT = "第一句话讲收入的情况。第二句话讲支出，写得比一行长。"
LINES = {
    (1, 1): "上一段。",
    (1, 2): "  第一句话讲收入的情况。第二",
    (1, 3): "句话讲支出，写得",
    (2, 1): "- 2 -",
    (2, 2): "比一行长。",
    (2, 3): "下一段。",
}
BOXES = {key: (1000, 1000 + 2000 * n, 9000, 2500 + 2000 * n) for n, key in enumerate(LINES)}
SIZES = {1: (60000, 80000), 2: (60000, 80000)}


def document():
    made = disclosure_of("[table spending] total\ntotal 合计: 1.00\n")
    paragraph = Paragraph(text=TEXT, place=Place(page=1, line=2))
    return replace(made, sections=(Section("narrative", heading="说明", paragraphs=(paragraph,)),))


def spot(sentence):
    return Spot(section="narrative", sentence=sentence, page=1, line=2)


@pytest.mark.parametrize(
    ("sentence", "lines"),
    [
        ("第一句话讲收入的情况", [(1, 2)]),
        ("第二句话讲支出，写得比一行长", [(1, 2), (1, 3), (2, 2)]),
        ("写得比一行长", [(1, 3), (2, 2)]),
        ("没有写的话", [(1, 2)]),
        ("", [(1, 2)]),
    ],
)
def test_sentence__has_all_its_lines(sentence, lines):
    assert list(Wrapped(document(), LINES).lines(spot(sentence))) == lines


def test_sentence__is_marked_on_every_page_on_which_it_stands():
    places = Pages(document(), BOXES, LINES).boxes(spot("第二句话讲支出，写得比一行长"))
    assert places == ((1, BOXES[1, 2]), (1, BOXES[1, 3]), (2, BOXES[2, 2]))
    assert Pages(document(), BOXES).boxes(spot("第二句话讲支出，写得比一行长")) == ((1, BOXES[1, 2]),)


def test_copy_of_a_pdf__has_one_highlight_over_all_lines_of_a_sentence():
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in SIZES:
            pdf.add_blank_page(page_size=(600, 800))
        pdf.save(out)
    content, count = annotated(out.getvalue(), found(spot("第二句话讲支出，写得比一行长")), document(), BOXES, LINES)
    assert count == 2
    with pikepdf.open(io.BytesIO(content)) as pdf:
        first, second = (p.Annots for p in pdf.pages)
        assert [len(n.QuadPoints) for n in first] == [16]
        assert [len(n.QuadPoints) for n in second] == [8]
        left, bottom, right, top = (int(x) for x in first[0].Rect)
        assert [left, 800 - top, right, 800 - bottom] == [10, 30, 90, 65]


def found(*spots):
    return (Finding("x", "E-001", "error", "violated", "甲", spots),)


def test_band__cuts_through_no_line():
    boxes = {(1, n): (1000, 1000 + 1700 * n, 9000, 2400 + 1700 * n) for n in range(1, 30)}
    for line in range(1, 30):
        scenes = scenes_of(found(Spot(table="spending", page=1, line=line)), document(), boxes, SIZES)
        band = scenes[1][0].band
        for box in boxes.values():
            assert not box[1] < band.top < box[3]
            assert not box[1] < band.bottom < box[3]


def test_first_scene__is_that_of_the_place_named_first():
    places = (Spot(table="spending", page=2, line=2), Spot(table="spending", page=1, line=1))
    assert scenes_of(found(*places), document(), BOXES, SIZES)[1][0].band.page == 2


def paper():
    seen = Image.new("L", (600, 100), 255)
    seen.paste(0, (100, 40, 300, 50))
    out = io.BytesIO()
    seen.save(out, "PNG")
    return Picture(out.getvalue(), 60000, 10000)


def test_cutting__is_framed_and_has_no_margins():
    mark = Mark(1, (10000, 24000, 30000, 25000), "error", 1)
    cutting = cut_out(Scene(Band(1, 20000, 30000), (mark,)), paper())
    with Image.open(io.BytesIO(cutting.picture.content)) as seen:
        assert 200 < seen.width < 240
        assert seen.height == 100
        reds = sum(r > 120 > 2 * g for r, g, _ in seen.convert("RGB").get_flattened_data())
    assert reds > 300
    assert cutting.picture.width == pytest.approx(100 * seen.width, abs=100)
    assert cut_out(Scene(Band(1, 20000, 30000), (mark,)), paper()) == cutting


@pytest.mark.parametrize("severity", ["error", "hint"])
def test_inspection_sheet__shows_places_of_what_is_wrong(severity):
    place = Spot(section="narrative", page=1, line=2)
    findings = (replace(found(place)[0], severity=severity),)
    scenes = scenes_of(findings, document(), BOXES, SIZES)
    seen = Seen(scenes, {s.band: paper() for own in scenes.values() for s in own})
    filled = inspection_of(findings, document())
    shown = severity == "error"
    for content, name in (
        (report_notice(findings, document(), (), seen), "word/media/"),
        (inspection_notice(filled, seen), "word/media/"),
        (inspection_sheet(filled, seen), "xl/media/"),
    ):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert any(n.startswith(name) for n in archive.namelist()) == shown
    assert ("mz-scene mz-" in inspection_page(filled, seen).partition("<body")[2]) == shown
    assert inspection_notice(filled, seen) == inspection_notice(filled, seen)
    assert inspection_sheet(filled, seen) == inspection_sheet(filled, seen)
