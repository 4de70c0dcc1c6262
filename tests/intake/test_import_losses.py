"""What an export lacks is named, what it holds twice is not taken twice, and nothing that does not reconcile is written."""

from __future__ import annotations

import random

import pytest
from exports import approved_words, asked_of, lines_of, subtotal_rows, three_columns, wan, with_subtotals, yuan
from msgspec.structs import replace

from mingzhang.intake.platform.asked import RefusedImport
from mingzhang.intake.platform.importing import import_files
from mingzhang.intake.platform.profile import load_profile
from mingzhang.model.book import Book, Member, Project, SpendingLine
from mingzhang.model.fault import Fault

UNITS = (("205001", "青川县示例局"), ("205002", "青川县示例中心"), ("205003", "青川县第一示例学校"))
BASIC = (("2010301", "30101"), ("2010301", "30102"), ("2010301", "30201"), ("2080505", "30108"), ("2210201", "30113"))
HEAD = 3
"""Lines above the first line of the layout with sub-totals."""


@pytest.fixture(scope="module")
def book() -> Book:
    """Three hundred lines of three units, every amount different."""
    chance = random.Random(20261121)
    amounts = iter(chance.sample(range(100_000, 90_000_000), 300))
    projects = [
        Project(id=f"1400002400{n:04d}", name=f"示例项目{n}", unit=UNITS[n % 3][0], category="specific")
        for n in range(40)
    ]
    lines: list[SpendingLine] = []
    for n in range(300):
        if n % 3:
            function, economic = BASIC[chance.randrange(len(BASIC))]
            kind = "personnel" if economic < "302" else "operating"
            lines.append(_line(n, function, next(amounts), kind, economic, UNITS[n % 3][0]))
        else:
            project = projects[chance.randrange(40)]
            fund, function = chance.choice((("general", "2010302"), ("gov_fund", "2120801")))
            origin = chance.choice(("current", "carried"))
            lines.append(_line(n, function, next(amounts), "project", "30227", project.unit, fund, origin, project.id))
    return Book(
        year=2024,
        pack="shanxi-2024",
        unit_code="205",
        unit_name="青川县示例主管部门",
        unit_type="行政",
        members=tuple(Member(code=c, name=name, unit_type="行政") for c, name in UNITS),
        spending=tuple(lines),
        projects=tuple(projects),
    )


def _line(n, function, amount, kind, economic, unit, fund="general", origin="current", project="") -> SpendingLine:  # noqa: PLR0917
    return SpendingLine(
        id=f"m{n}", function=function, amount=amount, kind=kind, economic=economic, unit=unit, fund=fund,
        origin=origin, project=project,
    )  # fmt: skip


def without(book: Book, *lost: SpendingLine) -> list[list[str]]:
    """Give the export's lines with its sub-totals as they were, but without some of the lines."""
    gone = {wan(x.amount) for x in lost}
    return [r for r in subtotal_rows(book) if r[2] == "" or r[-1] not in gone]


def lost_of(book: Book) -> tuple[SpendingLine, SpendingLine]:
    basic = next(x for x in book.spending if x.kind == "personnel" and x.unit == "205002")
    project = next(x for x in book.spending if x.fund == "gov_fund" and x.unit == "205001")
    return basic, project


def page_total(rows: list[list[str]]) -> list[list[str]]:
    """Put a 小计 under the first page."""
    n = 60
    total = sum(round(float(r[-1].replace(",", "")) * 1_000_000) for r in rows[:n] if r[2])
    return [*rows[:n], ["小计", *[""] * 10, wan(total)], *rows[n:]]


def unmarked_total(rows: list[list[str]]) -> list[list[str]]:
    """Put a line over some lines that is their sum and does not say so."""
    at = next(n for n, r in enumerate(rows) if r[2] == "人员经费")
    end = next(n for n in range(at, len(rows)) if not rows[n][2])
    own = [r for r in rows[at:end] if r[2] == "人员经费"]
    total = sum(round(float(r[-1].replace(",", "")) * 1_000_000) for r in own)
    line = ["", "", "人员经费", "", "", "", "一般公共预算", "", "", "", "", wan(total)]
    return [*rows[:at], line, *rows[at:]]


def named_total(rows: list[list[str]]) -> list[list[str]]:
    """Give a project a name that ends like a total."""
    at = next(n for n, r in enumerate(rows) if r[3])
    old = rows[at][3]
    return [[*r[:3], f"{old}设备小计" if r[3] == old else r[3], *r[4:]] for r in rows]


