"""Documents of forms that nobody wrote a pack for: figures read right, wrong, doubted, missing; false findings; planted errors found.

`python benchmarks/bench_other_forms.py [SEEDS] [--words]` prints a row for each layout and door. Every printed document
agrees with itself, so each error or warning on one is false. `layout_text` needs the program pdftotext.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from other_form_errors import KINDS, planted
from other_form_prints import DOORS, printed
from other_form_scores import Score, document, read_as, read_bytes, scored
from other_form_tables import layouts

from mingzhang.rules.engine import check

GRAVE = {"error", "warning"}


def main() -> None:
    """Print both tables."""
    seeds = next((int(a) for a in sys.argv[1:] if a.isdigit()), 2)
    doors = (*DOORS, *(("layout_text",) if shutil.which("pdftotext") else ()))
    print(
        f"{'layout':10}{'door':14}{'all':>6}{'right':>8}{'keyed':>8}{'wrong':>7}{'doubted':>9}{'missing':>9}{'false':>7}"
    )
    whole = {door: Score() for door in doors}
    for layout in layouts():
        for door in doors:
            score, false = Score(), 0
            for seed in range(seeds):
                tables, disclosure = read_as(layout, door, seed, words="--words" in sys.argv)
                score += scored(tables, disclosure)
                false += sum(f.severity in GRAVE for f in check(disclosure))
            whole[door] += score
            print(f"{layout:10}{door:14}{_row(score)}{false:7}", flush=True)
    for door, score in whole.items():
        print(f"{'all':10}{door:14}{_row(score)}")
    _planted(seeds)


def _row(score: Score) -> str:
    right, keyed = score.right / max(score.all, 1), score.keyed / max(score.keys, 1)
    return f"{score.all:6}{right:8.1%}{keyed:8.1%}{score.wrong:7}{score.doubted:9}{score.missing:9}"


def _planted(seeds: int) -> None:
    """Print how many planted errors gave an error or a warning, or a hint that rounding may explain them."""
    print(f"\n{'planted':12}{'all':>6}{'found':>8}{'hint':>7}")
    for kind in KINDS:
        count: Counter[str] = Counter()
        for layout in layouts():
            for seed in range(seeds):
                budget, tables, random = document(layout, seed)
                changed, _title, _value = planted(tables, kind, Random(f"{layout} {kind} {seed}"))
                found = check(read_bytes(printed("tabbed", budget, changed, random), "a.txt"))
                count["found"] += any(f.severity in GRAVE for f in found)
                grave = any(f.severity in GRAVE for f in found)
                count["hint"] += not grave and any(f.explained_by_rounding for f in found)
                count["all"] += 1
        print(f"{kind:12}{count['all']:6}{count['found'] / count['all']:8.1%}{count['hint'] / count['all']:7.1%}")


if __name__ == "__main__":
    main()
