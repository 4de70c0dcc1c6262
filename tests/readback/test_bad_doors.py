"""Doors that are not there and files that say they are what they are not: one clear message each, whatever their names."""

import io
import struct
import zlib

import pytest
from pdf_pages import PAGE, TABLE, compiler
from PIL import Image

from mingzhang.model.fault import UnreadableInput
from mingzhang.readback import ocr
from mingzhang.readback.doors import read_file


def picture(form="PNG"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, form)
    return out.getvalue()


def scan():
    return picture("PDF")


def huge_picture():
    """Give a PNG of a few bytes that says it has a billion pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def read(content, tmp_path, name="file.pdf"):
    (tmp_path / name).write_bytes(content)
    return read_file(tmp_path / name)


@pytest.mark.parametrize("content", [picture, lambda: picture("JPEG"), scan], ids=["png", "jpeg", "scanned pdf"])
def test_without_recognition_the_message_says_what_to_install(content, tmp_path, monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda _name: None)
    with pytest.raises(UnreadableInput, match="没有文字") as fault:
        read(content(), tmp_path)
    assert "mingzhang[ocr]" in fault.value.hint


@pytest.mark.parametrize(
    ("content", "message"),
    [(huge_picture, "过大|损坏"), (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "损坏")],
    ids=["huge", "broken"],
)
def test_a_bad_picture_is_refused(content, message, tmp_path, monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda _name: object())
    with pytest.raises(UnreadableInput, match=message):
        read(content(), tmp_path, "file.png")


def test_a_pdf_with_text_needs_no_recognition(tmp_path, monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda _name: None)
    with pytest.raises(UnreadableInput, match="不是部门预算公开"):
        read(compiler().compile((PAGE + TABLE).encode(), format="pdf"), tmp_path)
