"""Every form of a document says the same: read back equal in all that is printed, what is attached to the PDF left aside."""

import pytest
from printed_alone import read_printed
from readings import differing
from sound_books import sound_book

from mingzhang.cli.writers import write_all
from mingzhang.comparing.versions import changes
from mingzhang.compiling.compile import compile_book
from mingzhang.model.page import Cell, Line
from mingzhang.model.place import Place
from mingzhang.readback.charted import charts_of
from mingzhang.readback.paragraphs import joined

FORMATS = ("pdf", "docx", "xlsx", "html", "json")
SIX = (
    (2, "shanghai-2025-unit"),
    (6, "shanghai-2025"),
    (8, "shanxi-2023"),
    (11, "shanxi-2023"),
    (4, "guizhou-2025"),
    (29, "shanxi-2024"),
)


@pytest.mark.parametrize(("seed", "pack"), SIX)
def test_what_is_printed_comes_back(seed, pack, tmp_path):
    document = compile_book(sound_book(seed, pack)).disclosure
    for path in write_all(document, tmp_path, "a", FORMATS, draft=False, fonts=""):
        read = read_printed(path)
        assert differing(document, read) == [], path.name
        assert changes(document, read) == (), path.name


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (["1.“社会保障（类）养老（款）", "行政离退休（项）”58.69万元。"], 1),
        (["一、收入情况（不含结转）", "今年收入58.69万元。"], 2),
        (["他们说“好。", "今年收入58.69万元。"], 2),
        (["一般公共预算 2,576.00（23.79%）", "政府性基金 10（1%）"], 2),
    ],
)
def test_a_paragraph_goes_on_inside_a_quotation(lines, paragraphs):
    assert len(joined([Line((Cell(x),)) for x in lines])) == paragraphs


SIZE, LEFT, RIGHT = 1600, 8000, 52000


def at(text, left=LEFT, right=RIGHT, page=1):
    return Line((Cell(text),), Place(page=page, box=(left, 0, right, SIZE)))


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ([at("收入1万元。其中：", LEFT + 2 * SIZE), at("拨款1万元。", right=20000)], 1),
        ([at("收入1万元。其中：", LEFT + 2 * SIZE, page=1), at("拨款1万元。", right=20000, page=2)], 1),
        ([at("收入1万元。", LEFT + 2 * SIZE), at("拨款1万元。", LEFT + 2 * SIZE, 20000)], 2),
        ([at("收入1万元。", LEFT + 2 * SIZE, 30000), at("拨款1万元，全部是当年的。")], 2),
        ([at("收入1万元。"), at("拨款1万元。", right=20000)], 2),
    ],
    ids=("full", "full, over a page", "both set in", "not full", "nothing set in"),
)
def test_a_full_line_goes_on_in_one_that_is_not_set_in(lines, paragraphs):
    assert len(joined(lines)) == paragraphs


def test_what_is_drawn_below_a_caption_is_its_chart():
    row = lambda *texts: Line(tuple(map(Cell, texts)))  # noqa: E731
    body = [
        row("收入1,234.50万元。"),
        row("收入预算图", "单位：万元"),
        row("一般公共预算", "1,234.00（99.96%）"),
        row("单位资金 0.50（0.04%）"),
        row("其他收入", "0"),
        row("收入比上年多。"),
    ]
    (chart,), rest = charts_of(body, lambda text: "income" if text == "收入预算图" else None)

    assert [(i.label, i.figure.digits, i.figure.unit, i.share and i.share.plain) for i in chart.items] == [
        ("一般公共预算", 123400, "万元", "99.96"),
        ("单位资金", 50, "万元", "0.04"),
        ("其他收入", 0, "万元", None),
    ]
    assert [line.text for line in rest] == ["收入1,234.50万元。", "收入比上年多。"]
