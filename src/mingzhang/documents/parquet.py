"""Parquet files, the part of the format that a table of texts and whole numbers needs.

Written here because the libraries that write Parquet weigh 25 to 55 MB each and put their own version into the bytes:
one row group, one page a column, plain values, gzip. Amounts are whole numbers with a scale, never floats.
"""

from __future__ import annotations

import zlib
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Value = str | int | None
Kind = Literal["text", "whole", "yuan"]

MAGIC: Final = b"PAR1"
_INT64: Final = 2
_BYTES: Final = 6
_UTF8: Final = 0
_DECIMAL: Final = 5
_DIGITS: Final = 18
_PLAIN: Final = 0
_RLE: Final = 3
_GZIP: Final = 2


class Field(msgspec.Struct, frozen=True):
    """A column: its name, and whether it holds texts, whole numbers, or fen shown as 元 with two places."""

    name: str
    kind: Kind = "text"


def parquet_bytes(fields: Sequence[Field], rows: Sequence[Sequence[Value]], about: Mapping[str, str]) -> bytes:
    """Give a table as a Parquet file, with texts about it; the same table always gives the same bytes."""
    out, chunks, total = bytearray(MAGIC), [], 0
    for n, field in enumerate(fields):
        values = [row[n] for row in rows]
        plain = _page(field, values)
        packed = _gzip(plain)
        head = _page_head(len(values), len(plain), len(packed))
        raw, size = len(head) + len(plain), len(head) + len(packed)
        chunks.append(_chunk(field, len(values), len(out), raw, size))
        out += head + packed
        total += raw
    group = _struct({1: _list(12, chunks), 2: _long(total), 3: _long(len(rows))})
    root = _struct({4: _text("cells"), 5: _int(len(fields))})
    facts = [_struct({1: _text(k), 2: _text(v)}) for k, v in about.items()]
    footer = _struct(
        {
            1: _int(1),
            2: _list(12, [root, *map(_element, fields)]),
            3: _long(len(rows)),
            4: _list(12, [group] if rows else []),
            5: _list(12, facts),
            6: _text("mingzhang"),
        }
    )
    if not rows:
        out = bytearray(MAGIC)
    return bytes(out + footer + len(footer).to_bytes(4, "little") + MAGIC)


def _page(field: Field, values: Sequence[Value]) -> bytes:
    """Write which values are there, in runs, then those that are."""
    runs = b"".join(
        _varint(len(list(same)) << 1) + bytes([there]) for there, same in groupby(v is not None for v in values)
    )
    return len(runs).to_bytes(4, "little") + runs + b"".join(_plain(field, v) for v in values if v is not None)


def _plain(field: Field, value: str | int) -> bytes:
    if isinstance(value, int):
        assert field.kind != "text", field
        return value.to_bytes(8, "little", signed=True)
    content = value.encode()
    return len(content).to_bytes(4, "little") + content


def _gzip(content: bytes) -> bytes:
    """Compress without a time in the head."""
    packer = zlib.compressobj(wbits=31)
    return packer.compress(content) + packer.flush()


def _page_head(count: int, plain: int, packed: int) -> bytes:
    about = _struct({1: _int(count), 2: _int(_PLAIN), 3: _int(_RLE), 4: _int(_RLE)})
    return _struct({1: _int(0), 2: _int(plain), 3: _int(packed), 5: (12, about)})


def _chunk(field: Field, count: int, offset: int, plain: int, packed: int) -> bytes:
    about = {
        1: _int(_BYTES if field.kind == "text" else _INT64),
        2: _list(5, [_signed(_PLAIN), _signed(_RLE)]),
        3: _list(8, [_text(field.name)[1]]),
        4: _int(_GZIP),
        5: _long(count),
        6: _long(plain),
        7: _long(packed),
        9: _long(offset),
    }
    return _struct({2: _long(offset), 3: (12, _struct(about))})


def _element(field: Field) -> bytes:
    """Describe a column; every one may lack values."""
    about = {1: _int(_BYTES if field.kind == "text" else _INT64), 3: _int(1), 4: _text(field.name)}
    if field.kind == "text":
        about[6] = _int(_UTF8)
    if field.kind == "yuan":
        about |= {6: _int(_DECIMAL), 7: _int(2), 8: _int(_DIGITS)}
    return _struct(about)


# Thrift's compact protocol, as far as the footer needs it: a value is the number of its type, and its bytes.

Thrift = tuple[int, bytes]


def _struct(members: Mapping[int, Thrift]) -> bytes:
    out, before = bytearray(), 0
    for key, (kind, content) in members.items():
        assert 0 < key - before < 16, members
        out += bytes([(key - before) << 4 | kind]) + content
        before = key
    return bytes(out) + b"\0"


def _list(kind: int, items: Iterable[bytes]) -> Thrift:
    held = list(items)
    head = bytes([len(held) << 4 | kind]) if len(held) < 15 else bytes([0xF0 | kind]) + _varint(len(held))
    return 9, head + b"".join(held)


def _int(value: int) -> Thrift:
    return 5, _signed(value)


def _long(value: int) -> Thrift:
    return 6, _signed(value)


def _text(text: str) -> Thrift:
    content = text.encode()
    return 8, _varint(len(content)) + content


def _signed(value: int) -> bytes:
    return _varint(value << 1 if value >= 0 else (-value << 1) - 1)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out) + bytes([value])
