"""Faults: bad input or bad configuration, told to the user with a place and a hint.

A finding is data about a document; a fault means the work could not be done. One renderer prints
them all, and the exit status is 2.
"""

from __future__ import annotations

import errno
from typing import ClassVar, Final

from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

_REASONS: Final = {
    errno.ENOENT: later("没有这个文件或文件夹"),
    errno.EACCES: later("没有权限"),
    errno.EPERM: later("没有权限"),
    errno.EISDIR: later("是文件夹，不是文件"),
    errno.ENOTDIR: later("路径中有一段不是文件夹"),
    errno.EEXIST: later("已有同名的文件"),
    errno.ENOSPC: later("磁盘已满"),
    errno.EROFS: later("那里只能读，不能写"),
    errno.ENAMETOOLONG: later("名称太长"),
}
"""Why files cannot be opened or written, in the program's own words; what is rare is told in the system's."""


def why_not(error: OSError) -> str:
    """Say why a file could not be opened or written."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)


class Fault(Exception):  # noqa: N818 - the project's own word
    """Something the user gave cannot be used; says what, where, and what to do."""

    status: ClassVar[int] = 2

    def __init__(self, message: str, *, place: str = "", hint: str = "") -> None:
        """Keep the message, the place it is about (`文件: 第3行`, `收支!B12`) and a hint."""
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        """Render for a terminal: place, message, and the hint on a line of its own."""
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head}\n  {self.hint}" if self.hint else head


class UnreadableInput(Fault):
    """A file is empty, binary, of an unknown encoding, or not what it says it is."""


class UnknownVersion(Fault):
    """A stored document has a schema version this program does not know."""


class InvalidBook(Fault):
    """A budget book holds something that no book may hold; several such are joined."""

    def __init__(self, problems: list[Fault]) -> None:
        """Join the problems, each with its own place, into one fault."""
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems


class InvalidPack(Fault):
    """A form pack contradicts its schema or itself."""
