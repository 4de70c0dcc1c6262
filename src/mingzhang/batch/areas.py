"""What the files of a checked folder say of each other: one report for the area beside those of the units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.batch.collecting import collecting_seldom
from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mingzhang.batch.outcomes import Outcome
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.rules.across import AreaFinding
    from mingzhang.rules.settings import Steering

FINDINGS: Final = "area.findings.json"
PAGE: Final = "area.html"
OWN: Final = ".findings.json"
"""Ends the name of a document's own findings."""
_KEPT: Final = ".mingzhang-area.msgpack"
"""Ends the name of the file that keeps of a document what is held against others."""


class _Told(msgspec.Struct):
    """What is counted of a finding in a document's own report; one that was accepted has `waived`."""

    rule: str
    severity: str
    outcome: str
    waived: msgspec.Raw = msgspec.Raw()


def excerpt_path(target: Path) -> Path:
    """Give the file, hidden, that keeps what is held against others."""
    return target.with_name(f".{target.name}{_KEPT}")


def keep_excerpt(target: Path, disclosure: Disclosure) -> Path:
    """Keep of a document what is held against others; as MessagePack, which is written and read ten times as fast as JSON."""
    from mingzhang.documents.atomic import write_bytes  # noqa: PLC0415
    from mingzhang.rules.across import excerpt  # noqa: PLC0415

    kept = excerpt_path(target)
    write_bytes(kept, msgspec.msgpack.encode(excerpt(disclosure)))
    return kept


def write_area(
    out: Path, outcomes: Sequence[Outcome], steering: Steering | None, title: str
) -> tuple[AreaFinding, ...]:
    """Hold the documents of a batch against each other and write the area's findings and its page."""
    from mingzhang.documents.atomic import write_bytes  # noqa: PLC0415
    from mingzhang.documents.report_area import Unit, report_area  # noqa: PLC0415
    from mingzhang.rules.across import check_area  # noqa: PLC0415
    from mingzhang.rules.catalogue import EVERY_RULE  # noqa: PLC0415
    from mingzhang.rules.reports import finding_tree  # noqa: PLC0415

    with collecting_seldom():
        found = check_area(_documents(out, outcomes), steering)
    trees = [{**finding_tree(f.finding), "files": list(f.files)} for f in found]
    write_bytes(out / FINDINGS, msgspec.json.format(msgspec.json.encode(trees), indent=1) + b"\n")
    units = [
        Unit(o.key, f"{o.key}.html", dict(o.said), found=tuple(_broken(out, o)))
        if o.status != "failed"
        else Unit(o.key, "", dict(o.said), fault=o.why)
        for o in outcomes
    ]
    own = () if steering is None else steering.rules
    words = {r.id: r.sentence for r in (*EVERY_RULE, *own)}
    write_bytes(out / PAGE, report_area(title, units, found, words).encode())
    return found


def _documents(out: Path, outcomes: Sequence[Outcome]) -> Iterator[tuple[str, Disclosure]]:
    from mingzhang.model.disclosure import Disclosure  # noqa: PLC0415

    decoder = msgspec.msgpack.Decoder(Disclosure)
    for outcome in outcomes:
        kept = excerpt_path(out / outcome.key)
        if outcome.status != "failed" and kept.exists():
            try:
                yield outcome.key, decoder.decode(kept.read_bytes())
            except msgspec.DecodeError as error:
                raise UnreadableInput(
                    _("内容不符合数据格式：{why}").format(why=error),
                    place=str(kept),
                    hint=_("请换一个输出文件夹。"),
                ) from error


def _broken(out: Path, outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Give the rule and severity of each error and warning that stands in a document's report."""
    for name in outcome.files:
        if name.endswith(OWN):
            for told in msgspec.json.decode((out / name).read_bytes(), type=list[_Told]):
                if told.outcome == "violated" and told.severity != "hint" and not told.waived:
                    yield told.rule, told.severity
