"""How faithfully performance forms are read: the forms of a Disclosure against truth set up by hand.

    python tools/fidelity_forms.py SAMPLES TRUTH [-v]

Forms are matched by the line they begin on, then by project. Texts are compared without white space.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.page import Line
    from mingzhang.model.performance import Indicator, ProjectForm

TEXTS = (
    "project", "department_code", "department", "implementing_unit", "attribute", "attribute_printed", "period_years",
    "period_printed", "overview", "basis", "necessity", "safeguards", "plan", "period_goal", "annual_goal", "filled_at",
)  # fmt: skip
FUNDS = ("total", "central", "provincial", "municipal", "self_raised", "other")
SIDES = ("period_indicators", "annual_indicators")


def measure(disclosure: Disclosure, truth_forms: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Count what agrees: forms, money, texts, indicators; `misses` lists the rest, with whether it was doubted."""
    out: dict[str, Any] = {
        "forms": [0, len(truth_forms)], "money": [0, 0], "texts": [0, 0], "indicators": [0, 0],
        "invented": 0, "silent": 0, "doubted": 0, "doubted_right": 0, "misses": [],
    }  # fmt: skip
    read = list(disclosure.project_forms)
    for truth in truth_forms:
        form = _match(read, truth)
        if form is None:
            out["misses"].append(("form", truth["project"], truth["lines"], "没有读到"))
            continue
        read.remove(form)
        out["forms"][0] += 1
        _compare(form, truth, out)
    out["extra_forms"] = [f.project for f in read]
    out["doubts"] = sum(len(f.doubts) for f in disclosure.project_forms)
    return out


def _match(read: list[ProjectForm], truth: dict[str, Any]) -> ProjectForm | None:
    by_line = [f for f in read if f.first is not None and f.first.line == truth["lines"][0]]
    by_name = [f for f in read if f.project == _plain(truth["project"])]
    return next(iter(by_line or by_name), None)


def _plain(value: Any) -> str:
    return re.sub(r"\s+", "", str(value)) if value is not None else ""


def _compare(form: ProjectForm, truth: dict[str, Any], out: dict[str, Any]) -> None:
    for name in TEXTS:
        got, want = _plain(getattr(form, name)), _plain(truth.get(name))
        _count(out, "texts", form, name, got, want)
    for side in ("period_funds", "annual_funds"):
        for key in FUNDS:
            figure = getattr(getattr(form, side), key)
            got = "" if figure is None or figure.digits is None else figure.plain
            _count(out, "money", form, f"{side}.{key}", got, _plain(truth[side].get(key)))
    for side in SIDES:
        got_all, want_all = list(getattr(form, side)), list(truth[side])
        for want in want_all:
            got_one = next((g for g in got_all if _key(g) == _key_of(want)), None)
            out["indicators"][1] += 1
            if got_one is None:
                out["misses"].append((form.project, side, want["line"], _key_of(want), "没有读到"))
                out["silent"] += 1
                continue
            got_all.remove(got_one)
            levels = (got_one.level1, got_one.level2) == (_plain(want["level1"]), _plain(want["level2"]))
            out["indicators"][0] += levels
            if levels:
                out["doubted_right"] += bool(got_one.doubt)
            else:
                note = got_one.doubt or "无疑"
                out["silent"] += not got_one.doubt
                out["misses"].append((form.project, side, want["line"], want["level2"], got_one.level2, note))
            out["doubted"] += bool(got_one.doubt)
        for one in got_all:
            out["invented"] += 1
            out["misses"].append((form.project, side, one.place and one.place.line, _key(one), "多读", one.doubt))


def _key(one: Indicator) -> tuple[int | None, str, str]:
    return (one.place.line if one.place else None, _plain(one.level3), _plain(one.value))


def _key_of(want: dict[str, Any]) -> tuple[int, str, str]:
    return (want["line"], _plain(want["level3"]), _plain(want["value"]))


def _count(out: dict[str, Any], group: str, form: ProjectForm, name: str, got: str, want: str) -> None:  # noqa: PLR0917
    out[group][1] += 1
    out[group][0] += got == want
    if got != want:
        out["misses"].append((form.project, name, f"应为“{want[:40]}”", f"读作“{got[:40]}”"))


def lines_of(path: Path) -> list[Line]:
    """Split a text file into lines of cells at its tabs."""
    from mingzhang.model.page import Cell, Line  # noqa: PLC0415
    from mingzhang.model.place import Place  # noqa: PLC0415

    return [
        Line(tuple(Cell(c, Place(line=n)) for c in text.split("\t")), Place(line=n))
        for n, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    ]


def measured(samples: Path, truth: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Measure every sample that has truth for its forms."""
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415
    from mingzhang.model.disclosure import Disclosure  # noqa: PLC0415
    from mingzhang.readback.performance import find_forms  # noqa: PLC0415

    for path in sorted(truth.glob("*.forms.json")):
        name = path.name.removesuffix(".forms.json")
        forms, department, _ = find_forms(lines_of(samples / f"{name}.txt"), load_pack("shanxi-2023"))
        disclosure = Disclosure(project_forms=forms, department_form=department)
        yield name, measure(disclosure, json.loads(path.read_text(encoding="utf-8")))


def main() -> None:
    """Print the counts for each sample, and with `-v` every miss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("samples", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    for name, result in measured(given.samples, given.truth):
        counts = "  ".join(f"{k} {result[k][0]}/{result[k][1]}" for k in ("forms", "money", "texts", "indicators"))
        rest = "  ".join(f"{k} {result[k]}" for k in ("invented", "silent", "doubted", "doubted_right", "doubts"))
        print(f"{name}\n  {counts}\n  {rest}")
        if given.verbose:
            for miss in result["misses"]:
                print("   ", *miss)


if __name__ == "__main__":
    main()
