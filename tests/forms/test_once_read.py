"""What is read of data is kept with the very data."""

from __future__ import annotations

from mingzhang.forms import once_read
from mingzhang.forms.once_read import OnceRead


def test_the_same_data_are_read_once__data_alike_again():
    kept: OnceRead[list[int]] = OnceRead()
    data, alike = {"a": 1}, {"a": 1}

    first = kept.of(data, lambda: [1])

    assert kept.of(data, lambda: [2]) is first
    assert kept.of(alike, lambda: [3]) == [3]


def test_only_so_many_are_kept(monkeypatch):
    monkeypatch.setattr(once_read, "_MOST", 2)
    kept: OnceRead[int] = OnceRead()
    every = [{"n": n} for n in range(3)]
    for n, data in enumerate(every):
        kept.of(data, lambda n=n: n)

    assert [kept.of(data, lambda: -1) for data in reversed(every)] == [2, 1, -1]
