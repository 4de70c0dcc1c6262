"""Measure the rules against what careful reviewers found in published documents.

`review.py SAMPLES TRUTH` prints for every sample how much of each severity was found, what was missed, and the
findings that match no line of a review. A finding of any severity that names a line of an entry, or one beside it, and
one of its numbers counts as found; the line is enough where an entry has no numbers. Of a review kept as a table
(`NAME.review.md`, for a sample in PDF) an entry names pages: a finding on one of them counts that shares a number or
three characters in a row with the entry.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingzhang.readback.doors import read_file
from mingzhang.rules.engine import check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.finding import Finding

SEVERITIES = ("error", "warning", "hint")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LONG_NUMBER = re.compile(r"\d[\d,]*\.\d+|\d{3,}")
_HAN = re.compile(r"[\u4e00-\u9fff]{3,}")
_ENTRY = re.compile(r"\|(?P<id>[A-Z]\d+)\|(?P<severity>[EWH])\|(?P<place>[^|]*)\|(?P<what>[^|]*)\|")
_SEVERITY = {"E": "error", "W": "warning", "H": "hint"}


def numbers_of(text: str) -> set[str]:
    """Give the numbers in a text, without separators and needless zeros."""
    return {_plain(n) for n in _NUMBER.findall(text)}


def finds(finding: Finding, entry: dict[str, Any]) -> bool:
    """Tell whether a finding is the one that a review's entry means."""
    if "pages" in entry:
        return _finds_on_page(finding, entry)
    near = {line + d for line in entry["lines"] for d in (-1, 0, 1)}
    if not near & _lines(finding):
        return False
    wanted = {n for text in entry["numbers"] for n in numbers_of(text)}
    values = (e.value for e in finding.evidence)
    said = (finding.message, finding.expected or "", finding.actual or "", finding.difference or "", *values)
    return not wanted or bool(wanted & {n for text in said for n in numbers_of(text)})


def entries_of(text: str) -> list[dict[str, Any]]:
    """Read the entries of a review kept as a table: number, severity, place with pages, what was found."""
    return [
        {
            "severity": _SEVERITY[found["severity"]],
            "kind": found["id"],
            "pages": [int(p) for p in re.findall(r"p(\d+)", found["place"])],
            "lines": [],
            "message": found["what"],
        }
        for found in _ENTRY.finditer(text)
    ]


def _finds_on_page(finding: Finding, entry: dict[str, Any]) -> bool:
    spots = (*finding.where, *(e.where for e in finding.evidence))
    if entry["pages"] and not {s.page for s in spots} & set(entry["pages"]):
        return False
    wanted, said = entry["message"], " ".join((finding.message, *(e.value for e in finding.evidence)))
    numbers = {_plain(n) for n in _LONG_NUMBER.findall(wanted)} & {_plain(n) for n in _LONG_NUMBER.findall(said)}
    return bool(numbers) or any(run[i : i + 3] in said for run in _HAN.findall(wanted) for i in range(len(run) - 2))


def report(name: str, findings: Sequence[Finding], entries: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Say what was found, what was missed, and what no entry explains."""
    found = [any(finds(f, e) for f in findings) for e in entries]
    for severity in SEVERITIES:
        own = [ok for ok, e in zip(found, entries, strict=True) if e["severity"] == severity]
        yield f"{name} {severity}: {sum(own)} of {len(own)} found"
    for ok, entry in zip(found, entries, strict=True):
        if not ok:
            yield f"  missed {entry['severity']} {entry['kind']} {entry['lines'][:6]} {entry['message']}"
    for finding in findings:
        if not any(finds(finding, e) for e in entries):
            where = sorted(_lines(finding))[:4]
            near = "" if any(_lines(finding) & set(e["lines"]) for e in entries) else " (no entry at its lines)"
            yield f"  beyond {finding.severity} {finding.rule} {where}{near} {finding.message[:90]}"


def _lines(finding: Finding) -> set[int]:
    spots = (*finding.where, *(e.where for e in finding.evidence))
    return {s.line for s in spots if s.line is not None}


def _plain(number: str) -> str:
    number = number.replace(",", "")
    return number.rstrip("0").rstrip(".") if "." in number else number


def main(samples: Path, truth: Path) -> int:
    """Report on every sample that has a review; give the exit status."""
    reviews = [*sorted(truth.glob("*.review.json")), *sorted(truth.glob("*.review.md"))]
    for path in reviews:
        name = path.name.rpartition(".review.")[0]
        text = path.read_text(encoding="utf-8")
        entries = json.loads(text) if path.suffix == ".json" else entries_of(text)
        findings = check(read_file(samples / f"{name}{'.txt' if path.suffix == '.json' else '.pdf'}"))
        print("\n".join(report(name, findings, entries)))
    return 0 if reviews else 1


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:3])))
