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
@click.option(
    "--compare",
    "earlier",
    type=click.Path(path_type=Path),
    help=_("较早的版本（能读的任何格式）：与它不同的地方在 Word 文件里显示为修订"),
)
@click.option("--theme", metavar="THEME", help=_("版式主题：名称（mingzhang theme list）或文件夹；不写则用设置里的"))
@click.option("--draft", is_flag=True, help=_("加盖草稿水印"))
@click.pass_obj
def render(
    settings: Settings,
    *,
    disclosure: Path,
    output: Path,
    formats: str,
    earlier: Path | None,
    theme: str | None,
    draft: bool,
) -> None:
    """Typeset one disclosure."""
    from mingzhang.readback.doors import read_file  # noqa: PLC0415

    wanted = asked_formats(formats)
    document = read_file(disclosure)
    before = read_file(earlier) if earlier is not None else None
    stem = disclosure.stem
    look = settings["theme"] if theme is None else theme
    written = write_all(
        document, output, stem, wanted, draft=draft, fonts=settings["fonts"], earlier=before, theme=look
    )
    for path in written:
        click.echo(str(path))
