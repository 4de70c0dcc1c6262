"""`mingzhang render`: a stored disclosure typeset again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.cli.writers import USUAL, asked_formats, write_all
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from mingzhang.cli.settings import Settings


@click.command(help=_("由公开数据（JSON 或本程序的 Excel）排版 PDF、Excel。"))
@click.argument("disclosure", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help=_("输出文件夹"))
@click.option("--formats", default=",".join(USUAL), show_default=True, help=_("要哪些格式，用逗号分开"))
@click.option("--draft", is_flag=True, help=_("加盖草稿水印"))
@click.pass_obj
def render(settings: Settings, *, disclosure: Path, output: Path, formats: str, draft: bool) -> None:
    """Typeset one disclosure."""
    from mingzhang.readback.doors import read_file  # noqa: PLC0415

    wanted = asked_formats(formats)
    document = read_file(disclosure)
    for path in write_all(document, output, disclosure.stem, wanted, draft=draft, fonts=settings["fonts"]):
        click.echo(str(path))
