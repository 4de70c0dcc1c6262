"""A theme to begin with: the standard one with all its remarks, in another theme's values where that was asked for."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from mingzhang.documents.theme_loading import FILE, SHIPPED

if TYPE_CHECKING:
    from pathlib import Path

_HEADING: Final = re.compile(r"\[([\w.]+)\]")
_KEY: Final = re.compile(r"(\w+) = (.*?)(\s*#.*)?")


def starting_theme(base: Path) -> str:
    """Give the text of a theme's file: every key with its remark, its value that of the theme in this folder."""
    lines = (SHIPPED / "standard" / FILE).read_text(encoding="utf-8").splitlines()
    given = tomllib.loads((base / FILE).read_text(encoding="utf-8"))
    out: list[str] = []
    under = ""
    for line in lines:
        heading, key = _HEADING.match(line), _KEY.fullmatch(line)
        if heading:
            out += _further(given, under, out)
            under = heading[1]
        value = _value(given, under, key[1]) if key else None
        out.append(f"{key[1]} = {_spelled(value)}{key[3] or ''}" if key and value is not None else line)
    out += _further(given, under, out)
    return "\n".join(out) + "\n"


def _further(given: dict[str, Any], under: str, lines: list[str]) -> list[str]:
    """Give the keys of a heading that the theme has and the standard one leaves out."""
    own = _table(given, under)
    start = max((n for n, x in enumerate(lines) if x.startswith(f"[{under}]")), default=0)
    known = {k[1] for x in lines[start:] if (k := _KEY.fullmatch(x))}
    while lines and not lines[-1] and own:
        lines.pop()
    return [
        *(f"{k} = {_spelled(v)}" for k, v in own.items() if k not in known and not isinstance(v, dict)),
        *([""] if own else []),
    ]


def _table(given: dict[str, Any], under: str) -> dict[str, Any]:
    own: Any = given
    for step in under.split(".") if under else ():
        own = own.get(step, {})
    return own if isinstance(own, dict) else {}


def _value(given: dict[str, Any], under: str, key: str) -> Any:
    return _table(given, under).get(key)


def _spelled(value: Any) -> str:
    """Spell a value as TOML; a theme has texts, numbers, truths and lists of colours."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_spelled, value))}]"
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"
