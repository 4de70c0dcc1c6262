"""The written part of a book: every figure as the tables print it, every wording as the book's facts ask for."""

from __future__ import annotations

import re

import msgspec
import pytest
from books import random_books
from hypothesis import HealthCheck, given, settings

from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.tables import tables_of
from mingzhang.compiling.wording import written_part
from mingzhang.forms.expressions import Cell as TableCell
from mingzhang.forms.expressions import exact
from mingzhang.forms.narrative import narrative_of
from mingzhang.forms.packs import load_pack
from mingzhang.model.book import (
    Assets,
    Book,
    Member,
    Procurement,
    Profile,
    Project,
    SpendingLine,
    Withheld,
    YearEndCarry,
)
from mingzhang.model.page import Cell, Line
from mingzhang.model.place import Place
from mingzhang.readback.written import read_written

BOOK = Book(
    year=2024,
    pack="shanxi-2024",
    unit_name="临江县水务局",
    unit_type="行政",
    spending=(
        SpendingLine(id="s1", function="2130301", amount=123_456_789, kind="personnel", economic="30101"),
        SpendingLine(id="s2", function="2130301", amount=2_345_678, kind="operating", economic="30201"),
        SpendingLine(id="s3", function="2130301", amount=2_300_078, kind="operating", economic="30217"),
        SpendingLine(id="s4", function="2080505", amount=23_456_789, kind="personnel", economic="30108"),
        SpendingLine(id="s5", function="2130305", amount=500_000_000, kind="project", economic="30227", project="p1"),
        SpendingLine(id="s6", function="2130306", amount=80_000_000, kind="project", economic="30227", project="p2"),
        SpendingLine(
            id="s7",
            function="2130305",
            amount=50_000_000,
            kind="project",
            economic="30227",
            project="p3",
            origin="carried",
        ),
    ),
    projects=(
        Project(id="p1", name="河道清淤"),
        Project(id="p2", name="水文站房修缮", category="other_operating", disclosed=False),
        Project(id="p3", name="上年堤防加固"),
    ),
)


def part(book: Book = BOOK, **changes):
    book = msgspec.structs.replace(book, **changes)
    pack = load_pack(book.pack)
    facts = facts_of(book, pack)
    tables = tables_of(book, pack, facts)
    return {s.key: s for s in written_part(book, pack, facts, tables)}


def text_of(section) -> str:
    return "\n".join(p.text for p in section.paragraphs)


def figures(section) -> dict[str, str]:
    return {s.key: s.figure.printed for p in section.paragraphs for s in p.slots if s.figure is not None}


def test_figures_are_those_of_the_tables_and_slots_stand_where_they_say():
    sections = part()
    assert figures(sections["income"])["income_total"] == "781.56"
    assert figures(sections["spending"]) == {
        "expenditure_total": "781.56", "expenditure_basic": "151.56", "expenditure_basic_share": "19.39",
        "expenditure_project": "630.00", "expenditure_project_share": "80.61",
    }  # fmt: skip
    for section in sections.values():
        for paragraph in section.paragraphs:
            for slot in paragraph.slots:
                assert paragraph.text[slot.at :].startswith(slot.text or slot.figure.printed)


def test_a_figure_knows_the_facts_it_sums():
    slot = next(s for p in part()["basic"].paragraphs for s in p.slots if s.key == "basic_personnel")
    assert set(slot.figure.facts) == {"s1", "s4"}


def test_nothing_is_spelled_as_one_zero_and_all_as_a_hundred():
    income = text_of(part()["income"])
    assert "政府性基金预算拨款收入0万元，占0%" in income
    alone = part(spending=BOOK.spending[:1], projects=())
    assert figures(alone["income"])["income_general_share"] == "100"


def test_a_rise_a_fall_no_change_and_nothing_to_compare_with():
    def totals(last):
        return text_of(part(last_year=last)["totals"]).split("；")[0]

    assert totals({"income_total": 581_560_000}).endswith("，比上年预算数增加200.00万元，增长34.39%")
    assert totals({"income_total": 981_560_000}).endswith("，比上年预算数减少200.00万元，下降20.38%")
    assert totals({"income_total": 781_559_334}).endswith("，与上年预算数相同")
    assert totals({}).endswith("，上年无可比数")


