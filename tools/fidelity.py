"""How exactly the samples are read, against what is true of them: figures of tables, statements, form fields.

Each measure gives one line a sample. `fidelity_statements.py` and `fidelity_forms.py` beside this file add theirs:
a function `measure(disclosure, rows)` that is given the rows of the truth's JSON file and gives counts by name.
"""

from __future__ import annotations

import csv
import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.readback.doors import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mingzhang.model.disclosure import Disclosure

    Counts = Mapping[str, object]
    Measure = Callable[[Disclosure, Path, str], Counts | None]

SHARED: Final = Path(__file__).resolve().parents[2] / "shared"
OTHERS: Final = (("statements", "fidelity_statements"), ("forms", "fidelity_forms"))

CellKey = tuple[str, str, str]


class Cells(msgspec.Struct, frozen=True):
    """Figures of tables against the truth, by table, row and column."""

    right: tuple[CellKey, ...]
    wrong: tuple[CellKey, ...]
    missing: tuple[CellKey, ...]
    invented: tuple[CellKey, ...]
    doubted: tuple[CellKey, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Count each kind."""
        return {k: len(getattr(self, k)) for k in ("right", "wrong", "missing", "invented", "doubted")}

    @property
    def exact(self) -> bool:
        """Tell whether every figure is right and none invented."""
        return not (self.wrong or self.missing or self.invented)


def compare_cells(disclosure: Disclosure, truth: Path) -> Cells:
    """Compare the figures read, blank ones left out, with a truth of `table,row,column,value`."""
    read = dict(_figures(disclosure))
    with truth.open(encoding="utf-8", newline="") as lines:
        true = {(r["table"], r["row"], r["column"]): r["value"] for r in csv.DictReader(lines)}
    return Cells(
        right=tuple(k for k, v in true.items() if k in read and read[k][0] == v),
        wrong=tuple(k for k, v in true.items() if k in read and read[k][0] != v),
        missing=tuple(k for k in true if k not in read),
        invented=tuple(k for k in read if k not in true),
        doubted=tuple(k for k, (_, doubt) in read.items() if doubt),
    )


def _figures(disclosure: Disclosure) -> Iterator[tuple[CellKey, tuple[str, str]]]:
    for table in disclosure.tables:
        for row in table.rows:
            for column, figure in row.cells.items():
                if figure.printed:
                    yield (table.id, row.key, column), (figure.plain, figure.doubt or row.doubt)


def measure_cells(disclosure: Disclosure, truth: Path, name: str) -> Counts | None:
    """Count figures of tables by how they were read; None where no truth is known."""
    file = truth / f"{name}.cells.csv"
    return compare_cells(disclosure, file).counts if file.is_file() else None


def measures() -> dict[str, Measure]:
    """Gather the measures: tables always, statements and forms where their modules are."""
    found: dict[str, Measure] = {"tables": measure_cells}
    for label, module in OTHERS:
        if (Path(__file__).parent / f"{module}.py").is_file():
            found[label] = _measure_rows(label, importlib.import_module(module).measure)
    return found


def _measure_rows(label: str, measure: Callable[[Disclosure, object], Counts]) -> Measure:
    def measured(disclosure: Disclosure, truth: Path, name: str) -> Counts | None:
        file = truth / f"{name}.{label}.json"
        return measure(disclosure, json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None

    return measured


def spelled(counts: Counts) -> str:
    """Spell counts on one line; lists of examples stay out."""
    words = []
    for name, value in counts.items():
        if isinstance(value, int):
            words.append(f"{name} {value}")
        elif isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(v, int) for v in value):
            words.append(f"{name} {value[0]}/{value[1]}")
    return "  ".join(words)


def main() -> int:
    """Read every sample and print each measure; 1 if a figure of a table is not as it should be."""
    samples, truth = SHARED / "samples", SHARED / "truth"
    if not samples.is_dir():
        print("the samples are not beside this checkout: nothing to measure", file=sys.stderr)
        return 0
    status = 0
    for path in sorted([*samples.glob("*.txt"), *samples.glob("*.pdf")]):
        disclosure = read_file(path)
        for label, measure in measures().items():
            counts = measure(disclosure, truth, path.stem)
            if counts is not None:
                print(f"{path.stem:36} {label:12} {spelled(counts)}")
        cells = truth / f"{path.stem}.cells.csv"
        status |= int(cells.is_file() and not compare_cells(disclosure, cells).exact)
    return status


if __name__ == "__main__":
    sys.exit(main())
