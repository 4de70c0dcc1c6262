"""`mingzhang pack check`: what the author of a form pack has to mend, each with file, key and line."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mingzhang.model.fault import InvalidPack
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from mingzhang.forms.pack_check.checking import PackCheck
    from mingzhang.forms.pack_check.faults import PackFault

BOOKS: Final = 6
_WORDS: Final = {"error": (later("错误"), "red"), "warning": (later("警告"), "yellow")}


@click.command(
    help=_(
        "检查表样包（文件夹或名称；不写则检查全部）：写法、筛选、表头、文字、绩效表，再用编造的底册试编、审核、读回。"
        "逐条指出文件、键、行号和该怎样写。有错误时退出状态为 1。"
    )
)
@click.argument("packs", nargs=-1)
@click.option(
    "--books", type=click.IntRange(0, 1000), default=BOOKS, show_default=True, help=_("试编几本（0 为不试编）")
)
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help=_("输出格式")
)
def check(*, packs: tuple[str, ...], books: int, form: str) -> int:
    """Check packs one after the other; 1 if one of them has an error."""
    from mingzhang.forms.packs import pack_ids  # noqa: PLC0415

    found = [_checked(name, books) for name in packs or pack_ids()]
    if form == "json":
        faults = [{"pack": c.name, **_tree(f)} for c in found for f in c.faults]
        click.echo(json.dumps(faults, ensure_ascii=False, indent=2))
    else:
        for result in found:
            _tell(result)
    return 1 if any(c.errors for c in found) else 0


def _checked(name: str, books: int) -> PackCheck:
    """Check a pack, and try it if there is nothing to mend."""
    import msgspec  # noqa: PLC0415

    from mingzhang.forms.pack_check.checking import check_pack  # noqa: PLC0415

    path = Path(name)
    if path.is_dir() and not (path / "pack.toml").is_file():
        raise InvalidPack(_("文件夹里没有 pack.toml"), place=name, hint=_("给出表样包自己的文件夹。"))
    inside = path.is_dir() and os.sep not in name
    result = msgspec.structs.replace(check_pack(f".{os.sep}{name}" if inside else name), name=name)
    if result.errors or result.pack is None or not books:
        return result
    from mingzhang.batch.pack_trials import tried  # noqa: PLC0415 - compiling is heavy

    shows = sys.stderr.isatty()
    with click.progressbar(
        length=books, label=_("试编 {pack}").format(pack=name), file=sys.stderr, hidden=not shows
    ) as bar:
        more = tried(f".{os.sep}{name}" if inside else name, result.pack, books, tell=lambda _n: bar.update(1))
    return msgspec.structs.replace(result, faults=(*result.faults, *more), books=books)


def _tell(result: PackCheck) -> None:
    for fault in result.faults:
        word, colour = _WORDS[fault.severity]
        click.echo(f"{fault.place}\n  {click.style(_(word), fg=colour)}{_('：')}{fault.message}")
        if fault.hint:
            click.echo(f"  → {fault.hint}")
    if result.nowhere:
        names = _("、").join(result.nowhere)
        click.echo(
            _("{pack}：没有地方列示{names}；底册里有时，编制会说明并停下。").format(pack=result.name, names=names)
        )
    if not result.faults:
        click.echo(_("{pack}：没有要改的地方（试编 {books} 本）").format(pack=result.name, books=result.books))
        return
    click.echo(
        _("{pack}：{errors} 处错误，{warnings} 处警告").format(
            pack=result.name, errors=result.errors, warnings=result.warnings
        )
    )


def _tree(fault: PackFault) -> dict[str, str | int]:
    import msgspec  # noqa: PLC0415

    return dict(msgspec.structs.asdict(fault))
