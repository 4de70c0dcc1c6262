"""Writing a file whole or not at all: beside its target first, then renamed over it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from mingzhang.model.fault import Fault, why_not
from mingzhang.model.language import gettext as _


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
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    except OSError as error:
        raise UnwritableOutput(_("无法写入：{why}").format(why=why_not(error)), place=str(path)) from error
    try:
        with open(number, "wb") as file:  # noqa: PTH123 - an open descriptor, not a path
            file.write(content)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        raise UnwritableOutput(_("无法写入：{why}").format(why=why_not(error)), place=str(path)) from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()


def _umask() -> int:
    """Give the process's mask; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