def test_no_percentage_on_a_base_of_nothing():
    text = text_of(part(last_year={"general_current": 0})["general_scale"])
    assert "增加731.56万元" in text
    assert "%" not in text


def test_a_reason_follows_a_change_and_only_a_change():
    reasons = {"totals": "新增河道清淤任务。", "three_public": "接待减少"}
    sections = part(reasons=reasons, last_year={"income_total": 100, "three_public_total": 2_300_078})
    income, spending = text_of(sections["totals"]).split("；")
    assert income.endswith("，主要原因是新增河道清淤任务")
    assert "原因" not in spending
    assert "原因" not in text_of(sections["three_public"])
    assert "原因" not in text_of(part(last_year={"income_total": 100})["totals"])


def test_classes_are_listed_in_the_order_of_codes():
    fiscal = text_of(part()["fiscal"])
    assert "：社会保障和就业支出23.46万元、农林水支出758.10万元。" in fiscal
    keys = [s.key for p in part()["general_structure"].paragraphs for s in p.slots][1:]
    assert keys == ["general_exp_208", "general_exp_208_share", "general_exp_213", "general_exp_213_share"]


@pytest.mark.parametrize(
    ("lines", "items"),
    [((), "无"), (BOOK.spending[1:2], "办公费"), (BOOK.spending[1:3], "办公费、公务接待费")],
)
def test_lists_of_items(lines, items):
    assert text_of(part(spending=(BOOK.spending[0], *lines), projects=())["basic"]).endswith(f"主要包括：{items}。")


def test_an_item_printed_in_several_rows_is_named_once():
    twice = SpendingLine(
        id="s9", function="2130304", amount=100_000, kind="operating", economic="30201", gov_economic="50502"
    )
    again = part(spending=(*BOOK.spending, twice))
    assert text_of(again["basic"]).count("办公费") == 1


def test_what_the_spending_table_has_no_column_for_is_said_in_words():
    shop = SpendingLine(
        id="s9", function="2130304", amount=100_000_000, kind="business_operations", economic="30201", fund="unit_funds"
    )
    sections = part(spending=(*BOOK.spending, shop))
    assert "；事业单位经营支出100.00万元，占11.34%。" in text_of(sections["spending"])
    assert "经营支出" not in text_of(part()["spending"])


def test_money_carried_out_is_said():
    carried = YearEndCarry(id="y1", fund="general", amount=20_000_000)
    assert text_of(part(year_end=(carried,))["fiscal"]).endswith("，年终结转20.00万元。")


def test_operating_cost_of_offices_and_of_institutions():
    office = part()["operating_cost"]
    assert figures(office) == {"operating_cost_total": "4.65"}
    institution = part(unit_type="公益一类")["operating_cost"]
    assert figures(institution) == {}
    assert "没有机关运行经费" in text_of(institution)
    mixed = part(
        unit_type="公益一类", unit_code="1", members=(Member(code="2", name="临江县河长办", unit_type="参公"),)
    )
    assert figures(mixed["operating_cost"]) == {"operating_cost_total": "0"}


def test_procurement_adds_up_as_printed():
    bought = Procurement(goods=14_999_999, works=4_999, services=4_999)
    assert figures(part(procurement=bought)["procurement"]) == {
        "procurement_total": "15.00", "procurement_goods": "15.00", "procurement_works": "0.00", "procurement_services": "0.00",
    }  # fmt: skip
    thirds = Procurement(goods=4_000, works=5_000, services=6_000)
    printed = figures(part(procurement=thirds)["procurement"])
    assert printed["procurement_total"] == "0.02"


def test_performance_counts_projects_by_category_and_disclosure_carried_money_included():
    printed = figures(part()["performance_projects"])
    assert {k.removeprefix("performance_"): v for k, v in printed.items()} == {
        "project_count": "3", "amount": "630.00", "other_operating_count": "1", "other_operating_amount": "80.00",
        "specific_count": "2", "specific_amount": "550.00", "public_count": "2", "public_amount": "550.00",
        "public_share": "87.30", "public_other_count": "0", "public_other_amount": "0", "public_specific_count": "2",
        "public_specific_amount": "550.00",
    }  # fmt: skip


def test_a_withheld_project_is_not_counted():
    secret = Withheld(id="w", basis="保密规定", approver="局长", date="2023-12-01")
    projects = (msgspec.structs.replace(BOOK.projects[0], withheld="w"), *BOOK.projects[1:])
    printed = figures(part(projects=projects, withheld=(secret,))["performance_projects"])
    assert (printed["performance_project_count"], printed["performance_amount"]) == ("2", "130.00")


