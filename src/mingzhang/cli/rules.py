"""`mingzhang rules`: the list of rules, one rule explained, or a file of settings looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language, later

if TYPE_CHECKING:
    from mingzhang.rules.sql.queries import Dialect

CHECK = "check"
SQL = "sql"
DIALECTS = ("duckdb", "postgres", "spark")


@click.command(
    help=_(
        "列出审核规则；给出编号时说明这一条。mingzhang rules check 文件：检查规则设置文件，说明哪个文件哪一项有误。mingzhang rules sql [编号或类别]：把等式规则写成 SQL，一次核对许多份文件；-o 文件夹 写成各条规则的文件。"
    )
)
@click.argument("number", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--count", is_flag=True, help=_("各类规则的条数；给出公开文件时，再数这份文件核对了多少处"))
@click.option(
    "--dialect",
    type=click.Choice(DIALECTS),
    default=DIALECTS[0],
    show_default=True,
    help=_("rules sql：哪种数据库的 SQL"),
)
@click.option(
    "--settings",
    "settings",
    type=click.Path(path_type=Path),
    help=_("rules sql：规则设置文件，其中的自定规则也写成 SQL"),
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("rules sql：写到这个文件夹"))
def rules(
    *, number: str | None, file: Path | None, count: bool, dialect: Dialect, settings: Path | None, output: Path | None
) -> None:
    """List the rules, explain one, look at a settings file, or write rules as SQL."""
    if number == SQL:
        from mingzhang.cli.rules_sql import write_sql  # noqa: PLC0415

        write_sql("" if file is None else str(file), dialect, settings, output)
        return
    if number == CHECK:
        _look_at(file)
        return
    if count:
        _count(None if number is None else Path(number))
        return
    from mingzhang.rules.catalogue import EVERY_RULE  # noqa: PLC0415

    if number is None:
        for rule in EVERY_RULE:
            click.echo(f"{rule.id}  {_(_SEVERITIES[rule.severity])}  {rule.en if language() == 'en' else rule.zh}")
        return
    found = next((r for r in EVERY_RULE if r.id == number.upper()), None)
    if found is None:
        raise Fault(_("没有编号为 {id} 的规则").format(id=number), hint=_("用 mingzhang rules 查看全部规则。"))
    for line in found.explained():
        click.echo(line)


def _look_at(file: Path | None) -> None:
    """Read a settings file and say what it holds; what is wrong with it is a fault."""
    from mingzhang.rules.settings import read_settings  # noqa: PLC0415

    if file is None:
        raise Fault(_("没有写明要检查的文件"), hint=_("mingzhang rules check 规则设置.toml"))
    found = read_settings(file)
    for rule in found.rules:
        text = _("{id}  {severity}  {sentence}（{authority}）")
        severity = _(_SEVERITIES[rule.severity])
        click.echo(text.format(id=rule.id, severity=severity, sentence=rule.sentence, authority=rule.authority))
    asked = len(found.chosen().rules)
    click.echo(
        _("{file}：可用。启用 {rules} 条规则，其中自定 {own} 条").format(file=file, rules=asked, own=len(found.rules))
    )


def _count(file: Path | None) -> None:
    """Count the rules by family, and what was compared in a document."""
    from collections import Counter  # noqa: PLC0415

    from mingzhang.rules.catalogue import EVERY_RULE, FAMILIES  # noqa: PLC0415

    families = Counter(r.id[0] for r in EVERY_RULE)
    for letter, name in FAMILIES.items():
        if families[letter]:
            click.echo(f"{letter}  {families[letter]:>3}  {_(name)}")
    sentences = len({r.zh for r in EVERY_RULE})
    click.echo(_("共 {rules} 条规则，{sentences} 句不同").format(rules=len(EVERY_RULE), sentences=sentences))
    if file is None:
        return
    from mingzhang.readback.doors import read_file  # noqa: PLC0415
    from mingzhang.rules.engine import check  # noqa: PLC0415

    found = check(read_file(file), everything=True)
    compared = sum(f.outcome in {"passed", "violated"} and len(f.evidence) > 1 for f in found)
    decided = len({f.rule for f in found if f.outcome != "undecided"})
    click.echo(
        _("{file}：核对等式 {identities} 处，{decided} 条规则有结论").format(
            file=file.name, identities=compared, decided=decided
        )
    )


_SEVERITIES = {"error": later("错误"), "warning": later("警告"), "hint": later("提示")}
