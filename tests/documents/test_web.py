"""The web page: heads that are scoped, links that lead somewhere, words for charts, nothing loaded from anywhere."""

import itertools
import re
from pathlib import Path

import pytest
from lxml import html

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.theme_loading import load_theme, theme_names
from mingzhang.documents.web import web_page
from mingzhang.intake.books import read_book

EXAMPLE = Path(__file__).parents[2] / "examples" / "operations-2024.json"


@pytest.fixture(scope="module")
def document():
    return compile_book(read_book(EXAMPLE)).disclosure


@pytest.fixture(scope="module")
def page(document):
    return html.document_fromstring(web_page(document))


def test_every_figure_stands_under_its_key(document, page):
    shown = {td.get("data-key"): td.text for td in page.xpath("//td[@data-key]")}
    cells = {
        f"{t.id}[{r.key}].{c}": f
        for t in document.tables
        for r in t.rows
        for c, f in r.cells.items()
        if f.printed or f.is_number
    }
    assert shown.keys() == cells.keys()
    assert all(text.replace(",", "") == cells[key].plain for key, text in shown.items())


def test_heads_say_what_they_head(page):
    assert {th.get("scope") for th in page.xpath("//thead//th")} <= {"col", "colgroup"}
    assert all(
        row.xpath("./th[@scope='row']") for row in page.xpath("//div[@class='mz-form']//tr[td]") if row.xpath("./th")
    )


def test_every_table_has_a_name_and_every_link_an_end(page):
    ids = set(page.xpath("//@id"))
    assert len(ids) == len(page.xpath("//@id"))
    assert {h.removeprefix("#") for h in page.xpath("//a/@href")} <= ids
    assert set(page.xpath("//table/@aria-labelledby")) <= ids
    assert len(page.xpath("//table[@aria-labelledby or @aria-label]")) == len(page.xpath("//table"))


def test_headings_leave_no_level_out(page):
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_charts_have_words(page):
    assert page.xpath("//svg")
    assert all(svg.get("role") == "img" and len(svg.get("aria-label")) > 10 for svg in page.xpath("//svg"))


@pytest.mark.parametrize("fragment", [False, True])
def test_nothing_is_loaded_or_run(document, fragment):
    text = web_page(document, fragment=fragment)
    assert re.findall(r"https?://|<script|<link|<img|url\(|@import|\bon\w+=", text) == []


def test_styles_of_the_fragment_touch_nothing_else(document):
    text = web_page(document, fragment=True)
    style = re.sub(r"/\*.*?\*/", "", text[text.index("<style>") + 7 : text.index("</style>")], flags=re.DOTALL)
    selectors = [s.strip() for rule in re.findall(r"([^{}]+)\{", style) for s in rule.split(",")]
    strange = [s for s in selectors if s and not s.startswith(("@", ".mz", "html:has(.mz-skip)"))]
    assert [s for s in strange if "(" not in s and ")" not in s] == []


def test_a_draft_says_so(document):
    assert "mz-draft" in web_page(document, draft=True).split("</style>")[1]
    assert "mz-draft" not in web_page(document).split("</style>")[1]


def test_the_same_document_gives_the_same_page(document):
    assert web_page(document) == web_page(document)


def test_a_page_has_its_landmarks_and_a_fragment_leaves_those_of_its_host(document, page):
    assert [e.tag for e in page.xpath("//body/div[@class='mz']/*")] == ["header", "nav", "main"]
    assert page.xpath("//body/*[1]/@href") == ["#mz-main"]
    fragment = html.fragment_fromstring(web_page(document, fragment=True), create_parent=True)
    assert not fragment.xpath("//main")
    assert len(fragment.xpath("./article/header")) == len(fragment.xpath("./article/*[@id='mz-main']")) == 1


def test_every_region_has_a_name_of_its_own(page):
    named = {h.get("id"): h.text_content() for h in page.xpath("//h3[@id]")}
    names = [r.get("aria-label") or named[r.get("aria-labelledby")] for r in page.xpath("//*[@role='region']")]
    assert len(set(names)) == len(names) == len(page.xpath("//*[@class='mz-table' or @class='mz-form']")) > 20


@pytest.mark.parametrize("name", theme_names())
def test_pictures_and_colours_of_every_theme_keep_the_page_whole(document, name):
    shown = html.document_fromstring(web_page(document, theme=load_theme(name)))
    assert all(i.get("alt") for i in shown.xpath("//img"))
    assert shown.xpath("//main//text()") == html.document_fromstring(web_page(document)).xpath("//main//text()")
