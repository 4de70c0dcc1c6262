"""The documents of an area beside each other: which belong together, and what the rules for several say of them."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.classification import spelling
from mingzhang.model.disclosure import Disclosure, Publication
from mingzhang.model.finding import Evidence, Finding, Spot
from mingzhang.rules.engine import pack_of, results_of, told
from mingzhang.rules.figures import Figures
from mingzhang.rules.finding_text import finding
from mingzhang.rules.results import Result, Told, undecided
from mingzhang.rules.settings import SEVERITIES, Steering
from mingzhang.rules.words import using
from mingzhang.sums.identities import Identity, Operand, judge
from mingzhang.sums.sheets import CellRef, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mingzhang.model.figure import Figure
    from mingzhang.rules.catalogue import Rule
    from mingzhang.sums.terms import Relation

_MARK: Final = "|"
_PLACE: Final = 3
_PIECES: Final = re.compile(r"[、，。；：:;,\s（）()]+|以及|包括|和(?=[一-鿿]{4})|及(?=[一-鿿]{4})")
_NUMBERED: Final = re.compile(r"^[\d一二三四五六七八九十]+[.．]")


class Member(msgspec.Struct, frozen=True, dict=True, eq=False):
    """One document of an area: the name of its file, the document, and its place in the list."""

    name: str
    disclosure: Disclosure
    at: int

    @cached_property
    def figures(self) -> Figures:
        """Lay the document's figures out."""
        return Figures(self.disclosure, pack_of(self.disclosure))

    @property
    def unit(self) -> str:
        """Give the unit's name as names are compared."""
        return spelling(self.disclosure.unit_name)

    @property
    def is_department(self) -> bool:
        """Tell whether the document is that of a whole department."""
        return self.disclosure.scope == "aggregate"

    def ref(self, table: str, row: str, column: str) -> CellRef:
        """Give the address of a figure among those of all documents."""
        return CellRef(f"{self.at}{_MARK}{table}", row, column)


class Department(msgspec.Struct, frozen=True, eq=False):
    """A department's document with those of its units of the same year; `missing` are units it lists without one."""

    whole: Member
    units: tuple[Member, ...]
    missing: tuple[str, ...]


class Area:
    """All documents, and what belongs together."""

    def __init__(self, documents: Iterable[tuple[str, Disclosure]]) -> None:
        """Take the documents by the names of their files."""
        self.members = tuple(Member(name, found, at) for at, (name, found) in enumerate(documents))

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """Give the tables of all documents, each by its address."""
        return {f"{m.at}{_MARK}{key}": s for m in self.members for key, s in m.figures.sheets.items()}

    @cached_property
    def departments(self) -> tuple[Department, ...]:
        """List departments whose units have documents too: those it names, or of its place by code.

        Not every document says that it is of one unit; one that a larger department names is taken for its unit.
        """
        named: dict[tuple[int, str], list[Member]] = defaultdict(list)
        coded: dict[tuple[int, str], list[Member]] = defaultdict(list)
        for member in self.members:
            year, code = member.disclosure.year, member.disclosure.unit_code
            if year is not None and member.unit:
                named[year, member.unit].append(member)
                for length in range(1, len(code)):
                    coded[year, code[:length]].append(member)
        found = []
        for whole in self.members:
            year, code = whole.disclosure.year, whole.disclosure.unit_code
            if not whole.is_department or year is None:
                continue
            listed = {spelling(n): n for n in listed_units(whole.disclosure)}
            names = dict.fromkeys((*listed, *_names_in_profile(whole.disclosure)))
            below = coded.get((year, code), ()) if code else ()
            own = [*(m for n in names for m in named.get((year, n), ())), *(m for m in below if _is_near(m, whole))]
            units = [m for m in dict.fromkeys(own) if m.unit != whole.unit]
            have = {m.unit for m in units}
            if units:
                found.append(Department(whole, tuple(units), tuple(n for s, n in listed.items() if s not in have)))
        return tuple(found)

    @cached_property
    def pairs(self) -> tuple[tuple[Member, Member], ...]:
        """List documents with those of the same unit and scope of the year before."""
        before = {_identity(m, 0): m for m in self.members}
        found = ((m, before.get(_identity(m, 1))) for m in self.members if m.disclosure.year is not None and m.unit)
        return tuple((m, last) for m, last in found if last is not None and last is not m)

    def figure(self, ref: CellRef) -> Figure | None:
        """Give a figure of any document."""
        at, _mark, table = ref.source.partition(_MARK)
        return self.members[int(at)].figures.figure(CellRef(table, ref.row, ref.column))

    def name(self, ref: CellRef) -> str:
        """Name a figure with the unit whose it is."""
        at, _mark, table = ref.source.partition(_MARK)
        member = self.members[int(at)]
        return f"{member.disclosure.unit_name}：{member.figures.name(CellRef(table, ref.row, ref.column))}"

    def spot(self, ref: CellRef) -> Spot:
        """Say where a figure stands in its document."""
        at, _mark, table = ref.source.partition(_MARK)
        return self.members[int(at)].figures.spot(CellRef(table, ref.row, ref.column))

    def file(self, ref: CellRef) -> str:
        """Give the file in which a figure stands."""
        return self.members[int(ref.source.partition(_MARK)[0])].name

    def compared(self, rule: Rule, left: CellRef, relation: Relation, right: Sequence[CellRef]) -> Result | None:
        """Judge one figure against figures of other documents; what is withheld or missing leaves it undecided."""
        identity = Identity((Operand(1, left),), relation, tuple(Operand(1, r) for r in right))
        verdict = judge(identity, self.sheets)
        if verdict.outcome == "nothing":
            return None
        if verdict.outcome == "undecided":
            assert verdict.gap is not None
            zh, en = ("依法不予公开", "is withheld") if verdict.withheld else ("没有读到", "was not found")
            return undecided(rule, f"{self.name(verdict.gap)}{zh}", f"{self.name(verdict.gap)} {en}")
        return Result(rule, "passed" if verdict.outcome in {"holds", "rounding"} else "violated", verdict)


