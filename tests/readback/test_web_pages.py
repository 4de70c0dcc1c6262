"""The door for web pages: our own page reads back equal, other people's are grids of cells whatever their tags."""

from pathlib import Path

import pytest
from readings import differing, doubts
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.web import web_page, write_web
from mingzhang.intake.books import read_book
from mingzhang.model.fault import UnreadableInput
from mingzhang.readback.doors import read_file
from mingzhang.readback.web import read_pages

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
@pytest.mark.parametrize("fragment", [False, True])
def test_an_example_reads_back_equal(path, fragment, tmp_path):
    document = compile_book(read_book(path)).disclosure
    write_web(document, tmp_path / "page.html", fragment=fragment)
    read = read_file(tmp_path / "page.html")
    assert differing(document, read) == []
    assert doubts(read) == []
    assert (read.source.format, read.unit_name, read.year) == ("html", document.unit_name, document.year)


@pytest.mark.parametrize("pack", [p.id for p in packs_of_books()])
@pytest.mark.parametrize("seed", range(3))
def test_a_random_document_reads_back_equal(pack, seed, tmp_path):
    document = compile_book(sound_book(seed, pack)).disclosure
    write_web(document, tmp_path / "page.html", draft=True)
    assert differing(document, read_file(tmp_path / "page.html")) == []


def rows(text, name="page.html"):
    (page,) = read_pages(text.encode(), name)
    return [[c.text for c in line.cells] for line in page.lines]


def test_spans_leave_their_other_places_empty():
    text = """<table><tr><th rowspan=2>科目</th><th colspan="2">预算数</th></tr><tr><th>合计</th><th>基本支出</th></tr>
    <tr><td>教育支出</td><td>1.00</td><td></td></tr></table>"""
    assert rows(text) == [["科目", "预算数", ""], ["", "合计", "基本支出"], ["教育支出", "1.00", ""]]


def test_tables_that_only_lay_out_the_page_are_walked_through():
    text = """<html><body><table><tr><td><p>一、收入</p><table><tr><td>合计</td><td>1.00</td></tr></table></td></tr></table>
    <div>单位：<b>万元</b><br>二、支出</div></body></html>"""
    assert rows(text) == [["一、收入"], ["合计", "1.00"], ["单位：万元"], ["二、支出"]]


def test_what_nobody_sees_is_not_read():
    text = """<body><script>var 合计 = 1;</script><nav>首页</nav><p style="display: none">旧稿</p><p hidden>草稿</p>
    <p>预算<span>收入</span>总计 100.00万元。</p><svg><text>5.00</text></svg></body>"""
    assert rows(text) == [["预算收入总计 100.00万元。"]]


def test_the_encoding_a_page_names_is_used():
    text = '<html><head><meta charset="gb2312"></head><body><p>部门预算</p></body></html>'
    (page,) = read_pages(text.encode("gb18030"), "page.html")
    assert [line.text for line in page.lines] == ["部门预算"]


@pytest.mark.parametrize("text", ["<html><body></body></html>", "<table></table>"])
def test_a_page_without_text_is_refused(text):
    with pytest.raises(UnreadableInput):
        rows(text)


def test_a_span_beyond_measure_is_cut():
    (row, *_) = rows('<table><tr><td colspan="99999999">甲</td><td>1.00</td></tr></table>')
    assert len(row) == 201


def test_words_of_a_document_cannot_become_tags():
    document = compile_book(sound_book(1, "shanxi-2023")).disclosure
    from msgspec.structs import replace  # noqa: PLC0415

    page = web_page(replace(document, unit_name="<script>alert(1)</script>"))
    assert "<script" not in page
