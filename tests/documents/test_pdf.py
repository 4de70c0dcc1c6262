"""The PDF: everything printed is in its text, pages are as the contents list says, drafts leave the text clean."""

from __future__ import annotations

import io
import logging
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from disclosures import small_disclosure, wild_disclosures
from hypothesis import given, settings
from msgspec.structs import replace

from mingzhang.documents import fonts as fonts_module
from mingzhang.documents.grid import grid_of
from mingzhang.documents.pdf import MissingGlyph, pdf_bytes, write_pdf
from mingzhang.documents.theme import STANDARD
from mingzhang.forms.packs import load_pack
from mingzhang.model.disclosure import Column, HeadCell, Paragraph, Row, Section, Table
from mingzhang.model.fault import Fault
from mingzhang.model.figure import number

CONTENTS_PAGE = 1
FRONT = 2
"""Cover and contents come before page 1."""


@pytest.fixture(scope="module")
def disclosure():
    return filled_pack()


@pytest.fixture(scope="module")
def pdf(disclosure):
    return pdf_bytes(disclosure)


@pytest.fixture(scope="module")
def draft(disclosure):
    return pdf_bytes(disclosure, draft=True)


def filled_pack():
    """Print every table of a pack, each figure its own number, in a document with texts and forms."""
    pack = load_pack("shanxi-2023")
    tables, serial = [], 0
    for printed in pack.tables:
        rows = []
        for line, fixed in enumerate(printed.rows[0].fixed or (None,) * 5, 1):
            prefix = "in:" if printed.two_sided else ""
            cells = {}
            for column in printed.columns:
                if column.kind == "figure" and column.side in {"", "in"}:
                    serial += 1
                    cells[column.key] = number(100_000 + serial * 37, "万元", 2, grouped=True)
            key, label = (fixed.key, fixed.label) if fixed else (f"{prefix}{line}", f"第{line}个科目")
            rows.append(Row(key, label, str(201 + line), 1, line, cells))
        head = tuple(tuple(replace(c, text=c.text.replace("{year}", "2023")) for c in row) for row in printed.head)
        tables.append(
            Table(
                printed.id,
                printed.title.replace("{year}", "2023"),
                printed.number,
                printed.unit,
                head=head,
                columns=tuple(Column(c.key, c.kind, c.side, c.header) for c in printed.columns),
                rows=tuple(rows),
                notes=(printed.empty_note,),
            )
        )
    words = "本年度各项支出按规定程序编列，用于保障履职和完成年度任务。" * 6
    keys = ("totals", "income", "performance", "assets")
    sections = tuple(
        Section(key, f"{'一二三四'[n]}、第{n}节", paragraphs=(Paragraph(words),) * 4) for n, key in enumerate(keys)
    )
    small = small_disclosure()
    return replace(small, tables=tuple(tables), sections=small.sections + sections)


def texts(content):
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def plain(text):
    return "".join(text.split())


def test_every_figure_of_every_table_is_in_the_text_in_order(pdf, disclosure):
    text = plain("".join(texts(pdf)[FRONT:]))
    at = 0
    count = 0
    for table in disclosure.tables:
        at = text.index(plain(table.title), at)
        for cell in grid_of(table).cells:
            if cell.figure is not None:
                found = text.index(cell.text, at)
                assert found - at < 400, (table.id, cell)
                at = found + len(cell.text)
                count += 1
    assert count > 200


def test_labels_codes_notes_and_sections_are_in_the_text(pdf, disclosure):
    text = plain("".join(texts(pdf)))
    for table in disclosure.tables:
        for wanted in (table.number, *table.notes, *(r.label for r in table.rows)):
            assert plain(wanted) in text
    for section in disclosure.sections:
        for wanted in (section.heading, *(p.text for p in section.paragraphs)):
            assert plain(wanted) in text
    for form in disclosure.project_forms:
        assert form.project in text
    for term in disclosure.glossary:
        assert plain(f"{term.term}：{term.meaning}") in text


def test_contents_name_the_page_where_each_title_stands(pdf, disclosure):
    pages = texts(pdf)
    entries = [line for line in pages[CONTENTS_PAGE].splitlines() if line[-1:].isdigit()]
    listed = {plain(line.rstrip("0123456789 .")): int(line.split(".")[-1]) for line in entries}
    titles = [t.title for t in disclosure.tables] + [s.heading for s in disclosure.sections]

    for title in titles:
        number_listed = listed[plain(title)]
        page = pages[FRONT + number_listed - 1]
        assert plain(title) in plain(page)
        assert f"—{number_listed}—" in plain(page)


