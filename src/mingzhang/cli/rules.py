"""`mingzhang rules`: the list of rules, or one rule explained."""

from __future__ import annotations

import click

from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language, later


@click.command(help=_("列出审核规则；给出编号时说明这一条。"))
@click.argument("number", required=False)
def rules(*, number: str | None) -> None:
    """List the rules, or explain one."""
    from mingzhang.rules.catalogue import RULES  # noqa: PLC0415

    if number is None:
        for rule in RULES:
            click.echo(f"{rule.id}  {_(_SEVERITIES[rule.severity])}  {rule.en if language() == 'en' else rule.zh}")
        return
    found = next((r for r in RULES if r.id == number.upper()), None)
    if found is None:
        raise Fault(_("没有编号为 {id} 的规则").format(id=number), hint=_("用 mingzhang rules 查看全部规则。"))
    for line in found.explained():
        click.echo(line)


_SEVERITIES = {"error": later("错误"), "warning": later("警告"), "hint": later("提示")}
