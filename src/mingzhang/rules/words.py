"""The words that rules go by, as data."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words(group: str) -> dict[str, Any]:
    """Give a group of word lists and thresholds.

    Raises:
        KeyError: there is no such group.
    """
    found: dict[str, Any] = _all()[group]
    return found


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
