"""What came of each file of a batch, kept line by line so that a stopped batch goes on where it was."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from mingzhang import __version__
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

RECORD: Final = ".mingzhang-batch.jsonl"
"""The file in the output folder that says what was done."""

FAILED: Final = "failed"
"""The folder in the output folder with a text for each file that could not be used."""

Said = dict[str, int | str]


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of one file: done, failed, or kept from an earlier run because nothing had changed.

    `key` is the file's path below the folder given, `mark` stands for its content and what was asked, `files` are what
    was written below the output folder, `said` is for the summary.
    """

    key: str
    status: Literal["done", "failed", "kept"]
    mark: str
    files: tuple[str, ...] = ()
    said: Said = {}
    fault: str = ""

    @property
    def why(self) -> str:
        """Give in a line why the file failed: what a fault says before its hint; of a bug's traceback the last line."""
        lines = self.fault.strip().splitlines() or [""]
        found = lines[-1] if lines[0].startswith("Traceback") else lines[0]
        return found.removeprefix(f"{self.key.rpartition('/')[2]}: ")


class Record:
    """The outcomes of earlier runs in an output folder, and of this one as they come."""

    def __init__(self, out: Path) -> None:
        """Read what stands there; a last line cut short by a stop is left out.

        Raises:
            Fault: the record is not one.
        """
        self._out = out
        self._path = out / RECORD
        self.before: dict[str, Outcome] = {}
        lines = self._path.read_bytes().split(b"\n") if self._path.exists() else []
        for n, line in enumerate(lines):
            try:
                found = msgspec.json.decode(line, type=Outcome) if line else None
            except msgspec.DecodeError as error:
                if n == len(lines) - 1:
                    break
                raise Fault(
                    _("批处理记录已损坏"), place=f"{self._path}: {n + 1}", hint=_("请换一个输出文件夹。")
                ) from error
            if found is not None:
                self.before[found.key] = found
        self._path.write_bytes(b"".join(msgspec.json.encode(o) + b"\n" for o in self.before.values()))

    def kept(self, key: str, mark: str) -> Outcome | None:
        """Give an earlier outcome that still holds: same content, same wish, everything it wrote still there."""
        found = self.before.get(key)
        if found is None or found.mark != mark or found.status == "failed":
            return None
        return found if all((self._out / f).exists() for f in found.files) else None

    def add(self, outcome: Outcome) -> None:
        """Write an outcome down at once."""
        with self._path.open("ab") as file:
            file.write(msgspec.json.encode(outcome) + b"\n")


def mark_of(path: Path, wish: Mapping[str, str]) -> str:
    """Give what stands for a file's content, what is asked, in which language, and the program that does it."""
    digest = hashlib.sha256(msgspec.json.encode((__version__, language(), sorted(wish.items()))))
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()[:32]


def digest_of(places: Iterable[Path]) -> str:
    """Give what stands for the content of files and of all files in folders, whatever their times."""
    digest = hashlib.sha256()
    for place in places:
        for path in sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else [place]:
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{path.relative_to(place.parent).as_posix()}\0{content}\0".encode())
    return digest.hexdigest()[:32]


def files_below(folder: Path, endings: Iterable[str]) -> list[Path]:
    """List the files of a folder and all below it by their endings, hidden and lock files left out.

    Raises:
        Fault: the folder holds none.
    """
    wanted = frozenset(endings)
    found = [p for p in _all_below(folder) if p.suffix.lower() in wanted]
    if not found:
        raise Fault(
            _("文件夹里没有可用的文件（{endings}）").format(endings=_("、").join(sorted(wanted))), place=str(folder)
        )
    return found


def left_out(folder: Path, endings: Iterable[str]) -> list[Path]:
    """List the files of a folder and all below it that have other endings."""
    wanted = frozenset(endings)
    return [p for p in _all_below(folder) if p.suffix.lower() not in wanted]


def _all_below(folder: Path) -> list[Path]:
    return sorted(
        p
        for p in folder.rglob("*")
        if p.is_file() and not any(x.startswith((".", "~$")) for x in p.relative_to(folder).parts)
    )
