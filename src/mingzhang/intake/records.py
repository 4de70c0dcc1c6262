"""Between a book's tree of plain values and the rows of the workbook's sheets, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.intake.columns import KEY, MONEY_UNIT, PARENT, PRESENT, VALUE, Sheet
from mingzhang.intake.sheets import SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.book import Book

_PARENTS: Final = "projects"


class Entry(msgspec.Struct, frozen=True):
    """One row of a sheet: its values by column, and the JSON pointer of each in the book."""

    sheet: Sheet
    values: dict[str, Any]
    pointers: dict[str, str]


def tree_of(book: Book) -> dict[str, Any]:
    """Spell a book as plain values, defaults included."""
    tree = _full(book)
    assert isinstance(tree, dict)
    return tree


def _full(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return {f: _full(getattr(value, f)) for f in value.__struct_fields__}
    if isinstance(value, tuple):
        return [_full(v) for v in value]
    return value


def entries(tree: dict[str, Any]) -> Iterator[Entry]:
    """List every row that a book has, sheet by sheet in the order of the workbook."""
    for sheet in SHEETS:
        yield from _ROWS[sheet.shape](tree, sheet)


def _records(tree: dict[str, Any], sheet: Sheet) -> Iterator[Entry]:
    found = _at(tree, sheet.at)
    values = {c.key: _at(found, c.key) for c in sheet.columns if not c.key.startswith("@")}
    if sheet.columns[0].key == PRESENT:
        values[PRESENT] = found is not None
    yield Entry(sheet, values, {c.key: _pointer(sheet.at, c.key) for c in sheet.columns})


def _list(tree: dict[str, Any], sheet: Sheet) -> Iterator[Entry]:
    for n, found in enumerate(_at(tree, sheet.at) or ()):
        yield _element(sheet, found, f"{sheet.at}/{n}")


def _nested(tree: dict[str, Any], sheet: Sheet) -> Iterator[Entry]:
    for p, parent in enumerate(tree[_PARENTS]):
        for n, found in enumerate(parent[sheet.at]):
            entry = _element(sheet, found, f"{_PARENTS}/{p}/{sheet.at}/{n}")
            entry.values[PARENT] = parent["id"]
            yield entry


def _map(tree: dict[str, Any], sheet: Sheet) -> Iterator[Entry]:
    for key, value in tree[sheet.at].items():
        pointer = _pointer(sheet.at, key)
        yield Entry(sheet, {KEY: key, VALUE: value}, {KEY: pointer, VALUE: pointer})


def _lines(tree: dict[str, Any], sheet: Sheet) -> Iterator[Entry]:
    for key in sheet.column(KEY).words.values():
        for n, text in enumerate(tree[sheet.at][key]):
            pointer = f"/{sheet.at}/{key}/{n}"
            yield Entry(sheet, {KEY: key, VALUE: text}, {KEY: pointer, VALUE: pointer})


_ROWS: Final = {"record": _records, "list": _list, "nested": _nested, "map": _map, "lines": _lines}


def _element(sheet: Sheet, found: Any, base: str) -> Entry:
    values = {c.key: _at(found, c.key) for c in sheet.columns if not c.key.startswith("@")}
    return Entry(sheet, values, {c.key: _pointer(base, c.key) for c in sheet.columns})


def _pointer(base: str, key: str) -> str:
    return "/" + "/".join(p for p in (base, "" if key.startswith("@") else key) if p)


def _at(tree: Any, path: str) -> Any:
    """Follow a path; None where it leads nowhere."""
    for step in path.split("/") if path else ():
        if isinstance(tree, list):
            tree = tree[int(step)]
        elif isinstance(tree, dict):
            tree = tree.get(step)
        else:
            return None
    return tree


class Builder:
    """Builds a book's tree from rows, one at a time, in the order of the sheets."""

    def __init__(self) -> None:
        """Begin with an empty tree."""
        self.tree: dict[str, Any] = {}
        self._parents: dict[str, int] = {}

    def add(self, sheet: Sheet, values: dict[str, Any]) -> dict[str, str] | None:
        """Put one row's values in (blank cells left out) and give their pointers.

        None if the row has no place: its parent is unknown, its key already taken, or its record not there.
        """
        inside = {k: v for k, v in values.items() if k not in {PARENT, PRESENT, MONEY_UNIT}}
        if sheet.shape == "map":
            return self._into_map(sheet, values)
        if sheet.shape == "lines":
            place = self.tree.setdefault(sheet.at, {}).setdefault(values[KEY], [])
            place.append(values[VALUE])
            pointer = f"/{sheet.at}/{values[KEY]}/{len(place) - 1}"
            return {KEY: pointer, VALUE: pointer}
        if sheet.columns[0].key == PRESENT and not values.get(PRESENT):
            return None if inside else {PRESENT: f"/{sheet.at}"}
        base = self._base(sheet, values)
        if base is None:
            return None
        for key, value in inside.items():
            _put(self.tree, _pointer(base, key).strip("/").split("/"), value)
        if sheet.key == _PARENTS:
            self._parents.setdefault(values["id"], len(self.tree[_PARENTS]) - 1)
        return {c.key: _pointer(base, c.key) for c in sheet.columns}

    def _into_map(self, sheet: Sheet, values: dict[str, Any]) -> dict[str, str] | None:
        found = self.tree.setdefault(sheet.at, {})
        if values[KEY] in found:
            return None
        found[values[KEY]] = values[VALUE]
        pointer = _pointer(sheet.at, values[KEY])
        return {KEY: pointer, VALUE: pointer}

    def _base(self, sheet: Sheet, values: dict[str, Any]) -> str | None:
        """Make room for one more row and give its path; None if there is nowhere to put it."""
        if sheet.shape == "record":
            if sheet.at:
                self.tree.setdefault(sheet.at, {})
            return sheet.at
        where, path = self.tree, sheet.at
        if sheet.shape == "nested":
            if values[PARENT] not in self._parents:
                return None
            path = f"{_PARENTS}/{self._parents[values[PARENT]]}/{sheet.at}"
            where = self.tree[_PARENTS][self._parents[values[PARENT]]]
        elif "/" in sheet.at:
            parent = sheet.at.split("/", 1)[0]
            if parent not in self.tree:
                return None
            where = self.tree[parent]
        place = where.setdefault(sheet.at.rsplit("/", 1)[-1], [])
        place.append([] if sheet.columns[0].key == "0" else {})
        return f"{path}/{len(place) - 1}"


def _put(tree: Any, way: list[str], value: Any) -> None:
    for step in way[:-1]:
        tree = tree[int(step)] if isinstance(tree, list) else tree.setdefault(step, {})
    if isinstance(tree, list):
        tree.append(value)
    else:
        tree[way[-1]] = value
