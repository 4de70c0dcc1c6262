"""The smallest further suppression under which no withheld amount can be computed.

A step folds rows into the one above, treats one more project or line like what is withheld, or leaves an entry out of
all sums instead of merging it. Sets of steps are tried by their number, of one number those first that conceal less:
what is found first is the smallest there is, unless there are too many sets to try; then steps are dropped from all
of them as long as the rest will do.
"""

from __future__ import annotations

from itertools import combinations, islice
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from msgspec.structs import replace

from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.withheld import published, unsealed
from mingzhang.compiling.withheld_folds import levels_above
from mingzhang.compiling.withheld_inference import amounts_of, beside
from mingzhang.compiling.withheld_knowledge import told_by, told_by_tables
from mingzhang.sums.inference import first_told, joined, needed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.compiling.withheld import Published, Secret
    from mingzhang.compiling.withheld_inference import Setting
    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book
    from mingzhang.sums.inference import Known

    Said = tuple[tuple[tuple[str, int], ...], int | None, int | None]

TRIES: Final = 300
"""So many sets of steps are tried before steps are dropped from all of them one by one."""

_REASONS: Final = 24
"""So many smallest reasons why an amount can be told are looked for, to see at once that they stand again."""

_LARGEST: Final = 3
_LEAVE_OUT: Final = "leave_out"


class Step(msgspec.Struct, frozen=True):
    """One further suppression for an entry: `fold` a code, `cover` with a line or project, or leave the entry out.

    `conceals` is the money in fen that stands less openly than before.
    """

    kind: Literal["fold", "cover", "leave_out"]
    entry: str
    what: str = ""
    conceals: int = 0


class Proposal(msgspec.Struct, frozen=True):
    """Steps under which nothing withheld can be computed; `smallest` tells that no fewer would do."""

    steps: tuple[Step, ...]
    smallest: bool


def proposed(book: Book, setting: Setting, shown: Published) -> Proposal | None:
    """Find the smallest further suppression; None where none of the steps helps: the amount is out already.

    What is merged stays merged if that can be: its money is left out of sums only where nothing else helps.
    """
    return _Search(book, setting, shown).found()


def taken(book: Book, steps: Sequence[Step]) -> Book:
    """Give the book with steps taken."""
    entries = {w.id: w for w in book.withheld}
    for step in steps:
        entry = entries[step.entry]
        match step.kind:
            case "fold":
                entries[step.entry] = replace(entry, fold=(*entry.fold, step.what))
            case "cover":
                entries[step.entry] = replace(entry, cover=(*entry.cover, step.what))
            case "leave_out":
                entries[step.entry] = replace(entry, policy="left_out")
    return replace(book, withheld=tuple(entries[w.id] for w in book.withheld))


