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
_KEPT: Final = ".mingzhang-area"
"""Ends the name of the file that keeps of a document what is held against others."""


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
    from mingzhang.rules.reports import finding_tree  # noqa: PLC0415

    found = check_area(_documents(out, outcomes), steering)
    trees = [{**finding_tree(f.finding), "files": list(f.files)} for f in found]
    write_bytes(out / FINDINGS, msgspec.json.format(msgspec.json.encode(trees), indent=1) + b"\n")
    units = [Unit(o.key, f"{o.key}.html" if o.status != "failed" else "", dict(o.said)) for o in outcomes]
    write_bytes(out / PAGE, report_area(title, units, found).encode())
    return found


def _documents(out: Path, outcomes: Sequence[Outcome]) -> Iterator[tuple[str, Disclosure]]:
    from mingzhang.model.codec import decode  # noqa: PLC0415
    from mingzhang.model.disclosure import Disclosure  # noqa: PLC0415

    for outcome in outcomes:
        kept = excerpt_path(out / outcome.key)
        if outcome.status != "failed" and kept.exists():
            yield outcome.key, decode(kept.read_bytes(), Disclosure, source=str(kept))
