"""What becomes of the figures of damaged documents: read right, doubted, lost or read wrong without a word, by kind.

    python benchmarks/bench_damage.py --documents 50
    python benchmarks/bench_damage.py --noise [--samples FOLDER] [--documents N] [--kind KIND] [--show]

With `--noise` whole documents, every other one with three wrong amounts, and the text samples of a folder are printed as
converters and scanners leave them, kind by kind; counted too is what the rules say only then, and no longer.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

import noise_outcome
from conversion_noise import is_money, lines_of
from damage import KINDS, damaged, outcome
from defects import read_text
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.tabbed import tabbed
from mingzhang.forms.packs import all_packs, load_pack
from mingzhang.model.disclosure import Source
from mingzhang.readback.recognise import read_disclosure
from mingzhang.readback.text import read_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = ("right", "doubted", "missing", "wrong")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=50, help="how many of each kind")
    parser.add_argument("--kind", help="this kind alone")
    parser.add_argument("--show", action="store_true", help="name the documents in which something was wrong")
    parser.add_argument("--noise", action="store_true", help="noise over whole documents")
    parser.add_argument("--samples", type=Path, help="a folder of texts for --noise")
    asked = parser.parse_args()
    if asked.noise:
        _noise(asked)
        return
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


def _texts(documents: int, samples: Path | None) -> Iterator[tuple[str, str]]:
    """Give texts by name: samples, and sound documents of every pack, every other one with amounts that slipped."""
    for path in sorted(samples.glob("*.txt")) if samples is not None else ():
        yield path.stem, path.read_text(encoding="utf-8")
    packs = packs_of_books()
    for n in range(documents):
        pack = packs[n % len(packs)]
        text = tabbed(compile_book(sound_book(n, pack.id)).disclosure, pack)
        yield f"{pack.id} {n}", _slipped(text, n) if n % 2 else text


def _slipped(text: str, seed: int) -> str:
    """Give a text with another first digit in three amounts of its tables."""
    random = Random(seed)
    lines = lines_of(text, read_text(text))
    rows = [x for x in lines if x.part == "body" and any(map(is_money, x.cells))]
    for x in random.sample(rows, min(3, len(rows))):
        cells = x.cells
        at = random.choice([i for i, t in enumerate(cells) if is_money(t)])
        digit = next(c for c in cells[at] if c.isdigit())
        cells[at] = cells[at].replace(digit, str(int(digit) % 9 + 1), 1)
        x.put("\t".join(cells))
    return "\n".join(x.text for x in lines)


def _noise(asked: argparse.Namespace) -> None:
    sound = [(name, noise_outcome.Sound(text)) for name, text in _texts(asked.documents, asked.samples)]
    print(f"{'kind':26}" + "".join(f"{h:>10}" for h in noise_outcome.COUNTS))
    for kind in [asked.kind] if asked.kind else noise_outcome.KINDS:
        total: Counter[str] = Counter()
        for name, one in sound:
            counts, told = one.outcome(kind, name)
            total += counts
            if asked.show:
                print("\n".join(f"   {name}: {line}" for line in told[:8]))
        print(f"{kind:26}" + "".join(f"{total[h]:10}" for h in noise_outcome.COUNTS), flush=True)


if __name__ == "__main__":
    main()
