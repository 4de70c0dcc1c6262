"""`mingzhang rules sql`: declared rules written as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.sql.queries import Dialect

SCHEMA = "schema.sql"


def write_sql(wanted: str, dialect: Dialect, settings: Path | None, folder: Path | None) -> None:
    """Print the relations and the queries of rules, or write one file each; say which rules stay with the program.

    Raises:
        Fault: nothing is called so, or the extra is not installed.
    """
    rules = _rules(wanted, settings)
    try:
        from mingzhang.rules.sql.queries import compiled, schema, written  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise Fault(_("没有安装 sqlglot"), hint=_("装上后可用：pip install 'mingzhang[sql]'")) from error
    files = {SCHEMA: "".join(f"{statement};\n" for statement in schema(dialect))}
    left: list[tuple[Rule, str]] = []
    for rule in rules:
        found = compiled(rule)
        if found.verdicts is None:
            left.append((rule, found.reason))
        else:
            files[f"{rule.id}.sql"] = f"-- {rule.id} {rule.sentence}\n{written(found.verdicts, dialect)};\n"
    if folder is None:
        click.echo("\n".join(files.values()), nl=False)
    else:
        from mingzhang.documents.atomic import make_folder, write_bytes  # noqa: PLC0415

        make_folder(folder)
        for name, content in files.items():
            write_bytes(folder / name, content.encode())
    said = _("写成 SQL 的规则：{n} 条").format(n=len(files) - 1)
    click.echo(said if folder is None else _("{said}，在 {folder}").format(said=said, folder=folder), err=True)
    _tell_left(left)


def _rules(wanted: str, settings: Path | None) -> tuple[Rule, ...]:
    """Choose rules by number or family, those of a settings file with them."""
    from mingzhang.rules.settings import from_flags, read_settings, settled  # noqa: PLC0415

    file = None if settings is None else read_settings(settings)
    own = () if file is None else file.rules
    if wanted and wanted.upper() in {r.id for r in own}:
        return tuple(r for r in own if r.id == wanted.upper())
    return settled(from_flags((wanted,) if wanted else (), (), ()), file).chosen().of("document")


def _tell_left(left: Sequence[tuple[Rule, str]]) -> None:
    """Name the rules that are no queries, those of one reason together."""
    reasons: dict[str, list[str]] = {}
    for rule, reason in left:
        reasons.setdefault(reason, []).append(rule.id)
    for reason, ids in reasons.items():
        said = _("仍由程序审核（{reason}）：{ids}").format(reason=reason, ids=" ".join(ids))
        click.echo(said, err=True)
