"""Disclosure to DOCX: real styles, merged heads, native charts, a contents field, every figure with its key.

Written as XML part by part: building it element by element through a library costs fifty times as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.documents.atomic import write_bytes
from mingzhang.documents.flow import FormBlock, flow_of, keywords, statements_of, title_of
from mingzhang.documents.paper import paper_of
from mingzhang.documents.parts import pack_of
from mingzhang.documents.theme import STANDARD
from mingzhang.documents.word_body import Body
from mingzhang.documents.word_changes import Changes, project_of
from mingzhang.documents.word_cover import cover_page
from mingzhang.documents.word_package import package
from mingzhang.documents.word_pages import WORD, entry_pages
from mingzhang.documents.word_sections import Sections
from mingzhang.documents.word_xml import Marks

if TYPE_CHECKING:
    from pathlib import Path

    from mingzhang.documents.form_rows import FormPage
    from mingzhang.documents.theme import Theme
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure


def write_docx(
    disclosure: Disclosure,
    path: Path,
    *,
    draft: bool = False,
    pack: Pack | None = None,
    earlier: Disclosure | None = None,
    theme: Theme = STANDARD,
) -> None:
    """Write a disclosure as a Word file; what differs from an earlier version stands there as tracked changes.

    Raises:
        UnwritableOutput: the file cannot be written.
    """
    write_bytes(path, docx_bytes(disclosure, draft=draft, pack=pack, earlier=earlier, theme=theme))


def docx_bytes(
    disclosure: Disclosure,
    *,
    draft: bool = False,
    pack: Pack | None = None,
    earlier: Disclosure | None = None,
    theme: Theme = STANDARD,
) -> bytes:
    """Give the Word file; the same disclosure and theme always give the same bytes."""
    marks = Marks()
    pack = pack or pack_of(disclosure)
    parts = paper_of(disclosure, pack, theme.sizes, WORD)
    forms = _forms(earlier, pack) if earlier is not None else {}
    head = theme.running_head(disclosure)
    sections = Sections(head=bool(head), draft=draft)
    body = Body(disclosure, marks, entry_pages(parts), Changes(earlier, disclosure), forms, theme, sections)
    cover = cover_page(disclosure, theme, statements_of(disclosure, pack, draft=draft))
    content = body.text(parts, cover)
    words = keywords(disclosure)
    return package(
        content,
        title_of(disclosure),
        disclosure.unit_name,
        body.charts,
        marks.part(),
        theme=theme,
        head=head,
        keywords=words,
        draft=draft,
    )


def _forms(disclosure: Disclosure, pack: Pack | None) -> dict[str, FormPage]:
    """Give the forms of an earlier version by what they are known by."""
    blocks = (b for part in flow_of(disclosure, pack) for b in part.blocks)
    return {project_of(b.page): b.page for b in blocks if isinstance(b, FormBlock)}
