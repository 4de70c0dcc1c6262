"""`mingzhang check`: every contradiction of a published file, with its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.cli.output import put
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.cli.settings import Settings
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding

_FILES = frozenset({"html", "xlsx", "docx"})
COLOURS = {"error": "red", "warning": "yellow", "hint": "cyan"}


@click.command(
    help=_(
        "检查公开文件，列出每处矛盾及其证据。没有错误时退出码为 0，有错误为 1，文件不能用为 2。给文件夹则逐份检查，报告写到 -o 文件夹。"
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "html", "xlsx", "docx"]),
    default="text",
    show_default=True,
    help=_("报告的格式：终端、JSON、SARIF、网页报告、问题清单（Excel）、整改通知（Word）"),
)
@click.option("--all", "everything", is_flag=True, help=_("也列出通过和无法判断的审核"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("输出文件（默认标准输出），或输出文件夹"))
@click.option("--jobs", type=click.IntRange(0), default=0, help=_("检查文件夹时用几个进程（默认每核一个）"))
@click.pass_obj
def check(settings: Settings, *, file: Path, form: str, everything: bool, output: Path | None, jobs: int) -> int:
    """Check one file, or the files of a folder."""
    if file.is_dir():
        from mingzhang.batch.works import check_one  # noqa: PLC0415
        from mingzhang.cli.many import run_folder  # noqa: PLC0415

        return run_folder(settings, file, output, check_one, {}, jobs)
    from mingzhang.readback.doors import read_file  # noqa: PLC0415
    from mingzhang.rules.engine import check as find_contradictions  # noqa: PLC0415

    if form in _FILES and output is None:
        raise Fault(_("{format} 报告要写到文件").format(format=form), hint=_("请用 -o 指定输出文件。"))
    disclosure = read_file(file)
    findings = find_contradictions(disclosure, everything=everything)
    if form == "text" and output is None:
        for line in _text(findings, disclosure):
            click.echo(_coloured(line))
    else:
        put(_report(findings, disclosure, form, file), output)
    return 1 if any(f.severity == "error" and f.outcome == "violated" for f in findings) else 0


def _text(findings: Sequence[Finding], disclosure: Disclosure) -> list[str]:
    from mingzhang.rules.reports import as_text  # noqa: PLC0415

    return as_text(findings, disclosure)


def _report(findings: Sequence[Finding], disclosure: Disclosure, form: str, file: Path) -> bytes:
    """Write findings in one of the forms; each is imported when it is asked for."""
    if form == "text":
        return "".join(f"{line}\n" for line in _text(findings, disclosure)).encode()
    if form == "json":
        from mingzhang.rules.reports import as_json  # noqa: PLC0415

        return as_json(findings)
    if form == "sarif":
        from mingzhang.rules.sarif import as_sarif  # noqa: PLC0415

        return as_sarif(findings, disclosure)
    if form == "xlsx":
        from mingzhang.documents.report_sheet import report_sheet  # noqa: PLC0415

        return report_sheet(findings, disclosure)
    if form == "docx":
        from mingzhang.documents.report_notice import report_notice  # noqa: PLC0415

        return report_notice(findings, disclosure)
    from mingzhang.documents.report_page import report_page  # noqa: PLC0415
    from mingzhang.readback.doors import lines_of  # noqa: PLC0415

    return report_page(findings, disclosure, lines_of(file)).encode()


def _coloured(line: str) -> str:
    for word, severity in ((_("错误"), "error"), (_("警告"), "warning"), (_("提示"), "hint")):
        if line.startswith(word):
            return click.style(word, fg=COLOURS[severity], bold=True) + line[len(word) :]
    return line
