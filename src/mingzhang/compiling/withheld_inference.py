"""What anybody can conclude of withheld amounts from what is published, and what they conclude it from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.transfers import passed_on
from mingzhang.compiling.withheld import Secret, published, unsealed
from mingzhang.compiling.withheld_knowledge import told_by, told_elsewhere
from mingzhang.forms.pack import Pack
from mingzhang.model.book import Book
from mingzhang.model.disclosure import Disclosure
from mingzhang.sums.inference import Known, Protection, concluded, first_told, joined, needed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.compiling.withheld import Published


class Concluded(msgspec.Struct, frozen=True):
    """What can be concluded of one withheld amount: least and greatest in fen, None where nothing bounds it.

    `pins` are the keys of the figures that, together, leave it too little open; none where it is protected.
    """

    secret: Secret
    low: int
    high: int | None
    protected: bool
    pins: tuple[str, ...] = ()


class Inference(msgspec.Struct, frozen=True):
    """What can be concluded of every withheld amount.

    `unused` counts the figures of other documents that fit neither what is published now nor the whole book.
    """

    concluded: tuple[Concluded, ...]
    unused: int = 0

    @property
    def pinned(self) -> tuple[Concluded, ...]:
        """List what is not protected."""
        return tuple(c for c in self.concluded if not c.protected)


class Setting(msgspec.Struct, frozen=True):
    """What a book's secrets are judged by: its form, how a document is made in it, and what else is published.

    `make` makes a document of a book in which nothing is withheld; `beside` are other documents of the same year.
    """

    pack: Pack
    make: Callable[[Book], Disclosure]
    beside: tuple[Disclosure, ...] = ()

    @property
    def protection(self) -> Protection:
        """Give how much must stay open."""
        return Protection(self.pack.withheld.rate, self.pack.withheld.floor)


def inference(book: Book, setting: Setting, disclosure: Disclosure, shown: Published | None = None) -> Inference:
    """Bound every withheld amount of a book by all that its document and those beside it print.

    `disclosure` is the one made of `shown`, the book as it is published.
    """
    shown = shown or published(book, setting.pack)
    if not shown.secrets:
        return Inference(())
    truth = amounts_of(book, setting)
    known, unused = beside(book, setting, shown, truth)
    knowns = joined([*told_by(disclosure, shown, setting.pack, truth), *known])
    bounds = concluded(knowns, truth, [s.lines for s in shown.secrets])
    found = []
    for secret, bound in zip(shown.secrets, bounds, strict=True):
        covered = setting.protection.covers(secret.amount, bound)
        pins = () if covered else _pins(secret, knowns, truth, setting.protection)
        found.append(Concluded(secret, bound.low, bound.high, covered, pins))
    return Inference(tuple(found), unused)


def amounts_of(book: Book, setting: Setting) -> dict[str, int]:
    """Give the true amount of every fact, withheld or not, and of what one unit gave another."""
    given = {x.id: x.amount for x in book.spending}
    return given | {f.id: f.amount for f in facts_of(unsealed(book), setting.pack)}


def beside(book: Book, setting: Setting, shown: Published, truth: Mapping[str, int]) -> tuple[list[Known], int]:
    """Gather what other documents tell, and count what they print of other facts; those of other years tell nothing.

    What one unit gives is what another receives: who knows the one knows the other.
    """
    known = [
        Known((*((i, 1) for i in given), *((i, -1) for i in received)), 0, 0, ("↔".join((*given, *received)),))
        for given, received in passed_on(book)
    ]
    unused = 0
    for document in (d for d in setting.beside if d.year == book.year):
        more, strange = told_elsewhere(document, book, setting.pack, shown, make=setting.make, truth=truth)
        known += more
        unused += strange
    return known, unused


def _pins(secret: Secret, knowns: Sequence[Known], truth: dict[str, int], protection: Protection) -> tuple[str, ...]:
    """Name the fewest figures found under which an amount is open too little, one of those that say the same."""

    def pin(some: Sequence[Known]) -> bool:
        return first_told(some, truth, [secret.lines], protection) is not None

    return tuple(k.figures[0] for k in needed(knowns, pin))
