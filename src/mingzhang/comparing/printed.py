"""Are two disclosures equal in everything printed, and if not, where do they differ?

What is printed are the figures as their plain digits with unit, the texts, titles, notes, forms and charts. Where
something was read from, doubts, and which facts a figure sums are not printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.model.codec import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Disclosure

NOT_PRINTED: Final = frozenset(
    {"schema", "pack", "producer", "version", "rounding", "source", "extra", "place", "places", "doubt", "doubts",
     "facts", "first", "last", "at"}
)  # fmt: skip


class Difference(msgspec.Struct, frozen=True):
    """One printed thing that differs: its path, and its text on either side ("" where it is not there)."""

    path: str
    left: str
    right: str


def printed(disclosure: Disclosure) -> dict[str, str]:
    """Give everything printed as path and text."""
    return dict(_walk("", tree_of(disclosure)))


def differences(left: Disclosure, right: Disclosure) -> tuple[Difference, ...]:
    """List every printed thing in which two disclosures differ, in the order of their paths."""
    a, b = printed(left), printed(right)
    paths = list(dict.fromkeys([*a, *b]))
    return tuple(Difference(p, a.get(p, ""), b.get(p, "")) for p in paths if a.get(p, "") != b.get(p, ""))


def _walk(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if path.rpartition("/")[2] in {"cells", "texts"} or not _is_figure(value):
            for key, child in value.items():
                if key not in NOT_PRINTED:
                    yield from _walk(f"{path}/{key}", child)
        else:
            yield path, _figure(value)
    elif isinstance(value, list | tuple):
        for i, child in enumerate(value):
            yield from _walk(f"{path}/{_name(child, i)}", child)
    elif value is not None and value != "":
        yield path, str(value)


def _is_figure(tree: dict[str, Any]) -> bool:
    return "digits" in tree or "printed" in tree


def _figure(tree: dict[str, Any]) -> str:
    """Spell a figure by its digits, places and unit: thousands separators are style, not content."""
    digits = tree.get("digits")
    text = tree.get("printed", "") if digits is None else f"{digits}e-{tree.get('places', 2)}"
    return f"{text} {tree.get('unit', '万元')}" if text else ""


def _name(child: Any, index: int) -> str:
    """Name a list's element by its own key where it has one, so that an insertion does not shift all that follows."""
    if isinstance(child, dict):
        for key in ("id", "key", "project", "term"):
            if child.get(key):
                return f"{index}:{child[key]}" if key != "id" else str(child[key])
    return str(index)
