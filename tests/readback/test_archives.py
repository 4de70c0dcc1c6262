"""One disclosure in several files: text and tables apart, in an archive or a folder, however it was packed."""

import io
import zipfile
from pathlib import Path

import pytest
from foreign_workbooks import printed_sheets, saved
from msgspec.structs import replace
from readings import differing, doubts

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.docx import docx_bytes
from mingzhang.intake.books import read_book
from mingzhang.model.codec import encode
from mingzhang.model.fault import UnreadableInput
from mingzhang.readback.doors import read_file
from mingzhang.readback.opening import opened

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module", params=["hospital-2023.json", "green-space-2025.json"])
def document(request):
    return compile_book(read_book(EXAMPLES / request.param)).disclosure


@pytest.fixture(scope="module")
def parts(document):
    """Give the text as a Word file and the tables as a workbook."""
    return {
        "1 说明.docx": docx_bytes(replace(document, tables=())),
        "2 附表.xlsx": saved(printed_sheets(document, tables_only=True)),
    }


def zipped(files, encoding="utf-8"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for filler, (name, content) in zip("wxyz" * 100, files.items(), strict=False):
            info = zipfile.ZipInfo(filler * len(name.encode(encoding)) if encoding != "utf-8" else name)
            archive.writestr(info, content)
    content = out.getvalue()
    for filler, name in zip("wxyz", files if encoding != "utf-8" else (), strict=False):
        raw = name.encode(encoding)
        content = content.replace(filler.encode() * len(raw), raw)
    return content


def written(tmp_path, content, name="file.zip"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_text_and_tables_apart_read_as_one(document, parts, tmp_path):
    found = read_file(written(tmp_path, zipped(parts)))
    assert differing(document, found) == []
    assert doubts(found) == []
    assert (found.pack.id, found.source.format, found.unit_name) == (document.pack.id, "zip", document.unit_name)
    assert {t.place.file for t in found.tables} == {"2 附表.xlsx"}


def test_a_folder_reads_as_its_archive(document, parts, tmp_path):
    folder = tmp_path / "公开"
    (folder / "附件").mkdir(parents=True)
    (folder / "a.docx").write_bytes(parts["1 说明.docx"])
    (folder / "附件" / "b.xlsx").write_bytes(parts["2 附表.xlsx"])
    assert differing(document, read_file(folder)) == []


def test_every_line_is_found_again_by_page_and_line(parts, tmp_path):
    path = written(tmp_path, zipped(parts))
    lines = opened(path).lines
    for table in read_file(path).tables:
        for row in (r for r in table.rows if r.place):
            assert row.label in lines[row.place.page, row.place.line].replace(" ", "")


def test_names_in_gbk_are_read(parts, tmp_path):
    short = {"说明书.docx": parts["1 说明.docx"], "附表一号.xlsx": parts["2 附表.xlsx"]}
    found = read_file(written(tmp_path, zipped(short, "gb18030")))
    assert {t.place.file for t in found.tables} == {"附表一号.xlsx"}


def test_an_archive_in_an_archive_is_opened(document, parts, tmp_path):
    inner = {"附件.zip": zipped({"附表.xlsx": parts["2 附表.xlsx"]}), "正文.docx": parts["1 说明.docx"]}
    assert differing(document, read_file(written(tmp_path, zipped(inner)))) == []


def test_what_lies_too_deep_is_named(parts, tmp_path):
    content = zipped({"附表.xlsx": parts["2 附表.xlsx"]})
    for n in range(4):
        content = zipped({f"{n}.zip": content, "正文.docx": parts["1 说明.docx"]})
    assert any("过深" in d for d in read_file(written(tmp_path, content)).doubts)


def test_the_same_document_twice_is_read_once(document, parts, tmp_path):
    whole = docx_bytes(document)
    found = read_file(written(tmp_path, zipped({"a.docx": whole, "b.xlsx": parts["2 附表.xlsx"], "c.docx": whole})))
    assert differing(document, found) == []
    assert sum("没有再读" in d for d in found.doubts) == 2


def test_our_own_data_is_preferred(document, parts, tmp_path):
    found = read_file(written(tmp_path, zipped({**parts, "数据.json": encode(document)})))
    assert found.tables == document.tables
    assert any("数据.json" in d for d in found.doubts)


def test_a_file_that_cannot_be_read_is_named(document, parts, tmp_path):
    found = read_file(written(tmp_path, zipped({**parts, "照片.jpg": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9})))
    assert differing(document, found) == []
    assert any("照片.jpg" in d for d in found.doubts)


def test_documents_of_several_units_are_refused(tmp_path):
    books = {
        f"{n}.xlsx": saved(printed_sheets(compile_book(read_book(EXAMPLES / n)).disclosure, tables_only=True))
        for n in ("hospital-2023.json", "school-2024.json")
    }
    with pytest.raises(UnreadableInput, match="几个单位") as fault:
        read_file(written(tmp_path, zipped(books)))
    assert "逐份" in fault.value.hint


def bomb():
    return zipped({f"{n}.txt": b" " * (3 << 20) for n in range(4)})


def lying():
    """Give an archive whose header says that its file is small."""
    content = bytearray(zipped({"a.txt": b" " * (9 << 20)}))
    at = content.find(b"PK\x01\x02")
    content[at + 24 : at + 28] = (5).to_bytes(4, "little")
    content[22:26] = (5).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (bomb, "过大"),
        (lying, "过大"),
        (lambda: zipped({"a.jpg": b"\xff\xd8" + bytes(500)}), "没有能读的文件"),
        (lambda: zipped({"__MACOSX/a.docx": b"x"}), "没有文件"),
        (lambda: zipped({"a.txt": b"abc"})[:40], "损坏"),
        (lambda: zipped({f"{n}.txt": b"x" for n in range(400)}), "过多"),
        (lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "不是能读的文件"),
    ],
    ids=["bomb", "lying", "pictures", "residue", "cut", "many", "other office"],
)
def test_a_bad_archive_is_refused(content, message, tmp_path, monkeypatch):
    for room in ("packed", "archive"):
        monkeypatch.setattr(f"mingzhang.readback.{room}.MAX_UNPACKED", 8 << 20)
    with pytest.raises(UnreadableInput, match=message):
        read_file(written(tmp_path, content()))


def test_a_locked_archive_is_refused(tmp_path):
    content = bytearray(zipped({"a.txt": b"abc"}))
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableInput, match="密码"):
        read_file(written(tmp_path, bytes(content)))
