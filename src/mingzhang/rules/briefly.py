"""Functions that say what speaks against a document without telling of all that holds, where only that is wanted."""

from __future__ import annotations

from functools import wraps
from itertools import repeat
from typing import TYPE_CHECKING, Final

from mingzhang.rules.results import passed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.results import Result

    Ask = Callable[[Rule, Figures], Iterator[Result]]

_BRIEF: Final[dict[object, Ask]] = {}


_SUMS: Final[set[object]] = set()


def in_brief(brief: Ask, *, sums: bool = True) -> Callable[[Ask], Ask]:
    """Put beside a rule's function another that gives the same violations in the same order, and need not give more.

    `sums` says that what it leaves out may be sums that hold, which tell which figure is wrong where others fail.
    """

    def beside(whole: Ask) -> Ask:
        _BRIEF[whole] = brief
        if sums:
            _SUMS.add(whole)
        return whole

    return beside


def only_where(screen: Callable[[Figures], object], *, sums: bool = False) -> Callable[[Ask], Ask]:
    """Ask a rule, where only what speaks against a document is wanted, of documents alone at which a glance sees that something may."""

    def asked(whole: Ask) -> Ask:
        def brief(rule: Rule, figures: Figures) -> Iterator[Result]:
            return whole(rule, figures) if screen(figures) else iter(())

        return in_brief(brief, sums=sums)(whole)

    return asked


def told_of_each(count: Callable[[Figures], int]) -> Callable[[Ask], Ask]:
    """Make of a function that gives only violations one that says besides that all else of so many things holds."""

    def told(brief: Ask) -> Ask:
        @in_brief(brief, sums=False)
        @wraps(brief)
        def whole(rule: Rule, figures: Figures) -> Iterator[Result]:
            found = tuple(brief(rule, figures))
            yield from found
            yield from repeat(passed(rule), count(figures) - len(found))

        return whole

    return told


def brief_of(whole: Ask) -> Ask | None:
    """Give what may be asked instead where only what speaks against a document is wanted, None where there is nothing."""
    return _BRIEF.get(whole)


def leaves_out_sums(whole: Ask) -> bool:
    """Tell whether the brief form of a function leaves out sums that hold."""
    return whole in _SUMS
