"""The thirteen tables of the samples, every printed figure against what is true of them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from mingzhang.readback.doors import read_file

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = {"wusu-bonded-zone-2023": 147, "jinzhong-economic-operations-2024": 226, "xiaohe-park-2023": 270}


@pytest.mark.parametrize(("name", "count"), SAMPLES.items())
def test_every_figure_stands_at_its_table_row_and_column(samples: Path, truth: Path, name: str, count: int) -> None:
    found = read_file(samples / f"{name}.txt")
    read = [
        ((t.id, r.key, c), f.plain, f.doubt or r.doubt)
        for t in found.tables
        for r in t.rows
        for c, f in r.cells.items()
        if f.printed
    ]
    with (truth / f"{name}.cells.csv").open(encoding="utf-8", newline="") as lines:
        true = {(r["table"], r["row"], r["column"]): r["value"] for r in csv.DictReader(lines)}
    assert len(true) == count
    assert {key: value for key, value, _ in read} == true
    assert len(read) == count
    assert not [key for key, _, doubt in read if doubt]
    assert len(found.tables) == 13


def test_every_figure_knows_its_line(samples: Path) -> None:
    path = samples / "xiaohe-park-2023.txt"
    lines = path.read_text(encoding="utf-8").split("\n")
    for table in read_file(path).tables:
        for figure in (f for r in table.rows for f in r.cells.values() if f.printed):
            assert figure.place is not None
            assert figure.place.line is not None
            assert figure.printed in lines[figure.place.line - 1].split("\t")


def test_the_watermarks_of_the_draft_are_found(samples: Path) -> None:
    marks = read_file(samples / "jinzhong-economic-operations-2024.txt").publication.marks
    assert [m.kind for m in marks] == ["watermark"] * 12
    assert {m.text for m in marks} == {"仅供内部审核"}
