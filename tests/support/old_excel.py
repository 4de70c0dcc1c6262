"""A workbook of the old Excel format (.xls) with texts and numbers, written byte by byte: nothing else here writes one."""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls_bytes(sheet: str, rows: list[list[object]]) -> bytes:
    """Write one sheet."""
    return _compound(_workbook(sheet, rows))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _workbook(sheet: str, rows: list[list[object]]) -> bytes:
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 1996, 0x41, 6))
    name = struct.pack("<BB", len(sheet), 1) + sheet.encode("utf-16-le")
    bound = 4 + 6 + len(name)
    offset = len(begin) + bound + 4
    text = begin + _record(0x0085, struct.pack("<IH", offset, 0) + name) + _record(0x000A, b"")
    text += _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 1996, 0x41, 6))
    width = max(len(r) for r in rows)
    text += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            at = struct.pack("<HHH", r, c, 0)
            if isinstance(value, str) and value:
                data = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                text += _record(0x0204, at + data)
            elif not isinstance(value, str):
                text += _record(0x0203, at + struct.pack("<d", value))
    return text + _record(0x000A, b"")


def _compound(stream: bytes) -> bytes:
    """Put a stream into a compound file: the table of sectors, one folder, the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    fats = next(n for n in range(1, 110) if n * (_SECTOR // 4) >= n + 1 + count)
    table = [*[_FAT] * fats, _END, *(n + fats + 2 for n in range(count - 1)), _END]
    table += [_FREE] * (fats * (_SECTOR // 4) - len(table))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, _END, 0, _END, 0)
    header += struct.pack(f"<{fats}I", *range(fats)) + struct.pack("<I", _FREE) * (109 - fats)
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, fats + 1, len(stream)) + bytes(2 * 128)
    return header + struct.pack(f"<{len(table)}I", *table) + folder + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    spelled = name.encode("utf-16-le") + b"\0\0"
    text = spelled.ljust(64, b"\0") + struct.pack("<HBB", len(spelled), kind, 1)
    text += struct.pack("<III", _FREE, _FREE, child) + bytes(16 + 4 + 8 + 8)
    return text + struct.pack("<IQ", start, size)
