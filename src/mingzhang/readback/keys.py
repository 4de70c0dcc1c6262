"""Keys of printed rows by the contract: by code, by the form's own names, by project and unit, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.classifications import edition
from mingzhang.forms.lexicon import lexicon
from mingzhang.forms.pack import PackTable
from mingzhang.model.keys import code_level, folded, tidy
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.readback.likeness import likeness
from mingzhang.readback.names import NameBook, is_total, known_rows, lists_by_name, numbers_all
from mingzhang.readback.parts import Part
from mingzhang.readback.unit_rows import unit_rows, unit_rows_but_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack import PackRows
    from mingzhang.model.disclosure import Side

_SAME_NAME: Final = 0.9
_LEVELS: Final = {3: 1, 5: 2, 7: 3, 9: 4}
LISTS: Final = {"functions": "functional", "economics": "dept_economic", "revenues": "revenue"}
_UNIT_CODES: Final = (6, 9, 12)
_NOT_DIGITS: Final = later("科目编码里有数字以外的字符")
_CODE_AGAIN: Final = later("科目编码与上面另一行相同")
_NO_CODE: Final = later("没有科目编码")
_CODE_BY_NAME: Final = later("没有印科目编码，按名称认定")
_NO_NAME: Final = later("没有名称")
_UNKNOWN: Final = later("表样里没有这一行")
_UNIT_BY_WHOLE: Final = later("按上级合计认作所属单位，它下面各项目之和与它不符")


class Keyed(msgspec.Struct, frozen=True):
    """A part with its key (not yet numbered) and level."""

    part: Part
    key: str
    level: int | None = None
    doubt: str = ""


class Keying(msgspec.Struct, frozen=True):
    """What is needed to key the rows of a table: the form's table, its standards, the unit's names, those of units below."""

    table: PackTable
    standards: str
    units: tuple[str, ...] = ()
    by_words: bool = False
    below: frozenset[str] = frozenset()

    def source(self, side: Side) -> PackRows | None:
        """Give the form's rows of one side."""
        return next((r for r in self.table.rows if r.side == side), None)

    def keyed(self, parts: Sequence[Part], amounts: dict[int, int]) -> list[Keyed]:
        """Key the parts of one side; `amounts` gives each line's main amount, where it has one."""
        if not parts:
            return []
        side = parts[0].side
        source = self.source(side)
        kind = source.source if source is not None else ""
        if kind == "fixed" or (source is not None and lists_by_name(self.table, source)):
            return self._fixed(parts, side)
        if kind == "projects":
            return self._projects(parts, amounts)
        if kind == "members":
            return [_named(p, "") for p in parts]
        return self._coded(parts, side, kind)

    def _fixed(self, parts: Sequence[Part], side: Side) -> list[Keyed]:
        book = NameBook(self.table, side, self.standards, own_form=not self.by_words)
        in_order = numbers_all([p.label for p in parts], known_rows(self.table, side))
        prefix = f"{side}:" if side else ""
        out = []
        for part in parts:
            found = book.match(part.label or part.code, all_in_order=in_order)
            if found is not None:
                out.append(Keyed(part, found.key, 0 if found.key == "total" else None, found.doubt))
            elif part.total:
                out.append(Keyed(part, f"{prefix}total", 0))
            else:
                name = tidy(part.label or part.code)
                out.append(Keyed(part, prefix + name, None, _(_UNKNOWN if name else _NO_NAME)))
        return _with_total(out, prefix) if prefix else out

    def _coded(self, parts: Sequence[Part], side: Side, kind: str) -> list[Keyed]:
        prefix = f"{side}:" if side else ""
        column = any(c.kind == "code" and c.side == side for c in self.table.columns)
        above: tuple[str, ...] = ()
        seen: dict[str, str] = {}
        out = []
        if not column and kind == "functions" and self.by_words:
            return self._named_codes(parts, prefix)
        for part in parts:
            if part.total:
                out.append(Keyed(part, f"{prefix}total", 0))
            elif kind == "functions" and self.by_words and self._is_units_code(part):
                out.append(_named(part, prefix))
            elif part.code and not is_total(part.code):
                level = _LEVELS.get(len(part.code)) if kind in {"economics", "revenues"} else code_level(part.code)
                out.append(Keyed(part, prefix + part.code, level, _odd(part, seen)))
                above = tuple(part.code[:n] for n in (3, 5) if len(part.code) >= n)
            elif kind == "economics" and not column:
                out.append(_named(part, prefix, self._economic_level(part)))
            elif column and kind in LISTS:
                found = self._code_of(part, kind, above)
                out.append(
                    msgspec.structs.replace(found, key=prefix + found.key)
                    if found
                    else _named(part, prefix, None, _(_NO_CODE))
                )
                above = tuple(found.key[:n] for n in (3, 5) if len(found.key) >= n) if found else above
            else:
                out.append(_named(part, prefix))
        return out

    def _is_units_code(self, part: Part) -> bool:
        """Tell whether a code among those of items is a unit's, as some forms print above the unit's items."""
        lists = edition(self.standards)
        if not part.code or lists.function(part.code) is not None or lists.named(part.label):
            return False
        return len(part.code) in _UNIT_CODES or self._is_unit(part.label)

    def _named_codes(self, parts: Sequence[Part], prefix: str) -> list[Keyed]:
        """Key rows printed without codes by the codes of their names, if all have one; by their names if not."""
        above: tuple[str, ...] = ()
        out = []
        for part in parts:
            found = None if part.total else self._code_of(part, "functions", above)
            if part.total:
                out.append(Keyed(part, f"{prefix}total", 0))
            elif found is None:
                return [_named(p, prefix) for p in parts]
            else:
                above = tuple(found.key[:n] for n in (3, 5) if len(found.key) >= n)
                out.append(msgspec.structs.replace(found, key=prefix + found.key, doubt=""))
        return out

    def _code_of(self, part: Part, kind: str, above: tuple[str, ...]) -> Keyed | None:
        """Find the code that was not printed: by the name below the codes above it, the nearest first."""
        lists = edition(self.standards)
        for depth in range(len(above), -1, -1):
            parent = above[depth - 1] if depth else ""
            found = lists.named(part.label, kind=LISTS[kind], parent=parent, level=depth + 1)
            if len(found) == 1:
                return Keyed(part, found[0].code, depth + 1, _(_CODE_BY_NAME))
        return None

    def _economic_level(self, part: Part) -> int:
        """Tell a 类 from a 款 among names: a 类 belongs to no government class beside it, and is called like one."""
        classes = edition(self.standards).named(part.label, kind="dept_economic", level=1)
        items = edition(self.standards).named(part.label, kind="dept_economic", level=2)
        if classes and items:
            return 2 if part.texts else 1
        return 1 if classes else 2

    def _projects(self, parts: Sequence[Part], amounts: dict[int, int]) -> list[Keyed]:
        """Tell subtotals from projects: the unit's own names first, then units whose projects add up to them."""
        roles = ["" for _part in parts]
        doubts = ["" for _part in parts]
        own = [i for i, p in enumerate(parts) if self._is_unit(p.label)]
        if own:
            roles[own[0]] = "department"
            for i in own[1:]:
                roles[i] = "unit"
            for i, doubt in self._units_below(parts, amounts, own[0]).items():
                roles[i], doubts[i] = "unit", doubt
        for i in () if own else _units_of_total(parts, amounts):
            roles[i] = "unit"
        out = []
        for part, role, doubt in zip(parts, roles, doubts, strict=True):
            if part.total:
                out.append(Keyed(part, "total", 0))
            else:
                out.append(_named(part, f"{role or 'project'}:", doubt=doubt))
        return out

    def _units_below(self, parts: Sequence[Part], amounts: dict[int, int], department: int) -> dict[int, str]:
        """Find the rows of units below a department, with what is to be doubted of each."""
        if any(p.total for p in parts[department + 1 :]):
            return {}
        values = [amounts.get(p.sources[0], 0) for p in parts]
        if found := unit_rows(values, department):
            return dict.fromkeys(found, "")
        if named := [i for i, p in enumerate(parts) if i > department and folded(p.label) in self.below]:
            return dict.fromkeys(named, "")
        found, broken = unit_rows_but_one(values, department)
        return {i: _(_UNIT_BY_WHOLE) if i == broken else "" for i in found}

    def _is_unit(self, label: str) -> bool:
        name = folded(label)
        return any(likeness(name, folded(u)) >= _SAME_NAME for u in self.units if u)


