"""`mingzhang compile`: budget books in, complete disclosures out."""

from __future__ import annotations

import logging
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec

from mingzhang.cli.compiled import Made, tell
from mingzhang.cli.last_year import LastYears
from mingzhang.cli.standing import Standings
from mingzhang.cli.writers import USUAL, asked_formats, write_all
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.cli.settings import Settings
    from mingzhang.compiling.compile import Compiled
    from mingzhang.model.book import Book


BOOKS: Final = (".json", ".xlsx")


@click.command("compile", help=_("由预算底册（JSON 或 Excel，也可给文件夹）编制全套公开文件。"))
@click.argument("books", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help=_("输出文件夹"))
@click.option("--formats", default=",".join(USUAL), show_default=True, help=_("要哪些格式，用逗号分开"))
@click.option("--draft", is_flag=True, help=_("加盖草稿水印"))
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
@click.pass_obj
def compile_(
    settings: Settings,
    *,
    books: tuple[Path, ...],
    output: Path,
    formats: str,
    draft: bool,
    verify: bool,
    earlier: Path | None,
    hold: Path | None,
    beside: tuple[Path, ...],
    last_year: tuple[Path, ...],
) -> int:
    """Compile books one after the other; one that fails does not stop the rest."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    wanted = asked_formats(formats)
    paths = books_in(books)
    standing = Standings(earlier, hold, beside, alone=len(paths) == 1)
    past = LastYears(last_year, alone=len(paths) == 1)
    started = time.monotonic()
    console = Console(stderr=True)
    made = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(_("编制"), total=len(paths))
        for path in paths:
            progress.update(task, description=path.stem)
            made.append(
                _make(path, output, wanted, standing, past, draft=draft, verify=verify, fonts=settings["fonts"])
            )
            progress.advance(task)
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


def _make(
    path: Path,
    output: Path,
    formats: Sequence[str],
    standing: Standings,
    past: LastYears,
    *,
    draft: bool,
    verify: bool,
    fonts: str,
) -> Made:
    from mingzhang.compiling.compile import compile_book  # noqa: PLC0415
    from mingzhang.intake.books import read_book  # noqa: PLC0415

    try:
        book = read_book(path)
        must_be_for_publication(book)
        compiled = compile_book(
            book,
            earlier=standing.earlier_of(path),
            held=standing.held_of(path),
            beside=standing.beside(),
            last_year=past.of(book),
        )
        return write_made(path, compiled, output, formats, draft=draft, verify=verify, fonts=fonts)
    except Fault as fault:
        return Made(path, fault=str(fault))


def must_be_for_publication(book: Book) -> None:
    """See that a book is the approved one, not one with in-year changes.

    Raises:
        Fault: the book holds in-year changes: those are no publication, but the base of next year's comparisons.
    """
    if book.adjustments:
        hint = _("调整后预算数只作下年比较的基数；公开请用批复的底册。")
        raise Fault(_("底册已记入 {n} 行年中调整，不用于公开").format(n=len(book.adjustments)), hint=hint)


def write_made(
    path: Path, compiled: Compiled, output: Path, formats: Sequence[str], *, draft: bool, verify: bool, fonts: str
) -> Made:
    """Write the documents of a compiled book, look at them if asked, and say what there is to say.

    Raises:
        Fault: one of the formats cannot be written.
    """
    disclosure = compiled.disclosure
    files = write_all(disclosure, output, path.stem, formats, draft=draft, fonts=fonts)
    made = Made(
        path,
        files,
        tables=len(disclosure.tables),
        figures=sum(f.is_number for t in disclosure.tables for r in t.rows for f in r.cells.values()),
        broken=compiled.broken,
        departures=compiled.departures,
        contradictions=(
            *(c.message for c in compiled.contradictions),
            *(c.message for c in compiled.costings),
            *(r.message for r in compiled.last_year),
            *(r.message for r in compiled.reasons_due),
            *compiled.withheld_mentions,
        ),
        withheld=len(compiled.withheld_left_out),
    )
    if not verify:
        return made
    from mingzhang.comparing.printed import differences  # noqa: PLC0415
    from mingzhang.readback.doors import read_file  # noqa: PLC0415
    from mingzhang.rules.engine import check  # noqa: PLC0415

    errors = sum(f.severity == "error" and f.outcome == "violated" for f in check(disclosure))
    back = [read_file(f) for f in files if f.suffix in {".json", ".xlsx"}]
    differing = sum(len(differences(disclosure, other)) for other in back)
    return msgspec.structs.replace(made, errors=errors, differing=differing)
