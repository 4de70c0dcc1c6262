"""`mingzhang read DIR` and `mingzhang check DIR`: many files, with progress, and one summary for all."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from mingzhang.cli.progress import progress_bar
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from mingzhang.batch.outcomes import Outcome
    from mingzhang.batch.running import Work
    from mingzhang.cli.progress import Done
    from mingzhang.cli.settings import Settings

SUMMARY = "summary.csv"
_SHOWN = 20
"""So many files that failed are told where there was no bar to tell them above."""


def run_folder(  # noqa: PLR0917 - what is done, to what, and how
    settings: Settings,
    folder: Path,
    out: Path | None,
    work: Work,
    wish: dict[str, str],
    jobs: int,
    together: Callable[[Path, Sequence[Outcome]], bool] = lambda _out, _outcomes: False,
) -> int:
    """Do a batch, with a bar where there is a terminal; exit status 2 if a file could not be used, 1 if one has errors.

    `together` looks at all outcomes when they are there, and tells whether it found errors.

    Raises:
        Fault: there is no output folder, or it holds the input.
    """
    from mingzhang.batch.outcomes import files_below, left_out  # noqa: PLC0415
    from mingzhang.batch.running import Batch, run_batch  # noqa: PLC0415
    from mingzhang.batch.works import ENDINGS  # noqa: PLC0415
    from mingzhang.documents.atomic import write_bytes  # noqa: PLC0415

    if out is None:
        raise Fault(_("给的是文件夹，请用 -o 指定输出文件夹"), place=str(folder))
    if out.resolve() == folder.resolve() or out.resolve().is_relative_to(folder.resolve()):
        raise Fault(_("输出文件夹不能在输入文件夹里面"), place=str(out))
    files = files_below(folder, ENDINGS)
    batch = Batch(folder, tuple(files), out, work, wish, settings.give_to_rooms)
    with progress_bar(folder.name, len(files), goes_on=True) as done:
        outcomes = run_batch(batch, processes=jobs or os.cpu_count() or 1, told=telling(done))
    write_bytes(out / SUMMARY, summary(outcomes).encode())
    _tell(outcomes, out)
    if others := left_out(folder, ENDINGS):
        kinds = Counter(p.suffix.lower() or p.name for p in others)
        click.echo(
            _("另有 {n} 个其他格式的文件没有看：{kinds}").format(
                n=len(others), kinds=_("、").join(f"{kind} {n}" for kind, n in kinds.most_common())
            ),
            err=True,
        )
    wrong = together(out, outcomes) or any(o.said.get("error") for o in outcomes)
    return 2 if any(o.status == "failed" for o in outcomes) else int(wrong)


def telling(done: Done) -> Callable[[Outcome], None]:
    """Count each outcome of a batch by `done`, in a line why a file failed."""

    def told(outcome: Outcome) -> None:
        done(f"{outcome.key}: {outcome.why}" if outcome.status == "failed" else "", kept=outcome.status == "kept")

    return told


def summary(outcomes: Sequence[Outcome]) -> str:
    """Write a line for each file: what it is, how much was read, what was found, or why it could not be used."""
    names = list(dict.fromkeys(k for o in outcomes for k in o.said))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["file", "status", *names, "fault"])
    for o in outcomes:
        status = "failed" if o.status == "failed" else "done"
        writer.writerow([o.key, status, *(o.said.get(n, "") for n in names), o.why])
    return out.getvalue()


def _tell(outcomes: Sequence[Outcome], out: Path) -> None:
    from mingzhang.rules.reports import spelled_counts  # noqa: PLC0415

    counts = Counter(o.status for o in outcomes)
    lines = [
        _("完成 {done} 份，{kept} 份没有变化未重做，{failed} 份不能用").format(
            done=counts["done"], kept=counts["kept"], failed=counts["failed"]
        )
    ]
    if any("error" in o.said for o in outcomes):
        sums = {s: sum(int(o.said.get(s, 0)) for o in outcomes) for s in ("error", "warning", "hint")}
        lines.append(spelled_counts(sums["error"], sums["warning"], sums["hint"]))
    if not sys.stderr.isatty():  # on a terminal they were told as they came
        failed = [o for o in outcomes if o.status == "failed"]
        lines += [f"  {o.key}: {o.why}" for o in failed[:_SHOWN]]
        if len(failed) > _SHOWN:
            lines.append(_("  ……另有 {n} 份，见汇总").format(n=len(failed) - _SHOWN))
    lines.append(_("汇总：{path}").format(path=out / SUMMARY))
    for line in lines:
        click.echo(line, err=True)
