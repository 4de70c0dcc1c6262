"""Which characters a font file has: its `cmap`, read from the file's tables (TrueType, OpenType, collections)."""

from __future__ import annotations

import struct
from typing import Final

_COLLECTION: Final = b"ttcf"
_KNOWN: Final = {b"\0\1\0\0", b"OTTO", b"true"}
_UNICODE: Final = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}
_LAST: Final = 0xFFFF


class UnreadableFont(Exception):  # noqa: N818 - told as a fault of the theme
    """A file that is no font, or one that is cut short."""


def characters_of(content: bytes) -> frozenset[int]:
    """Give the code points that a font has; of a collection those of its first font.

    Raises:
        UnreadableFont: it is no font.
    """
    try:
        start = struct.unpack_from(">I", content, 12)[0] if content[:4] == _COLLECTION else 0
        if content[start : start + 4] not in _KNOWN:
            raise UnreadableFont("sfnt?")
        return _mapped(content, _table(content, start, b"cmap"))
    except (struct.error, IndexError) as error:
        raise UnreadableFont(str(error)) from error


def _table(content: bytes, start: int, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", content, start + 4)
    for n in range(count):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", content, start + 12 + 16 * n)
        if tag == name:
            return int(offset)
    raise UnreadableFont("cmap?")


def _mapped(content: bytes, cmap: int) -> frozenset[int]:
    (count,) = struct.unpack_from(">H", content, cmap + 2)
    found: set[int] = set()
    for n in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", content, cmap + 4 + 8 * n)
        if (platform, encoding) in _UNICODE:
            (form,) = struct.unpack_from(">H", content, cmap + offset)
            found |= {4: _segments, 12: _groups}.get(form, _none)(content, cmap + offset)
    return frozenset(found)


def _segments(content: bytes, at: int) -> set[int]:
    """Read format 4: segments of the first 65,536 code points."""
    (double,) = struct.unpack_from(">H", content, at + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", content, at + 14)
    starts = struct.unpack_from(f">{count}H", content, at + 16 + double)
    deltas = struct.unpack_from(f">{count}H", content, at + 16 + 2 * double)
    offsets_at = at + 16 + 3 * double
    offsets = struct.unpack_from(f">{count}H", content, offsets_at)
    out: set[int] = set()
    for n, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, _LAST - 1) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", content, offsets_at + 2 * n + offset + 2 * (code - first))
            if glyph and (glyph + delta) % 65536:
                out.add(code)
    return out


def _groups(content: bytes, at: int) -> set[int]:
    """Read format 12: groups of any code points."""
    (count,) = struct.unpack_from(">I", content, at + 12)
    out: set[int] = set()
    for n in range(count):
        first, last, glyph = struct.unpack_from(">III", content, at + 16 + 12 * n)
        out.update(range(first if glyph else first + 1, min(last, 0x10FFFF) + 1))
    return out


def _none(_content: bytes, _at: int) -> set[int]:
    return set()
