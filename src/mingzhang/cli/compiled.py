"""What `mingzhang compile` says when it is done: a table of what was made, and what the reader should know."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec

from mingzhang.compiling.departures import Departure
from mingzhang.model.finding import Finding
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH: Final = 120
FEW: Final = 3
MANY: Final = 60
"""Of more books only those are told of one by one with which something is amiss."""


class Made(msgspec.Struct, frozen=True):
    """What became of one book.

    `errors` and `differing` are None where the result was not verified; `pack` names the form pack and its content;
    `kept` says that nothing had changed since an earlier run.
    """

    book: Path
    files: tuple[Path, ...] = ()
    tables: int = 0
    figures: int = 0
    broken: tuple[Finding, ...] = ()
    departures: tuple[Departure, ...] = ()
    contradictions: tuple[str, ...] = ()
    withheld: int = 0
    errors: int | None = None
    differing: int | None = None
    pack: str = ""
    kept: bool = False
    fault: str = ""


def tell(made: Sequence[Made], output: Path, seconds: float, *, verbose: bool) -> None:
    """Print the table to standard output; faults and remarks go to standard error."""
    from rich.console import Console  # noqa: PLC0415 - not for --help
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=_("编制结果：{folder}").format(folder=output), show_edge=False)
    texts, numbers = (_("底册"), _("文件")), (_("表"), _("数字"), _("尾差"), _("错误"), _("读回不同"))
    for head in (texts[0], *numbers, texts[1]):
        table.add_column(head, justify="left" if head in texts else "right", overflow="fold")
    told = made if len(made) <= MANY or verbose else [m for m in made if m.fault or m.errors or m.differing]
    for m in told:
        if m.fault:
            table.add_row(m.book.name, *[""] * len(numbers), _("未成"), style="red")
            continue
        counts = (m.tables, m.figures, len(m.broken), m.errors, m.differing)
        files = f"{m.book.stem}.{{{','.join(f.name.removeprefix(f'{m.book.stem}.') for f in m.files)}}}"
        table.add_row(m.book.name, *("–" if c is None else str(c) for c in counts), files)
    console = Console()
    if told:
        Console(width=max(console.width, WIDTH) if not console.is_terminal else None).print(table)
    for m in told:
        for remark in _remarks(m, verbose=verbose):
            click.echo(remark, err=True)
    failed, kept = sum(bool(m.fault) for m in made), sum(m.kept for m in made)
    click.echo(
        _("共 {n} 本，{failed} 本未成，{kept} 本没有变化未重做，用时 {s:.1f} 秒。").format(
            n=len(made), failed=failed, kept=kept, s=seconds
        ),
        err=True,
    )


def _remarks(made: Made, *, verbose: bool) -> Iterator[str]:
    """Say what the table only counts: why a book was not made, tails, claims that do not fit, what was left out."""
    name = made.book.name
    if made.fault:
        yield click.style(f"{name}: ", fg="red") + _shown(made.fault).removeprefix(f"{name}: ")
    if made.withheld:
        yield _("{book}：{n} 条涉密明细没有列示，金额由公开的数字推算不出。").format(book=name, n=made.withheld)
    for contradiction in made.contradictions:
        yield click.style(f"{name}: ", fg="yellow") + contradiction
    further = [d for d in made.departures if d.further]
    if made.departures:
        yield _("{book}：为使合计都对得上，{n} 组数字没有取四舍五入的末位。").format(book=name, n=len(made.departures))
        yield from (_departure(d) for d in (made.departures if verbose else further))
    if made.broken:
        yield _("{book}：四舍五入使 {n} 处勾稽差一个尾数：").format(book=name, n=len(made.broken))
        shown = made.broken if verbose else made.broken[:FEW]
        yield from (f"  {f.rule} {f.message}" for f in shown)
        if len(shown) < len(made.broken):
            yield _("  ……另有 {n} 处，加 -v 全部列出（mingzhang -v compile …）。").format(
                n=len(made.broken) - len(shown)
            )


def _shown(fault: str) -> str:
    """Give a fault, of a bug's traceback the last line: the whole lies beside the documents."""
    return fault.strip().splitlines()[-1] if fault.startswith("Traceback") else fault


def _departure(departure: Departure) -> str:
    """Tell one figure that is not half-up, and whether it lies a full unit off."""
    text = _("  {figure}：真值 {true} 元，印作 {printed}，四舍五入为 {half_up}（{unit}）").format(
        figure=departure.figures[0],
        true=f"{departure.fen // 100}.{departure.fen % 100:02d}",
        printed=departure.printed,
        half_up=departure.half_up,
        unit=departure.unit,
    )
    if departure.further:
        return text + _("，差一个末位以上：没有取舍能使 {sums} 同时成立").format(sums=_("、").join(departure.because))
    return text + (_("；若取，{sum} 不成立").format(sum=departure.because[0]) if departure.because else "")
