"""What every rule says of a document that breaks it: written by `tools/write_examples.py` from the rules' own failing cases."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from mingzhang.model.language import language


def example_of(number: str) -> str:
    """Give what a rule says of a document that breaks it, in the language in use; "" for a rule of somebody's own."""
    return _examples().get(number, {}).get(language(), "")


@cache
def _examples() -> dict[str, dict[str, str]]:
    return msgspec.json.decode(Path(__file__).with_suffix(".json").read_bytes(), type=dict[str, dict[str, str]])
