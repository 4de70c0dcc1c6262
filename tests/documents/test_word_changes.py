"""Tracked changes of a Word file: accepted they give the later version, rejected the earlier one."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace
from readings import differing

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.docx import docx_bytes
from mingzhang.intake.books import read_book
from mingzhang.readback.doors import read_file

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EXAMPLE = Path(__file__).parents[2] / "examples" / "operations-2024.json"


@pytest.fixture(scope="module")
def book():
    return read_book(EXAMPLE)


@pytest.fixture(scope="module")
def earlier(book):
    return compile_book(book).disclosure


@pytest.fixture(scope="module")
def later(book):
    spending = [replace(x, amount=x.amount + 1_234_500) if n == 0 else x for n, x in enumerate(book.spending)]
    project = replace(book.projects[0], annual_goal="完成另一件事。")
    return compile_book(replace(book, spending=tuple(spending), projects=(project, *book.projects[1:]))).disclosure


def body(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return etree.fromstring(file.read("word/document.xml"))


def accepted(content):
    """Give the paragraphs' texts with every change accepted."""
    tree = body(content)
    for gone in tree.iter(f"{W}del"):
        for run in list(gone):
            gone.remove(run)
    return texts(tree)


def rejected(content):
    """Give the paragraphs' texts with every change rejected."""
    tree = body(content)
    for new in tree.iter(f"{W}ins"):
        for run in list(new):
            new.remove(run)
    return texts(tree, f"{W}delText")


def texts(tree, *more):
    kinds = {f"{W}t", *more}
    lines = ["".join(t.text or "" for t in p.iter() if t.tag in kinds).strip() for p in tree.iter(f"{W}p")]
    return [line for line in lines if line]


def test_accepted_they_give_the_later_version(earlier, later):
    assert accepted(docx_bytes(later, earlier=earlier)) == texts(body(docx_bytes(later)))


def test_rejected_they_give_the_earlier_version(earlier, later):
    before = texts(body(docx_bytes(earlier)))
    assert before != texts(body(docx_bytes(later)))
    assert rejected(docx_bytes(later, earlier=earlier)) == before


def test_nothing_changed_nothing_tracked(earlier):
    assert docx_bytes(earlier, earlier=earlier) == docx_bytes(earlier)
    assert not list(body(docx_bytes(earlier)).iter(f"{W}ins", f"{W}del"))


def test_what_is_read_back_is_the_later_version(earlier, later, tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(docx_bytes(later, earlier=earlier))
    assert differing(later, read_file(path)) == []


def test_a_row_and_a_paragraph_that_are_gone_are_struck_out(earlier):
    table = next(t for t in earlier.tables if len(t.rows) > 4)
    n = next(n for n, s in enumerate(earlier.sections) if len(s.paragraphs) > 1)
    section = earlier.sections[n]
    now = replace(
        earlier,
        tables=tuple(replace(t, rows=t.rows[:-1]) if t.id == table.id else t for t in earlier.tables),
        sections=(
            *earlier.sections[:n],
            replace(section, paragraphs=section.paragraphs[1:]),
            *earlier.sections[n + 1 :],
        ),
    )
    struck = "".join(t.text for t in body(docx_bytes(now, earlier=earlier)).iter(f"{W}delText"))
    assert table.rows[-1].label.strip() in struck
    assert section.paragraphs[0].text.strip() in struck


def test_a_new_row_is_marked_as_one(earlier):
    table = next(t for t in earlier.tables if len(t.rows) > 4 and not any(c.side for c in t.columns))
    before = replace(
        earlier, tables=tuple(replace(t, rows=t.rows[:-1]) if t.id == table.id else t for t in earlier.tables)
    )
    rows = [
        tr for tr in body(docx_bytes(earlier, earlier=before)).iter(f"{W}tr") if tr.find(f"{W}trPr/{W}ins") is not None
    ]
    assert len(rows) == 1
    assert re.sub(r"\s", "", table.rows[-1].label) in re.sub(r"\s", "", "".join(rows[0].itertext()))
