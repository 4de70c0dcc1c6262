"""What lies in a packed file (ZIP), with its true size counted before any of it is used: a few bytes can hold gigabytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.readback.limits import MAX_PARTS, MAX_UNPACKED

if TYPE_CHECKING:
    from collections.abc import Callable

_HEADER: Final = 30
_PIECE: Final = 1 << 20
_LOCKED: Final = 0x1
DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, NotImplementedError, EOFError, OSError, struct.error, ValueError,
)  # fmt: skip
"""What the standard library raises at packed files that are broken, or packed in a way it does not know."""


def parts_of(content: bytes, name: str, *, count: Callable[[str], bool] = lambda _: True) -> tuple[str, ...]:
    """List the parts of a packed file, after counting what they unpack to.

    `count` says which parts will be unpacked: pictures that nobody opens may be as large as they like.

    Raises:
        UnreadableInput: it is damaged, locked with a password, has too many parts, or they unpack to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_PARTS:
                raise UnreadableInput(_("压缩包里的文件过多"), place=name)
            if any(i.flag_bits & _LOCKED for i in infos):
                hint = _("请先解除密码，再读取。")
                raise UnreadableInput(_("文件加了密码，不能读取"), place=name, hint=hint)
            size = 0
            for info in infos:
                if count(info.filename):
                    size += _unpacked(content, info, MAX_UNPACKED - size)
                if size > MAX_UNPACKED:
                    raise UnreadableInput(_("文件解压后过大"), place=name)
    except DAMAGED as error:
        raise UnreadableInput(_("文件已损坏，无法解压"), place=name) from error
    return tuple(i.filename for i in infos)


def unpacked(content: bytes, part: str, name: str) -> bytes:
    """Unpack one part whose size was counted before.

    Raises:
        UnreadableInput: it is damaged or not there.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as stream:
            found = stream.read(MAX_UNPACKED + 1)
    except DAMAGED as error:
        raise UnreadableInput(_("文件已损坏，无法解压"), place=f"{name}: {part}") from error
    if len(found) > MAX_UNPACKED:
        raise UnreadableInput(_("文件解压后过大"), place=name)
    return found


def _unpacked(content: bytes, info: zipfile.ZipInfo, most: int) -> int:
    """Count what a part unpacks to, whatever its header says, up to somewhat more than it may."""
    if info.compress_type == zipfile.ZIP_STORED:
        return info.compress_size
    if info.compress_type != zipfile.ZIP_DEFLATED:
        return info.file_size
    names = struct.unpack_from("<HH", content, info.header_offset + _HEADER - 4)
    start = info.header_offset + _HEADER + sum(names)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = memoryview(content)[start : start + info.compress_size]
    size = 0
    while len(rest) and size <= most and not unpacker.eof:
        size += len(unpacker.decompress(rest, _PIECE))
        rest = unpacker.unconsumed_tail
    return size
