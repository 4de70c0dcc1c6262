"""`mingzhang config`: every setting, its value, and where it came from."""

from __future__ import annotations

import click

from mingzhang.cli.settings import SETTINGS, Settings
from mingzhang.model.language import gettext as _


@click.command(help=_("显示各项设置的值与来源。"))
@click.pass_obj
def config(settings: Settings) -> None:
    """Print the settings."""
    for setting in SETTINGS:
        value = settings.values[setting.name]
        click.echo(f"{setting.name} = {value.value!r}  # {value.origin}；{_(setting.purpose)}")
