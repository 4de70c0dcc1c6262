"""Reading a file by what it prints alone: the data that our PDF carries are left aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mingzhang.readback.doors import read_opened
from mingzhang.readback.opening import opened

if TYPE_CHECKING:
    from pathlib import Path

    from mingzhang.model.disclosure import Disclosure


def read_printed(path: Path) -> Disclosure:
    """Read a file as if nothing were attached to it."""
    return read_opened(replace(opened(path), attached=None))
