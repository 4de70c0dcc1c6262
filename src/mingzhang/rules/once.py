"""What many rules ask of one document is worked out once and kept with it.

`Figures.lasting` keeps what stays true when only figures of tables change, `Figures.tied`, with the sheets on which it
rests, what stays true until a figure of one of them changes.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FunctionType

    from mingzhang.rules.figures import Figures

P = ParamSpec("P")
T = TypeVar("T")


def once(ask: Callable[Concatenate[Figures, P], T]) -> Callable[Concatenate[Figures, P], T]:
    """Keep what a function of a document, and of further hashable arguments, gives; nobody may change it."""
    return _kept(ask, lasts=False)


def once_for_all(ask: Callable[Concatenate[Figures, P], T]) -> Callable[Concatenate[Figures, P], T]:
    """Keep what no figure of a table has a say in: it stays true of a document in which only such figures changed."""
    return _kept(ask, lasts=True)


def _kept(ask: Callable[Concatenate[Figures, P], T], *, lasts: bool) -> Callable[Concatenate[Figures, P], T]:
    def of_document(figures: Figures) -> T:
        kept = figures.lasting if lasts else figures.kept
        try:
            found: T = kept[ask]
        except KeyError:
            found = kept[ask] = cast("Callable[[Figures], T]", ask)(figures)
        return found

    def of_more(figures: Figures, /, *args: P.args, **kwargs: P.kwargs) -> T:
        kept = figures.lasting if lasts else figures.kept
        key = (ask, *args, *kwargs.items())
        try:
            found: T = kept[key]
        except KeyError:
            found = kept[key] = ask(figures, *args, **kwargs)
        return found

    code = cast("FunctionType", ask).__code__
    if code.co_argcount + code.co_kwonlyargcount > 1:
        return wraps(ask)(of_more)
    return cast("Callable[Concatenate[Figures, P], T]", wraps(ask)(of_document))


def tied(figures: Figures, key: object, sources: Iterable[str], ask: Callable[[], T]) -> T:
    """Keep what is worked out of some sheets alone, until a figure of one of them changes; nobody may change it."""
    found = figures.tied.get(key)
    if found is None:
        found = figures.tied[key] = (frozenset(sources), ask())
    kept: T = found[1]
    return kept
