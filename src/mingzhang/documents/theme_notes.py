"""The faults of a theme as they are found, each with the line where its key stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.forms.pack_check.faults import Found

if TYPE_CHECKING:
    from mingzhang.forms.pack_check.sources import PackFile, Steps


class ThemeNotes(Found):
    """What was found so far in a theme's file."""

    def __init__(self, file: PackFile) -> None:
        """Take the theme's file."""
        super().__init__()
        self.file = file

    def error(self, path: Steps, message: str, hint: str = "", *, text: str = "", line: int = 0) -> None:
        """Note what must be mended; `text` is looked for below the key."""
        spot = self.file.at(path, text)
        self.note("error", msgspec.structs.replace(spot, line=line or spot.line), message, hint)

    def warning(self, path: Steps, message: str, hint: str = "", *, text: str = "") -> None:
        """Note what may be meant."""
        self.note("warning", self.file.at(path, text), message, hint)
