"""What the files of a checked folder say of each other: one report for the area beside those of the units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

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
_KEPT: Final = ".mingzhang-area"
"""Ends the name of the file that keeps of a document what is held against others."""


class _Told(msgspec.Struct):
    """What is counted of a finding in a document's own report; one that was accepted has `waived`."""

    rule: str
    severity: str
    outcome: str
    waived: msgspec.Raw = msgspec.Raw()


def excerpt_path(target: Path) -> Path:
    """Give the file, hidden, that keeps what is held against others."""
    return target.with_name(f".{target.name}{_KEPT}.json")


def write_area(
    out: Path, outcomes: Sequence[Outcome], steering: Steering | None, title: str
) -> tuple[AreaFinding, ...]:
    """Hold the documents of a batch against each other and write the area's findings and its page."""
    from mingzhang.documents.atomic import write_bytes  # noqa: PLC0415
    from mingzhang.documents.report_area import Unit, report_area  # noqa: PLC0415
    from mingzhang.rules.across import check_area  # noqa: PLC0415
    from mingzhang.rules.catalogue import EVERY_RULE  # noqa: PLC0415
    from mingzhang.rules.reports import finding_tree  # noqa: PLC0415

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
    from mingzhang.model.codec import decode  # noqa: PLC0415
    from mingzhang.model.disclosure import Disclosure  # noqa: PLC0415

    for outcome in outcomes:
        kept = excerpt_path(out / outcome.key)
        if outcome.status != "failed" and kept.exists():
            yield outcome.key, decode(kept.read_bytes(), Disclosure, source=str(kept))


def _broken(out: Path, outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Give the rule and severity of each error and warning that stands in a document's report."""
    for name in outcome.files:
        if name.endswith(OWN):
            for told in msgspec.json.decode((out / name).read_bytes(), type=list[_Told]):
                if told.outcome == "violated" and told.severity != "hint" and not told.waived:
                    yield told.rule, told.severity
