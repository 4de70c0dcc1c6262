"""Characters without which a pattern can be found nowhere: most patterns are refused of a document by these alone."""

from __future__ import annotations

import re
from functools import cache
from re import _constants as op  # how a pattern is put together is told nowhere else
from re import _parser
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Need = str | tuple["Needs", ...]
"""Characters of which one must be there, or alternatives of which one must be met."""

Needs = tuple[Need, ...]

_MOST: Final = 64
"""Ranges of more characters than this are met by nearly every text."""

_REPEATS: Final = frozenset({op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT})
_GROUPS: Final = frozenset({op.SUBPATTERN, op.ASSERT, op.ASSERT_NOT})
_BOUNDARIES: Final = frozenset({op.AT_BOUNDARY, op.AT_NON_BOUNDARY})
_OTHERS: Final = frozenset({op.CATEGORY_NOT_DIGIT, op.CATEGORY_NOT_SPACE, op.CATEGORY_NOT_WORD})
_END: Final = [(op.AT, op.AT_END)]


def may_be_found(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether a text may hold what a pattern looks for, by single characters; no means that it does not."""
    return _are_met(_needs_of(pattern.pattern, pattern.flags), text)


@cache  # by its text: a pattern's own hash is worked out of all it was compiled to, at each call
def _needs_of(pattern: str, flags: int) -> Needs:
    """Give what any text must have in which a pattern finds something, what refuses most and is looked for soonest first."""
    if flags & re.IGNORECASE:
        return ()
    return tuple(sorted(dict.fromkeys(_needs(_parser.parse(pattern, flags))), key=_trouble))


def _trouble(need: Need) -> tuple[bool, int]:
    return not isinstance(need, str), len(need)


def looks_beyond(pattern: re.Pattern[str]) -> bool:
    """Tell whether a pattern found in a text may be found no more where another stands before or behind it, after a NUL."""
    return _looks_beyond(pattern.pattern, pattern.flags)


@cache
def _looks_beyond(pattern: str, flags: int) -> bool:
    return any(
        (kind is op.AT and own not in _BOUNDARIES) or (refused and _may_be_nul(kind, own))
        for kind, own, refused in _pieces(_parser.parse(pattern, flags), refused=False)
    )


def _pieces(parts: Iterable[tuple[Any, Any]], *, refused: bool) -> Iterator[tuple[Any, Any, bool]]:
    """Take a pattern apart, and say of each piece whether the pattern is not found where it is."""
    for kind, own in parts:
        yield kind, own, refused
        for inside, refuses in _inside_of(kind, own):
            yield from _pieces(inside, refused=refused or refuses)


def _inside_of(kind: Any, own: Any) -> list[tuple[Iterable[tuple[Any, Any]], bool]]:
    """Give what a part is made of, and whether it must not be there, or gives nothing back of what it took."""
    if kind is op.BRANCH:
        ways = list(own[1])
        is_end = any(map(_is_nul, ways))  # then the end of a text is spelled both ways
        return [(way, False) for way in ways if not (is_end and list(way) == _END)]
    if kind in _REPEATS:
        return [(own[2], kind is op.POSSESSIVE_REPEAT)]
    if kind is op.ATOMIC_GROUP:
        return [(own, True)]
    return [(own[-1], kind is op.ASSERT_NOT)] if kind in _GROUPS else []


def _is_nul(way: Iterable[tuple[Any, Any]]) -> bool:
    """Tell whether an alternative is one character that is named, and may be a NUL."""
    parts = list(way)
    return len(parts) == 1 and (
        parts[0] == (op.LITERAL, 0) or (parts[0][0] is op.IN and (op.LITERAL, 0) in list(parts[0][1]))
    )


def _may_be_nul(kind: Any, own: Any) -> bool:
    """Tell whether what stands for one character stands for a NUL that it does not name."""
    if kind is op.IN:
        items = list(own)
        return (op.LITERAL, 0) not in items and any(kind is op.NEGATE or what in _OTHERS for kind, what in items)
    return kind is op.ANY or kind is op.ANY_ALL or (kind is op.NOT_LITERAL and own != 0)


def _are_met(needs: Needs, text: str) -> bool:
    for need in needs:
        for one in need:
            if one in text if isinstance(one, str) else _are_met(one, text):
                break
        else:
            return False
    return True


def _needs(parts: Iterable[tuple[Any, Any]]) -> Iterator[Need]:
    """Give what the parts of a pattern need, leaving out those that nearly any text meets."""
    for kind, own in parts:
        if kind is op.LITERAL:
            yield chr(own)
        elif kind is op.IN and (characters := _one_of(own)):
            yield characters
        elif kind is op.BRANCH:
            alternatives = tuple(tuple(_needs(either)) for either in own[1])
            if all(alternatives):
                yield alternatives
        else:
            yield from _needs(_inside(kind, own))


def _inside(kind: Any, own: Any) -> Iterable[tuple[Any, Any]]:
    """Give the parts of what must be found once at least, nothing of what may be left out or must not be there."""
    if kind in _REPEATS and own[0] > 0:
        inside: Iterable[tuple[Any, Any]] = own[2]
    elif kind is op.SUBPATTERN and not own[1] & re.IGNORECASE:
        inside = own[3]
    elif kind is op.ASSERT:
        inside = own[1]
    else:
        inside = own if kind is op.ATOMIC_GROUP else ()
    return inside


def _one_of(items: Iterable[tuple[Any, Any]]) -> str:
    """Give the characters of a class; none where they are too many, or named by what they are not."""
    found: dict[str, None] = {}
    for kind, own in items:
        if kind is op.LITERAL:
            found[chr(own)] = None
        elif kind is op.RANGE and own[1] - own[0] < _MOST:
            found |= dict.fromkeys(map(chr, range(own[0], own[1] + 1)))
        else:
            return ""
    return "".join(found)
