"""Properties that are worked out when they are first asked for, and kept; unlike those of `functools` they take no lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801 - it stands where `property` would
    """What it gives is put in its own place among an object's attributes, where it is found from then on."""

    def __init__(self, ask: Callable[[Any], T]) -> None:
        """Take the function that works it out."""
        self._ask = ask
        self.__doc__ = ask.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        """Learn the name it has."""
        self._name = name

    @overload
    def __get__(self, own: None, owner: type) -> kept[T]: ...
    @overload
    def __get__(self, own: object, owner: type) -> T: ...
    def __get__(self, own: object | None, owner: type) -> kept[T] | T:
        """Work it out for an object."""
        if own is None:
            return self
        found = own.__dict__[self._name] = self._ask(own)
        return found
