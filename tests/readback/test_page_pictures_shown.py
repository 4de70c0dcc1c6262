"""Pictures shown beside a reading lie as they were read: scans too, and those that were scanned on their side."""

import io

import pytest
from PIL import Image

from mingzhang.readback import ocr
from mingzhang.readback.pictures import pictures_of

PAPER, INK = 255, 0


def scan(path, *turns):
    """Write a scan of wide pages, each with a dark upper left corner, turned as scanners do."""
    page = Image.new("L", (400, 200), PAPER)
    page.paste(INK, (0, 0, 100, 50))
    frames = [page.rotate(-turn, expand=True) for turn in turns]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    return path


def test_each_frame_of_a_scan_is_shown_as_it_was_read(tmp_path):
    found = pictures_of(scan(tmp_path / "a.tiff", 0, 90, 180), {2: 90, 3: 180})
    assert list(found) == [1, 2, 3]
    for picture in found.values():
        assert (picture.width, picture.height) == (84168, 42084)
        shown = Image.open(io.BytesIO(picture.content)).convert("L")
        assert shown.size == (400, 200)
        assert shown.getpixel((10, 10)) < 100 < shown.getpixel((390, 190))


def test_a_large_scan_is_shown_smaller_but_counts_as_large_a_page(tmp_path):
    path = tmp_path / "a.png"
    Image.new("L", (4800, 2400), PAPER).save(path)
    picture = pictures_of(path)[1]
    assert Image.open(io.BytesIO(picture.content)).size == (2400, 1200)
    assert (picture.width, picture.height) == (84168, 42084)


@pytest.mark.parametrize("turn", [90, 270])
def test_recognising_says_how_a_page_was_turned(monkeypatch, turn):
    pytest.importorskip("cv2")
    upright = (100, 10, 300, 30)

    def words(picture):
        if picture.size == (200, 400):
            return [((10, 100, 30, 300), "横排的一行字", 0.5)]  # tall: it stands on its side
        return [(upright, "横排的一行字", 0.99 if picture.getpixel((5, 5)) == INK else 0.4)]

    monkeypatch.setattr(ocr, "_words", words)
    page = Image.new("L", (400, 200), PAPER)
    page.paste(INK, (0, 0, 20, 20))
    found = ocr.ink_of(page.rotate(-turn, expand=True), 20000)
    assert found.turned == turn
    assert (found.ink.width, found.ink.height) == (40000, 20000)
