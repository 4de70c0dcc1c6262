"""The files of a ZIP archive or a folder: names in whatever encoding, archives inside archives, what is no content left out.

Nothing is written to disk: names that lead elsewhere (`../`) are only names.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.fault import Fault, UnreadableInput, why_not
from mingzhang.model.language import gettext as _
from mingzhang.readback.limits import MAX_ARCHIVE_DEPTH, MAX_ATTACHMENTS, MAX_UNPACKED
from mingzhang.readback.packed import DAMAGED, parts_of, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_ZIP: Final = b"PK\x03\x04"
_UTF8: Final = 0x800
_OFFICE: Final = ("word/document.xml", "xl/workbook.xml", "[content_types].xml", "ofd.xml", "mimetype")
_NOT_CONTENT: Final = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(\d+)")


class Attachment(msgspec.Struct, frozen=True):
    """One file among several: its name inside the whole, and its bytes."""

    name: str
    content: bytes


class Bundle(msgspec.Struct, frozen=True):
    """The files of an archive or a folder in order of their names, and what was left out."""

    files: tuple[Attachment, ...]
    doubts: tuple[str, ...] = ()


def is_archive(parts: tuple[str, ...]) -> bool:
    """Tell an archive of files from a document that only is packed as one."""
    return not any(p.lower().lstrip("/") in _OFFICE for p in parts)


def unpacked_archive(content: bytes, name: str) -> Bundle:
    """List the files of an archive, those of archives inside it too.

    Raises:
        UnreadableInput: it is damaged, locked, unpacks to too much, or holds too many files or none.
    """
    walk = _Walk(name)
    return walk.bundle(lambda: walk.files(content, "", 1))


def files_of(folder: Path) -> Bundle:
    """List the files of a folder and its folders, and those of archives among them.

    Raises:
        UnreadableInput: it cannot be opened, or holds too much, too many files or none.
    """
    walk = _Walk(str(folder))
    return walk.bundle(lambda: walk.below(folder))


class _Walk:
    """Gathers files within the limits on their number and size."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = MAX_UNPACKED
        self._count = 0
        self._doubts: list[str] = []

    def bundle(self, found: Callable[[], Iterator[Attachment]]) -> Bundle:
        """Put the files in order of their names, numbers by value."""
        files = sorted(found(), key=lambda f: [int(t) if t.isdigit() else t for t in _NUMBER.split(f.name)])
        if not files:
            raise UnreadableInput(_("里面没有文件"), place=self._name)
        return Bundle(tuple(files), tuple(self._doubts))

    def below(self, folder: Path) -> Iterator[Attachment]:
        """Go through the files of a folder; links that lead out of it are not followed."""
        try:
            root = folder.resolve()
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(folder).as_posix()
                if not path.is_file() or _NOT_CONTENT.search(name) or not path.resolve().is_relative_to(root):
                    continue
                self._take(path.stat().st_size)
                yield from self._opened(path.read_bytes(), name, 0)
        except OSError as error:
            raise UnreadableInput(_("文件无法打开：{why}").format(why=why_not(error)), place=self._name) from error

    def files(self, content: bytes, prefix: str, depth: int) -> Iterator[Attachment]:
        """Go through the files of an archive."""
        place = f"{self._name}: {prefix}" if prefix else self._name
        parts_of(content, place)
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                infos = [i for i in archive.infolist() if not i.is_dir()]
        except DAMAGED as error:
            raise UnreadableInput(_("文件已损坏，无法解压"), place=place) from error
        for info in infos:
            name = f"{prefix}{named(info)}"
            if _NOT_CONTENT.search(name):
                continue
            inside = unpacked(content, info.filename, place)
            self._take(len(inside))
            yield from self._opened(inside, name, depth)

    def _opened(self, content: bytes, name: str, depth: int) -> Iterator[Attachment]:
        """Give a file, or, if it is an archive itself, the files inside."""
        if not content.startswith(_ZIP):
            yield Attachment(name, content)
            return
        try:
            nested = is_archive(parts_of(content, name))
        except Fault:
            nested = False  # its own door says what is wrong with it
        if not nested:
            yield Attachment(name, content)
        elif depth >= MAX_ARCHIVE_DEPTH:
            self._doubts.append(_("“{name}”是压缩包里的压缩包，套得过深，没有读入").format(name=name))
        else:
            yield from self.files(content, f"{name}/", depth + 1)

    def _take(self, size: int) -> None:
        self._left -= size
        self._count += 1
        if self._left < 0:
            raise UnreadableInput(_("文件解压后过大"), place=self._name)
        if self._count > MAX_ATTACHMENTS:
            hint = _("若是许多单位的材料，请解压后用 mingzhang read 文件夹 -o 输出文件夹，逐份读取。")
            raise UnreadableInput(
                _("里面的文件过多（超过 {most} 个）").format(most=MAX_ATTACHMENTS), place=self._name, hint=hint
            )


def named(info: zipfile.ZipInfo) -> str:
    """Give a file's name as it was meant: archives made on Chinese systems often do not say in which encoding it is."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
