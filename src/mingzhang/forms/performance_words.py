"""The words of all performance forms that any pack knows, by which a form is told where no ruling shows its cells."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from mingzhang.forms.packs import load_pack, pack_ids
from mingzhang.forms.performance import folded_label, performance_forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingzhang.forms.performance import FundLine, Label, MoneyLine, PerformanceForms


class FormWords(msgspec.Struct, frozen=True):
    """Folded spellings with their keys: fields, money lines, signatures; words of heads and names of levels.

    `money` are the labels that stand beside all money lines, `levels` say of a name which level of indicators it is.
    """

    fields: dict[str, str] = {}
    prose: dict[str, str] = {}
    goals: dict[str, str] = {}
    money: dict[str, str] = {}
    funds: dict[str, str] = {}
    footer: dict[str, str] = {}
    heads: dict[str, int] = {}
    groups: dict[str, str] = {}
    levels: dict[str, int] = {}
    titles: tuple[str, ...] = ()

    @property
    def upper(self) -> dict[str, str]:
        """Give every label that may stand above the indicators."""
        return {**self.money, **self.funds, **self.fields, **self.prose, **self.goals}


def form_words() -> FormWords:
    """Give the words of every pack's project forms."""
    return _words(pack_ids())


@cache
def _words(ids: tuple[str, ...]) -> FormWords:
    forms = [f for i in ids if (f := performance_forms(load_pack(i))) is not None]
    texts = [f.project for f in forms]
    frames = [f.frame for f in forms]
    prefixes = {p for t in texts for p in t.prefixes}
    funds = _spelled(line for t in texts for line in t.funds)
    return FormWords(
        fields=_spelled(x for t in texts for x in t.head),
        prose=_spelled(x for t in texts for x in t.texts),
        goals=_spelled(x for t in texts for x in t.goals),
        money=_spelled(x for t in texts for x in t.money),
        funds=funds | {f"{p}{colon}{s}": key for s, key in funds.items() for p in prefixes for colon in ("", ":")},
        footer=_spelled(x for t in texts for x in t.footer),
        heads={folded_label(w): min(n, 3) for f in frames for n, w in enumerate((*f.head, *f.head_names))},
        groups={folded_label(g): "group" for f in frames for g in f.group},
        levels=_levels(forms),
        titles=tuple(dict.fromkeys(ending for t in texts for _kind, ending in t.titles)),
    )


def _spelled(labels: Iterable[Label | FundLine | MoneyLine]) -> dict[str, str]:
    out: dict[str, str] = {}
    for label in labels:
        for spelling in label.spellings:
            out.setdefault(spelling, label.key)
    return out


def _levels(forms: Iterable[PerformanceForms]) -> dict[str, int]:
    """Say of every name of a class which level it is of; one that is of both counts as the first."""
    classes = list(chain.from_iterable(f.frame.classes for f in forms))
    second = {folded_label(n): 2 for c in classes for n in (c.name, *c.names)}
    return second | {folded_label(c.level1): 1 for c in classes}
