"""The files of a pack and of those it extends, with the line on which each key stands.

The TOML reader gives values without their places, so a small index of lines is kept beside it: headings and keys, and
below a key the first line that holds a given text.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

import msgspec

from mingzhang.forms.packs import pack_folder

Steps = tuple[str | int, ...]
PARTS: Final = ("tables", "text", "forms")
"""The folders of a pack; files elsewhere are not read."""

_HEADING: Final = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY: Final = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w@-]+)\s*=""")
_STEP: Final = re.compile(r"""\s*("[^"]*"|'[^']*'|[^.]+?)\s*(?:\.|$)""")


class Spot(msgspec.Struct, frozen=True):
    """Where something stands: the file, the key in it, the line (0 where it stands nowhere)."""

    file: str
    key: str = ""
    line: int = 0


class PackFile(msgspec.Struct, frozen=True):
    """One file: its name in the pack (`tables/summary`), where it is, its text and data (None where it is no TOML)."""

    name: str
    path: Path
    text: str
    data: dict[str, Any] | None
    error: str
    index: dict[Steps, int]

    def at(self, path: Steps, text: str = "") -> Spot:
        """Give the place of a key, or of the first line below it that holds a text."""
        known = next(path[:n] for n in range(len(path), -1, -1) if path[:n] in self.index or n == 0)
        line = self.index.get(known, 0)
        if text:
            lines = self.text.splitlines()
            line = next((n for n in range(max(line, 1), len(lines) + 1) if text in lines[n - 1]), line)
        return Spot(str(self.path), spelled(path), line)


class PackSources:
    """All files of a pack, its own before those of the packs it extends."""

    def __init__(self, name: str) -> None:
        """Find a pack by id or by the path of its folder, and read its files; `circle` names packs that extend each other.

        Raises:
            InvalidPack: there is no such pack.
        """
        self.folder = pack_folder(name)
        self.levels: list[dict[str, PackFile]] = []
        self.circle = ""
        folder, seen = self.folder, list[Path]()
        while not self.circle:
            seen.append(folder.resolve())
            files = {f.name: f for f in [toml_file(p, folder) for p in sorted(folder.rglob("*.toml"))]}
            self.levels.append(files)
            heads = [f.data or {} for f in files.values() if _is_head(f)]
            base = next((data["extends"] for data in heads if "extends" in data), "")
            if not isinstance(base, str) or not base:
                break
            folder = pack_folder(base)
            if folder.resolve() in seen:
                self.circle = " → ".join(p.name for p in (*seen, folder))
        self.levels += [
            {file.name: lent}
            for level in tuple(self.levels)
            for file in level.values()
            if (lent := _lent(file)) is not None
        ]

    @property
    def own(self) -> dict[str, PackFile]:
        """Give the pack's own files by name."""
        return self.levels[0]

    def at(self, name: str, *path: str | int, text: str = "") -> Spot:
        """Say where a key stands: in the first file of that name that has the most of it."""
        files = [level[name] for level in self.levels if name in level]
        if not files:
            return Spot(str(self.folder / f"{name}.toml"), spelled(path))
        depth = {id(f): next(n for n in range(len(path), -1, -1) if n == 0 or path[:n] in f.index) for f in files}
        holding = [f for f in files if text and text in f.text] or files
        return max(holding, key=lambda f: (depth[id(f)], -files.index(f))).at(path, text)

    def head(self, *path: str | int, text: str = "") -> Spot:
        """Say where a key of the pack itself stands."""
        named = next(
            (f.name for level in self.levels for f in level.values() if _is_head(f) and path[:1] in f.index), "pack"
        )
        return self.at(named, *path, text=text)


def spelled(path: Steps) -> str:
    """Spell a path as a key: `rows[1].fixed`."""
    out = ""
    for step in path:
        out += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if out else str(step)
    return out


def _is_head(file: PackFile) -> bool:
    return "/" not in file.name


def _lent(file: PackFile) -> PackFile | None:
    """Find the file of another pack that one is a difference from (`like`)."""
    lender = (file.data or {}).get("like")
    levels = PackSources(lender).levels if lender and isinstance(lender, str) else []
    return next((level[file.name] for level in levels if file.name in level), None)


def toml_file(path: Path, folder: Path) -> PackFile:
    """Read one TOML file of a folder with the lines of its keys; what is wrong with it stands in it."""
    name = path.relative_to(folder).with_suffix("").as_posix()
    data, error, text = None, "", ""
    try:
        text = path.read_bytes().decode("utf-8")
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        error = str(reason)
    return PackFile(name, path, text, data, error, _index(text))


def _index(text: str) -> dict[Steps, int]:
    """Find the line of each heading and of each key."""
    out: dict[Steps, int] = {}
    under: Steps = ()
    times: dict[Steps, int] = {}
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = "" if inside in line else inside
            continue
        heading, key = _HEADING.fullmatch(line), _KEY.match(line)
        if heading is not None and not line.startswith((" ", "\t")):
            under = tuple(s.strip("\"'") for s in _STEP.findall(heading[2]) if s)
            if heading[1] == "[[":
                times[under] = times.get(under, -1) + 1
                under = (*under, times[under])
            for n in range(1, len(under) + 1):
                out.setdefault(under[:n], number)
        elif key is not None and not line.startswith((" ", "\t")):
            out.setdefault((*under, key[1].strip("\"'")), number)
            rest = line[key.end() :]
            inside = next((q for q in ('"""', "'''") if rest.count(q) == 1), "")
    return out
