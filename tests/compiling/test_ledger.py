"""In-year changes: what is refused, what becomes of lines, and the forms of changed targets."""

from __future__ import annotations

from pathlib import Path

import pytest
from books import random_books
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book
from mingzhang.compiling.ledger import adjusted, histories
from mingzhang.compiling.ledger_forms import adjustment_forms, forms_document
from mingzhang.documents.stored import write_json
from mingzhang.documents.xlsx import write_xlsx
from mingzhang.intake.books import read_book
from mingzhang.intake.validation import problems
from mingzhang.model.book import Goal, LineChange, Project, SpendingLine
from mingzhang.model.codec import decode, encode
from mingzhang.model.fault import InvalidBook
from mingzhang.model.ledger import ChangedTarget, Ledger
from mingzhang.readback.doors import read_file

SCHOOL = Path(__file__).resolve().parents[2] / "examples" / "school-2024.json"


@pytest.fixture
def school():
    return read_book(SCHOOL)


def more(line: str, fen: int, entry: str = "a1", date: str = "2024-05-20", kind: str = "increase") -> LineChange:
    return LineChange(entry=entry, kind=kind, date=date, line=line, more=fen)


def less(line: str, fen: int, entry: str = "a1", date: str = "2024-05-20", kind: str = "decrease") -> LineChange:
    return LineChange(entry=entry, kind=kind, date=date, line=line, less=fen)


def ledger(*changes: LineChange, **fields) -> Ledger:
    return Ledger(**{"year": 2024, "unit_code": "205003", **fields}, changes=changes)


def amounts(book) -> dict[str, int]:
    return {x.id: x.amount for x in book.spending}


def test_changes_are_made_in_the_order_of_their_dates(school):
    before = amounts(school)
    after = adjusted(
        school,
        ledger(
            less("s017", before["s017"] + 100, "c", "2024-09-10"),
            more("s017", 200, "a", "2024-05-20"),
            less("s018", 300, "b", "2024-07-02", "shift"),
            more("s019", 300, "b", "2024-07-02", "shift"),
        ),
    )

    assert amounts(after) == before | {"s017": 100, "s018": before["s018"] - 300, "s019": before["s019"] + 300}
    assert problems(after) == []
    first = next(h for h in histories(after) if h.line == "s017")
    assert (first.approved, [s.amount for s in first.steps], first.adjusted) == (
        before["s017"],
        [before["s017"] + 200, 100],
        100,
    )
    assert [c.entry for c in after.adjustments] == ["a", "b", "b", "c"]


def test_a_new_line_gets_its_amount_from_the_changes(school):
    new = SpendingLine(id="n1", function="2050204", amount=0, kind="project", economic="30201", project="p9")
    after = adjusted(school, ledger(more("n1", 500), lines=(new,), projects=(Project(id="p9", name="防汛抢险"),)))

    assert amounts(after)["n1"] == 500
    assert after.projects[-1].name == "防汛抢险"
    assert problems(after) == []


def test_a_book_is_adjusted_again_and_remembers_all(school):
    once = adjusted(school, ledger(more("s017", 200, "a", "2024-05-20")))
    twice = adjusted(once, ledger(less("s017", 50, "b", "2024-06-20")))

    (history,) = histories(twice)
    assert [s.amount - history.approved for s in history.steps] == [200, 150]
    assert decode(encode(twice), type(twice)) == twice
    with pytest.raises(InvalidBook, match="已经记入"):
        adjusted(twice, ledger(more("s018", 1, "a", "2024-08-01")))
    with pytest.raises(InvalidBook, match="早于"):
        adjusted(twice, ledger(more("s018", 1, "c", "2024-06-01")))


