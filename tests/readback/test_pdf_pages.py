"""What stands on a PDF page besides its text, and text that does not stand as it is read."""

import random

import pytest
from pdf_pages import GRID, PAGE, TABLE, printed, rows


def marks(found, kind):
    return "".join(m.text for m in found.marks if m.kind == kind)


def test_a_table_is_read_with_its_empty_cells_and_their_boxes():
    found = printed(TABLE)
    assert rows(found) == GRID
    (page,) = found.pages
    boxes = [[c.place.box for c in line.cells] for line in page.lines]
    assert all(b[0] < b[2] and b[1] < b[3] for row in boxes for b in row)
    assert [line.place.line for line in page.lines] == [1, 2, 3]
    assert boxes[1][0][2] <= boxes[1][1][0] <= boxes[1][2][0]


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("#place(center + horizon, rotate(-45deg, text(30pt, luma(75%))[内部资料]))", "内部资料"),
        ("#place(center + horizon, text(40pt, rgb(255, 0, 0, 60))[征求意见稿])", "征求意见稿"),
        (
            "#for x in range(3) { for y in range(4) { place(dx: x * 70pt, dy: y * 12pt, text(8pt, luma(70%))[草稿]) } }",
            "草稿" * 12,
        ),
    ],
)
def test_a_watermark_is_told_apart_from_the_cells_it_lies_on(mark, text):
    for source in (mark + TABLE, TABLE + mark):
        found = printed(source)
        assert rows(found) == GRID
        assert sorted(marks(found, "watermark")) == sorted(text)


@pytest.mark.parametrize(
    "hidden",
    [
        "#place(dx: 900pt)[页外文字一二三]",
        "#place(dy: 150pt, text(white)[白色文字一二三])",
        "#place(dy: 150pt, box(width: 20pt, height: 12pt, clip: true)[裁#h(30pt)去的文字一])",
        "#place(dy: 150pt)[盖住的文字一二]\n#place(dy: 145pt, rect(width: 200pt, height: 30pt, fill: white))",
    ],
)
def test_what_nobody_sees_is_not_read_but_told(hidden):
    found = printed(TABLE + hidden)
    kept = [row for row in rows(found) if row not in GRID]
    assert kept in ([], [["裁"]])
    assert len(marks(found, "unseen")) >= 5
    assert "看不见" in found.doubts[0]


def test_white_text_on_a_dark_ground_is_seen():
    found = printed(
        "#table(columns: 2, stroke: 0.5pt, fill: (x, y) => if y == 0 { navy }, text(white)[科目], text(white)[金额], [教育支出], [1.00])"
    )
    assert rows(found) == [["科目", "金额"], ["教育支出", "1.00"]]
    assert not found.doubts


def test_print_struck_twice_counts_once():
    twice = "#let b(t) = { place(dx: 0.25pt, dy: 0.1pt, t); t }\n"
    found = printed(
        twice
        + TABLE.replace("[1,234.56]", "b[1,234.56]")
        .replace("[教育支出]", "b[教育支出]")
        .replace("b[1", "box(b[1")
        .replace("56], [], [合计], box(b[1,234.56]", "56]), [], [合计], box(b[1,234.56])")
    )
    assert rows(found) == GRID


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_drawing_does_not_matter(seed):
    """As programs do that draw each character by itself, in any order."""
    items = []
    for y, row in enumerate(GRID):
        for x, text in enumerate(row):
            at = 60 + x * 90
            for n, c in enumerate(text):
                wide = 10 if ord(c) > 255 else 6
                items.append(f"#place(dx: {at + n * wide}pt, dy: {50 + 20 * y}pt, box(width: {wide}pt)[{c}])")
    items += [f"#place(dx: {50 + 90 * x}pt, dy: 45pt, line(end: (0pt, 60pt)))" for x in range(4)]
    items += [f"#place(dx: 50pt, dy: {45 + 20 * y}pt, line(end: (270pt, 0pt)))" for y in range(4)]
    random.Random(seed).shuffle(items)
    assert rows(printed('#set text(number-width: "tabular")\n' + "\n".join(items))) == GRID


def test_rulings_drawn_as_thin_boxes_and_in_pieces_make_the_same_grid():
    pieces = [
        f"#place(dx: {x}pt, dy: {45 + 20 * y}pt, rect(width: 10pt, height: 0.6pt, fill: black))"
        for x in range(50, 320, 10)
        for y in range(4)
    ]
    pieces += [
        f"#place(dx: {50 + 90 * x}pt, dy: {y}pt, rect(width: 0.6pt, height: 5pt, fill: black))"
        for y in range(45, 105, 5)
        for x in range(4)
    ]
    texts = [
        f"#place(dx: {60 + 90 * x}pt, dy: {50 + 20 * y}pt)[{t}]"
        for y, row in enumerate(GRID)
        for x, t in enumerate(row)
    ]
    assert rows(printed("\n".join(pieces + texts))) == GRID


def test_a_text_that_runs_over_its_cell_stays_one():
    found = printed(
        "#table(columns: (60pt, 40pt, 80pt), stroke: 0.5pt, [科目], [合计], [基本支出], [教育支出], box(width: 12pt)[#h(-30pt)12,345,678.90], [1.00])"
    )
    assert rows(found)[1][1:] == ["12,345,678.90", "1.00"]


def test_a_running_head_is_told_apart_after_its_first_time():
    page = PAGE.replace(
        "margin: 30pt",
        "margin: 40pt, header: [示例局2024年部门预算], footer: context align(center)[— #counter(page).display() —]",
    )
    found = printed("#pagebreak()".join(f"第{n}段文字。" for n in "一二三四五"), page)
    assert [r[0] for r in rows(found)].count("示例局2024年部门预算") == 1
    assert [m.place.page for m in found.marks if m.kind == "running_head"] == [2, 3, 4, 5]


def test_a_table_over_pages_keeps_the_columns_of_its_head():
    body = ", ".join(f"table.cell(colspan: 2)[项目{n}], [{n}.00]" for n in range(30))
    found = printed(f"#table(columns: (60pt, 60pt, 80pt), stroke: 0.5pt, [编码], [名称], [合计], {body})")
    assert len(found.pages) > 1
    assert {len(row) for row in rows(found)} == {3}


def labelled(numbers):
    long = "国有企业退休人员社会化管理补助支出"
    cells = "".join(f"[{long if n % 3 == 0 else '教育支出'}], [{n}.50], [{n}.00]," for n in numbers)
    aligned = "align: (left + horizon, right + horizon, right + horizon)"
    return f"#table(columns: (90pt, 80pt, 80pt), stroke: none, {aligned}, [科目], [合计], [基本支出], {cells})"


@pytest.mark.parametrize("head", ["[科目], [合计], [基本支出], ", ""])
def test_a_label_of_several_lines_is_one_row_without_rulings(head):
    source = labelled(range(3, 12)).replace("[科目], [合计], [基本支出], ", head)
    found = rows(printed(source, PAGE.replace("300pt", "600pt")))
    assert [r[1] for r in found] == [*(["合计"] if head else []), *(f"{n}.50" for n in range(3, 12))]


def test_a_sentence_with_an_amount_is_no_table():
    text = "预算收入总计 1,234.56 万元，比上年增加 10.00 万元。"
    assert rows(printed(text)) == [[text]]
