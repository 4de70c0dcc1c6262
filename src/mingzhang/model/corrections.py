"""What a person said of a reading: figures and texts accepted as they were read, or put right."""

from __future__ import annotations

from typing import Final

import msgspec

CORRECTIONS_SCHEMA: Final = "mingzhang.corrections/1.0"


class Correction(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One word of a person: the figure or text at a JSON pointer, `was` as it was read, `now` what really stands there.

    Without `now` it stands there as it was read, and is in doubt no longer. An empty `now` says: nothing is printed.
    """

    at: str
    was: str
    now: str | None = None


class Corrections(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """What was said of one reading of one file; `sha256` is the file's."""

    schema: str = CORRECTIONS_SCHEMA
    file: str = ""
    sha256: str = ""
    made: tuple[Correction, ...] = ()


def step(name: str) -> str:
    """Spell a name as one step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def steps(pointer: str) -> tuple[str, ...]:
    """Take a JSON pointer apart into names (RFC 6901)."""
    return tuple(s.replace("~1", "/").replace("~0", "~") for s in pointer.split("/")[1:])
