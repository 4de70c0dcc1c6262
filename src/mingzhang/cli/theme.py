"""`mingzhang theme`: the commands of those who design how documents look."""

from __future__ import annotations

from typing import Final

import click

from mingzhang.cli.lazy import LazyGroup
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "list": ("mingzhang.cli.theme_list:list_", later("列出自带的主题")),
    "init": ("mingzhang.cli.theme_init:init", later("写出一个带说明的主题，供修改")),
    "check": ("mingzhang.cli.theme_check:check", later("检查主题，逐条指出要改的地方")),
}


@click.group(cls=LazyGroup, lazy=COMMANDS, help=_("版式主题：封面、书眉、颜色、字体和字样。"))
def theme() -> None:
    """Group the commands."""
