"""A department's book is its units' books added up, and gives them back; all documents add up together."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from books import random_books
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mingzhang.compiling import rollup
from mingzhang.compiling.members import book_of
from mingzhang.compiling.rollup import rolled_up
from mingzhang.compiling.rollup_documents import WHOLE, compile_department
from mingzhang.intake.books import read_book
from mingzhang.intake.validation import problems
from mingzhang.model.book import Book, Claim, Member, Withheld
from mingzhang.model.fault import Fault, InvalidBook
from mingzhang.rules.engine import check

DEPARTMENT = Path(__file__).resolve().parents[2] / "examples" / "department"
CODES = ("901", "902", "903")


@pytest.fixture(scope="module")
def books() -> dict[str, Book]:
    return {path.stem: read_book(path) for path in sorted(DEPARTMENT.glob("*.json"))}


@pytest.fixture
def units(books) -> list[Book]:
    return [b for name, b in books.items() if name != "department"]


@st.composite
def departments(draw) -> list[Book]:
    """Draw the books of a department's own office and its units: same year, same form, nothing in common."""
    drawn = [
        draw(random_books(("shanxi-2024",), largest=6, withheld=False)) for _ in range(draw(st.integers(1, len(CODES))))
    ]
    return [
        replace(
            b,
            scope="unit" if n else "own_office",
            unit_code=code,
            unit_name=f"示例单位{code}",
            members=(),
            spending=tuple(replace(x, unit="") for x in b.spending),
            year_end=tuple(replace(x, unit="") for x in b.year_end),
            projects=tuple(replace(p, unit="") for p in b.projects),
        )
        for n, (code, b) in enumerate(zip(CODES, drawn, strict=False))
    ]


some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])


@given(departments())
@some
def test_every_line_keeps_its_unit_and_nothing_is_lost(books):
    whole = rolled_up(books)

    assert problems(whole) == []
    assert sum(x.amount for x in whole.spending) == sum(x.amount for b in books for x in b.spending)
    assert whole.procurement.goods == sum(b.procurement.goods for b in books)
    assert [m.code for m in whole.members] == [b.unit_code for b in books]
    for own in books:
        back = book_of(whole, own.unit_code)
        for field in ("scope", "unit_name", "unit_type", "spending", "year_end", "staffing", "unit_code"):
            assert getattr(back, field) == getattr(own, field), field
        assert {p.id: p for p in back.projects} == {p.id: p for p in own.projects}
        assert {c.id for c in back.claims} == {c.id for c in own.claims}


@given(departments())
@few
def test_figures_of_the_department_are_sums_of_the_units_figures(books):
    done = compile_department(books, together=True)

    assert done.documents.keys() == {WHOLE, *(b.unit_code for b in books)}
    for compiled in done.documents.values():
        assert compiled.broken == () or compiled.disclosure.rounding != "additive"
    if done.apart or not any(x.amount for x in done.book.spending):
        return
    key = ("summary", "out:total", "total")
    printed = {code: c.disclosure.table(key[0]).figure(*key[1:]) for code, c in done.documents.items()}
    digits = {code: (f.digits or 0) if f is not None else 0 for code, f in printed.items()}
    assert digits[WHOLE] == sum(d for code, d in digits.items() if code != WHOLE)


def test_the_example_is_one_department(books, units):
    done = compile_department(units, books["department"], together=True)

    assert done.ties > 40
    assert done.apart == ()
    for compiled in done.documents.values():
        assert compiled.disclosure.rounding == "additive"
        assert compiled.costings == ()
        assert [f.message for f in check(compiled.disclosure) if f.severity != "hint"] == []
    whole = done.documents[WHOLE].disclosure
    assert whole.unit_name == "云岭县文化和旅游局"
    assert whole.scope == "aggregate"
    total = sum(x.amount for b in units for x in b.spending) - 12_000_000
    assert whole.table("summary").figure("in:total", "amount").plain == f"{(total + 5000) // 10_000 / 100:.2f}"
    assert whole.table("income").figure("total", "unit_funds").plain == "12.00"
    assert [r.label for r in whole.table("operating_cost").rows] == ["部门合计", "云岭县文化和旅游局本级"]


def test_withheld_lines_stay_withheld_in_every_document(units):
    secret = Withheld(id="w1", basis="示例依据", approver="示例机关", date="2024-01-05")
    hidden = tuple(replace(x, withheld="w1") if x.id == "s007" else x for x in units[2].spending)
    done = compile_department([*units[:2], replace(units[2], spending=hidden, withheld=(secret,))], together=True)

    assert done.sealed
    assert done.ties == 0
    assert done.book.withheld[0].id == "307003.w1"
    for code, amount in (("307003", 24_815_35 // 100), (WHOLE, 0)):
        text = str(done.documents[code].disclosure.table("basic_economic"))
        assert amount == 0 or "2.48" not in text
    assert done.documents[WHOLE].withheld_left_out == ("307003.s007",)


def test_apart_and_together_differ_only_in_rounding(units):
    apart, together = (compile_department(units, together=t) for t in (False, True))

    for code, one in apart.documents.items():
        other = together.documents[code].disclosure
        for table in one.disclosure.tables:
            for row in table.rows:
                for column, figure in row.cells.items():
                    twin = other.table(table.id).figure(row.key, column)
                    assert abs((figure.digits or 0) - (twin.digits or 0)) <= 1


def test_claims_on_a_units_figure_are_compared_with_the_units_facts(units):
    own = sum(x.amount for x in units[2].spending)
    claims = (
        Claim(id="c1", kind="approved", figure="summary[in:total].amount", amount=own),
        Claim(id="c2", kind="ceiling", figure="summary[in:total].amount", amount=own - 1),
    )
    done = compile_department([*units[:2], replace(units[2], claims=claims)])

    assert [c.claim for c in done.documents[WHOLE].contradictions] == ["307003.c2"[7:]]
    assert [c.claim for c in done.documents["307003"].contradictions] == ["c2"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"year": 2023}, "年度"),
        ({"pack": "shanxi-2023"}, "表样"),
        ({"unit_code": "307001"}, "重复"),
        ({"unit_code": ""}, "单位代码"),
        ({"scope": "own_office"}, "不止一本"),
        ({"scope": "aggregate"}, "部门汇总"),
        ({"members": (Member(code="5", name="别处", unit_type="行政"),)}, "部门汇总"),
        ({"last_year_basis": "executed"}, "口径"),
    ],
)
def test_books_that_do_not_fit_are_refused_by_name(units, change, said):
    wrong = [units[0], replace(units[1], **change), units[2]]
    with pytest.raises(InvalidBook, match=said) as refused:
        rolled_up(wrong, names=["a.json", "b.json", "c.json"])
    assert "b.json" in str(refused.value)


def test_an_id_twice_in_one_book_is_refused(units):
    twice = replace(units[0], spending=(*units[0].spending, units[0].spending[0]))
    with pytest.raises(InvalidBook, match="s001"):
        rolled_up([twice, *units[1:]])


def test_there_must_be_an_own_office_and_some_book(units):
    with pytest.raises(InvalidBook, match="本级"):
        rolled_up(units[1:])
    with pytest.raises(InvalidBook):
        rolled_up([])


def test_no_such_unit(units):
    with pytest.raises(Fault, match="999"):
        book_of(rolled_up(units), "999")


def test_every_field_of_a_book_is_thought_of():
    """A new field of the book must be added up, or be named as the department's own."""
    said = inspect.getsource(rollup)
    alike = {"schema", "kind", "year", "pack", "version", "division", "unit_name", "profile"}
    assert [f for f in Book.__struct_fields__ if f not in said and f not in alike] == []
