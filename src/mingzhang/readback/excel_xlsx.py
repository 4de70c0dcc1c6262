"""The sheets of an .xlsx workbook, read from its parts: numbers from their own digits, formats, merges, what is hidden.

Formulas are not worked out, links are not followed and macros stay where they are.
"""

from __future__ import annotations

import io
import posixpath
import re
from decimal import InvalidOperation
from typing import TYPE_CHECKING, Final

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.readback.excel_formats import BUILT_IN
from mingzhang.readback.excel_sheets import Area, Grid, Number, Spot, exact
from mingzhang.readback.limits import MAX_SHEET_COLUMNS, MAX_SHEETS, MAX_WORKBOOK_CELLS
from mingzhang.readback.packed import parts_of, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

BOOK: Final = "xl/workbook.xml"
_RELATION: Final = re.compile(r"\{[^}]*\}id$")
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def is_workbook(parts: Sequence[str]) -> bool:
    """Tell whether the parts of a packed file are those of an .xlsx workbook (or .xlsm, .et saved so)."""
    return any(p.lstrip("/") == BOOK for p in parts)


def sheet_names(content: bytes, name: str) -> tuple[str, ...]:
    """Give the names of a workbook's sheets, hidden ones too.

    Raises:
        UnreadableInput: it is damaged, locked, or unpacks to too much.
    """
    parts_of(content, name)
    return tuple(s.get("name") or "" for s in _below(_parsed(content, BOOK, name), "sheet"))


def read_grids(content: bytes, name: str) -> tuple[Grid, ...]:
    """Read every sheet of a workbook.

    Raises:
        UnreadableInput: it is damaged, locked, or holds too much.
    """
    parts = set(parts_of(content, name))
    book = _parsed(content, BOOK, name)
    sheets = list(_below(book, "sheet"))
    if len(sheets) > MAX_SHEETS:
        raise UnreadableInput(_("工作表过多"), place=name)
    targets = _targets(content, name, parts)
    strings = _strings(content, name, parts)
    formats = _formats(content, name, parts)
    grids, left = [], MAX_WORKBOOK_CELLS
    for sheet in sheets:
        link = next((v for k, v in sheet.attrib.items() if _RELATION.search(str(k))), "")
        part = targets.get(str(link), "")
        if part not in parts or "worksheets/" not in part:
            continue  # a chart or a macro sheet
        title = sheet.get("name") or ""
        reader = _SheetReader(f"{name}: {title}", strings, formats, left)
        grids.append(
            reader.read(unpacked(content, part, name), title, hidden=sheet.get("state", "visible") != "visible")
        )
        left -= len(grids[-1].cells)
    return tuple(grids)


