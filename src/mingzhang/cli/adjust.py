"""`mingzhang adjust`: an approved book and a ledger of in-year changes in, the adjusted book out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.cli.output import tell_written
from mingzhang.cli.writers import FORMATS, asked_formats
from mingzhang.model.fault import Fault, InvalidBook
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.cli.settings import Settings
    from mingzhang.model.book import Book
    from mingzhang.model.ledger import Ledger


@click.command(
    help=_(
        "把年中追加、追减、调剂（台账：JSON 或 Excel）记入批复的底册，得出调整后预算数。"
        "它是下年比较的基数，不用于公开。目标有变化的项目，加 --forms 填出调整申报表。"
        "不给台账时，列出底册已记入的调整。"
    )
)
@click.argument("book", type=click.Path(path_type=Path))
@click.argument("ledger", required=False, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=_("调整后的底册（.json、.xlsx）"))
@click.option("--forms", type=click.Path(path_type=Path, file_okay=False), help=_("把调整申报表写到这个文件夹"))
@click.option("--formats", default=",".join(FORMATS), show_default=True, help=_("调整申报表要哪些格式，用逗号分开"))
@click.option(
    "--base", type=click.Path(path_type=Path, dir_okay=False), help=_("把调整后预算数写成下年比较用的数据（.json）")
)
@click.option("--template", type=click.Path(path_type=Path, dir_okay=False), help=_("写出这本底册的空台账（.xlsx）"))
@click.pass_obj
def adjust(
    settings: Settings,
    *,
    book: Path,
    ledger: Path | None,
    output: Path | None,
    forms: Path | None,
    formats: str,
    base: Path | None,
    template: Path | None,
) -> int:
    """Adjust a book and say what became of its lines."""
    from mingzhang.documents.atomic import make_folder  # noqa: PLC0415
    from mingzhang.intake.books import read_book  # noqa: PLC0415
    from mingzhang.intake.ledgers import read_ledger, write_ledger_template  # noqa: PLC0415

    wanted = asked_formats(formats)
    approved = read_book(book)
    for path in (output, base, template):
        if path is not None:
            make_folder(path.parent)
    if template is not None:
        write_ledger_template(template, approved)
        tell_written(template)
    if ledger is None:
        if output is not None or forms is not None:
            raise Fault(_("没有给出台账"), hint=_("写法：mingzhang adjust 底册 台账 -o 调整后的底册"))
        if template is None:
            _tell(approved)
        _write_base(approved, base)
        return 0
    changes = read_ledger(ledger)
    after = _after(approved, changes, ledger)
    if output is not None:
        write_book(after, output)
    _tell(after)
    _write_base(after, base)
    if forms is not None:
        _write_forms(approved, after, changes, forms, f"{book.stem}-adjustment", wanted, settings)
    return 0


def _after(approved: Book, changes: Ledger, ledger: Path) -> Book:
    """Take a ledger into a book; what is wrong is told with its place in the ledger.

    Raises:
        InvalidBook: an entry does not fit the book, or the book would not hold together any more.
    """
    from mingzhang.compiling.ledger import adjusted  # noqa: PLC0415
    from mingzhang.intake.validation import problems  # noqa: PLC0415

    try:
        after = adjusted(approved, changes)
    except InvalidBook as fault:
        name = ledger.name
        told = [Fault(p.message, place=f"{name}#{p.place}" if p.place else name, hint=p.hint) for p in fault.problems]
        raise InvalidBook(told) from fault
    if wrong := problems(after):
        raise InvalidBook(wrong)
    return after


def _write_forms(  # noqa: PLR0917
    approved: Book, after: Book, changes: Ledger, folder: Path, stem: str, wanted: Sequence[str], settings: Settings
) -> None:
    """Write the 调整申报表 of the projects whose targets change, in each format asked for."""
    from mingzhang.cli.writers import write_all  # noqa: PLC0415
    from mingzhang.compiling.ledger_forms import adjustment_forms, forms_document  # noqa: PLC0415

    made = adjustment_forms(approved, changes)
    if not made:
        click.echo(_("台账没有改变任何项目的目标，没有调整申报表。"), err=True)
        return
    document, fonts, theme = forms_document(after, made), settings["fonts"], settings["theme"]
    for path in write_all(document, folder, stem, wanted, draft=False, fonts=fonts, theme=theme):
        click.echo(str(path), err=True)


def write_book(book: Book, path: Path) -> None:
    """Write a book as JSON, or as a workbook where the name says so."""
    from mingzhang.cli.output import put  # noqa: PLC0415
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415
    from mingzhang.intake.template import write_template  # noqa: PLC0415
    from mingzhang.model.codec import encode  # noqa: PLC0415

    if path.suffix == ".xlsx":
        write_template(path, load_pack(book.pack), book)
    else:
        put(encode(book), path)


def _write_base(book: Book, path: Path | None) -> None:
    """Write the adjusted figures as a document of data, which next year's books can be compared with."""
    if path is None:
        return
    from mingzhang.cli.output import put  # noqa: PLC0415
    from mingzhang.compiling.compile import compile_book  # noqa: PLC0415
    from mingzhang.model.codec import encode  # noqa: PLC0415

    put(encode(compile_book(book).disclosure), path)


def _tell(book: Book) -> None:
    """Print what became of each line that was touched, and the totals."""
    from rich.console import Console  # noqa: PLC0415 - not for --help
    from rich.table import Table  # noqa: PLC0415

    from mingzhang.compiling.ledger import histories  # noqa: PLC0415

    touched = histories(book)
    table = Table(title=_("{unit} {year}年预算调整").format(unit=book.unit_name, year=book.year), show_edge=False)
    for head in (_("明细"), _("日期"), _("文号"), _("调整")):
        table.add_column(head, overflow="fold")
    for head in (_("增减（元）"), _("调整后（元）")):
        table.add_column(head, justify="right")
    words = {"increase": _("追加"), "decrease": _("追减"), "shift": _("调剂")}
    for history in touched:
        table.add_row(history.line, "", "", _("批复"), "", _yuan(history.approved))
        for step in history.steps:
            change = step.change
            table.add_row(
                "",
                change.date,
                change.document,
                words[change.kind],
                _yuan(change.more - change.less),
                _yuan(step.amount),
            )
    console = Console()
    Console(width=max(console.width, 110) if not console.is_terminal else None).print(table)
    net = sum(h.adjusted - h.approved for h in touched)
    total = sum(x.amount for x in book.spending)
    text = _("批复 {approved} 元，调整 {net} 元，调整后 {total} 元。")
    click.echo(text.format(approved=_yuan(total - net), net=_yuan(net), total=_yuan(total)), err=True)


def _yuan(fen: int) -> str:
    sign, fen = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d}"
