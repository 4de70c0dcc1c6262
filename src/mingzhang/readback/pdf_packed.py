"""How much the streams of a PDF unpack to, found before anything is unpacked in full: a few bytes can hold gigabytes."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

from mingzhang.readback.limits import MAX_PDF_DRAWN, MAX_PDF_STREAM, MAX_PDF_UNPACKED

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGINS: Final = re.compile(rb"stream\r?\n")
_DICTIONARY: Final = 2000
_PIECE: Final = 1 << 20
_PICTURE: Final = re.compile(rb"/Subtype\s*/Image")
_NOT_DRAWN: Final = re.compile(rb"/Length1\b|/Type\s*/(?!XObject)|/Subtype\s*/(?!Form)|/FunctionType|/N\s+\d")
_OTHER_PACKING: Final = re.compile(rb"/(?:LZWDecode|LZW|RunLengthDecode|RL|ASCII85Decode|A85|ASCIIHexDecode|AHx)\b")
_PACKED_TWICE: Final = re.compile(rb"/(?:FlateDecode|Fl)\b[^>]*/(?:FlateDecode|Fl)\b")
_MOST_RATIO: Final = 1000


def unpacks_to_too_much(content: bytes) -> bool:
    """Tell whether what a PDF draws, or its other streams, unpack to more than any disclosure has; pictures are not unpacked."""
    total = 0
    for head, start in _streams(content):
        most = MAX_PDF_STREAM if _NOT_DRAWN.search(head) else MAX_PDF_DRAWN
        size = _unpacked(content, head, start, most)
        total += size
        if size > most or total > MAX_PDF_UNPACKED:
            return True
    return False


def _streams(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Give the dictionary and the start of each packed stream, those of pictures left out."""
    after = 0
    for found in _BEGINS.finditer(content):
        if found.start() < after or content[max(found.start() - 3, 0) : found.start()] == b"end":
            continue
        head = content[max(after, found.start() - _DICTIONARY) : found.start()]
        head = head[head.rfind(b" obj") + 1 :]
        if b"Decode" in head and not _PICTURE.search(head):
            yield head, found.end()
        after = found.end()


def _unpacked(content: bytes, head: bytes, start: int, most: int) -> int:
    """Count the bytes of a stream, up to somewhat more than the most it may have."""
    if _PACKED_TWICE.search(head):
        return most + 1
    if _OTHER_PACKING.search(head):
        end = content.find(b"endstream", start)
        return (end - start) * _MOST_RATIO if end > start and end - start > _PIECE else 0
    unpacker = zlib.decompressobj()
    size = 0
    view = memoryview(content)[start : start + len(content)]
    at = 0
    try:
        rest: bytes | memoryview = view[at : at + _PIECE]
        while len(rest) and size <= most and not unpacker.eof:
            size += len(unpacker.decompress(rest, _PIECE))
            rest = unpacker.unconsumed_tail
            if not rest:
                at += _PIECE
                rest = view[at : at + _PIECE]
    except zlib.error:
        return size  # damaged, or another packing: what it gave so far is what a reader gets
    return size
