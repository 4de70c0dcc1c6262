"""Labels that slipped by one row."""

from __future__ import annotations

from mingzhang.sums.solving import Shift, label_shifts


def test_shifts_lose_no_figure():
    shifts = list(label_shifts([False, False, True], top_is_lost=False))
    assert shifts == [Shift(0, 2, -1), Shift(1, 2, -1)]
    assert [shifts[0].label_of(i) for i in range(3)] == [1, 2, None]
    assert [shifts[1].label_of(i) for i in range(3)] == [0, 2, None]


def test_a_lost_top_label_lets_all_labels_move_down():
    first = next(label_shifts([False, False], top_is_lost=True))
    assert first == Shift(0, 1, 1)
    assert [first.label_of(i) for i in range(2)] == [None, 0]
