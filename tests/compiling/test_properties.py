"""What holds of every book's tables: summed independently, rounded alike, each code once, nothing secret, repeatable."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal

from books import random_books
from hypothesis import given, settings
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book, disclosure_of
from mingzhang.compiling.facts import withheld_of
from mingzhang.forms.classifications import edition
from mingzhang.forms.packs import load_pack
from mingzhang.model.codec import decode, encode
from mingzhang.model.disclosure import Disclosure
from mingzhang.model.figure import Absence
from mingzhang.rules.engine import check

few = settings(max_examples=40)

FISCAL = ("general", "gov_fund", "state_capital")
FUNDS = (*FISCAL, "special_account", "unit_funds")
BASIC = ("personnel", "operating")
OFFICES = ("行政", "参公")
VEHICLE = {"30231": "vehicle_operation", "31013": "vehicle_purchase", "30217": "reception", "30212": "abroad"}


def disclosed(book):
    return disclosure_of(book, load_pack(book.pack))


def published_lines(book):
    secret = {p.id for p in book.projects if p.withheld}
    return [x for x in book.spending if not x.withheld and x.project not in secret]


def true_sums(book, disclosure):
    """Give every cell's sum of facts in fen, where it is anything."""
    amounts = {x.id: x.amount for x in (*book.spending, *book.year_end)}
    cells = {}
    for table in disclosure.tables:
        for row in table.rows:
            for column, figure in row.cells.items():
                cells[table.id, row.key, column] = sum(amounts[i] for i in figure.facts)
    return {k: v for k, v in cells.items() if v}


class Expected:
    """Cells summed by plain loops over the book's lines, without filters, packs or plans."""

    def __init__(self, book):
        self.cells = defaultdict(int)
        self.book = book
        for line in published_lines(book):
            self.spending_line(line)
        for line in book.year_end:
            self.income(line)
            self.add("summary", "out:carry", "total", line)
            self.add("summary", "out:total", "total", line)
            if line.fund in FISCAL:
                for row in ("out:carry", "out:total"):
                    self.add("appropriation", row, "total", line)
                    self.add("appropriation", row, line.fund, line)
            self.on_current_column(line)

    def add(self, table, row, column, line):
        self.cells[table, row, column] += line.amount

    def on_current_column(self, line):
        for row in ("out:carry", "out:total"):
            self.add("summary", row, "current" if line.origin == "current" else "carry", line)

    def tree(self, code):
        return ["total", *(code[:n] for n in (3, 5, 7) if n <= len(code))]

    def income(self, line):
        current = line.origin == "current"
        for row in self.tree(line.function):
            for column in ("total", line.fund) if current else ("carry",):
                self.add("income", row, column, line)
        self.add("summary", f"in:{line.fund}" if current else "in:carry", "amount", line)
        if current:
            self.add("summary", "in:current_total", "amount", line)
        self.add("summary", "in:total", "amount", line)
        if line.fund in FISCAL:
            self.add("appropriation", "in:total", "amount", line)
            for row in ("in:current_total", f"in:{line.fund}") if current else ("in:carry", f"in:carry_{line.fund}"):
                self.add("appropriation", row, "amount", line)

    def spending_line(self, line):
        self.income(line)
        current, fund = line.origin == "current", line.fund
        half = "basic" if line.kind in BASIC else "project" if line.kind == "project" else None
        tables = ["spending"]
        if current:
            tables += {"general": ["general_spending"], "gov_fund": ["fund_spending"]}.get(fund, [])
        for row in self.tree(line.function):
            for table in tables:
                own = half or (line.kind if table == "spending" else None)
                for column in ("total", own) if own else ("total",):
                    self.add(table, row, column, line)
            if current and fund == "state_capital":
                for column in ("total", half) if half else ("total",):
                    self.add("state_capital", f"out:{row}", column, line)
        for row in (f"out:{line.function[:3]}", "out:current_total", "out:total"):
            self.add("summary", row, "total", line)
            self.add("summary", row, "current" if current else "carry", line)
            if fund in FISCAL:
                self.add("appropriation", row, "total", line)
                self.add("appropriation", row, fund, line)
        if current and fund in FISCAL:
            self.three_public(line)
            self.operating_cost(line)

    def three_public(self, line):
        kind = VEHICLE.get(line.economic, "")
        for tag in line.tags:
            kind = tag.partition(":")[2]
        if kind in VEHICLE.values():
            for row in (kind, "total", *(["vehicles"] if kind.startswith("vehicle") else [])):
                self.add("three_public", row, "total", line)
                self.add("three_public", row, line.fund, line)

    def operating_cost(self, line):
        member = next((m for m in self.book.members if m.code == line.unit), None)
        unit_type = member.unit_type if member else self.book.unit_type
        if line.kind == "operating" and unit_type in OFFICES:
            for row in ("total", member.name if member else self.book.unit_name):
                self.add("operating_cost", row, "total", line)
                self.add("operating_cost", row, line.fund, line)


COUNTED = {"summary", "income", "spending", "appropriation", "general_spending", "fund_spending", "three_public"}


@given(random_books(kinds=True))
@few
def test_tables__true_sums_are_those_of_plain_loops(book):
    found = true_sums(book, disclosed(book))
    expected = {k: v for k, v in Expected(book).cells.items() if v}

    assert {k: v for k, v in found.items() if k[0] in COUNTED} == {k: v for k, v in expected.items() if k[0] in COUNTED}
    assert {k: v for k, v in found.items() if k[0] == "state_capital" and k[1].startswith("out:")} == {
        k: v for k, v in expected.items() if k[0] == "state_capital"
    }


