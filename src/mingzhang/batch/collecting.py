"""How often a process that holds many documents looks for cycles of objects: seldom, for documents have hardly any."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLLECTED: Final = 10_000
"""So many new containers are waited for before cycles are looked for among them."""


def collect_seldom() -> None:
    """Have this process look for cycles less often than interpreters do of themselves."""
    gc.set_threshold(_COLLECTED, *gc.get_threshold()[1:])


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for cycles less often while something is done."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
