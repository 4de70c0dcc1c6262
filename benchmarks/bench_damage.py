"""What becomes of the figures of damaged documents: read right, doubted, lost or read wrong without a word, by kind.

python benchmarks/bench_damage.py --documents 50
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from damage import KINDS, damaged, outcome
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.forms.packs import all_packs, load_pack
from mingzhang.model.disclosure import Source
from mingzhang.readback.recognise import read_disclosure
from mingzhang.readback.text import read_pages

HEAD = ("right", "doubted", "missing", "wrong")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=50, help="how many of each kind")
    parser.add_argument("--kind", help="this kind alone")
    parser.add_argument("--show", action="store_true", help="name the documents in which something was wrong")
    asked = parser.parse_args()
    packs = [p for p in all_packs() if p.tables]
    compiled: dict[int, tuple[object, object]] = {}
    total = dict.fromkeys(HEAD, 0)
    print(f"{'kind':22}" + "".join(f"{h:>9}" for h in HEAD) + "   right or doubted   wrong")
    for kind in [asked.kind] if asked.kind else KINDS:
        own = dict.fromkeys(HEAD, 0)
        for seed in range(asked.documents):
            if seed not in compiled:
                name = packs[seed % len(packs)].id
                compiled[seed] = (compile_book(sound_book(seed, name)).disclosure, load_pack(name))
            case = damaged(*compiled[seed], kind, seed)
            reading = read_disclosure(read_pages(case.text.encode(), "damaged.txt"), Source(name="damaged.txt"))
            found = outcome(case, reading)
            if asked.show and found["missing"] + found["wrong"]:
                print("   ", kind, seed, found)
            own = {h: own[h] + found[h] for h in HEAD}
        _line(kind, own)
        total = {h: total[h] + own[h] for h in HEAD}
    _line("all", total)


def _line(kind: str, counts: dict[str, int]) -> None:
    whole = sum(counts.values()) or 1
    good = 100 * (counts["right"] + counts["doubted"]) / whole
    print(
        f"{kind:22}"
        + "".join(f"{counts[h]:9}" for h in HEAD)
        + f"   {good:15.2f}%  {100 * counts['wrong'] / whole:6.2f}%"
    )


if __name__ == "__main__":
    main()
