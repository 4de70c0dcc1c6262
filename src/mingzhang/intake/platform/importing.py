"""From files to books: the whole import, which either reconciles and names everything it left out, or is refused."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec.structs import replace

from mingzhang.forms.classifications import edition
from mingzhang.forms.packs import load_pack
from mingzhang.intake.platform import approved as totals_from_outside
from mingzhang.intake.platform.asked import Asked, Imported, RefusedImport
from mingzhang.intake.platform.assembling import Assembled, Wanted, assembled, name_of
from mingzhang.intake.platform.codes import Codes
from mingzhang.intake.platform.facts import Fact, facts_of
from mingzhang.intake.platform.files import Export, read_export
from mingzhang.intake.platform.heads import Layout, UnclearHeadings
from mingzhang.intake.platform.keyed import Keyed, Names, keyed
from mingzhang.intake.platform.layouts import layout_of
from mingzhang.intake.platform.losses import Loss, said
from mingzhang.intake.platform.merging import IMPORTED, held_of, merged
from mingzhang.intake.platform.reconciling import Held, compared, statements_of, unexplained
from mingzhang.intake.platform.rows import LeftOut, rows_of
from mingzhang.intake.platform.totals import Judge, Judged, Role
from mingzhang.intake.validation import problems as book_problems
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from mingzhang.intake.platform.approved import Approved, Difference
    from mingzhang.intake.platform.profile import ExportProfile
    from mingzhang.intake.platform.totals import Cell
    from mingzhang.model.book import Book

DIFFERENCES: Final = "/differences"
"""Where a book keeps the named differences between what was approved and its lines (in `extra`)."""


def layouts_of(exports: Iterable[Export], profile: ExportProfile, unit: str = "") -> list[Layout]:
    """Find out how every sheet is laid out.

    Raises:
        UnclearHeadings: headings are missing or not clear, or no sheet holds lines.
    """
    sheets = [s for e in exports for s in e.sheets]
    found = [x for s in sheets if (x := layout_of(s, profile, unit=unit)) is not None and x.amounts]
    if not found:
        tried = _("、").join(s.name for s in sheets)
        hint = _("表头应有功能科目、资金来源、金额等列；列名特别的，请用 --column 指明或写一个导入方案。")
        raise UnclearHeadings(_("没有找到明细表（看过：{sheets}）").format(sheets=tried), hint=hint)
    return found


def import_files(paths: Sequence[Path], profile: ExportProfile, asked: Asked) -> Imported:
    """Import exports as books.

    Raises:
        UnreadableInput: a file cannot be read.
        UnclearHeadings: its columns are not clear.
        RefusedImport: lines that no book can hold, totals that do not hold, or money that does not reconcile.
        Fault: it is not said of which unit, form or type the book is to be.
    """
    exports = tuple(read_export(p) for p in paths)
    return _Import(exports, profile, asked).run()


class _Import:
    """One import from sheets to books."""

    def __init__(self, exports: tuple[Export, ...], profile: ExportProfile, asked: Asked) -> None:
        self.exports = exports
        self.profile = profile
        self.asked = asked
        self.codes = Codes(edition(load_pack(asked.wanted.pack).standards))
        self.names = Names()
        self.sheets = [rows_of(x, profile) for x in layouts_of(exports, profile, asked.unit)]
        self.names.learn(self.sheets)
        if asked.into is not None:
            self._learn_from(asked.into)
        self.lines: list[Keyed] = [k for s in self.sheets for k in keyed(s, profile, self.codes, self.names)]
        self.facts, self.wrong = facts_of(self.lines, profile)
        if not any("unit" in k.keys for k in self.lines):
            own = asked.wanted.unit_code or asked.wanted.unit_name
            self.facts = {c: replace(f, unit=own, unit_name=asked.wanted.unit_name) for c, f in self.facts.items()}
            if own and asked.wanted.unit_name:
                self.names.units.setdefault(own, asked.wanted.unit_name)

    def run(self) -> Imported:
        approved, differences = self._from_outside()
        told = self._told()
        lacking = {n for (n, _c), f in self.facts.items() if not f.is_whole and not self.lines[n].problems}
        judge = Judge(self.lines, self.codes, told, tails=self.profile.tails, lacking=lacking)
        held = self._held(told, judge)
        judged = judge.judge(statements_of(approved, self.facts, held, differences))
        accepted = frozenset(n for n, role in told.items() if role == "subtotal")
        losses, problems = unexplained(judged, differences, accepted)
        taken = [c for c in self.facts if judged.roles[c[0]] == "detail"]
        if not all(self.facts[c].fund and self.facts[c].kind for c in taken):
            # lines that cannot be placed would all be told once more as missing here and too much there
            losses = tuple(x for x in losses if not any(o.statement.approved for o in x.shown_by))
        problems = [
            *(p for s in self.sheets for p in s.problems),
            *self._wrong_lines(judged, taken),
            *self._open(judged),
            *self._twice(taken, approved, losses),
            *(Fault(said(x, self._called), hint=self._help(x)) for x in losses),
            *problems,
        ]
        if not approved and not self.asked.unreconciled:
            hint = _(
                "请用 --approved 文件 或 --approve 单位,资金来源,支出类别=金额 给出；确实没有的，用 --unreconciled。"
            )
            problems.append(Fault(_("没有批复数，无法证明明细没有漏行"), hint=hint))
        if problems:
            raise RefusedImport(problems, losses)
        books, changes = self._books([self.facts[c] for c in taken], differences)
        table = compared(approved, self.facts, taken, held, differences)
        return Imported(
            tuple(books),
            self.exports,
            tuple((f.place, f.id, f.amount) for f in (self.facts[c] for c in taken)),
            tuple(self._left_out(judged)),
            tuple(self._notes(taken)),
            table,
            tuple(differences),
            tuple(changes),
        )

    def _learn_from(self, book: Book) -> None:
        self.names.units |= {m.code: m.name for m in book.members}
        if book.unit_code:
            self.names.units.setdefault(book.unit_code, book.unit_name)
        for p in book.projects:
            self.names.projects.setdefault(p.id, p.name)

    def _from_outside(self) -> tuple[list[Approved], list[Difference]]:
        a = self.asked
        approved = [
            x
            for p in a.approved_files
            for x in totals_from_outside.read_approved(p, self.codes, self.names, unit=a.unit)
        ]
        approved += [totals_from_outside.typed_approved(t, self.names) for t in a.approved]
        differences = [d for p in a.difference_files for d in totals_from_outside.read_differences(p, self.names)]
        differences += [totals_from_outside.typed_difference(t, self.names) for t in a.differences]
        return approved, differences

    def _told(self) -> dict[int, Role]:
        """Find the lines whose role the user states.

        Raises:
            RefusedImport: a line that is not there, or that more than one sheet has.
        """
        found: dict[int, Role] = {}
        problems = []
        for where, role in self.asked.lines.items():
            sheet, _sep, number = where.rpartition("!")
            places = [
                n
                for n, k in enumerate(self.lines)
                if str(k.row.number + 1) == number and sheet in {"", k.row.layout.sheet.name}
            ]
            if len(places) == 1:
                found[places[0]] = role
            else:
                told = _("没有这一行") if not places else _("不止一张表有这一行，请写成 表名!行号")
                problems.append(Fault(told, place=f"--line {where}"))
        if problems:
            raise RefusedImport(problems)
        return found

    def _held(self, told: dict[int, Role], judge: Judge) -> list[Held]:
        """Give the book's own lines that stay and count: those the export does not have as well."""
        book = self.asked.into
        if book is None:
            return []
        roles = judge.judge().roles
        facts = [f for (n, _column), f in self.facts.items() if roles[n] == "detail" and f.kind and f.fund]
        judge.roles = [told.get(n, "subtotal" if n in judge.sure else "detail") for n in range(len(self.lines))]
        new = assembled(facts, self.names, self._wanted(book))[0].book if facts else None
        return held_of(book, new)

    def _wanted(self, book: Book) -> Wanted:
        """Take what a book says of itself and its units, where the user says nothing else."""
        types = {m.code: m.unit_type for m in book.members} | {"": book.unit_type, book.unit_name: book.unit_type}
        return Wanted(
            pack=book.pack,
            year=book.year,
            unit_name=book.unit_name,
            unit_code=book.unit_code,
            unit_types=types | self.asked.wanted.unit_types,
        )

    def _wrong_lines(self, judged: Judged, taken: Sequence[Cell]) -> Iterator[Fault]:
        lines = {c[0] for c in taken}
        for n, k in enumerate(self.lines):
            if judged.roles[n] == "detail" and n in lines:
                yield from k.problems
        for cell in taken:
            yield from self.wrong[cell]

    def _open(self, judged: Judged) -> Iterator[Fault]:
        for n in judged.open:
            k = self.lines[n]
            line = f"{k.row.layout.sheet.name}!{k.row.number + 1}"
            if judged.roles[n] == "subtotal":
                message = _("比另一行少填了几项而金额相同，不知是它的小计还是另一笔")
            else:
                message = _("像是小计（科目和项目比别的行少），但不等于它所含的明细，也没有别的合计能证明它是明细")
            hint = _("请用 --line {line}=detail 或 --line {line}=subtotal 说明。").format(line=line)
            yield Fault(message, place=k.row.place, hint=hint)

    def _twice(self, taken: Sequence[Cell], approved: Sequence[Approved], losses: Sequence[Loss]) -> Iterator[Fault]:
        """Find lines that say the same; they are right where the approved amounts bear them out."""
        if approved and not losses:
            return
        for same in self._alike(taken):
            first, *others = same
            for cell in others:
                k = self.lines[cell[0]]
                line = f"{k.row.layout.sheet.name}!{k.row.number + 1}"
                message = _("与{place}完全相同，可能重复").format(place=self.lines[first[0]].row.place)
                hint = _("确是两笔的请用 --line {line}=detail，重复的用 --line {line}=skip；有批复数时自动判断。")
                if line not in self.asked.lines and str(k.row.number + 1) not in self.asked.lines:
                    yield Fault(message, place=k.row.place, hint=hint.format(line=line))

    def _alike(self, taken: Sequence[Cell]) -> list[list[Cell]]:
        groups: dict[Any, list[Cell]] = defaultdict(list)
        for cell in taken:
            f = self.facts[cell]
            groups[replace(f, line=0, place="")].append(cell)
        return [g for g in groups.values() if len({n for n, _column in g}) > 1]

    def _called(self, key: str) -> str:
        known = self.names.units.get(key) or self.names.projects.get(key)
        return known or name_of(key, self.facts.values(), self.names)

    def _help(self, loss: Loss) -> str:
        if loss.amount < 0:
            return _("可能有一行重复，或有一行小计当成了明细；请核对导出文件，用 --line 行号=skip 或 subtotal 说明。")
        stated = next((o.statement for o in loss.shown_by if o.statement.line >= 0), None)
        if stated is not None and not any(o.statement.approved for o in loss.shown_by):
            k = self.lines[stated.line]
            line = f"{k.row.layout.sheet.name}!{k.row.number + 1}"
            return _(
                "导出可能漏了行；请重新导出。这一行确是明细的，用 --line {line}=detail；不管它的，用 --line {line}=subtotal。"
            ).format(line=line)
        return _("导出可能漏了行；请重新导出，或用 --difference 说明这笔差额（涉密、待分配、对下转移支付、其他）。")

    def _left_out(self, judged: Judged) -> Iterator[LeftOut]:
        for sheet in self.sheets:
            yield from sheet.left_out
        for n, k in enumerate(self.lines):
            name = k.row.layout.sheet.name
            if n in judged.reasons:
                yield LeftOut(k.row.place, k.row.number, name, judged.reasons[n], sum(k.row.amounts))
            elif not any(k.row.amounts):
                yield LeftOut(k.row.place, k.row.number, name, _("金额为零"), 0)

    def _notes(self, taken: Sequence[Cell]) -> Iterator[str]:
        lines = {c[0] for c in taken}
        for n, k in enumerate(self.lines):
            if n in lines:
                yield from (f"{k.row.place}: {note}" for note in k.notes)
        read = {(s.layout.sheet.file, s.layout.sheet.name) for s in self.sheets}
        for e in self.exports:
            for s in e.sheets:
                if (s.file, s.name) not in read and any(any(row) for row in s.rows):
                    yield _("{file}: 工作表“{sheet}”没有读").format(file=s.file, sheet=s.name)
        for same in self._alike(taken):
            places = _("、").join(self.lines[n].row.place for n, _column in same)
            yield _("{places}：内容完全相同，都已取用").format(places=places)
        if not any("origin" in k.keys for k in self.lines) and all(f.origin == "current" for f in self.facts.values()):
            yield _("导出没有说明是本年还是结转的资金，都作本年")

    def _books(self, facts: list[Fact], differences: Sequence[Difference]) -> tuple[list[Assembled], list[str]]:
        book = self.asked.into
        changes: list[str] = []
        if book is None:
            made = assembled(facts, self.names, self.asked.wanted)
        else:
            new = assembled(facts, self.names, self._wanted(book))[0]
            found = merged(book, new.book, new.places)
            made = [Assembled(found.book, found.places)]
            changes = list(found.changes)
        books = [replace(m, book=self._stamped(m, differences)) for m in made]
        problems = [p for m in books for p in _problems(m)]
        if problems:
            raise RefusedImport(problems)
        return books, changes

    def _stamped(self, made: Assembled, differences: Sequence[Difference]) -> Book:
        """Note in the book what its lines were imported from and which differences were named."""
        stamp: dict[str, Any] = {
            "files": [{"name": e.file, "sha256": e.sha256} for e in self.exports],
            "lines": list(made.places),
        }
        extra = {k: v for k, v in made.book.extra.items() if k not in {IMPORTED, DIFFERENCES}} | {IMPORTED: stamp}
        if differences:
            extra[DIFFERENCES] = [msgspec.to_builtins(d) for d in differences]
        return replace(made.book, extra=extra)


def _problems(made: Assembled) -> Iterator[Fault]:
    """Look a book through, and say where in the export a bad line came from."""
    for problem in book_problems(made.book):
        steps = problem.place.split("/")
        place = problem.place
        if len(steps) > 2 and steps[1] == "spending":
            place = made.places.get(made.book.spending[int(steps[2])].id, place)
        yield Fault(problem.message, place=place, hint=problem.hint)


__all__ = ["DIFFERENCES", "Asked", "Imported", "RefusedImport", "import_files", "layouts_of"]
