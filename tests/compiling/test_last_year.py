"""What this year is compared with: last year's documents, typed figures, their contradictions, what is not comparable."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book
from mingzhang.compiling.last_year import compared
from mingzhang.compiling.last_year_codes import function_groups, groups_of
from mingzhang.compiling.last_year_figures import Past, asked_of_last_year
from mingzhang.forms.narrative import narrative_of
from mingzhang.forms.packs import all_packs, load_pack
from mingzhang.model.book import Book, Former, LineChange, SpendingLine
from mingzhang.model.disclosure import Paragraph, Section, Slot
from mingzhang.model.fault import Fault
from mingzhang.model.figure import number

PACK = load_pack("shanxi-2024")
THIS = Book(
    year=2024,
    pack="shanxi-2024",
    unit_code="601",
    unit_name="临江县水务局",
    unit_type="行政",
    spending=(
        SpendingLine(id="s1", function="2130301", amount=123_456_789, kind="personnel", economic="30101"),
        SpendingLine(id="s2", function="2130301", amount=2_300_000, kind="operating", economic="30217"),
    ),
)
LAST = replace(
    THIS,
    year=2023,
    pack="shanxi-2023",
    spending=(
        SpendingLine(id="s1", function="2130301", amount=100_000_000, kind="personnel", economic="30101"),
        SpendingLine(id="s2", function="2130301", amount=3_300_000, kind="operating", economic="30217"),
    ),
)


@pytest.fixture(scope="module")
def last():
    return compile_book(LAST).disclosure


def said(book, *documents):
    compiled = compile_book(book, last_year=documents)
    texts = {s.key: "".join(p.text for p in s.paragraphs) for s in compiled.disclosure.sections}
    return compiled, texts


@pytest.mark.parametrize("pack", all_packs(), ids=lambda p: p.id)
def test_every_pack_says_what_it_compares(pack):
    """A figure of last year stands for the same that this year's statement stands for, which a table prints."""
    asked = asked_of_last_year(narrative_of(pack))
    assert asked
    for one in asked:
        declared = narrative_of(pack).declaration(one.now, one.section)
        assert declared is not None
        assert declared.expression
    assert set(narrative_of(pack).lexicon.bases) == {"initial", "adjusted", "executed", "comparable"}


def test_figures_come_from_last_years_document(last):
    compiled, texts = said(THIS, last)
    assert compiled.last_year == ()
    assert "比上年预算数增加22.46万元，增长21.74%" in texts["totals"]
    assert "公务接待费2.30万元，比上年预算数减少1.00万元" in texts["three_public"]
    assert "无可比数" not in "".join(texts.values())


def test_a_typed_figure_that_agrees_gives_way_to_what_was_printed(last):
    book = compared(replace(THIS, last_year={"income_total": 103_304_999}), PACK, [last]).book
    assert book.last_year["income_total"] == 103_300_000


def test_a_contradiction_is_told_with_both_places_and_what_was_typed_counts(last):
    compiled, texts = said(replace(THIS, last_year={"income_total": 99_000_000}), last)
    (remark,) = compiled.last_year
    assert (remark.kind, remark.key, remark.typed) == ("contradiction", "income_total", 99_000_000)
    assert remark.places[0] == "/last_year/income_total"
    assert "收入总计" in remark.places[1]
    assert "990,000.00" in remark.message
    assert "1,033,000.00" in remark.message
    assert "比上年预算数增加26.76万元" in texts["totals"].split("；")[0]


def test_another_basis_is_no_contradiction_and_the_text_says_which(last):
    book = replace(THIS, last_year={"income_total": 99_000_000}, last_year_basis="executed")
    compiled, texts = said(book, last)
    assert [r.kind for r in compiled.last_year] == ["basis"]
    income, spending = texts["totals"].split("；")
    assert "比上年执行数增加26.76万元" in income
    assert "比上年预算数增加22.46万元" in spending


def test_a_document_that_contradicts_itself_is_told(last):
    figure = number(9_900, "万元", 2, grouped=False)
    wrong = Section("totals", "收支", paragraphs=(Paragraph("99.00万元", slots=(Slot("income_total", figure),)),))
    found = compared(THIS, PACK, [replace(last, sections=(wrong,))])
    assert [r.key for r in found.remarks if r.kind == "contradiction"] == ["income_total"]
    assert found.book.last_year["income_total"] == 103_300_000


def test_a_book_with_changes_of_the_year_is_an_adjusted_basis():
    change = LineChange(entry="a", kind="increase", date="2023-06-30", line="s1", more=1)
    document = compile_book(replace(LAST, adjustments=(change,))).disclosure
    assert document.basis == "adjusted"
    assert "比上年调整预算数增加" in said(THIS, document)[1]["totals"]