@pytest.mark.parametrize("trap", [page_total, unmarked_total, named_total])
def test_two_losses_are_named_and_a_sub_total_is_not_taken(book: Book, trap, tmp_path) -> None:
    lost = lost_of(book)
    path = tmp_path / "明细.csv"
    with_subtotals(book, path, rows=trap(without(book, *lost)))
    profile = load_profile("wan-subtotals")

    with pytest.raises(RefusedImport) as refused:
        import_files([path], profile, asked_of(book))

    assert sorted(x.amount for x in refused.value.losses) == sorted(x.amount for x in lost)
    text = str(refused.value)
    assert (
        f"青川县示例中心 一般公共预算 基本支出 功能科目 {lost[0].function} 少 {int(yuan(lost[0].amount)[:-3]):,}"
        in text
    )
    assert "青川县示例局 政府性基金预算 项目支出 功能科目 2120801 少" in text

    explained = asked_of(
        book,
        differences=(
            f"青川县示例中心,一般公共预算,基本支出={yuan(lost[0].amount)}:涉密",
            f"205001,政府性基金预算,项目支出={yuan(lost[1].amount)}:其他:另行下达",
        ),
    )
    imported = import_files([path], profile, explained)
    rest = [x for x in book.spending if x not in lost]
    taken = imported.books[0].book
    assert sorted(x.amount for x in taken.spending) == sorted(x.amount for x in rest)
    assert [d["reason"] for d in taken.extra["/differences"]] == ["withheld", "other"]


def test_the_same_losses_without_sub_totals_are_named_by_unit_fund_and_kind(book: Book, tmp_path) -> None:
    lost = lost_of(book)
    path = tmp_path / "明细.xlsx"
    three_columns(replace(book, spending=tuple(x for x in book.spending if x not in lost)), path)

    with pytest.raises(RefusedImport) as refused:
        import_files([path], load_profile("yuan-three-columns"), asked_of(book))

    assert {(x.keys["unit"], x.keys["fund"], x.keys["kind"]): x.amount for x in refused.value.losses} == {
        ("205002", "general", "basic"): lost[0].amount,
        ("205001", "gov_fund", "project"): lost[1].amount,
    }


def test_losses_show_in_the_export_itself_where_nothing_was_approved(book: Book, tmp_path) -> None:
    lost = lost_of(book)
    path = tmp_path / "明细.csv"
    with_subtotals(book, path, rows=without(book, *lost))

    with pytest.raises(RefusedImport) as refused:
        import_files([path], load_profile("wan-subtotals"), asked_of(book, approved=(), unreconciled=True))

    assert {(x.keys["unit"], x.keys["function"]): x.amount for x in refused.value.losses} == {
        ("205002", lost[0].function): lost[0].amount,
        ("205001", "2120801"): lost[1].amount,
    }


def test_a_line_taken_twice_is_found_by_what_was_approved(book: Book, tmp_path) -> None:
    twice = book.spending[7]
    path = tmp_path / "明细.xlsx"
    three_columns(replace(book, spending=(*book.spending, replace(twice, id=""))), path)

    with pytest.raises(RefusedImport) as refused:
        import_files([path], load_profile("yuan-three-columns"), asked_of(book))
    assert [x.amount for x in refused.value.losses] == [-twice.amount]

    imported = import_files([path], load_profile("yuan-three-columns"), asked_of(book, lines={"306": "skip"}))
    assert lines_of(imported.books[0].book) == lines_of(book)


def test_nothing_approved_is_refused_unless_it_is_asked_for(book: Book, tmp_path) -> None:
    path = tmp_path / "明细.xlsx"
    three_columns(book, path)
    profile = load_profile("yuan-three-columns")

    with pytest.raises(RefusedImport, match="没有批复数"):
        import_files([path], profile, asked_of(book, approved=()))
    imported = import_files([path], profile, asked_of(book, approved=(), unreconciled=True))
    assert len(imported.used) == 300
    assert not imported.compared


@pytest.mark.parametrize(
    ("difference", "match"),
    [
        ("205002,一般公共预算,基本支出=1.00:涉密", "多 1.00 元"),
        ("205009,一般公共预算,基本支出=1.00:涉密", "没有用上"),
        ("205001,一般公共预算,基本支出=1.00:没想好", "不认识"),
        ("205001,一般公共预算,基本支出=1.00:其他", "要有说明"),
        ("205001,一般公共预算=1.00", "看不懂"),
    ],
)
def test_a_difference_must_be_one(book: Book, difference: str, match: str, tmp_path) -> None:
    path = tmp_path / "明细.xlsx"
    three_columns(book, path)
    with pytest.raises(Fault, match=match):
        import_files([path], load_profile("yuan-three-columns"), asked_of(book, differences=(difference,)))


def test_approved_totals_may_be_coarser_than_unit_fund_and_kind(book: Book, tmp_path) -> None:
    path = tmp_path / "明细.xlsx"
    three_columns(book, path)
    total = sum(x.amount for x in book.spending)
    imported = import_files([path], load_profile("yuan-three-columns"), asked_of(book, approved=(f",,={yuan(total)}",)))
    assert imported.compared[0].lines == total
    assert approved_words(book)


def test_money_of_a_fund_that_nothing_approved_covers_is_told_once(book: Book, tmp_path) -> None:
    path = tmp_path / "明细.xlsx"
    three_columns(book, path)
    totals = tuple(t for t in approved_words(book) if "政府性基金" not in t)
    with pytest.raises(RefusedImport) as refused:
        import_files([path], load_profile("yuan-three-columns"), asked_of(book, approved=totals))
    stray = sum(x.amount for x in book.spending if x.fund == "gov_fund")
    assert sum(x.amount for x in refused.value.losses) == -stray
