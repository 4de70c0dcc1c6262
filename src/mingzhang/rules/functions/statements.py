"""What the written part says, against the tables: every slot whose pack declares where its value comes from."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.forms.expressions import Cell, Expression, Named, Ratio, Sum
from mingzhang.forms.narrative import narrative_of
from mingzhang.model.units import is_money
from mingzhang.rules.briefly import in_brief, only_where
from mingzhang.rules.declared_rules import best, result_of
from mingzhang.rules.figures import TEXT
from mingzhang.rules.finding_text import amount, evidence_of
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, violated
from mingzhang.rules.stated import nearest, stated_atoms
from mingzhang.rules.stated_at_sight import comparable, not_seen_to_hold, seen_to_hold
from mingzhang.sums.identities import Identity, Operand, rounded_share
from mingzhang.sums.rounding import divided
from mingzhang.sums.sheets import CellRef
from mingzhang.sums.terms import pattern_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Paragraph, Slot
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures, Said
    from mingzhang.sums.identities import Verdict

_PER_CENT = "%"


def _wrong_amounts(rule: Rule, figures: Figures) -> Iterator[Result]:
    return _compared(rule, figures, shares=False, brief=True)


@in_brief(_wrong_amounts)
def amounts(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare every amount and number with what its slot states."""
    return _compared(rule, figures, shares=False)


def shares(rule: Rule, figures: Figures, *, brief: bool = False) -> Iterator[Result]:
    """Compare every share with its part over its whole; with `brief` what is seen to hold is left out."""
    return _compared(rule, figures, shares=True, brief=brief)


def _compared(rule: Rule, figures: Figures, *, shares: bool, brief: bool = False) -> Iterator[Result]:
    stated = comparable(figures, shares)
    for _n, name in not_seen_to_hold(figures, shares) if brief else sorted(chain(*stated.values())):
        for verdict in _best(figures, name):
            result = result_of(rule, verdict, figures)
            if result is not None:
                result = tail_is_a_hint(result, figures)
                yield result if figures.pack is not None else _of_another_form(result)


