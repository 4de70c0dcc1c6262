"""What fills the gaps of the written part: printed cells, last year's figures, and what the book alone knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.compiling.book_sums import book_money, book_values, projects_with_money, stated
from mingzhang.compiling.wording_cells import Asked, PrintedCells
from mingzhang.compiling.wording_items import is_printed, items_of
from mingzhang.compiling.wording_shares import PER_CENT, shares_together
from mingzhang.compiling.wording_texts import BookWords
from mingzhang.forms.expressions import Call, Cell, Constant, Named, evaluate, exact, parts_of, written
from mingzhang.forms.narrative_patterns import Number, Text
from mingzhang.model.figure import Figure, number
from mingzhang.model.units import is_money
from mingzhang.sums.additive import Additive
from mingzhang.sums.rounding import half_up_each, variable_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.forms.declarations import Declaration
    from mingzhang.forms.expressions import Exact
    from mingzhang.forms.narrative import Narrative, ParagraphForm, SectionForm
    from mingzhang.forms.pack import Style
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Paragraph, Table
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.rounding import Rounding, Variable

_ADMINISTRATIVE: Final = frozenset({"行政", "参公"})
_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CLASS: Final = re.compile(r"(?:out:)?(\d{3})")
_ORDINAL: Final = re.compile(r"^[一二三四五六七八九十]+、")
PROJECTS: Final = ("projects", "disclosed")
"""What is repeated for the projects with money, or for those whose targets are published."""


class WordingValues:
    """The values of one section's slots (`of` gives those of another section)."""

    def __init__(
        self,
        book: Book,
        narrative: Narrative,
        style: Style,
        facts: Sequence[Fact],
        tables: Sequence[Table],
        *,
        rounding: Rounding = half_up_each,
    ) -> None:
        """Take what the sentences speak of."""
        self._book = book
        self._narrative = narrative
        self._style = style
        self._facts = facts
        self._counted: dict[str, Exact] = {}
        self.print(tables, rounding)
        self._facts_by_id = {f.id: f for f in facts}
        self._spent = {path for path, money in book_money(book, facts) if money.fen}
        self._projects = projects_with_money(book, facts, self._tables)
        self._words = BookWords(book, narrative, self._projects)
        types = {book.unit_type, *(m.unit_type for m in book.members)}
        runs = bool(types & _ADMINISTRATIVE) or any(f.values.get("operating_cost") == "yes" for f in facts)
        self._context = {
            "year": str(book.year),
            "last_year": str(book.year - 1),
            "unit_name": book.unit_name,
            "unit_type": book.unit_type,
            "as_of": _DATE.sub(lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", book.assets.as_of),
            "dated": "yes" if book.assets.as_of else "no",
            "administrative": "yes" if runs else "no",
        }
        self._section: SectionForm | None = None
        self._figures: dict[str, Figure | None] = {}
        self.asked = Asked()

    def print(self, tables: Sequence[Table], rounding: Rounding) -> frozenset[str]:
        """Speak of the book's tables as they are printed now; give the names of the book's values that have changed."""
        self._tables = {t.id: t for t in tables}
        self._cells = PrintedCells(self._tables)
        self._rounding = rounding
        before, self._counted = self._counted, dict(book_values(self._book, self._facts, self._tables, rounding))
        moved = (name for name, value in self._counted.items() if before.get(name) != value)
        return frozenset(moved) if before else frozenset()

    def of(self, section: SectionForm) -> WordingValues:
        """Speak of another section: a slot has the meaning that this section gives it."""
        self._section = section
        self._figures = {}
        self.asked = Asked()
        return self

    def rounds(self, variables: Mapping[Variable, int]) -> bool:
        """Tell whether variables have these digits as they are rounded now."""
        return not variables or dict(self._rounding(variables)) == variables

    def figure(self, key: str) -> Figure | None:
        """Give a number as it is printed; None if there is nothing to print."""
        if key not in self._figures:
            self._figures[key] = self._figure(key)
        return self._figures[key]

    def settle_shares(self, paragraphs: Sequence[Paragraph]) -> bool:
        """Make the printed shares of each whole add up to 100 where figures are rounded together; tell if any changed."""
        if not isinstance(self._rounding, Additive):
            return False
        printed = dict.fromkeys(
            s.key for p in paragraphs for s in p.slots if s.figure is not None and s.figure.unit == PER_CENT
        )
        declared = [(key, d) for key in printed if (d := self._declaration(key)) is not None]
        changed = False
        for key, digits in shares_together(declared, self):
            before = self.figure(key)
            if before is not None and before.places and before.digits != digits:
                self._figures[key] = number(digits, before.unit, before.places, grouped=self._style.grouped_text)
                changed = True
        return changed

    def change(self, key: str) -> int | None:
        """Give a change in steps of two places of 万元, above zero for a rise; None with nothing to compare with."""
        value = self._value(self._declaration(key))
        return None if value is None else written(value, "万元", 2)

    def text(self, key: str) -> str | None:
        """Give the words of a text slot; an empty list of names is 无."""
        declaration = self._declaration(key)
        for tree in () if declaration is None else declaration.trees:
            if isinstance(tree, Call) and isinstance(tree.of, Cell):
                self.asked.cells.append(tree.of)
                return "、".join(self._cells.names(tree.of)) or "无"
            words = self._words.of(tree.name) if isinstance(tree, Named) else ""
            if words:
                return words
        return None

    def context(self, name: str) -> str:
        """Give words of the document: the year, the unit's name, whether it is an administrative one."""
        return self._context.get(name, "")

    def basis(self, key: str) -> str:
        """Give what the last year's figure is called that a change is a change from."""
        declaration = self._declaration(key)
        tree = None if declaration is None else declaration.tree
        last = next((p.name for p in parts_of(tree) if isinstance(p, Named) and p.source == "last"), "") if tree else ""
        basis = self._book.last_year_bases.get(last, self._book.last_year_basis)
        return self._narrative.lexicon.bases.get(basis, "")

    def no_change(self, text: str) -> str:
        """Give the words of a text that say that nothing changed or can be compared."""
        return self._narrative.lexicon.no_change(text)

    def classes(self, key: str) -> Sequence[tuple[str, str]]:
        """List code and name of the classes for which a class slot has a figure, in order; or of projects, by number."""
        if key in PROJECTS:
            numbered = enumerate(self._projects, start=1)
            return [(f"{n:03}", p.name) for n, p in numbered if p.disclosed or key == "projects"]
        declaration = self._declaration(key)
        tree = None if declaration is None else declaration.tree
        table = self._tables.get(tree.table) if isinstance(tree, Cell) else None
        if table is None or not isinstance(tree, Cell):
            return ()
        found = []
        self.asked.cells.append(tree)
        for row in table.rows:
            code = _CLASS.fullmatch(row.key)
            if code is not None and row.key == tree.row.replace("@", code[1]) and is_printed(row, tree.column):
                found.append((code[1], _ORDINAL.sub("", row.label)))
        return sorted(found)

    def items(self, form: ParagraphForm) -> Sequence[tuple[str, str]]:
        """List code and name of what a repeated paragraph is written for: projects, or the lowest items with a figure."""
        if form.each in PROJECTS:
            return self.classes(form.each)
        slots = (n.key for piece in form.write for n in piece.nodes if isinstance(n, Number) and "@" in n.key)
        declaration = self._declaration(next(slots, ""))
        names: dict[str, str] = {}
        for cell in () if declaration is None or declaration.tree is None else parts_of(declaration.tree):
            table = self._tables.get(cell.table) if isinstance(cell, Cell) else None
            if table is not None and isinstance(cell, Cell):
                self.asked.cells.append(Cell(cell.table, "*", cell.column))
                names |= items_of(table, cell)
        return sorted(names.items())

    def note_besides(self) -> str:
        """Give the book's note on this section, unless one of its patterns prints it."""
        section = self._section
        assert section is not None
        texts = {
            node.key for p in section.paragraphs for piece in p.write for node in piece.nodes if isinstance(node, Text)
        }
        taken = {f"book.notes.{section.key}"} & {
            e for k in texts if (d := self._declaration(k)) is not None for e in (d.expression, *d.also)
        }
        return "" if taken else self._book.notes.get(section.key, "")

    def filled(self, text: str) -> str:
        """Fill the years into a title."""
        return text.replace("{year}", self._context["year"]).replace("{last_year}", self._context["last_year"])

    def cell(self, cell: Cell) -> Exact | None:
        """Give a printed cell, or the sum of printed rows; a row that is not printed is nothing, a table is missing."""
        self.asked.cells.append(cell)
        return self._cells.total(cell)

    def count(self, cell: Cell) -> int | None:
        """Count the rows with a figure other than zero."""
        self.asked.cells.append(cell)
        return self._cells.count(cell)

    def named(self, name: Named) -> Exact | None:
        """Give another slot as printed, last year's figure rounded as it was printed, or a value of the book."""
        if name.source == "slot":
            figure = self.figure(name.name)
            return None if figure is None or figure.digits is None else exact(figure.digits, figure.unit, figure.places)
        if name.source == "executed":
            fen = self._book.last_executed.get(name.name)
            return None if fen is None else self._exact(stated(f"executed.{name.name}", fen))
        if name.source == "last":
            fen = self._book.last_year.get(name.name)
            return None if fen is None else self._exact(stated(f"last.{name.name}", fen))
        self.asked.values.append(name.name)
        return self._counted.get(name.name)

    def _declaration(self, key: str) -> Declaration | None:
        return self._narrative.declaration(key, "" if self._section is None else self._section.key)

    def _value(self, declaration: Declaration | None) -> Exact | None:
        tree = None if declaration is None else declaration.tree
        return None if tree is None else evaluate(tree, self)

    def _figure(self, key: str) -> Figure | None:
        declaration = self._declaration(key)
        if declaration is None:
            return None
        tree = declaration.tree
        if isinstance(tree, Constant):
            whole, _, part = tree.text.partition(".")
            return Figure(int(whole + part), declaration.unit, len(part), tree.text)
        value = self._value(declaration)
        if value is None:
            return None
        small = isinstance(tree, Named) and tree.source == "book" and tree.name in self._spent
        plain = (value == 0 and not small) or (declaration.unit == "%" and value == 1)  # 0 and 100%: no places
        places = 0 if plain else declaration.places
        facts = self._cells.facts(tree) if isinstance(tree, Cell) else ()
        if isinstance(tree, Cell) and is_money(declaration.unit) and self._tables[tree.table].unit != declaration.unit:
            own = (self._facts_by_id[f] for f in facts)
            value = self._exact(variable_of(own, declaration.unit, declaration.places))
        grouped = self._style.grouped_text
        return number(written(value, declaration.unit, places), declaration.unit, places, grouped=grouped, facts=facts)

    def _exact(self, variable: Variable) -> Exact:
        """Give a sum of facts as it is printed in the written part."""
        digits = self.asked.rounded[variable] = self._rounding((variable,))[variable]
        return exact(digits, variable.unit, variable.places)
