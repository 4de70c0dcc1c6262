"""Bring the message catalogues up to date: what the code says, in English; what click says, in Chinese.

`--check` writes nothing and exits 1 if a message has no translation, is no longer said, or a compiled catalogue is stale.
"""

from __future__ import annotations

import ast
import io
import string
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "src" / "mingzhang"
ENGLISH = CODE / "locale" / "en" / "LC_MESSAGES" / "mingzhang.po"
CLICK = CODE / "locale" / "zh" / "LC_MESSAGES" / "messages.po"
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
SAYING = {"_", "later", "gettext"}


def messages() -> dict[str, str]:
    """Find every message of the code with the module that says it first."""
    found: dict[str, str] = {}
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING
            if named and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                found.setdefault(node.args[0].value, path.relative_to(CODE).as_posix())
    return found


def catalogue(path: Path) -> Catalog:
    """Read a catalogue, or begin one."""
    if not path.exists():
        return Catalog(locale=path.parts[-3])
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def compiled(entries: Catalog) -> bytes:
    """Compile a catalogue; the same messages give the same bytes."""
    entries.creation_date = entries.revision_date = NO_DATE
    out = io.BytesIO()
    write_mo(out, entries)
    return out.getvalue()


def main(*, check: bool) -> int:
    """Update or check both catalogues; give the exit status."""
    said, old = messages(), catalogue(ENGLISH)
    new = Catalog(locale="en", project="mingzhang", fuzzy=False)
    new.creation_date = new.revision_date = NO_DATE
    for text, where in sorted(said.items(), key=lambda item: (item[1], item[0])):
        before = old.get(text)
        new.add(text, before.string if before else "", locations=[(where, None)])
    problems = [f"no English: {m.id}" for m in new if m.id and not m.string]
    problems += [f"not said any more: {m.id}" for m in old if m.id and m.id not in said]
    problems += [f"fields differ: {m.id}" for m in new if m.id and m.string and _fields(m.id) != _fields(m.string)]
    for path, entries in ((ENGLISH, new), (CLICK, catalogue(CLICK))):
        binary = path.with_suffix(".mo")
        content = compiled(entries)
        if check and (not binary.exists() or binary.read_bytes() != content):
            problems.append(f"stale: {binary.relative_to(ROOT)}")
        if not check:
            binary.write_bytes(content)
    if not check:
        with ENGLISH.open("wb") as file:
            write_po(file, new, width=0, omit_header=False)
        problems = [p for p in problems if not p.startswith("not said")]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
