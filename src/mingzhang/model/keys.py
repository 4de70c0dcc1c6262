"""The spelling of keys, and of official names compared with what was printed.

Names in keys lose white space and line breaks and nothing else: slips of the pen stay (contract `tables.md`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SPACE: Final = re.compile(r"\s+")
_LEVELS: Final = {3: 1, 5: 2, 7: 3}
_PUNCTUATION: Final = str.maketrans(
    {"（": "(", "）": ")", "：": ":", "，": ",", "；": ";", "“": '"', "”": '"', "‘": "'", "’": "'", "〔": "[", "〕": "]",
     "【": "[", "】": "]", "％": "%", "－": "-", "—": "-", "．": "."}
)  # fmt: skip
_SINGLE: Final = str.maketrans("“”", "‘’")


def tidy(name: str) -> str:
    """Spell a printed name as a key: white space removed, nothing else changed."""
    return _SPACE.sub("", name)


def folded(text: str) -> str:
    """Fold widths, brackets, quotes and white space, to compare a printed text with an official one."""
    return unicodedata.normalize("NFKC", tidy(text).translate(_PUNCTUATION))


def nested(text: str) -> str:
    """Make a printed text's quotation marks single, to stand between double ones (GB/T 15834)."""
    return text.translate(_SINGLE)


def numbered(keys: Iterable[str]) -> Iterator[str]:
    """Number keys that come again in the order of print: `a`, `a#2`, `a#3`."""
    seen: dict[str, int] = {}
    for key in keys:
        count = seen[key] = seen.get(key, 0) + 1
        yield key if count == 1 else f"{key}#{count}"


def joined_code(*parts: str) -> str:
    """Join a code printed in one cell or in three, wide digits as narrow ones, never repairing it: `201`, `06`, `01` → `2010601`."""
    return "".join(unicodedata.normalize("NFKC", tidy(p)).replace("|", "") for p in parts)


def code_level(code: str) -> int | None:
    """Give the level of a functional code by its length: 1 类, 2 款, 3 项; None for any other length."""
    return _LEVELS.get(len(code)) if code.isdigit() else None
