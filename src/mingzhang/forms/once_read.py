"""What was read of a pack's data is kept with the very data it was read from: packs are loaded once and asked often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_MOST: Final = 64


class OnceRead(Generic[T]):
    """Keeps what was made of the last data; data alike but not the same are read anew, since one may be edited."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._known: dict[int, tuple[object, T]] = {}

    def of(self, source: object, read: Callable[[], T]) -> T:
        """Give what was read of a source, or read it."""
        known = self._known.get(id(source))
        if known is not None and known[0] is source:
            return known[1]
        made = read()
        self._known[id(source)] = (source, made)  # holding the source keeps its identity from passing to another
        if len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
        return made
