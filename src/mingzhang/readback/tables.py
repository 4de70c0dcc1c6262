"""One printed table: from its lines to rows and columns by the contract, every figure with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from mingzhang.forms.classifications import edition
from mingzhang.model.disclosure import Column, Row, Side, Table
from mingzhang.model.figure import Figure, blank, read_figure
from mingzhang.model.keys import numbered, tidy
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.readback.arbitration import Arbiter, Values
from mingzhang.readback.by_content import completed, labelled, names_hold_codes, table_by_words, typed
from mingzhang.readback.code_columns import with_codes
from mingzhang.readback.columns import Layout, Target, beneath_lost_words, layout_of
from mingzhang.readback.crowded import FROM_ONE_CELL, spread
from mingzhang.readback.expected import Expected
from mingzhang.readback.heads import divide, head_of, head_words
from mingzhang.readback.keys import LISTS, Keyed, Keying
from mingzhang.readback.likeness import filled, unnumbered
from mingzhang.readback.names import known_rows, lists_by_name, names_of_side
from mingzhang.readback.parts import Joining, Part, parts_of_line, rejoined
from mingzhang.readback.placing import Placer, Placing
from mingzhang.readback.readings import Reading, readings_of
from mingzhang.readback.settling import GUESSED, UNSURE, Doubts, settled
from mingzhang.readback.surroundings import is_row_name
from mingzhang.readback.worded import worded_layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack import PackTable
    from mingzhang.readback.drafts import Block

_NOT_A_NUMBER: Final = later("不是数字")
_NO_WORDS_BELOW: Final = later("表头“{heads}”下面没有印各栏的名称，按表样的次序认定")
_TOTAL_BY_SUM: Final = later("没有合计字样，按各和认定")


class Context(msgspec.Struct, frozen=True):
    """What a table needs to know of its document: year, classifications, the unit's names, the usual unit of money.

    `trimmed` says that the document came without the blank cells at the ends of its rows, `fits` that the form by
    which it is read is its own: what the form alone knows is not true of another form's table. `below` are the names
    of units below this one, as far as tables before have told them.
    """

    year: int | None
    standards: str
    units: tuple[str, ...] = ()
    unit: str = "万元"
    trimmed: bool = False
    fits: bool = True
    below: frozenset[str] = frozenset()


def read_table(block: Block, spec: PackTable | None, context: Context) -> Table:
    """Read one block of lines as the table it is; `spec` None for a table that no form knows."""
    return TableReader(block, spec, context).read()


class TableReader:
    """Reads one table; each step's result stays at hand for the next."""

    def __init__(self, block: Block, spec: PackTable | None, context: Context) -> None:
        """Divide head and body and match the columns."""
        self._block = block
        self._spec = spec
        self._context = context
        self._doubts = list(block.doubts)
        self._unit = block.unit or context.unit
        words = head_words([spec] if spec is not None else [], context.year)
        head_lines, self._body = divide(block.lines, words, context.year, strange=spec is None)
        self._head = head_of(head_lines)
        spread_lines = [spread(x) for x in self._body]
        self._body = tuple(x for x, _filled in spread_lines)
        self._filled = [filled for _x, filled in spread_lines]
        self._by_words = spec is None or (not context.fits and bool(self._head.stacks))
        layout = typed(with_codes(completed(self._first_layout(), self._body), self._body), self._body)
        self._layout = labelled(layout, self._body) if self._by_words else layout
        self._coded = names_hold_codes(self._layout, self._body) if self._by_words else frozenset()
        given = None if self._by_words else spec
        self._table = given or table_by_words(block, spec, self._layout, self._coded)
        self._chosen: list[Placing] = []
        expected = Expected(self._layout.targets, context.standards, self._table.filter)
        self._placer = Placer(self._layout, self._unit, self._known_labels(), expected)

    def read(self) -> Table:
        """Give the table."""
        readings = readings_of(self._body, self._placer, trimmed=self._context.trimmed)
        ways = [r.ways[0] for r in readings]
        values: dict[int, Values] = {
            i: self._placer.values(r.texts, w) for i, (r, w) in enumerate(zip(readings, ways, strict=True))
        }
        sides = self._keyed_sides(readings, values)
        arbiter = Arbiter(
            [(keyed, self._figures_of(side)) for side, keyed in sides.items()], self._unit, self._places()
        )
        self._chosen, doubts = settled(readings, values, arbiter, self._placer)
        self._doubt_spread(doubts)
        self._doubt_guessed(doubts, values, arbiter)
        if unsure := sum(_(UNSURE) in own.values() for own in doubts.values()):
            self._doubts.append(_("有 {count} 行不能确定数字各在哪一栏").format(count=unsure))
        rows = [row for side, keyed in sides.items() for row in self._rows(side, keyed, readings, doubts)]
        rows.sort(key=lambda r: r.line)
        return self._finished(rows)

    def _doubt_spread(self, doubts: Doubts) -> None:
        """Doubt the figures that shared one cell, wherever they were placed."""
        for i, shared in enumerate(self._filled):
            for position in shared:
                column = self._chosen[i].at[position]
                doubts.setdefault(i, {}).setdefault(column, _(FROM_ONE_CELL))

    def _doubt_guessed(self, doubts: Doubts, values: dict[int, Values], arbiter: Arbiter) -> None:
        """Doubt the rows of a table that only room divides into columns, where sums do not bear them out."""
        for i, line in enumerate(self._body):
            for column in {self._chosen[i].at[p] for p in line.unsure if line.cells[p].text} & set(values[i]):
                doubts.setdefault(i, {}).setdefault(column, _(UNSURE))
        if not any(x.guessed for x in self._body):
            return
        lines = set(values)
        bad = arbiter.suspects(lines, values) | {i for i in lines if self._chosen[i].broken}
        # sums between rows bear out one column; which of several a figure is in, only a sum across says
        several = len({c for own in values.values() for c in own}) > 1
        proved = any(w.held for w in self._chosen) if several else arbiter.holding(values) > 0
        for i in bad if proved and 2 * len(bad) <= len(lines) else lines:
            for column in values[i]:
                doubts.setdefault(i, {}).setdefault(column, _(GUESSED))

    def _first_layout(self) -> Layout:
        if self._by_words or self._spec is None:
            own = {c.key for c in self._spec.columns if not c.side} if self._spec is not None else set()
            whole = "amount" if "amount" in own and "total" not in own else "total"
            name = self._spec.id if self._spec is not None else ""
            return worded_layout(self._head.stacks, name, self._context.year, whole=whole)
        if printed := self._head.stacks:
            fits, year = self._context.fits, self._context.year
            stacks = beneath_lost_words(printed, self._spec, year) if fits else printed
            lost = dict.fromkeys(p.own for p, s in zip(printed, stacks, strict=True) if p.own and not s.own)
            if lost:
                self._doubts.append(_(_NO_WORDS_BELOW).format(heads=_("、").join(lost)))
            return layout_of(stacks, self._spec, year, guess=fits)
        self._doubts.append(_("没有表头，按表样的栏目读"))
        targets = tuple(
            Target(Column(c.key, c.kind, c.side, filled(c.header, self._context.year)), c.filter)
            for c in self._spec.columns
        )
        return Layout(targets, tuple(range(len(targets))))

    def _known_labels(self) -> dict[str, frozenset[str]]:
        if not self._table.two_sided:
            return {}
        named = [r.side for r in self._table.rows if r.source == "fixed" or lists_by_name(self._table, r)]
        standards = self._context.standards
        return {side: names_of_side(self._table, side, standards) for side in ("in", "out") if side in named}

    def _places(self) -> int:
        return self._spec.places if self._spec is not None else 2

    def _figures_of(self, side: Side) -> list[int]:
        return [i for i, t in enumerate(self._layout.targets) if t.column.kind == "figure" and t.column.side == side]

    def _keyed_sides(self, readings: Sequence[Reading], values: dict[int, Values]) -> dict[Side, list[Keyed]]:
        """Divide lines into sides, join what makes one row, and key the rows."""
        parts: dict[Side, list[Part]] = {}
        for i, reading in enumerate(readings):
            for part in parts_of_line(i, reading.line, reading.ways[0], self._layout, self._coded):
                parts.setdefault(part.side, []).append(part)
        known = self._context
        keying = Keying(self._table, known.standards, known.units, self._by_words, known.below)
        if len(parts) > 1 or self._table.two_sided:
            labels = self._known_labels()
            parts = {s: rejoined(p, labels[s]) if s in labels else p for s, p in parts.items()}
            parts = _total_across(parts)
        else:
            coded = sum(bool(p.code) and not p.total for side in parts.values() for p in side) * 2 > len(self._body)
            joining = Joining(coded, self._names_wrap(), self._is_name, numbered=self._by_words)
            parts = {s: joining.joined(p) for s, p in parts.items()}
        amounts = {i: next(iter(v.values()), 0) for i, v in values.items()}
        return {side: self._totalled(side, keying.keyed(mine, amounts), values) for side, mine in parts.items()}

    def _sources(self) -> set[str]:
        return {r.source for r in self._table.rows}

    def _names_wrap(self) -> bool:
        """Tell whether a row of a name alone is odd enough to be the rest of the name above it."""
        return bool(self._sources() & {"projects", "economics"})

    def _is_name(self, label: str) -> bool:
        """Tell whether a label is that of a row of its own wherever it stands."""
        if any(unnumbered(label) in r.names for r in known_rows(self._table, "")):
            return True
        if self._by_words and is_row_name(label):
            return True
        kinds = [kind for source, kind in LISTS.items() if source in self._sources()]
        return any(edition(self._context.standards).named(label, kind=k) for k in kinds)

    def _totalled(self, side: Side, keyed: list[Keyed], values: dict[int, Values]) -> list[Keyed]:
        """Take a row without a name for the total if nothing else is and all sums say so."""
        prefix = f"{side}:" if side else ""
        nameless = [i for i, k in enumerate(keyed) if k.key in {prefix, "project:"}]
        if any(k.key == f"{prefix}total" for k in keyed) or not nameless:
            return [_named_somehow(k, prefix) for k in keyed]
        at = nameless[0]
        tried = list(keyed)
        tried[at] = msgspec.structs.replace(keyed[at], key=f"{prefix}total", level=0, doubt=_(_TOTAL_BY_SUM))
        arbiter = Arbiter([(tried, self._figures_of(side))], self._unit, self._places())
        line = keyed[at].part.sources[0]
        good = at in {0, len(keyed) - 1} and any(values[line].values()) and not arbiter.broken(line, values)
        return [_named_somehow(k, prefix) for k in (tried if good else keyed)]

    def _rows(
        self,
        side: Side,
        keyed: Sequence[Keyed],
        readings: Sequence[Reading],
        doubts: Doubts,
    ) -> list[Row]:
        columns = [i for i in self._figures_of(side) if self._layout.targets[i].printed or self._is_used(i)]
        rows = []
        for key, one in zip(numbered(k.key for k in keyed), keyed, strict=True):
            part = one.part
            cells = {self._layout.targets[c].column.key: self._figure(c, part, readings, doubts) for c in columns}
            lost = [t for i in part.sources for t in self._unplaced(i, readings[i])]
            unplaced = _("未能归栏：{cells}").format(cells=_("、").join(lost)) if lost else ""
            doubt = _("；").join(d for d in (part.doubt, one.doubt, unplaced) if d)
            rows.append(
                Row(
                    key, tidy(part.label), part.code if not part.total or part.label else "", one.level,
                    part.sources[0] + 1, cells, part.texts, part.place, doubt,
                )
            )  # fmt: skip
        return rows

    def _is_used(self, column: int) -> bool:
        return any(column in w.at for w in self._chosen)

    def _unplaced(self, i: int, reading: Reading) -> list[str]:
        return [t for t, x in zip(reading.texts, self._chosen[i].at, strict=True) if t and x < 0]

    def _figure(self, column: int, part: Part, readings: Sequence[Reading], doubts: Doubts) -> Figure:
        unit = "%" if self._layout.targets[column].column.key == "change_rate" else self._unit
        for i in part.sources:
            for cell, x in zip(readings[i].line.cells, self._chosen[i].at, strict=True):
                if x != column or not cell.text:
                    continue
                doubt = doubts.get(i, {}).get(column, "")
                figure = read_figure(cell.text.removesuffix("%") if unit == "%" else cell.text, unit, cell.place)
                if figure is None:
                    return Figure(None, unit, printed=cell.text, place=cell.place, doubt=_(_NOT_A_NUMBER))
                return msgspec.structs.replace(figure, doubt=doubt) if doubt else figure
        return blank(unit, self._places(), part.place)

    def _finished(self, rows: Sequence[Row]) -> Table:
        block, spec = self._block, self._spec
        shown = [t for i, t in enumerate(self._layout.targets) if t.printed or self._is_used(i)]
        lost = [c.header or c.key for c in spec.columns if not _has(shown, c.key, c.side)] if spec is not None else []
        if lost and not self._by_words:
            self._doubts.append(_("没有找到栏目：{columns}").format(columns=_("、").join(lost)))
        extra = {c.key for c in spec.extra} if spec is not None else set()
        strange = [t.column.header for t in shown if not t.known and t.column.key not in extra]
        if strange and spec is not None and not self._by_words:
            self._doubts.append(_("表样没有的栏目：{columns}").format(columns=_("、").join(strange)))
        if not block.unit:
            self._doubts.append(_("没有印金额单位"))
        if block.named is not None and block.named.slips:
            self._doubts.append(_("表题与表样不同，按相近程度认定"))
        return Table(
            id=self._table.id, title=block.title, number=block.number, unit=self._unit, unit_name=block.unit_name,
            funds=self._table.funds, carry=self._carry(), head=self._head.cells,
            columns=tuple(c for t in shown for c in self._cells_of(t)), rows=tuple(rows), notes=block.notes,
            place=block.places.get("title") or next(iter(block.places.values()), None),
            places=block.places, doubts=tuple(self._doubts),
        )  # fmt: skip

    def _cells_of(self, target: Target) -> tuple[Column, ...]:
        """Give a column once for each cell in which it is printed: a code may have two or three."""
        at = self._layout.targets.index(target)
        places = [p for p, t in enumerate(self._layout.positions) if t == at]
        if target.column.kind != "code" or len(places) < 2 or not self._head.stacks:
            return (target.column,)
        return tuple(
            msgspec.structs.replace(target.column, header=self._head.stacks[p].own or target.column.header)
            for p in places
        )

    def _carry(self) -> Literal["included", "excluded", "only", "unstated"]:
        """Say whether money carried over is in it: another form need not leave out what this one does."""
        own = self._table.carry
        known = self._context.fits or own == "included" or "结转" in self._block.title
        return own if known else "unstated"