@given(random_books())
@few
def test_operating_cost__true_sums_are_those_of_plain_loops(book):
    names = {m.name for m in book.members} | {book.unit_name}
    found, expected = true_sums(book, disclosed(book)), Expected(book).cells
    rows = {k: v for k, v in found.items() if k[0] == "operating_cost"}

    # a member may have the book's own name: its rows are told apart by a number, their sum is what counts
    for column in ("total", *FISCAL):
        for name in ("total", *names):
            own = sum(v for (_t, r, c), v in rows.items() if c == column and r.partition("#")[0] == name)
            assert own == expected["operating_cost", name, column]


@given(random_books())
@few
def test_basic_economic__every_class_adds_up_and_the_rows_make_the_total(book):
    table = disclosed(book).table("basic_economic")
    lines = [x for x in published_lines(book) if x.fund == "general" and x.origin == "current" and x.kind in BASIC]
    codes = edition(load_pack(book.pack).standards)
    by_class = Counter()
    for line in lines:
        by_class[codes.economic(line.economic[:3]).name] += line.amount
    amounts = {x.id: x.amount for x in lines}
    sums = [(r.level, r.label, sum(amounts[i] for i in r.cells["total"].facts)) for r in table.rows]

    assert {c: n for level, c, n in sums if level == 1} == dict(by_class)
    assert sum(n for level, _c, n in sums if level == 2) == sum(by_class.values())
    assert sums[0] == (0, "合计", sum(by_class.values()))
    assert all(r.texts.get("gov_economic") for r in table.rows if r.level == 2)


@given(random_books())
@few
def test_projects__every_project_line_stands_in_one_row(book):
    disclosure = disclosed(book)
    for key, origin, funds in (("projects", "current", FUNDS), ("projects_carried", "carried", FISCAL)):
        rows = [r for r in disclosure.table(key).rows if r.key.startswith("project:")]
        stood = Counter(i for r in rows for i in r.cells["total"].facts)
        lines = [x for x in published_lines(book) if x.kind == "project" and x.origin == origin and x.fund in funds]

        assert stood == Counter(x.id for x in lines)


@given(random_books())
@few
def test_figures__print_the_half_up_of_their_facts_and_equal_sets_print_alike(book):
    disclosure = disclosed(book)
    amounts = {x.id: x.amount for x in (*book.spending, *book.year_end)}
    grouped = load_pack(book.pack).style.grouped_tables
    seen = {}
    for table in disclosure.tables:
        for figure in (f for r in table.rows for f in r.cells.values()):
            if figure.absence is Absence.BLANK:
                assert sum(amounts[i] for i in figure.facts) == 0
                continue
            true = Decimal(sum(amounts[i] for i in figure.facts)) / 1_000_000
            rounded = true.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
            assert figure.printed == (f"{rounded:,}" if grouped else str(rounded))
            assert seen.setdefault(frozenset(figure.facts), figure.digits) == figure.digits


@given(random_books())
@few
def test_tables__every_key_once_every_code_once_and_two_kinds_of_absence_at_most(book):
    for table in disclosed(book).tables:
        keys = [r.key for r in table.rows]
        assert len(keys) == len(set(keys))
        codes = [(r.key.partition(":")[0], r.code) for r in table.rows if r.code]
        assert len(codes) == len(set(codes))
        assert bool(codes) <= any(c.kind == "code" for c in table.columns)
        figures = [f for r in table.rows for f in r.cells.values()]
        assert {f.absence for f in figures} <= {None, Absence.BLANK, Absence.ZERO}
        assert bool(table.notes) == (not any(f.is_number for f in figures))


@given(random_books())
@few
def test_withheld_lines__stand_under_no_figure(book):
    disclosure = disclosed(book)
    secret = {x.id for x in book.spending} - {x.id for x in published_lines(book)}
    bare = replace(
        book, spending=tuple(published_lines(book)), projects=tuple(p for p in book.projects if not p.withheld)
    )

    assert set(withheld_of(book)) == secret
    assert disclosure == disclosed(bare)
    assert not secret & {i for t in disclosure.tables for r in t.rows for f in r.cells.values() for i in f.facts}


@given(random_books())
@few
def test_compiling__same_book_same_bytes_and_back(book):
    first = encode(disclosed(book))

    assert first == encode(disclosed(decode(encode(book), type(book))))
    assert decode(first, Disclosure) == disclosed(book)


TABLE_FAMILIES = ("B", "C", "G")


@given(random_books(kinds=True))
@settings(max_examples=20)
def test_rules__find_nothing_in_the_tables_but_the_tails_that_half_up_leaves(book):
    compiled = compile_book(book)

    assert compiled.broken == tuple(f for f in check(compiled.disclosure) if f.explained_by_rounding)
    assert [
        f.message
        for f in check(compiled.disclosure)
        # a random book may well pay contributions without salaries: what is merely unusual is a hint
        if f.rule[0] in TABLE_FAMILIES and f.severity != "hint" and not f.explained_by_rounding
    ] == []


@given(random_books(kinds=True))
@settings(max_examples=20)
def test_rules__find_no_tail_where_every_amount_is_whole(book):
    whole = [replace(x, amount=(x.amount // 10_000 + 1) * 10_000) for x in book.spending]
    carried = [replace(x, amount=(x.amount // 10_000 + 1) * 10_000) for x in book.year_end]
    compiled = compile_book(replace(book, spending=tuple(whole), year_end=tuple(carried)))

    assert [f.message for f in compiled.broken if f.rule[0] in TABLE_FAMILIES] == []
