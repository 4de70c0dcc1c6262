"""The `mingzhang` command: its commands load only when called, so that `--help` is quick."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

from mingzhang import __version__
from mingzhang.cli.lazy import LazyGroup
from mingzhang.cli.settings import Settings, language_asked_for
from mingzhang.model.fault import Fault, why_not
from mingzhang.model.language import LANGUAGES, later, use_language
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INTERRUPTED: Final = 130
UNREAD: Final = 141
"""What a shell gives for a program whose output nobody reads to its end, as before `| head`."""

SURROUNDINGS: Final = frozenset({errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EROFS, errno.EDQUOT})
"""What goes wrong with files by no fault of the program: not allowed, no room."""

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "read": ("mingzhang.cli.read:read", later("读入已公开的文件，输出数据")),
    "check": ("mingzhang.cli.check:check", later("检查公开文件，列出每处矛盾及其证据")),
    "rules": ("mingzhang.cli.rules:rules", later("列出审核规则，或说明其中一条")),
    "compile": ("mingzhang.cli.compile:compile_", later("由预算底册编制全套公开文件")),
    "reasons": ("mingzhang.cli.reasons:reasons", later("对照上年文件，起草增减变动的原因")),
    "rollup": ("mingzhang.cli.rollup:rollup", later("把部门本级和所属单位的底册汇总成部门底册")),
    "adjust": ("mingzhang.cli.adjust:adjust", later("把年中追加、追减、调剂记入批复的底册")),
    "render": ("mingzhang.cli.render:render", later("由公开数据排版 PDF、Excel")),
    "explain": ("mingzhang.cli.explain:explain", later("说明一个数字由哪些明细组成")),
    "withheld": ("mingzhang.cli.withheld:withheld", later("涉密金额能否由公开的数字推算出来")),
    "diff": ("mingzhang.cli.compare:diff", later("比较两份公开文件")),
    "verify": ("mingzhang.cli.verify:verify", later("核对公开的文件是不是批准的那一份")),
    "import": ("mingzhang.cli.imports:import_", later("由预算平台导出的明细生成预算底册")),
    "template": ("mingzhang.cli.template:template", later("生成预算底册的 Excel 模板")),
    "pack": ("mingzhang.cli.packs:pack", later("检查、起草表样包")),
    "packs": ("mingzhang.cli.packs:packs", later("列出可用的表样包")),
    "theme": ("mingzhang.cli.theme:theme", later("设计、检查版式主题")),
    "standards": ("mingzhang.cli.standards:standards", later("管理政府收支分类科目")),
    "config": ("mingzhang.cli.config:config", later("显示各项设置的值与来源")),
}


class _NobodyReadsError(Exception):
    """Who reads the output has gone; click would end with status 1, which says that errors were found."""


@contextmanager
def _read_to_its_end() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise _NobodyReadsError from error


class _Program(LazyGroup):
    """The command itself: where its output is no longer read it leaves by an exception of its own."""

    def make_context(self, *given: Any, **named: Any) -> click.Context:
        """Parse what is asked, or tell the help."""
        with _read_to_its_end():
            return super().make_context(*given, **named)

    def invoke(self, ctx: click.Context) -> Any:
        """Do what is asked."""
        with _read_to_its_end():
            return super().invoke(ctx)


def build() -> click.Group:
    """Build the command in the language in use."""

    @click.group(
        cls=_Program,
        lazy=COMMANDS,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        help=_("明账：编制、检查、发布和读取部门预算公开。"),
    )
    @click.option("--lang", type=click.Choice(LANGUAGES), help=_("界面语言（默认 zh）"))
    @click.option("-v", "--verbose", count=True, help=_("多说一些；-vv 更多"))
    @click.option("--log-json", is_flag=True, help=_("日志用 JSON 格式写到标准错误"))
    @click.version_option(__version__, message="mingzhang %(version)s", help=_("显示版本"))
    @click.pass_context
    def mingzhang(ctx: click.Context, *, lang: str | None, verbose: int, log_json: bool) -> None:
        from mingzhang.cli.logs import start_logging  # noqa: PLC0415 - not for --help

        start_logging(verbose=verbose, as_json=log_json)
        ctx.obj = Settings.load(flags={"lang": lang} if lang else {})
        ctx.obj.give_to_rooms()

    return mingzhang


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; faults are told without a traceback, with exit status 2."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        use_language(language_asked_for(words))
        status: Any = build().main(args=words, prog_name="mingzhang", standalone_mode=False)
    except Fault as fault:
        click.secho(str(fault), err=True, fg="red")
        sys.exit(fault.status)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except _NobodyReadsError:
        _let_go_of_closed_streams()
        sys.exit(UNREAD)
    except OSError as error:
        if error.errno not in SURROUNDINGS:
            raise
        place = f"{error.filename}: " if error.filename else ""
        click.secho(place + _("无法读写：{why}").format(why=why_not(error)), err=True, fg="red")
        sys.exit(Fault.status)
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("已中断，没有留下写了一半的文件。"), err=True)
        sys.exit(INTERRUPTED)
    sys.exit(status if isinstance(status, int) else 0)


def _let_go_of_closed_streams() -> None:
    """Have what is still to be written go nowhere where nobody reads it, else it is tried again on leaving."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
