"""Progress of long work: how much is done, how fast, how long it takes yet; a bar on a terminal, else a line now and then."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STEPS: Final = 10
_LEAST: Final = 50
"""Where there is no terminal, work on fewer things goes on in silence."""


@contextmanager
def progress_bar(label: str, total: int) -> Iterator[Callable[[str], None]]:
    """Show a bar on standard error; what it gives is called once for each thing done, with words to print above it."""
    from rich.console import Console  # noqa: PLC0415 - not for --help
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

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(label, total)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(label, total=total)

        def done(words: str = "") -> None:
            progress.advance(task)
            if words:
                progress.console.print(words, style="red", highlight=False)

        yield done


class _Lines:
    """Tells of long work where there is no terminal: a line at each tenth of it."""

    def __init__(self, label: str, total: int) -> None:
        self._label, self._total, self._done, self._started = label, total, 0, time.monotonic()

    def __call__(self, _words: str = "") -> None:
        """Count one thing as done; what went wrong is told at the end."""
        self._done += 1
        tenth = self._done * _STEPS // self._total
        if self._total >= _LEAST and self._done < self._total and (self._done - 1) * _STEPS // self._total < tenth:
            passed = time.monotonic() - self._started
            text = _("{label}：{done}/{total}，每分钟 {n}，还需 {minutes} 分钟").format(
                label=self._label,
                done=self._done,
                total=self._total,
                n=round(60 * self._done / max(passed, 1e-3)),
                minutes=round(passed * (self._total - self._done) / self._done / 60),
            )
            click.echo(text, err=True)
