"""What changed, as a page and as a Word document: every change is on it, what differs is marked."""

import io
import zipfile

import pytest
from lxml import etree, html

from mingzhang.cli.main import run
from mingzhang.documents.change_report import change_document, change_page
from mingzhang.documents.stored import write_json
from mingzhang.model.change import KINDS, Change
from mingzhang.model.disclosure import Disclosure
from mingzhang.model.place import Place

ONE, OTHER = Disclosure(unit_name="某局", year=2024), Disclosure(unit_name="某局", year=2025)
FOUND = (
    Change(
        "figure",
        "summary[in:total].amount",
        "收支总表“收入总计”预算数",
        "1200.00",
        "1300.50",
        "+100.50",
        "万元",
        Place(3, 4),
    ),
    Change("slot", "totals/income_total", "收支总体情况", "1200.00", "1300.50", "+100.50", "万元"),
    Change("paragraph", "written/other", "other", "今年安排三件事", "今年安排四件事"),
    Change("field", "某项目/annual_goal", "某项目", "", "新的目标"),
    Change("table", "projects", "项目支出表", "万元", ""),
)


@pytest.fixture(scope="module")
def page():
    return html.document_fromstring(change_page(FOUND, ONE, OTHER, ("a.json", "b.json")).decode())


def test_every_change_stands_on_the_page_once(page):
    keys = page.xpath("//tbody/tr/th/@title")
    assert sorted(keys) == sorted(c.key for c in FOUND)
    counts = {a.get("href")[1:]: int(a.find("strong").text) for a in page.xpath("//ul[@class='mz-counts']//a")}
    assert counts == {k: 1 for k in KINDS if any(c.kind == k for c in FOUND)}


def test_only_what_differs_is_marked(page):
    (row,) = page.xpath("//tr[th/@title='written/other']")
    assert row.xpath("string(.//del)") == "三"
    assert row.xpath("string(.//ins)") == "四"
    (row,) = page.xpath("//tr[th/@title='summary[in:total].amount']")
    assert [td.text_content() for td in row.xpath("td")] == ["1200.00", "1300.50", "+100.50 万元", "第3页第4行"]


def test_what_is_gone_or_new_says_so(page):
    (row,) = page.xpath("//tr[th/@title='projects']")
    assert [td.text_content() for td in row.xpath("td")][:2] == ["万元", "（无）"]
    (row,) = page.xpath("//tr[th/@title='某项目/annual_goal']")
    assert row.xpath("string(th)") == "年度目标"
    assert row.xpath("string(td[1])") == "（无）"


def test_nothing_different_says_so():
    assert "没有不同" in change_page((), ONE, ONE, ("a", "b")).decode()


def test_the_word_document_tracks_each_change():
    with zipfile.ZipFile(io.BytesIO(change_document(FOUND, ONE, OTHER, ("a.json", "b.json")))) as file:
        body = etree.fromstring(file.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    assert [t.text for t in body.iter(f"{w}delText")] == sorted(
        (c.was for c in FOUND if c.was), key=["万元", "1200.00", "今年安排三件事"].index
    )
    assert {"".join(i.itertext()) for i in body.iter(f"{w}ins")} == {c.now for c in FOUND if c.now}


@pytest.mark.parametrize("form", ["html", "docx"])
def test_the_command_writes_both(tmp_path, form):
    one, other, out = tmp_path / "a.json", tmp_path / "b.json", tmp_path / f"d.{form}"
    write_json(ONE, one)
    write_json(OTHER, other)
    with pytest.raises(SystemExit):
        run(["diff", str(one), str(other), "--format", form, "-o", str(out)])
    assert out.stat().st_size > 500
