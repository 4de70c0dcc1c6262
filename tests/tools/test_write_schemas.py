"""The published JSON Schemas: current, and true of what is stored."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import jsonschema
import msgspec
import pytest
from books import random_books
from hypothesis import HealthCheck, given, settings

from mingzhang.forms.packs import all_packs
from mingzhang.model.codec import encode
from mingzhang.model.disclosure import Disclosure
from mingzhang.model.finding import Evidence, Finding, Spot

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("book", "corrections", "disclosure", "finding", "ledger", "pack", "spending_standards", "theme")


@pytest.fixture(scope="module")
def written():
    spec = importlib.util.spec_from_file_location("write_schemas", ROOT / "tools" / "write_schemas.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.schemas()


def validator(name):
    tree = json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(tree)
    return jsonschema.Draft202012Validator(tree)


def test_the_schemas_are_current(written):
    assert sorted(written) == [f"{n}.schema.json" for n in NAMES]
    for name, content in written.items():
        assert (ROOT / "docs" / "schema" / name).read_bytes() == content, f"{name} is stale: run `make docs`"


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(book=random_books())
def test_a_stored_book_meets_its_schema(book):
    validator("book").validate(json.loads(encode(book)))


def test_a_stored_disclosure_meets_its_schema():
    tree = json.loads(encode(Disclosure(year=2024, unit_name="某局")))
    validator("disclosure").validate(tree)
    validator("disclosure").validate(tree | {"of_a_later_version": 1})


@pytest.mark.parametrize(
    ("name", "tree"),
    [
        ("book", {"schema": "mingzhang.book/1.0", "year": 2024}),
        ("disclosure", {"year": "2024"}),
        ("finding", [{"id": "1"}]),
        ("pack", {}),
    ],
)
def test_what_is_not_of_the_shape_does_not_meet_it(name, tree):
    assert not validator(name).is_valid(tree)


def test_findings_meet_their_schema():
    where = Spot(table="summary", row="in:total", column="amount", line=3)
    finding = Finding("1", "R1", "error", "violated", "不符", (where,), evidence=(Evidence(where, "1.00", "万元"),))
    validator("finding").validate(json.loads(msgspec.json.encode([finding])))


@pytest.mark.parametrize("pack", all_packs(), ids=lambda p: p.id)
def test_a_loaded_pack_meets_its_schema(pack):
    validator("pack").validate(json.loads(msgspec.json.encode(pack)))
