"""Words that tell of what is withheld: its name or its amount in a text that somebody typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.compiling.withheld import Published

_SHORTEST: Final = 2
_ROUND: Final = 100_000_000
"""Amounts in whole millions of 元 stand in many a text that means something else."""


def mentions(shown: Published) -> tuple[str, ...]:
    """Say where texts of what may be published name a withheld project, or spell a withheld amount."""
    names = {s.name: s.id for s in shown.secrets if len(s.name) >= _SHORTEST}
    public = [p.name for p in shown.book.projects]
    amounts = {s.amount: s.id for s in shown.secrets if s.amount % _ROUND}
    found = []
    for place, text in _texts(msgspec.to_builtins(shown.book), ""):
        rest = text
        for name in public:
            rest = rest.replace(name, "")
        found += [
            _("{place} 提到涉密项目 {secret} 的名称").format(place=place, secret=secret)
            for name, secret in names.items()
            if name in rest
        ]
        found += [
            _("{place} 写有涉密金额 {secret}").format(place=place, secret=secret)
            for fen, secret in amounts.items()
            if any(spelled in _plain(text) for spelled in _spellings(fen))
        ]
    return tuple(dict.fromkeys(found))


def _texts(tree: Any, place: str) -> Iterator[tuple[str, str]]:
    match tree:
        case str():
            yield place, tree
        case dict():
            for key, value in tree.items():
                yield from _texts(value, f"{place}.{key}" if place else str(key))
        case list() | tuple():
            for n, value in enumerate(tree):
                yield from _texts(value, f"{place}[{n}]")


def _plain(text: str) -> str:
    """Mark where numbers begin, without thousands separators and needless zeros behind the point."""
    plain = re.sub(r"(?<=\d)[,，](?=\d{3})", "", text)
    plain = re.sub(r"(\.\d*?)0+(?=\D|$)", r"\1", plain)
    return re.sub(r"(?<![\d.])(?=\d)", "#", re.sub(r"\.(?=\D|$)", "", plain))


def _spellings(fen: int) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]
        f"#{whole}" + (f".{rest:0{places}d}".rstrip("0") if rest else "") + unit
        for places, unit in ((2, "元"), (6, "万元"))
        for whole, rest in (divmod(fen, 10**places),)
    )
