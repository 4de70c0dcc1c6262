"""Write the JSON Schemas of what is stored and exchanged into `docs/schema/`, from the types themselves.

`--check` writes nothing and exits 1 if a schema is stale.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import msgspec

from mingzhang.documents.theme import Theme
from mingzhang.forms.pack import Pack
from mingzhang.forms.standards_of_spending import StandardsFile
from mingzhang.model.book import Book
from mingzhang.model.codec import schema_of
from mingzhang.model.corrections import Corrections
from mingzhang.model.disclosure import Disclosure
from mingzhang.model.finding import Finding
from mingzhang.model.ledger import Ledger

FOLDER: Final = Path(__file__).resolve().parents[1] / "docs" / "schema"
_DIALECT: Final = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def schemas() -> dict[str, bytes]:
    """Give the content of every schema file by its name."""
    trees: dict[str, dict[str, Any]] = {
        "book": {"title": "A budget book", **schema_of(Book)},
        "ledger": {"title": "A ledger of in-year changes", **schema_of(Ledger)},
        "spending_standards": {
            "title": "A file of spending standards",
            **_DIALECT,
            **msgspec.json.schema(StandardsFile),
        },
        "disclosure": {"title": "A disclosure", **schema_of(Disclosure)},
        "corrections": {"title": "Corrections of a reading", **_DIALECT, **msgspec.json.schema(Corrections)},
        "finding": {"title": "The findings of one document", **_DIALECT, **msgspec.json.schema(list[Finding])},
        "pack": {
            "title": "A form pack as loaded, its short spellings spelled out",
            **_DIALECT,
            **msgspec.json.schema(Pack),
        },
        "theme": {"title": "A theme: how documents look", **_DIALECT, **msgspec.json.schema(Theme)},
    }
    return {f"{name}.schema.json": _spelled(tree) for name, tree in trees.items()}


def main(*, check: bool) -> int:
    """Write or check the files; give the exit status."""
    stale = [n for n, content in schemas().items() if not _is_current(FOLDER / n, content)]
    for name in stale:
        if check:
            print(f"stale: {name}")
        else:
            FOLDER.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_bytes(schemas()[name])
    return 1 if check and stale else 0


def _spelled(tree: dict[str, Any]) -> bytes:
    """Spell a schema with `title` first and the definitions in the order of their names."""
    head = {k: tree[k] for k in ("$schema", "title")}
    rest = {k: v for k, v in tree.items() if k not in {"$schema", "title", "$defs"}}
    defs = {"$defs": dict(sorted(tree["$defs"].items()))}
    return json.dumps(head | rest | defs, ensure_ascii=False, indent=1).encode() + b"\n"


def _is_current(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
