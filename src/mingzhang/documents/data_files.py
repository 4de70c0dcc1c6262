"""A disclosure for analysis: its figures as Parquet, and everything as a fiscal data package.

The package follows the Data Package specification with the column types of the Fiscal Data Package (version 1.0rc1).
"""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang import __version__
from mingzhang.documents.amounts import Amount, amounts_of
from mingzhang.documents.atomic import write_bytes
from mingzhang.documents.attached import CELLS, CHECK, DISCLOSURE, attachments, content_name
from mingzhang.documents.exports import CELL_HEAD, STATEMENT_HEAD, forms_jsonl, statements_csv
from mingzhang.documents.flow import title_of
from mingzhang.documents.parquet import Field, parquet_bytes
from mingzhang.model.codec import encode
from mingzhang.model.figure import spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from mingzhang.model.disclosure import Disclosure

AMOUNTS: Final = "amounts.csv"
STATEMENTS: Final = "statements.csv"
FORMS: Final = "forms.jsonl"
DESCRIPTOR: Final = "datapackage.json"
_CLASSIFIED: Final = "{}-classification:generic:code"
_COLUMNS: Final = (
    ("key", "string", "budget-line-id"),
    ("year", "integer", "date:fiscal-year"),
    ("phase", "string", "phase:id"),
    ("direction", "string", "direction"),
    ("table", "string", ""),
    ("row", "string", ""),
    ("name", "string", ""),
    ("column", "string", ""),
    ("function_code", "string", _CLASSIFIED.format("functional")),
    ("economic_code", "string", _CLASSIFIED.format("economic")),
    ("revenue_code", "string", ""),
    ("amount", "number", "value"),
)
"""The columns of the amounts: name, type, and what fiscal data calls them."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PARQUET: Final = {"places": "whole", "year": "whole", "page": "whole", "line": "whole", "fen": "yuan"}


def write_parquet(disclosure: Disclosure, path: Path) -> None:
    """Write the figures of the tables as Parquet, one line each; `amount` is exact, in 元.

    Raises:
        UnwritableOutput: the file cannot be written.
    """
    write_bytes(path, parquet_of(disclosure))


def parquet_of(disclosure: Disclosure) -> bytes:
    """Give the Parquet file of a disclosure."""
    names = Amount.__struct_fields__
    unit = (disclosure.unit_code, disclosure.unit_name)
    fields = [Field("unit_code"), Field("unit_name")]
    fields += [Field("amount" if n == "fen" else n, _PARQUET.get(n, "text")) for n in names]  # type: ignore[arg-type]
    rows = [(*unit, *(getattr(a, n) for n in names)) for a in amounts_of(disclosure)]
    return parquet_bytes(fields, rows, {"identifier": content_name(encode(disclosure))})


def write_package(disclosure: Disclosure, path: Path) -> None:
    """Write the data package as one zip file.

    Raises:
        UnwritableOutput: the file cannot be written.
    """
    write_bytes(path, package_of(disclosure))


def package_of(disclosure: Disclosure) -> bytes:
    """Give the data package of a disclosure: descriptor, amounts, cells, statements, forms, all data, and its check."""
    files = {f.name: f.content for f in attachments(disclosure)}
    contents = {
        AMOUNTS: _amounts_csv(amounts_of(disclosure)),
        CELLS: files[CELLS],
        STATEMENTS: statements_csv(disclosure).encode(),
        FORMS: forms_jsonl(disclosure).encode(),
        DISCLOSURE: files[DISCLOSURE],
        CHECK: files[CHECK],
    }
    about = msgspec.json.format(msgspec.json.encode(_descriptor(disclosure, contents)), indent=1) + b"\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {DESCRIPTOR: about, **contents}.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _descriptor(disclosure: Disclosure, contents: dict[str, bytes]) -> dict[str, Any]:
    unit = {"name": "unit_code", "type": "string", "columnType": "administrative-classification:generic:code"}
    label = {**unit, "name": "unit_name", "columnType": "administrative-classification:generic:label"}
    currency = {"name": "currency", "type": "string", "columnType": "value-currency:code", "constant": "CNY"}
    fields = [{"name": n, "type": t, **({"columnType": c} if c else {})} for n, t, c in _COLUMNS]
    amounts = {
        "fields": fields,
        "primaryKey": ["key"],
        "extraFields": [
            {**unit, "constant": disclosure.unit_code},
            {**label, "constant": disclosure.unit_name},
            currency,
        ],
    }
    year = {"fiscalPeriod": {"start": f"{disclosure.year}-01-01", "end": f"{disclosure.year}-12-31"}}
    return {
        "profile": "data-package",
        "name": _slug(disclosure),
        "id": content_name(contents[DISCLOSURE]),
        "title": title_of(disclosure),
        "description": "各表数字一行一个，含合计与分级小计，各表之间互有重复；amount 以元为单位，是印出数字的准确值。",
        "countryCode": "CN",
        "granularity": "aggregated",
        **(year if disclosure.year is not None else {}),
        "contributors": [{"title": disclosure.unit_name, "role": "publisher"}] if disclosure.unit_name else [],
        "generator": f"mingzhang {__version__}",
        "resources": [
            _table(AMOUNTS, "各表金额", amounts),
            _table(CELLS, "各表数字（印出的样子）", _texts(CELL_HEAD)),
            _table(STATEMENTS, "情况说明中的数字", _texts(STATEMENT_HEAD)),
            _file(FORMS, "绩效目标表", "jsonl", "application/x-ndjson"),
            _file(DISCLOSURE, "全部数据", "json", "application/json"),
            _file(CHECK, "公开前审核的结果", "json", "application/json"),
        ],
    }


def _table(path: str, title: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {**_file(path, title, "csv", "text/csv", "table"), "profile": "tabular-data-resource", "schema": schema}


def _file(path: str, title: str, form: str, media: str, kind: str = "file") -> dict[str, Any]:
    name = path.partition(".")[0]
    return {
        "name": name,
        "path": path,
        "title": title,
        "format": form,
        "mediatype": media,
        "encoding": "utf-8",
        "type": kind,
    }


def _texts(head: Sequence[str]) -> dict[str, Any]:
    whole = {"page", "line"}
    return {"fields": [{"name": n, "type": "integer" if n in whole else "string"} for n in head]}


def _amounts_csv(amounts: Iterable[Amount]) -> bytes:
    """Write the money among the figures, in 元; a key that stands twice is kept once, as it is one figure."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(name for name, _type, _kind in _COLUMNS)
    for a in {a.key: a for a in amounts if a.fen is not None}.values():
        assert a.fen is not None
        fields = ("" if (v := getattr(a, name)) is None else v for name, _type, _kind in _COLUMNS[:-1])
        writer.writerow([*fields, spell(a.fen, 2, grouped=False)])
    return out.getvalue().encode()


def _slug(disclosure: Disclosure) -> str:
    """Make a name of the letters a package's name may have."""
    parts = ("budget", disclosure.kind, str(disclosure.year or ""), disclosure.unit_code)
    plain = "-".join(p for p in parts if p).lower()
    return "".join(c if c.isascii() and (c.isalnum() or c in "-._") else "-" for c in plain)
