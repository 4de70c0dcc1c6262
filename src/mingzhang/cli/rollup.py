"""`mingzhang rollup`: the books of a department's units in, the department's book and all their documents out."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mingzhang.cli.writers import FORMATS, asked_formats
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingzhang.cli.settings import Settings
    from mingzhang.compiling.rollup_documents import Documents
    from mingzhang.model.book import Book

BOOK: Final = ".book.json"
"""How the file of the department's book ends, beside the documents of the same name."""

_DEPARTMENT: Final = "department"


@click.command(
    help=_(
        "把部门本级和所属单位的底册（每个单位一本）汇总成部门底册；加 --compile 一并编制部门、本级和各单位的公开文件。"
        "其中可以有一本没有明细的部门底册，提供部门的说明文字、批复数和上年数。"
    )
)
@click.argument("books", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help=_("输出文件夹"))
@click.option("--compile", "compiling", is_flag=True, help=_("同时编制部门、本级和各单位的公开文件"))
@click.option("--formats", default=",".join(FORMATS), show_default=True, help=_("要哪些格式，用逗号分开"))
@click.option("--together/--apart", default=None, help=_("部门的数字是否等于各单位印出的数字之和（默认按表样）"))
@click.option("--draft", is_flag=True, help=_("加盖草稿水印"))
@click.option("--verify", is_flag=True, help=_("编好后审核一遍，并把文件读回来逐项比对"))
@click.pass_obj
def rollup(
    settings: Settings,
    *,
    books: tuple[Path, ...],
    output: Path,
    compiling: bool,
    formats: str,
    together: bool | None,
    draft: bool,
    verify: bool,
) -> int:
    """Roll up, and compile all documents if asked."""
    from mingzhang.cli.compile import books_in  # noqa: PLC0415
    from mingzhang.cli.compiled import tell  # noqa: PLC0415
    from mingzhang.cli.making import must_be_for_publication, write_made  # noqa: PLC0415
    from mingzhang.cli.output import put  # noqa: PLC0415
    from mingzhang.compiling.rollup import rolled_up  # noqa: PLC0415
    from mingzhang.compiling.rollup_documents import WHOLE, compile_department  # noqa: PLC0415
    from mingzhang.documents.atomic import make_folder  # noqa: PLC0415
    from mingzhang.intake.books import read_book  # noqa: PLC0415
    from mingzhang.model.codec import encode  # noqa: PLC0415

    started = time.monotonic()
    wanted = asked_formats(formats)
    read = {path: read_book(path) for path in books_in(books)}
    units, department = _divided(read)
    name = Path(_DEPARTMENT) if department is None else department
    names = [path.name for path in units]
    own = None if department is None else read[department]
    if not compiling:
        whole = rolled_up([read[p] for p in units], own, names=names)
        make_folder(output)
        put(encode(whole), output / f"{name.stem}{BOOK}")
        _told(whole)
        return 0
    for book in read.values():
        must_be_for_publication(book)
    done = compile_department([read[p] for p in units], own, names=names, together=together)
    paths = {WHOLE: name, **{read[p].unit_code: p for p in units}}
    made = [
        write_made(
            paths[code],
            compiled,
            output,
            wanted,
            draft=draft,
            verify=verify,
            fonts=settings["fonts"],
            theme=settings["theme"],
        )
        for code, compiled in done.documents.items()
    ]
    put(encode(done.book), output / f"{name.stem}{BOOK}")
    _told(done.book)
    tell(made, output, time.monotonic() - started, verbose=logging.getLogger("mingzhang").level <= logging.INFO)
    _tell_ties(done)
    return 1 if any(m.errors or m.differing for m in made) else 0


def _divided(books: dict[Path, Book]) -> tuple[list[Path], Path | None]:
    """Divide books into those of units and that of the department itself.

    Raises:
        Fault: two books of the department, or files that would have one name.
    """
    whole = [p for p, b in books.items() if b.scope == "aggregate"]
    if len(whole) > 1:
        names = _("、").join(p.name for p in whole)
        raise Fault(_("部门的底册不止一本：{names}").format(names=names), hint=_("编报范围是“部门汇总”的至多一本。"))
    units = [p for p in books if p not in whole]
    if not whole and any(p.stem == _DEPARTMENT for p in units):
        raise Fault(_("单位底册不能叫“{name}”，部门的文件要用这个名字").format(name=_DEPARTMENT), place=units[0].name)
    return units, whole[0] if whole else None


def _told(book: Book) -> None:
    """Say what was added up, unit by unit, and what money passed between them."""
    from mingzhang.compiling.transfers import net_of_transfers, own_unit  # noqa: PLC0415

    for member in book.members:
        lines = [x for x in book.spending if own_unit(x, book) == member.code]
        text = _("{code} {name}：{n} 条支出明细，{amount} 元")
        click.echo(
            text.format(code=member.code, name=member.name, n=len(lines), amount=_yuan(x.amount for x in lines)),
            err=True,
        )
    net = net_of_transfers(book)
    twice = sum(x.amount for x in book.spending) - sum(x.amount for x in net.spending)
    if twice:
        click.echo(_("单位之间转拨 {amount} 元，部门只计一次").format(amount=_yuan([twice])), err=True)
    click.echo(_("部门合计 {amount} 元").format(amount=_yuan(x.amount for x in net.spending)), err=True)


def _tell_ties(done: Documents) -> None:
    if done.sealed:
        click.echo(_("有涉密明细，部门的数字不与各单位印出的数字逐一相等。"), err=True)
    if done.ties:
        click.echo(_("部门文件有 {n} 组数字等于各单位印出的数字之和。").format(n=done.ties), err=True)
    if done.apart:
        shown = _("、").join(done.apart[:5])
        text = _("各文件自身都要加得上，部门的这些数字因此不等于各单位印出的数字之和：{figures}（共 {n} 处）")
        click.echo(text.format(figures=shown, n=len(done.apart)), err=True)


def _yuan(amounts: Iterable[int]) -> str:
    fen = sum(amounts)
    return f"{fen // 100:,}.{fen % 100:02d}"
