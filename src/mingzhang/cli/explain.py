"""`mingzhang explain`: where a printed figure comes from, and why it prints what it prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.cli.standing import Standings
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.compiling.explaining import Explained
    from mingzhang.model.book import Book


@click.command(
    help=_(
        "说明一个数字的真值、印数、为何不取四舍五入、由哪些明细组成，如 explain 底册.json 'summary[in:total].amount'。"
    )
)
@click.argument("book", type=click.Path(path_type=Path))
@click.argument("figure")
@click.option("--earlier", type=click.Path(path_type=Path), help=_("先前公开的版本，与编制时相同"))
@click.option("--hold", type=click.Path(path_type=Path), help=_("不得改动的数字（CSV），与编制时相同"))
def explain(*, book: Path, figure: str, earlier: Path | None, hold: Path | None) -> None:
    """Explain one figure of a compiled book."""
    from mingzhang.compiling.explaining import explained  # noqa: PLC0415
    from mingzhang.compiling.holding import Standing  # noqa: PLC0415
    from mingzhang.intake.books import read_book  # noqa: PLC0415

    files = Standings(earlier, hold, alone=True)
    facts = read_book(book)
    found = explained(facts, figure, standing=Standing(files.earlier_of(book), files.held_of(book)))
    if found is None:
        alike = _alike(facts, figure)
        told = _("没有这个数字：{figure}").format(figure=figure)
        meant = _("是不是 {names}？").format(names=_("、").join(alike)).strip() if alike else ""
        usual = _("写法：表[行].列，见 read --to cells 的输出；说明中的数字，见 --to statements。")
        raise Fault(told, hint="\n  ".join(x for x in (meant, usual) if x))
    for line in _told(found):
        click.echo(line)


def _alike(book: Book, figure: str) -> list[str]:
    """List keys of the book's document that look like what was asked for."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

    from mingzhang.compiling.compile import compile_book  # noqa: PLC0415

    made = compile_book(book).disclosure
    cells = (f"{t.id}[{r.key}].{c}" for t in made.tables for r in t.rows for c in r.cells)
    slots = (s.key for x in made.sections for p in x.paragraphs for s in p.slots if s.key)
    return get_close_matches(figure, dict.fromkeys([*cells, *slots]))


def _told(found: Explained, depth: int = 0) -> Iterator[str]:
    """Tell a figure line by line, the parts of a share further in."""
    from mingzhang.model.figure import spell  # noqa: PLC0415

    indent = "  " * depth
    yield f"{indent}{found.key} = {found.printed} {found.unit}"
    yield f"{indent}  {found.name}"
    for line in _reason(found):
        yield f"{indent}  {line}"
    for part in found.parts:
        yield from _told(part, depth + 1)
    if found.fen is None:
        return
    for fact in found.lines:
        yield f"{indent}  {fact.id}\t{spell(fact.amount, 2, grouped=True)} 元\t{fact.description}"
        if fact.costing:
            yield indent + _("    测算：{costing}").format(costing=fact.costing)
    yield indent + _("  合计 {total} 元").format(total=spell(found.fen, 2, grouped=True))


def _reason(found: Explained) -> Iterator[str]:
    """Say why a figure is not half-up, if it is not."""
    if found.half_up:
        yield _("四舍五入为 {half_up} {unit}").format(half_up=found.half_up, unit=found.unit)
    if found.stands:
        yield _("依固定的数字") if found.stands == "held" else _("沿用先前公开的版本")
    if not found.departs:
        return
    if found.breaks:
        yield _("没有取四舍五入：若取，下列勾稽就不成立：")
        yield from (f"  {total}" for total in found.breaks)
    if found.further:
        yield _("与真值相差一个末位以上：没有任何取舍能使勾稽全部成立")
    if found.forced:
        yield _("其他数字怎样取舍也不能使它取四舍五入；下列各项缺一才有可能：")
        yield from (f"  {total}" for total in found.core)
    elif found.instead:
        yield _("它若取四舍五入，这些数字就不能：{figures}").format(figures=_("、").join(found.instead))
