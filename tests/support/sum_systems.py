"""Small random systems of sums, and the best choice of their digits found by trying every choice there is."""

from __future__ import annotations

from itertools import product
from random import Random

from mingzhang.sums.additive import Sum, round_together
from mingzhang.sums.network import Choices
from mingzhang.sums.rounding import Variable

STEP = 10_000


class System:
    """Figures, sums of some of them, and what is wished of them."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)
        amounts = [
            random.choice((5_000, 15_000, 2_500, 7_500, random.randint(1, 4 * STEP)))
            for _ in range(random.randint(2, 5))
        ]
        parts = [Variable(frozenset({str(n)}), a) for n, a in enumerate(amounts)]
        figures = dict.fromkeys(parts)
        self.sums = []
        for _ in range(random.randint(1, 5)):
            own = random.sample(parts, random.randint(2, len(parts)))
            whole = Variable(frozenset().union(*(p.facts for p in own)), sum(p.fen for p in own))
            figures[whole] = None
            self.sums.append(Sum(((-1, whole), *((1, p) for p in own))))
        self.figures = list(figures)
        random.shuffle(self.figures)
        self.anchors = random.sample(self.figures, random.randint(0, 3) % len(self.figures))
        self.kept = self._drawn(random, random.choice((0, 0, len(self.figures) // 2, len(self.figures))))
        self.held = self._drawn(random, random.choice((0, 0, 1, 2)))

    def _drawn(self, random: Random, count: int) -> dict[Variable, int]:
        return {v: v.value // v.step + random.randint(0, 1) for v in random.sample(self.figures, count)}

    def solved(self, seed: int = 0):
        return round_together(self.figures, self.sums, self.anchors, kept=self.kept, held=self.held, seed=seed)

    def best(self) -> dict[Variable, int] | None:
        """Try every choice."""
        choices = Choices(tuple(self.figures), self.kept)
        numbers = range(len(self.figures))
        ranges = [[choices.low[i], choices.low[i] + 1][: 1 + (choices.rest[i] > 0)] for i in numbers]
        found = []
        for picked in product(*ranges):
            digits = dict(zip(self.figures, picked, strict=True))
            if all(digits[v] == d for v, d in self.held.items()) and all(s.holds(digits) for s in self.sums):
                off = [picked[i] != choices.wanted[i] for i in numbers]
                rank = (
                    sum(choices.weight(i) for i in choices.kept if off[i]),
                    [off[choices.index[a]] for a in self.anchors],
                    sum(off[i] for i in numbers if i not in choices.kept),
                    sum(choices.distance(i) * (picked[i] - choices.low[i]) for i in numbers),
                    off,
                )
                found.append((rank, digits))
        return min(found, key=lambda one: one[0])[1] if found else None
