"""`mingzhang check --fix`: a document put right where nobody needs to decide, and what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mingzhang.cli.output import put
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Repair
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.repair_fixing import Fixed, Step

_SHOWN = 6
_IDS = 3


def choices(values: Iterable[str]) -> dict[str, int]:
    """Read `FINDING=N` as it stands behind `--choose`.

    Raises:
        Fault: it is written otherwise.
    """
    out: dict[str, int] = {}
    for value in values:
        name, sign, number = value.partition("=")
        if not (name and sign and number.isdecimal() and int(number) > 0):
            raise Fault(
                _("--choose 看不懂：{value}").format(value=value),
                hint=_("写成 问题编号=改法序号，例如 B-002-1a2b3c4d5e=2。"),
            )
        out[name] = int(number)
    return out


def fix_file(disclosure: Disclosure, rules: Sequence[Rule], chosen: Iterable[str], output: Path | None) -> int:
    """Put a document right, write it as JSON, say what was done; 1 where errors are left.

    Raises:
        Fault: no file to write to, or a choice that is none.
    """
    from mingzhang.model.codec import encode  # noqa: PLC0415
    from mingzhang.rules.repair_fixing import fix  # noqa: PLC0415

    if output is None:
        raise Fault(_("--fix 要写出改正后的文件"), hint=_("请用 -o 指定输出文件（JSON）。"))
    fixed = fix(disclosure, rules, chosen=choices(chosen))
    put(encode(fixed.disclosure), output)
    for line in fixed_lines(fixed):
        click.echo(line)
    return 1 if any(f.severity == "error" for f in fixed.findings) else 0


def fixed_lines(fixed: Fixed) -> Iterator[str]:
    """Say what was changed and why, what was not and why, and what is left."""
    for step in fixed.steps:
        if not step.reason:
            yield f"{_('已改')} {_listed(step.findings)}"
            yield from (f"      {line}" for line in _changes(step.repair))
            yield f"      {_('复核：{n} 处错误和警告消除，没有新增').format(n=step.settled)}"
    for step in fixed.steps:
        if step.reason:
            yield f"{_('未改')} {_listed(step.findings)} {step.reason}"
            yield from _open(step)
    errors, warnings = (sum(f.severity == s for f in fixed.findings) for s in ("error", "warning"))
    yield _("改了 {n} 处，还有 {errors} 个错误，{warnings} 个警告").format(
        n=len(fixed.changed), errors=errors, warnings=warnings
    )


def _changes(repair: Repair) -> Iterator[str]:
    changes = repair.changes[:_SHOWN]
    yield _("；").join(f"{c.before or _('空白')} → {c.after or _('空白')}" for c in changes) + "…" * (
        len(repair.changes) > _SHOWN
    )
    yield from repair.proof


def _open(step: Step) -> Iterator[str]:
    every = (step.repair, *step.repair.others)
    if len(every) == 1:
        yield from (f"      {line}" for line in step.repair.proof)
        return
    yield from (f"      {n}. {r.proof[0]}" for n, r in enumerate(every[:_SHOWN], 1))
    if len(every) > _SHOWN:
        yield f"      …（{len(every)}）"
    yield f"      {_('选定后加上')} --choose {step.findings[0]}=N"


def _listed(ids: Sequence[str]) -> str:
    return _("、").join(ids[:_IDS]) + (_("等{n}处").format(n=len(ids)) if len(ids) > _IDS else "")
