"""What may be published of a book with withheld facts (涉密): a book without them, in which nothing names them.

A withheld line or project is left out of every sum, or its money is merged into sums that show more than it: its project
into one row for all such, its codes into the row above or that of other spending. Everything printed is then made from
the book that is left, so that no table, sentence, chart, form, identifier or attachment can carry what is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from msgspec.structs import replace

from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.transfers import net_of_transfers, passed_on
from mingzhang.compiling.withheld_folds import FIELDS, cut, folds_of, other_item
from mingzhang.model.book import Book, Project, Withheld
from mingzhang.model.fault import Fault, InvalidBook
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingzhang.compiling.withheld_folds import Folds
    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import SpendingLine, YearEndCarry
    from mingzhang.sums.filters import Fact

Policy = Literal["left_out", "merged"]
POLICIES: Final[tuple[Policy, ...]] = ("merged", "left_out")

MERGED: Final = "merged"
"""What the project that stands for merged ones is called in the book that is published."""

_TAG: Final = "three_public:"


class Secret(msgspec.Struct, frozen=True):
    """One withheld line, or one withheld project with its lines: its amount in fen and how it is treated."""

    id: str
    name: str
    lines: frozenset[str]
    amount: int
    entry: str
    policy: Policy


class Published(msgspec.Struct, frozen=True):
    """What may be published of a book.

    Its lines are numbered anew, so that no gap tells of one that is not there. `sources` gives for each the lines of
    the whole book whose money it holds; `secrets` what is not shown.
    """

    book: Book
    sources: Mapping[str, tuple[str, ...]]
    secrets: tuple[Secret, ...] = ()


def published(book: Book, pack: Pack) -> Published:
    """Make the book that may be published; one without withheld facts is published as it is.

    Raises:
        InvalidBook: what one unit gives is not what another receives.
    """
    if not is_withholding(book):
        return Published(book, {i: (i,) for i in (*(x.id for x in book.spending), *(y.id for y in book.year_end))})
    _must_be_known(book)
    whole = unsealed(book)
    facts = facts_of(whole, pack)
    hiding = _Hiding(book, pack)
    kept = {x.id: x for x in net_of_transfers(whole).spending}
    secrets = _secrets(book, kept, hiding)
    before = {i: x for i, x in kept.items() if hiding.line(i) != "left_out"}
    merged = {i for i in before if hiding.line(i) == "merged"}
    moved = merged if pack.withheld.into == "other" else set()
    folds = folds_of(
        pack,
        [_moved(f, pack) if f.id in moved else f for f in facts if f.id in before or f.id not in kept],
        {i for s in secrets for i in s.lines} & merged,
        (f for w in book.withheld for f in w.fold),
    )
    name = next(n for n in (MERGED, *(f"{MERGED}-{i}" for i in range(len(book.projects)))) if n not in hiding.known)
    after = {
        x.id: _merged(x, folds, name if hiding.projects.get(x.project) else x.project, pack if x.id in moved else None)
        for x in _spelled_out(before.values(), facts)
    }
    spending, sources = _joined(_spelled_out(before.values(), facts), after, merged)
    year_end = tuple(_year_end(y, folds, facts) for y in book.year_end)
    number = {i: f"{n}" for n, i in enumerate((*(x.id for x in spending), *(y.id for y in year_end)), start=1)}
    shown = tuple(p for p in book.projects if p.id not in hiding.projects)
    own = [(x, before[i].project) for i, x in after.items() if x.project == name]
    return Published(
        replace(
            book,
            spending=tuple(replace(x, id=number[x.id]) for x in spending),
            year_end=tuple(replace(y, id=number[y.id]) for y in year_end),
            projects=(*shown, _for_all(name, own, book, pack)) if own else shown,
            last_executed=_folded(book.last_executed, folds),
            withheld=(),
            adjustments=(),
        ),
        {number[i]: ids for i, ids in (*sources.items(), *((y.id, (y.id,)) for y in year_end))},
        secrets,
    )


def is_withholding(book: Book) -> bool:
    """Tell whether a book holds anything that is withheld."""
    return any(x.withheld for x in book.spending) or any(p.withheld for p in book.projects)


def unsealed(book: Book) -> Book:
    """Give the book with nothing withheld, for sums that are not published."""
    return replace(
        book,
        spending=tuple(replace(x, withheld="") for x in book.spending),
        projects=tuple(replace(p, withheld="") for p in book.projects),
    )


class _Hiding:
    """How lines and projects are treated: their own entry's policy, or that of the entry that they cover."""

    def __init__(self, book: Book, pack: Pack) -> None:
        self.known = {p.id for p in book.projects}
        known = {w.id: w for w in book.withheld}
        cover = {i: w for w in book.withheld for i in w.cover}

        def policy(entry: str, own: str) -> Policy | None:
            found = known.get(entry, Withheld(id=entry, basis="", approver="", date="")) if entry else cover.get(own)
            return None if found is None else found.policy or pack.withheld.policy

        self.projects: dict[str, Policy] = {
            p.id: how for p in book.projects if (how := policy(p.withheld, p.id)) is not None
        }
        self._lines = {
            x.id: how
            for x in book.spending
            if (how := policy(x.withheld, x.id) or self.projects.get(x.project)) is not None
        }

    def line(self, identifier: str) -> Policy | None:
        """Say how a line is treated; None if it is shown."""
        return self._lines.get(identifier)


