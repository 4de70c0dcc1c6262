"""What is wrong with a form pack, told to its author: file, key and line, what is wrong, what to write instead."""

from __future__ import annotations

from typing import Literal

import msgspec


class PackFault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to mend in a pack; an `error` makes wrong documents, a `warning` may be meant.

    `file` is as the author sees it, `key` the key within it (`columns[3]`, `paragraphs.totals.write[2]`), `line` counts
    from 1 and is 0 where the key stands nowhere.
    """

    severity: Literal["error", "warning"] = "error"
    file: str
    key: str = ""
    line: int = 0
    message: str
    hint: str = ""

    @property
    def place(self) -> str:
        """Give file, line and key in the way editors jump to."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} {self.key}".rstrip()
