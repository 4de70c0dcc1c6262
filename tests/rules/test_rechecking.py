"""A document checked again after an edit: the same findings as if it were checked anew, and few rules asked."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from golden import disclosure_of
from msgspec.structs import replace
from slips import damaged
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.model.figure import spell
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.engine import against, check, pack_of, run
from mingzhang.rules.figures import Figures
from mingzhang.rules.rechecking import READS, READS_ITSELF, TABLES, Checked, reads_of

WHOLE = (Path(__file__).parent / "whole.txt").read_text(encoding="utf-8")
EDITS = 12


def reprinted(figure, random):
    digits = random.choice((figure.digits + 1, figure.digits - 1, figure.digits * 10, 0))
    if random.random() < 0.1:
        return replace(figure, digits=None, printed="")
    return replace(figure, digits=digits, printed=spell(digits, figure.places, grouped=False))


def one_of(items, random, change, wanted=bool):
    """Change one of some items, of those that are wanted."""
    at = [i for i, item in enumerate(items) if wanted(item)]
    if not at:
        return items
    i = random.choice(at)
    return (*items[:i], change(items[i]), *items[i + 1 :])


def cell_edited(document, random):
    def row_edited(row):
        key = random.choice([k for k, f in row.cells.items() if f.digits is not None])
        return replace(row, cells={**row.cells, key: reprinted(row.cells[key], random)})

    def has_numbers(row):
        return any(f.digits is not None for f in row.cells.values())

    def table_edited(table):
        return replace(table, rows=one_of(table.rows, random, row_edited, has_numbers))

    return replace(
        document, tables=one_of(document.tables, random, table_edited, lambda t: any(map(has_numbers, t.rows)))
    )


def statement_edited(document, random):
    def paragraph_edited(paragraph):
        slots = one_of(
            paragraph.slots,
            random,
            lambda s: replace(s, figure=reprinted(s.figure, random)),
            lambda s: s.figure is not None and s.figure.digits is not None,
        )
        return replace(paragraph, slots=slots, text=paragraph.text + random.choice(("", "。。", "手续费")))

    def section_edited(section):
        return replace(section, paragraphs=one_of(section.paragraphs, random, paragraph_edited))

    return replace(document, sections=one_of(document.sections, random, section_edited))


def form_edited(document, random):
    edits = (
        lambda f: replace(f, project=f.project + "二"),
        lambda f: replace(f, plan=f.plan + "。。待填写"),
        lambda f: replace(f, annual_funds=replace(f.annual_funds, total=None)),
    )
    return replace(document, project_forms=one_of(document.project_forms, random, random.choice(edits)))


def form_left_out(document, _random):
    return replace(document, project_forms=document.project_forms[1:])


def goals_edited(document, random):
    form = document.department_form
    return (
        document
        if form is None
        else replace(document, department_form=replace(form, duties=random.choice(("", "。。"))))
    )


def shape_edited(document, random):
    tables = document.tables
    return random.choice(
        (
            replace(document, tables=tables[1:]),
            replace(document, tables=one_of(tables, random, lambda t: replace(t, rows=t.rows[1:]), lambda t: t.rows)),
            replace(document, tables=one_of(tables, random, lambda t: replace(t, notes=("本表无数据",)))),
            replace(document, glossary=document.glossary[1:]),
            replace(document, unit_name=document.unit_name + "局"),
            replace(document, rounding="unknown"),
        )
    )


KINDS = (
    cell_edited,
    cell_edited,
    cell_edited,
    statement_edited,
    form_edited,
    form_left_out,
    goals_edited,
    shape_edited,
)


def documents():
    yield disclosure_of(WHOLE)
    for seed, pack in ((1, "shanxi-2024"), (2, "shanxi-2023")):
        yield compile_book(sound_book(seed, pack)).disclosure


@pytest.mark.parametrize("seed", range(4))
def test_edits_one_after_the_other__give_the_findings_of_a_check_anew(seed):
    random = Random(seed)
    for document in documents():
        checked = Checked(document)
        assert checked.findings == check(document)
        for _ in range(EDITS):
            edited = random.choice(KINDS)(checked.disclosure, random)
            checked = checked.after(edited)
            assert checked.findings == check(edited)


def test_a_figure_edited__few_rules_are_asked():
    checked = Checked(disclosure_of(WHOLE))
    again = checked.after(cell_edited(checked.disclosure, Random(1)))

    assert 0 < again.asked < len(RULES) / 2
    assert checked.after(replace(checked.disclosure)).asked == 0


def test_what_a_module_is_said_to_look_at__is_of_modules_that_there_are():
    assert set(READS) <= {r.function.partition(".")[0] for r in RULES}
    assert set(READS_ITSELF) <= {r.function for r in RULES}


def test_what_speaks_against_a_document__is_what_every_rule_says_is_violated():
    random = Random(3)
    for document in documents():
        edited = cell_edited(cell_edited(document, random), random)
        figures = Figures(edited, pack_of(edited))
        for rule in RULES:
            wanted = [r for r in run(rule, figures) if r.outcome == "violated"]
            assert [r for r in against(rule, figures) if r.outcome == "violated"] == wanted, rule.id


def test_figures_of_tables_edited__change_nothing_that_is_said_not_to_look_at_them():
    """What rechecking keeps is what asking the same rules of the edited document gives."""
    random = Random(7)
    for document in documents():
        edited = cell_edited(document, random)
        before, after = Figures(document, pack_of(document)), Figures(edited, pack_of(document))
        for rule in RULES:
            reads = reads_of(rule) if rule.function else None
            if reads is not None and not reads - {"text", "form", "department"}:
                assert list(run(rule, before)) == list(run(rule, after)), rule.id


@pytest.mark.parametrize("digits", [None, 0, 7])
def test_every_figure_of_a_table_changed__changes_nothing_that_is_said_not_to_look_at_it(digits):
    for document in documents():
        before = Figures(document, pack_of(document))
        said = {r.id: list(run(r, before)) for r in RULES if r.function}
        for table in document.tables:
            rows = tuple(replace(r, cells={k: other(f, digits) for k, f in r.cells.items()}) for r in table.rows)
            tables = tuple(replace(t, rows=rows) if t is table else t for t in document.tables)
            after = Figures(replace(document, tables=tables), pack_of(document))
            for rule in RULES:
                reads = reads_of(rule) if rule.function else None
                if reads is not None and not reads & {TABLES, table.id}:
                    assert list(run(rule, after)) == said[rule.id], (rule.id, table.id)


def other(figure, digits):
    if figure.digits is None:
        return figure
    return replace(figure, digits=digits, printed="" if digits is None else spell(digits, figure.places, grouped=False))


@pytest.mark.parametrize("pack", ["guizhou-2025", "shanghai-2025", "shanxi-2024"])
def test_many_errors_where_no_pack_knows_the_form(pack):
    random = Random(pack)
    sound = replace(compile_book(sound_book(8, pack)).disclosure, pack=None)
    for _ in range(EDITS):
        wrong = damaged(damaged(sound, random), random)
        assert Checked(wrong).findings == check(wrong)