class _SheetReader:
    """Reads one sheet part as a stream, so that a long one takes no more memory than what it holds."""

    def __init__(self, place: str, strings: Sequence[str], formats: Sequence[str], most: int) -> None:
        self._place, self._strings, self._formats, self._most = place, strings, formats, most
        self._cells: dict[Spot, str | Number] = {}
        self._merged: list[Area] = []
        self._rows: set[int] = set()
        self._columns: set[int] = set()
        self._unsolved: list[Spot] = []
        self._zeros = True
        self._at = -1, -1

    def read(self, part: bytes, title: str, *, hidden: bool) -> Grid:
        from lxml import etree  # noqa: PLC0415 - heavy, and only here

        source = io.BytesIO(part)
        try:
            for event, element in etree.iterparse(
                source, ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
            ):
                self._seen(event, element)
        except etree.XMLSyntaxError as error:
            raise UnreadableInput(_("工作表已损坏，无法读取"), place=self._place) from error
        return Grid(
            title, self._cells, tuple(self._merged), hidden, frozenset(self._rows), frozenset(self._columns),
            self._zeros, tuple(self._unsolved),
        )  # fmt: skip

    def _seen(self, event: str, element: Element) -> None:
        kind = _kind(element)
        if event == "start":
            if kind == "row":
                number = element.get("r") or ""
                self._at = (int(number) - 1 if number.isdigit() else self._at[0] + 1), -1
                if element.get("hidden") in {"1", "true"}:
                    self._rows.add(self._at[0])
            return
        if kind == "c":
            self._cell(element)
        elif kind == "row":
            element.clear()
        elif kind == "mergeCell":
            self._merge(element.get("ref") or "")
        elif kind == "col" and element.get("hidden") in {"1", "true"}:
            first, last = int(element.get("min") or 1), int(element.get("max") or 1)
            self._columns.update(range(first - 1, min(last, MAX_SHEET_COLUMNS)))
        elif kind == "sheetView" and element.get("showZeros") in {"0", "false"}:
            self._zeros = False

    def _cell(self, element: Element) -> None:
        spot = _spot(element.get("r") or "") or (self._at[0], self._at[1] + 1)
        self._at = spot
        value = self._value(element, spot)
        if value is None or value == "":
            return
        if spot[1] >= MAX_SHEET_COLUMNS:
            raise UnreadableInput(_("工作表过宽（超过 {most} 列）").format(most=MAX_SHEET_COLUMNS), place=self._place)
        self._cells[spot] = value
        if len(self._cells) > self._most:
            raise UnreadableInput(_("工作表内容过多"), place=self._place)

    def _value(self, element: Element, spot: Spot) -> str | Number | None:
        kind = element.get("t") or "n"
        found = next((e for e in element if _kind(e) == "v"), None)
        text = (found.text or "") if found is not None else ""
        if kind == "inlineStr":
            return _text(element)
        if not text:
            if any(_kind(e) == "f" for e in element):
                self._unsolved.append(spot)
            return None
        if kind == "s":
            return self._strings[int(text)] if text.isdigit() and int(text) < len(self._strings) else None
        if kind in {"str", "e", "d", "b"}:
            return _unescaped(text)
        return self._number(element, text)

    def _number(self, element: Element, text: str) -> str | Number:
        style = element.get("s") or "0"
        code = self._formats[int(style)] if style.isdigit() and int(style) < len(self._formats) else ""
        try:
            value = exact(text)
        except InvalidOperation:
            return text
        return Number(value, code) if value.is_finite() else text

    def _merge(self, reference: str) -> None:
        first, _colon, last = reference.partition(":")
        one, other = _spot(first), _spot(last or first)
        if one is not None and other is not None and one[1] < MAX_SHEET_COLUMNS:
            self._merged.append((*one, other[0], min(other[1], MAX_SHEET_COLUMNS - 1)))


def _targets(content: bytes, name: str, parts: set[str]) -> dict[str, str]:
    """Give the parts that the workbook's relations lead to."""
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in parts:
        return {}
    out = {}
    for found in _below(_parsed(content, relations, name), "Relationship"):
        target = found.get("Target") or ""
        if found.get("TargetMode") != "External":
            out[found.get("Id") or ""] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return out


def _strings(content: bytes, name: str, parts: set[str]) -> list[str]:
    part = next((p for p in parts if p.lower() == "xl/sharedstrings.xml"), None)
    return [_text(e) for e in _below(_parsed(content, part, name), "si")] if part is not None else []


def _formats(content: bytes, name: str, parts: set[str]) -> list[str]:
    """Give the number format of each style of a cell, "" for General."""
    if "xl/styles.xml" not in parts:
        return []
    root = _parsed(content, "xl/styles.xml", name)
    own = {e.get("numFmtId"): e.get("formatCode") or "" for e in _below(root, "numFmt")}
    cells = next(_below(root, "cellXfs"), None)
    numbers = [e.get("numFmtId") or "0" for e in cells if _kind(e) == "xf"] if cells is not None else []
    return [own.get(n, BUILT_IN.get(int(n), "") if n.isdigit() else "") for n in numbers]


def _text(element: Element) -> str:
    """Join the runs of a rich text; how it is pronounced (`rPh`) is left out."""
    texts = (
        t.text or ""
        for t in element.iter()
        if _kind(t) == "t" and not any(_kind(a) == "rPh" for a in t.iterancestors())
    )
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


def _parsed(content: bytes, part: str, name: str) -> Element:
    from lxml import etree  # noqa: PLC0415 - heavy, and only here

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(unpacked(content, part, name), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableInput(_("Excel 工作簿已损坏，无法读取"), place=name) from error


def _below(element: Element, kind: str) -> Iterator[Element]:
    return (e for e in element.iter() if _kind(e) == kind)


def _kind(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _spot(name: str) -> Spot | None:
    found = _CELL.fullmatch(name)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
