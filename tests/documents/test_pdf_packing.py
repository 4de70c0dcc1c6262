"""The objects of a PDF put together tightly: what the file says stays, whatever program wrote it."""

import io

import pikepdf
import pytest
from disclosures import small_disclosure
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.documents import pdf_packing
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.documents.pdf_packing import PdfObjects, text


def made(pages: int, *, together: bool, compressed: bool = False) -> bytes:
    """Write a PDF of empty pages with metadata, its objects together in streams or each by itself."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for n in range(pages):
            pdf.add_blank_page()
            pdf.pages[-1].Contents = pdf.make_stream(b"%% endobj endstream stream\n%d" % n)
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = "试"
        mode = pikepdf.ObjectStreamMode.generate if together else pikepdf.ObjectStreamMode.disable
        pdf.docinfo["/Title"] = "试"
        pdf.save(out, object_stream_mode=mode, compress_streams=compressed)
    return out.getvalue()


def contents(pdf: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [page.Contents.read_bytes() for page in opened.pages]


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("pages", [1, 3, 250])
def test_file_of_any_build_says_the_same_when_packed(pages, together, compressed):
    before = made(pages, together=together, compressed=compressed)
    after = PdfObjects(before).packed()

    assert contents(after) == contents(before)
    with pikepdf.open(io.BytesIO(after)) as pdf:
        assert pdf.docinfo["/Title"] == "试"
        assert not pdf.check_pdf_syntax()


def test_packing_again_changes_nothing_that_is_said():
    once = PdfObjects(made(5, together=False)).packed()

    assert contents(PdfObjects(once).packed()) == contents(once)


def test_added_and_extended_objects_are_found():
    pdf = PdfObjects(made(2, together=False))
    first = pdf.add_stream(b"/Kind/One", b"a" * 999)
    second = pdf.add(b"<</Kind/Two/Of %s>>" % first)
    pdf.extend(pdf.catalog, b"/Mine %s" % second)

    with pikepdf.open(io.BytesIO(pdf.packed())) as opened:
        assert opened.Root.Mine.Kind == "/Two"
        assert opened.Root.Mine.Of.read_bytes() == b"a" * 999
    assert pdf.named(b"Mine") == int(second.split()[0])
    assert pdf.named(b"Nobody") is None


def test_words_replaced_once_and_the_length_follows():
    pdf = PdfObjects(made(1, together=False))
    metadata = pdf.named(b"Metadata")
    pdf.replace_text(metadata, b"</rdf:Description>", b"<!-- one -->\n</rdf:Description>")

    with pikepdf.open(io.BytesIO(pdf.packed())) as opened:
        found = opened.Root.Metadata.read_raw_bytes()
    assert found.count(b"<!-- one -->") == 1
    with pytest.raises(AssertionError):
        pdf.replace_text(metadata, b"no such words", b"")


@settings(max_examples=30)
@given(words=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_are_a_string_of_a_pdf(words):
    pdf = PdfObjects(made(1, together=False))
    pdf.extend(pdf.catalog, b"/Words%s" % text(words))

    with pikepdf.open(io.BytesIO(pdf.packed())) as opened:
        assert str(opened.Root.Words) == words


def test_typeset_files_need_no_other_writing(monkeypatch):
    monkeypatch.setattr(pdf_packing, "_plain", lambda _content: pytest.fail("written twice"))

    assert pdf_bytes(small_disclosure()).startswith(b"%PDF-1.7")
    assert pdf_bytes(small_disclosure(), draft=True).startswith(b"%PDF-1.7")
