"""Where a pack's texts speak of a table, one of its rows or columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.forms.pack import Pack


def mentions(pack: Pack, table: str, what: str = "") -> tuple[str, ...]:
    """Name the files under `text/` that speak of a table; with `what` of its row `[key]` or its column `.key`."""
    tail = re.escape(what) if what.startswith("[") else rf"\[[^\]]*\]{re.escape(what)}\b" if what else r"\["
    wanted = re.compile(rf"(?<![\w.]){re.escape(table)}{tail}")
    return tuple(f"text/{name}.toml" for name, tree in pack.texts.items() if any(map(wanted.search, _strings(tree))))


def _strings(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for value in tree.values():
            yield from _strings(value)
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from _strings(value)
