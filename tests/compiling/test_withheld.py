"""Withheld facts: in nothing that is published, and not to be computed from all of it together."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from attacker import interval, told
from msgspec.structs import replace
from secret_books import secret_book

import mingzhang
from mingzhang.compiling.compile import compile_book, disclosure_of, setting_of
from mingzhang.compiling.trace import trace
from mingzhang.compiling.withheld import published
from mingzhang.compiling.withheld_check import Revealed
from mingzhang.compiling.withheld_inference import inference
from mingzhang.compiling.withheld_proposal import taken
from mingzhang.compiling.withheld_words import mentions
from mingzhang.documents.xlsx import write_xlsx
from mingzhang.forms.packs import load_pack, pack_ids
from mingzhang.model.book import Member, Project, Withheld
from mingzhang.model.codec import encode
from mingzhang.model.fault import InvalidBook
from mingzhang.rules.engine import check

FORMS = Path(mingzhang.__file__).parent / "forms"
PACK = load_pack("shanxi-2024")

LINES = """
function | kind | fund | economic | amount | project
2010601 | personnel | general | 30101 | 812345.67 |
2010602 | operating | general | 30201 | 345678.90 |
2010602 | project | general | 30227 | 700001.23 | a
2010602 | project | general | 30227 | 912003.45 | b
2010601 | project | general | 31003 | 455555.55 | c
2010699 | operating | general | 30201 | 500000.00 |
"""


def secret(**fields) -> Withheld:
    return Withheld(id="w", basis="示例依据", approver="示例机关", date="2024-01-05", **fields)


@pytest.fixture
def merged(book):
    """Make a book whose project a is merged with what else there is."""

    def make(**fields):
        made = book(LINES, year=2024, pack="shanxi-2024", withheld=(secret(policy="merged", **fields),))
        names = {"a": "甲号工程", "b": "道路养护", "c": "设备更新"}
        projects = tuple(replace(p, name=names[p.id], withheld="w" if p.id == "a" else "") for p in made.projects)
        return replace(made, projects=projects)

    return make


def rows_of(disclosure, table):
    return {r.key: r.cells["total"].plain for r in disclosure.table(table).rows}


def by_attacker(disclosure, book, policy=""):
    standards = FORMS / "standards" / load_pack(book.pack).standards
    return told(
        json.loads(encode(disclosure)), json.loads(encode(book)), FORMS / "packs" / book.pack, standards, policy
    )


def test_left_out__is_as_if_it_were_not_there(merged):
    made = merged()
    hidden = replace(made, withheld=(secret(policy="left_out"),))
    bare = replace(
        made,
        spending=tuple(x for x in made.spending if x.project != "a"),
        projects=tuple(p for p in made.projects if p.id != "a"),
        withheld=(),
    )

    found, expected = compile_book(hidden).disclosure, compile_book(bare).disclosure

    assert [rows_of(found, t.id) for t in found.tables if t.id != "summary" and t.columns[-1].key == "total"] == [
        rows_of(expected, t.id) for t in expected.tables if t.id != "summary" and t.columns[-1].key == "total"
    ]
    assert [p.text for s in found.sections for p in s.paragraphs] == [
        p.text for s in expected.sections for p in s.paragraphs
    ]


def test_merged__stays_in_the_totals_and_one_row_stands_for_all(merged):
    disclosure = compile_book(merged(cover=("b",))).disclosure

    projects = rows_of(disclosure, "projects")
    assert {k: v for k, v in projects.items() if k.startswith("project:")} == {
        "project:设备更新": "45.56",
        "project:其他项目": "161.20",
    }
    assert rows_of(disclosure, "spending")["total"] == "372.56"
    assert [f.project for f in disclosure.project_forms] == ["设备更新"]
    assert not [f for f in check(disclosure) if f.severity != "hint" and f.outcome == "violated"]


def test_merged__alone_in_its_row_is_refused_with_the_figures_that_tell_and_the_smallest_help(merged):
    with pytest.raises(Revealed) as caught:
        compile_book(merged())

    refused = caught.value
    (pinned, *_) = refused.found.pinned
    assert pinned.secret.id == "a"
    assert pinned.high - pinned.low < 20_000
    assert any(key.startswith("projects[project:其他项目]") for key in pinned.pins)
    assert [(s.kind, s.what) for s in refused.proposal.steps] == [("cover", "b")]
    assert refused.proposal.smallest
    assert not [digits for digits in ("700001", "700,001", "70.00") if digits in str(refused)]
    compile_book(taken(merged(), refused.proposal.steps))


def test_merged__a_row_of_secrets_alone_goes_into_the_row_above(book):
    made = book(
        """
        function | kind | fund | economic | amount
        2010601 | personnel | general | 30101 | 812345.67
        2010602 | operating | general | 30201 | 345678.90
        2010602 | operating | general | 30211 | 345678.90
        2010699 | personnel | general | 30101 | 912003.45
        """,
        withheld=(secret(policy="merged"),),
    )
    made = replace(made, spending=(*made.spending[:3], replace(made.spending[3], withheld="w")))

    shown = published(made, PACK)
    disclosure = disclosure_of(shown.book, PACK)

    assert [k for k in rows_of(disclosure, "spending") if k.startswith("201")] == ["201", "20106"]
    assert rows_of(disclosure, "basic_economic")["基本工资"] == "172.43"
    assert {len(ids) for ids in shown.sources.values()} == {1, 2}


def test_merged__into_other_spending_where_the_form_says_so(merged):
    other = replace(PACK, withheld=replace(PACK.withheld, policy="merged", into="other"))
    made = merged()

    rows = rows_of(disclosure_of(published(made, other).book, other), "spending")

    assert rows["2010602"] == "125.77"
    assert rows["2010699"] == "120.00"


def test_no_identifier_name_or_amount_of_it_is_stored(merged, tmp_path):
    made = merged(cover=("b",))
    disclosure = compile_book(made).disclosure

    write_xlsx(disclosure, tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        pieces = [archive.read(n).decode(errors="ignore") for n in archive.namelist()]
    for text in (encode(disclosure).decode(), *pieces):
        assert not [w for w in ("甲号工程", "700001.23", "700,001.23", "70000123", "70.00", "道路养护") if w in text]
    assert {i for t in disclosure.tables for r in t.rows for f in r.cells.values() for i in f.facts} == set("12345")


def test_explain__tells_the_lines_of_the_book_beneath_a_merged_figure(merged):
    made = merged(cover=("b",))
    disclosure = compile_book(made).disclosure

    traced = trace(disclosure, made, "projects[project:其他项目].total")

    assert [(x.id, x.amount) for x in traced.lines] == [("s3", 70_000_123), ("s4", 91_200_345)]


def test_the_order_of_lines_is_no_trace_of_what_is_left_out(merged):
    made = replace(merged(), withheld=(secret(policy="left_out"),))

    assert [x.id for x in published(made, PACK).book.spending] == ["1", "2", "3", "4", "5"]


def test_an_earlier_version_with_it_tells_what_is_left_out_now(merged):
    made = merged()
    open_book = replace(made, withheld=(), projects=tuple(replace(p, withheld="") for p in made.projects))
    earlier = compile_book(open_book).disclosure
    now = replace(made, withheld=(secret(policy="left_out"),))

    assert compile_book(now).disclosure
    with pytest.raises(Revealed) as caught:
        compile_book(now, beside=[earlier])
    assert caught.value.proposal is None
    with pytest.raises(Revealed):
        compile_book(now, earlier=earlier)


def test_an_earlier_version_that_only_merged_it_is_covered_by_one_more(merged):
    made = merged(cover=("b",))
    earlier = compile_book(made).disclosure
    now = replace(made, withheld=(secret(policy="left_out"),))

    with pytest.raises(Revealed) as caught:
        compile_book(now, beside=[earlier])
    later = taken(now, caught.value.proposal.steps)
    disclosure = compile_book(later, beside=[earlier]).disclosure

    sums = [*by_attacker(disclosure, later), *by_attacker(earlier, made)]
    truth = {x.id: x.amount for x in made.spending}
    low, high = interval(sums, truth, frozenset({"s3"}))
    assert high - low >= 7_000_012


def test_an_earlier_version_may_have_treated_each_entry_in_its_own_way(book):
    lines = f"{LINES}2010602 | project | general | 30227 | 3333333.33 | d\n"
    made = book(lines, year=2024, pack="shanxi-2024")
    names = {"a": "甲号工程", "b": "道路养护", "c": "设备更新", "d": "乙号工程"}
    marks = {"a": "w", "d": "v"}
    projects = tuple(replace(p, name=names[p.id], withheld=marks.get(p.id, "")) for p in made.projects)
    other = replace(secret(policy="left_out"), id="v")
    before = replace(made, projects=projects, withheld=(secret(policy="merged", cover=("b",)), other))
    now = replace(before, withheld=(secret(policy="left_out"), other))
    earlier = compile_book(before).disclosure

    with pytest.raises(Revealed) as caught:
        compile_book(now, beside=[earlier])
    assert {c.secret.entry for c in caught.value.found.pinned} == {"w"}


def test_other_years_and_other_facts_tell_nothing(merged):
    made = replace(merged(), withheld=(secret(policy="left_out"),))
    open_book = replace(made, withheld=(), projects=tuple(replace(p, withheld="") for p in made.projects))
    doubled = replace(open_book, spending=tuple(replace(x, amount=2 * x.amount) for x in open_book.spending))
    setting = setting_of(PACK, [compile_book(doubled).disclosure])
    last = replace(compile_book(open_book).disclosure, year=2023)

    found = inference(made, setting, compile_book(made).disclosure)

    assert found.unused > 10
    assert [c.high for c in found.concluded] == [None, None]
    assert compile_book(made, beside=[last]).disclosure


def test_a_unit_beside_the_department_tells_the_difference(book):
    made = book(
        """
        function | kind | fund | economic | amount | unit
        2010601 | operating | general | 30201 | 812345.67 | 1
        2010601 | operating | general | 30211 | 345678.90 | 2
        """,
        members=(
            Member(code="1", name="示例局", unit_type="行政"),
            Member(code="2", name="示例中心", unit_type="公益一类"),
        ),
        scope="aggregate",
        unit_code="1",
        withheld=(secret(policy="left_out"),),
    )
    whole = compile_book(made).disclosure
    hidden = replace(made, spending=(replace(made.spending[0], withheld="w"), made.spending[1]))

    with pytest.raises(Revealed):
        compile_book(hidden, beside=[whole])
    own = compile_book(
        replace(made, scope="own_office", spending=made.spending[:1], members=(), withheld=())
    ).disclosure
    with pytest.raises(Revealed):
        compile_book(hidden, beside=[own])


def test_words_that_tell_of_it_are_pointed_at(merged):
    made = merged(cover=("b",))
    told_of = replace(
        made,
        reasons={"totals": "甲号工程今年开工"},
        projects=tuple(replace(p, overview="合同价70.000123万元。") if p.id == "c" else p for p in made.projects),
    )

    assert mentions(published(made, PACK)) == ()
    assert [text.split(" ")[0] for text in mentions(published(told_of, PACK))] == [
        "projects[0].overview",
        "reasons.totals",
    ]
    assert compile_book(told_of).withheld_mentions


def test_a_cover_or_fold_that_nobody_knows_is_refused(merged):
    with pytest.raises(InvalidBook) as caught:
        compile_book(merged(cover=("nobody",), fold=("item:201", "function:x")))

    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("pack", pack_ids())
@pytest.mark.parametrize("seed", range(4))
def test_random_books__an_attacker_of_its_own_making_pins_nothing(pack, seed):
    book = secret_book(seed, pack)
    try:
        made = compile_book(book).disclosure
    except Revealed as refused:
        book = taken(book, refused.proposal.steps)
        made = compile_book(book).disclosure
    form = load_pack(pack)
    sums = by_attacker(made, book)
    truth = {x.id: x.amount for x in (*book.spending, *book.year_end)}

    found = inference(book, setting_of(form), made)
    for one in found.concluded:
        low, high = interval(sums, truth, one.secret.lines)
        width = max(one.secret.amount * form.withheld.rate // 100, form.withheld.floor)
        assert high is None or high - low >= width
        assert low <= one.low + 1
        assert (high is None) == (one.high is None)
        assert high is None or one.high <= high + 1
    names = {p.name for p in book.projects if p.withheld}
    assert not [n for n in names if n in encode(made).decode()]
    assert made.rounding == "additive"


def test_the_attacker_pins_what_is_published_without_looking(merged):
    made = merged()
    unseen = disclosure_of(published(made, PACK).book, PACK)

    low, high = interval(by_attacker(unseen, made), {x.id: x.amount for x in made.spending}, frozenset({"s3"}))

    assert high - low < 1_000_000


def test_projects_of_two_categories_stand_in_one_row_of_that_of_most(merged):
    made = merged(cover=("b",))
    mixed = replace(
        made, projects=tuple(replace(p, category="other_operating") if p.id == "b" else p for p in made.projects)
    )

    assert published(mixed, PACK).book.projects[-1] == Project(
        id="merged", name="其他项目", category="other_operating", disclosed=False
    )
