"""PDF files that cannot be read, or should not: each is refused with a message for people, in bounded time and memory."""

import io
import zlib

import pikepdf
import pytest
from pdf_pages import PAGE, TABLE, compiler, rows

from mingzhang.model.fault import UnreadableInput
from mingzhang.readback import limits
from mingzhang.readback.doors import read_file
from mingzhang.readback.pdf import read_pages


def good():
    return compiler().compile((PAGE + TABLE).encode(), format="pdf")


def saved(pdf, **how):
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def with_pages(count):
    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(200, 200))
    return saved(pdf)


def drawing(instructions):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    stream = pikepdf.Stream(pdf, zlib.compress(instructions, 9))
    stream.stream_dict.Filter = pikepdf.Name.FlateDecode
    pdf.pages[0].Contents = pdf.make_indirect(stream)
    return saved(pdf, compress_streams=False)


def locked():
    with pikepdf.open(io.BytesIO(good())) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="a", user="b"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (locked, "密码"),
        (lambda: good()[:200], "已损坏"),
        (lambda: b"%PDF-1.7\nnothing else", "已损坏"),
        (lambda: with_pages(0), "没有页面"),
        (lambda: with_pages(1), "没有文字"),
        (lambda: with_pages(limits.MAX_PDF_PAGES + 1), "页"),
        (lambda: drawing(b"q " * (limits.MAX_PDF_DRAWN // 2 + 1)), "过大"),
    ],
    ids=["locked", "cut", "empty", "no pages", "blank", "many pages", "unpacks"],
)
def test_a_bad_file_is_refused(content, message, tmp_path):
    path = tmp_path / "bad.pdf"
    path.write_bytes(content())
    with pytest.raises(UnreadableInput, match=message) as fault:
        read_file(path)
    assert "bad.pdf" in str(fault.value)


def test_a_page_with_too_much_on_it_is_refused(monkeypatch):
    monkeypatch.setattr("mingzhang.readback.pdf_drawing.MAX_PAGE_OBJECTS", 1000)
    with pytest.raises(UnreadableInput, match=r"第1页.*过多"):
        read_pages(drawing(b"0 0 m 9 9 l S\n" * 1001), "bad.pdf")


@pytest.mark.parametrize("part", [0.5, 0.8, 0.95])
def test_a_file_cut_off_is_refused_or_doubted(part):
    content = good()
    try:
        found = read_pages(content[: int(len(content) * part)], "cut.pdf")
    except UnreadableInput:
        return
    assert any("没有结尾" in d for d in found.doubts)


def test_a_file_under_another_name_is_known_by_its_content(tmp_path):
    (tmp_path / "a.txt").write_bytes(good())
    with pytest.raises(UnreadableInput, match="不是部门预算公开"):
        read_file(tmp_path / "a.txt")
    (tmp_path / "b.pdf").write_text("不是部门预算\n只是文字\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="不是部门预算公开"):
        read_file(tmp_path / "b.pdf")


def test_scripts_are_told_and_not_run_and_attachments_left():
    with pikepdf.open(io.BytesIO(good())) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        names = pikepdf.Array([pikepdf.String("a"), pdf.make_indirect(script)])
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))
        pdf.Root.OpenAction = script
        pdf.attachments["x.bin"] = b"\0" * 100
        found = read_pages(saved(pdf), "script.pdf")
    assert len(rows(found)) == 3
    assert any("脚本" in d for d in found.doubts)


def test_a_large_font_or_attachment_is_no_attack():
    with pikepdf.open(io.BytesIO(good())) as pdf:
        pdf.attachments["x.bin"] = b"\0" * (limits.MAX_PDF_DRAWN + 1)
        assert len(rows(read_pages(saved(pdf), "large.pdf"))) == 3
