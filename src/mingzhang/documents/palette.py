"""The colours of charts: told apart by the colour-blind, and in grey, for each is a step lighter than the one before.

And those of reports, which have no theme.
"""

from __future__ import annotations

from typing import Final

import msgspec

from mingzhang.documents.colour_vision import contrast

_WHITE: Final = "#ffffff"


class Palette(msgspec.Struct, frozen=True):
    """Colours in the order in which they are given out, with the ink of letters and of rules that stand back."""

    colours: tuple[str, ...]
    ink: str
    faint: str

    def colour(self, n: int) -> str:
        """Give the colour of the n-th thing that is drawn."""
        return self.colours[n % len(self.colours)]

    def letters_on(self, n: int) -> str:
        """Give the colour of letters on the n-th colour: white or ink, whichever stands out more."""
        return max((_WHITE, self.ink), key=lambda letters: contrast(letters, self.colour(n)))


USUAL: Final = Palette(
    ("#14304f", "#7b2d26", "#2b6685", "#ad6329", "#7d9b76", "#d9b45b", "#c9d6df"), ink="#1b2430", faint="#4f5a66"
)
"""The colours of the standard theme."""

SEVERITY_COLOURS: Final = {"error": "#A11D1A", "warning": "#8A5A00", "hint": "#2F5D8A"}
"""Of words in reports on paper; the style of their web pages has the same."""
