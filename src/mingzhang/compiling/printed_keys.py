"""The keys of the figures that print each variable, spelled only where somebody asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from mingzhang.compiling.naming import key_of
from mingzhang.rules.figures import TEXT
from mingzhang.sums.rounding import Variable
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.sums.shapes import Shape

    _Place = tuple[Shape | None, int | str]
    """A cell of a sheet by its place, or a statement by its name."""


class PrintedAs(Mapping[Variable, tuple[str, ...]]):
    """The variables that a document prints, in the order of print, each with the keys of the figures that print it."""

    def __init__(
        self, known: Sequence[Variable], sheets: Sequence[tuple[Shape, Sequence[int]]], texts: Mapping[str, int]
    ) -> None:
        """Take the variables by number, the numbers of each sheet's cells (below 0 for none), and those of statements."""
        numbers = dict.fromkeys(n for _, own in sheets for n in own if n >= 0)
        numbers.update(dict.fromkeys(texts.values()))
        self._numbers = {known[n]: n for n in numbers}
        self._sheets, self._texts = sheets, texts
        self._spelled: dict[Variable, tuple[str, ...]] = {}
        self._sources: dict[Variable, tuple[str, ...]] = {}

    def __iter__(self) -> Iterator[Variable]:
        """Go through the variables."""
        return iter(self._numbers)

    def __len__(self) -> int:
        """Count the variables."""
        return len(self._numbers)

    def __contains__(self, variable: object) -> bool:
        """Tell whether a variable is printed."""
        return variable in self._numbers

    def __getitem__(self, variable: Variable) -> tuple[str, ...]:
        """Spell the keys of the figures that print a variable."""
        found = self._spelled.get(variable)
        if found is None:
            found = self._spelled[variable] = tuple([_key(*one) for one in self._places[self._numbers[variable]]])
        return found

    def get(self, variable: Variable, default: tuple[str, ...] = ()) -> tuple[str, ...]:  # type: ignore[override]
        """Spell the keys of a variable, none where it is not printed."""
        return self[variable] if variable in self._numbers else default

    def sources(self, variable: Variable) -> tuple[str, ...]:
        """Give the sheets of the figures that print a variable, in the order of its keys; none where it is not printed."""
        found = self._sources.get(variable)
        if found is None:
            number = self._numbers.get(variable)
            places = () if number is None else self._places[number]
            found = self._sources[variable] = tuple([TEXT if shape is None else shape.id for shape, _ in places])
        return found

    def key(self, variable: Variable, n: int) -> str:
        """Spell one of a variable's keys, by its number among them."""
        return _key(*self._places[self._numbers[variable]][n])

    @cached_property
    def _places(self) -> dict[int, list[_Place]]:
        """List the cells of sheets, and the statements, that print each number."""
        out: dict[int, list[_Place]] = {number: [] for number in self._numbers.values()}
        for shape, own in self._sheets:
            for place, number in enumerate(own):
                if number >= 0:
                    out[number].append((shape, place))
        for name, number in self._texts.items():
            out[number].append((None, name))
        return out


def _key(shape: Shape | None, place: int | str) -> str:
    return key_of(CellRef(TEXT, str(place)) if shape is None else CellRef(shape.id, *shape.cell(int(place))))
