"""`mingzhang import`: exports of a budget platform in, reconciled budget books out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec.structs import replace

from mingzhang.cli.output import tell_written
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.intake.platform.asked import Asked, Imported
    from mingzhang.intake.platform.heads import Layout
    from mingzhang.intake.platform.profile import ExportProfile
    from mingzhang.model.book import Book

_SHOWN: Final = 12
_ROLES: Final = ("detail", "subtotal", "skip")


@click.command(
    "import",
    help=_(
        "由预算平台导出的明细（Excel 或 CSV，一行一笔）生成预算底册。列按列名对应，小计行逐行验算后略去，最后与批复数逐分核对，对不上就不写。"
    ),
)
@click.argument("exports", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help=_("写到哪个底册（.json 或 .xlsx；--each-unit 时是文件夹）")
)
@click.option("--profile", "profile_name", help=_("导入方案的名称或 TOML 文件"))
@click.option("--list-profiles", is_flag=True, help=_("列出可用的导入方案"))
@click.option("--save-profile", help=_("把这次的列对应存为方案，下次用 --profile"))
@click.option("--yes", is_flag=True, help=_("不再询问，确认列的对应"))
@click.option("--column", "columns", multiple=True, metavar=_("字段=列名"), help=_("指明某个字段是哪一列"))
@click.option(
    "--constant", "constants", multiple=True, metavar=_("字段=词"), help=_("整份导出都是这样，如 fund=一般公共预算")
)
@click.option("--same-as-above", multiple=True, metavar=_("字段"), help=_("这个字段的空白格表示同上"))
@click.option("--split-basic", metavar=_("编码=类别,…"), help=_("基本支出按经济科目分人员经费和公用经费，* 为其余"))
@click.option("--unit", "money", type=click.Choice(["元", "万元"]), help=_("金额单位（默认取表上写的）"))
@click.option("--approved", type=click.Path(path_type=Path), multiple=True, help=_("批复数文件（Excel、CSV、JSON）"))
@click.option(
    "--approve", "typed", multiple=True, metavar=_("单位,资金,类别=金额"), help=_("批复数，以元计；不分的留空")
)
@click.option("--unreconciled", is_flag=True, help=_("没有批复数也导入，并在记录里写明未核对"))
@click.option(
    "--difference",
    "differences",
    multiple=True,
    metavar=_("单位,资金,类别=金额:原因"),
    help=_("说明差额：涉密、待分配、对下转移支付、其他:说明"),
)
@click.option(
    "--differences", "difference_files", type=click.Path(path_type=Path), multiple=True, help=_("差额说明文件（TOML）")
)
@click.option(
    "--line",
    "lines",
    multiple=True,
    metavar=_("[表名!]行号=detail|subtotal|skip"),
    help=_("说明一行是明细、小计还是不取"),
)
@click.option("--into", type=click.Path(path_type=Path), help=_("并入这本底册，已填的内容保留"))
@click.option("--pack", "pack_name", help=_("用于哪个表样包（并入底册时取底册的）"))
@click.option("--year", type=int, help=_("预算年度（默认取表样包的）"))
@click.option("--unit-name", default="", help=_("单位或部门名称（默认取导出里的）"))
@click.option("--unit-code", default="", help=_("单位代码"))
@click.option(
    "--unit-type",
    "unit_types",
    multiple=True,
    metavar=_("[单位=]性质"),
    help=_("行政、参公、公益一类、公益二类、other"),
)
@click.option("--each-unit", is_flag=True, help=_("每个单位各编一本底册"))
def import_(exports: tuple[Path, ...], output: Path | None, *, list_profiles: bool, **options: Any) -> None:
    """Import exports; nothing is written unless all of it holds."""
    from mingzhang.intake.platform.importing import import_files  # noqa: PLC0415 - not for --help
    from mingzhang.intake.platform.profile import profile_names  # noqa: PLC0415

    if list_profiles:
        for name, title in profile_names().items():
            click.echo(f"{name}  {title}")
        return
    target = output or options["into"]
    if not exports or target is None:
        raise Fault(
            _("没有说明导入哪些文件、写到哪里"),
            hint=_("用法：mingzhang import 明细.xlsx -o 底册.json --approved 批复.xlsx"),
        )
    profile = _confirmed(exports, options)
    asked = _asked(options)
    imported = import_files(exports, profile, asked)
    _write(imported, target, options["profile_name"] or options["save_profile"] or "", each=options["each_unit"])
    if options["save_profile"]:
        _save(profile, options["save_profile"])
    _tell(imported)


def _confirmed(exports: Sequence[Path], options: dict[str, Any]) -> ExportProfile:
    """Give the profile to read by: the named one, or what the headings tell, once the user confirms it.

    Raises:
        Fault: nobody confirms it.
    """
    from mingzhang.intake.platform.files import read_export  # noqa: PLC0415
    from mingzhang.intake.platform.importing import layouts_of  # noqa: PLC0415
    from mingzhang.intake.platform.layouts import drafted  # noqa: PLC0415
    from mingzhang.intake.platform.profile import ExportProfile, checked, load_profile, profile_path  # noqa: PLC0415

    if options["save_profile"]:
        profile_path(options["save_profile"])  # a name that cannot be a file's is refused before the work
    name = options["profile_name"]
    profile = load_profile(name) if name else ExportProfile(others=True)
    told = _pairs(options["columns"], "--column")
    profile = replace(
        profile,
        columns=profile.columns | told,
        constants=profile.constants | _pairs(options["constants"], "--constant"),
        same_as_above=(*profile.same_as_above, *options["same_as_above"]),
        basic_by_economic=profile.basic_by_economic
        | _pairs((options["split_basic"] or "").split(","), "--split-basic"),
    )
    profile = checked(profile, name or "")
    layouts = layouts_of([read_export(p) for p in exports], profile, options["money"] or "")
    if name and not options["save_profile"]:
        return profile
    if not name:
        _show(layouts)
        if not options["yes"] and not (sys.stdin.isatty() and click.confirm(_("列的对应是否正确？"), err=True)):
            hint = _("核对上面的对应后加 --yes；不对的用 --column 字段=列名 指明，或写一个导入方案用 --profile。")
            raise Fault(_("列的对应没有确认"), hint=hint)
    return drafted(layouts, profile) if profile.others else profile


def _show(layouts: Sequence[Layout]) -> None:
    """Show on standard error which column is taken for what, with what stands in the first line."""
    for layout in layouts:
        sheet = layout.sheet
        click.echo(_("{place}（{unit}）").format(place=sheet.place(layout.head.last), unit=layout.unit), err=True)
        first = next((r for r in sheet.rows[layout.head.last + 1 :] if any(r)), ())
        for field, column in sorted(layout.columns.items(), key=lambda item: item[1]):
            example = str(first[column])[:20] if column < len(first) else ""
            click.echo(f"  {field:<16} {layout.head.heading(column)}  {example}", err=True)
        for amount in layout.amounts[:_SHOWN]:
            what = _("各列之和，用于核对") if amount.whole else " ".join(amount.says.values())
            if amount.column not in layout.columns.values():
                click.echo(f"  {'amount':<16} {layout.head.heading(amount.column)}  {what}", err=True)


def _asked(options: dict[str, Any]) -> Asked:
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415
    from mingzhang.intake.books import read_book  # noqa: PLC0415
    from mingzhang.intake.platform.asked import Asked  # noqa: PLC0415
    from mingzhang.intake.platform.assembling import Wanted  # noqa: PLC0415

    into: Book | None = read_book(options["into"]) if options["into"] else None
    name = options["pack_name"] or (into.pack if into else "")
    if not name:
        raise Fault(_("不知道用于哪个表样包"), hint=_("请用 --pack 说明；可用的包见 mingzhang packs。"))
    pack = load_pack(name)
    year = options["year"] or (into.year if into else pack.years[-1] if pack.years else 0)
    types = dict(t.rpartition("=")[::2] for t in options["unit_types"])
    lines = _pairs(options["lines"], "--line")
    for where, role in lines.items():
        if role not in _ROLES:
            raise Fault(_("“{role}”不是 detail、subtotal 或 skip").format(role=role), place=f"--line {where}")
    wanted = Wanted(
        pack=name,
        year=year,
        unit_name=options["unit_name"] or (into.unit_name if into else ""),
        unit_code=options["unit_code"] or (into.unit_code if into else ""),
        unit_types=types,
        each_unit=options["each_unit"],
    )
    return Asked(
        wanted=wanted,
        unit=options["money"] or "",
        lines=lines,
        approved_files=options["approved"],
        approved=options["typed"],
        difference_files=options["difference_files"],
        differences=options["differences"],
        unreconciled=options["unreconciled"],
        into=into,
    )


def _pairs(texts: Sequence[str], option: str) -> dict[str, Any]:
    """Part `name=value` texts.

    Raises:
        Fault: a text without a sign of equality.
    """
    found = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if text and not (sign and name and value):
            raise Fault(_("应写成 名称=值，这里是“{text}”").format(text=text), place=option)
        if text:
            found[name.strip()] = value.strip()
    return found


def _write(imported: Imported, target: Path, profile: str, *, each: bool) -> None:
    """Write the books and the record beside them, each whole or not at all."""
    from mingzhang.documents.atomic import make_folder, write_bytes  # noqa: PLC0415
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415
    from mingzhang.intake.platform.record import SUFFIX, record_bytes  # noqa: PLC0415
    from mingzhang.intake.template import template_bytes  # noqa: PLC0415
    from mingzhang.model.codec import encode  # noqa: PLC0415

    paths = [target]
    if each:
        make_folder(target)
        paths = [target / f"{m.book.unit_code or m.book.unit_name}-{m.book.year}.json" for m in imported.books]
    elif target.suffix not in {".json", ".xlsx"}:
        raise Fault(_("底册应写成 .json 或 .xlsx"), place=str(target))
    files = [
        (p, template_bytes(load_pack(m.book.pack), m.book) if p.suffix == ".xlsx" else encode(m.book))
        for p, m in zip(paths, imported.books, strict=True)
    ]
    record = (target / "import" if each else target).with_suffix(SUFFIX)
    for path, content in (*files, (record, record_bytes(imported, profile))):
        write_bytes(path, content)
        tell_written(path)


def _save(profile: ExportProfile, name: str) -> None:
    from mingzhang.documents.atomic import make_folder, write_bytes  # noqa: PLC0415
    from mingzhang.intake.platform.profile import profile_path, profile_text  # noqa: PLC0415

    path = profile_path(name)
    make_folder(path.parent)
    write_bytes(path, profile_text(profile).encode())
    click.echo(_("导入方案已存为 {path}").format(path=path), err=True)


def _tell(imported: Imported) -> None:
    """Print the reconciliation to standard output, and to standard error what was left out or done."""
    from mingzhang.intake.platform.amounts import yuan  # noqa: PLC0415
    from mingzhang.intake.platform.record import described  # noqa: PLC0415

    for line in described(imported):
        click.echo(line)
    for x in imported.left_out:
        click.echo(_("未取 {place}：{reason}").format(place=x.place, reason=x.reason), err=True)
    for note in (*imported.notes[:_SHOWN], *imported.changes):
        click.echo(note, err=True)
    if len(imported.notes) > _SHOWN:
        click.echo(_("……另有 {n} 条说明，见导入记录").format(n=len(imported.notes) - _SHOWN), err=True)
    total = yuan(sum(amount for _place, _id, amount in imported.used))
    click.echo(
        _("取用 {n} 行，合计 {total} 元；未取 {m} 行。").format(
            n=len(imported.used), total=total, m=len(imported.left_out)
        ),
        err=True,
    )
    if not imported.compared:
        click.echo(_("没有与批复数核对。"), err=True)