def _units_of_total(parts: Sequence[Part], amounts: dict[int, int]) -> list[int]:
    """Find the units of a list that names no department: rows that divide all others into groups, and make up the total."""
    totals = [i for i, p in enumerate(parts) if p.total]
    if len(totals) != 1:
        return []
    order = [*totals, *(i for i, p in enumerate(parts) if not p.total)]
    return [order[i] for i in unit_rows([amounts.get(parts[i].sources[0], 0) for i in order], 0)]


def _with_total(keyed: list[Keyed], prefix: str) -> list[Keyed]:
    """Take a side's last row that is called this year's sum for the total, where that sum stands above already.

    So is one called but 收入合计 where what was carried over stands above; 本年收入合计 leaves that out wherever it stands.
    """
    current, carry = f"{prefix}current_total", f"{prefix}carry"
    keys = [k.key for k in keyed]
    if f"{prefix}total" in keys or not keys or keys[-1] != current:
        return keyed
    of_all = carry in keys and not any(w in tidy(keyed[-1].part.label) for w in lexicon().endings["this_year"])
    if current not in keys[:-1] and not of_all:
        return keyed
    return [*keyed[:-1], msgspec.structs.replace(keyed[-1], key=f"{prefix}total")]


def _odd(part: Part, seen: dict[str, str]) -> str:
    """Say what is odd about a printed code: more than digits, or another row's; `seen` learns it."""
    if not part.code.isdigit():
        return _(_NOT_DIGITS)
    before = seen.setdefault(part.code, part.label)
    return _(_CODE_AGAIN) if before != part.label else ""


def _named(part: Part, prefix: str, level: int | None = None, doubt: str = "") -> Keyed:
    if part.total:
        return Keyed(part, "total", 0)
    name = tidy(part.label or part.code)
    return Keyed(part, prefix + name, level, doubt if name else _(_NO_NAME))
