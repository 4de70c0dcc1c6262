"""Groups whose commands are imported when they are called, so that `--help` stays quick."""

from __future__ import annotations

import importlib
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from mingzhang.cli.help_text import Context
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.shell_completion import CompletionItem


class LazyGroup(click.Group):
    """A group of named commands: each knows where its function stands and the line that says what it does."""

    context_class = Context

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
        command.context_class = Context
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; of one that does not exist tell which may be meant.

        Raises:
            click.UsageError: there is no such command.
        """
        name = args[0]
        if name not in self.lazy and name[:1].isalnum() and not ctx.resilient_parsing:
            alike = get_close_matches(name.lower(), self.lazy)
            told = _("没有 {name} 这个命令。").format(name=name)
            raise click.UsageError(
                told + (_("是不是 {names}？").format(names=_("、").join(alike)) if alike else ""), ctx
            )
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete a command's name, importing none."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only for the shell

        found = [CompletionItem(n, help=_(line)) for n, (_where, line) in self.lazy.items() if n.startswith(incomplete)]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands with their one line, importing none."""
        with formatter.section(_("命令")):
            formatter.write_dl([(name, _(line)) for name, (_where, line) in self.lazy.items()])
