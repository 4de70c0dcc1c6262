"""Short parts that follow each other share a page; longer ones and tables begin their own."""

import io

import pypdfium2
import pytest
from disclosures import small_disclosure
from msgspec.structs import replace

from mingzhang.documents.flow import Heading, Text
from mingzhang.documents.paper import TextRun, paper_of
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.documents.text_layout import OFFICIAL, PAGE, TYPESET, pitch_for, placed_blocks
from mingzhang.documents.word_pages import entry_pages
from mingzhang.forms.pack import Part
from mingzhang.forms.packs import load_pack
from mingzhang.model.disclosure import Paragraph, Publication, Section

PACK = replace(
    load_pack("shanxi-2023"),
    parts=(Part("profile", "主要职能", ("duties",)), Part("profile", "机构设置", ("organisation",))),
)


def document(first, second):
    """Give a document of two parts with so many paragraphs of one line."""
    sections = tuple(
        Section(key, "", part="profile", level=1, paragraphs=(Paragraph("办理有关事务。"),) * count)
        for key, count in (("duties", first), ("organisation", second))
    )
    return replace(
        small_disclosure(), tables=(), sections=sections, project_forms=(), department_form=None, glossary=(),
        publication=Publication(cover=("某局", "2023年度部门预算")),
    )  # fmt: skip


@pytest.mark.parametrize(("first", "second", "pages"), [(3, 2, 1), (14, 2, 1), (2, 14, 1), (10, 9, 2), (30, 2, 2)])
def test_parts_share_a_page_where_one_is_short(first, second, pages):
    made = document(first, second)
    parts = paper_of(made, PACK)

    assert len(parts) == pages
    assert [p.heading for p in parts] == ["主要职能", "机构设置"][:pages]
    if pages == 1:
        (run,) = parts[0].runs
        assert isinstance(run, TextRun)
        assert [b.text for b in run.blocks if isinstance(b, Heading) and b.level == 0] == ["机构设置"]
        assert entry_pages(parts) == (1, 1)
    with pypdfium2.PdfDocument(io.BytesIO(pdf_bytes(made, pack=PACK))) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    here = [n for n, text in enumerate(texts) if "— " in text and ("主要职能" in text or "机构设置" in text)]
    assert len(here) == pages


@pytest.mark.parametrize("count", range(23, 34))
def test_a_last_page_is_spared_or_takes_more_lines(count):
    blocks = [Text("duties", Paragraph("办理有关事务。"))] * count
    pitch = pitch_for(blocks, headed=False, measure=TYPESET)
    (own, pages), (usual, _pages) = (placed_blocks(blocks, p, TYPESET, headed=False) for p in (pitch, OFFICIAL))
    last, before = (sum(page == 1 for _block, page in placed) for placed in (own, usual))

    assert pages in {1, 2}
    assert pages == 1 or last > before or before * 29 > PAGE / 4 - 29
