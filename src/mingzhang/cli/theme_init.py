"""`mingzhang theme init`: a theme to begin with, every key explained."""

from __future__ import annotations

from pathlib import Path

import click

from mingzhang.cli.pack_init import must_be_new
from mingzhang.model.language import gettext as _


@click.command(help=_("在新文件夹里写出一个主题，每个键都有说明；改好后用 theme check 检查。"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--from", "base", default="standard", show_default=True, help=_("从哪个主题开始（mingzhang theme list）"))
def init(*, folder: Path, base: str) -> None:
    """Write the folder."""
    from mingzhang.documents.atomic import make_folder, write_bytes  # noqa: PLC0415
    from mingzhang.documents.theme_loading import FILE, theme_folder  # noqa: PLC0415
    from mingzhang.documents.theme_writing import starting_theme  # noqa: PLC0415

    must_be_new(folder)
    content = starting_theme(theme_folder(base))
    make_folder(folder)
    write_bytes(folder / FILE, content.encode())
    click.echo(str(folder / FILE))
    click.echo(_("改好后：mingzhang theme check {folder}").format(folder=folder), err=True)
