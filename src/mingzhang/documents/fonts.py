"""Which fonts a document is set in: a folder of the user's own first, then those that come with the program.

Only these are used, never the system's, so that the same document looks the same everywhere.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from pathlib import Path

    import typst

SONG: Final = "Noto Serif SC"
HEI: Final = "Noto Sans SC"

_KNOWN: Final[dict[str, tuple[str, ...]]] = {
    "title": ("小标宋", "xiaobiaosong", "fzxbs"),
    "fang": ("仿宋", "fangsong", "fandolfang", "fzfs"),
    "kai": ("楷", "kaiti", "fandolkai", "wenkai", "fzkt", "ukai"),
    "hei": ("黑体", "simhei", "fandolhei", "fzht"),
    "song": ("宋体", "simsun", "fandolsong", "fzss"),
}
"""Parts of family names, folded, by which a face is known."""

_log = logging.getLogger(__name__)


class FontSet(msgspec.Struct, frozen=True):
    """The family of each face: 仿宋 for text, 楷体, 小标宋 for titles, 黑体, 宋体."""

    fang: str = SONG
    kai: str = SONG
    title: str = SONG
    hei: str = HEI
    song: str = SONG


def shipped_folder() -> Path:
    """Give the folder of the fonts that come with the program."""
    import pylopdf_fonts_zh_cn  # noqa: PLC0415 - only where pages are set

    return pylopdf_fonts_zh_cn.serif_path().parent


@cache
def load_fonts(folder: Path | None, theme: Path | None = None) -> tuple[typst.Fonts, FontSet]:
    """Load fonts, once for each folder; faces that are not there fall back to 宋体 with a note in the log.

    `folder` is the user's own, `theme` the one that comes with a theme; what is in the first counts before the second.

    Raises:
        Fault: the folder is not there.
    """
    import typst  # noqa: PLC0415 - only where pages are set

    if folder is not None and not folder.is_dir():
        raise Fault(_("字体文件夹不存在"), place=str(folder), hint=_("请检查 fonts 设置。"))
    folders = [f for f in (folder, theme) if f is not None]
    found = {face: name for f in reversed(folders) for name in reversed(families_in(f)) for face in _faces(name)}
    for face, name in (("fang", later("仿宋")), ("kai", later("楷体"))):
        if face not in found:
            _log.info(_("没有{name}字体，以宋体代替；可将字体文件放入 fonts 文件夹").format(name=_(name)))
    song = found.get("song", SONG)
    faces = FontSet(**{"fang": song, "kai": song, "title": song, **found})
    paths = [*folders, shipped_folder()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths), faces


def families_in(folder: Path) -> tuple[str, ...]:
    """List the font families that the files of a folder hold."""
    import typst  # noqa: PLC0415 - only where pages are set

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    return tuple(sorted({font.family for font in fonts.fonts()}))


def _faces(family: str) -> tuple[str, ...]:
    """Give the face a family is, if it is one; 小标宋体 and 仿宋体 are no 宋体, so the first that fits counts."""
    plain = family.casefold().replace(" ", "").replace("_", "")
    return tuple(face for face, words in _KNOWN.items() if any(word in plain for word in words))[:1]
