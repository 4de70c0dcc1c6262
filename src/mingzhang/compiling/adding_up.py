"""A document's figures rounded together: chosen, printed again, certified."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from mingzhang.compiling.additivity import Links, also, conditions_met, laid_out, links_of
from mingzhang.compiling.departures import Departure, departures_of
from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.holding import NOTHING, CannotBeHeld, Standing
from mingzhang.model.disclosure import Disclosure
from mingzhang.rules.figures import Figures
from mingzhang.rules.functions.share_sums import adds_up, share_groups
from mingzhang.sums.additive import Additive, CannotHold, round_together
from mingzhang.sums.certificate import Certificate, certify_asserted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.network import Sum
    from mingzhang.sums.rounding import Rounding

_ROUNDS: Final = 4
"""So often the figures of a document are rounded anew when another choice of digits makes other sentences."""


class Added(msgspec.Struct, frozen=True):
    """A document whose figures were rounded together, what ties them, the digits chosen, the certificate, its figures."""

    disclosure: Disclosure
    links: Links
    chosen: Additive
    certificate: Certificate
    figures: Figures

    @property
    def departures(self) -> tuple[Departure, ...]:
        """List the figures that are not half-up."""
        return departures_of(self.links, self.chosen)


def add_up(
    book: Book,
    pack: Pack,
    half_up: Disclosure,
    derive: Callable[[Rounding], Disclosure],
    *,
    standing: Standing = NOTHING,
    facts: Sequence[Fact] = (),
    seed: int = 0,
) -> Added:
    """Round a half-up document's figures together, so that all it prints adds up; `derive` prints it with other digits.

    It says that its rounding is additive if the certificate holds of what is printed. `standing` are figures that were
    published, `facts` the book's, if they were found before. `seed` is the solver's; no result depends on it.

    Raises:
        CannotBeHeld: no choice of digits leaves the figures that are held.
        UnknownHeldFigure: a figure that is to be held is none of the document's.
    """
    facts = facts or facts_of(book, pack)
    first = laid_out(half_up, pack)
    links = links_of(book, pack, facts, half_up, first)
    figures: Figures | None = None
    for _ in range(_ROUNDS):
        try:
            chosen = _chosen(links, standing, facts, seed)
        except CannotHold as reason:
            raise CannotBeHeld(reason.conflict, links, standing, figures or Figures(half_up, pack)) from None
        disclosure = derive(chosen) if chosen.departures or not shares_add_up(first) else half_up
        figures = Figures(disclosure, pack, like=figures or first)
        if figures.said.keys() == links.said and conditions_met(figures) == links.met:
            break
        # a figure that now prints as nothing, or no longer does, leaves a sentence, or a rule's condition, or comes in
        links = also(links, links_of(book, pack, facts, disclosure))
    assert figures is not None
    certificate = certify_asserted(links.asserted, figures.sheets, share_groups(figures))
    if certificate.holds:
        disclosure = replace(disclosure, rounding="additive")
    return Added(disclosure, links, chosen, certificate, figures)


def _chosen(links: Links, standing: Standing, facts: Sequence[Fact], seed: int) -> Additive:
    """Choose the digits; what is nearly true holds only where that takes no figure a further unit off."""
    kept, held = standing.kept(links, facts), standing.held(links)

    def chosen(sums: Sequence[Sum]) -> Additive:
        return round_together(links.variables, sums, links.anchors, kept=kept, held=held, seed=seed)

    if links.nearly:
        with contextlib.suppress(CannotHold):
            found = chosen((*links.sums, *links.nearly))
            if not found.because:
                return found
    return chosen(links.sums)


def shares_add_up(figures: Figures) -> bool:
    """Tell whether the shares of each whole make 100 as they stand."""
    return all(adds_up(group, figures) for group in share_groups(figures))
