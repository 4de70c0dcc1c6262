"""A disclosure as JSON in its published schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.documents.atomic import write_bytes
from mingzhang.model.codec import encode

if TYPE_CHECKING:
    from pathlib import Path

    from mingzhang.model.disclosure import Disclosure


def write_json(disclosure: Disclosure, path: Path) -> None:
    """Write a disclosure as JSON; the same disclosure always gives the same bytes.

    Raises:
        UnwritableOutput: the file cannot be written.
    """
    write_bytes(path, encode(disclosure))
