"""What is wrong with a form pack, told to its author: file, key and line, what is wrong, what to write instead."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

import msgspec

from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingzhang.forms.pack_check.sources import PackSources, Spot

Severity = Literal["error", "warning"]


class PackFault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to mend in a pack; an `error` makes wrong documents or none, a `warning` may be meant.

    `file` is as the author sees it, `key` the key within it (`columns[3]`, `paragraphs.totals.write[2]`, both counted
    from 1), `line` counts from 1 and is 0 where the key stands nowhere.
    """

    severity: Severity = "error"
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


class Found:
    """The faults found so far, each told once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[tuple[str, str, str], PackFault] = {}

    @property
    def faults(self) -> tuple[PackFault, ...]:
        """List what was found: errors first, then file by file from top to bottom."""
        return tuple(sorted(self._found.values(), key=lambda f: (f.severity != "error", f.file, f.line)))

    @property
    def broken(self) -> bool:
        """Tell whether there is an error."""
        return any(f.severity == "error" for f in self._found.values())

    def note(self, severity: Severity, spot: Spot, message: str, hint: str = "") -> None:
        """Note what is to be said of a spot."""
        fault = PackFault(severity=severity, file=spot.file, key=spot.key, line=spot.line, message=message, hint=hint)
        self._found.setdefault((fault.file, fault.key, message), fault)


class Notes(Found):
    """The faults found so far, with where they stand in a pack's files."""

    def __init__(self, sources: PackSources) -> None:
        """Take the files."""
        super().__init__()
        self.sources = sources

    def error(self, spot: Spot, message: str, hint: str = "") -> None:
        """Note what must be mended."""
        self.note("error", spot, message, hint)

    def warning(self, spot: Spot, message: str, hint: str = "") -> None:
        """Note what may be meant."""
        self.note("warning", spot, message, hint)


def instead(word: str, known: Iterable[str], *, most: int = 12) -> str:
    """Say what may be written instead of a word: the likeliest, else all there are if they are few."""
    words = [w for w in dict.fromkeys(known) if w]
    close = get_close_matches(word, words, n=2, cutoff=0.6)
    if close:
        return _("是不是“{names}”？").format(names=_("”或“").join(close))
    return _("可以写：{names}").format(names=_("、").join(words)) if len(words) <= most else ""
