"""`mingzhang withheld`: what anybody can conclude of the withheld amounts of a book, for the eyes of those who may."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from mingzhang.compiling.withheld_inference import Inference
    from mingzhang.model.book import Book

_POLICIES = {"left_out": later("不列入"), "merged": later("并入")}


@click.command(
    help=_(
        "说明每项涉密金额能否由公开的数字推算出来：每项的上下限、是否受保护、由哪些数字推出、最少还要再隐去什么。"
        "输出本身涉密，只显示在终端上。"
    )
)
@click.argument("book", type=click.Path(path_type=Path))
@click.option(
    "--earlier",
    "--beside",
    "beside",
    multiple=True,
    type=click.Path(path_type=Path),
    help=_("同一年度先前或另行公开的文件（先前的版本、部门或单位的文件），可给多个"),
)
@click.option("--confidential", is_flag=True, help=_("输出不在终端上也照样给出（由您负责保密）"))
def withheld(book: Path, *, beside: tuple[Path, ...], confidential: bool) -> int:
    """Explain what protects withheld amounts; exit status 1 if one of them is not protected."""
    from mingzhang.compiling.compile import compile_book, setting_of  # noqa: PLC0415
    from mingzhang.compiling.withheld import is_withholding, published  # noqa: PLC0415
    from mingzhang.compiling.withheld_check import Revealed, proposal_text  # noqa: PLC0415
    from mingzhang.compiling.withheld_inference import inference  # noqa: PLC0415
    from mingzhang.compiling.withheld_words import mentions  # noqa: PLC0415
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415
    from mingzhang.intake.books import read_book  # noqa: PLC0415
    from mingzhang.readback.doors import read_file  # noqa: PLC0415

    facts = read_book(book)
    if not is_withholding(facts):
        click.echo(_("底册里没有涉密明细或项目。"))
        return 0
    if not (confidential or sys.stdout.isatty()):
        raise Fault(
            _("输出涉密，只显示在终端上"), place=str(book), hint=_("确需转到别处，请加 --confidential，并妥为保管。")
        )
    others = [read_file(path) for path in beside]
    pack = load_pack(facts.pack)
    shown = published(facts, pack)
    try:
        disclosure = compile_book(facts, pack, beside=others).disclosure
        found = inference(facts, setting_of(pack, others), disclosure, shown)
        advice = ""
    except Revealed as fault:
        found, advice = fault.found, proposal_text(fault.proposal)
    click.secho(_("以下内容涉密，请勿复制、转发；它不会写入任何公开文件。"), err=True, fg="yellow")
    _tell(found, facts)
    for remark in mentions(shown):
        click.secho(remark, err=True, fg="yellow")
    if found.unused:
        click.echo(_("所给文件中有 {n} 个数字与底册不符，没有用来推算。").format(n=found.unused), err=True)
    if advice:
        click.echo(advice)
    return 1 if found.pinned else 0


def _tell(found: Inference, book: Book) -> None:
    """Print one line for each withheld amount, and what tells it where it is not protected."""
    from rich.console import Console  # noqa: PLC0415 - not for --help
    from rich.table import Table  # noqa: PLC0415

    from mingzhang.cli.compiled import WIDTH  # noqa: PLC0415
    from mingzhang.compiling.withheld_check import pinned_text  # noqa: PLC0415

    table = Table(title=_("涉密金额：{unit} {year} 年").format(unit=book.unit_name, year=book.year), show_edge=False)
    numbers = (_("金额（元）"), _("最少"), _("最多"))
    for head in (_("编号"), _("名称"), _("处理方式"), *numbers, _("受保护")):
        table.add_column(head, justify="right" if head in numbers else "left", overflow="fold")
    for one in found.concluded:
        secret = one.secret
        most = "∞" if one.high is None else _yuan(one.high)
        cells = (secret.id, secret.name, _(_POLICIES[secret.policy]), _yuan(secret.amount), _yuan(one.low), most)
        table.add_row(*cells, _("是") if one.protected else _("否"), style=None if one.protected else "red")
    console = Console()
    Console(width=max(console.width, WIDTH) if not console.is_terminal else None).print(table)
    for one in found.pinned:
        click.echo("  " + pinned_text(one))


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