def _secrets(book: Book, lines: Mapping[str, SpendingLine], hiding: _Hiding) -> tuple[Secret, ...]:
    """List what is withheld: projects, and lines of their own; covers are none. What has no money is none either.

    `lines` are those that are counted; what one unit gives another is withheld where the giver withholds it, too.
    """
    every = {**{x.id: x for x in book.spending}, **lines}
    found = []
    whole = {p.id: p for p in book.projects if p.withheld}
    again = {
        g
        for given, received in passed_on(book)
        for g in given
        if {every[i].project for i in (*given, *received)} == {every[g].project}
    }
    for project in whole.values():
        own = [x for x in every.values() if x.project == project.id and x.id not in again]
        amount = sum(x.amount for x in own)
        ids = frozenset(x.id for x in own)
        found.append(Secret(project.id, project.name, ids, amount, project.withheld, hiding.projects[project.id]))
    for line in book.spending:
        if (line.withheld or line.project in whole) and (how := hiding.line(line.id)) is not None:
            entry = line.withheld or whole[line.project].withheld
            found.append(Secret(line.id, "", frozenset((line.id,)), every[line.id].amount, entry, how))
    return tuple(s for s in found if s.amount)


def _spelled_out(lines: Iterable[SpendingLine], facts: Iterable[Fact]) -> list[SpendingLine]:
    """Write down what lines leave open, since it may not follow from a code that is cut; transfers are done with."""
    values = {f.id: f.values for f in facts}
    out = []
    for line in lines:
        own = values[line.id]
        tagged = any(t.startswith(_TAG) for t in line.tags) or not own["three_public"]
        out.append(
            replace(
                line,
                revenue=own["revenue"],
                gov_economic=own["gov_economic"],
                tags=line.tags if tagged else (*line.tags, _TAG + own["three_public"]),
                transfer_to="",
                transfer_from="",
                transfer_line="",
            )
        )
    return out


def _merged(line: SpendingLine, folds: Folds, project: str, other: Pack | None) -> SpendingLine:
    """Give a line as it is published: under this project, codes cut where rows are folded."""
    moved = line if other is None else replace(line, function=other_item(line.function, other))
    return replace(
        moved, project=project, **{field: cut(getattr(moved, field), codes) for field, codes in folds.items()}
    )


def _joined(
    before: Iterable[SpendingLine], after: Mapping[str, SpendingLine], merged: set[str]
) -> tuple[tuple[SpendingLine, ...], dict[str, tuple[str, ...]]]:
    """Join lines that no longer differ into one each, as the first of them is called; what is not touched stays."""
    kept: list[SpendingLine] = []
    groups: dict[SpendingLine, list[SpendingLine]] = {}
    for line in before:
        if after[line.id] == line and line.id not in merged:
            kept.append(line)
        else:
            groups.setdefault(replace(after[line.id], id="", amount=0, costing=""), []).append(line)
    sources: dict[str, tuple[str, ...]] = {x.id: (x.id,) for x in kept}
    for alike, parts in groups.items():
        kept.append(replace(alike, id=parts[0].id, amount=sum(x.amount for x in parts)))
        sources[parts[0].id] = tuple(x.id for x in parts)
    return tuple(kept), sources


def _year_end(line: YearEndCarry, folds: Folds, facts: Iterable[Fact]) -> YearEndCarry:
    revenue = next(f.values["revenue"] for f in facts if f.id == line.id)
    return replace(line, function=cut(line.function, folds["function"]), revenue=cut(revenue, folds["revenue"]))


def _for_all(name: str, lines: Iterable[tuple[SpendingLine, str]], book: Book, pack: Pack) -> Project:
    """Make the project that stands for those merged, of the category that most of their money is of."""
    category = {p.id: p.category for p in book.projects}
    weight: dict[str, int] = {}
    for line, project in lines:
        weight[category[project]] = weight.get(category[project], 0) + line.amount
    most: Literal["other_operating", "specific"] = (
        "specific" if weight.get("specific", 0) >= weight.get("other_operating", 0) else "other_operating"
    )
    return Project(id=name, name=pack.withheld.project, category=most, disclosed=False)


def _folded(executed: Mapping[str, int], folds: Folds) -> dict[str, int]:
    """Add up last year's figures of items that have one row."""
    out: dict[str, int] = {}
    for code, fen in executed.items():
        short = cut(code, folds["function"])
        out[short] = out.get(short, 0) + fen
    return out


def _moved(fact: Fact, pack: Pack) -> Fact:
    item = fact.values.get("item", "")
    return replace(fact, values={**fact.values, "item": other_item(item, pack)}) if item else fact


def _must_be_known(book: Book) -> None:
    """See that what covers and what is folded is known.

    Raises:
        InvalidBook: a cover that is no line or project of the book, a fold that is no field and code; all together.
    """
    ids = {x.id for x in book.spending} | {p.id for p in book.projects}
    problems = [
        Fault(_("底册中没有明细或项目“{name}”").format(name=i), place=_("涉密依据 {id}").format(id=w.id))
        for w in book.withheld
        for i in w.cover
        if i not in ids
    ]
    problems += [
        Fault(
            _("“{fold}”不是可以并入上级的科目").format(fold=f),
            place=_("涉密依据 {id}").format(id=w.id),
            hint=_("写法：function:20113、economic:302、revenue:10301、gov_economic:502。"),
        )
        for w in book.withheld
        for f in w.fold
        if f.partition(":")[0] not in FIELDS.values() or not f.partition(":")[2].isdigit()
    ]
    if problems:
        raise InvalidBook(problems)
