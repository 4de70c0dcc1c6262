"""What a workbook's sheets show, cell by cell: text as it stands, numbers as their plain digits."""

from __future__ import annotations

from mingzhang.model.workbook import REST, cell_name
from mingzhang.readback.excel_sheets import Number
from mingzhang.readback.excel_xlsx import read_grids


def cells_shown(content: bytes, name: str) -> dict[str, dict[str, str | None]]:
    """Give the cells of every sheet of an .xlsx workbook but those of our hidden one; None where a formula has no result.

    Raises:
        UnreadableInput: it is damaged, locked, or holds too much.
    """
    found: dict[str, dict[str, str | None]] = {}
    for grid in read_grids(content, name):
        if grid.name != REST:
            cells = {cell_name(*spot): _text(value) for spot, value in grid.cells.items()}
            found[grid.name] = {c: t for c, t in cells.items() if t} | {
                cell_name(*spot): None for spot in grid.unsolved
            }
    return found


def _text(value: str | Number) -> str:
    return f"{value.value.normalize():f}" if isinstance(value, Number) else value.replace("\r\n", "\n")
