"""The picture on a theme's cover: is it there, small enough, sharp enough, and of a kind that every format can show?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mingzhang.documents.theme_tree import FORMATS
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from PIL.Image import Image

    from mingzhang.documents.theme import Theme
    from mingzhang.documents.theme_notes import ThemeNotes

LARGEST: Final = 500_000
"""Bytes: the picture is inside every document."""

MOST_PIXELS: Final = 4_000_000
SHARP: Final = 150
"""Pixels an inch, below which a picture shows its points on paper."""

_KEY: Final = ("cover", "emblem")
_MODES: Final = {"RGB", "RGBA", "L", "LA", "P", "1"}
_UNSAFE: Final = re.compile(
    r"<\s*(script|foreignObject|image|text|animate\w*|set)\b|\bon\w+\s*=|(?:href|src)\s*=\s*[\"'](?!#)|<!ENTITY|@import|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)


def check_picture(notes: ThemeNotes, theme: Theme) -> None:
    """Note what is wrong with the picture; nothing where the theme has none."""
    path = theme.emblem
    if path is None:
        return
    if not path.resolve().is_relative_to(Path(theme.folder).resolve()):
        notes.error(_KEY, _("图片要放在主题的文件夹里"))
    elif not path.is_file():
        notes.error(_KEY, _("没有这个图片：{name}").format(name=theme.cover.emblem))
    elif path.suffix.lower() not in FORMATS:
        notes.error(_KEY, _("不能用 {kind} 图片").format(kind=path.suffix or "?"), _("可用 PNG、JPEG 或 SVG。"))
    elif path.stat().st_size > LARGEST:
        size = path.stat().st_size // 1000
        notes.error(
            _KEY, _("图片有 {size} KB，太大").format(size=size), _("最大 {most} KB。").format(most=LARGEST // 1000)
        )
    elif FORMATS[path.suffix.lower()] == "svg":
        _check_drawing(notes, path)
    else:
        _check_points(notes, path, theme.cover.emblem_height)
    if not theme.cover.emblem_words.strip():
        notes.error(
            ("cover", "emblem_words"),
            _("图片没有文字说明，看不见的人不知道是什么"),
            _("写明图上是什么，例如“单位徽标”。"),
        )


def _check_drawing(notes: ThemeNotes, path: Path) -> None:
    from lxml import etree  # noqa: PLC0415 - heavy, and only for a picture

    try:
        content = path.read_text(encoding="utf-8")
        root = etree.fromstring(content.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except (UnicodeDecodeError, etree.XMLSyntaxError) as error:
        notes.error(_KEY, _("图片打不开：{why}").format(why=error))
        return
    if etree.QName(root).localname != "svg":
        notes.error(_KEY, _("图片打不开：{why}").format(why=_("不是 SVG")))
    elif root.get("viewBox") is None:
        notes.error(_KEY, _("SVG 没有 viewBox，各种格式里大小会不一样"))
    elif found := _UNSAFE.search(content):
        notes.error(
            _KEY,
            _("SVG 里不能有 {what}").format(what=found[0].strip()),
            _("文字转成轮廓；不用脚本、动画、外部文件和嵌入的图片。"),
        )


def _check_points(notes: ThemeNotes, path: Path, height: float) -> None:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - heavy, and only for a picture

    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                message = _("图片有 {wide}×{high} 点，太大").format(wide=picture.width, high=picture.height)
                notes.error(_KEY, message, _("最多 {most} 万点。").format(most=MOST_PIXELS // 10_000))
                return
            picture.load()
            _check_colour(notes, picture)
            sharp = picture.height * 25.4 / height
            frames = getattr(picture, "n_frames", 1)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        notes.error(_KEY, _("图片打不开：{why}").format(why=error))
        return
    if frames > 1:
        notes.error(_KEY, _("会动的图片不能印"))
    if sharp < SHARP:
        message = _("印出来只有每英寸 {sharp:.0f} 点，会看出锯齿").format(sharp=sharp)
        notes.warning(_KEY, message, _("至少 {least} 点；或把 emblem_height 改小，或用 SVG。").format(least=SHARP))


def _check_colour(notes: ThemeNotes, picture: Image) -> None:
    """See that the colours are those of screens: what is mixed for a press looks different in every program."""
    if picture.mode not in _MODES:
        notes.error(_KEY, _("图片是 {mode} 色彩，不是 sRGB").format(mode=picture.mode), _("转成 sRGB（8 位）再存。"))
    profile = picture.info.get("icc_profile", b"")
    if profile and b"sRGB" not in profile and b"s\0R\0G\0B" not in profile:
        notes.error(_KEY, _("图片带的色彩描述不是 sRGB"), _("转成 sRGB 再存，或去掉色彩描述。"))
