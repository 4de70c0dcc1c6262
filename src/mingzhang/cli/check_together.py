"""`mingzhang check DIR --engine sql`: the rules that are equalities, asked of all files of a folder together."""

from __future__ import annotations

import os
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from mingzhang.cli.output import put
from mingzhang.cli.progress import progress_bar
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.cli.settings import Settings
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding
    from mingzhang.rules.settings import Steering

_AT_ONCE: Final = 500
"""So many documents are added up together; their figures are in memory meanwhile."""

FORMS: Final = ("text", "json")


def check_together(  # noqa: PLR0917 - what, by what, how
    settings: Settings, folder: Path, steering: Steering, form: str, output: Path | None, jobs: int
) -> int:
    """Check the files of a folder by declared rules alone; exit status as that of `check`.

    Raises:
        Fault: the form is not one of those that hold many documents, the folder has no files, or the extra is missing.
    """
    if form not in FORMS:
        raise Fault(_("--engine sql 的报告是 text 或 json"), hint=_("其他格式请不用 --engine。"))
    try:
        from mingzhang.rules.sql.findings import found_together  # noqa: PLC0415 - an extra
        from mingzhang.rules.sql.screening import must_be_installed  # noqa: PLC0415

        must_be_installed()
    except ModuleNotFoundError as error:
        raise Fault(_("没有安装 sqlglot 和 duckdb"), hint=_("装上后可用：pip install 'mingzhang[sql]'")) from error
    found: list[tuple[str, Disclosure, tuple[Finding, ...]]] = []
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as kept:
        read = _read(settings, folder, Path(kept), jobs, failed)
        while batch := tuple(islice(read, _AT_ONCE)):
            names, documents = zip(*batch, strict=True)
            told = found_together(documents, steering)
            found += [(n, d, own) for n, d, own in zip(names, documents, told, strict=True) if own]
    put(_json(found) if form == "json" else _text(found), output)
    for line in failed:
        click.echo(line, err=True)
    errors = sum(f.severity == "error" for _name, _document, own in found for f in own)
    click.echo(
        _("有问题的文件 {files} 份，错误 {errors} 个，不能用的文件 {failed} 份；只用等式规则").format(
            files=len(found), errors=errors, failed=len(failed)
        ),
        err=True,
    )
    return 2 if failed else int(errors > 0)


def _read(
    settings: Settings, folder: Path, kept: Path, jobs: int, failed: list[str]
) -> Iterator[tuple[str, Disclosure]]:
    """Read every file below a folder, in processes of their own; name those that cannot be used."""
    from mingzhang.batch.outcomes import files_below  # noqa: PLC0415
    from mingzhang.batch.running import Batch, run_batch  # noqa: PLC0415
    from mingzhang.batch.works import ENDINGS, read_one  # noqa: PLC0415
    from mingzhang.model.codec import decode  # noqa: PLC0415
    from mingzhang.model.disclosure import Disclosure  # noqa: PLC0415

    files = tuple(files_below(folder, ENDINGS))
    batch = Batch(folder, files, kept, read_one, {"to": "json"}, settings.give_to_rooms)
    with progress_bar(folder.name, len(files)) as done:
        outcomes = run_batch(batch, processes=jobs or os.cpu_count() or 1, told=lambda _outcome: done(""))
    for outcome in outcomes:
        if outcome.status == "failed":
            failed.append(outcome.fault.strip())
            continue
        path = kept / outcome.files[0]
        yield outcome.key, decode(path.read_bytes(), Disclosure, source=str(path))


def _text(found: Sequence[tuple[str, Disclosure, tuple[Finding, ...]]]) -> bytes:
    """Write each file's findings under its name."""
    from mingzhang.rules.reports import as_text  # noqa: PLC0415

    lines = [line for name, document, own in found for line in (f"== {name}", *as_text(own, document), "")]
    return "".join(f"{line}\n" for line in lines).encode()


def _json(found: Sequence[tuple[str, Disclosure, tuple[Finding, ...]]]) -> bytes:
    """Write one list of findings, each with the file it is of."""
    import msgspec  # noqa: PLC0415

    from mingzhang.rules.reports import finding_tree  # noqa: PLC0415

    trees: list[dict[str, Any]] = [{"file": name, **finding_tree(f)} for name, _document, own in found for f in own]
    return msgspec.json.format(msgspec.json.encode(trees), indent=1) + b"\n"
