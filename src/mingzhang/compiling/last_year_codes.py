"""What had another code or name last year: which of then is which of now, and what cannot be told apart any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.forms.classifications import edition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book, Former


class Group(msgspec.Struct, frozen=True):
    """Codes of this year and of last year that are the same as a whole; none of `before` is new, none of `now` gone.

    `whole` is False where only a part of what stood before is meant.
    """

    now: tuple[str, ...]
    before: tuple[str, ...]
    whole: bool = True

    @property
    def is_comparable(self) -> bool:
        """Tell whether this year's code has an amount of last year to itself: so if it was not split."""
        return self.whole and len(self.now) == 1 and len(self.before) > 0


def groups_of(
    now: Sequence[str], before: Sequence[str], pairs: Iterable[tuple[str, str]], parts: Iterable[str] = ()
) -> tuple[Group, ...]:
    """Put together what pairs of then and now tie, in the order of now, then of then.

    `parts` are codes of this year that are only a part of what they were.
    """
    leader = {node: node for node in (*(("now", k) for k in now), *(("before", k) for k in before))}

    def found(node: tuple[str, str]) -> tuple[str, str]:
        while leader[node] != node:
            node = leader[node]
        return node

    for old, new in pairs:
        if ("before", old) in leader and ("now", new) in leader:
            first, second = found(("now", new)), found(("before", old))
            leader[second] = first
    members: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for node in leader:
        members.setdefault(found(node), []).append(node)
    partial = set(parts)
    return tuple(
        Group(
            tuple(k for side, k in own if side == "now"),
            tuple(k for side, k in own if side == "before"),
            not any(side == "now" and k in partial for side, k in own),
        )
        for own in members.values()
    )


def function_groups(book: Book, pack: Pack, now: Sequence[str], before: Sequence[str]) -> tuple[Group, ...]:
    """Tie last year's functional codes to this year's: as the book declares, as the editions were changed, else alike.

    Where one side goes less deep than the other, what stands under a code belongs to it.
    """
    declared = [f for f in book.formerly if f.what == "function"]
    pairs = list(_declared(declared, now, before))
    settled_now, settled_before = {f.code for f in declared}, {b for b, _n in pairs}
    for old in before:
        if old in settled_before:
            continue
        if old in now:
            pairs.extend([(old, old)] if old not in settled_now else [])
            continue
        moved = [(old, n) for n in _recoded(old, pack, now) if n not in settled_now]
        deeper = [(old, n) for n in now if n not in settled_now and n not in before and _is_under(n, old)]
        higher = [(old, n) for n in now if n not in settled_now and n not in before and _is_under(old, n)]
        pairs.extend(moved or deeper or higher)
    return groups_of(now, before, pairs, (f.code for f in declared if f.part))


def name_groups(
    book: Book, now: Sequence[str], before: Sequence[str], what: str, prefix: str = ""
) -> tuple[Group, ...]:
    """Tie names (of projects, of units) of last year to this year's: as the book declares, else alike."""
    declared = [f for f in book.formerly if f.what == what]
    names = {p.id: p.name for p in book.projects} if what == "project" else {m.code: m.name for m in book.members}
    spelled = [
        msgspec.structs.replace(f, code=prefix + names.get(f.code, f.code), before=tuple(prefix + b for b in f.before))
        for f in declared
    ]
    pairs = list(_declared(spelled, now, before))
    settled = {f.code for f in spelled} | {b for b, _n in pairs}
    pairs.extend((k, k) for k in before if k in now and k not in settled)
    return groups_of(now, before, pairs, (f.code for f in spelled if f.part))


def _declared(formerly: Iterable[Former], now: Sequence[str], before: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give the pairs that the book declares; of a code that is not printed, those printed under it."""
    for former in formerly:
        for new in [n for n in now if n == former.code] or [n for n in now if _is_under(n, former.code)]:
            for name in former.before:
                olds = [b for b in before if b == name] or [b for b in before if _is_under(b, name)]
                yield from ((b, new) for b in olds)


def _recoded(old: str, pack: Pack, now: Sequence[str]) -> list[str]:
    """Find where a code that is no more went when the classification was changed."""
    for change in edition(pack.standards).renames:
        if change.list != "functional" or change.kind != "recoded" or not old.startswith(change.old_code):
            continue
        same = change.new_code + old.removeprefix(change.old_code)
        found = [n for n in now if n == same] or [n for n in now if n.startswith(change.new_code)]
        if found:
            return found
    return []


def _is_under(code: str, above: str) -> bool:
    return code.isdigit() and above.isdigit() and len(code) > len(above) and code.startswith(above)
