"""Large changes without a reason, and the facts of one: every breakdown adds up to the change to the fen."""

from __future__ import annotations

import re
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.compiling.reasons_drafted import OTHER, drafted_reasons
from mingzhang.forms.packs import load_pack
from mingzhang.model.book import Book, Former, Project, SpendingLine

PACK = load_pack("shanxi-2024")


def line(name, amount, **values):
    usual = {"function": "2130301", "kind": "personnel", "economic": "30101"}
    return SpendingLine(id=name, amount=amount, **(usual | values))


def project_line(name, amount, project, function="2130305"):
    return line(name, amount, function=function, kind="project", economic="30227", project=project)


BOOK = Book(
    year=2024,
    pack="shanxi-2024",
    unit_name="临江县水务局",
    unit_type="行政",
    spending=(line("s1", 120_000_000), project_line("s2", 90_000_000, "p1"), project_line("s3", 10_000_000, "p2")),
    projects=(Project(id="p1", name="河道清淤"), Project(id="p2", name="闸门更新")),
)
BEFORE = replace(
    BOOK,
    year=2023,
    pack="shanxi-2023",
    spending=(line("s1", 100_000_000), project_line("s2", 50_000_000, "p1"), project_line("s3", 40_000_000, "p2")),
    projects=(Project(id="p1", name="河道清淤"), Project(id="p2", name="抗旱应急")),
)


def drafted(book, before):
    last = compile_book(before).disclosure
    compiled = compile_book(book, last_year=[last])
    return {d.statement: d for d in drafted_reasons(book, load_pack(book.pack), compiled.disclosure, [last])}


def parts(draft, dimension):
    return {p.label: p.change for b in draft.breakdowns if b.dimension == dimension for p in b.parts}


def test_a_change_by_project_function_and_fund():
    draft = drafted(BOOK, BEFORE)["income_total"]
    assert draft.change == 30_000_000
    assert parts(draft, "project") == {
        "河道清淤": 40_000_000,
        "抗旱应急": -40_000_000,
        "基本支出": 20_000_000,
        "闸门更新": 10_000_000,
    }
    assert parts(draft, "function") == {"水利工程建设": 10_000_000, "行政运行": 20_000_000}
    assert parts(draft, "fund") == {"一般公共预算": 30_000_000}
    assert (
        draft.sentence
        == "“抗旱应急”项目不再安排，减少40.00万元，“河道清淤”项目增加40.00万元，基本支出增加20.00万元，新增“闸门更新”项目10.00万元"
    )


def test_a_renamed_project_is_the_same_and_a_split_one_is_one_part():
    renamed = replace(BOOK, formerly=(Former(what="project", code="p2", before=("抗旱应急",)),))
    assert parts(drafted(renamed, BEFORE)["income_total"], "project")["闸门更新"] == -30_000_000
    both = tuple(Former(what="project", code=c, before=("河道清淤",)) for c in ("河道清淤", "闸门更新"))
    split = parts(drafted(replace(BOOK, formerly=both), BEFORE)["income_total"], "project")
    assert split["河道清淤、闸门更新"] == 50_000_000


def test_items_of_one_name_are_told_apart():
    twice = (line("s1", 200_000_000), line("s4", 10_000_000, function="2130201"), *BOOK.spending[1:])
    found = parts(drafted(replace(BOOK, spending=twice), BEFORE)["income_total"], "function")
    assert {"水利中的行政运行", "林业和草原中的行政运行"} <= set(found)