def test_assets_with_and_without_a_date():
    assets = Assets(as_of="2023-12-31", vehicle_quota=3, vehicles={"enforcement": 2, "other": 1}, office_area=1200)
    dated = part(assets=assets)
    assert text_of(dated["vehicles"]).startswith("截至2023年12月31日，临江县水务局共有公务用车编制3辆，实有3辆")
    assert figures(dated["buildings"]) == {"office_area": "1,200"}
    assert text_of(part()["vehicles"]).startswith("临江县水务局共有公务用车编制0辆")


def test_profile_and_notes_are_printed_line_by_line():
    profile = Profile(duties=("管理水资源。", "防御水旱灾害。"))
    sections = part(profile=profile, notes={"income": "收入不含专户。", "purchased_services": "无此项。\n另见附表。"})
    assert [p.text for p in sections["duties"].paragraphs] == ["管理水资源。", "防御水旱灾害。"]
    assert sections["duties"].part == "profile"
    assert [p.text for p in sections["income"].paragraphs][1:] == ["收入不含专户。"]
    assert [p.text for p in sections["purchased_services"].paragraphs] == ["无此项。", "另见附表。"]
    assert [p.text for p in part()["purchased_services"].paragraphs] == ["无"]


def test_charts_carry_their_data():
    sections = part()
    [income] = sections["income"].charts
    assert next((i.label, i.figure.printed, i.share.printed) for i in income.items) == (
        "一般公共预算",
        "731.56",
        "93.60",
    )
    [structure] = sections["general_structure"].charts
    assert [i.label for i in structure.items] == ["社会保障和就业支出", "农林水支出"]
    [public] = sections["three_public"].charts
    assert [i.figure.printed for i in public.items] == ["0", "2.30", "0", "0"]
    assert part(spending=BOOK.spending[:1], projects=())["three_public"].charts == ()


def test_the_form_of_another_year_has_its_own_words():
    earlier = part(pack="shanxi-2023", year=2023)
    assert earlier["general_scale"].heading != part()["general_scale"].heading
    assert "performance_general_amount" in figures(earlier["performance_overview"])
    assert "performance_general_amount" not in figures(part()["performance_overview"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(book=random_books())
def test_any_book_is_written_and_read_back(book):
    """What is printed is read again under the same keys, and nothing compares with a year that is not there."""
    pack = load_pack(book.pack)
    facts = facts_of(book, pack)
    tables = tables_of(book, pack, facts)
    sections = [s for s in written_part(book, pack, facts, tables) if s.part == "written"]
    lines = [t for s in sections for t in (s.heading, *(p.text for p in s.paragraphs))]
    page = [Line((Cell(t),), Place(line=i)) for i, t in enumerate(lines, 1) if t.strip()]
    again = {s.key: s for s in read_written(page, pack, tables)}
    for section in sections:
        numbers = [(s.key, s.figure.plain, s.figure.unit) for p in section.paragraphs for s in p.slots if s.figure]
        read = [
            (s.key, s.figure.plain, s.figure.unit) for p in again[section.key].paragraphs for s in p.slots if s.figure
        ]
        assert read == numbers
    if "income_total" not in book.last_year:
        assert not re.search(r"income_change_", str([s.slots for s in again["totals"].paragraphs]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(book=random_books())
def test_sentences_say_what_tables_say(book):
    """Every slot that is one cell of a table prints that cell's value."""
    pack = load_pack(book.pack)
    facts = facts_of(book, pack)
    tables = {t.id: t for t in tables_of(book, pack, facts)}
    narrative = narrative_of(pack)
    for section in written_part(book, pack, facts, tuple(tables.values())):
        for slot in (s for p in section.paragraphs for s in p.slots if s.figure is not None):
            tree = narrative.declaration(slot.key, section.key).tree
            if isinstance(tree, TableCell) and not tree.row.endswith("*"):
                cell = tables[tree.table].figure(tree.row, tree.column)
                printed = 0 if cell is None or cell.digits is None else exact(cell.digits, cell.unit, cell.places)
                assert exact(slot.figure.digits, slot.figure.unit, slot.figure.places) == printed