def missing_shares(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find items without their share in a paragraph where others of their kind have one; say what it should be."""
    lacking = _without_share(figures)
    keys = {id(s.slot): n for n, s in figures.said.items()} if lacking else {}
    for slot, tree in lacking:
        name, figure = keys[id(slot)], slot.figure
        said = figures.said[name]
        assert figure is not None
        siblings = [s for s in said.paragraph.slots if s.key.endswith("_share") and id(s) in keys]
        whole = operands_of(tree.under, said, figures)
        base = figures.figure(whole[0].ref) if whole is not None and len(whole) == 1 else None
        if whole is None or base is None or not base.is_number or base.atoms == 0:
            continue
        example = siblings[0].figure
        assert example is not None
        share = amount(rounded_share(figure.atoms, base.atoms, example), _PER_CENT, example.places)
        spot = figures.spot(CellRef(TEXT, name))
        evidence = (
            evidence_of(figure, spot, "part"),
            evidence_of(base, figures.spot(whole[0].ref), "whole"),
            *(evidence_of(s.figure, figures.spot(CellRef(TEXT, keys[id(s)])), "sibling") for s in siblings if s.figure),
        )
        told = Told(
            f"占比缺失：“{said.sentence[:40]}”一句中{figure.plain}{figure.unit}没有写占比，并列各项都有；应为{share}%。",
            f"A share is missing: {figure.plain} {figure.unit} lacks its share though its siblings have one; expected {share}%.",
            (spot,),
            expected=share,
            actual="",
            unit=_PER_CENT,
            evidence=evidence,
        )
        yield violated(rule, told)


def _some_differ(figures: Figures) -> bool:
    """Tell whether a statement prints another value where it is made again."""
    atoms = stated_atoms(figures)
    again = [name for name in figures.said if "#" in name]
    return any(atoms.get(name) != atoms.get(name.rpartition("#")[0]) for name in again)


@only_where(_some_differ, sums=True)
def repeated(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare what is stated more than once and stands in no table."""
    first: dict[str, str] = {}
    again = {name.rpartition("#")[0] for name in figures.said if "#" in name}
    seen = seen_to_hold(figures) if again else frozenset()
    for name in [n for n in figures.said if (n in again or "#" in n) and n not in seen] if again else ():
        said = figures.said[name]
        declared = said.declared
        figure = said.slot.figure
        if declared is None or figure is None or not figure.unit or figure.unit == _PER_CENT:
            continue
        if (declared.sums and ways_of(figures, name)) or (figures.pack is None and not is_money(figure.unit)):
            continue  # what a count counts in a form nobody knows, its words alone do not tell
        before = first.setdefault(said.slot.key, name)
        if before != name:
            identity = Identity((_operand(name),), "=", (_operand(before),))
            for verdict in best([identity], figures):
                result = result_of(rule, verdict, figures)
                if result is not None:
                    yield result


_IN_BRACKETS: Final = re.compile(r"[\d.,]+\s*[万亿]?元\s*[（(][^（）()]*[）)]")


@once_for_all
def _without_share(figures: Figures) -> tuple[tuple[Slot, Ratio], ...]:
    """List the amounts that may have a share by what the pack declares, and have none, with what it would be.

    Only those of paragraphs in which something has its share are looked at; nothing needs none, unless another nothing has one.
    """
    shares = [s for name, s in figures.said.items() if "_share" in name and s.slot.key.endswith("_share")]
    out = []
    for section, paragraph in {id(s.paragraph): (s.section, s.paragraph) for s in shares}.values():
        stated = {slot.key for slot in paragraph.slots}
        amounts = [(s, s.figure) for s in paragraph.slots if s.figure is not None and s.figure.unit != _PER_CENT]
        of_nothing = any(f.digits == 0 and f"{s.key}_share" in stated for s, f in amounts)
        beside = {_brackets_around(paragraph, s) for s, _f in amounts if f"{s.key}_share" in stated}
        for slot, figure in amounts:
            if f"{slot.key}_share" in stated or not (figure.digits or (of_nothing and figure.is_number)):
                continue
            if _brackets_around(paragraph, slot) not in beside:
                continue  # parts of an item, in its brackets, are none of its siblings
            tree = _share_of(slot.key, section.key, figures)
            if tree is not None and not _has_per_cent(slot, paragraph):
                out.append((slot, tree))
    return tuple(out)


def _brackets_around(paragraph: Paragraph, slot: Slot) -> int:
    """Count the brackets that are open where a number stands."""
    before = paragraph.text[: slot.at]
    return sum(map(before.count, "（(")) - sum(map(before.count, "）)"))


def _of_another_form(result: Result) -> Result:
    """Lower an error where the form is unknown: what a sentence there stands for is known by its words alone."""
    return replace(result, severity="warning") if result.severity == "error" else result


def tail_is_a_hint(result: Result, figures: Figures) -> Result:
    """Lower the severity where a stated amount is off by less than one of its last digit from finer ones.

    It was cut instead of rounded, or rounded so that what stands beside it adds up.
    """
    verdict = result.verdict
    if result.outcome != "violated" or verdict is None or verdict.identity.over:
        return result
    stated = figures.figure(verdict.identity.left[0].ref)
    others = [figures.figure(o.ref) for o in verdict.identity.right]
    finer = stated is not None and any(f is not None and f.digits for f in others)
    finer = finer and all(f is None or f.digits is None or f.step * 100 <= stated.step for f in others if stated)
    tail = finer and stated is not None and abs(verdict.difference) < stated.step
    return replace(result, severity="hint") if tail else result


def _best(figures: Figures, name: str) -> tuple[Verdict, ...]:
    """Judge a statement by what is best of what may hold; kept as long as no sheet that it speaks of changes."""
    asked = (_best, name)
    found = figures.tied.get(asked)
    if found is None:
        ways = ways_of(figures, name)
        sources = frozenset([o.ref.source for i in ways for o in i.operands])
        judged = tuple(_as_rounded(v, figures) for v in best(ways, figures))
        found = figures.tied[asked] = (sources, judged)
    verdicts: tuple[Verdict, ...] = found[1]
    return verdicts


def _as_rounded(verdict: Verdict, figures: Figures) -> Verdict:
    """Take an amount for right that is the finer one of a table, rounded to the places of the sentence."""
    if verdict.outcome != "rounding" or verdict.identity.over or len(verdict.identity.right) != 1:
        return verdict
    stated, other = (figures.figure(o.ref) for o in verdict.identity.operands)
    if stated is None or other is None or not stated.digits or not other.digits or other.step >= stated.step:
        return verdict
    rounded = divided(other.atoms, stated.step) == stated.digits
    return replace(verdict, outcome="holds") if rounded else verdict


@once_for_all
def ways_of(figures: Figures, name: str) -> tuple[Identity, ...]:
    """List the identities of which one must hold of a statement, those whose parts the document has."""
    said = figures.said[name]
    declared = said.declared
    ways = (identity_of(tree, name, said, figures) for tree in (() if declared is None else declared.trees))
    return tuple(i for i in ways if i is not None)


def identity_of(tree: Expression, name: str, said: Said, figures: Figures) -> Identity | None:
    """Make the identity of a slot with its expression; None where the document does not have its parts."""
    left = (_operand(name),)
    if isinstance(tree, Ratio):
        part, whole = operands_of(tree.over, said, figures), operands_of(tree.under, said, figures)
        return Identity(left, "=", part, whole) if part and whole else None
    right = operands_of(tree, said, figures)
    return Identity(left, "=", right) if right else None


def operands_of(tree: Expression, said: Said, figures: Figures) -> tuple[Operand, ...] | None:
    """Spell an expression as figures of the document, leaving out rows that its form does not have."""
    match tree:
        case Cell(table, row, column):
            sheet = figures.sheets.get(table)
            if sheet is None:
                return None
            shape = sheet.shape
            rows = shape.rows_like(pattern_of(row)) if "*" in row else (row,)
            return tuple([shape.operand(1, r, column) for r in rows if shape.is_in_form(r, column)])
        case Named("slot", name):
            found = nearest(name, said, figures)
            return None if found is None else (_operand(found),)
        case Sum(terms):
            out: list[Operand] = []
            for sign, term in terms:
                side = operands_of(term, said, figures)
                if side is None:
                    return None
                out += [Operand(o.coefficient if sign == "+" else -o.coefficient, o.ref) for o in side]
            return tuple(out)
        case _:
            return None


def _operand(name: str) -> Operand:
    return Operand(1, CellRef(TEXT, name))


def _share_of(key: str, section: str, figures: Figures) -> Ratio | None:
    """Give the expression of the share that goes with an amount, None where the pack declares none."""
    if not key or key.endswith("_share"):
        return None
    declared = narrative_of(figures.wording).declaration(f"{key}_share", section)
    tree = None if declared is None else declared.tree
    return tree if isinstance(tree, Ratio) and tree.over == Named("slot", key) else None


def _has_per_cent(slot: Slot, paragraph: Paragraph) -> bool:
    """Tell whether a percentage follows the amount before the next amount, understood or not; what brackets divide is between."""
    text, at = paragraph.text, slot.at
    within = _IN_BRACKETS.match(text, at)
    start = at if within is None else within.end()
    after = [s.at for s in paragraph.slots if s.at > start and s.figure is not None and s.figure.unit != "%"]
    piece = text[start : min(after, default=None)]
    return "%" in piece or "％" in piece
