"""OFD files (GB/T 33190) drawn from the pages of a PDF, in the manners of the programs that write most of them.

The manners differ in how they name parts and elements, cut texts, step from character to character, draw rulings, and
whether pages lie on templates. They were written from knowledge of such files, no file of theirs is copied.
"""

from __future__ import annotations

import io
import itertools
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import pypdfium2

from mingzhang.readback.pdf_ink import ink_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingzhang.readback.pdf_ink import Glyph, Ink

MANNERS = ("plain", "rows", "converted", "templates")
"""A text for each cell; a text for each line with steps over the gaps; each text scaled by a matrix inside nested groups,
elements without prefix; rulings and running heads on a template, absolute paths, and a watermark as an annotation."""

_NAMESPACE = "http://www.ofdspec.org/2016"
_MM = 25.4 / 7200


def ofd_of(content: bytes, manner: str = "plain", *, extra: dict[str, str] | None = None) -> bytes:
    """Draw the pages of a PDF as an OFD file; `extra` are further parts, or replace those of the same name."""
    document = pypdfium2.PdfDocument(content)
    inks = []
    for n in range(len(document)):
        page = document[n]
        text = page.get_textpage()
        inks.append(ink_of(page.raw, text.raw))
    document.close()
    return packed(_parts(inks, manner) | (extra or {}))


