"""The objects of a finished PDF: a few are added, and all are written anew in little room.

A tagged document has thousands of small objects, which lie one by one in the file that the typesetter writes. Here their
bytes are put together into compressed streams as they are; nothing is parsed that need not be changed. Only files that were
typeset here come here, never those of others.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import re
import zlib
from typing import Final

_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE: Final = re.compile(rb"xref\s+0 (\d+)\s+")
_ENTRY: Final = 20
"""Bytes of a line in the table of places."""

_OBJECT: Final = re.compile(rb"(\d+) 0 obj\s")
_LENGTH: Final = re.compile(rb"/Length \d+")
_TOGETHER: Final = 200
"""So many objects lie in one stream: more are hardly smaller, and a reader unpacks all of them for one."""


class PdfObjects:
    """The objects of a PDF by their numbers, each as its bytes."""

    def __init__(self, content: bytes) -> None:
        """Take a PDF apart; one that does not have the plain table of places is written with one first."""
        places = _places(content)
        if places is None:
            content = _plain(content)
            places = _places(content)
            assert places is not None
        self._bodies: dict[int, bytes] = {}
        for start, end in itertools.pairwise(places):
            found = _OBJECT.match(content, start)
            assert found is not None, start
            self._bodies[int(found[1])] = content[found.end() : content.rindex(b"endobj", start, end)].strip()
        trailer = content[content.rindex(b"trailer", places[-1]) :]
        self._kept = {name: _value(name, trailer) for name in (b"Root", b"Info")}
        self.catalog = int(self._kept[b"Root"].split()[0])

    def __getitem__(self, number: int) -> bytes:
        """Give the bytes of an object."""
        return self._bodies[number]

    def named(self, name: bytes) -> int | None:
        """Give the number of the object that the catalog refers to by this name, None where it has no such entry."""
        found = re.search(rb"/%s (\d+) 0 R" % name, self._bodies[self.catalog])
        return None if found is None else int(found[1])

    def add(self, body: bytes) -> bytes:
        """Add an object; give the reference to it."""
        number = max(self._bodies) + 1
        self._bodies[number] = body
        return b"%d 0 R" % number

    def add_stream(self, entries: bytes, content: bytes) -> bytes:
        """Add a stream, compressed; give the reference to it."""
        return self.add(_stream(entries + b"/Filter/FlateDecode", zlib.compress(content)))

    def extend(self, number: int, entries: bytes) -> None:
        """Put entries that it does not have at the end of a dictionary."""
        body = self._bodies[number]
        assert body.endswith(b">>"), body[-40:]
        self._bodies[number] = body[:-2] + entries + b">>"

    def replace_text(self, number: int, before: bytes, after: bytes) -> None:
        """Replace words, the first time they stand there, in a stream that is not compressed."""
        head, _stream_word, content = self._bodies[number].partition(b"stream\n")
        assert b"/Filter" not in head, head
        assert before in content, before
        content = content.removesuffix(b"endstream").removesuffix(b"\n").replace(before, after, 1)
        self._bodies[number] = b"%sstream\n%s\nendstream" % (
            _LENGTH.sub(b"/Length %d" % len(content), head, count=1),
            content,
        )

    def packed(self) -> bytes:
        """Write the file: streams as they are, all other objects together in compressed streams."""
        alone = {n: body for n, body in self._bodies.items() if body.endswith(b"endstream")}
        small = [(n, body) for n, body in sorted(self._bodies.items()) if n not in alone]
        out = io.BytesIO()
        out.write(b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n")
        size = max(self._bodies) + 1
        rows = [b"\0" * 7] * size
        for start in range(0, len(small), _TOGETHER):
            some = small[start : start + _TOGETHER]
            for place, (number, _body) in enumerate(some):
                rows[number] = _row(2, size, place)
            alone[size] = _together(some)
            rows.append(b"")
            size += 1
        for number, body in alone.items():
            rows[number] = _row(1, out.tell(), 0)
            out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        at = out.tell()
        rows.append(_row(1, at, 0))
        rows[0] = _row(0, 0, 255)
        mark = hashlib.sha256(out.getvalue()).hexdigest()[:32].encode()
        entries = b"/Type/XRef/Size %d/W[1 4 2]/ID[<%s><%s>]" % (size + 1, mark, mark)
        entries += b"".join(b"/%s %s" % kept for kept in self._kept.items())
        table = _stream(entries + b"/Filter/FlateDecode", zlib.compress(b"".join(rows)))
        out.write(b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (size, table, at))
        return out.getvalue()


def text(words: str) -> bytes:
    """Write words as a string of a PDF."""
    return b"<FEFF%s>" % words.encode("utf-16-be").hex().encode()


def _places(content: bytes) -> list[int] | None:
    """List where the objects begin, in order, and where the last ends; None without one table of the plain kind."""
    start = _START.search(content)
    if start is None:
        return None
    table = _TABLE.match(content, int(start[1]))
    if table is None or b"/Prev" in content[content.rindex(b"trailer") :]:
        return None
    lines = (content[at : at + _ENTRY] for at in range(table.end(), table.end() + int(table[1]) * _ENTRY, _ENTRY))
    return [*sorted(int(line[:10]) for line in lines if line[17:18] == b"n"), int(start[1])]


def _plain(content: bytes) -> bytes:
    """Write a PDF of any build with each object by itself and one plain table."""
    import pikepdf  # noqa: PLC0415 - heavy, and seldom needed

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _value(name: bytes, trailer: bytes) -> bytes:
    found = re.search(rb"/%s (\d+ 0 R)" % name, trailer)
    assert found is not None, (name, trailer)
    return found[1]


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def _together(some: list[tuple[int, bytes]]) -> bytes:
    """Write objects as one compressed stream: their numbers and places first."""
    index, at = [], 0
    for number, body in some:
        index.append(b"%d %d" % (number, at))
        at += len(body) + 1
    first = b" ".join(index) + b"\n"
    entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(some), len(first))
    return _stream(entries, zlib.compress(first + b"\n".join(body for _number, body in some)))


def _row(kind: int, first: int, second: int) -> bytes:
    """Write where an object is: at a place in the file (1), or in a stream at a place among others (2)."""
    return bytes((kind,)) + first.to_bytes(4, "big") + second.to_bytes(2, "big")
