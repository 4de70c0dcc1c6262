"""Book → performance forms."""

from __future__ import annotations

import msgspec
from books import random_books
from hypothesis import given, settings

from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.performance import department_form, project_forms
from mingzhang.forms.packs import load_pack
from mingzhang.model.book import DepartmentGoals, Goal, Member, Profile, Project, Staffing
from mingzhang.model.units import ATOMS_PER_FEN

SPENDING = """
function | amount | kind | fund | origin | project | level | economic
2010601 | 1200000 | project | general | current | p1 | municipal | 30201
2010601 | 300000 | project | general | current | p1 | county | 30201
2010601 | 500000.50 | project | general | current | p2 | provincial | 30201
2010601 | 70000 | project | general | carried | p1 | municipal | 30201
2120801 | 40000 | project | gov_fund | current | p1 | central | 30201
2010601 | 80000 | operating | general | current | | municipal | 30201
"""


def made(book, **fields):
    spending = [line.rstrip() for line in SPENDING.strip().splitlines()]
    one = book("\n".join(spending), **fields)
    pack = load_pack(one.pack)
    return project_forms(one, pack, facts_of(one, pack)), department_form(one, pack, facts_of(one, pack))


def printed(funds):
    figures = {f: getattr(funds, f) for f in funds.__struct_fields__}
    return {k: v.printed for k, v in figures.items() if v is not None}


def test_the_years_money_is_the_sum_of_this_years_facts(book):
    (first, second), _ = made(book)
    assert printed(first.annual_funds) == {
        "total": "1,540,000", "central": "40,000", "provincial": "0", "municipal": "1,500,000", "self_raised": "0",
        "other": "",
    }  # fmt: skip
    assert first.annual_funds.total.facts == ("s1", "s2", "s5")
    assert first.annual_funds.municipal.facts == ("s1", "s2")
    assert second.annual_funds.total.printed == "500,000.50"


def test_a_form_says_what_the_book_says(book):
    project = Project(
        id="p1",
        name="路灯更新",
        attribute="continuing",
        period_years=3,
        unit="207002",
        period_funds={"municipal": 450_000_000, "other": 100},
        overview="概况",
        annual_goal="目标",
        goals=(
            Goal(span="period", level1="产出指标", level2="数量指标", level3="新装路灯", value="≥360盏"),
            Goal(span="annual", level1="产出指标", level2="数量指标", level3="新装路灯", value="≥120盏"),
        ),
        filled_at="20230105093000",
    )
    other = Project(id="p2", name="另一个")
    members = (Member(code="207002", name="青川县示例中心", unit_type="公益一类"),)
    (form, _), department = made(
        book, projects=(project, other), unit_code="207", unit_name="青川县示例局", members=members
    )
    assert department is None
    assert (form.kind, form.department, form.implementing_unit) == ("application", "207-青川县示例局", "青川县示例中心")
    assert (form.attribute, form.attribute_printed) == ("continuing", "延续性项目(阶段开展)")
    assert (form.period_years, form.period_printed, form.filled_at) == (3, "3年", "20230105093000")
    assert printed(form.period_funds) == {
        "total": "4,500,001", "central": "0", "provincial": "0", "municipal": "4,500,000", "self_raised": "0",
        "other": "1",
    }  # fmt: skip
    (period,), (annual,) = form.period_indicators, form.annual_indicators
    assert (period.comparator, period.number, period.unit, period.value) == ("≥", "360", "盏", "≥360盏")
    assert annual.number == "120"


def test_withheld_and_unpublished_projects_have_no_form(book):
    projects = (Project(id="p1", name="甲", withheld="w1"), Project(id="p2", name="乙", disclosed=False))
    assert made(book, projects=projects) == ((), None)


def test_the_other_edition_prints_another_title(book):
    (form, _), _ = made(book, pack="shanxi-2024", year=2024)
    assert form.kind == "goal"
    assert form.title.endswith("目标表")


def test_the_departments_own_form(book):
    goals = DepartmentGoals(
        strategy="战略",
        key_tasks=(("路灯管理", "更换"),),
        annual_goal="全年亮灯",
        goals=(Goal(span="annual", level1="产出指标", level2="数量指标", level3="新装路灯", value="120盏"),),
    )
    _, form = made(
        book,
        department_goals=goals,
        staffing=Staffing(quota=21, in_quota=18, other=2, sections=4),
        members=(Member(code="", name="示例局", unit_type="行政"), Member(code="2", name="示例所", unit_type="行政")),
        profile=Profile(duties=("一、管灯。", "二、管路。")),
    )
    assert {k: v.printed for k, v in form.by_source.items()} == {
        "total": "212.00", "general": "208.00", "gov_fund": "4.00", "state_capital": "0.00",
        "social_insurance": "0.00", "special_account": "0.00", "unit_funds": "0.00",
    }  # fmt: skip
    assert {k: v.printed for k, v in form.by_use.items()} == {"total": "212.00", "basic": "8.00", "project": "204.00"}
    assert form.by_use["project"].facts == ("s1", "s2", "s3", "s5")
    assert [f.digits for f in (form.staff_quota, form.staff_actual, form.staff_in_quota, form.staff_other)] == [
        21, 20, 18, 2,
    ]  # fmt: skip
    assert (form.sections.digits, form.subordinate_units.digits) == (4, 1)
    assert form.duties == "一、管灯。二、管路。"
    assert form.indicators[0].level3 == "新装路灯"


@settings(max_examples=30, deadline=None)
@given(random_books())
def test_forms_of_random_books_say_the_facts_exactly(book):
    pack = load_pack(book.pack)
    facts = facts_of(book, pack)
    amounts = {f.id: f.amount for f in facts}
    forms, department = project_forms(book, pack, facts), department_form(book, pack, facts)
    fiscal = ("general", "gov_fund", "state_capital")
    listed = {
        x.project for x in book.spending if x.id in amounts and (x.origin == "current" or x.fund in fiscal) and x.amount
    }
    shown = [p for p in book.projects if p.disclosed and not p.withheld and p.id in listed]
    assert [f.project for f in forms] == [p.name for p in shown]
    assert (department is None) == (book.department_goals is None)
    for form, project in zip(forms, shown, strict=True):
        total = form.annual_funds.total
        assert total.atoms == sum(amounts[i] for i in total.facts) * ATOMS_PER_FEN
        mine = [x for x in book.spending if x.project == project.id and x.id in amounts]
        own = {x.id for x in mine if x.origin == "current"}
        assert set(total.facts) == (own or {x.id for x in mine if x.origin == "carried" and x.fund in fiscal})
        parts = [getattr(form.annual_funds, k) for k in form.annual_funds.__struct_fields__ if k != "total"]
        assert total.atoms == sum(p.atoms for p in parts if p is not None and p.is_number)
        assert len(form.period_indicators) + len(form.annual_indicators) == len(project.goals)
    assert msgspec.json.decode(msgspec.json.encode(forms), type=type(forms)) is not None
