"""Progress of long work on a terminal: how much is done, how fast, how long it takes yet; nothing where there is none."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(label, total=total)

        def done(words: str = "") -> None:
            progress.advance(task)
            if words:
                progress.console.print(words, style="red", highlight=False)

        yield done
