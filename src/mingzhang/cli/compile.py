"""`mingzhang compile`: budget books in, complete disclosures out."""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec

from mingzhang.cli.compiled import Made, tell
from mingzhang.cli.making import MADE, ORDER, Order, documents_beside, made_of, make, make_one, still_holds
from mingzhang.cli.progress import progress_bar
from mingzhang.cli.writers import FORMATS, USUAL, asked_formats
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.cli.progress import Done
    from mingzhang.cli.settings import Settings

BOOKS: Final = (".json", ".xlsx")


@click.command(
    "compile",
    help=_(
        "由预算底册（JSON 或 Excel，也可给文件夹）编制全套公开文件。给文件夹则多进程编制：中断后再运行会接着做，没有变化的底册不重做。"
    ),
)
@click.argument("books", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help=_("输出文件夹"))
@click.option(
    "--formats",
    default=",".join(USUAL),
    show_default=True,
    help=f"{_('要哪些格式，用逗号分开')} ({', '.join(FORMATS)})",
)
@click.option("--draft", is_flag=True, help=_("加盖草稿水印"))
@click.option("--theme", metavar="THEME", help=_("版式主题：名称（mingzhang theme list）或文件夹；不写则用设置里的"))
@click.option("--charts", is_flag=True, help=_("文末附图：上年与本年对比、资金流向、支出构成"))
@click.option("--verify", is_flag=True, help=_("编好后审核一遍，并把 JSON、Excel 读回来逐项比对"))
@click.option(
    "--earlier",
    type=click.Path(path_type=Path),
    help=_("先前公开的版本（JSON、Excel 等，或按底册取名的文件夹）：同一数字能不变的不变"),
)
@click.option(
    "--hold",
    type=click.Path(path_type=Path),
    help=_("已公布、不得改动的数字（CSV：key,value；或按底册取名的文件夹）"),
)
@click.option(
    "--beside",
    multiple=True,
    type=click.Path(path_type=Path),
    help=_("同一年度另行公开的文件（部门或单位的、先前的版本）：涉密金额也不得由它们推算出来"),
)
@click.option(
    "--last-year",
    multiple=True,
    type=click.Path(path_type=Path),
    help=_("上年的公开文件或底册（能读的格式都行，也可给文件夹，按单位对应）：底册没填的上年数取自它"),
)
@click.option("--jobs", type=click.IntRange(0), default=0, help=_("编制文件夹时用几个进程（默认每核一个）"))
@click.pass_obj
def compile_(
    settings: Settings,
    *,
    books: tuple[Path, ...],
    output: Path,
    formats: str,
    theme: str | None,
    draft: bool,
    charts: bool,
    verify: bool,
    earlier: Path | None,
    hold: Path | None,
    beside: tuple[Path, ...],
    last_year: tuple[Path, ...],
    jobs: int,
) -> int:
    """Compile books: those of a folder in processes of their own, others one after the other."""
    from mingzhang.documents.theme_loading import load_theme  # noqa: PLC0415

    wanted = asked_formats(formats)
    paths = books_in(books)
    order = Order(
        wanted,
        draft=draft,
        charts=charts,
        verify=verify,
        fonts=settings["fonts"],
        theme=settings["theme"] if theme is None else theme,
        earlier="" if earlier is None else str(earlier),
        hold="" if hold is None else str(hold),
        beside=tuple(map(str, beside)),
        last_year=tuple(map(str, last_year)),
        alone=len(paths) == 1,
    )
    documents_beside(order)
    load_theme(order.theme)
    folders = [b for b in books if b.is_dir()]
    if any(f.resolve() == output.resolve() for f in folders):
        raise Fault(_("输出文件夹不能就是底册所在的文件夹"), place=str(output))
    started = time.monotonic()
    with progress_bar(_("编制"), len(paths), goes_on=bool(folders)) as done:
        if folders:
            made = _batch(settings, paths, output, order, jobs, done)
        else:
            made = list(_in_turn(paths, output, order, done))
    tell(made, output, time.monotonic() - started, verbose=logging.getLogger("mingzhang").level <= logging.INFO)
    return 2 if any(m.fault for m in made) else 1 if any(m.errors or m.differing for m in made) else 0


def books_in(given: Sequence[Path]) -> list[Path]:
    """Spell out folders as the books in them.

    Raises:
        Fault: a folder without books, or two books whose files would have one name.
    """
    paths: list[Path] = []
    for path in given:
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if p.suffix in BOOKS and not p.name.startswith(("~", ".")))
            if not found:
                raise Fault(_("文件夹里没有预算底册（.json、.xlsx）"), place=str(path))
            paths += found
        else:
            paths.append(path)
    stems = Counter(p.stem for p in paths)
    twice = sorted(str(p) for p in paths if stems[p.stem] > 1)
    if twice:
        raise Fault(
            _("这些底册会写到同名的文件：{names}").format(names=_("、").join(twice)), hint=_("请改名或分开编制。")
        )
    return paths


def _in_turn(paths: Sequence[Path], output: Path, order: Order, done: Done) -> Iterator[Made]:
    """Make books one after the other; one that fails does not stop the rest."""
    for path in paths:
        try:
            made = make(path, output, order)
        except Fault as fault:
            made = Made(path, fault=str(fault))
        done("")
        yield made


def _batch(  # noqa: PLR0917
    settings: Settings, paths: Sequence[Path], output: Path, order: Order, jobs: int, done: Done
) -> list[Made]:
    """Make books in processes of their own, those that changed since the last time only."""
    from mingzhang.batch.running import Batch, run_batch  # noqa: PLC0415
    from mingzhang.cli.many import SUMMARY, summary, telling  # noqa: PLC0415
    from mingzhang.documents.atomic import write_bytes  # noqa: PLC0415

    wish = {ORDER: msgspec.json.encode(order).decode(), "given": settings.content(*order.given)}
    batch = Batch(output, tuple(paths), output, make_one, wish, settings.give_to_rooms, flat=True, holds=still_holds)

    outcomes = run_batch(batch, processes=jobs or os.cpu_count() or 1, told=telling(done))
    plain = [msgspec.structs.replace(o, said={k: v for k, v in o.said.items() if k != MADE}) for o in outcomes]
    write_bytes(output / SUMMARY, summary(plain).encode())
    return [made_of(outcome, path) for outcome, path in zip(outcomes, paths, strict=True)]
