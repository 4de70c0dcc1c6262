"""The government's classifications of income and spending (政府收支分类科目) by edition.

An edition is a folder of CSV files. The one in the wheel can be replaced or followed by an office's own: folders
named by the environment variable `MINGZHANG_STANDARDS`, or by an argument, are looked into first. A list that an
office's edition does not hold is that of the shipped edition next before it.
"""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from mingzhang.forms.classification import Classification, Entry
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

SHIPPED: Final = Path(__file__).parent / "standards"
VARIABLE: Final = "MINGZHANG_STANDARDS"
KINDS: Final = ("functional", "dept_economic", "gov_economic", "revenue")
"""The lists of an edition, by the names of their files."""

_ADMINISTRATIVE: Final = frozenset({"行政", "参公"})
_RELATIONS: Final = ("economic_mapping", "fund_revenue", "renames")


class InvalidStandards(Fault):
    """An edition of the classifications does not exist, or one of its files cannot be used."""


class Link(msgspec.Struct, frozen=True):
    """One entry that belongs to another; `confirmed` says whether the relation was seen published."""

    entry: Entry
    confirmed: bool


class Rename(msgspec.Struct, frozen=True):
    """One dated change of a list: an entry `renamed`, `recoded` (under a new code) or `added`; year None: not known."""

    list: str
    kind: str
    old_code: str
    old: str
    new_code: str
    new: str
    year: int | None
    note: str = ""


class Edition:
    """All lists of one edition and the relations between them."""

    def __init__(self, name: str, files: dict[str, Path]) -> None:
        """Read the edition's files."""
        self.name = name
        self.files = files
        self.renames = tuple(_renames(files["renames"]))
        self._lists = {kind: Classification(kind, _entries(files[kind], kind, self.renames)) for kind in KINDS}
        self._mapping = {(r["unit_type"], r["dept_economic"]): r for r in _rows(files["economic_mapping"])}
        self._funds = tuple(_rows(files["fund_revenue"]))

    def function(self, code: str) -> Entry | None:
        """Find a functional 类, 款 or 项."""
        return self._lists["functional"].get(code)

    def economic(self, code: str) -> Entry | None:
        """Find a 类 or 款 of the departments' economic classification."""
        return self._lists["dept_economic"].get(code)

    def gov_economic(self, code: str) -> Entry | None:
        """Find a 类 or 款 of the government's economic classification."""
        return self._lists["gov_economic"].get(code)

    def revenue(self, code: str) -> Entry | None:
        """Find a revenue 类, 款 or 项."""
        return self._lists["revenue"].get(code)

    def classification(self, kind: str) -> Classification:
        """Give one list: `functional`, `dept_economic`, `gov_economic` or `revenue`."""
        return self._lists[kind]

    def named(
        self, name: str, *, kind: str = "functional", parent: str = "", level: int | None = None
    ) -> tuple[Entry, ...]:
        """Find entries of a list by a printed name, as `Classification.named` does."""
        return self._lists[kind].named(name, parent=parent, level=level)

    def classes(self, kind: str = "functional") -> tuple[Entry, ...]:
        """List the 类 of a list in order."""
        return self._lists[kind].classes()

    def gov_economic_of(self, economic: str, unit_type: str) -> Link | None:
        """Say which government economic 款 a department economic 款 belongs to in a unit of this type."""
        office = "admin" if unit_type in _ADMINISTRATIVE else "institution"
        row = self._mapping.get((office, economic)) or self._mapping.get(("any", economic))
        entry = None if row is None else self.gov_economic(row["gov_economic"])
        return None if row is None or entry is None else Link(entry, row["confirmed"] == "yes")

    def functions_fed_by(self, revenue: str) -> tuple[Link, ...]:
        """List the functional 款 that a government fund's revenue item pays for."""
        return tuple(
            Link(entry, r["confirmed"] == "yes")
            for r in self._funds
            if r["revenue"] == revenue and (entry := self.function(r["function"])) is not None
        )

    def revenues_feeding(self, function: str) -> tuple[Link, ...]:
        """List the revenue items that feed a government fund's functional code (款, or a 项 of it)."""
        return tuple(
            Link(entry, r["confirmed"] == "yes")
            for r in self._funds
            if function.startswith(r["function"]) and (entry := self.revenue(r["revenue"])) is not None
        )


