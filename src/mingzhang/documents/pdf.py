"""Disclosure to PDF: laid out here, typeset by Typst, data and the draft mark put in after typesetting."""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.documents.atomic import write_bytes
from mingzhang.documents.attached import attach, attachments
from mingzhang.documents.fonts import load_fonts
from mingzhang.documents.parts import pack_of
from mingzhang.documents.pdf_packing import PdfObjects
from mingzhang.documents.running_heads import stamp_heads
from mingzhang.documents.theme import STANDARD
from mingzhang.documents.theme_tree import chosen_families
from mingzhang.documents.tree import tree_of
from mingzhang.documents.watermark import stamp
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    import typst

    from mingzhang.documents.theme import Theme
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure

TEMPLATES: Final = Path(__file__).parent / "typst"
STANDARDS: Final = ("ua-1", "a-3a")
"""Tagged for screen readers and fit for archives, with files inside; a character no font has is an error only under these."""

_NEW_PAGES: Final = 4
"""So many empty pages are set after a document. The typesetter keeps what the last ten pages or documents were made of;
with these between them it holds two documents and not ten, which is half of the memory, and what all share stays."""

Folders = tuple[Path | None, Path | None]
"""The user's own fonts and those of a theme."""

_MISSING: Final = re.compile(r'the text `?"(?P<text>.+?)"`? could not be displayed')


class MissingGlyph(Fault):
    """A character that no font at hand can show."""


def write_pdf(
    disclosure: Disclosure,
    path: Path,
    *,
    draft: bool = False,
    fonts: Path | None = None,
    pack: Pack | None = None,
    theme: Theme = STANDARD,
) -> None:
    """Write a disclosure as PDF; `fonts` is a folder looked into before those of the theme and of the program.

    Raises:
        MissingGlyph: a character that no font has.
        UnwritableOutput: the file cannot be written.
    """
    write_bytes(path, pdf_bytes(disclosure, draft=draft, fonts=fonts, pack=pack, theme=theme))


def pdf_bytes(
    disclosure: Disclosure,
    *,
    draft: bool = False,
    fonts: Path | None = None,
    pack: Pack | None = None,
    theme: Theme = STANDARD,
) -> bytes:
    """Give the PDF of a disclosure; the same disclosure, theme and fonts give the same bytes.

    Raises:
        MissingGlyph: a character that no font has.
    """
    loaded, faces = load_fonts(fonts, theme.fonts)
    tree = tree_of(disclosure, pack or pack_of(disclosure), theme, draft=draft)
    tree["fonts"] = msgspec.to_builtins(faces) | chosen_families(theme)
    made = dt.datetime(min(max(disclosure.year or 0, 1980), 9999), 1, 1, tzinfo=dt.UTC)
    content = _typeset(msgspec.json.encode(tree).decode(), (fonts, theme.fonts), made)

    head = theme.running_head(disclosure)
    if head or draft:
        content = _stamped(content, loaded, theme, head=head, kai=faces.kai, draft=draft)
    pdf = PdfObjects(content)
    attach(pdf, attachments(disclosure), made)
    return pdf.packed()


@cache
def _compiler(fonts: Folders) -> typst.Compiler:
    """Keep one typesetter for each folder of fonts: a process sets many documents."""
    import typst  # noqa: PLC0415 - heavy, and only here

    return typst.Compiler(font_paths=load_fonts(*fonts)[0], root=TEMPLATES, ignore_system_fonts=True)


def _typeset(document: str, fonts: Folders, made: dt.datetime) -> bytes:
    import typst  # noqa: PLC0415 - heavy, and only here

    try:
        content = _compiler(fonts).compile(
            TEMPLATES / "document.typ",
            format="pdf",
            sys_inputs={"document": document},
            pdf_standards=list(STANDARDS),
            timestamp=made,
        )
    except typst.TypstError as error:
        found = _MISSING.search(error.message)
        if found is None:
            raise
        names = _("、").join(f"“{c}”（U+{ord(c):04X}）" for c in found["text"])
        hint = _("请把含有这个字的字体放入 fonts 文件夹，或改用别的字。")
        raise MissingGlyph(_("没有字体能显示 {names}").format(names=names), hint=hint) from error
    assert isinstance(content, bytes)
    for _page in range(_NEW_PAGES):
        _compiler(fonts).compile(b"", format="svg")
    return content


def _stamped(content: bytes, fonts: typst.Fonts, theme: Theme, *, head: str, kai: str, draft: bool) -> bytes:
    """Put what stands above and over the pages on finished ones."""
    import pikepdf  # noqa: PLC0415 - heavy, and only here

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if head:
            stamp_heads(pdf, fonts, theme, head, kai)
        if draft:
            stamp(pdf, fonts, theme)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return out.getvalue()
