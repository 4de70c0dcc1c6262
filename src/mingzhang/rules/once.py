"""What many rules ask of one document is worked out once and kept with it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

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
