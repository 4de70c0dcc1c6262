"""Shares of one whole: where the parts make it up, their shares make up a hundred."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.forms.expressions import Ratio
from mingzhang.model.units import base_of
from mingzhang.rules.briefly import in_brief
from mingzhang.rules.figures import TEXT
from mingzhang.rules.finding_text import amount, evidence_of
from mingzhang.rules.functions import statements
from mingzhang.rules.functions.statements import operands_of
from mingzhang.rules.once import once, once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.stated import said_as, stated_atoms
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingzhang.forms.expressions import Expression
    from mingzhang.model.figure import Figure
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures, Said
    from mingzhang.sums.identities import Operand

    Group = tuple[CellRef, ...]
    Operands = tuple[Operand, ...]

_PER_CENT: Final = "%"
_HUNDRED: Final = 100 * base_of(_PER_CENT)


def _wrong_shares(rule: Rule, figures: Figures) -> Iterator[Result]:
    return _compared(statements.shares(rule, figures, brief=True), figures)


@in_brief(_wrong_shares)
def shares(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare every share with its part over its whole; one rounded so that all of them make 100 is no error."""
    return _compared(statements.shares(rule, figures), figures)


def _compared(results: Iterator[Result], figures: Figures) -> Iterator[Result]:
    for result in results:
        yield replace(result, severity="hint") if _is_rounded_with_others(result, figures) else result


def _not_a_hundred(rule: Rule, figures: Figures) -> Iterator[Result]:
    groups = [own for own in _shares_of(figures) if not _is_a_hundred(own[-1], figures)] if figures.additive else []
    return (_told(rule, group, figures) for group in _whole_groups(groups, figures) if not adds_up(group, figures))


@in_brief(_not_a_hundred, sums=False)
def make_a_hundred(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Add up the shares of one whole in a section, in documents that say that all they print adds up."""
    groups = share_groups(figures) if figures.additive else ()
    if not groups:
        yield undecided(
            rule,
            "没有声明数字全部相加相等，或没有各项构成整体的占比",
            "no whole is divided into shares, or nothing says that all adds up",
        )
    for group in groups:
        yield passed(rule) if adds_up(group, figures) else _told(rule, group, figures)


def _is_rounded_with_others(result: Result, figures: Figures) -> bool:
    """Tell whether a share that is not half-up lies within a unit of the truth, in a whole whose shares make 100."""
    if result.outcome != "violated" or result.verdict is None:
        return False
    identity = result.verdict.identity
    stated, whole = figures.figure(identity.left[0].ref), _value(identity.over, figures)
    kept = {ref for group in share_groups(figures) if adds_up(group, figures) for ref in group}
    if stated is None or identity.left[0].ref not in kept or not whole:
        return False
    return abs(stated.atoms - Fraction(_value(identity.right, figures) * _HUNDRED, whole)) < stated.step


@once
def share_groups(figures: Figures) -> tuple[Group, ...]:
    """List the shares of each whole in each section, two or more, whose parts as printed make up that whole."""
    return tuple(_whole_groups(_shares_of(figures), figures))


def _whole_groups(groups: Iterable[tuple[Operands, Iterable[Operands], Group]], figures: Figures) -> Iterator[Group]:
    """Give the shares of those groups whose parts as printed make up the whole."""
    for whole, parts, group in groups:
        if _value(whole, figures) == sum([_value(p, figures) for p in parts]) > 0:
            yield group


@once_for_all
def _shares_of(figures: Figures) -> list[tuple[Operands, Iterable[Operands], Group]]:
    """List the wholes of which a section states two shares or more, each with their parts and the shares."""
    found: dict[tuple[str, Operands], dict[Operands, CellRef]] = {}
    for name, said, part, whole in ratios_of(figures):
        figure = said.slot.figure
        if figure is not None and figure.unit == _PER_CENT and figure.is_number:
            found.setdefault((said.section.key, whole), {}).setdefault(part, CellRef(TEXT, name))
    return [(whole, tuple(p), tuple(p.values())) for (_section, whole), p in found.items() if len(p) > 1]


@once_for_all
def ratios_of(figures: Figures) -> list[tuple[str, Said, Operands, Operands]]:
    """List the statements of a value over another, each with what it is a part of, where the document has both."""
    wholes: dict[tuple[Expression, int], Operands | None] = {}
    out: list[tuple[str, Said, Operands, Operands]] = []
    for name, said in said_as(figures, "ratio"):
        tree = None if said.declared is None else said.declared.tree
        if isinstance(tree, Ratio):
            asked = (tree.under, id(said.paragraph))
            if asked not in wholes:
                wholes[asked] = operands_of(tree.under, said, figures)
            part, whole = operands_of(tree.over, said, figures), wholes[asked]
            if part and whole:
                out.append((name, said, part, whole))
    return out


def _is_a_hundred(group: Group, figures: Figures) -> bool:
    """Tell whether shares are seen to make exactly 100; none of them is withheld then."""
    atoms = [stated_atoms(figures)[ref.row] for ref in group]
    return None not in atoms and sum(filter(None, atoms)) == _HUNDRED


def adds_up(group: Group, figures: Figures) -> bool:
    """Tell whether shares make exactly 100."""
    return _total(group, figures) == _HUNDRED


def _told(rule: Rule, group: Group, figures: Figures) -> Result:
    total = amount(_total(group, figures), _PER_CENT, max(f.places for f in _shares(group, figures)))
    told = Told(
        f"同一整体的{len(group)}项占比之和为{total}%，应为100%。",
        f"The {len(group)} shares of one whole add up to {total}%, not 100%.",
        tuple(dict.fromkeys(figures.spot(ref) for ref in group)),
        expected="100",
        actual=total,
        unit=_PER_CENT,
        evidence=tuple(
            evidence_of(f, figures.spot(r), "share") for r, f in zip(group, _shares(group, figures), strict=True)
        ),
    )
    return violated(rule, told)


def _total(group: Group, figures: Figures) -> int:
    return sum(f.atoms for f in _shares(group, figures))


def _shares(group: Group, figures: Figures) -> list[Figure]:
    return [f for ref in group if (f := figures.figure(ref)) is not None]


def _value(operands: Sequence[Operand], figures: Figures) -> int:
    """Add up what is printed; nothing printed counts as nothing."""
    printed = ((o.coefficient, figures.figure(o.ref)) for o in operands)
    return sum(c * f.atoms for c, f in printed if f is not None and f.is_number)