class _Search:
    """The steps that there are for a book, and what other documents tell, which no step changes."""

    def __init__(self, book: Book, setting: Setting, shown: Published) -> None:
        self._book = book
        self._setting = setting
        self._truth = amounts_of(book, setting)
        self._beside, _ = beside(book, setting, shown, self._truth)
        self._told = ""
        self._telling: list[tuple[frozenset[str], frozenset[Said]]] = []
        self._steps = sorted(dict.fromkeys(_steps(book, setting.pack, shown.secrets)), key=_harm)

    def found(self) -> Proposal | None:
        """Find the smallest set of steps that help."""
        within = [s for s in self._steps if s.kind != _LEAVE_OUT]
        if within and self._helps(within):
            return self._fewest(within, "")
        every = _together(self._steps)
        return self._fewest(self._steps, _LEAVE_OUT) if len(within) < len(self._steps) and self._helps(every) else None

    def _fewest(self, steps: Sequence[Step], kind: str) -> Proposal:
        """Try sets of steps by their number, each with one of a kind; after too many, drop steps from all of them.

        What all steps together cannot do, no few of them can: sets without the kind that is needed are not tried.
        """
        sets = (some for size in range(1, _LARGEST + 1) for some in combinations(steps, size))
        wanted = (some for some in sets if not kind or any(s.kind == kind for s in some))
        for some in islice(wanted, TRIES):
            if self._helps(some):
                return Proposal(some, smallest=True)
        chosen = _together(steps)
        for step in reversed(tuple(chosen)):
            rest = [s for s in chosen if s is not step]
            if self._helps(rest):
                chosen = rest
        return Proposal(tuple(chosen), smallest=False)

    def _helps(self, steps: Sequence[Step]) -> bool:
        """Tell whether nothing withheld can be computed with these steps taken.

        What the tables alone tell is asked first: whoever can compute an amount from them can from the whole document.
        """
        book = taken(self._book, steps)
        pack = self._setting.pack
        shown = published(book, pack)
        if not self._is_covered(told_by_tables(shown, pack, self._truth), shown):
            return False
        return self._is_covered(told_by(self._setting.make(shown.book), shown, pack, self._truth), shown)

    def _is_covered(self, told: Sequence[Known], shown: Published) -> bool:
        """Tell whether everything withheld stays open, asking first of what did not the last time.

        Some of what is known suffices to tell an amount, as often as it is known: so it need not be concluded again.
        """
        secrets = sorted(shown.secrets, key=lambda s: s.id != self._told)
        wanted = [s.lines for s in secrets]
        knowns = joined([*told, *self._beside])
        said = {(k.terms, k.low, k.high) for k in knowns}
        if any(lines in wanted and enough <= said for lines, enough in self._telling):
            return False
        found = first_told(knowns, self._truth, wanted, self._setting.protection)
        if found is None:
            return True
        self._told = secrets[found].id
        if len(self._telling) < _REASONS:
            self._telling.append((wanted[found], self._enough(knowns, wanted[found])))
        return False

    def _enough(self, knowns: Sequence[Known], lines: frozenset[str]) -> frozenset[Said]:
        """Pick what suffices to tell an amount, and no more."""

        def tells(some: Sequence[Known]) -> bool:
            return first_told(some, self._truth, [lines], self._setting.protection) is not None

        return frozenset((k.terms, k.low, k.high) for k in needed(knowns, tells))


def _together(steps: Sequence[Step]) -> list[Step]:
    """Give the steps that can all be taken at once: an entry that is left out folds nothing."""
    left_out = {s.entry for s in steps if s.kind == _LEAVE_OUT}
    return [s for s in steps if s.kind != "fold" or s.entry not in left_out]


def _steps(book: Book, pack: Pack, secrets: Sequence[Secret]) -> Iterator[Step]:
    """List the steps that may help: also for what is protected yet, since it may be so by what is left out later."""
    facts = {f.id: f for f in facts_of(unsealed(book), pack) if f.amount}
    known = {w.id: w for w in book.withheld}
    amounts = {i: f.amount for i, f in facts.items()}
    for entry in dict.fromkeys(s.entry for s in secrets if s.entry in known):
        own = [s for s in secrets if s.entry == entry]
        hidden = {i for s in own for i in s.lines if i in facts}
        merged = any(s.policy == "merged" for s in own)
        if merged:
            yield Step("leave_out", entry, conceals=sum(amounts[i] for i in hidden))
            for i in sorted(hidden):
                for fold in levels_above(pack, facts[i]):
                    yield Step("fold", entry, fold, sum(a for j, a in amounts.items() if _under(fold, facts[j].values)))
        projects = {p.id: p for p in book.projects if not p.withheld and p.id not in known[entry].cover}
        for project in projects:
            money = sum(a for i, a in amounts.items() if facts[i].values.get("project") == project)
            if money:
                yield Step("cover", entry, project, money)
        if not merged or pack.withheld.into == "other":
            secret = {x.id for x in book.spending if x.withheld} | set(known[entry].cover)
            for line in book.spending:
                if line.id in facts and line.id not in secret | hidden and not line.project:
                    yield Step("cover", entry, line.id, line.amount)


def _under(fold: str, values: dict[str, str]) -> bool:
    field, _, code = fold.partition(":")
    own = values.get("class", "") if field == "function" and len(code) == 3 else values.get("group", "")
    return (own if field == "function" else values.get(field, "")).startswith(code)


def _harm(step: Step) -> tuple[int, int, str]:
    """Order steps by what they conceal: folding before covering, leaving out of all sums last."""
    return ("fold", "cover", "leave_out").index(step.kind), step.conceals, step.what
