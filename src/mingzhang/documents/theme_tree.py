"""A theme as the typesetter's template takes it: plain values, and the cover's picture by its bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    from mingzhang.documents.theme import Theme

FORMATS: Final = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".svg": "svg"}
"""The pictures a cover may have, by the end of their names."""

_ROLES: Final = {"title": "title", "body": "fang", "aside": "kai", "strong": "hei", "table": "song"}
"""What is set in a face, and the face as the template names it."""


@lru_cache(maxsize=8)
def theme_tree(theme: Theme) -> dict[str, Any]:
    """Give a theme's colours, sizes, phrases, layout and picture."""
    tree = {k: msgspec.to_builtins(getattr(theme, k)) for k in ("colours", "sizes", "phrases", "cover")}
    path = theme.emblem
    content = path.read_bytes() if path is not None else b""
    form = FORMATS.get(path.suffix.lower(), "") if path is not None else ""
    tree["emblem"] = {
        "bytes": list(content) if form != "svg" else [],
        "svg": content.decode() if form == "svg" else "",
        "format": form,
        "words": theme.cover.emblem_words,
        "height": theme.cover.emblem_height,
    }
    return tree


def chosen_families(theme: Theme) -> dict[str, str]:
    """Give the families that a theme sets faces in, by the face as the template names it."""
    return {face: own for role, face in _ROLES.items() if (own := getattr(theme.faces, role).pdf)}
