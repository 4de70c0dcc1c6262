"""Formulas that another program saved without their values: such a cell is not blank, its value is not yet computed."""

from __future__ import annotations

import re
import zipfile
from posixpath import join, normpath
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL: Final = re.compile(r"([A-Z]{1,3})(\d+)")


def uncomputed(path: Path) -> frozenset[tuple[str, int, int]]:
    """List the cells, by sheet, row and column from 0, that hold a formula and no value."""
    with zipfile.ZipFile(path) as archive:
        return frozenset(
            (name, *place) for name, part in _parts(archive) for place in _without_value(archive.read(part))
        )


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give the name of each sheet and of its part in the file."""
    related = {e.get("Id"): e.get("Target", "") for e in _tree(archive.read("xl/_rels/workbook.xml.rels"))}
    for sheet in _tree(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        part = normpath(join("/xl", related.get(sheet.get(_RELATION), ""))).lstrip("/")
        if part in archive.namelist():
            yield sheet.get("name", ""), part


def _without_value(content: bytes) -> Iterator[tuple[int, int]]:
    for cell in _tree(content).iter(f"{_MAIN}c"):
        value = cell.find(f"{_MAIN}v")
        found = _CELL.fullmatch(cell.get("r", ""))
        if found is not None and cell.find(f"{_MAIN}f") is not None and (value is None or not value.text):
            column = 0
            for letter in found[1]:
                column = column * 26 + ord(letter) - 64
            yield int(found[2]) - 1, column - 1


def _tree(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
