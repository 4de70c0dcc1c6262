"""Data for analysis: Parquet is read by another program as it was meant, the package says what is in it."""

import csv
import datetime as dt
import io
import json
import zipfile
from decimal import Decimal

import duckdb
import pytest
from disclosures import small_disclosure, wild_disclosures
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.documents.amounts import amounts_of
from mingzhang.documents.data_files import package_of, parquet_of, write_package, write_parquet
from mingzhang.documents.exports import cells_csv
from mingzhang.documents.parquet import Field, parquet_bytes
from mingzhang.model.codec import encode

FIELDS = (Field("name"), Field("n", "whole"), Field("amount", "yuan"))
values = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
wholes = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1))
fens = st.one_of(st.none(), st.integers(-(10**18) + 1, 10**18 - 1))


def read(path):
    with duckdb.connect() as connection:
        found = connection.execute("select * from read_parquet(?)", [str(path)])
        return [d[0] for d in found.description], found.fetchall()


@settings(max_examples=40)
@given(rows=st.lists(st.tuples(values, wholes, fens), max_size=40))
def test_another_program_reads_what_was_written(rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("parquet") / "t.parquet"
    path.write_bytes(parquet_bytes(FIELDS, rows, {"a": "甲"}))
    names, found = read(path)

    assert names == ["name", "n", "amount"]
    assert found == [(a, n, None if f is None else Decimal(f).scaleb(-2)) for a, n, f in rows]


def test_many_columns_and_lines(tmp_path):
    fields = tuple(Field(f"c{n}", "whole") for n in range(40))
    rows = [tuple(line * column if line % 3 else None for column in range(40)) for line in range(5000)]
    (tmp_path / "t.parquet").write_bytes(parquet_bytes(fields, rows, {}))

    assert read(tmp_path / "t.parquet") == ([f.name for f in fields], rows)


def test_parquet_has_every_cell_and_exact_amounts(tmp_path):
    write_parquet(small_disclosure(), tmp_path / "d.parquet")
    names, found = read(tmp_path / "d.parquet")
    lines = [dict(zip(names, row, strict=True)) for row in found]
    cells = list(csv.DictReader(io.StringIO(cells_csv(small_disclosure()))))

    for key in ("table", "row", "name", "column", "value"):
        assert [x[key] for x in lines] == [c[key] for c in cells]
    figures = [f for t in small_disclosure().tables for r in t.rows for f in r.cells.values() if f.printed]
    fens = [None if f.digits is None else f.atoms // 10**6 for f in figures]
    assert [x["amount"] for x in lines] == [None if f is None else Decimal(f).scaleb(-2) for f in fens]


def test_what_is_compared_is_of_the_year_before():
    by_column = {a.column: (a.year, a.phase) for a in amounts_of(small_disclosure())}
    year = small_disclosure().year

    assert {v for k, v in by_column.items() if not k.startswith(("last_", "change"))} == {(year, "approved")}
    assert all(v[0] == year - 1 for k, v in by_column.items() if k.startswith("last_"))


@pytest.fixture(scope="module")
def package():
    with zipfile.ZipFile(io.BytesIO(package_of(small_disclosure()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_package_describes_every_file_in_it(package):
    about = json.loads(package["datapackage.json"])

    assert {r["path"] for r in about["resources"]} == set(package) - {"datapackage.json"}
    assert package["disclosure.json"] == encode(small_disclosure())
    for resource in about["resources"]:
        if "schema" in resource:
            head = next(csv.reader(io.StringIO(package[resource["path"]].decode())))
            assert head == [f["name"] for f in resource["schema"]["fields"]]


def test_amounts_have_keys_of_their_own_and_their_types(package):
    rows = list(csv.DictReader(io.StringIO(package["amounts.csv"].decode())))
    keys = [r["key"] for r in rows]

    assert rows
    assert len(keys) == len(set(keys))
    assert all(dt.date(int(r["year"]), 1, 1) and Decimal(r["amount"]) == round(Decimal(r["amount"]), 2) for r in rows)
    kinds = {
        f["columnType"]: f["name"]
        for f in json.loads(package["datapackage.json"])["resources"][0]["schema"]["fields"]
        if "columnType" in f
    }
    assert kinds["value"] == "amount"
    assert kinds["date:fiscal-year"] == "year"


@settings(max_examples=25)
@given(disclosure=wild_disclosures())
def test_any_document_becomes_data(disclosure, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wild")
    (folder / "d.parquet").write_bytes(parquet_of(disclosure))
    _names, found = read(folder / "d.parquet")
    write_package(disclosure, folder / "d.zip")

    assert len(found) == len(list(amounts_of(disclosure)))
    assert (folder / "d.zip").read_bytes() == package_of(disclosure)
