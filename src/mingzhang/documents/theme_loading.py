"""Finding and loading themes: those that come with the program by name, one's own by its folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from mingzhang.documents.theme import STANDARD, Theme
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

FILE: Final = "theme.toml"
SHIPPED: Final = Path(__file__).parent / "themes"


class InvalidTheme(Fault):
    """A theme that documents cannot be made with."""


def theme_names() -> tuple[str, ...]:
    """List the themes that come with the program."""
    return tuple(sorted(p.parent.name for p in SHIPPED.glob(f"*/{FILE}")))


def theme_folder(name: str) -> Path:
    """Find a theme's folder by name, or by its path.

    Raises:
        InvalidTheme: there is no such theme.
    """
    if name in theme_names():
        return SHIPPED / name
    own = Path(name)
    if (own / FILE).is_file():
        return own
    if own.is_dir():
        raise InvalidTheme(_("文件夹里没有 {file}").format(file=FILE), place=name, hint=_USE)
    hint = _("可用的主题：{names}；自己的主题给出它的文件夹。").format(names=_("、").join(theme_names()))
    raise InvalidTheme(_("没有名为“{name}”的主题").format(name=name), hint=hint)


def load_theme(name: str) -> Theme:
    """Load a theme by name or folder, the standard one for "".

    Raises:
        InvalidTheme: there is no such theme, or it has an error; the first is told, with its file and line.
    """
    return _load(theme_folder(name)) if name else STANDARD


@cache
def _load(folder: Path) -> Theme:
    from mingzhang.documents.theme_checking import check_theme  # noqa: PLC0415 - not where the standard one serves

    found = check_theme(folder)
    if found.theme is None:
        first, more = found.faults[0], found.errors - 1
        hint = _("另有 {n} 处错误；").format(n=more) if more else ""
        hint += _("用 mingzhang theme check {folder} 看全部。").format(folder=folder)
        raise InvalidTheme(f"{first.message} {first.hint}".strip(), place=first.place, hint=hint)
    return found.theme


_USE: Final = "mingzhang theme init DIR"
