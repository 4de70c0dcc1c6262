"""Functions that say what speaks against a document without telling of all that holds, where only that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.results import Result

    Ask = Callable[[Rule, Figures], Iterator[Result]]

_BRIEF: Final[dict[object, Ask]] = {}


def in_brief(brief: Ask) -> Callable[[Ask], Ask]:
    """Put beside a rule's function another that gives the same violations in the same order, and need not give more."""

    def beside(whole: Ask) -> Ask:
        _BRIEF[whole] = brief
        return whole

    return beside


def brief_of(whole: Ask) -> Ask | None:
    """Give what may be asked instead where only what speaks against a document is wanted, None where there is nothing."""
    return _BRIEF.get(whole)
