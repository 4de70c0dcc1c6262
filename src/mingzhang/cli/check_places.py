"""The annotated copy of a PDF that `mingzhang check` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding
    from mingzhang.readback.opening import Opened


def must_be_annotatable(file: Path, out: Path, *, fixing: bool) -> None:
    """Refuse, before anything is read, what has no annotated copy.

    Raises:
        Fault: the file is no PDF, the copy would replace it, or nothing is reported because the file is to be fixed.
    """
    from mingzhang.readback.doors import PDF, file_content  # noqa: PLC0415

    if fixing:
        raise Fault(_("--annotate 不能与 --fix 同用"), hint=_("请先写批注，再改正。"))
    if not file.is_file() or PDF not in file_content(file)[:1024]:
        raise Fault(_("--annotate 只用于一份 PDF 文件"), place=str(file))
    if out.exists() and out.samefile(file):
        raise Fault(_("批注副本不能覆盖原文件"), place=str(out), hint=_("请另取一个文件名。"))


def annotate_file(file: Path, given: Opened, out: Path, findings: Sequence[Finding], disclosure: Disclosure) -> None:
    """Write the annotated copy and say on standard error how many places were marked.

    Raises:
        UnwritableOutput: the copy cannot be written where it was asked for.
    """
    from mingzhang.documents.annotated import annotated  # noqa: PLC0415
    from mingzhang.documents.atomic import write_bytes  # noqa: PLC0415
    from mingzhang.readback.doors import file_content  # noqa: PLC0415

    content, count = annotated(file_content(file), findings, disclosure, given.boxes, given.lines)
    write_bytes(out, content)
    click.echo(_("已标出 {n} 处：{path}").format(n=count, path=out), err=True)
