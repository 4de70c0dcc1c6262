"""Where a form's filters put a fact of each kind: exactly one column and one row of each table that lists it.

A column or row that holds just what others hold together is a sum of them; what it holds besides, no other shows. What
is told, is told by an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.pack import with_extra
from mingzhang.forms.pack_check.kinds_of_facts import called, is_rare, kinds_of_facts, rare_part
from mingzhang.forms.pack_check.sources import Spot
from mingzhang.model.language import gettext as _
from mingzhang.sums.filters import Fact, parse_filter, passing_any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack import Pack, PackTable
    from mingzhang.forms.pack_check.faults import Notes

OF_WHICH: Final = "其中"
"""Begins the header or label of what is shown a second time."""

_FIELDS: Final = {"functions": ("item", "group", "class"), "economics": ("economic",), "revenues": ("revenue",)}


class Line(msgspec.Struct, frozen=True):
    """One column or one row: what it is called, where it stands, which facts it sums; whether it says it is a total."""

    name: str
    spot: Spot
    facts: frozenset[str]
    total: bool


def check_cells(notes: Notes, pack: Pack) -> tuple[str, ...]:
    """Put a fact of each kind into every table; give what the form has no place for at all, in words."""
    facts = kinds_of_facts(pack)
    nowhere: dict[str, None] = {}
    for table in (with_extra(t, {c.key for c in t.extra}) for t in pack.tables):
        passing = parse_filter(table.filter).of(facts)
        if not passing:
            spot = notes.sources.at(f"tables/{table.id}", "filter")
            notes.error(spot, _("没有一笔明细能通过这张表的筛选"))
            continue
        for number in range(len(table.rows)):
            _Side(notes, table, number, passing, nowhere).check()
    return tuple(nowhere)


class _Side:
    """One side of a table."""

    def __init__(
        self, notes: Notes, table: PackTable, number: int, passing: Sequence[Fact], nowhere: dict[str, None]
    ) -> None:
        self.notes, self.table, self.number, self.rows = notes, table, number, table.rows[number]
        self.nowhere = nowhere
        self.columns = [(n, c) for n, c in enumerate(table.columns) if c.kind == "figure" and c.side == self.rows.side]
        self.passing = tuple(passing)
        self.shown = passing_any([parse_filter(c.filter) for _n, c in self.columns], self.passing)
        self.by_id = {f.id: f for f in self.passing}

    def check(self) -> None:
        """Look at the columns, then at the rows."""
        listed = parse_filter(self.rows.filter).of(self.shown)
        own = len(self.table.columns) - len(self.table.extra)
        columns = [
            Line(
                c.header or c.key,
                self.at(
                    "extra" if n >= own and self.table.extra else "columns",
                    n - own if n >= own else n,
                    text=f'"{c.key} |',
                ),
                self.ids(c.filter, listed if self.rows.source != "fixed" else self.shown),
                c.key == "total" or not c.filter,
            )
            for n, c in self.columns
        ]
        self.partition(columns, _("栏"))
        rows = [
            Line(
                r.label,
                self.at("rows", self.number, "fixed", text=f"| {r.key} |"),
                self.ids(r.filter, self.passing),
                r.key.rpartition(":")[2] in {"total", "current_total"} or not r.filter,
            )
            for r in self.rows.fixed
        ]
        if self.rows.source == "fixed":
            self.partition(rows, _("行"))
            self.unrowed(rows)
        elif self.rows.source in _FIELDS:
            self.coded(listed)
            self.beside_codes(rows, listed)

    def at(self, *path: str | int, text: str = "") -> Spot:
        return self.notes.sources.at(f"tables/{self.table.id}", *path, text=text)

    def ids(self, text: str, facts: Sequence[Fact]) -> frozenset[str]:
        return frozenset(f.id for f in parse_filter(text).of(facts))

    def example(self, ids: frozenset[str] | set[str]) -> str:
        return called(next(f for f in self.passing if f.id in ids))

    def partition(self, lines: Sequence[Line], word: str) -> None:
        """See that what is no sum of others overlaps none of them, and that sums hold no more than they show."""
        leaves: list[Line] = []
        for line in lines:
            if not line.facts:
                self.notes.error(line.spot, _("没有一笔明细会落在“{name}”这一{what}").format(name=line.name, what=word))
                continue
            inner = [x for x in lines if x.facts and x.facts < line.facts]
            left = line.facts - frozenset().union(*(x.facts for x in inner))
            if inner and (not left or (line.total and self.left_out(line, left, word))):
                continue
            leaves.append(line)
        for n, line in enumerate(leaves):
            for other in leaves[:n]:
                if (
                    (both := line.facts & other.facts)
                    and not line.name.startswith(OF_WHICH)
                    and not (line.total and other.facts == line.facts)
                ):
                    self.notes.error(
                        line.spot,
                        _("“{one}”与“{other}”都计入同一笔明细，例如：{fact}").format(
                            one=other.name, other=line.name, fact=self.example(both)
                        ),
                        _("改其中一{what}的筛选，使每笔只落一处；重复列示的，名称以“其中”开头。").format(what=word),
                    )

    def left_out(self, line: Line, left: frozenset[str], word: str) -> bool:
        """Note what a total holds and nothing beside it shows."""
        usual = {i for i in left if not is_rare(self.by_id[i])}
        self.forget(left - usual)
        if usual:
            self.notes.error(
                line.spot,
                _("“{name}”计入而没有一{what}列示的明细，例如：{fact}").format(
                    name=line.name, what=word, fact=self.example(usual)
                ),
                _("补上这一{what}，或者改筛选；只在有钱时才印的栏写进 extra，行在行次后加问号。").format(what=word),
            )
        return True

    def unrowed(self, rows: Sequence[Line]) -> None:
        """Note what the columns count and no row takes in."""
        taken = frozenset().union(*(r.facts for r in rows if not r.name.startswith(OF_WHICH)))
        left = {f.id for f in self.shown} - taken
        usual = {i for i in left if not is_rare(self.by_id[i])}
        self.forget(left - usual)
        if usual:
            self.notes.error(
                self.at("rows", self.number),
                _("没有一行列示这笔明细：{fact}").format(fact=self.example(usual)),
                _("补上这一行，或者在表的 filter 里去掉它。"),
            )

    def coded(self, listed: Sequence[Fact]) -> None:
        """Note facts that a list of codes cannot take in for want of a code."""
        fields = _FIELDS[self.rows.source]
        for fact in listed:
            if not any(fact.values.get(f) for f in fields):
                hint = (
                    _("用 pack.toml 的 [defaults.revenue_of_fund] 写明，或在 filter 里去掉它。")
                    if self.rows.source == "revenues"
                    else _("在 filter 里去掉它，例如 flow=spending。")
                )
                self.notes.error(
                    self.at("rows", self.number),
                    _("按科目列行，而这笔明细没有科目：{fact}").format(fact=called(fact)),
                    hint,
                )
                return

    def beside_codes(self, rows: Sequence[Line], listed: Sequence[Fact]) -> None:
        """Note what stands both among the codes and in a row beside them, or in neither."""
        coded = frozenset(f.id for f in listed)
        for row in rows:
            if both := row.facts & coded:
                self.notes.error(
                    row.spot,
                    _("“{name}”与按科目列出的行重复，例如：{fact}").format(name=row.name, fact=self.example(both)),
                    _("在 [[rows]] 的 filter 里去掉这一行的明细。"),
                )
        left = {f.id for f in self.shown} - coded - frozenset().union(*(r.facts for r in rows))
        usual = {i for i in left if not is_rare(self.by_id[i])}
        self.forget(left - usual)
        if usual:
            self.notes.error(
                self.at("rows", self.number, "filter"),
                _("没有一行列示这笔明细：{fact}").format(fact=self.example(usual)),
                _("补上这一行，或者在表的 filter 里去掉它。"),
            )

    def forget(self, ids: frozenset[str] | set[str]) -> None:
        """Keep in mind that a form has no place for something that few units have."""
        self.nowhere.update(dict.fromkeys(rare_part(self.by_id[i]) for i in sorted(ids)))