def test_cover_has_the_documents_lines_and_no_number(pdf, disclosure):
    cover = plain(texts(pdf)[0])

    assert cover == plain("".join(disclosure.publication.cover))


def test_forms_stand_across_after_the_section_on_performance(pdf, disclosure):
    pages = texts(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        across = [page.get_width() > page.get_height() for page in document]
    form = next(i for i, text in enumerate(pages) if "项目名称" in text and disclosure.project_forms[0].project in text)
    before = next(i for i, text in enumerate(pages) if "三、第2节" in text and i >= FRONT)
    after = next(i for i, text in enumerate(pages) if "四、第3节" in text and i >= FRONT)

    assert across[form]
    assert before < form < after


def test_small_tables_share_pages(pdf, disclosure):
    pages = [text for text in texts(pdf)[FRONT:] if "预算公开表" in text or "部门公开表" in text]

    assert len(pages) <= len(disclosure.tables) // 2 + 1


@pytest.mark.parametrize(("lines", "pages"), [(20, 1), (21, 1), (30, 2)])
def test_a_line_over_does_not_take_a_page_of_its_own(lines, pages):
    paragraphs = tuple(Paragraph(f"第{n}行示例文字。") for n in range(1, lines))
    section = Section("totals", "一、收支情况", paragraphs=paragraphs)
    document = replace(small_disclosure(), tables=(), sections=(section,), project_forms=(), glossary=())

    assert len(texts(pdf_bytes(document))) == FRONT + pages


def test_same_bytes_twice(disclosure, pdf, draft):
    assert pdf_bytes(disclosure) == pdf
    assert pdf_bytes(disclosure, draft=True) == draft


def test_draft_mark_is_seen_but_not_read(pdf, draft):
    assert texts(draft) == texts(pdf)
    assert not any(plain(STANDARD.phrases.draft)[:2] in plain(text) for text in texts(draft))
    with pikepdf.open(io.BytesIO(draft)) as marked, pikepdf.open(io.BytesIO(pdf)) as clean:
        for page in marked.pages:
            content = b"".join(s.read_bytes() for s in page.Contents)
            assert content.count(b"/Artifact <</Type /Pagination /Subtype /Watermark>>") == 1
            assert b"/MzDraft Do" in content
            assert len(page.Resources.XObject.MzDraft.read_bytes()) > 1000
        assert not any("/MzDraft" in p.Resources.get("/XObject", {}) for p in clean.pages)
    with pypdfium2.PdfDocument(pdf) as clean, pypdfium2.PdfDocument(draft) as marked:
        assert clean[1].render().to_pil().tobytes() != marked[1].render().to_pil().tobytes()


def test_chart_shows_a_zero_and_has_words_for_it(pdf):
    assert any("公务接待费0.00" in plain(text) for text in texts(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        alternatives = [str(o.get("/Alt", "")) for o in document.objects if isinstance(o, pikepdf.Dictionary)]
    assert any("公务接待费 0.00万元" in a for a in alternatives)


def test_file_says_what_it_is(pdf, disclosure):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "2023年度部门预算公开" in str(document.docinfo["/Title"])
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("zh")
        assert str(document.docinfo["/CreationDate"]).startswith("D:20230101")


def test_long_table_repeats_its_head(disclosure):
    table = next(t for t in disclosure.tables if t.id == "spending")
    rows = tuple(replace(table.rows[0], key=str(n), label=f"科目{n}", line=n) for n in range(1, 120))
    document = replace(disclosure, tables=(replace(table, rows=rows),), sections=(), project_forms=(), glossary=())
    pages = texts(pdf_bytes(document))[FRONT:]

    assert len(pages) > 1
    assert all("科目名称" in page for page in pages)


def test_columns_too_many_for_an_upright_page_stand_across(disclosure):
    table = next(t for t in disclosure.tables if t.id == "projects")
    columns = table.columns + tuple(replace(table.columns[1], key=f"more{n}") for n in range(6))
    head = (tuple(HeadCell(f"预算第{n}栏") for n in range(len(columns))),)
    cells = {c.key: number(10**11, "万元", 2, grouped=True) for c in columns[1:]}
    wide = replace(table, columns=columns, head=head, rows=(replace(table.rows[0], cells=cells),))
    content = pdf_bytes(replace(disclosure, tables=(wide,), sections=(), project_forms=(), glossary=()))
    with pypdfium2.PdfDocument(content) as document:
        page = document[FRONT]
        assert page.get_width() > page.get_height()
    assert texts(content)[FRONT].count("1,000,000,000.00") == len(cells)


def test_missing_glyph__fault_names_the_character_and_writes_nothing(disclosure, tmp_path):
    path = tmp_path / "out.pdf"
    with pytest.raises(MissingGlyph) as fault:
        write_pdf(replace(disclosure, unit_name="某𠮷局"), path)
    assert "𠮷" in fault.value.message
    assert "U+20BB7" in fault.value.message
    assert fault.value.hint
    assert list(tmp_path.iterdir()) == []


def test_fonts_folder_missing__fault(tmp_path):
    with pytest.raises(Fault) as fault:
        write_pdf(small_disclosure(), tmp_path / "x.pdf", fonts=tmp_path / "nowhere")
    assert "nowhere" in fault.value.place


def test_fonts_of_the_folder_come_first(tmp_path):
    source = fonts_module.shipped_folder() / "NotoSansSC-Regular.otf"
    (tmp_path / "own.otf").write_bytes(
        source.read_bytes().replace(b"\0N\0o\0t\0o\0 \0S\0a\0n\0s", b"\0F\0a\0n\0g\0S\0o\0n\0g\0 ")
    )
    _fonts, faces = fonts_module.load_fonts(tmp_path)

    assert "FangSong" in faces.fang
    assert faces.song == fonts_module.SONG


@pytest.mark.parametrize(
    ("family", "face"),
    [
        ("仿宋_GB2312", ("fang",)),
        ("FZXiaoBiaoSong-B05", ("title",)),
        ("方正小标宋简体", ("title",)),
        ("楷体_GB2312", ("kai",)),
        ("宋体", ("song",)),
        ("仿宋体", ("fang",)),
        ("SimHei", ("hei",)),
        ("DejaVu Sans", ()),
    ],
)
def test_faces_are_known_by_their_family_names(family, face):
    assert fonts_module._faces(family) == face


def test_replaced_faces_are_noted_in_the_log(caplog):
    fonts_module.load_fonts.cache_clear()
    with caplog.at_level(logging.INFO, logger=fonts_module.__name__):
        fonts_module.load_fonts(None)
    assert ["仿宋" in r.getMessage() or "楷体" in r.getMessage() for r in caplog.records] == [True, True]


@settings(max_examples=15, deadline=None)
@given(disclosure=wild_disclosures())
def test_any_document_is_typeset_or_refused_with_the_character(disclosure):
    try:
        content = pdf_bytes(disclosure)
    except MissingGlyph:
        return
    listed = disclosure.tables or disclosure.sections or disclosure.glossary  # forms alone have no contents page
    assert len(texts(content)) >= (FRONT if listed else 1)


def test_pages_of_one_document_do_not_depend_on_another(disclosure, pdf):
    pdf_bytes(small_disclosure())

    assert pdf_bytes(disclosure) == pdf


def test_page_numbers_run_through(pdf):
    numbers = [int(plain(t).rsplit("—", 2)[1]) for t in texts(pdf)[FRONT:]]

    assert numbers[0] == 1
    assert all(b == a + 1 for a, b in pairwise(numbers))


def test_a_continued_table_says_so_above_its_repeated_head(disclosure):
    table = next(t for t in disclosure.tables if t.id == "spending")
    rows = tuple(replace(table.rows[0], key=str(n), label=f"科目{n}", line=n) for n in range(1, 120))
    document = replace(disclosure, tables=(replace(table, rows=rows),), sections=(), project_forms=(), glossary=())
    first, *further = (plain(t) for t in texts(pdf_bytes(document))[FRONT:])
    wanted = plain(f"{table.title}（续表）")

    assert wanted not in first
    assert further
    assert all(wanted in page and page.index(wanted) < page.index("科目名称") for page in further)


@pytest.mark.parametrize("lines", range(23, 34))
def test_no_page_holds_a_line_or_two_only(lines):
    paragraphs = tuple(Paragraph(f"第{n}行示例文字。") for n in range(1, lines))
    section = Section("totals", "一、收支情况", paragraphs=paragraphs)
    document = replace(small_disclosure(), tables=(), sections=(section,), project_forms=(), glossary=())
    last = texts(pdf_bytes(document))[-1]

    assert len([x for x in last.splitlines() if x.strip() and "—" not in x]) >= 3
