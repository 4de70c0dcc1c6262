"""Declared rules over many documents at once: the very findings that the rules have one document at a time."""

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
from mingzhang.rules.engine import pack_of, results_of, told
from mingzhang.rules.figures import Figures
from mingzhang.rules.settings import SEVERITIES, Steering
from mingzhang.rules.steered import steered

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")

from mingzhang.rules.sql.findings import found_together
from mingzhang.rules.sql.layout import laid_out
from mingzhang.rules.sql.screening import screened
from mingzhang.rules.user_rules import own_rules

WHOLE = (Path(__file__).parent / "whole.txt").read_text(encoding="utf-8")
DECLARED = tuple(r for r in RULES if r.holds)
SOUND = 10
DOCUMENTS = 20


def one_by_one(document, rules=DECLARED):
    figures = Figures(document, pack_of(document))
    found = told(results_of(rules, figures), figures)
    return tuple(sorted(found, key=lambda f: (f.outcome != "violated", SEVERITIES.index(f.severity))))


def own(holds, also=(), tables="", **fields):
    tree = {"id": "U-001", "zh": "自定。", "basis": "本单位规定", "holds": holds, "tables": tables.split(), **fields}
    rules, problems = own_rules({"rule": [{**tree, "also": list(also)}]}, "own.toml")
    assert not problems
    return rules[0]


@pytest.fixture(scope="module")
def sound():
    packs = packs_of_books()
    return [compile_book(sound_book(n, packs[n % len(packs)].id)).disclosure for n in range(SOUND)]


@pytest.fixture(scope="module")
def documents(sound):
    """Sound documents and the same with planted errors; one that mixes units; one that no pack knows."""
    random = Random(77)
    whole = disclosure_of(WHOLE, "shanxi-2023")
    wrong = [damaged(sound[n % SOUND], random) for n in range(DOCUMENTS)]
    return [*sound, *wrong, whole, *(damaged(whole, random) for _ in range(3)), replace(wrong[0], pack=None)]


def test_documents__have_the_findings_of_each_alone(documents):
    found = list(found_together(documents))
    assert found == [one_by_one(d) for d in documents]
    assert sum(map(bool, found)) > DOCUMENTS // 2


def test_samples__have_the_findings_of_each_alone(samples):
    documents = [read_file(p) for p in sorted(samples.glob("*.txt"))]
    assert list(found_together(documents)) == [one_by_one(d) for d in documents]


def test_sound_documents__are_mostly_not_looked_at(sound):
    laid = laid_out([Figures(d, pack_of(d)) for d in sound])
    suspects = screened(DECLARED, laid).suspects
    assert sum(map(len, suspects.values())) < len(DECLARED) * len(sound) // 30


@pytest.mark.parametrize(
    "rule",
    [
        own("$table[total].total = sum($table[level=3].total) - $table[total].carry", tables="coded"),
        own("spending[total].total = sum(general_spending[level=1].total) + sum(fund_spending[level=1].total)"),
        own("general_spending[$code].total <= income[$code].general + income[$code].carry"),
        own("0 = summary[out:carry].total"),
        own("sum(spending[*].basic) >= spending[total].basic"),
        own("spending[$code].total = spending[total].total"),
        own("summary[in:$fund].amount = appropriation[in:$fund].amount", also=["summary[in:$fund].amount = 0"]),
        own(
            "summary[in:total].amount = income[total].general",
            also=["summary[in:total].amount = income[total].nowhere"],
        ),
        own(
            "spending[total].total = income[total].carry + income[total].total",
            also=["spending[total].total = income[$row].total"],
        ),
    ],
    ids=lambda r: r.holds,
)
def test_own_rule__has_the_findings_of_each_alone(rule, documents):
    steering = Steering(only=("U-001",), rules=(rule,))
    found = list(found_together(documents, steering))
    assert found == [one_by_one(d, (rule,)) for d in documents]


def test_rates__stand_in_a_column_that_is_not_among_a_sheets_own(sound):
    table = sound[0].table("spending")
    rate = replace(table.row("total").cells["total"], digits=1234, places=2, unit="%", printed="12.34")
    rows = (replace(r, cells={**r.cells, "change_rate": rate}) if r.key == "total" else r for r in table.rows)
    changed = replace(table, rows=tuple(rows))
    document = replace(sound[0], tables=tuple(changed if t is table else t for t in sound[0].tables))
    rule = own("spending[total].change_rate = 0")
    found = list(found_together([document], Steering(only=("U-001",), rules=(rule,))))
    assert found == [one_by_one(document, (rule,))]
    assert found[0]


def test_figure_too_large_to_add_up__is_asked_of_the_rules(sound):
    table = next(t for t in sound[0].tables if t.id == "summary")
    row = next(r for r in table.rows if any(f.digits for f in r.cells.values()))
    cells = {k: replace(f, digits=f.digits * 10**15) if f.digits else f for k, f in row.cells.items()}
    rows = tuple(replace(r, cells=cells) if r is row else r for r in table.rows)
    document = replace(sound[0], tables=tuple(replace(t, rows=rows) if t is table else t for t in sound[0].tables))
    found = list(found_together([sound[1], document]))
    assert found == [one_by_one(sound[1]), one_by_one(document)]
    assert found[1]


def test_settings__choose_and_lower(documents):
    steering = Steering(only=("C-001", "C-004", "B-002"), severity={"B-002": "hint"})
    found = list(found_together(documents, steering))
    assert found == [steered(d, steering) for d in documents]
    assert {f.severity for own in found for f in own if f.rule == "B-002"} == {"hint"}


def test_rule_for_all_tables__is_asked_of_those_alone_that_fail(sound):
    table = next(t for t in sound[0].tables if t.id == "spending")
    row = next(r for r in table.rows if r.key == "total")
    cells = {k: replace(f, digits=f.digits + 7) if f.digits else f for k, f in row.cells.items()}
    rows = tuple(replace(r, cells=cells) if r is row else r for r in table.rows)
    document = replace(sound[0], tables=tuple(replace(t, rows=rows) if t is table else t for t in sound[0].tables))
    asked = screened(DECLARED, laid_out([Figures(document, pack_of(document))])).suspects[0]
    assert asked["B-002"] == {"spending"}
    assert any(tables is None for tables in asked.values())


def test_condition_that_an_amount_contradicts__spares_the_rule(sound):
    rule = own("spending[total].total = income[total].general", when=["income[total].total = 0"])
    figures = Figures(sound[0], pack_of(sound[0]))
    assert screened((rule,), laid_out([figures])).suspects == {}
    unconditional = own("spending[total].total = income[total].general")
    assert screened((unconditional,), laid_out([figures])).suspects == {0: {"U-001": None}}


def test_documents__are_loaded_again_where_they_are_asked_alone(documents):
    class Loading(list):
        loads = 0

        def __getitem__(self, at):
            Loading.loads += 1
            return super().__getitem__(at)

    assert list(found_together(Loading(documents))) == list(found_together(documents))
    assert 0 < Loading.loads < len(documents)
