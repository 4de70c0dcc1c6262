"""The fonts of a theme: can they be read, are the families there that its faces name, which characters are in them?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.documents.font_glyphs import UnreadableFont, characters_of
from mingzhang.documents.fonts import families_in, shipped_folder
from mingzhang.forms.pack_check.faults import instead
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

    from mingzhang.documents.theme import Theme
    from mingzhang.documents.theme_notes import ThemeNotes

ENDINGS: Final = {".ttf", ".otf", ".ttc", ".otc"}
_ROLES: Final = ("title", "body", "aside", "strong", "table")
_SHOWN: Final = 12
_FIGURES: Final = "0123456789.,-—%（）《》“”、。；：·"
"""What figures and sentences about money cannot do without."""


def check_fonts(notes: ThemeNotes, theme: Theme, *, thorough: bool) -> None:
    """Note families that are not there and files that are no fonts; if `thorough` also characters that are missing."""
    named = {role: own for role in _ROLES if (own := getattr(theme.faces, role).pdf)}
    if not named and (theme.fonts is None or not thorough):
        return
    there = {*families_in(shipped_folder()), *(families_in(theme.fonts) if theme.fonts else ())}
    for role, family in named.items():
        if family not in there:
            notes.error(
                ("faces", role, "pdf"),
                _("没有“{family}”这种字体").format(family=family),
                instead(family, sorted(there)) or _("把字体文件放进主题的 fonts 文件夹。"),
            )
    if thorough and theme.fonts is not None:
        for path in sorted(theme.fonts.iterdir()):
            _check_file(notes, path)


def _check_file(notes: ThemeNotes, path: Path) -> None:
    name = f"fonts/{path.name}"
    if path.suffix.lower() not in ENDINGS:
        if path.suffix.lower() in {".woff", ".woff2"}:
            notes.warning((), _("{name}：排版不能用网页字体").format(name=name), _("换成 TTF 或 OTF。"))
        return
    try:
        found = characters_of(path.read_bytes())
    except UnreadableFont as error:
        notes.error((), _("{name}：字体打不开（{why}）").format(name=name, why=error))
        return
    usual = usual_characters()
    lacking = [c for c in (*_FIGURES, *usual) if ord(c) not in found]
    if lacking:
        shown = "".join(lacking[:_SHOWN])
        notes.warning(
            (),
            _("{name}：缺 {n} 个常用字（{shown}…），这些字以宋体代替").format(name=name, n=len(lacking), shown=shown),
            _("常用字指国家标准一级汉字 {n} 个和数字标点。").format(n=len(usual)),
        )


def usual_characters() -> str:
    """Give the characters of the first level of GB 2312, in its order."""
    rows = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(r.decode("gb2312", "ignore") for r in rows)
