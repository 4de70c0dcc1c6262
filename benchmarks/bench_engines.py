"""The same facts and sums given to other engines: whose verdicts are right, and how many documents a second.

    python benchmarks/bench_engines.py [DOCUMENTS] [SUMS A DOCUMENT]

Documents are made-up ones, half printed so that all adds up, half printed with one digit less, each figure rounded by itself; in
half of either one to three figures are wrong, by more than rounding can explain. Of each the sums of families B and C with one
figure on the left are taken. A sum is wrong where the planted changes do not cancel out in it. Engines that are not installed (`pip install --group bench`) are left out. Compare within one run.

Arelle gets an instance, a schema and a calculation linkbase (calculations 1.1, rounding to nearest) a document; frictionless
one table of one row with a row constraint a sum; Pointblank one frame of one row with an expression a sum, in whole fen,
once as equality, once with the width that we worked out written into it.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from msgspec.structs import replace
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.model.figure import Figure, spell
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.declared_rules import demands
from mingzhang.rules.engine import pack_of
from mingzhang.rules.figures import Figures
from mingzhang.sums.identities import Identity, judge, width
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from mingzhang.model.disclosure import Disclosure

ATOMS = 10**6
"""Of one fen."""


class Fact(NamedTuple):
    """A printed figure for other engines: its name there, its fen, the decimals of yuan it is printed to, half its width."""

    name: str
    fen: int
    decimals: int
    room: int


class Case(NamedTuple):
    """A document, its sums, which of them are wrong, and its facts."""

    figures: Figures
    sums: tuple[Identity, ...]
    wrong: frozenset[int]
    facts: dict[CellRef, Fact]
    kind: str


Engine = Callable[[Case], set[int]]


def main(count: int, most: int) -> None:
    random = Random(20261121)
    packs = packs_of_books()
    cases = [case_of(n, packs[n % len(packs)].id, random, most) for n in range(count)]
    total, wrong = sum(len(c.sums) for c in cases), sum(len(c.wrong) for c in cases)
    print(f"{count} documents, {total} sums, {wrong} wrong in {sum(bool(c.wrong) for c in cases)} documents")
    print(f"{'':32}{'documents':>10}{'wrong found':>14}{'false alarms':>14}{'documents/s':>13}")
    for name, engine in engines():
        for kind in ("additive", "rounded"):
            own = [c for c in cases if c.kind == kind]
            start = time.perf_counter()
            found = [engine(c) for c in own]
            seconds = time.perf_counter() - start
            right = sum(len(f & c.wrong) for f, c in zip(found, own, strict=True))
            false = sum(len(f - c.wrong) for f, c in zip(found, own, strict=True))
            of, sound = sum(len(c.wrong) for c in own), sum(len(c.sums) - len(c.wrong) for c in own)
            shown = f"{right}/{of}", f"{false}/{sound}", f"{len(own) / seconds:.1f}"
            print(f"{name:24}{kind:>8}{len(own):>10}{shown[0]:>14}{shown[1]:>14}{shown[2]:>13}", flush=True)


def case_of(n: int, pack: str, random: Random, most: int) -> Case:
    """Make a document, print it as its kind says, take its sums, and plant errors in half."""
    document = compile_book(sound_book(n, pack)).disclosure
    kind = ("additive", "rounded")[n // 2 % 2]
    if kind == "rounded":
        document = replace(changed(document, lambda _ref, f: shorter(f)), rounding="unknown")
    figures = Figures(document, pack_of(document))
    sums = [i for i in dict.fromkeys(sums_of(figures)) if any(figures.figure(o.ref).digits for o in i.operands)]
    sums = tuple(random.sample(sums, min(most, len(sums))))
    planted: dict[CellRef, int] = {}
    if n % 2 and sums:
        # by more steps than a sum has figures, and by unlike ones, so that nothing cancels by chance
        longest = max(len(i.operands) for i in sums)
        refs = sorted({o.ref for i in sums for o in i.operands if figures.figure(o.ref).digits})
        for k, ref in enumerate(random.sample(refs, min(len(refs), random.randint(1, 3)))):
            planted[ref] = 1 + k * 7 if kind == "additive" else 2 * longest + 3 + k * 7 * longest
        document = changed(document, lambda ref, f: moved(f, planted[ref]) if ref in planted else f)
        figures = Figures(document, pack_of(document))
    off = [sum(s * o.coefficient * planted.get(o.ref, 0) * figures.figure(o.ref).step for s, own in
               ((1, i.left), (-1, i.right)) for o in own) for i in sums]  # fmt: skip
    wrong = frozenset(k for k, d in enumerate(off) if d)
    refs = dict.fromkeys(o.ref for i in sums for o in i.operands)
    return Case(figures, sums, wrong, {r: fact(f"e{k}", figures.figure(r), figures) for k, r in enumerate(refs)}, kind)


def sums_of(figures: Figures) -> list[Identity]:
    """List the equalities of families B and C with one figure on the left and figures on the right, all of them there."""
    rules = (r for r in RULES if r.holds and not r.also and r.id[0] in "BC")
    every = (one[0] for r in rules for one in demands(r, figures))
    fit = (i for i in every if i.relation == "=" and not i.over and len(i.left) == 1 and i.right)
    return [i for i in fit if i.left[0].coefficient == 1 and all(figures.figure(o.ref) is not None for o in i.operands)]


def changed(document: Disclosure, change: Callable[[CellRef, Figure], Figure]) -> Disclosure:
    tables = []
    for table in document.tables:
        rows = [
            replace(r, cells={c: change(CellRef(table.id, r.key, c), f) for c, f in r.cells.items()})
            for r in table.rows
        ]
        tables.append(replace(table, rows=tuple(rows)))
    return replace(document, tables=tuple(tables))


def shorter(figure: Figure) -> Figure:
    """Print a figure with one digit less, rounded half up."""
    if not figure.digits or not figure.places or figure.unit == "%":
        return figure
    digits, places = (abs(figure.digits) + 5) // 10 * (1 if figure.digits > 0 else -1), figure.places - 1
    return replace(figure, digits=digits, places=places, printed=spell(digits, places, grouped=False))


def moved(figure: Figure, steps: int) -> Figure:
    digits = figure.digits + steps
    return replace(figure, digits=digits, printed=spell(digits, figure.places, grouped=False))


def fact(name: str, figure: Figure, figures: Figures) -> Fact:
    step = figure.step // ATOMS or 1
    decimals = 2 - (len(str(step)) - 1)
    room = width(figure, additive=figures.additive) // ATOMS
    return Fact(name, (figure.digits or 0) * figure.step // ATOMS, decimals, room)


def engines() -> list[tuple[str, Engine]]:
    """List the engines that are there."""
    out: list[tuple[str, Engine]] = [("mingzhang", by_intervals)]
    logging.disable(logging.CRITICAL)
    for name, maker in (
        ("Arelle calc 1.1", arelle),
        ("frictionless", frictionless),
        ("Pointblank, equality", lambda: pointblank(wide=False)),
        ("Pointblank, our widths", lambda: pointblank(wide=True)),
    ):
        try:
            out.append((name, maker()))
        except ModuleNotFoundError as error:
            print(f"{name:24}not installed: {error.name}")
    return out


def by_intervals(case: Case) -> set[int]:
    sheets, additive = case.figures.sheets, case.figures.additive
    return {n for n, i in enumerate(case.sums) if judge(i, sheets, additive=additive).outcome == "violated"}


_SCHEMA = """<?xml version="1.0" encoding="UTF-8"?>
<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:m="urn:m" targetNamespace="urn:m">
<annotation><appinfo>{roles}<link:linkbaseRef xlink:type="simple" xlink:href="sums.xml"
 xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"
 xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef"/></appinfo></annotation>
