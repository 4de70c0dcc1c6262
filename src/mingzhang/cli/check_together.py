"""`mingzhang check DIR --engine sql`: the rules that are equalities, asked of all files of a folder together."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mingzhang.cli.output import put
from mingzhang.cli.progress import progress_bar
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from mingzhang.batch.outcomes import Outcome
    from mingzhang.cli.settings import Settings

FORMS: Final = {"text": ".txt", "json": ".json"}
"""The reports that hold many documents, and how their files end."""

_READ, _LOTS, _FOUND = "read", ".lots", ".found"
"""Folders in the output: what was read, lists of it in lots, and what was found in each."""


def check_together(  # noqa: PLR0917 - what, by what, how
    settings: Settings, folder: Path, wish: dict[str, str], form: str, output: Path | None, jobs: int
) -> int:
    """Check the files of a folder by declared rules alone; exit status as that of `check`.

    An output without an ending is a folder: what was read and found is kept there, and a run that was stopped goes on.

    Raises:
        Fault: the form is not one of those that hold many documents, the folder has no files, or the extra is missing.
    """
    if form not in FORMS:
        raise Fault(_("--engine sql 的报告是 text 或 json"), hint=_("其他格式请不用 --engine。"))
    try:
        from mingzhang.rules.sql.findings import found_together  # noqa: F401, PLC0415 - an extra
        from mingzhang.rules.sql.screening import must_be_installed  # noqa: PLC0415

        must_be_installed()
    except ModuleNotFoundError as error:
        raise Fault(_("没有安装 sqlglot 和 duckdb"), hint=_("装上后可用：pip install 'mingzhang[sql]'")) from error
    from mingzhang.batch.together import joined  # noqa: PLC0415

    into = None if output is None or output.suffix else output
    if into is not None and into.resolve().is_relative_to(folder.resolve()):
        raise Fault(_("输出文件夹不能在输入文件夹里面"), place=str(into))
    processes = jobs or os.cpu_count() or 1
    asked = {"to": "json", "given": wish["given"]}
    goes_on = into is not None
    with ExitStack() as stack:
        kept = into or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mingzhang-")))
        read = _read(settings, folder, kept / _READ, asked, processes, goes_on=goes_on)
        lots = _checked(settings, folder.name, kept, read, wish, processes, goes_on=goes_on)
        told = joined(lots, kept / _FOUND, FORMS[form])
    put(told, output if into is None else into / f"findings{FORMS[form]}")
    failed = [o for o in (*read, *lots) if o.status == "failed"]
    for outcome in failed:
        click.echo(outcome.fault.strip(), err=True)
    errors, files = (sum(int(o.said.get(key, 0)) for o in lots) for key in ("error", "files"))
    click.echo(
        _("有问题的文件 {files} 份，错误 {errors} 个，不能用的文件 {failed} 份；只用等式规则").format(
            files=files, errors=errors, failed=len(failed)
        ),
        err=True,
    )
    return 2 if failed else int(errors > 0)


def _read(
    settings: Settings, folder: Path, into: Path, wish: dict[str, str], processes: int, *, goes_on: bool
) -> tuple[Outcome, ...]:
    """Read every file below a folder, in processes of their own."""
    from mingzhang.batch.outcomes import files_below  # noqa: PLC0415
    from mingzhang.batch.running import Batch, run_batch  # noqa: PLC0415
    from mingzhang.batch.works import ENDINGS, read_one  # noqa: PLC0415

    files = tuple(files_below(folder, ENDINGS))
    batch = Batch(folder, files, into, read_one, wish, settings.give_to_rooms)
    with progress_bar(_("读取 {name}").format(name=folder.name), len(files), goes_on=goes_on) as done:
        return run_batch(batch, processes=processes, told=lambda o: done("", kept=o.status == "kept"))


def _checked(  # noqa: PLR0917 - what, where, how
    settings: Settings,
    name: str,
    kept: Path,
    read: tuple[Outcome, ...],
    wish: dict[str, str],
    processes: int,
    *,
    goes_on: bool,
) -> tuple[Outcome, ...]:
    """Check what was read in lots, in processes of their own."""
    from mingzhang.batch.running import Batch, run_batch  # noqa: PLC0415
    from mingzhang.batch.together import check_lot, lots_of  # noqa: PLC0415

    lots = lots_of(read, kept / _READ, kept / _LOTS, processes)
    batch = Batch(kept / _LOTS, lots, kept / _FOUND, check_lot, wish, settings.give_to_rooms)
    with progress_bar(_("核对 {name}（按批）").format(name=name), len(lots), goes_on=goes_on) as done:
        return run_batch(batch, processes=processes, told=lambda o: done("", kept=o.status == "kept"))
