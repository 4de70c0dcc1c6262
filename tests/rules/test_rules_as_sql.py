"""Declared rules as SQL: the same findings, rule by rule and figure by figure, as the rules themselves have."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from golden import disclosure_of
from msgspec.structs import replace
from slips import damaged
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.readback.doors import read_file
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.catalogue import rule as rule_by
from mingzhang.rules.declared_rules import run_declared
from mingzhang.rules.engine import pack_of
from mingzhang.rules.figures import Figures
from mingzhang.rules.user_rules import own_rules

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")

import sqlglot

from mingzhang.rules.sql.queries import DIALECTS, compiled, schema, unsaid, written
from mingzhang.rules.sql.running import loaded, said_by_sql

WHOLE = (Path(__file__).parent / "whole.txt").read_text(encoding="utf-8")
DECLARED = tuple(r for r in RULES if r.holds)
SOUND = 20
DOCUMENTS = 52
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
"""Real documents, where they are beside this checkout."""


def own(holds, tables="", **fields):
    tree = {"id": "U-001", "zh": "自定。", "basis": "本单位规定", "holds": holds, "tables": tables.split(), **fields}
    rules, problems = own_rules({"rule": [tree]}, "own.toml")
    assert not problems
    return rules[0]


def figures_of(document):
    return Figures(document, pack_of(document))


def operands(own):
    return tuple(sorted((o.coefficient, o.ref.source, o.ref.row, o.ref.column) for o in own))


def by_closures(rules, documents):
    return sorted(
        (n, r.id, v.outcome, operands(v.identity.left), operands(v.identity.right))
        for n, figures in enumerate(documents, 1)
        for r in rules
        for v in (x.verdict for x in run_declared(r, figures))
        if v is not None
    )


def by_sql(rules, database):
    return sorted((s.doc, s.rule, s.outcome, s.left, s.right) for s in said_by_sql(rules, database))


@pytest.fixture(scope="module")
def documents():
    """Examples, samples that are there, and random documents with planted errors."""
    packs = packs_of_books()
    sound = [compile_book(sound_book(n, packs[n % len(packs)].id)).disclosure for n in range(SOUND)]
    random = Random(20261121)
    out = [damaged(sound[n % SOUND], random) for n in range(DOCUMENTS)]
    whole = disclosure_of(WHOLE, "shanxi-2023")
    out += [whole, replace(whole, rounding="additive"), *(damaged(whole, random) for _ in range(2))]
    return [figures_of(d) for d in (*out, *map(read_file, sorted(SAMPLES.rglob("*.txt"))))]


@pytest.fixture(scope="module")
def database(documents):
    with loaded(documents) as database:
        yield database


def test_rules__every_declared_one_is_a_query():
    assert [(r.id, unsaid(r)) for r in DECLARED if unsaid(r)] == []


@pytest.mark.parametrize("family", sorted({r.id[0] for r in DECLARED}))
def test_family__both_roads_find_the_same(family, documents, database):
    rules = [r for r in DECLARED if r.id[0] == family]
    assert by_sql(rules, database) == by_closures(rules, documents)


def test_documents__hold_every_outcome(documents):
    said = by_closures(DECLARED, documents)
    assert {o for _, _, o, *_ in said} == {"holds", "rounding", "violated", "undecided"}


@pytest.mark.parametrize(
    "rule",
    [
        own("$table[total].total = sum($table[level=3].total) - $table[total].carry", "coded"),
        own("spending[total].total = sum(general_spending[level=1].total) + sum(fund_spending[level=1].total)"),
        own("general_spending[$code].total <= income[$code].general + income[$code].carry"),
        own("0 = summary[out:carry].total"),
        own("sum(spending[*].basic) >= spending[total].basic"),
        own("summary[in:$fund].amount = appropriation[in:$fund].amount", also=["summary[in:$fund].amount = 0"]),
        own("spending[$row].total = income[$row].total", when=["summary[in:total].amount = summary[out:total].total"]),
    ],
    ids=lambda r: r.holds,
)
def test_own_rule__both_roads_find_the_same(rule, documents, database):
    expected = by_closures([rule], documents)
    assert expected
    assert by_sql([rule], database) == expected


def test_rule_that_is_no_query__says_why():
    assert unsaid(own("text.income_general_share = text.income_general / text.income_total"))
    assert unsaid(next(r for r in RULES if r.function))
    assert unsaid(own("spending[$row].total = income[$row].total", also=["spending[total].total = income[$row].total"]))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_query__is_read_back_as_the_same_query(dialect):
    for statement in schema(dialect):
        assert sqlglot.parse_one(statement, dialect=dialect)
    for number in ("B-002", "B-012", "C-007", "C-014", "C-041", "C-051", "G-003", "F-005"):
        found = compiled(rule_by(number))
        text = written(found.verdicts, dialect)
        assert sqlglot.parse_one(text, dialect=dialect).sql(dialect, pretty=True) == text
