"""Trying a form: made-up books compiled, certified, checked by every rule, written and read back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from mingzhang.batch.trial_books import trial_book
from mingzhang.comparing.printed import differences
from mingzhang.compiling.compile import compile_book
from mingzhang.documents.stored import write_json
from mingzhang.documents.tabbed import tabbed
from mingzhang.documents.xlsx import write_xlsx
from mingzhang.forms.pack_check.faults import Notes
from mingzhang.forms.pack_check.sources import PackSources
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _
from mingzhang.readback.doors import read_file
from mingzhang.rules.engine import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingzhang.forms.pack import Pack
    from mingzhang.forms.pack_check.faults import PackFault
    from mingzhang.forms.pack_check.sources import Spot
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding

_MOST: Final = 12
"""So many faults of one trial are told; more would say the same."""


def tried(name: str, pack: Pack, books: int, *, tell: Callable[[int], None] = lambda _n: None) -> tuple[PackFault, ...]:
    """Try a form with some books; `tell` is called after each."""
    notes = Notes(PackSources(name))
    with TemporaryDirectory(prefix="mingzhang-") as folder:
        for seed in range(books):
            _Trial(notes, pack, seed, Path(folder)).run()
            tell(seed + 1)
    return notes.faults


class _Trial:
    """One book."""

    def __init__(self, notes: Notes, pack: Pack, seed: int, folder: Path) -> None:
        self.notes, self.pack, self.seed, self.folder = notes, pack, seed, folder

    def run(self) -> None:
        """Compile, certify, check, write, read."""
        try:
            made = compile_book(trial_book(self.pack, self.seed), self.pack).disclosure
        except Fault as fault:
            first = str(fault).splitlines()[0]
            self.notes.error(
                self.notes.sources.head(), _("试编第 {n} 本不成：{why}").format(n=self.seed + 1, why=first)
            )
            return
        if made.rounding != "additive":
            self.notes.error(
                self.notes.sources.head(), _("试编第 {n} 本：印出的数字加不拢，证书不成立").format(n=self.seed + 1)
            )
        for finding in check(made, pack=self.pack)[:_MOST]:
            if finding.severity != "hint":
                self._finding(finding)
        self._read_back(made)

    def _finding(self, finding: Finding) -> None:
        """Tell a rule's finding where the form says what it contradicts."""
        place = finding.where[0] if finding.where else None
        spot = self.notes.sources.head()
        if place is not None and place.table:
            spot = self._cell(place.table, place.row, place.column)
        elif place is not None and place.section:
            spot = self._section(place.section)
        self.notes.error(
            spot,
            _("试编的文件不合规则 {rule}：{message}").format(rule=finding.rule, message=finding.message),
            _("mingzhang rules {rule} 说明这条规则；多半是筛选与它不一致。").format(rule=finding.rule),
        )

    def _cell(self, table: str, row: str, column: str) -> Spot:
        known = self.pack.table(table)
        if known is None:
            return self.notes.sources.head()
        for number, rows in enumerate(known.rows):
            if any(r.key == row for r in rows.fixed):
                return self.notes.sources.at(f"tables/{table}", "rows", number, "fixed", text=f"| {row} |")
        for number, one in enumerate(known.columns):
            if one.key == column:
                return self.notes.sources.at(f"tables/{table}", "columns", number, text=f'"{column} |')
        return self.notes.sources.at(f"tables/{table}")

    def _section(self, key: str) -> Spot:
        stem = next((stem for stem, data in self.pack.texts.items() if data.get("key") == key), "")
        return self.notes.sources.at(f"text/{stem}") if stem else self.notes.sources.head()

    def _read_back(self, made: Disclosure) -> None:
        """Write the document in the formats that say everything, and as text; compare what comes back."""
        for ending, write in (("json", write_json), ("xlsx", write_xlsx)):
            path = self.folder / f"{self.seed}.{ending}"
            write(made, path)
            for found in differences(made, read_file(path))[:1]:
                self._differs(ending, self.notes.sources.head(), found.path, found.left, found.right)
        path = self.folder / f"{self.seed}.txt"
        path.write_text(tabbed(made, self.pack), encoding="utf-8")
        self._text(made, read_file(path, pack=self.pack))

    def _text(self, made: Disclosure, read: Disclosure) -> None:
        """Compare what a text says: tables, figures, statements, sections, terms."""
        for ask in (_cover, _columns, _figures, _statements, _sections, _terms):
            left, right = dict(ask(made)), dict(ask(read))
            for path in [p for p in dict.fromkeys((*left, *right)) if left.get(p) != right.get(p)][:2]:
                table = path.partition("[")[0]
                row, _end, column = path.partition("[")[2].partition("].")
                spot = self._cell(table, row, column) if self.pack.table(table) else self._section(table)
                self._differs(_("文本"), spot, path, left.get(path, ""), right.get(path, ""))

    def _differs(self, form: str, spot: Spot, path: str, left: str, right: str) -> None:
        self.notes.error(
            spot,
            _("试编第 {n} 本由{form}读回不同：{path} 印出“{left}”，读成“{right}”").format(
                n=self.seed + 1, form=form, path=path, left=left, right=right
            ),
        )


def _cover(disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    for statement in disclosure.publication.statements:
        yield statement.key, f"{statement.label} {statement.state}"


def _columns(disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    for table in disclosure.tables:
        yield table.id, " ".join(f"{c.side}{c.key}" for c in table.columns)


def _figures(disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    for table in disclosure.tables:
        for row in table.rows:
            for key, figure in row.cells.items():
                if figure.printed:
                    yield f"{table.id}[{row.key}].{key}", f"{figure.plain} {figure.unit}"


def _statements(disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    for section in disclosure.sections:
        for n, paragraph in enumerate(section.paragraphs):
            for slot in paragraph.slots:
                if slot.figure is not None and slot.key:
                    yield f"{section.key}[{n}].{slot.key}", f"{slot.figure.plain} {slot.figure.unit}"


def _sections(disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    for section in disclosure.sections:
        yield section.key, f"{section.part} {section.heading}"


def _terms(disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    for term in disclosure.glossary:
        yield term.term, term.meaning
