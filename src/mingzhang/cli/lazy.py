"""Groups whose commands are imported when they are called, so that `--help` stays quick."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import click

from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(click.Group):
    """A group of named commands: each knows where its function stands and the line that says what it does."""

    def __init__(self, lazy: Mapping[str, tuple[str, str]], **settings: Any) -> None:
        """Take the commands by name in the order of listing: `module:function`, one line."""
        super().__init__(**settings)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """List the commands in their order."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in self.lazy:
            return None
        module, _sep, name = self.lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands with their one line, importing none."""
        with formatter.section(_("命令")):
            formatter.write_dl([(name, _(line)) for name, (_where, line) in self.lazy.items()])
