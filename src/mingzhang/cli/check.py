"""`mingzhang check`: every contradiction of a published file, with its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mingzhang.cli.output import put, tell_written
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.batch.outcomes import Outcome
    from mingzhang.cli.settings import Settings
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.readback.opening import Opened
    from mingzhang.rules.inspected import Inspected

FORMATS = ("text", "json", "sarif", "html", "xlsx", "docx", "inspection")
_FILES = frozenset({"html", "xlsx", "docx", "inspection"})
_SHEETS = (".xlsx", ".docx", ".html")
COLOURS = {"error": "red", "warning": "yellow", "hint": "cyan"}
_PATH = click.Path(path_type=Path)


@click.command(
    help=_(
        "检查公开文件，列出每处矛盾及其证据。没有错误时退出码为 0，有错误为 1，文件不能用为 2。给文件夹则逐份检查并核对各份之间的勾稽，报告写到 -o 文件夹。"
    )
)
@click.argument("file", type=_PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help=_(
        "报告的格式：终端、JSON、SARIF、网页报告、问题清单（Excel）、整改通知（Word）、检查表与评分（按 -o 的后缀写 xlsx、docx 或 html）"
    ),
)
@click.option("--only", multiple=True, help=_("只用这些规则：编号或类别字母，可用逗号分隔，可重复"))
@click.option("--skip", multiple=True, help=_("不用这些规则"))
@click.option("--severity", multiple=True, metavar="ID=LEVEL", help=_("改变规则的程度：error、warning 或 hint"))
@click.option(
    "--settings", "file_of_settings", type=_PATH, help=_("规则设置文件（TOML）：开关、程度、阈值、白名单、自定规则")
)
@click.option("--baseline", type=_PATH, help=_("以前的检查结果（JSON）：只列新出现的问题，消除的计数"))
@click.option("--waivers", type=_PATH, help=_("豁免文件（TOML）：已接受的问题及理由、岗位；数字变动即失效"))
@click.option("--against", type=_PATH, help=_("上年公开的文件：核对上年数、延续项目和结转资金"))
@click.option("--fix", "fixing", is_flag=True, help=_("改正只有一种最小改法的数字和错行，改正后的文件（JSON）写到 -o"))
@click.option("--choose", multiple=True, metavar="FINDING=N", help=_("与 --fix 同用：有几种改法的问题用第几种，可重复"))
@click.option("--annotate", type=_PATH, metavar="OUT.pdf", help=_("另写一份 PDF 副本，问题处加批注高亮；原文件不动"))
@click.option("--all", "everything", is_flag=True, help=_("也列出通过和无法判断的审核"))
@click.option("-o", "--output", type=_PATH, help=_("输出文件（默认标准输出），或输出文件夹"))
@click.option(
    "--engine",
    type=click.Choice(("rules", "sql")),
    default="rules",
    show_default=True,
    help=_(
        "检查文件夹时：rules 逐份用全部规则；sql 只用等式规则，在 DuckDB 里各份一起核对，问题列在一处（-o 没有后缀时是文件夹，中断后可接着做）"
    ),
)
@click.option("--jobs", type=click.IntRange(0), default=0, help=_("检查文件夹时用几个进程（默认每核一个）"))
@click.pass_obj
def check(
    settings: Settings,
    *,
    file: Path,
    form: str,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    severity: tuple[str, ...],
    file_of_settings: Path | None,
    baseline: Path | None,
    waivers: Path | None,
    against: Path | None,
    fixing: bool,
    choose: tuple[str, ...],
    annotate: Path | None,
    everything: bool,
    output: Path | None,
    engine: str,
    jobs: int,
) -> int:
    """Check one file, or the files of a folder."""
    from mingzhang.rules.settings import from_flags, read_settings, settled  # noqa: PLC0415

    steering = settled(
        from_flags(only, skip, severity), None if file_of_settings is None else read_settings(file_of_settings)
    )
    _must_go_together(file, choose, annotate, fixing=fixing)
    if engine == "sql" or file.is_dir():
        flags = {"only": " ".join(only), "skip": " ".join(skip), "severity": " ".join(severity)}
        files = {"settings": file_of_settings, "waivers": waivers}
        asked = flags | {key: str(path.resolve()) for key, path in files.items() if path is not None}
        asked["given"] = settings.content(*files.values())
        if engine == "sql":
            others = (baseline, waivers, against, annotate)
            return _together(settings, file, asked, form, output, jobs, others=others, fixing=fixing)
        if fixing:
            raise Fault(_("--fix 只用于一份文件"), place=str(file))
        if baseline is not None or against is not None:
            raise Fault(_("--baseline 和 --against 只用于一份文件"), place=str(file))
        return _folder(settings, file, output, asked, jobs)
    from mingzhang.readback.doors import read_file, read_opened  # noqa: PLC0415
    from mingzhang.readback.opening import opened  # noqa: PLC0415
    from mingzhang.rules.baseline import read_baseline  # noqa: PLC0415
    from mingzhang.rules.inspected import Wish, inspect  # noqa: PLC0415
    from mingzhang.rules.reports import counted  # noqa: PLC0415
    from mingzhang.rules.waivers import read_waivers  # noqa: PLC0415

    _must_be_writable(form, output)
    given = opened(file)
    disclosure = read_opened(given)
    if fixing:
        from mingzhang.cli.fix import fix_file  # noqa: PLC0415

        pack = "" if disclosure.pack is None else disclosure.pack.id
        return fix_file(disclosure, steering.chosen(pack).of("document"), choose, output)
    wish = Wish(
        steering=steering,
        baseline=None if baseline is None else read_baseline(baseline),
        waivers=() if waivers is None else read_waivers(waivers),
        last_year=None if against is None else read_file(against),
        everything=everything,
    )
    found = inspect(disclosure, wish)
    if annotate is not None:
        from mingzhang.cli.check_places import annotate_file  # noqa: PLC0415

        annotate_file(file, given, annotate, found.findings, disclosure)
    if form == "text" and output is None:
        for line in _text(found, disclosure):
            click.echo(_coloured(line))
    else:
        if form == "inspection" and output is not None:
            put(_inspection(found, disclosure, file, given, output.suffix.lower()), output)
        else:
            put(_report(found, disclosure, form, file, given), output)
        _tell_apart(found, form)
        tell_written(output, counted(found.findings))
    return 1 if found.has_errors else 0


def _folder(settings: Settings, folder: Path, out: Path | None, wish: dict[str, str], jobs: int) -> int:
    """Check the files of a folder, each by itself and all against each other."""
    from mingzhang.batch.areas import PAGE, write_area  # noqa: PLC0415
    from mingzhang.batch.works import check_one, wish_of  # noqa: PLC0415
    from mingzhang.cli.many import run_folder  # noqa: PLC0415

    asked = wish_of(wish)

    def together(out: Path, outcomes: Sequence[Outcome]) -> bool:
        found = write_area(out, outcomes, asked.steering, folder.resolve().name)
        told = _("各份文件之间：{n} 处问题；全部：{path}").format(n=len(found), path=out / PAGE)
        click.echo(told, err=True)
        return any(f.finding.severity == "error" for f in found)

    return run_folder(settings, folder, out, check_one, wish, jobs, together)


def _together(  # noqa: PLR0917 - what, by what, how
    settings: Settings,
    folder: Path,
    wish: dict[str, str],
    form: str,
    out: Path | None,
    jobs: int,
    *,
    others: Sequence[Path | None],
    fixing: bool,
) -> int:
    """Check the files of a folder together.

    Raises:
        Fault: it is no folder, or flags are given that are for files one by one.
    """
    from mingzhang.cli.check_together import check_together  # noqa: PLC0415

    if not folder.is_dir():
        raise Fault(_("--engine sql 用于文件夹"), place=str(folder))
    if fixing or any(o is not None for o in others):
        raise Fault(_("--engine sql 不与 --fix、--annotate、--baseline、--waivers、--against 同用"))
    return check_together(settings, folder, wish, form, out, jobs)


def _must_go_together(file: Path, choose: tuple[str, ...], annotate: Path | None, *, fixing: bool) -> None:
    """Refuse flags that make no sense together, before anything is read.

    Raises:
        Fault: `--choose` without `--fix`, or a copy that cannot be annotated.
    """
    if choose and not fixing:
        raise Fault(_("--choose 要与 --fix 同用"))
    if annotate is not None:
        from mingzhang.cli.check_places import must_be_annotatable  # noqa: PLC0415

        must_be_annotatable(file, annotate, fixing=fixing)


def _must_be_writable(form: str, output: Path | None) -> None:
    """Refuse a form that nothing was named to be written to, before anything is read."""
    if form in _FILES and output is None:
        raise Fault(_("{format} 报告要写到文件").format(format=form), hint=_("请用 -o 指定输出文件。"))
    if form == "inspection" and output is not None and output.suffix.lower() not in _SHEETS:
        raise Fault(_("检查表写成 xlsx、docx 或 html"), place=str(output), hint=_("请改 -o 的后缀。"))


def _text(found: Inspected, disclosure: Disclosure) -> list[str]:
    from mingzhang.rules.reports import as_text  # noqa: PLC0415

    return [*as_text(found.findings, disclosure), *found.lines()]


def _tell_apart(found: Inspected, form: str) -> None:
    """Say on standard error what the list of findings alone does not say."""
    for line in found.lines() if form != "text" else ():
        click.echo(line, err=True)


def _report(found: Inspected, disclosure: Disclosure, form: str, file: Path, given: Opened) -> bytes:
    """Write findings in one of the forms; each is imported when it is asked for."""
    if form == "text":
        return "".join(f"{line}\n" for line in _text(found, disclosure)).encode()
    if form == "json":
        from mingzhang.rules.reports import as_json  # noqa: PLC0415

        return as_json(found.findings, found.accepted)
    if form == "sarif":
        from mingzhang.rules.sarif import as_sarif  # noqa: PLC0415

        return as_sarif(found.findings, disclosure, found.accepted, found.rules)
    if form == "xlsx":
        from mingzhang.documents.report_sheet import report_sheet  # noqa: PLC0415

        return report_sheet(found.findings, disclosure, found.accepted)
    if form == "docx":
        from mingzhang.batch.seen import seen_in  # noqa: PLC0415
        from mingzhang.documents.report_notice import report_notice  # noqa: PLC0415

        seen = seen_in(file, given, found.findings, disclosure)
        return report_notice(found.findings, disclosure, found.accepted, seen)
    from mingzhang.batch.seen import page_of  # noqa: PLC0415

    return page_of(file, given, found, disclosure)


def _inspection(found: Inspected, disclosure: Disclosure, file: Path, given: Opened, ending: str) -> bytes:
    """Fill the inspection sheet in and write it as the ending of its file asks."""
    from mingzhang.batch.seen import seen_in  # noqa: PLC0415
    from mingzhang.documents.report_inspection import inspection_notice, inspection_page  # noqa: PLC0415
    from mingzhang.documents.report_inspection_sheet import inspection_sheet  # noqa: PLC0415
    from mingzhang.rules.engine import pack_of  # noqa: PLC0415
    from mingzhang.rules.inspection import inspection_of  # noqa: PLC0415

    filled = inspection_of(found.findings, disclosure, pack_of(disclosure), given.lines)
    seen = seen_in(file, given, found.findings, disclosure)
    if ending == ".html":
        return inspection_page(filled, seen).encode()
    return inspection_sheet(filled, seen) if ending == ".xlsx" else inspection_notice(filled, seen)


def _coloured(line: str) -> str:
    for word, severity in ((_("错误"), "error"), (_("警告"), "warning"), (_("提示"), "hint")):
        if line.startswith(word):
            return click.style(word, fg=COLOURS[severity], bold=True) + line[len(word) :]
    return line
