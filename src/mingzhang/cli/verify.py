"""`mingzhang verify`: is a published copy what was approved."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click
from msgspec.structs import replace

from mingzhang.cli.output import put
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.cli.settings import Settings
    from mingzhang.model.change import Change
    from mingzhang.model.disclosure import Disclosure

_SAID: Final = {
    "identical": later("完全一致：逐字节就是批准的那一份。"),
    "draft": later("是批准的那一份，但盖着草稿水印。"),
    "equal": later("内容相同：排版不同，每个数字、每句话、每张绩效表都与批准的一致。"),
    "different": later("与批准的不同。"),
}
_RIGHT: Final = frozenset({"identical", "equal"})
_MOST: Final = 30
"""So many changes of a kind are told where people read them."""

_DOUBTS: Final = 5
_ATTACHED: Final = "disclosure.json: "
"""Before the key of what the data attached to a copy say otherwise."""


@click.command(
    help=_(
        "核对网站上的文件是不是批准的那一份：完全一致、重新排版但内容相同，或不同及不同之处。"
        "只看文件显示给人看的内容，附带的数据另行核对。一致或相同退出码为 0，不同为 1。"
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--against", type=click.Path(path_type=Path), required=True, help=_("批准的公开数据（JSON）"))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help=_("报告的格式")
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=_("输出文件（默认标准输出）"))
@click.pass_obj
def verify(settings: Settings, *, file: Path, against: Path, form: str, output: Path | None) -> int:
    """Verify a published copy."""
    from mingzhang.readback.doors import read_file  # noqa: PLC0415

    approved = read_file(against)
    if approved.source is not None and approved.source.name == against.name:
        approved = replace(approved, source=None)  # where the data lie is none of what was approved
    found: tuple[Change, ...] = ()
    doubts: tuple[str, ...] = ()
    verdict = _same_bytes(file, approved, settings)
    if not verdict:
        found, doubts = _differences(file, approved, settings)
        verdict = "different" if found else "equal"
    if form == "json":
        import msgspec  # noqa: PLC0415

        told = {"verdict": verdict, "changes": found, "doubts": doubts}
        put(msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n", output)
    else:
        text = "".join(f"{line}\n" for line in _lines(verdict, found, doubts, most=None if output else _MOST))
        put(text.encode(), output)
    return 0 if verdict in _RIGHT else 1


def _lines(verdict: str, found: Sequence[Change], doubts: Sequence[str], *, most: int | None) -> Iterator[str]:
    from mingzhang.documents.change_text import change_lines  # noqa: PLC0415

    yield _(_SAID[verdict])
    told, again = _once(found)
    if told:
        yield from change_lines(told, (_("批准："), _("文件：")), most=most)
    if again:
        yield _("附带的数据里有 {n} 处与印出的一样不同。").format(n=again)
    if doubts:
        yield _("读这份文件时拿不准 {n} 处，请看一眼：").format(n=len(doubts))
        yield from (f"  {d}" for d in doubts[: most and _DOUBTS])
        if most is not None and len(doubts) > _DOUBTS:
            yield _("  ……另有 {n} 处").format(n=len(doubts) - _DOUBTS)


def _once(found: Sequence[Change]) -> tuple[list[Change], int]:
    """Leave out of what attached data say otherwise what the print says in the same way; count what is left out."""
    printed = {(c.kind, c.key, c.was, c.now) for c in found}
    told = [c for c in found if (c.kind, c.key.removeprefix(_ATTACHED), c.was, c.now) not in printed or not _inside(c)]
    return told, len(found) - len(told)


def _inside(change: Change) -> bool:
    return change.key.startswith(_ATTACHED)


def _differences(file: Path, approved: Disclosure, settings: Settings) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """List what a copy shows otherwise than approved, what the data attached to it say otherwise, and what is doubtful."""
    from mingzhang.comparing.versions import changes  # noqa: PLC0415
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415
    from mingzhang.readback.doors import read_shown  # noqa: PLC0415

    copy, attached = read_shown(file, pack=load_pack(approved.pack.id) if approved.pack is not None else None)
    found = [*_another(approved, copy), *changes(approved, copy)]
    if attached is not None:
        found += [
            replace(c, key=f"{_ATTACHED}{c.key}", name=_("附带的数据 {name}").format(name=c.name), place=None)
            for c in changes(approved, attached)
        ]
    doubts = [*copy.doubts]
    if copy.source is not None and copy.source.format == "xlsx":
        sheets = _sheets(file, approved, settings)
        if sheets is not None:
            found, doubts = [*found, *sheets], []
    doubts += [
        f"{f.place or ''} {f.doubt}".strip() for t in copy.tables for r in t.rows for f in r.cells.values() if f.doubt
    ]
    return tuple(found), tuple(dict.fromkeys(doubts))


def _another(approved: Disclosure, copy: Disclosure) -> Iterator[Change]:
    """Tell where a copy is of another unit or year."""
    from mingzhang.model.change import Change  # noqa: PLC0415

    for key, name in (("unit_name", _("单位")), ("year", _("年度"))):
        was, now = getattr(approved, key), getattr(copy, key)
        if was and now and was != now:
            yield Change("identity", key, name, str(was), str(now))


def _sheets(file: Path, approved: Disclosure, settings: Settings) -> tuple[Change, ...] | None:
    """Compare a workbook of ours cell by cell with the approved one; None where it is somebody else's."""
    from mingzhang.comparing.sheets import sheet_changes  # noqa: PLC0415
    from mingzhang.model.workbook import FIGURES  # noqa: PLC0415
    from mingzhang.readback.doors import file_content  # noqa: PLC0415
    from mingzhang.readback.sheets_shown import cells_shown  # noqa: PLC0415

    theirs = cells_shown(file_content(file), file.name)
    if FIGURES not in theirs:
        return None
    return tuple(sheet_changes(cells_shown(_written(approved, "xlsx", settings), "xlsx"), theirs))


def _same_bytes(file: Path, approved: Disclosure, settings: Settings) -> str:
    """Tell whether a file is, byte for byte, what the approved data are written as, finally or as a draft."""
    from mingzhang.cli.writers import FORMATS  # noqa: PLC0415
    from mingzhang.readback.doors import file_content  # noqa: PLC0415

    form = next((f for f in reversed(FORMATS) if file.name.endswith(f".{f}")), None)
    if form is None or file.is_dir():
        return ""
    own = hashlib.sha256(file_content(file)).digest()
    for draft, verdict in ((False, "identical"), (True, "draft")):
        if hashlib.sha256(_written(approved, form, settings, draft=draft)).digest() == own:
            return verdict
    return ""


def _written(approved: Disclosure, form: str, settings: Settings, *, draft: bool = False) -> bytes:
    from mingzhang.cli.writers import write_all  # noqa: PLC0415

    with TemporaryDirectory(prefix="mingzhang-") as folder:
        (ours,) = write_all(
            approved, Path(folder), "copy", (form,), draft=draft, fonts=settings["fonts"], theme=settings["theme"]
        )
        return ours.read_bytes()
