"""What sheets and columns of the workbook of a budget book are."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

Kind = Literal["id", "ref", "code", "words", "key", "tags", "money", "count", "name", "text", "value", "json", "names"]
"""What a cell holds: `key` is a list that may be added to, `value` a text that must not be a number, `name` one line,
`names` several."""

Shape = Literal["record", "list", "nested", "map", "lines"]
"""How a sheet lies in a book: one record, a list, a list inside each parent, a mapping, or lists of texts by heading."""

MONEY_UNIT: Final = "@money_unit"
PARENT: Final = "@parent"
KEY: Final = "@key"
VALUE: Final = "@value"
PRESENT: Final = "@present"


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column, or one line of a record: its path in the fact, its heading, and what may stand there.

    `of` names the classification of a code or the sheet a reference points into. An `optional` column may be missing.
    """

    key: str
    heading: str
    kind: Kind = "name"
    help: str = ""
    width: int = 14
    words: dict[str, Any] = {}
    of: str = ""
    required: bool = False
    optional: bool = False


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sheet: where its facts lie in the book (`at`), how, and its columns."""

    key: str
    title: str
    shape: Shape
    at: str
    note: str
    columns: tuple[Column, ...]
    optional: bool = False

    def column(self, key: str) -> Column:
        """Find a column by its path.

        Raises:
            KeyError: there is no such column.
        """
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)
