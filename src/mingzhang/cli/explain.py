"""`mingzhang explain`: the facts beneath a printed figure."""

from __future__ import annotations

from pathlib import Path

import click

from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _


@click.command(help=_("说明一个数字由哪些明细组成，如 explain 底册.json 'summary[in:total].amount'。"))
@click.argument("book", type=click.Path(path_type=Path))
@click.argument("figure")
def explain(*, book: Path, figure: str) -> None:
    """Explain one figure of a compiled book."""
    from mingzhang.compiling.compile import compile_book  # noqa: PLC0415
    from mingzhang.compiling.trace import trace  # noqa: PLC0415
    from mingzhang.intake.books import read_book  # noqa: PLC0415
    from mingzhang.model.figure import spell  # noqa: PLC0415

    facts = read_book(book)
    traced = trace(compile_book(facts).disclosure, facts, figure)
    if traced is None:
        raise Fault(
            _("没有这个数字：{figure}").format(figure=figure), hint=_("写法：表[行].列，见 read --to cells 的输出。")
        )
    click.echo(f"{figure} = {traced.printed} {traced.unit}")
    for line in traced.lines:
        click.echo(f"  {line.id}\t{spell(line.amount, 2, grouped=True)} 元\t{line.description}")
        if line.costing:
            click.echo(_("    测算：{costing}").format(costing=line.costing))
    click.echo(_("合计 {total} 元").format(total=spell(traced.total, 2, grouped=True)))
