"""The statements of the written part by what they may be: most rules ask for those of one kind alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mingzhang.forms.declarations import roles_by_key
from mingzhang.rules.figures import TEXT
from mingzhang.rules.once import once_for_all
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from mingzhang.forms.declarations import Role
    from mingzhang.rules.figures import Figures, Said

    Statements = list[tuple[str, Said]]


def said_as(figures: Figures, role: Role) -> Statements:
    """List the statements that by their form or key may be something, in their order; nobody may change it."""
    return _by_role(figures).get(role, [])


@once_for_all
def _by_role(figures: Figures) -> dict[Role, Statements]:
    out: dict[Role, Statements] = defaultdict(list)
    for one in figures.said.items():
        declared = one[1].declared
        for role in roles_by_key(one[1].slot.key) if declared is None else declared.roles:
            out[role].append(one)
    return out


@once_for_all
def stated_atoms(figures: Figures) -> dict[str, int | None]:
    """Give the atoms of what each statement prints as a number, nothing printed as 0; None where it is withheld."""
    sheet = figures.sheets[TEXT]
    return dict(zip(sheet.shape.rows, sheet.values, strict=True))


def other_bases(said: Said) -> tuple[str, ...]:
    """Give what a sentence compares with instead of last year's budget: what was executed or adjusted; () if nothing."""
    text = said.paragraph.text
    found = [word for word in words("years")["other_basis"] if word in text]
    sentence = said.sentence if found else ""
    return tuple([word for word in found if word in sentence])


def nearest(key: str, said: Said, figures: Figures) -> str | None:
    """Find where a key is stated: in the same paragraph, else the same section, else anywhere, first before last."""
    if f"{key}#2" not in figures.said:  # it is not stated again
        only = figures.said.get(key)
        return key if only is not None and only.slot.figure is not None else None
    found = _stated(figures).get(key, ())
    for name in found:
        if figures.said[name].paragraph is said.paragraph:
            return name
    for name in found:
        if figures.said[name].section is said.section:
            return name
    return found[0] if found else None


@once_for_all
def _stated(figures: Figures) -> dict[str, list[str]]:
    """List where every key is stated as a number."""
    out: dict[str, list[str]] = {}
    for name, said in figures.said.items():
        slot = said.slot
        if slot.figure is not None:
            out.setdefault(slot.key, []).append(name)
    return out
