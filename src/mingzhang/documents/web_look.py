"""What a theme makes of a web page: the colours and faces that its style begins with, and the cover's picture inside it."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from mingzhang.documents.theme import STANDARD
from mingzhang.documents.theme_tree import FORMATS

if TYPE_CHECKING:
    from mingzhang.documents.theme import Theme

_MEDIA: Final = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}
_FACES: Final = {"title": "title", "body": "song", "strong": "hei"}
"""Which face of a theme is which of the page's."""


def look(theme: Theme) -> str:
    """Give the rule that sets the page's colours and faces where they are not the standard ones."""
    given, usual = theme.colours, STANDARD.colours
    names = ("ink", "accent", "faint", "hair", "tint", "band", "link")
    lines = {n: getattr(given, n) for n in names if getattr(given, n) != getattr(usual, n)}
    lines |= {name: web for face, name in _FACES.items() if (web := getattr(theme.faces, face).web)}
    draft = theme.phrases.draft.split()[0]
    if draft != STANDARD.phrases.draft.split()[0]:
        lines["mark"] = f'"{draft}"'
    return f".mz {{ {' '.join(f'--{k}: {v};' for k, v in lines.items())} }}\n" if lines else ""


@lru_cache(maxsize=8)
def emblem(theme: Theme) -> dict[str, Any] | None:
    """Give the cover's picture as the template takes it, its bytes in its address: a page is one file."""
    path = theme.emblem
    if path is None:
        return None
    media = _MEDIA[FORMATS[path.suffix.lower()]]
    return {
        "address": f"data:{media};base64,{b64encode(path.read_bytes()).decode()}",
        "words": theme.cover.emblem_words,
        "height": f"{theme.cover.emblem_height:g}",
    }
