"""`mingzhang compile`: budget books in, complete disclosures out."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec

from mingzhang.cli.writers import FORMATS, asked_formats, write_all
from mingzhang.model.fault import Fault
from mingzhang.model.finding import Finding
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.cli.settings import Settings


BOOKS: Final = (".json", ".xlsx")


class Made(msgspec.Struct, frozen=True):
    """What became of one book."""

    book: Path
    files: tuple[Path, ...] = ()
    tables: int = 0
    figures: int = 0
    broken: tuple[Finding, ...] = ()
    errors: int | None = None
    differing: int | None = None
    fault: str = ""


@click.command("compile", help=_("由预算底册（JSON 或 Excel，也可给文件夹）编制全套公开文件。"))
@click.argument("books", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help=_("输出文件夹"))
@click.option("--formats", default=",".join(FORMATS), show_default=True, help=_("要哪些格式，用逗号分开"))
@click.option("--draft", is_flag=True, help=_("加盖草稿水印"))
@click.option("--verify", is_flag=True, help=_("编好后审核一遍，并把 JSON、Excel 读回来逐项比对"))
@click.pass_obj
def compile_(
    settings: Settings, *, books: tuple[Path, ...], output: Path, formats: str, draft: bool, verify: bool
) -> int:
    """Compile books one after the other; one that fails does not stop the rest."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    wanted = asked_formats(formats)
    paths = _books(books)
    started = time.monotonic()
    console = Console(stderr=True)
    made = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(_("编制"), total=len(paths))
        for path in paths:
            progress.update(task, description=path.stem)
            made.append(_make(path, output, wanted, draft=draft, verify=verify, fonts=settings["fonts"]))
            progress.advance(task)
    _tell(made, output, time.monotonic() - started)
    return 2 if any(m.fault for m in made) else 1 if any(m.errors or m.differing for m in made) else 0


def _books(given: Sequence[Path]) -> list[Path]:
    """Spell out folders as the books in them.

    Raises:
        Fault: a folder without books.
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
    return paths


def _make(path: Path, output: Path, formats: Sequence[str], *, draft: bool, verify: bool, fonts: str) -> Made:
    from mingzhang.compiling.compile import compile_book  # noqa: PLC0415
    from mingzhang.intake.books import read_book  # noqa: PLC0415

    try:
        compiled = compile_book(read_book(path))
        disclosure = compiled.disclosure
        files = tuple(write_all(disclosure, output, path.stem, formats, draft=draft, fonts=fonts))
    except Fault as fault:
        return Made(path, fault=str(fault))
    made = Made(
        path,
        files,
        tables=len(disclosure.tables),
        figures=sum(f.is_number for t in disclosure.tables for r in t.rows for f in r.cells.values()),
        broken=compiled.broken,
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


def _tell(made: Sequence[Made], output: Path, seconds: float) -> None:
    """Say what was made, as a table on a terminal and as plain lines elsewhere."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=_("编制结果：{folder}").format(folder=output), show_edge=False)
    for head in (_("底册"), _("表"), _("数字"), _("尾差"), _("错误"), _("读回不同"), _("文件")):
        table.add_column(head, justify="left" if head in {_("底册"), _("文件")} else "right", overflow="fold")
    for m in made:
        if m.fault:
            table.add_row(m.book.name, "", "", "", "", "", m.fault, style="red")
            continue
        table.add_row(m.book.name, str(m.tables), str(m.figures), str(len(m.broken)), _number(m.errors),
                      _number(m.differing), "、".join(f.name for f in m.files))  # fmt: skip
    Console().print(table)
    failed = sum(bool(m.fault) for m in made)
    click.echo(
        _("共 {n} 本，{failed} 本未成，用时 {s:.1f} 秒。").format(n=len(made), failed=failed, s=seconds), err=True
    )


def _number(count: int | None) -> str:
    return "–" if count is None else str(count)
