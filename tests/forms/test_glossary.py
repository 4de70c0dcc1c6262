"""The words of the field: everything the packs and the types name is in the glossary."""

from __future__ import annotations

import csv
import json
import typing
from collections import Counter

import pytest

from mingzhang.forms.glossary import FILE, word_for, words
from mingzhang.forms.packs import all_packs
from mingzhang.model import book
from mingzhang.model.performance import DepartmentForm, Indicator, ProjectForm

NOT_PRINTED = {"first", "last", "places", "place", "doubts", "doubt"}
VALUES = {
    "fund": book.Fund,
    "origin": book.Origin,
    "spending_kind": book.SpendingKind,
    "unit_type": book.UnitType,
    "level": book.SourceLevel,
}


def test_every_word_is_whole_and_stands_once():
    assert len(words()) >= 80
    assert max(Counter((w.kind, w.identifier) for w in words()).values()) == 1
    for word in words():
        assert word.name, word
        assert word.english, word
        assert word.name == word.name.strip()


@pytest.mark.parametrize("pack", all_packs(), ids=lambda p: p.id)
def test_every_table_column_and_row_of_the_packs_is_in_it(pack):
    for table in pack.tables:
        assert word_for(table.id, "table") or table.id.startswith("x_"), table.id
        for column in table.columns:
            assert word_for(column.key, "column"), column.key
        for rows in table.rows:
            for row in rows.fixed:
                assert word_for(row.key, "row"), row.key


@pytest.mark.parametrize("kind", VALUES)
def test_every_value_of_a_book_is_in_it(kind):
    for value in typing.get_args(VALUES[kind]):
        assert word_for(value, kind), value


@pytest.mark.parametrize("form", [ProjectForm, DepartmentForm, Indicator])
def test_every_field_of_a_form_is_in_it(form):
    for field in form.__struct_fields__:
        assert field in NOT_PRINTED or word_for(field, "form_field"), field


def test_a_variable_stands_for_a_code_or_a_name():
    assert word_for("out:201", "row").identifier == "out:CODE"
    assert word_for("out:", "row") is None
    assert word_for("out:nowhere", "row") is None
    assert word_for("general_exp_208_share", "statement").identifier == "general_exp_CODE_share"
    assert word_for("project:修路", "row").identifier == "project:NAME"
    assert word_for("total", "fund") is None


def test_every_statement_key_of_the_truth_is_in_it(truth):
    keys = {s["key"] for path in truth.glob("*.statements.json") for s in json.loads(path.read_text("utf-8"))}
    assert len(keys) > 80
    assert [k for k in sorted(keys) if not word_for(k, "statement")] == []


def test_every_row_and_column_of_the_truth_is_in_it(truth):
    for path in truth.glob("*.cells.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert word_for(row["table"], "table"), row
                assert word_for(row["column"], "column"), row


def test_the_file_ends_its_lines_the_same_everywhere():
    content = FILE.read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