@pytest.mark.parametrize("pack", ["shanxi-2023", "shanxi-2024"])
@settings(max_examples=12)
@given(seed=st.integers(0, 10**6))
def test_every_breakdown_adds_up_to_its_change(pack, seed):
    random = Random(seed)
    book = replace(sound_book(seed, pack), last_year={}, last_executed={})
    kept = tuple(x for x in book.spending if random.random() > 0.2)
    amounts = tuple(replace(x, amount=x.amount * random.choice((50, 100, 100, 130)) // 100) for x in kept)
    before = replace(book, year=book.year - 1, spending=amounts)
    for draft in drafted(book, before).values():
        assert draft.change == draft.now - draft.last
        for breakdown in draft.breakdowns:
            assert sum(p.change for p in breakdown.parts) == draft.change
            sizes = [abs(p.change) for p in breakdown.parts if p.label != OTHER]
            assert sizes == sorted(sizes, reverse=True)
        if draft.sentence:
            assert hundredths(draft.sentence) == steps(draft.now) - steps(draft.last)


def hundredths(sentence):
    """Add up what a drafted sentence says, in hundredths of 万元."""
    total = 0
    for clause in re.split("，(?=[^，]*万元)", sentence):
        amount = int(re.search(r"([\d,]+\.\d\d)万元$", clause)[1].replace(",", "").replace(".", ""))
        total += (
            -amount if clause.rpartition("”")[2].count("减少") or "减少" in clause.rpartition("元")[0][-16:] else amount
        )
    return total


def steps(fen):
    return (2 * fen + 10_000) // 20_000


def test_what_is_large_and_has_no_reason_is_said():
    last = compile_book(BEFORE).disclosure
    due = compile_book(BOOK, last_year=[last]).reasons_due
    assert [(d.statement, d.change, d.reasons[-1]) for d in due] == [
        ("income_total", 30_000_000, "totals"),
        ("expenditure_total", 30_000_000, "totals"),
        ("general_current", 30_000_000, "general"),
    ]
    assert due[0].rate == Fraction(30, 190)
    assert "15.79%" in due[0].message
    given = compile_book(replace(BOOK, reasons={"totals": "新增闸门更新任务", "general": "同上"}), last_year=[last])
    assert given.reasons_due == ()


def test_small_changes_want_no_reason_but_where_the_form_wants_every_one():
    vehicles = line("s9", 2_000_000, kind="operating", economic="30231")
    now = replace(BOOK, spending=(*BOOK.spending, vehicles))
    before = replace(now, year=2023, spending=(*BOOK.spending, replace(vehicles, amount=1_900_000)))
    due = compile_book(now, last_year=[compile_book(before).disclosure]).reasons_due
    assert {d.section for d in due} == {"three_public", "operating_cost"}


def test_drafts_never_go_into_the_document():
    last = compile_book(BEFORE).disclosure
    compiled = compile_book(BOOK, last_year=[last])
    text = "".join(p.text for s in compiled.disclosure.sections for p in s.paragraphs)
    assert "不再安排" not in text
    assert "原因" not in text


def hosting(name, amount, kind="operating", project=""):
    return line(name, amount, kind=kind, economic="30217", project=project)


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        (90_000_000, 60_000_000, "公务接待费增加30.00万元"),
        (30_000_000, 60_000_000, "公务接待费减少30.00万元"),
        (30_000_000, 0, "公务接待费增加30.00万元"),
        (0, 60_000_000, "公务接待费减少60.00万元"),
    ],
)
def test_a_single_line_of_the_three_has_a_draft_too(now, before, sentence):
    this = replace(BOOK, spending=(*BOOK.spending, hosting("h1", now)) if now else BOOK.spending)
    last = replace(BEFORE, spending=(*BEFORE.spending, hosting("h1", before)) if before else BEFORE.spending)
    draft = drafted(this, last)["three_public_reception"]
    assert draft.reasons == ("three_public_reception",)
    assert draft.sentence == sentence
    assert sum(p.change for p in draft.breakdowns[0].parts) == draft.change


def test_a_single_line_is_divided_into_projects_and_basic_spending_where_tables_tell():
    def of(book, basic, project):
        more = (hosting("h1", basic), hosting("h2", project, "project", "p9"))
        projects = (*book.projects, Project(id="p9", name="国际水周接待"))
        return replace(book, spending=(*book.spending, *more), projects=projects)

    draft = drafted(of(BOOK, 40_000_000, 30_000_000), of(BEFORE, 30_000_000, 50_000_000))["three_public_reception"]
    assert parts(draft, "item") == {"国际水周接待": -20_000_000, "基本支出中的公务接待费": 10_000_000}
    assert sum(p.change for p in draft.breakdowns[0].parts) == draft.change == -10_000_000
