"""`mingzhang check`: every contradiction of a published file, with its evidence."""

from __future__ import annotations

from pathlib import Path

import click

from mingzhang.cli.output import put
from mingzhang.model.language import gettext as _

COLOURS = {"error": "red", "warning": "yellow", "hint": "cyan"}


@click.command(help=_("检查公开文件，列出每处矛盾及其证据。没有错误时退出码为 0，有错误为 1，文件不能用为 2。"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help=_("报告的格式")
)
@click.option("--all", "everything", is_flag=True, help=_("也列出通过和无法判断的审核"))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=_("输出文件（默认标准输出）"))
def check(*, file: Path, form: str, everything: bool, output: Path | None) -> int:
    """Check one file."""
    from mingzhang.readback.doors import read_file  # noqa: PLC0415
    from mingzhang.rules.engine import check as find_contradictions  # noqa: PLC0415
    from mingzhang.rules.reports import as_json, as_text  # noqa: PLC0415

    disclosure = read_file(file)
    findings = find_contradictions(disclosure, everything=everything)
    if form == "json":
        put(as_json(findings), output)
    else:
        lines = as_text(findings, disclosure)
        if output is None:
            for line in lines:
                click.echo(_coloured(line))
        else:
            put("".join(f"{line}\n" for line in lines).encode(), output)
    return 1 if any(f.severity == "error" and f.outcome == "violated" for f in findings) else 0


def _coloured(line: str) -> str:
    for word, severity in ((_("错误"), "error"), (_("警告"), "warning"), (_("提示"), "hint")):
        if line.startswith(word):
            return click.style(word, fg=COLOURS[severity], bold=True) + line[len(word) :]
    return line
