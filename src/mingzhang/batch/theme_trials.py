"""Trying a theme: one made-up document set in it and in the standard look, read back from what is printed, compared."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mingzhang.batch.trial_books import trial_book
from mingzhang.comparing.printed import differences
from mingzhang.compiling.compile import compile_book
from mingzhang.documents.atomic import make_folder
from mingzhang.documents.docx import write_docx
from mingzhang.documents.pdf import write_pdf
from mingzhang.documents.theme import STANDARD
from mingzhang.documents.web import write_web
from mingzhang.documents.xlsx import write_xlsx
from mingzhang.forms.packs import usual_pack
from mingzhang.readback.doors import read_opened
from mingzhang.readback.opening import opened

if TYPE_CHECKING:
    from mingzhang.documents.theme import Theme
    from mingzhang.model.disclosure import Disclosure

FORMS = ("pdf", "docx", "html", "xlsx")
STEM = "sample"


def tried(theme: Theme, folder: Path) -> dict[str, int]:
    """Write the trial's documents into a folder; give for each form how much that is printed reads back otherwise.

    Raises:
        Fault: a document cannot be written with this theme.
    """
    made = compile_book(trial_book(usual_pack(), 1), charts=True).disclosure
    make_folder(folder)
    with TemporaryDirectory(prefix="mingzhang-theme-") as aside:
        return {form: _differing(made, theme, form, folder, Path(aside)) for form in FORMS}


def _differing(made: Disclosure, theme: Theme, form: str, folder: Path, aside: Path) -> int:
    own, usual = folder / f"{STEM}.{form}", aside / f"{STEM}.{form}"
    _write(made, own, theme)
    read = _printed(own)
    if not differences(made, read):
        return 0
    _write(made, usual, STANDARD)  # what the standard look does not bring back either is not the theme's doing
    return len(differences(_printed(usual), read))


def _write(made: Disclosure, path: Path, theme: Theme) -> None:
    match path.suffix:
        case ".pdf":
            write_pdf(made, path, theme=theme)
        case ".docx":
            write_docx(made, path, theme=theme)
        case ".html":
            write_web(made, path, theme=theme)
        case _:
            write_xlsx(made, path, theme=theme)


def _printed(path: Path) -> Disclosure:
    """Read a file as if nothing were attached to it."""
    return read_opened(replace(opened(path), attached=None))
