"""The faults of a theme as they are found, each with the line where its key stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.forms.pack_check.faults import PackFault

if TYPE_CHECKING:
    from mingzhang.forms.pack_check.faults import Severity
    from mingzhang.forms.pack_check.sources import PackFile, Steps


class ThemeNotes:
    """What was found so far, each told once."""

    def __init__(self, file: PackFile) -> None:
        """Take the theme's file."""
        self.file = file
        self._found: dict[tuple[str, str], PackFault] = {}

    @property
    def faults(self) -> tuple[PackFault, ...]:
        """List what was found: errors first, then from top to bottom."""
        return tuple(sorted(self._found.values(), key=lambda f: (f.severity != "error", f.file, f.line)))

    @property
    def broken(self) -> bool:
        """Tell whether there is an error."""
        return any(f.severity == "error" for f in self._found.values())

    def error(self, path: Steps, message: str, hint: str = "", *, text: str = "", line: int = 0) -> None:
        """Note what must be mended; `text` is looked for below the key."""
        self._note("error", path, message, hint, text, line)

    def warning(self, path: Steps, message: str, hint: str = "", *, text: str = "") -> None:
        """Note what may be meant."""
        self._note("warning", path, message, hint, text, 0)

    def _note(self, severity: Severity, path: Steps, message: str, hint: str, text: str, line: int) -> None:  # noqa: PLR0917
        spot = self.file.at(path, text)
        spot = msgspec.structs.replace(spot, line=line or spot.line)
        fault = PackFault(severity=severity, file=spot.file, key=spot.key, line=spot.line, message=message, hint=hint)
        self._found.setdefault((fault.key, message), fault)
