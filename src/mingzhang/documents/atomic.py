"""Writing a file whole or not at all: beside its target first, then renamed over it."""

from __future__ import annotations

import contextlib
from secrets import token_hex
from typing import TYPE_CHECKING

from mingzhang.model.fault import Fault, why_not
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from pathlib import Path


class UnwritableOutput(Fault):
    """A file cannot be written where it was asked for."""


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, unless it is there.

    Raises:
        UnwritableOutput: it cannot be made, or is a file.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableOutput(_("无法写入：{why}").format(why=why_not(error)), place=str(folder)) from error


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file by atomic rename: nobody ever sees half of it, and on failure what stood there still stands.

    Raises:
        UnwritableOutput: no such folder, no room, or not allowed.
    """
    beside = path.parent / f".{path.name[:40]}.{token_hex(8)}.part"
    try:
        try:
            with beside.open("xb") as file:  # made here and nowhere else
                file.write(content)
            beside.replace(path)
        except BaseException:  # a stop too
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        raise UnwritableOutput(_("无法写入：{why}").format(why=why_not(error)), place=str(path)) from error
