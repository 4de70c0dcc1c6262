"""Why a figure prints what it prints: its true value, what is half-up, what forces it to depart, the facts beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from mingzhang.compiling.adding_up import Added, add_up
from mingzhang.compiling.compile import disclosure_of
from mingzhang.compiling.departures import broken_by
from mingzhang.compiling.holding import NOTHING, Standing
from mingzhang.compiling.naming import key_of, ref_of, said
from mingzhang.compiling.trace import TracedLine, lines_beneath
from mingzhang.compiling.withheld import published
from mingzhang.forms.expressions import Ratio
from mingzhang.forms.packs import load_pack
from mingzhang.model.figure import spell
from mingzhang.rules.figures import TEXT, Figures
from mingzhang.rules.functions.share_sums import share_groups
from mingzhang.rules.functions.statements import identity_of
from mingzhang.sums.additive import CannotHold, round_together
from mingzhang.sums.identities import rounded_share

if TYPE_CHECKING:
    from mingzhang.model.book import Book
    from mingzhang.model.figure import Figure
    from mingzhang.sums.rounding import Variable
    from mingzhang.sums.sheets import CellRef


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """A printed figure and how it came about.

    `fen` is the true value, None where it is no amount. `breaks` are the sums that would not hold with it alone at
    half-up. It is `forced` where no choice of the other digits mends that, `core` being a smallest set of sums that
    then contradict each other; else the figures of `instead` would depart, each by its key. `stands` says that it was published before.
    A share has its part and its whole in `parts`.
    """

    key: str
    name: str
    printed: str
    unit: str
    fen: int | None = None
    half_up: str = ""
    departs: bool = False
    further: bool = False
    stands: Literal["", "kept", "held"] = ""
    breaks: tuple[str, ...] = ()
    forced: bool = False
    core: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    lines: tuple[TracedLine, ...] = ()
    parts: tuple[Explained, ...] = ()


def explained(book: Book, key: str, *, standing: Standing = NOTHING) -> Explained | None:
    """Explain a figure of a book's document by its key; None where the document has no such figure.

    Raises:
        CannotBeHeld: no choice of digits leaves the figures that are held.
    """
    pack = load_pack(book.pack)
    shown = published(book, pack).book
    half_up = disclosure_of(shown, pack)
    added = add_up(shown, pack, half_up, lambda chosen: disclosure_of(shown, pack, chosen), standing=standing)
    return _Explaining(book, added, Figures(added.disclosure, pack), standing).figure(ref_of(key))


class _Explaining:
    """One document, whose figures are asked about."""

    def __init__(self, book: Book, added: Added, figures: Figures, standing: Standing) -> None:
        self._book = book
        self._added = added
        self._figures = figures
        self._standing = standing
        self._by_key = {key: v for v, keys in added.links.variables.items() for key in keys}

    def figure(self, ref: CellRef) -> Explained | None:
        """Explain the figure at an address."""
        found = self._figures.figure(ref)
        if found is None or (ref.source == TEXT and ref.row not in self._figures.said):
            return None
        key = key_of(ref)
        plain = Explained(key=key, name=self._figures.name(ref), printed=found.printed or found.plain, unit=found.unit)
        variable = self._by_key.get(key)
        if variable is not None:
            return self._amount(plain, variable, found)
        return self._share(plain, ref, found) if found.unit == "%" else plain

    def _amount(self, plain: Explained, variable: Variable, figure: Figure) -> Explained:
        links, chosen = self._added.links, self._added.chosen
        digits = chosen((variable,))[variable]
        held = self._standing.held(links)
        made = msgspec.structs.replace(
            plain,
            fen=variable.fen,
            half_up=spell(variable.half_up, variable.places, grouped=False),
            stands="held" if variable in held else "kept" if variable in chosen.kept else "",
            lines=lines_beneath(figure.facts or tuple(sorted(variable.facts)), self._book),
        )
        if digits == variable.half_up:
            return made
        broken = broken_by(variable, variable.half_up, links.sums, chosen)
        made = msgspec.structs.replace(
            made,
            departs=True,
            further=variable in chosen.beyond,
            breaks=tuple(said(s, links, self._figures) for s in broken),
        )
        try:
            other = round_together(
                links.variables, links.sums, links.anchors, held={**held, variable: variable.half_up}
            )
        except CannotHold as reason:
            core = tuple(said(s, links, self._figures) for s in reason.conflict.sums)
            return msgspec.structs.replace(made, forced=True, core=core)
        new = (v for v in other.departures if v not in set(chosen.departures))
        return msgspec.structs.replace(made, instead=tuple(links.variables[v][0] for v in new if v in links.variables))

    def _share(self, plain: Explained, ref: CellRef, figure: Figure) -> Explained:
        """Explain a share by its part and its whole, as printed."""
        its = self._figures.said[ref.row]
        declared = its.declared
        tree = None if declared is None else declared.tree
        identity = identity_of(tree, ref.row, its, self._figures) if isinstance(tree, Ratio) else None
        if identity is None or not figure.is_number:
            return plain
        part, whole = (
            sum(o.coefficient * f.atoms for o in side if (f := self._figures.figure(o.ref)) is not None and f.is_number)
            for side in (identity.right, identity.over)
        )
        refs = (*identity.right, *identity.over)
        parts = tuple(made for o in refs if (made := self.figure(o.ref)) is not None)
        if whole == 0:
            return msgspec.structs.replace(plain, parts=parts)
        half_up = rounded_share(part, whole, figure)
        group = next((g for g in share_groups(self._figures) if ref in g), ())
        names = " + ".join(key_of(r) for r in group if (f := self._figures.figure(r)) is not None and f.digits)
        departs = half_up != figure.atoms
        return msgspec.structs.replace(
            plain,
            half_up=spell(half_up // figure.step, figure.places, grouped=False),
            departs=departs,
            breaks=(f"{names} = 100%",) if departs and group else (),
            parts=parts,
        )
