"""`mingzhang template`: an empty workbook for a budget book, or a book as a workbook."""

from __future__ import annotations

from pathlib import Path

import click

from mingzhang.cli.output import tell_written
from mingzhang.model.language import gettext as _


@click.command(help=_("生成预算底册的 Excel 模板；给出 --book 时填入已有的底册。"))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help=_("写到哪个文件"))
@click.option("--pack", "pack_name", default="shanxi-2024", show_default=True, help=_("用于哪个表样包"))
@click.option("--book", "book_path", type=click.Path(path_type=Path), help=_("填入这本底册（JSON 或 Excel）"))
def template(*, output: Path, pack_name: str, book_path: Path | None) -> None:
    """Write the workbook."""
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415
    from mingzhang.intake.books import read_book  # noqa: PLC0415
    from mingzhang.intake.template import write_template  # noqa: PLC0415

    book = read_book(book_path) if book_path else None
    write_template(output, load_pack(book.pack if book else pack_name), book)
    tell_written(output)
