"""The stored forms: what is written is read back, unknown fields stay, unknown versions are told."""

from __future__ import annotations

import json

import pytest
from books import random_books
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from mingzhang.model.book import Book
from mingzhang.model.codec import decode, encode
from mingzhang.model.disclosure import (
    Column,
    Disclosure,
    HeadCell,
    PackRef,
    Paragraph,
    Row,
    Section,
    Slot,
    Table,
    Term,
)
from mingzhang.model.fault import UnknownVersion, UnreadableInput
from mingzhang.model.figure import Figure, blank, number, read_figure
from mingzhang.model.performance import DepartmentForm, Funds, Indicator, ProjectForm
from mingzhang.model.place import Place

WHERE = Place(page=2, line=31, box=(0, 1, 20, 30))
DISCLOSURE = Disclosure(
    pack=PackRef("shanxi-2024", "1", "0123"),
    year=2024,
    unit_name="某局",
    tables=(
        Table(
            "summary",
            "2024年预算收支总表",
            unit="万元",
            head=((HeadCell("收入", 2),), (HeadCell("项目"), HeadCell("金额"))),
            columns=(Column("label", "label", "in"), Column("amount", side="in")),
            rows=(
                Row(
                    "in:general",
                    "一般公共预算",
                    line=1,
                    cells={
                        "amount": number(761217, "万元", 2, grouped=True, facts=("1", "2")),
                        "zero": read_figure("0.00", "万元"),
                        "blank": blank("万元"),
                        "dash": read_figure("—", "万元", WHERE),
                        "withheld": Figure(withheld=True),
                    },
                ),
            ),
            places={"project:甲/乙": WHERE},
        ),
    ),
    sections=(Section("totals", "一", paragraphs=(Paragraph("共 1 万元", slots=(Slot("income_total", at=2),)),)),),
    project_forms=(
        ProjectForm(
            kind="goal",
            project="甲",
            annual_funds=Funds(total=number(5, "元", 0, grouped=False)),
            annual_indicators=(Indicator("产出指标", "数量指标", "数", "≥5个"),),
            places={"plan": WHERE},
        ),
    ),
    department_form=DepartmentForm(title="整体", key_tasks=(("一", "二"),)),
    glossary=(Term("甲", "乙"),),
)


def changed(document, *path, **fields):
    """Give the document's JSON with more fields in the object at a path."""
    tree = json.loads(encode(document))
    spot = tree
    for step in path:
        spot = spot[step] if isinstance(spot, list) else spot.setdefault(step, {})
    spot.update(fields)
    return tree


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(book=random_books())
def test_a_book_is_read_back(book):
    data = encode(book)
    assert decode(data, Book) == book
    assert encode(decode(data, Book)) == data


def test_a_disclosure_is_read_back_with_every_kind_of_nothing():
    data = encode(DISCLOSURE)
    back = decode(data, Disclosure)
    assert back == DISCLOSURE
    cells = back.tables[0].rows[0].cells
    assert [f.absence for f in cells.values()] == [None, "zero", "blank", "not_applicable", "withheld"]
    assert encode(back) == data
    assert data.startswith(b'{\n "schema": "mingzhang.disclosure/1.0"')
    assert data.endswith(b"}\n")


PLACES = [
    (),
    ("tables", 0),
    ("tables", 0, "rows", 0, "cells", "amount"),
    ("tables", 0, "rows", 0, "cells", "dash", "place"),
    ("tables", 0, "places", "project:甲/乙"),
    ("tables", 0, "head", 1, 0),
    ("sections", 0, "paragraphs", 0, "slots", 0),
    ("project_forms", 0, "annual_funds", "total"),
    ("department_form",),
    ("publication",),
    ("project_forms", 0, "period_funds"),
]


@pytest.mark.parametrize("path", PLACES, ids=str)
@pytest.mark.parametrize("name", ["of_later", "of/later~1", "extra"])
def test_a_field_of_a_later_version_is_kept_where_it_stood(path, name):
    tree = changed(DISCLOSURE, *path, **{name: {"n": [1, None, "甲"]}})
    back = decode(json.dumps(tree).encode(), Disclosure)
    assert back.tables == DISCLOSURE.tables
    assert json.loads(encode(back)) == tree
    assert decode(encode(back), Disclosure) == back


def test_several_unknown_fields_of_a_book_are_kept():
    book = Book(year=2024, pack="shanxi-2024", unit_name="某局", unit_type="行政")
    tree = changed(book, a=1, b={"c": 2}) | {"staffing": {"quota": 3, "drivers": 1}}
    back = decode(json.dumps(tree).encode(), Book)
    assert back.staffing.quota == 3
    assert json.loads(encode(back)) == tree


def test_a_field_of_an_item_that_is_gone_is_left_out():
    tree = changed(DISCLOSURE, "tables", 0, "rows", 0, of_later=1)
    back = decode(json.dumps(tree).encode(), Disclosure)
    assert encode(replace(back, tables=())) == encode(replace(DISCLOSURE, tables=()))


def test_a_minor_version_is_known_and_a_major_one_is_not():
    assert decode(json.dumps(changed(DISCLOSURE, schema="mingzhang.disclosure/1.9")).encode(), Disclosure).year == 2024
    with pytest.raises(UnknownVersion, match=r"2\.0") as caught:
        decode(json.dumps(changed(DISCLOSURE, schema="mingzhang.disclosure/2.0")).encode(), Disclosure, source="a.json")
    assert caught.value.place == "a.json"
    assert caught.value.hint


@pytest.mark.parametrize("schema", ["mingzhang.book/1.0", "", "1.0", None, 1])
def test_another_schema_is_told(schema):
    with pytest.raises(UnknownVersion, match=r"应为|这是预算底册"):
        decode(json.dumps(changed(DISCLOSURE, schema=schema)).encode(), Disclosure)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"[]", "最外层"),
        (b'{"schema": "mingzhang.disclosure/1.0", "year": "x"}', "year"),
        (b'{"schema": "mingzhang.disclosure/1.0", "tables": [{"rows": 1, "later": 1}]}', "tables"),
    ],
)
def test_what_is_no_document_is_a_fault_with_its_source(data, said):
    with pytest.raises(UnreadableInput, match=said) as caught:
        decode(data, Disclosure, source="a.json")
    assert caught.value.place == "a.json"
