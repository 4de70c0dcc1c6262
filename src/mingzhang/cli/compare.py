"""`mingzhang diff` and `mingzhang verify`: two disclosures, and a published copy against what was approved."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.cli.output import put
from mingzhang.model.change import KINDS
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.cli.settings import Settings
    from mingzhang.model.change import Change
    from mingzhang.model.disclosure import Disclosure

_FORMATS = click.Choice(["text", "json"])
_FILES = ("html", "docx")


@click.command(
    help=_(
        "比较两份公开文件（两个版本、两个年度，或文件与数据）：数字、文字、绩效表有哪些不同。相同退出码为 0，不同为 1。"
    )
)
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", *_FILES]),
    default="text",
    show_default=True,
    help=_("报告的格式：终端、JSON、网页、Word"),
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=_("输出文件（默认标准输出）"))
def diff(*, before: Path, after: Path, form: str, output: Path | None) -> int:
    """Compare two files."""
    from mingzhang.comparing.versions import changes  # noqa: PLC0415
    from mingzhang.readback.doors import read_file  # noqa: PLC0415

    if form == "docx" and output is None:
        raise Fault(_("{format} 报告要写到文件").format(format=form), hint=_("请用 -o 指定输出文件。"))
    left, right = read_file(before), read_file(after)
    found = changes(left, right)
    if form in _FILES:
        from mingzhang.documents.change_report import change_document, change_page  # noqa: PLC0415

        write = change_page if form == "html" else change_document
        put(write(found, left, right, (before.name, after.name)), output)
    else:
        _report(found, form, output)
    return 1 if found else 0


@click.command(
    help=_(
        "核对网站上的文件是不是批准的那一份：完全一致、重新排版但内容相同，或不同及不同之处。一致或相同退出码为 0，不同为 1。"
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--against", type=click.Path(path_type=Path), required=True, help=_("批准的公开数据（JSON）"))
@click.option("--format", "form", type=_FORMATS, default="text", show_default=True, help=_("报告的格式"))
@click.pass_obj
def verify(settings: Settings, *, file: Path, against: Path, form: str) -> int:
    """Verify a published copy."""
    from mingzhang.comparing.versions import changes  # noqa: PLC0415
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415
    from mingzhang.readback.doors import read_file  # noqa: PLC0415

    approved = read_file(against)
    copy = read_file(file, pack=load_pack(approved.pack.id) if approved.pack is not None else None)
    if _is_identical(file, approved, fonts=settings["fonts"]):
        click.echo(_("完全一致：逐字节就是批准的那一份。"))
        return 0
    found = changes(approved, copy)
    if not found:
        click.echo(_("内容相同：排版不同，每个数字、每句话、每张绩效表都与批准的一致。"))
        return 0
    click.echo(_("与批准的不同。"), err=True)
    _report(found, form, None)
    return 1


def _is_identical(file: Path, approved: Disclosure, *, fonts: str) -> bool:
    """Tell whether a file is, byte for byte, what the approved data are written as."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from mingzhang.cli.writers import FORMATS, write_all  # noqa: PLC0415

    form = next((f for f in reversed(FORMATS) if file.name.endswith(f".{f}")), None)
    if form is None:
        return False
    with TemporaryDirectory(prefix="mingzhang-") as folder:
        (ours,) = write_all(approved, Path(folder), "copy", (form,), draft=False, fonts=fonts)
        return _digest(ours) == _digest(file)


def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def _report(found: Sequence[Change], form: str, output: Path | None) -> None:
    if form == "json":
        import msgspec  # noqa: PLC0415

        put(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n", output)
        return
    text = "".join(f"{line}\n" for line in _lines(found))
    if output is not None:
        put(text.encode(), output)
    else:
        click.echo(text, nl=False)


def _lines(found: Sequence[Change]) -> Iterator[str]:
    for kind, title in KINDS.items():
        own = [c for c in found if c.kind == kind]
        if own:
            yield _("{kind}：{n} 处").format(kind=_(title), n=len(own))
            yield from (f"  {_line(c)}" for c in own)
    yield _("共 {n} 处不同").format(n=len(found)) if found else _("没有不同")


def _line(change: Change) -> str:
    """Say one change on one line."""
    was, now = change.was or _("（无）"), change.now or _("（无）")
    name = f"{change.name} " if change.name and change.name not in change.key else ""
    by = f"  {change.by} {change.unit}" if change.by else ""
    place = f"  {change.place}" if change.place is not None and str(change.place) else ""
    return f"{name}[{change.key}] {was} → {now}{by}{place}"
