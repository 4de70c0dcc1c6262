"""What many rules ask of one document is worked out once and kept with it.

`Figures.tied` keeps, with the sheets on which it rests, what stays true until a figure of one of them changes.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mingzhang.rules.figures import Figures

P = ParamSpec("P")
T = TypeVar("T")


def once(ask: Callable[Concatenate[Figures, P], T]) -> Callable[Concatenate[Figures, P], T]:
    """Keep what a function of a document, and of further hashable arguments, gives; nobody may change it."""

    @wraps(ask)
    def asked(figures: Figures, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (asked, *args, *kwargs.items()) if args or kwargs else asked
        try:
            found: T = figures.kept[key]
        except KeyError:
            found = figures.kept[key] = ask(figures, *args, **kwargs)
        return found

    return asked


def once_for_all(ask: Callable[Concatenate[Figures, P], T]) -> Callable[Concatenate[Figures, P], T]:
    """Keep what no figure of a table has a say in: it stays true of a document in which only such figures changed."""
    asked = once(ask)
    _LASTING.add(asked)
    return asked


_LASTING: Final[set[object]] = set()


def tied(figures: Figures, key: object, sources: Iterable[str], ask: Callable[[], T]) -> T:
    """Keep what is worked out of some sheets alone, until a figure of one of them changes; nobody may change it."""
    found = figures.tied.get(key)
    if found is None:
        found = figures.tied[key] = (frozenset(sources), ask())
    kept: T = found[1]
    return kept


def lasting(kept: Mapping[object, Any]) -> dict[object, Any]:
    """Pick what stays true when only figures of tables change."""
    return {k: v for k, v in kept.items() if (k[0] if isinstance(k, tuple) else k) in _LASTING}