class AreaFinding(msgspec.Struct, frozen=True):
    """What a rule found between documents: the finding, whose places are in the first file, and all the files."""

    finding: Finding
    files: tuple[str, ...]


def check_area(
    documents: Iterable[tuple[str, Disclosure]], steering: Steering | None = None, *, everything: bool = False
) -> tuple[AreaFinding, ...]:
    """Find what documents of an area contradict in each other, the gravest first.

    A document whose unit has one of the year before is held against it too (`reach` years). Only violations, with
    `everything` also what passed or is undecided.
    """
    area = Area(documents)
    chosen = (steering or Steering()).chosen()
    found: list[AreaFinding] = []
    with using(chosen.words):
        for rule in chosen.of("area"):
            for result, files in _asked(rule, area):
                if everything or result.outcome == "violated":
                    made = finding(result, area.members[0].figures)
                    found.append(AreaFinding(chosen.lowered(made), files))
        for now, last in area.pairs:
            figures = now.figures
            figures.last_year = last.figures
            results = results_of(chosen.of("years"), figures, everything=everything)
            own = told(results, figures, everything=everything)
            found += [AreaFinding(chosen.lowered(f), (now.name, last.name)) for f in own]
            figures.last_year = None
    found.sort(key=lambda f: (f.finding.outcome != "violated", SEVERITIES.index(f.finding.severity), f.finding.rule))
    return tuple(found)


def excerpt(disclosure: Disclosure) -> Disclosure:
    """Give what rules for several documents look at: everything but glossary, contents and marks."""
    return msgspec.structs.replace(disclosure, glossary=(), publication=Publication())


def listed_units(disclosure: Disclosure) -> tuple[str, ...]:
    """List the units that a department's document names in its tables, its own office left out."""
    own = spelling(disclosure.unit_name)
    names: dict[str, None] = {}
    for table in disclosure.tables:
        for row in table.rows:
            kind, _sign, name = row.key.partition(":")
            if kind == "unit" and table.id.startswith("projects"):
                names[name.partition("#")[0]] = None
            elif table.id in {"operating_cost", "by_unit"} and row.key != "total" and not _sign:
                names[row.key.partition("#")[0]] = None
    return tuple(n for n in names if spelling(n) != own and len(n) > 3)


def _asked(rule: Rule, area: Area) -> Iterator[tuple[Result, tuple[str, ...]]]:
    """Ask a rule; a verdict over figures of several documents is told in words, with the files of all of them."""
    module, _, function = rule.function.partition(".")
    ask: Callable[[Rule, Area], Iterator[tuple[Result, tuple[str, ...]]]] = getattr(
        import_module(f"mingzhang.rules.{module}"), function
    )
    for result, files in ask(rule, area):
        yield (_in_words(result, area), files) if result.verdict is not None else (result, files)


def _in_words(result: Result, area: Area) -> Result:
    from mingzhang.rules.finding_text import amount  # noqa: PLC0415

    verdict = result.verdict
    assert verdict is not None
    refs = [o.ref for o in verdict.identity.operands]
    figures = [(r, f) for r in refs if (f := area.figure(r)) is not None and f.is_number]
    first = figures[0][1]
    left, right, off = (amount(x, first.unit, first.places) for x in (verdict.left, verdict.right, verdict.difference))
    parts = " + ".join(f"{area.name(r)} {f.plain}" for r, f in figures if r != refs[0])
    sentence = result.rule.zh.rstrip("。")
    told_ = Told(
        f"{sentence}：{area.name(refs[0])} {left}，{parts or '0'}，合计{right}，相差{off}{first.unit}。",
        f"{result.rule.en.rstrip('.')}: {area.name(refs[0])} {left}, the others {right}, difference {off}.",
        (area.spot(refs[0]),),
        expected=right,
        actual=left,
        difference=off,
        unit=first.unit,
        evidence=tuple(Evidence(area.spot(r), f.plain, f.unit, area.file(r)) for r, f in figures),
    )
    return Result(result.rule, result.outcome, told=told_)


def _names_in_profile(disclosure: Disclosure) -> Iterator[str]:
    """Give the pieces of the texts in which a department says who belongs to it, as names are compared."""
    for section in disclosure.sections:
        for paragraph in section.paragraphs if section.part == "profile" else ():
            yield from (
                spelling(x) for piece in _PIECES.split(paragraph.text) if (x := _NUMBERED.sub("", piece.strip()))
            )


def _is_near(unit: Member, whole: Member) -> bool:
    """Tell whether two names begin alike: in every county a department has the same code."""
    return unit.unit[:_PLACE] == whole.unit[:_PLACE]


def _identity(member: Member, less: int) -> tuple[str, str, int]:
    found = member.disclosure
    return member.unit, found.scope, (found.year or 0) - less
