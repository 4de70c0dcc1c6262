"""Charts that are pictures: nothing overlaps or runs out of the room, areas are amounts."""

import io
import re
import zipfile
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from disclosures import small_disclosure
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mingzhang.documents.docx import docx_bytes
from mingzhang.documents.drawing import Band, Box, Words, svg_of
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.documents.pictures import WIDE, drawing_of
from mingzhang.documents.squares import Area, squarified
from mingzhang.documents.web import web_page
from mingzhang.model.disclosure import Chart, ChartItem, Section
from mingzhang.model.figure import number

SVG = "{http://www.w3.org/2000/svg}"

names = st.text("预算支出收入项目（）&<", min_size=1, max_size=12)
amounts = st.integers(0, 10**9).map(lambda n: number(n, "万元", 2, grouped=True))


def item(label, digits, group):
    return ChartItem(label, number(digits, "万元", 2, grouped=True), group=group)


FLOW = Chart("flow", "流向图", "flow", (
    item("教育支出", 700, "一般公共预算"), item("农林水支出", 300, "一般公共预算"), item("农林水支出", 50, "政府性基金"),
    item("基本支出", 600, "教育支出"), item("项目支出", 100, "教育支出"), item("项目支出", 350, "农林水支出"),
    item("甲项目", 450, "项目支出"),
))  # fmt: skip
TREE = Chart("tree", "构成图", "tree", (item("一", 500, "甲"), item("二", 300, "甲"), item("三", 200, "乙")))
COMPARED = Chart("compared", "对比图", "compared", (item("收入", 100, "2023年"), item("收入", 0, "2024年")))


def shapes(drawing, kind):
    return [s for s in drawing.shapes if isinstance(s, kind)]


def test_a_flow_has_a_ribbon_for_each_item_as_thick_as_its_share():
    bands = shapes(drawing_of(FLOW), Band)

    assert len(bands) == len(FLOW.items)
    assert {b.height * 2 for b in bands if b.fill == bands[0].fill} & {bands[0].height * 2}
    thick = sorted(b.height for b in bands)
    assert thick[-1] / thick[0] == pytest.approx(700 / 50, rel=0.15)


def test_nodes_of_a_flow_stand_in_as_many_columns_as_there_are_steps():
    places = {b.x for b in shapes(drawing_of(FLOW), Box)}

    assert len(places) == 4


@settings(max_examples=60)
@given(amounts=st.lists(st.integers(1, 10**12), min_size=1, max_size=40))
def test_a_map_fills_its_room_and_nothing_overlaps(amounts):
    ordered = sorted(amounts, reverse=True)
    pieces = squarified(ordered, Area(0, 0, 720, 400))

    assert sum(p.width * p.height for p in pieces) == 720 * 400
    for a, b in combinations([p for p in pieces if p.width and p.height], 2):
        apart = a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
        assert apart


def test_areas_are_as_amounts():
    pieces = squarified([500, 300, 200], Area(0, 0, 1000, 1000))

    assert [p.width * p.height for p in pieces] == pytest.approx([500_000, 300_000, 200_000], rel=0.01)


def test_a_zero_has_its_figure_and_no_bar():
    drawing = drawing_of(COMPARED)
    bars = [b for b in shapes(drawing, Box) if b.height == 14]

    assert len(bars) == 1
    assert "0.00" in [w.text for w in shapes(drawing, Words)]


@settings(max_examples=80)
@given(
    kind=st.sampled_from(["compared", "flow", "tree"]),
    items=st.lists(st.builds(ChartItem, names, amounts, st.none(), names), min_size=1, max_size=12),
)
def test_any_chart_is_drawn_inside_its_room_as_sound_svg(kind, items):
    chart = Chart("k", "图", kind, tuple(items))
    drawing = drawing_of(chart)
    root = ET.fromstring(svg_of(drawing, "“图” & <表>"))

    assert root.get("aria-label") == "“图” & <表>"
    assert len(root) == len(drawing.shapes)
    for box in shapes(drawing, Box):
        assert box.x >= 0
        assert box.x + box.width <= WIDE
        assert box.y >= 0
        assert box.y + box.height <= drawing.height


def test_every_format_shows_the_pictures_with_words_and_data():
    section = Section("overview", "附：预算图解", charts=(COMPARED, FLOW, TREE))
    document = replace(small_disclosure(), sections=(*small_disclosure().sections, section))
    page = web_page(document)
    drawn = [x for x in re.findall(r"<svg.*?</svg>", page, re.DOTALL) if "教育支出" in x or "对比" in x]

    assert len(drawn) >= 2
    assert "甲项目" in page[page.index("图中数据") :]
    with zipfile.ZipFile(io.BytesIO(docx_bytes(document))) as word:
        pictures = [n for n in word.namelist() if n.endswith(".png")]
        body = word.read("word/document.xml").decode()
        assert len(pictures) == 3
        assert all(word.read(n).startswith(b"\x89PNG") for n in pictures)
    assert body.count('w:val="mz-chart-data"') == 3
    assert 'descr="流向图：流向图。一般公共预算 → 教育支出 7.00万元' in body
    assert docx_bytes(document) == docx_bytes(document)
    assert pdf_bytes(document) == pdf_bytes(document)
