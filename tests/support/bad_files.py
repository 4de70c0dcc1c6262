"""Files that cannot be used, or that try to do harm, as they come in from outside: by what is wrong with them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import openpyxl
import pikepdf
from ofd_files import packed, simple
from pdf_pages import PAGE, TABLE, compiler

if TYPE_CHECKING:
    from collections.abc import Callable

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def pdf(pages: int = 1) -> bytes:
    """Give a small PDF, its page again and again."""
    content = compiler().compile((PAGE + TABLE).encode(), format="pdf")
    if pages == 1:
        return content
    return _saved(content, lambda file: file.pages.extend([file.pages[0]] * (pages - 1)))


def _saved(content: bytes, edit: Callable[[pikepdf.Pdf], object], **how: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as file:
        edit(file)
        file.save(out, **how)
    return out.getvalue()


def locked_pdf() -> bytes:
    return _saved(pdf(), lambda _file: None, encryption=pikepdf.Encryption(owner="a", user="b"))


def pageless_pdf() -> bytes:
    def emptied(file: pikepdf.Pdf) -> None:
        del file.pages[:]

    return _saved(pdf(), emptied)


def packed_pdf() -> bytes:
    """A page whose drawing unpacks to ten megabytes of strokes."""

    def bomb(file: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(file, b"")
        stream.write(zlib.compress(b"0 0 m 1 1 l S " * 800_000, 9), filter=pikepdf.Name.FlateDecode)
        file.pages[0].Contents = stream

    return _saved(pdf(), bomb, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["科目编码", "科目名称", "合计"])
    book.active.append(["201", "一般公共服务支出", 12.5])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word(body: str, *, before: str = "") -> bytes:
    return packed(
        {
            "[Content_Types].xml": _TYPES,
            "word/document.xml": f'{before}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        }
    )


def replaced(content: bytes, part: str, text: bytes) -> bytes:
    """Put another text in place of one part of a packed file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, text)
    return out.getvalue()


def locked_office() -> bytes:
    """The beginning of the compound file in which Office keeps what a password locks."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


def locked_zip() -> bytes:
    content = bytearray(packed({"a.txt": "x"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", content, content.index(mark) + at, 1)
    return bytes(content)


TOO_MUCH = 16 * 1024 * 1024
"""What a bomb here unpacks to; tests lower the limits below it, for the true ones take seconds to reach."""

_BOMB = b" " * TOO_MUCH
_FETCHING = '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/secret"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY l0 'lol'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
)

BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "locked pdf": ("a.pdf", locked_pdf),
    "cut pdf": ("a.pdf", lambda: pdf()[:900]),
    "pdf without pages": ("a.pdf", pageless_pdf),
    "pdf of 5,000 pages": ("a.pdf", lambda: pdf(5_000)),
    "pdf that unpacks to much": ("a.pdf", packed_pdf),
    "locked workbook": ("a.xlsx", locked_office),
    "cut workbook": ("a.xlsx", lambda: workbook()[:700]),
    "workbook that unpacks to much": ("a.xlsx", lambda: replaced(workbook(), "xl/sharedStrings.xml", _BOMB)),
    "workbook with entities": (
        "a.xlsx",
        lambda: replaced(workbook(), "xl/workbook.xml", (_LAUGHS + "<workbook>&l11;</workbook>").encode()),
    ),
    "word that unpacks to much": ("a.docx", lambda: replaced(word(""), "word/document.xml", _BOMB)),
    "word that fetches": ("a.docx", lambda: word("<w:p><w:r><w:t>&e;&f;</w:t></w:r></w:p>", before=_FETCHING)),
    "word that multiplies": ("a.docx", lambda: word("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>", before=_LAUGHS)),
    "locked archive": ("a.zip", locked_zip),
    "archive that unpacks to much": ("a.zip", lambda: replaced(packed({}), "a.txt", _BOMB)),
    "cut archive": ("a.zip", lambda: replaced(packed({}), "a.pdf", pdf())[:400]),
    "ofd that unpacks to much": ("a.ofd", lambda: replaced(simple(""), "Doc_0/PublicRes.xml", _BOMB)),
    "ofd without text": ("a.ofd", lambda: simple("")),
    "web page that fetches": (
        "a.html",
        lambda: b'<html><body><iframe src="http://127.0.0.1:9/"></iframe></body></html>',
    ),
    "picture called pdf": ("a.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50)),
    "program called workbook": ("a.xlsx", lambda: b"MZ" + bytes(range(256)) * 8),
    "json called pdf": ("a.pdf", lambda: b'{"nothing": 1}'),
    "nothing": ("a.pdf", lambda: b""),
}
"""By what is wrong: the name it comes under, and the file."""