def packed(parts: dict[str, str]) -> bytes:
    """Pack parts by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def simple(page: str, *, area: str = "0 0 210 297", resources: str = "") -> bytes:
    """Give a file of one page with these objects."""
    return packed(
        _frame(['<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'], area, "")
        | {
            "Doc_0/Pages/Page_0/Content.xml": _root(
                "Page", f'<ofd:Content><ofd:Layer ID="2" Type="Body">{page}</ofd:Layer></ofd:Content>'
            ),
            "Doc_0/PublicRes.xml": _root("Res", resources),
        }
    )


def _root(kind: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{kind} xmlns:ofd="{_NAMESPACE}">{inner}</ofd:{kind}>'


def _frame(pages: list[str], area: str, more: str) -> dict[str, str]:
    body = "<ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID></ofd:DocInfo>"
    return {
        "OFD.xml": _root("OFD", f"{body}<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"),
        "Doc_0/Document.xml": _root(
            "Document",
            f"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:PageArea>"
            f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{more}</ofd:CommonData>"
            f"<ofd:Pages>{''.join(pages)}</ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>",
        ),
    }


def _parts(inks: list[Ink], manner: str) -> dict[str, str]:
    root = "/Doc_0/" if manner == "templates" else ""
    pages = [f'<ofd:Page ID="{n}" BaseLoc="{root}Pages/Page_{n}/Content.xml"/>' for n in range(len(inks))]
    more = "".join(
        f'<ofd:TemplatePage ID="{9000 + n}" ZOrder="Background" BaseLoc="Tpls/Tpl_{n}/Content.xml"/>'
        for n in range(len(inks))
        if manner == "templates"
    )
    parts = _frame(pages, "0 0 210 297", more)
    for n, ink in enumerate(inks):
        rulings = "".join(_ruling(box, filled=manner in {"rows", "templates"}) for box in ink.rulings)
        texts = "".join(_texts(ink.glyphs, manner))
        area = (
            f"<ofd:Area><ofd:PhysicalBox>0 0 {ink.width * _MM:.3f} {ink.height * _MM:.3f}</ofd:PhysicalBox></ofd:Area>"
        )
        drawn = f'<ofd:Layer ID="5">{"" if manner == "templates" else rulings}</ofd:Layer><ofd:Layer ID="6" Type="Foreground">{texts}</ofd:Layer>'
        if manner == "converted":
            drawn = f'<ofd:Layer ID="5"><ofd:PageBlock ID="7"><ofd:PageBlock ID="8">{rulings}{texts}</ofd:PageBlock></ofd:PageBlock></ofd:Layer>'
        behind = ""
        if manner == "templates":
            behind = f'<ofd:Template TemplateID="{9000 + n}" ZOrder="Background"/>'
            parts[f"Doc_0/Tpls/Tpl_{n}/Content.xml"] = _root(
                "Page", f'<ofd:Content><ofd:Layer ID="5" Type="Background">{rulings}</ofd:Layer></ofd:Content>'
            )
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = _root("Page", f"{area}{behind}<ofd:Content>{drawn}</ofd:Content>")
    if manner == "templates":
        parts |= _watermark()
    if manner == "converted":
        parts = {
            name: text.replace("<ofd:", "<").replace("</ofd:", "</").replace("xmlns:ofd", "xmlns")
            for name, text in parts.items()
        }
    return parts


def _watermark() -> dict[str, str]:
    text = '<ofd:TextObject ID="1" Boundary="40 100 120 40" Size="12" Font="1" CTM="0.7 -0.7 0.7 0.7 0 40" Alpha="60"><ofd:TextCode X="0" Y="12" DeltaX="g 3 12">内部传阅</ofd:TextCode></ofd:TextObject>'
    return {
        "Doc_0/Annots/Annotations.xml": _root(
            "Annotations", '<ofd:Page PageID="0"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page>'
        ),
        "Doc_0/Annots/Page_0/Annotation.xml": _root(
            "PageAnnot",
            f'<ofd:Annot ID="3" Type="Watermark"><ofd:Appearance Boundary="0 0 210 297">{text}</ofd:Appearance></ofd:Annot>',
        ),
    }


def _ruling(box: tuple[int, int, int, int], *, filled: bool) -> str:
    left, top, right, bottom = (v * _MM for v in box)
    wide, high = right - left, bottom - top
    if filled:
        wide, high = max(wide, 0.2), max(high, 0.2)
        data = f"M 0 0 L {wide:.3f} 0 L {wide:.3f} {high:.3f} L 0 {high:.3f} C"
        return f'<ofd:PathObject ID="1" Boundary="{left:.3f} {top:.3f} {wide:.3f} {high:.3f}" Stroke="false" Fill="true"><ofd:FillColor Value="0 0 0"/><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
    data = f"M 0 0 L {wide:.3f} {high:.3f}" if wide > high else f"S 0 0 L 0 {high:.3f}"
    return f'<ofd:PathObject ID="1" Boundary="{left:.3f} {top:.3f} {max(wide, 0.35):.3f} {max(high, 0.35):.3f}" LineWidth="0.18"><ofd:StrokeColor Value="0 0 0"/><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def _texts(glyphs: list[Glyph], manner: str) -> Iterable[str]:
    groups: dict[tuple[int, int], list[Glyph]] = {}
    for g in glyphs:
        groups.setdefault((g.base, g.size) if manner == "rows" else (g.source, g.base), []).append(g)
    for group in groups.values():
        yield _text(sorted(group, key=lambda g: g.box[0]), manner)


def _text(glyphs: list[Glyph], manner: str) -> str:
    size = glyphs[0].size * _MM
    left, base = glyphs[0].box[0] * _MM, glyphs[0].base * _MM
    text = "".join(g.text for g in glyphs)
    deltas = [(b.box[0] - a.box[0]) * _MM for a, b in itertools.pairwise(glyphs)]
    wide = glyphs[-1].box[2] * _MM - left
    colour = f'<ofd:FillColor Value="{glyphs[0].light} {glyphs[0].light} {glyphs[0].light}"/>'
    if manner == "converted":
        matrix, scale = f' CTM="{size:.5f} 0 0 {size:.5f} 0 0"', 1 / size
        glyph_ids = f'<ofd:CGTransform CodePosition="0" CodeCount="{len(text)}" GlyphCount="{len(text)}"><ofd:Glyphs>{" ".join("7" for _ in text)}</ofd:Glyphs></ofd:CGTransform>'
    else:
        matrix, scale, glyph_ids = "", 1.0, ""
    steps = (
        _squeezed([f"{d * scale:.4f}" for d in deltas])
        if manner in {"rows", "templates"}
        else " ".join(f"{d * scale:.4f}" for d in deltas)
    )
    delta = f" DeltaX={quoteattr(steps)}" if deltas else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{left:.4f} {base - size:.4f} {wide:.4f} {1.2 * size:.4f}" Font="3" Size="{size * scale:.4f}"{matrix}>'
        f'{colour}{glyph_ids}<ofd:TextCode X="0" Y="{size * scale:.4f}"{delta}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def _squeezed(steps: list[str]) -> str:
    """Write steps that repeat as `g COUNT STEP`."""
    out: list[str] = []
    n = 0
    while n < len(steps):
        end = n
        while end < len(steps) and steps[end] == steps[n]:
            end += 1
        out += ["g", str(end - n), steps[n]] if end - n > 1 else [steps[n]]
        n = end
    return " ".join(out)
