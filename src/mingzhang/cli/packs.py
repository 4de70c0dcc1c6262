"""`mingzhang packs`: which forms can be read and compiled; `mingzhang pack`: the commands of those who write forms."""

from __future__ import annotations

from typing import Final

import click

from mingzhang.cli.lazy import LazyGroup
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "init": ("mingzhang.cli.pack_init:init", later("由空白表样起草新一版的表样包")),
    "check": ("mingzhang.cli.pack_check:check", later("检查表样包能否编制、读回，逐条指出要改的地方")),
}


@click.group(cls=LazyGroup, lazy=COMMANDS, help=_("检查、起草表样包。"))
def pack() -> None:
    """Group the commands."""


@click.command(help=_("列出可用的表样包。"))
def packs() -> None:
    """List the packs with place, years and number of tables."""
    from mingzhang.forms.packs import all_packs  # noqa: PLC0415

    for form in all_packs():
        years = _("、").join(str(y) for y in form.years)
        click.echo(
            _("{id}：{place} {years} 年，{tables} 张表").format(
                id=form.id, place=form.place, years=years, tables=len(form.tables)
            )
        )