def _has(targets: Sequence[Target], key: str, side: Side) -> bool:
    return any(t.column.key == key and t.column.side == side for t in targets)


def _named_somehow(keyed: Keyed, prefix: str) -> Keyed:
    """Give a row without any name a key all the same."""
    return msgspec.structs.replace(keyed, key=f"{prefix}unnamed") if keyed.key in {prefix, "project:"} else keyed


def _total_across(parts: dict[Side, list[Part]]) -> dict[Side, list[Part]]:
    """Let the word of a total at the left stand for both sides of its line, where the other has no name there."""
    out = {side: list(mine) for side, mine in parts.items()}
    for part in parts.get("in", []):
        if not part.total:
            continue
        line = part.sources[0]
        right = next((n for n, p in enumerate(out.get("out", [])) if p.sources[0] == line), None)
        if right is not None and not out["out"][right].label and not out["out"][right].code:
            out["out"][right] = msgspec.structs.replace(out["out"][right], label=part.label or part.code)
        elif right is None and not any(p.total for p in out.get("out", [])):
            twin = msgspec.structs.replace(
                part, side="out", texts={}, filled=False, label=part.label or part.code, code=""
            )
            place = sum(p.sources[0] < line for p in out.get("out", []))
            out.setdefault("out", []).insert(place, twin)
    return out
