"""`mingzhang read`: a published file in, data out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.cli.output import put
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from mingzhang.cli.settings import Settings
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.readback.opening import Opened
    from mingzhang.readback.register import Match


@click.command(
    help=_(
        "读入已公开的文件（文本、PDF、Word、Excel、网页、压缩包、JSON），输出其中的数据。压缩包当作一份材料的几个附件；给文件夹则逐份读取，写到 -o 文件夹，中断后再运行会接着做，加 --as-one 才当作一份。"
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "form",
    type=click.Choice(["json", "cells", "statements", "forms", "html"]),
    default="json",
    show_default=True,
    help=_("输出的内容：全部数据、各表数字、情况说明中的数字、绩效表、核对读取结果的网页"),
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_("输出文件（默认标准输出），或输出文件夹"))
@click.option("--pack", "pack_name", help=_("指定表样包（默认按内容识别）"))
@click.option(
    "--apply",
    "corrections",
    type=click.Path(path_type=Path),
    help=_("读入后照更正文件更正（更正文件在核对网页上保存）"),
)
@click.option("--as-one", is_flag=True, help=_("把文件夹当作一份材料的几个附件（正文、附表分开公开的）"))
@click.option(
    "--explain", "explains", is_flag=True, help=_("不输出数据，说明是怎样读的：用哪个表样包、各栏凭什么认定、是谁的")
)
@click.option("--json", "as_json", is_flag=True, help=_("与 --explain 同用，输出 JSON"))
@click.option(
    "--register",
    "register_file",
    type=click.Path(path_type=Path),
    help=_("单位名册（CSV：编码、名称，可有曾用名、上级、区划），核对是谁的材料、是否放错"),
)
@click.option("--jobs", type=click.IntRange(0), default=0, help=_("读文件夹时用几个进程（默认每核一个）"))
@click.pass_obj
def read(
    settings: Settings,
    *,
    file: Path,
    form: str,
    output: Path | None,
    pack_name: str | None,
    corrections: Path | None,
    as_one: bool,
    explains: bool,
    as_json: bool,
    register_file: Path | None,
    jobs: int,
) -> int:
    """Read one file, or the files of a folder."""
    if as_json and not explains:
        raise Fault(_("--json 要与 --explain 同用"), hint=_("数据默认就是 JSON（--to json）。"))
    if file.is_dir() and not as_one:
        if explains:
            raise Fault(
                _("--explain 一次说明一份材料"), place=str(file), hint=_("是一份材料的几个附件时，请加 --as-one。")
            )
        if corrections is not None:
            raise Fault(_("更正是为一份文件做的，不能用于文件夹"), place=str(file))
        from mingzhang.batch.works import read_one  # noqa: PLC0415
        from mingzhang.cli.many import run_folder  # noqa: PLC0415

        wish = {"to": form, "pack": pack_name or "", "register": str(register_file or "")}
        wish["given"] = settings.content(register_file, Path(pack_name) if pack_name else None)
        return run_folder(settings, file, output, read_one, wish, jobs)
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415
    from mingzhang.readback.doors import read_opened  # noqa: PLC0415
    from mingzhang.readback.opening import opened  # noqa: PLC0415

    given = opened(file)
    disclosure = read_opened(given, pack=load_pack(pack_name) if pack_name else None)
    match = None
    if register_file is not None:
        from mingzhang.readback.register import matched, read_register, registered  # noqa: PLC0415

        match = matched(disclosure, read_register(register_file), file)
        disclosure = registered(disclosure, match)
    if explains:
        put(explanation(given, disclosure, match, as_json=as_json), output)
        return 0
    if corrections is not None:
        from mingzhang.readback.correcting import corrected, read_corrections  # noqa: PLC0415

        disclosure = corrected(disclosure, read_corrections(corrections), corrections.name)
    if form == "html":
        from mingzhang.batch.seen import proof_of  # noqa: PLC0415

        put(proof_of(file, given, disclosure), output)
    else:
        put(exported(disclosure, form), output)
    tell_what_was_read(disclosure)
    return 0


def explanation(given: Opened, disclosure: Disclosure, match: Match | None, *, as_json: bool) -> bytes:
    """Tell how a file was read, for people or as JSON."""
    from mingzhang.readback.explaining import explained  # noqa: PLC0415

    found = explained(given, disclosure, register=match)
    if as_json:
        import msgspec  # noqa: PLC0415

        return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"
    from mingzhang.cli.read_explained import told  # noqa: PLC0415

    return "".join(f"{line}\n" for line in told(found)).encode()


def exported(disclosure: Disclosure, form: str) -> bytes:
    """Export a disclosure in one of the contract's forms."""
    if form == "json":
        from mingzhang.model.codec import encode  # noqa: PLC0415

        return encode(disclosure)
    from mingzhang.documents import exports  # noqa: PLC0415

    write = {"cells": exports.cells_csv, "statements": exports.statements_csv, "forms": exports.forms_jsonl}[form]
    return write(disclosure).encode()


def tell_what_was_read(disclosure: Disclosure) -> None:
    """Say on standard error what was read and how much of it is in doubt."""
    figures = [f for t in disclosure.tables for r in t.rows for f in r.cells.values() if f.is_number]
    slots = [s for x in disclosure.sections for p in x.paragraphs for s in p.slots if s.figure is not None]
    forms = len(disclosure.project_forms) + (disclosure.department_form is not None)
    click.echo(
        _(
            "{unit} {year}：{tables} 张表 {figures} 个数字（{doubts} 个存疑），情况说明 {slots} 个数字（{unknown} 个未识别），绩效表 {forms} 份"
        ).format(
            unit=disclosure.unit_name or _("（单位未识别）"),
            year=disclosure.year or "",
            tables=len(disclosure.tables),
            figures=len(figures),
            doubts=sum(1 for f in figures if f.doubt),
            slots=len(slots),
            unknown=sum(len(p.unknown) for x in disclosure.sections for p in x.paragraphs),
            forms=forms,
        ),
        err=True,
    )
    for doubt in disclosure.doubts:
        click.echo(_("存疑：{doubt}").format(doubt=doubt), err=True)