@pytest.mark.parametrize(
    "wrong", [{"year": 2022}, {"unit_name": "临江县林业局", "unit_code": "602"}], ids=["year", "unit"]
)
def test_another_document_is_refused(last, wrong):
    with pytest.raises(Fault):
        compared(THIS, PACK, [replace(last, **wrong)])


def test_a_renamed_unit_is_followed(last):
    book = replace(THIS, unit_name="临江县水利局", unit_code="701")
    with pytest.raises(Fault):
        compared(book, PACK, [last])
    book = replace(book, formerly=(Former(what="unit", before=("临江县水务局",)),))
    assert compared(book, PACK, [last]).book.last_year["income_total"] == 103_300_000


def test_merged_units_are_added_up_and_one_is_not_enough(last):
    other = replace(last, unit_name="临江县河道站", unit_code="602")
    book = replace(THIS, formerly=(Former(what="unit", before=("临江县水务局", "临江县河道站")),))
    both = compared(book, PACK, [last, other]).book
    assert both.last_year["income_total"] == 206_600_000
    assert both.last_year_basis == "comparable"
    one = compared(book, PACK, [last])
    assert not one.book.last_year
    assert [r.kind for r in one.remarks] == ["missing"]
    with pytest.raises(Fault):
        compared(book, PACK, [last, last])


@pytest.mark.parametrize(
    "former", [Former(what="unit"), Former(what="unit", before=("临江县水务局",), part=True)], ids=["new", "part"]
)
def test_a_new_unit_and_a_part_of_one_have_nothing_to_compare_with(last, former):
    book = replace(THIS, formerly=(former,), last_year={"income_total": 1, "general_current": 2})
    compiled, texts = said(replace(book, last_year_bases={"general_current": "comparable"}), last)
    assert "上年无可比数" in texts["totals"]
    assert [r.key for r in compiled.last_year if r.kind == "contradiction"] == ["income_total"]
    assert "比上年同口径数增加" in texts["general_scale"]


def test_a_figure_that_last_year_does_not_print_is_missing(last):
    found = compared(
        THIS, PACK, [replace(last, tables=tuple(t for t in last.tables if t.id != "summary"), sections=())]
    )
    assert {"income_total", "expenditure_total"} <= {r.key for r in found.remarks if r.kind == "missing"}
    assert "general_current" in found.book.last_year


@pytest.mark.parametrize(
    ("typed", "agrees"), [(100_000_000, True), (100_009_999, True), (100_010_000, False), (99_990_000, False)]
)
def test_an_additive_figure_stands_for_less_than_a_unit_either_side(typed, agrees):
    past = Past(Fraction(100_000_000), Fraction(10_000), is_open=True, where="")
    assert past.may_be(Fraction(typed)) is agrees
    half = Past(Fraction(100_000_000), Fraction(5_000), is_open=False, where="")
    assert half.may_be(Fraction(100_005_000))
    assert not half.may_be(Fraction(100_005_001))


def test_codes__alike_moved_merged_split_new():
    groups = groups_of(
        ["a", "b", "c", "d"], ["a", "x", "y", "z"], [("a", "a"), ("x", "b"), ("y", "b"), ("z", "c"), ("z", "d")]
    )
    found = {(g.now, g.before): g.is_comparable for g in groups}
    assert found == {(("a",), ("a",)): True, (("b",), ("x", "y")): True, (("c", "d"), ("z",)): False}
    assert [g.is_comparable for g in groups_of(["new"], ["gone"], [])] == [False, False]


def test_codes__of_an_older_edition_and_of_another_depth():
    moved = function_groups(THIS, PACK, ("2101704", "2014004"), ("2100601", "2010308"))
    assert {(g.now, g.before) for g in moved} == {(("2101704",), ("2100601",)), (("2014004",), ("2010308",))}
    deeper = function_groups(THIS, PACK, ("2130301", "2130305", "2080505"), ("21303", "2080505"))
    assert {(g.now, g.before) for g in deeper} == {(("2130301", "2130305"), ("21303",)), (("2080505",), ("2080505",))}


def test_executed_figures_follow_codes_and_split_ones_have_none():
    formerly = (
        Former(what="function", code="2130301", before=("2130399", "2130302")),
        Former(what="function", code="2130305", before=("2130314",)),
        Former(what="function", code="2130306", before=("2130314",)),
    )
    lines = tuple(
        SpendingLine(id=c, function=c, amount=1, kind="personnel", economic="30101")
        for c in ("2130301", "2130305", "2130306")
    )
    book = replace(THIS, spending=lines, formerly=formerly, last_executed={"2130399": 5, "2130302": 7, "2130314": 9})
    found = compared(book, PACK)
    assert found.book.last_executed == {"2130301": 12}
    assert [r.key for r in found.remarks] == ["executed.2130305"]
