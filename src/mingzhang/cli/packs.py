"""`mingzhang packs`: which forms can be read and compiled."""

from __future__ import annotations

import click

from mingzhang.model.language import gettext as _


@click.command(help=_("列出可用的表样包。"))
def packs() -> None:
    """List the packs with place, years and number of tables."""
    from mingzhang.forms.packs import all_packs  # noqa: PLC0415

    for pack in all_packs():
        years = _("、").join(str(y) for y in pack.years)
        click.echo(
            _("{id}：{place} {years} 年，{tables} 张表").format(
                id=pack.id, place=pack.place, years=years, tables=len(pack.tables)
            )
        )