<import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
{elements}</schema>"""
_ROLE = (
    """<link:roleType id="r{n}" roleURI="urn:m:r{n}"><link:usedOn>link:calculationLink</link:usedOn></link:roleType>"""
)
_ELEMENT = """<element id="{n}" name="{n}" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"/>
"""
_SUMS = """<?xml version="1.0" encoding="UTF-8"?>
<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
{roles}<link:arcroleRef arcroleURI="https://xbrl.org/2023/arcrole/summation-item" xlink:type="simple"
 xlink:href="https://www.xbrl.org/2023/calculation-1.1.xsd#summation-item"/>
{links}</link:linkbase>"""
_SUM = """<link:calculationLink xlink:type="extended" xlink:role="urn:m:r{n}">{inside}</link:calculationLink>
"""
_ARC = """<link:calculationArc xlink:type="arc" xlink:arcrole="https://xbrl.org/2023/arcrole/summation-item"
 xlink:from="{left}" xlink:to="{right}" weight="{weight}" order="{order}"/>"""
_INSTANCE = """<?xml version="1.0" encoding="UTF-8"?>
<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:m="urn:m" xmlns:iso4217="http://www.xbrl.org/2003/iso4217">
<link:schemaRef xlink:type="simple" xlink:href="form.xsd"/>
<xbrli:context id="y"><xbrli:entity><xbrli:identifier scheme="urn:m">unit</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:unit id="u"><xbrli:measure>iso4217:CNY</xbrli:measure></xbrli:unit>
{facts}</xbrli:xbrl>"""


def arelle() -> Engine:
    from arelle.api.Session import Session  # noqa: PLC0415 - where it is installed
    from arelle.logging.handlers.StructuredMessageLogHandler import StructuredMessageLogHandler  # noqa: PLC0415 - where it is installed
    from arelle.RuntimeOptions import RuntimeOptions  # noqa: PLC0415 - where it is installed

    def run(case: Case) -> set[int]:
        logging.disable(logging.NOTSET)
        with tempfile.TemporaryDirectory() as folder, Session() as session:
            write_xbrl(case, Path(folder))
            handler = StructuredMessageLogHandler()
            options = RuntimeOptions(
                entrypointFile=f"{folder}/facts.xml", validate=True, calcs="c11r", internetConnectivity="offline"
            )
            session.run(options, logHandler=handler)
            codes = [(str(m["messageCode"]), str(m["msg"])) for m in handler.messages]
        logging.disable(logging.CRITICAL)
        if any("rror" in str(m["levelname"]).lower() for m in handler.messages):
            sys.exit(f"Arelle could not use what it was given: {handler.messages[:3]}")
        said = [text for code, text in codes if "inconsistentCalculation" in code]
        return {int(text.split("urn:m:r")[1].split()[0]) for text in said}

    return run


def write_xbrl(case: Case, folder: Path) -> None:
    """Write facts, their schema and the sums as Arelle reads them."""
    roles = "".join(_ROLE.format(n=n) for n in range(len(case.sums)))
    elements = "".join(_ELEMENT.format(n=f.name) for f in case.facts.values())
    (folder / "form.xsd").write_text(_SCHEMA.format(roles=roles, elements=elements))
    links = []
    for n, one in enumerate(case.sums):
        names = dict.fromkeys(case.facts[o.ref].name for o in one.operands)
        inside = "".join(f'<link:loc xlink:type="locator" xlink:href="form.xsd#{k}" xlink:label="{k}"/>' for k in names)
        left = case.facts[one.left[0].ref].name
        inside += "".join(
            _ARC.format(left=left, right=case.facts[o.ref].name, weight=o.coefficient, order=k)
            for k, o in enumerate(one.right, 1)
        )
        links.append(_SUM.format(n=n, inside=inside))
    used = "".join(
        f'<link:roleRef roleURI="urn:m:r{n}" xlink:type="simple" xlink:href="form.xsd#r{n}"/>\n'
        for n in range(len(case.sums))
    )
    (folder / "sums.xml").write_text(_SUMS.format(roles=used, links="".join(links)))
    facts = "".join(
        f'<m:{f.name} contextRef="y" unitRef="u" decimals="{f.decimals}">{Decimal(f.fen) / 100}</m:{f.name}>\n'
        for f in case.facts.values()
    )
    (folder / "facts.xml").write_text(_INSTANCE.format(facts=facts))


def frictionless() -> Engine:
    from frictionless import Checklist, Resource, checks  # noqa: PLC0415 - where it is installed

    def run(case: Case) -> set[int]:
        formulas = [equation(one, case) for one in case.sums]
        row = {f.name: f.fen for f in case.facts.values()}
        numbered = {f: n for n, f in enumerate(formulas)}
        checklist = Checklist(checks=[checks.row_constraint(formula=f) for f in formulas])
        report = Resource(data=[row]).validate(checklist, limit_errors=len(formulas))
        said = [e.note for task in report.tasks for e in task.errors]
        return {numbered[note.split('"')[1]] for note in said}

    return run


def equation(one: Identity, case: Case) -> str:
    right = "".join(f" {'+' if o.coefficient > 0 else '-'} {case.facts[o.ref].name}" for o in one.right)
    return f"{case.facts[one.left[0].ref].name} == 0{right}"


def pointblank(*, wide: bool) -> Engine:
    import pointblank as pb  # noqa: PLC0415 - where it is installed
    import polars as pl  # noqa: PLC0415 - where it is installed

    def run(case: Case) -> set[int]:
        frame = pl.DataFrame({f.name: [f.fen] for f in case.facts.values()})
        check = pb.Validate(frame)
        for one in case.sums:
            off = pl.col(case.facts[one.left[0].ref].name) - sum(
                (o.coefficient * pl.col(case.facts[o.ref].name) for o in one.right), pl.lit(0)
            )
            units = {case.figures.figure(o.ref).unit for o in one.operands if case.figures.figure(o.ref).is_number}
            exact = not wide or (case.figures.additive and len(units) == 1)
            room = 0 if exact else sum(case.facts[o.ref].room for o in one.operands)
            check = check.col_vals_expr(expr=2 * off.abs() <= room)
        failed = check.interrogate().n_failed()
        return {n - 1 for n, count in failed.items() if count}

    return run


if __name__ == "__main__":
    main(*(int(a) for a in (*sys.argv[1:3], *("40", "200")[len(sys.argv) - 1 :])))
