"""Progress of long work: how much is done, how fast, how long it takes yet; a bar on a terminal, else a line now and then."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

import click

from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.progress import Progress, TaskID

_STEPS: Final = 10
_LEAST: Final = 50
"""Where there is no terminal, work on fewer things goes on in silence."""


class Done(Protocol):
    """Called once for each thing done, with words to print; what was `kept` from before does not count for the rate."""

    def __call__(self, words: str = "", /, *, kept: bool = False) -> None:
        """Count it."""
        ...


@contextmanager
def progress_bar(label: str, total: int, *, goes_on: bool = False) -> Iterator[Done]:
    """Show a bar on standard error; work that `goes_on` where it was says so when it is stopped."""
    from rich.console import Console  # noqa: PLC0415 - not for --help

    console = Console(stderr=True)
    counted = _Counted(label, total)
    try:
        if not console.is_terminal:
            yield _Lines(counted)
        else:
            with _bar(console) as progress:
                yield _Bar(counted, progress, progress.add_task(label, total=total))
    except KeyboardInterrupt:
        if goes_on:
            text = _("{label}：停在 {done}/{total}；再运行同一条命令会接着做。")
            click.echo(text.format(label=label, done=counted.done, total=total), err=True)
        raise


class _Counted:
    """How much is done of how much, and how much of it was there before."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.done, self.kept = label, total, 0, 0

    def add(self, *, kept: bool) -> None:
        """Count one thing."""
        self.done += 1
        self.kept += kept


class _Bar:
    """Tells on a terminal: a bar, and words above it."""

    def __init__(self, counted: _Counted, progress: Progress, task: TaskID) -> None:
        self._counted, self._progress, self._task = counted, progress, task

    def __call__(self, words: str = "", /, *, kept: bool = False) -> None:
        """Count one thing as done."""
        self._counted.add(kept=kept)
        if kept:  # time counts from what is done now
            self._progress.reset(self._task, completed=self._counted.done)
        else:
            self._progress.advance(self._task)
        if words:
            self._progress.console.print(words, style="red", highlight=False)


class _Lines:
    """Tells of long work where there is no terminal: a line at each tenth of it."""

    def __init__(self, counted: _Counted) -> None:
        self._counted, self._started = counted, time.monotonic()

    def __call__(self, _words: str = "", /, *, kept: bool = False) -> None:
        """Count one thing as done; what went wrong is told at the end."""
        counted = self._counted
        counted.add(kept=kept)
        if kept:
            self._started = time.monotonic()
            return
        done, total = counted.done, counted.total
        if total < _LEAST or done == total or (done - 1) * _STEPS // total == done * _STEPS // total:
            return
        passed, fresh = max(time.monotonic() - self._started, 1e-3), done - counted.kept
        text = _("{label}：{done}/{total}，每分钟 {n}，还需 {minutes} 分钟").format(
            label=counted.label,
            done=done,
            total=total,
            n=round(60 * fresh / passed),
            minutes=round(passed * (total - done) / fresh / 60),
        )
        click.echo(text, err=True)


def _bar(console: Console) -> Progress:
    """Lay out the bar: what, how far, how fast of late, how long it took and takes yet."""
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text  # noqa: PLC0415

    class Rate(ProgressColumn):
        """How many are done in a minute, of late."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text("" if speed is None else _("每分钟 {n:.0f}").format(n=60 * speed), style="progress.data.speed")

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )
