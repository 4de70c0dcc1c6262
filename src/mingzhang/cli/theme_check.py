"""`mingzhang theme check`: what the designer of a theme has to mend, each with file, line and key; then a trial."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from mingzhang.documents.theme import Theme
    from mingzhang.documents.theme_checking import ThemeCheck

_WORDS: Final = {"error": (later("错误"), "red"), "warning": (later("警告"), "yellow")}


@click.command(
    help=_(
        "检查主题（文件夹或名称）：每个键、每对颜色的对比度、图的七色、字体里的字、封面图片；再用它编排一份样稿并读回。"
        "有错误时退出状态为 1。"
    )
)
@click.argument("theme")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("把样稿写到这个文件夹，供翻看；不写则只试不留"),
)
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help=_("输出格式")
)
def check(*, theme: str, output: Path | None, form: str) -> int:
    """Check one theme; 1 if it has an error or its documents are not read back equal."""
    from mingzhang.documents.theme_checking import check_theme  # noqa: PLC0415
    from mingzhang.documents.theme_loading import theme_folder  # noqa: PLC0415

    found = check_theme(theme_folder(theme), thorough=True)
    different = _tried(found.theme, output) if found.theme is not None else {}
    if form == "json":
        faults = [{f: getattr(x, f) for f in x.__struct_fields__} for x in found.faults]
        click.echo(json.dumps({"faults": faults, "different": different}, ensure_ascii=False, indent=2))
    else:
        _tell(theme, found, different)
    return 1 if found.errors or any(different.values()) else 0


def _tried(theme: Theme, output: Path | None) -> dict[str, int]:
    """Write a made-up document in every form and read it back; give by form how much printed is different."""
    import tempfile  # noqa: PLC0415

    from mingzhang.batch.theme_trials import tried  # noqa: PLC0415 - compiling is heavy

    if output is not None:
        return tried(theme, output)
    with tempfile.TemporaryDirectory(prefix="mingzhang-theme-") as folder:
        return tried(theme, Path(folder))


def _tell(name: str, found: ThemeCheck, different: dict[str, int]) -> None:
    for fault in found.faults:
        word, colour = _WORDS[fault.severity]
        click.echo(f"{fault.place}\n  {click.style(_(word), fg=colour)}{_('：')}{fault.message}")
        if fault.hint:
            click.echo(f"  → {fault.hint}")
    for form, count in different.items():
        if count:
            click.echo(_("样稿的 {form} 读回有 {n} 处不同").format(form=form, n=count))
    warnings = len(found.faults) - found.errors
    if found.errors or warnings:
        click.echo(
            _("{pack}：{errors} 处错误，{warnings} 处警告").format(pack=name, errors=found.errors, warnings=warnings)
        )
    if found.theme is not None and not any(different.values()):
        forms = _("、").join(f.upper() for f in different)
        click.echo(_("{name}：可以使用；样稿的 {forms} 读回与原稿相同。").format(name=name, forms=forms))
