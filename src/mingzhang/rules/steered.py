"""Asking the rules that somebody chose, by their words and severities, also beside the document of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _
from mingzhang.rules.engine import pack_of, results_of, told
from mingzhang.rules.figures import Figures
from mingzhang.rules.settings import SEVERITIES, Steering
from mingzhang.rules.words import using

if TYPE_CHECKING:
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding


_AS_IT_IS: Final = Steering()
"""The catalogue, as it is."""


class NotLastYear(Fault):
    """The document given as last year's is of another year, or of another kind."""


def steered(
    disclosure: Disclosure,
    steering: Steering | None = None,
    *,
    last_year: Disclosure | None = None,
    everything: bool = False,
    pack: Pack | None = None,
) -> tuple[Finding, ...]:
    """Check a document as `check` does, by what somebody wants, and against last year's document where it is given.

    Raises:
        NotLastYear: that document is not of the year before.
    """
    figures = Figures(disclosure, pack or pack_of(disclosure))
    if last_year is not None:
        if disclosure.year is not None and last_year.year is not None and last_year.year != disclosure.year - 1:
            said = _("给的上年文件是{last}年的，本文件是{year}年的").format(last=last_year.year, year=disclosure.year)
            raise NotLastYear(said, place=last_year.source.name if last_year.source is not None else "")
        figures.last_year = Figures(last_year, pack_of(last_year))
    name = "" if disclosure.pack is None else disclosure.pack.id
    chosen = (steering or _AS_IT_IS).chosen(name)
    rules = chosen.of("document") if last_year is None else chosen.of("document", "years")
    with using(chosen.words):
        found = told(results_of(rules, figures, everything=everything), figures, everything=everything)
    lowered = (chosen.lowered(f) for f in found)
    return tuple(sorted(lowered, key=lambda f: (f.outcome != "violated", SEVERITIES.index(f.severity))))
