"""Where a command's data go: standard output, or a file that is whole or not there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from pathlib import Path


def put(content: bytes, output: Path | None) -> None:
    """Write data to a file, or to standard output byte for byte."""
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from mingzhang.documents.atomic import write_bytes  # noqa: PLC0415

    write_bytes(output, content)


def tell_written(output: Path | None, outcome: str = "") -> None:
    """Say on standard error that a file was written, and what came out; nothing where the data went to standard output."""
    if output is None:
        return
    told = _("已写好 {path}：{outcome}") if outcome else _("已写好 {path}")
    click.echo(told.format(path=output, outcome=outcome), err=True)
