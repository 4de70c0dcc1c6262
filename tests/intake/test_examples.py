from __future__ import annotations

import importlib.util
import itertools
from collections import Counter
from pathlib import Path

import pytest

from mingzhang.forms.packs import load_pack
from mingzhang.intake.books import read_book
from mingzhang.intake.template import template_bytes
from mingzhang.intake.validation import problems
from mingzhang.intake.workbook import read_workbook

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = ("hospital-2023", "mixed-2024", "operations-2024", "park-2023", "school-2024")
TEXTS = ("overview", "basis", "necessity", "safeguards", "plan", "period_goal", "annual_goal")
COMPARED = {
    "income_total",
    "expenditure_total",
    "general_current",
    "three_public_total",
    "three_public_abroad",
    "three_public_reception",
    "three_public_vehicle_run",
    "three_public_vehicle_buy",
    "operating_cost",
}


@pytest.fixture(params=NAMES, scope="module")
def book(request):
    return read_book(EXAMPLES / f"{request.param}.json")


def spent(book, project) -> Counter:
    found = Counter()
    for line in book.spending:
        if line.project == project.id:
            found[line.level] += line.amount
    return found


def test_the_books_are_current_with_their_sources():
    spec = importlib.util.spec_from_file_location("make", EXAMPLES / "make.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    made = make.books()
    assert {f"{name}.json" for name in NAMES} < made.keys()
    for name, content in made.items():
        assert (EXAMPLES / name).read_bytes() == content, name


def test_nothing_is_wrong_with_them(book):
    assert [str(p) for p in problems(book)] == []
    assert all(line.amount > 0 for line in (*book.spending, *book.year_end))


def test_they_survive_the_workbook(book):
    assert read_workbook(template_bytes(load_pack(book.pack), book, money_unit="万元"), "book.xlsx") == book


def test_every_project_has_money_within_its_period(book):
    for project in book.projects:
        year = spent(book, project)
        assert year.total() > 0, project.name
        assert all(amount <= project.period_funds.get(level, 0) for level, amount in year.items()), project.name
        assert sum(project.period_funds.values()) == year.total() * project.period_years, project.name
        assert project.period_years == 1 or project.attribute != "one_off", project.name


def test_every_project_is_described_with_targets(book):
    for project in book.projects:
        if project.withheld:
            continue
        assert all(getattr(project, text) for text in TEXTS), project.name
        for span in ("period", "annual"):
            goals = [g for g in project.goals if g.span == span]
            assert 6 <= len(goals) <= 12, project.name
            assert {"产出指标", "效益指标", "满意度指标"} == {g.level1 for g in goals}, project.name
            assert len({g.level3 for g in goals}) == len(goals), project.name


def test_no_two_projects_share_a_text(book):
    for text in TEXTS:
        words = [getattr(p, text) for p in book.projects if not p.withheld]
        assert len(set(words)) == len(words)


def test_what_is_compared_has_last_years_figure(book):
    assert book.last_year.keys() == COMPARED
    parts = sum(v for k, v in book.last_year.items() if k.startswith("three_public_") and k != "three_public_total")
    assert parts == book.last_year["three_public_total"]
    assert {"totals", "general"} <= book.reasons.keys()
    assert not any(reason.endswith("。") for reason in book.reasons.values())
    assert all(note.endswith("。") for note in book.notes.values())


def test_assets_and_staff_are_told(book):
    assert sum(book.assets.vehicles.values()) <= book.assets.vehicle_quota
    assert book.assets.as_of == f"{book.year - 1}年12月31日"
    assert 0 < book.staffing.in_quota <= book.staffing.quota


def test_they_show_what_the_forms_can_hold():
    books = {name: read_book(EXAMPLES / f"{name}.json") for name in NAMES}
    park, operations = books["park-2023"], books["operations-2024"]
    assert {b.pack for b in books.values()} == {"shanxi-2023", "shanxi-2024"}
    assert len(park.projects) == 16
    assert sum(line.amount for line in park.spending) == 129_589_59 * 10**4
    assert {line.fund for line in park.spending} == {"general", "gov_fund"}
    assert any(line.origin == "carried" for line in park.spending)
    assert {line.kind for line in operations.spending} == {"project"}  # so its basic table is empty
    assert sum(line.amount for line in operations.spending) == 7612_17 * 10**4
    assert "special_account" in {line.fund for line in books["school-2024"].spending}
    hospital = books["hospital-2023"]
    assert {"business_operations", "personnel", "operating", "project"} == {line.kind for line in hospital.spending}
    assert {line.fund for line in hospital.year_end} == {"general", "unit_funds"}
    assert all(line.amount % 100 for line in hospital.spending)
    mixed = books["mixed-2024"]
    assert [m.unit_type for m in mixed.members] == ["行政", "参公", "公益一类"]
    assert [p.withheld for p in mixed.projects if p.withheld] == [w.id for w in mixed.withheld]


def test_no_sentence_comes_from_a_sample(samples):
    run = 20
    published = set(
        itertools.chain.from_iterable(_runs(p.read_text(encoding="utf-8"), run) for p in samples.glob("*.txt"))
    )
    for name in NAMES:
        shared = published & set(_runs((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"), run))
        assert not shared


def _runs(text: str, length: int):
    """Give every run of so many Han characters, punctuation and figures left out."""
    flat = "".join(c for c in text if "\u4e00" <= c <= "\u9fff" or c == "\n")
    for line in flat.splitlines():
        for n in range(len(line) - length + 1):
            yield line[n : n + length]
