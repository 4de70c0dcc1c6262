"""`mingzhang theme list`: the themes that come with the program."""

from __future__ import annotations

import click

from mingzhang.model.language import gettext as _
from mingzhang.model.language import language


@click.command("list", help=_("列出自带的主题。"))
def list_() -> None:
    """Print name, title and what a theme looks like."""
    from mingzhang.documents.theme_loading import load_theme, theme_names  # noqa: PLC0415

    for name in theme_names():
        theme = load_theme(name)
        if language() == "en":
            click.echo(f"{name}  {theme.title_en}")
        else:
            click.echo(f"{name}  {theme.title}：{theme.about}" if theme.about else f"{name}  {theme.title}")
