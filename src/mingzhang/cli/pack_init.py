"""`mingzhang pack init`: drafts a pack from the blank form of a new edition."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.model.fault import why_not
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from mingzhang.readback.blank.differences import Draft


@click.command(help=_("由新一版的空白表样起草表样包：只写与所继承的表样包不同的地方，并列出没有把握的地方。"))
@click.option(
    "--from",
    "blank",
    required=True,
    type=click.Path(path_type=Path),
    metavar="BLANK",
    help=_("空白表样：Excel 工作簿（.xlsx）或 Word 文件（.docx）"),
)
@click.option("--extends", "base", required=True, metavar="PACK", help=_("所继承的表样包（名称或文件夹）"))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=_("新表样包的文件夹（还不存在）"),
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help=_("报告的格式（默认 text）")
)
def init(*, blank: Path, base: str, output: Path, form: str) -> None:
    """Read the blank, draft, write the folder whole or not at all, and tell what was found."""
    from mingzhang.forms.packs import load_pack, pack_ids  # noqa: PLC0415
    from mingzhang.readback.blank.compare import drafted  # noqa: PLC0415
    from mingzhang.readback.blank.tables import read_blank  # noqa: PLC0415
    from mingzhang.readback.blank.writing import files_of  # noqa: PLC0415

    must_be_new(output)
    pack = load_pack(base)
    draft = drafted(read_blank(blank, pack), pack, output.resolve().name)
    if pack.id not in pack_ids():
        draft = draft.extending(str(Path(base).resolve()))
    write_pack(output, files_of(draft))
    if form == "json":
        import msgspec  # noqa: PLC0415

        click.echo(msgspec.json.encode(reported(draft)).decode())
    else:
        _tell(draft, output)


def must_be_new(folder: Path) -> None:
    """Refuse a folder that holds something.

    Raises:
        UnwritableOutput: it does, or it is a file.
    """
    from mingzhang.documents.atomic import UnwritableOutput  # noqa: PLC0415

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UnwritableOutput(_("已经存在，起草不覆盖任何文件"), place=str(folder), hint=_("请另给一个文件夹。"))


def write_pack(folder: Path, files: dict[str, str]) -> None:
    """Write a pack's folder whole or not at all, once what it holds has been seen to load.

    Raises:
        UnwritableOutput: no such place, no room, or not allowed.
        InvalidPack: what was drafted does not load.
    """
    from mingzhang.documents.atomic import UnwritableOutput  # noqa: PLC0415
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415

    try:
        beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name[:40]}."))
    except OSError as error:
        raise UnwritableOutput(_("无法写入：{why}").format(why=why_not(error)), place=str(folder)) from error
    try:
        for name, text in files.items():
            path = beside / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        load_pack(str(beside.resolve()))
        beside.chmod(0o755)
        beside.replace(folder)
    except OSError as error:
        raise UnwritableOutput(_("无法写入：{why}").format(why=why_not(error)), place=str(folder)) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def reported(draft: Draft) -> dict[str, object]:
    """Give the report as data: files, differences, questions, notes."""
    return {
        "extends": draft.extends,
        "blank": draft.blank,
        "files": [f.file for f in draft.files],
        "changes": draft.changes,
        "questions": draft.questions,
        "notes": draft.notes,
    }


def _tell(draft: Draft, output: Path) -> None:
    if draft.changes:
        click.echo(_("与 {base} 不同的有 {count} 处：").format(base=draft.extends, count=len(draft.changes)))
        for change in draft.changes:
            click.echo(f"  {change}")
    else:
        click.echo(_("与 {base} 没有差别。").format(base=draft.extends))
    if draft.questions:
        click.secho(
            _("没有把握、要人来定的有 {count} 处（文件里标有 TODO）：").format(count=len(draft.questions)), fg="yellow"
        )
        for question in draft.questions:
            click.echo(f"  {question}")
    for note in draft.notes:
        click.echo(note, err=True)
    click.echo(_("写出 {folder}（{count} 个文件）").format(folder=output, count=len(draft.files)), err=True)
    click.echo(_("文字说明（text/）和绩效表（forms/）空白表样里没有，没有比较。"), err=True)
