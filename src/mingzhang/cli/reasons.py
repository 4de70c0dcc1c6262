"""`mingzhang reasons`: a book and last year's document in, the facts of every change out, drafted for the clerk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.compiling.reasons_drafted import Breakdown, DraftedReason, Part
    from mingzhang.compiling.reasons_due import ReasonDue
    from mingzhang.model.book import Book

_DIMENSIONS: Final = {
    "project": later("按项目"),
    "function": later("按功能科目"),
    "class": later("按功能科目的类"),
    "fund": later("按资金来源"),
    "economic": later("按经济科目"),
    "item": later("按分项"),
}


@click.command(
    help=_(
        "对照上年文件，把每处增减变动分解到项目、科目、资金来源，各项之和正好等于变动额，并起草原因。"
        "起草的话只是事实，原因要由经办人核定；-o 把它写进另一本底册，不会自己进入公开文件。"
    )
)
@click.argument("book", type=click.Path(path_type=Path))
@click.option(
    "--last-year", multiple=True, required=True, type=click.Path(path_type=Path), help=_("上年的公开文件或底册")
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=_("写入所缺原因的底册（.json、.xlsx）")
)
@click.option("--all", "every", is_flag=True, help=_("-o 时连同没有超过规定幅度的变动也写入"))
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help=_("格式")
)
def reasons(book: Path, *, last_year: tuple[Path, ...], output: Path | None, every: bool, form: str) -> int:
    """Break down the changes, and write the drafts into a copy of the book if asked."""
    from mingzhang.cli.last_year import LastYears  # noqa: PLC0415
    from mingzhang.cli.output import put  # noqa: PLC0415
    from mingzhang.compiling.compile import compile_book  # noqa: PLC0415
    from mingzhang.compiling.reasons_drafted import drafted_reasons  # noqa: PLC0415
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415
    from mingzhang.intake.books import read_book  # noqa: PLC0415

    facts = read_book(book)
    pack = load_pack(facts.pack)
    last = LastYears(last_year, alone=True).of(facts)
    compiled = compile_book(facts, pack, last_year=last)
    drafts = drafted_reasons(facts, pack, compiled.disclosure, last)
    for remark in compiled.last_year:
        click.echo(click.style(f"{book.name}: ", fg="yellow") + remark.message, err=True)
    if form == "json":
        import msgspec  # noqa: PLC0415

        put(msgspec.json.format(msgspec.json.encode([_spelled(d) for d in drafts]), indent=2) + b"\n", None)
    else:
        due = {d.statement for d in compiled.reasons_due}
        for draft in drafts:
            click.echo("\n".join(_lines(draft, facts, is_due=draft.statement in due)))
        if not drafts:
            click.echo(_("没有增减变动，或上年文件里没有可比的数。"), err=True)
    if output is not None:
        _accept(facts, drafts, () if every else compiled.reasons_due, output, every=every)
    return 0


def _accept(
    book: Book, drafts: Sequence[DraftedReason], due: Sequence[ReasonDue], output: Path, *, every: bool
) -> None:
    """Write a copy of the book in which the drafts stand where no reason was given."""
    from msgspec.structs import replace  # noqa: PLC0415

    from mingzhang.cli.adjust import write_book  # noqa: PLC0415
    from mingzhang.documents.atomic import make_folder  # noqa: PLC0415

    wanted = {d.statement for d in due}
    given = dict(book.reasons)
    sentences: dict[str, set[str]] = {}
    for draft in drafts:
        sentences.setdefault(draft.reasons[-1], set()).add(draft.sentence)
    for draft in drafts:
        if draft.sentence and (every or draft.statement in wanted) and not any(given.get(k) for k in draft.reasons):
            shared = len(sentences[draft.reasons[-1]]) == 1  # else each statement has a reason of its own
            given[draft.reasons[-1 if shared else 0]] = draft.sentence
    make_folder(output.parent)
    write_book(replace(book, reasons=given), output)
    added = len(given) - len(book.reasons)
    click.echo(_("写入 {n} 条起草的原因：{path}。请逐条核定后再编制。").format(n=added, path=output), err=True)


def _lines(draft: DraftedReason, book: Book, *, is_due: bool) -> Iterator[str]:
    from mingzhang.compiling.last_year_figures import named  # noqa: PLC0415

    given = next((book.reasons[k] for k in draft.reasons if book.reasons.get(k)), "")
    standing = _("已有原因") if given else _("缺原因") if is_due else _("未超过规定幅度")
    head = _("{name}：{now}元，上年 {last}元，{change}元（{standing}）").format(
        name=named(draft.statement),
        now=_yuan(draft.now),
        last=_yuan(draft.last),
        change=_signed(draft.change),
        standing=standing,
    )
    yield click.style(head, bold=True)
    for breakdown in draft.breakdowns:
        yield f"  {_(_DIMENSIONS[breakdown.dimension])}"
        yield from (f"    {_signed(p.change):>20}  {p.label}{_note(p)}" for p in breakdown.parts)
    if draft.sentence:
        yield _("  起草：{sentence}").format(sentence=draft.sentence)
    yield ""


def _note(part: Part) -> str:
    if part.last is None and part.keys:
        return _("（上年没有）")
    return _("（本年没有）") if part.now is None and part.keys else ""


def _spelled(draft: DraftedReason) -> dict[str, Any]:
    """Spell a draft as data: amounts are strings in 元."""
    return {
        "section": draft.section,
        "statement": draft.statement,
        "now": _plain(draft.now),
        "last": _plain(draft.last),
        "change": _plain(draft.change),
        "reasons": list(draft.reasons),
        "sentence": draft.sentence,
        "breakdowns": [_parts(b) for b in draft.breakdowns],
    }


def _parts(breakdown: Breakdown) -> dict[str, Any]:
    parts = [
        {
            "label": p.label,
            "keys": list(p.keys),
            "now": None if p.now is None else _plain(p.now),
            "last": None if p.last is None else _plain(p.last),
            "change": _plain(p.change),
        }
        for p in breakdown.parts
    ]
    return {"dimension": breakdown.dimension, "parts": parts}


def _plain(fen: int) -> str:
    return _yuan(fen).replace(",", "")


def _yuan(fen: int) -> str:
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d}"


def _signed(fen: int) -> str:
    return f"+{_yuan(fen)}" if fen > 0 else _yuan(fen)
