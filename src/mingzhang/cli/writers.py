"""The files that compiling and rendering write, format by format."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.documents.theme import Theme
    from mingzhang.model.disclosure import Disclosure

FORMATS: Final = ("json", "xlsx", "pdf", "docx", "html", "fragment.html", "parquet", "datapackage.zip")
"""What can be written; `fragment.html` is the web page for a site to paste into a page of its own."""

USUAL: Final = FORMATS[:5]


def asked_formats(text: str) -> tuple[str, ...]:
    """Read a list of formats.

    Raises:
        Fault: a format that is not written.
    """
    wanted = tuple(dict.fromkeys(w.strip() for w in text.split(",") if w.strip()))
    unknown = [w for w in wanted if w not in FORMATS]
    if unknown or not wanted:
        raise Fault(_("没有这种格式：{names}").format(names=_("、").join(unknown) or text), hint=_("、").join(FORMATS))
    return wanted


def write_all(
    disclosure: Disclosure,
    folder: Path,
    stem: str,
    formats: Sequence[str],
    *,
    draft: bool,
    fonts: str,
    earlier: Disclosure | None = None,
    theme: str = "",
) -> tuple[Path, ...]:
    """Write a disclosure in each format: all of the files, or none; `theme` is a theme's name or folder.

    What differs from an `earlier` version stands in the Word file as tracked changes.

    Raises:
        Fault: one of the formats cannot be written, such as a character that no font has.
    """
    from mingzhang.documents.atomic import make_folder  # noqa: PLC0415
    from mingzhang.documents.theme_loading import load_theme  # noqa: PLC0415

    look = load_theme(theme)
    make_folder(folder)
    with TemporaryDirectory(dir=folder, prefix=".mingzhang-") as aside:
        _write(disclosure, Path(aside), stem, formats, draft=draft, fonts=fonts, earlier=earlier, theme=look)
        return tuple((Path(aside) / name).replace(folder / name) for name in (f"{stem}.{f}" for f in formats))


def _write(
    disclosure: Disclosure,
    folder: Path,
    stem: str,
    formats: Sequence[str],
    *,
    draft: bool,
    fonts: str,
    earlier: Disclosure | None,
    theme: Theme,
) -> None:
    for form in formats:
        path = folder / f"{stem}.{form}"
        if form == "json":
            from mingzhang.documents.stored import write_json  # noqa: PLC0415

            write_json(disclosure, path)
        elif form == "xlsx":
            from mingzhang.documents.xlsx import write_xlsx  # noqa: PLC0415

            write_xlsx(disclosure, path, theme=theme)
        elif form == "docx":
            from mingzhang.documents.docx import write_docx  # noqa: PLC0415

            write_docx(disclosure, path, draft=draft, earlier=earlier, theme=theme)
        elif form == "parquet":
            from mingzhang.documents.data_files import write_parquet  # noqa: PLC0415

            write_parquet(disclosure, path)
        elif form == "datapackage.zip":
            from mingzhang.documents.data_files import write_package  # noqa: PLC0415

            write_package(disclosure, path)
        elif form.endswith("html"):
            from mingzhang.documents.web import write_web  # noqa: PLC0415

            write_web(disclosure, path, draft=draft, fragment=form.startswith("fragment"), theme=theme)
        else:
            from mingzhang.documents.pdf import write_pdf  # noqa: PLC0415

            write_pdf(disclosure, path, draft=draft, fonts=Path(fonts) if fonts else None, theme=theme)
