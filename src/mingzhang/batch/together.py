"""Documents that were read, checked in lots by the rules that are equalities: each lot's findings in files of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, overload

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mingzhang.batch.outcomes import Outcome, Said
    from mingzhang.model.disclosure import Disclosure

MOST: Final = 5000
"""So many documents make a lot at most: what is laid out of them is in memory at once, some 30 MB."""

_EACH: Final = 4
_LEAST: Final = 500
"""Each process gets so many lots, so that a run that is stopped has most of them; but none of fewer documents than that."""

_LOT: Final = ".lot.json"
JSON: Final = ".json"
TEXT: Final = ".txt"


class Listed(msgspec.Struct, frozen=True):
    """A document of a lot: the name by which it is told, where its disclosure lies, and what stands for its content."""

    name: str
    path: str
    mark: str


class _Kept(Sequence["Disclosure"]):
    """Disclosures on the disk, each read anew when it is asked for."""

    def __init__(self, listed: Sequence[Listed]) -> None:
        self._listed = listed

    def __len__(self) -> int:
        return len(self._listed)

    @overload
    def __getitem__(self, at: int) -> Disclosure: ...
    @overload
    def __getitem__(self, at: slice) -> _Kept: ...
    def __getitem__(self, at: int | slice) -> Disclosure | _Kept:
        from pathlib import Path  # noqa: PLC0415 - in the process that works

        from mingzhang.model.codec import decode  # noqa: PLC0415
        from mingzhang.model.disclosure import Disclosure  # noqa: PLC0415

        if isinstance(at, slice):
            return _Kept(self._listed[at])
        path = self._listed[at].path
        return decode(Path(path).read_bytes(), Disclosure, source=path)


def lots_of(outcomes: Iterable[Outcome], read: Path, into: Path, processes: int) -> tuple[Path, ...]:
    """List what was read below `read` in lots, one file each; there is one for each process at least; lists of before go."""
    from mingzhang.documents.atomic import make_folder, write_bytes  # noqa: PLC0415

    listed = [Listed(o.key, str(read / o.files[0]), o.mark) for o in outcomes if o.status != "failed"]
    size = max(1, min(MOST, max(_LEAST, -(-len(listed) // (_EACH * processes))), -(-len(listed) // processes)))
    make_folder(into)
    for old in into.glob(f"*{_LOT}"):
        old.unlink()
    paths = [into / f"{n // size + 1:05}{_LOT}" for n in range(0, len(listed), size)]
    for n, path in enumerate(paths):
        write_bytes(path, msgspec.json.encode(listed[n * size : (n + 1) * size]))
    return tuple(paths)


def check_lot(path: Path, target: Path, wish: Mapping[str, str]) -> tuple[tuple[Path, ...], Said]:
    """Check the documents of a lot together and write their findings, as data and to be read; `wish` as for one file."""
    from mingzhang.batch.works import wish_of  # noqa: PLC0415 - imported in the process that works
    from mingzhang.documents.atomic import write_bytes  # noqa: PLC0415
    from mingzhang.rules.reports import as_text, finding_tree  # noqa: PLC0415
    from mingzhang.rules.sql.findings import found_together  # noqa: PLC0415

    listed = _listed_in(path)
    documents = _Kept(listed)
    trees: list[dict[str, Any]] = []
    lines: list[str] = []
    counts = Counter[str]()
    for n, own in enumerate(found_together(documents, wish_of(wish).steering, threads=1)):
        if own:
            name = listed[n].name
            counts["files"] += 1
            counts.update(f.severity for f in own if f.outcome == "violated")
            trees += ({"file": name, **finding_tree(f)} for f in own)
            lines += (f"== {name}", *as_text(own, documents[n]), "")
    data, text = target.with_name(f"{target.name}{JSON}"), target.with_name(f"{target.name}{TEXT}")
    write_bytes(data, msgspec.json.encode(trees))
    write_bytes(text, "".join(f"{line}\n" for line in lines).encode())
    return (data, text), {key: counts[key] for key in ("files", "error", "warning", "hint")}


def joined(outcomes: Iterable[Outcome], out: Path, ending: str) -> bytes:
    """Put what was written of every lot together, in the order of the lots."""
    paths = [out / f for o in outcomes for f in o.files if f.endswith(ending)]
    if ending == TEXT:
        return b"".join(p.read_bytes() for p in paths)
    trees = [tree for p in paths for tree in _raw_trees(p)]
    return msgspec.json.format(msgspec.json.encode(trees), indent=1) + b"\n"


def _raw_trees(path: Path) -> Iterator[msgspec.Raw]:
    yield from msgspec.json.decode(path.read_bytes(), type=list[msgspec.Raw])


def _listed_in(lot: Path) -> list[Listed]:
    return msgspec.json.decode(lot.read_bytes(), type=list[Listed])
