"""`mingzhang standards`: classifications by edition, and an office's own list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mingzhang.cli.lazy import LazyGroup
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from mingzhang.cli.settings import Settings

KINDS = ("functional", "dept_economic", "gov_economic", "revenue")

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "list": ("mingzhang.cli.standards:list_", later("列出已有的科目版本")),
    "import": ("mingzhang.cli.standards:import_", later("把本单位的科目表导入为一个版本")),
}


@click.group(cls=LazyGroup, lazy=COMMANDS, help=_("管理政府收支分类科目。"))
def standards() -> None:
    """Group the commands."""


@click.command(help=_("列出已有的科目版本。"))
def list_() -> None:
    """List the editions."""
    from mingzhang.forms.classifications import editions  # noqa: PLC0415

    for name in editions():
        click.echo(name)


@click.command(help=_("把本单位的科目表（CSV 或 Excel）导入为一个版本。"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--edition", required=True, help=_("版本名，一般是年份"))
@click.option("--kind", type=click.Choice(KINDS), default="functional", show_default=True, help=_("哪一套科目"))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("存放科目的文件夹（默认取设置 standards）"),
)
@click.pass_obj
def import_(settings: Settings, *, file: Path, edition: str, kind: str, output: Path | None) -> None:
    """Import a list."""
    from mingzhang.forms.standards_import import import_standards  # noqa: PLC0415

    folder = output or (Path(settings["standards"]) if settings["standards"] else None)
    if folder is None:
        raise Fault(_("没有说明存放在哪里"), hint=_('用 -o 文件夹，或在 mingzhang.toml 中写 standards = "文件夹"。'))
    import_standards(file, edition, folder, kind)
    click.echo(_("已导入版本 {edition}：{folder}").format(edition=edition, folder=folder), err=True)
