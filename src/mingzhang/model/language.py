"""The language of the program's own words: Chinese as written in the code, English through gettext."""

from __future__ import annotations

import gettext as _gettext
import os
from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[str, ...]] = get_args(Language)
CATALOGUES: Final = Path(__file__).parent.parent / "locale"

_chosen: _gettext.NullTranslations = _gettext.NullTranslations()
_language: Language = "zh"


def use_language(language: Language) -> None:
    """Choose the language of everything the program says from here on."""
    global _chosen, _language  # noqa: PLW0603 - one process speaks one language
    _language = language
    os.environ["LANGUAGE"] = language  # click speaks through the standard library's own domain
    _gettext.bindtextdomain("messages", str(CATALOGUES))
    _chosen = (
        _gettext.NullTranslations()
        if language == "zh"
        else _gettext.translation("mingzhang", CATALOGUES, languages=[language])
    )


def language() -> Language:
    """Give the language in use."""
    return _language


def gettext(message: str) -> str:
    """Say a message, written in Chinese in the code, in the language in use."""
    return _chosen.gettext(message)


@cache
def in_every_language(message: str) -> frozenset[str]:
    """Give a message in all languages, to know it again in what was stored."""
    others = (_gettext.translation("mingzhang", CATALOGUES, languages=[x], fallback=True) for x in LANGUAGES)
    return frozenset((message, *(other.gettext(message) for other in others)))


def later(message: str) -> str:
    """Mark a message of a table for the catalogue; `gettext` says it when it is shown."""
    return message
