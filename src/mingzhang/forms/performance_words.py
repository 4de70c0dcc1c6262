"""The words of all performance forms that any pack knows, by which a form is told where no ruling shows its cells."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.packs import load_pack, pack_ids
from mingzhang.forms.performance import folded_label
from mingzhang.forms.performance_read import performance_forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingzhang.forms.performance import FundLine, Label, MoneyLine, PerformanceForms


VALUE: Final = 3
"""Which word of a head stands above the values, counted from 0; what stands beside them counts as one more."""


MONEY_HEAD: Final = "money_head"
TASK_HEAD: Final = "task_head"
"""Keys of words above the money and the tasks of a department."""


class FormWords(msgspec.Struct, frozen=True):
    """Folded spellings with their keys: fields, money lines, signatures; words of heads and names of levels.

    `money` are the labels that stand beside all money lines, `levels` say of a name which level of indicators it is.
    `titles` end the titles of project forms, `own_titles` those of the department's own.
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
    own_titles: tuple[str, ...] = ()

    @property
    def upper(self) -> dict[str, str]:
        """Give every label that may stand above the indicators."""
        return {**self.money, **self.funds, **self.fields, **self.prose, **self.goals}


def form_words() -> FormWords:
    """Give the words of every pack's project forms."""
    return _words(pack_ids())


def department_words() -> FormWords:
    """Give the words of the department's own form, as every pack that has one prints it."""
    return _department_words(pack_ids())


@cache
def _department_words(ids: tuple[str, ...]) -> FormWords:
    own = [d for i in ids if (f := performance_forms(load_pack(i))) is not None and (d := f.department) is not None]
    funds = _spelled(line for t in own for line in (*t.by_source, *t.by_use))
    return msgspec.structs.replace(
        _words(ids),
        fields=_spelled(x for t in own for x in t.head),
        prose=_spelled(x for t in own for x in t.texts),
        goals={},
        money=_spelled(x for t in own for x in t.groups) | {s: "tasks" for t in own for s in t.tasks.spellings},
        funds=_prefixed(funds, {p for t in own for p in t.prefixes})
        | {w: MONEY_HEAD for t in own for w in (*t.by_source_head, *t.by_use_head)}
        | {w: TASK_HEAD for t in own for w in t.task_head},
        footer={},
    )


@cache
def _words(ids: tuple[str, ...]) -> FormWords:
    forms = [f for i in ids if (f := performance_forms(load_pack(i))) is not None]
    texts = [f.project for f in forms]
    frames = [f.frame for f in forms]
    prefixes = {p for t in texts for p in t.prefixes}
    funds = _spelled(line for t in texts for line in t.funds) | {b: "beside" for t in texts for b in t.beside}
    heads = {folded_label(w): min(n, VALUE) for f in frames for n, w in enumerate((*f.head, *f.head_names))}
    heads |= {folded_label(w): VALUE + 1 for f in frames for words in f.columns.values() for w in words}
    return FormWords(
        fields=_spelled(x for t in texts for x in t.head),
        prose=_spelled(x for t in texts for x in t.texts),
        goals=_spelled(x for t in texts for x in t.goals),
        money=_spelled(x for t in texts for x in t.money),
        funds=_prefixed(funds, prefixes),
        footer=_spelled(x for t in texts for x in t.footer),
        heads=heads,
        groups={folded_label(g): "group" for f in frames for g in f.group},
        levels=_levels(forms),
        own_titles=tuple(dict.fromkeys(e for f in forms if f.department is not None for e in f.department.endings)),
        titles=tuple(dict.fromkeys(ending for t in texts for _kind, ending in t.titles)),
    )


def _prefixed(funds: dict[str, str], prefixes: Iterable[str]) -> dict[str, str]:
    """Add the spellings with a word before them, as the first of several sources has it."""
    return funds | {f"{p}{colon}{s}": key for s, key in funds.items() for p in prefixes for colon in ("", ":")}


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
