"""Whatever conversion does to a table: a figure is read right or doubted, never silently wrong."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tabform import Grid, figures, page, read, spending, table

from mingzhang.model.fault import UnreadableInput

TITLE = "2023年预算支出总表"
CODES = ("2010101", "2010102", "2010301", "2010302", "2080501", "2080505", "2101101", "2120803", "2210201")
# Above what rounding may leave between a sum and its parts: below that no sum can tell columns apart.
AMOUNT = st.integers(min_value=100, max_value=10**8)
MONEY = st.one_of(st.tuples(AMOUNT, st.just(0)), st.tuples(st.just(0), AMOUNT), st.tuples(AMOUNT, AMOUNT))


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    codes = draw(st.lists(st.sampled_from(CODES), min_size=2, max_size=7, unique=True))
    return spending([(c, f"第{c[3:]}号支出", *draw(MONEY)) for c in codes])


@st.composite
def damaged(draw: st.DrawFn) -> tuple[Grid, Grid]:
    whole = draw(grids())
    grid = [[*r] for r in whole]
    for _ in range(draw(st.integers(min_value=1, max_value=3))):
        at = draw(st.integers(min_value=2, max_value=len(grid) - 1))
        row = grid[at]
        kind = draw(st.sampled_from(["lose", "add", "trim", "squeeze"]))
        blanks = [i for i, c in enumerate(row) if not c]
        if kind == "lose" and blanks:
            del row[draw(st.sampled_from(blanks))]
        elif kind == "add":
            row.insert(draw(st.integers(min_value=0, max_value=len(row))), "")
        elif kind == "trim":
            while not row[-1]:
                row.pop()
        elif kind == "squeeze":
            grid[at] = [c for c in row if c]
    return whole, grid


@settings(max_examples=60, deadline=None)
@given(damaged())
def test_read_right_or_doubted(case: tuple[Grid, Grid]) -> None:
    whole, grid = case
    true = {k: v for k, (v, _) in figures(read(page(table(TITLE, whole)))).items()}
    got = figures(read(page(table(TITLE, grid))))
    wrong = {k: v for k, v in got.items() if true.get(k) != v[0]}
    assert not {k: v for k, v in wrong.items() if not v[1]}
    # What is missing stands elsewhere with a doubt: nothing printed is lost.
    assert len(got) == len(true)


@settings(max_examples=25, deadline=None)
@given(grids(), st.sampled_from(["utf-8", "gb18030"]))
def test_an_undamaged_table_is_read_without_a_doubt(grid: Grid, encoding: str) -> None:
    text = page(table(TITLE, grid)).encode(encoding).decode(encoding)
    got = figures(read(text))
    printed = {
        (r[0] or "total", c): v.replace(",", "")
        for r in grid[2:]
        for c, v in zip(("total", "basic", "project"), r[2:], strict=True)
        if v
    }
    assert {(row, column): value for (_, row, column), (value, _) in got.items()} == printed
    assert not any(doubt for _, doubt in got.values())


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_garbled_text_is_read_or_refused_but_never_breaks(data: st.DataObject) -> None:
    lines = page(table(TITLE, data.draw(grids())), table("2023年会议计划表", [["事项", "金额"], ["甲", "1.00"]])).split(
        "\n"
    )
    for _ in range(data.draw(st.integers(min_value=1, max_value=12))):
        at = data.draw(st.integers(min_value=0, max_value=len(lines) - 1))
        kind = data.draw(st.sampled_from(["drop", "cut", "join", "spaces", "again"]))
        if kind == "drop" and len(lines) > 1:
            del lines[at]
        elif kind == "cut":
            lines[at] = lines[at][: data.draw(st.integers(min_value=0, max_value=len(lines[at])))]
        elif kind == "join":
            lines[at] += "\t" + lines[data.draw(st.integers(min_value=0, max_value=len(lines) - 1))]
        elif kind == "spaces":
            lines[at] = lines[at].replace("\t", "  ")
        else:
            lines.insert(at, lines[data.draw(st.integers(min_value=0, max_value=len(lines) - 1))])
    try:
        found = read("\n".join(lines))
    except UnreadableInput:
        return
    assert all(t.id for t in found.tables)