def edition(name: str, folder: Path | None = None) -> Edition:
    """Load an edition by its name, usually a year; `folder` holds an office's own editions.

    Raises:
        InvalidStandards: there is no such edition, or a file of it cannot be used.
    """
    return _load(name, _search_path(folder))


def editions(folder: Path | None = None) -> tuple[str, ...]:
    """List the names of the editions that can be loaded."""
    found = {p.name for place in _search_path(folder) if place.is_dir() for p in place.iterdir() if _is_edition(p)}
    return tuple(sorted(found))


def forget_loaded() -> None:
    """Forget the editions loaded so far, because files of one have changed."""
    _load.cache_clear()


def _search_path(folder: Path | None) -> tuple[Path, ...]:
    own = [Path(p) for p in os.environ.get(VARIABLE, "").split(os.pathsep) if p]
    return (*([folder] if folder is not None else []), *own, SHIPPED)


def _is_edition(folder: Path) -> bool:
    return any((folder / f"{kind}.csv").is_file() for kind in KINDS)


@cache
def _load(name: str, places: tuple[Path, ...]) -> Edition:
    if not any(_is_edition(place / name) for place in places):
        known = sorted({p.name for place in places if place.is_dir() for p in place.iterdir() if _is_edition(p)})
        raise InvalidStandards(
            _("没有“{name}”版的收支分类科目").format(name=name),
            hint=_("可用的版本：{names}").format(names=_("、").join(known)),
        )
    shipped = sorted(p.name for p in SHIPPED.iterdir() if _is_edition(p))
    before = [s for s in shipped if s <= name]
    base = SHIPPED / (before[-1] if before else shipped[0])
    files = {}
    for file in (*KINDS, *_RELATIONS):
        own = (place / name / f"{file}.csv" for place in places)
        files[file] = next((p for p in own if p.is_file()), base / f"{file}.csv")
    return Edition(name, files)


def _entries(path: Path, kind: str, renames: tuple[Rename, ...]) -> list[Entry]:
    others: dict[str, list[str]] = {}
    for change in renames:
        if change.list == kind and change.kind == "renamed":
            others.setdefault(change.new_code, []).extend((change.old, change.new))
    entries = []
    for row in _rows(path):
        tree: dict[str, Any] = {k: row.get(k, "") for k in ("code", "name", "parent", "budget", "note", "source")}
        names = dict.fromkeys(n for n in others.get(row["code"], ()) if n != row["name"])
        entries.append(
            Entry(**tree, level=(len(row["code"]) - 1) // 2, confirmed=row["confirmed"] == "yes", others=tuple(names))
        )
    return entries


def _renames(path: Path) -> list[Rename]:
    try:
        return [msgspec.convert({**row, "year": row["year"] or None}, Rename, strict=False) for row in _rows(path)]
    except msgspec.ValidationError as error:
        raise InvalidStandards(_("年份应为数字：{reason}").format(reason=error), place=str(path)) from error


_COLUMNS: Final = {
    **dict.fromkeys(KINDS, ("code", "name", "parent", "confirmed")),
    "economic_mapping": ("unit_type", "dept_economic", "gov_economic", "confirmed"),
    "fund_revenue": ("revenue", "function", "confirmed"),
    "renames": ("list", "kind", "old_code", "old", "new_code", "new", "year", "note"),
}


def _rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file of an edition, seeing that its columns are there and its rows whole."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [line for line in csv.reader(file) if line]
    except (OSError, ValueError, csv.Error) as error:
        raise InvalidStandards(_("科目文件读不出来：{reason}").format(reason=error), place=str(path)) from error
    if not lines:
        raise InvalidStandards(_("科目文件是空的"), place=str(path))
    head = lines.pop(0)
    missing = [c for c in _COLUMNS[path.stem] if c not in head]
    if missing:
        raise InvalidStandards(_("缺少列：{names}").format(names=_("、").join(missing)), place=str(path))
    for number, line in enumerate(lines, 2):
        if len(line) != len(head):
            said = _("应有 {wanted} 列，实有 {found} 列").format(wanted=len(head), found=len(line))
            raise InvalidStandards(said, place=_("{file}: 第{line}行").format(file=path, line=number))
    return [dict(zip(head, line, strict=True)) for line in lines]
