"""`mingzhang diff`: what changed between two disclosures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.cli.output import put, tell_written
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.change import Change

_FILES = ("html", "docx")


@click.command(
    help=_(
        "比较两份公开文件（两个版本、两个年度，或文件与数据）：数字、文字、绩效表有哪些不同。相同退出码为 0，不同为 1。"
    )
)
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", *_FILES]),
    default="text",
    show_default=True,
    help=_("报告的格式：终端、JSON、网页、Word"),
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=_("输出文件（默认标准输出）"))
def diff(*, before: Path, after: Path, form: str, output: Path | None) -> int:
    """Compare two files."""
    from mingzhang.comparing.versions import changes  # noqa: PLC0415
    from mingzhang.readback.doors import read_file  # noqa: PLC0415

    if form == "docx" and output is None:
        raise Fault(_("{format} 报告要写到文件").format(format=form), hint=_("请用 -o 指定输出文件。"))
    left, right = read_file(before), read_file(after)
    found = changes(left, right)
    if form in _FILES:
        from mingzhang.documents.change_report import change_document, change_page  # noqa: PLC0415

        write = change_page if form == "html" else change_document
        put(write(found, left, right, (before.name, after.name)), output)
    else:
        _report(found, form, output)
    if output is not None:
        from mingzhang.documents.change_text import counted  # noqa: PLC0415

        tell_written(output, counted(found))
    return 1 if found else 0


def _report(found: Sequence[Change], form: str, output: Path | None) -> None:
    if form == "json":
        import msgspec  # noqa: PLC0415

        put(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n", output)
        return
    from mingzhang.documents.change_text import change_lines  # noqa: PLC0415

    text = "".join(f"{line}\n" for line in change_lines(found, (_("原为："), _("现为："))))
    if output is not None:
        put(text.encode(), output)
    else:
        click.echo(text, nl=False)
