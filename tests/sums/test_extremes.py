"""The ends of a sum under rows: whole numbers, none, or nothing where the solver cannot say."""

from __future__ import annotations

from types import SimpleNamespace

import highspy
import pytest

from mingzhang.sums import extremes
from mingzhang.sums.extremes import Extremes

STATUS = highspy.HighsModelStatus


class Doubtful:
    """A solver that cannot say what it found, so many times."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.cleared = 0

    def changeColsCost(self, *_args) -> None:  # noqa: N802 - the solver's own name
        pass

    def changeObjectiveSense(self, _sense) -> None:  # noqa: N802
        pass

    def clearSolver(self) -> None:  # noqa: N802
        self.cleared += 1

    def run(self) -> None:
        self.times -= 1

    def getModelStatus(self):  # noqa: N802
        return STATUS.kUnknown if self.times >= 0 else STATUS.kOptimal

    def getSolution(self):  # noqa: N802
        return SimpleNamespace(col_value=[3.0, 4.0])


def test_whole_numbers_at_either_end():
    model = Extremes([0, 0], [([(0, 1), (1, 1)], None, 7)])
    assert sum(model.extreme([0, 1], greatest=True) or ()) == 7
    assert sum(model.extreme([0, 1], greatest=False) or (1,)) == 0


def test_without_a_bound_there_is_none():
    assert Extremes([0], []).extreme([0], greatest=True) is None


@pytest.mark.parametrize(("times", "found"), [(0, [3, 4]), (1, [3, 4]), (2, [])])
def test_a_solver_that_cannot_say_is_asked_once_more_from_anew(monkeypatch, times, found):
    doubtful = Doubtful(times)
    monkeypatch.setattr(extremes, "_solver", lambda *_args: doubtful)
    assert Extremes([0, 0], []).extreme([0], greatest=True) == found
    assert doubtful.cleared == min(times, 1)