@pytest.mark.parametrize(
    ("wrong", "said", "place"),
    [
        (ledger(less("s017", 10**12)), "为负", "a1"),
        (ledger(less("s017", 10**9, "a", "2024-02-01"), more("s017", 10**9, "b", "2024-03-01")), "为负", "a "),
        (ledger(more("s999", 1)), "s999", "a1"),
        (ledger(less("s017", 1, kind="increase")), "追加", "a1"),
        (ledger(more("s017", 1, kind="decrease")), "追减", "a1"),
        (ledger(more("s017", 2, kind="shift"), less("s018", 1, kind="shift")), "相等", "a1"),
        (ledger(more("s017", 1), more("s018", 1, date="2024-05-21")), "应相同", "a1"),
        (ledger(more("s017", 0)), "调增或调减", "a1 s017"),
        (ledger(LineChange(entry="a1", kind="shift", date="2024-05-20", line="s017", more=1, less=1)), "之一", "a1"),
        (ledger(more("s017", 1, date="2024年5月20日")), "日期", "a1"),
        (ledger(more("s017", 1, date="2023-05-20")), "日期", "a1"),
        (ledger(more("s017", 1), year=2023), "年度", "/year"),
        (ledger(more("s017", 1), unit_code="1"), "单位代码", "/unit_code"),
        (ledger(targets=(ChangedTarget(project="p77", date="2024-05-20"),)), "p77", "p77"),
        (
            ledger(more("s017", 1), lines=(SpendingLine(id="s017", function="2050204", amount=0, kind="operating"),)),
            "已有",
            "s017",
        ),
        (
            ledger(more("n1", 1), lines=(SpendingLine(id="n1", function="2050204", amount=5, kind="operating"),)),
            "不填金额",
            "n1",
        ),
        (ledger(lines=(SpendingLine(id="n1", function="2050204", amount=0, kind="operating"),)), "没有任何", "n1"),
        (ledger(projects=(Project(id="p01", name="又一个"),)), "p01", "p01"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(school, wrong, said, place):
    with pytest.raises(InvalidBook, match=said) as refused:
        adjusted(school, wrong)
    assert any(place in p.place for p in refused.value.problems)


@given(random_books(("shanxi-2024",), largest=8), st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_shifts_keep_the_total_and_taking_back_gives_the_book_back(book, data):
    if len(book.spending) < 2:
        return
    lines = data.draw(st.lists(st.sampled_from(range(len(book.spending))), min_size=2, max_size=2, unique=True))
    source, target = (book.spending[n] for n in lines)
    fen = data.draw(st.integers(1, max(source.amount, 1)))
    change = Ledger(
        year=book.year,
        changes=(
            less(source.id, fen, kind="shift"),
            more(target.id, fen, kind="shift"),
        ),
    )
    if fen > source.amount:
        with pytest.raises(InvalidBook):
            adjusted(book, change)
        return
    after = adjusted(book, change)

    assert sum(amounts(after).values()) == sum(amounts(book).values())
    assert {h.line: h.approved for h in histories(after)} == {source.id: source.amount, target.id: target.amount}
    back = Ledger(
        year=book.year,
        changes=(
            more(source.id, fen, "a2", "2024-06-01", "shift"),
            less(target.id, fen, "a2", "2024-06-01", "shift"),
        ),
    )
    assert amounts(adjusted(after, back)) == amounts(book)


GOALS = (Goal(span="annual", level1="产出指标", level2="数量指标", level3="外出研修", value="≥70人次"),)
TARGET = ChangedTarget(project="p04", date="2024-07-02", annual_goal="外出研修70人次。", goals=GOALS)


def test_a_changed_target_gives_the_form_of_a_change(school):
    change = ledger(more("s039", 100), more("s040", 100), targets=(TARGET,))
    (form,) = adjustment_forms(school, change)

    assert form.kind == "adjustment"
    assert form.title == "县(区)级预算部门(单位)项目支出绩效目标调整申报表"
    assert form.filled_at == "2024-07-02"
    assert form.annual_goal == "外出研修70人次。"
    assert [i.value for i in form.annual_indicators] == ["≥70人次"]
    project = next(p for p in school.projects if p.id == "p04")
    assert form.period_goal == project.period_goal
    assert len(form.period_indicators) == sum(g.span == "period" for g in project.goals)
    before = next(f for f in compile_book(school).disclosure.project_forms if f.project == form.project)
    grown = {line.project for line in school.spending if line.id in {"s039", "s040"}}
    assert (form.annual_funds.total.atoms != before.annual_funds.total.atoms) is ("p04" in grown)


def test_no_changed_target_no_form(school):
    assert adjustment_forms(school, ledger(more("s017", 1))) == ()


@pytest.mark.parametrize("suffix", ["json", "xlsx"])
def test_the_form_is_read_back_as_what_it_is(school, tmp_path, suffix):
    document = forms_document(school, adjustment_forms(school, ledger(targets=(TARGET,))))
    path = tmp_path / f"form.{suffix}"
    {"json": write_json, "xlsx": write_xlsx}[suffix](document, path)

    (form,) = read_file(path).project_forms
    assert form.kind == "adjustment"
    assert form.annual_goal == "外出研修70人次。"


def test_withheld_projects_have_no_form(school):
    projects = tuple(replace(p, withheld="w1") if p.id == "p04" else p for p in school.projects)
    assert adjustment_forms(replace(school, projects=projects), ledger(targets=(TARGET,))) == ()
