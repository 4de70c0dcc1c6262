"""What a theme makes of a Word file: its styles, the line above its pages, the mark of a draft."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from mingzhang.documents.word_xml import DECLARATION, NAMESPACES, attribute, bare, paragraph, run, twips

if TYPE_CHECKING:
    from mingzhang.documents.theme import Theme

STYLES: Final = Path(__file__).parent / "word" / "styles.xml"
_NAMES: Final = {"title": "方正小标宋简体", "body": "仿宋", "aside": "楷体", "strong": "黑体", "table": "宋体"}
"""The fonts that office programs here have, by what is set in them."""


@lru_cache(maxsize=8)
def styles(theme: Theme) -> str:
    """Give the part with the styles."""
    sizes, colours = theme.sizes, theme.colours
    names = {role: getattr(theme.faces, role).word or usual for role, usual in _NAMES.items()}
    return Template(STYLES.read_text(encoding="utf-8")).substitute(
        {role: attribute(name)[1:-1] for role, name in names.items()},
        ink=bare(colours.ink),
        hair=bare(colours.hair),
        faint=bare(colours.faint),
        body_size=round(2 * sizes.body),
        pitch=twips(sizes.pitch),
        indent=twips(2 * sizes.body),
        heading=round(2 * sizes.heading),
    )


def header_parts(theme: Theme, head: str, *, draft: bool) -> dict[str, str]:
    """Give the headers by name: of front pages and of numbered ones, right and left; none where nothing stands in them."""
    if not head and not draft:
        return {}
    mark = _watermark(theme) if draft else ""
    parts = {f"Plain{side}": _header(paragraph(mark, "Header")) for side in ("Odd", "Even")}
    if head:
        rule = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="{bare(theme.colours.hair)}"/></w:pBdr>'
        for name, side in (("Odd", "right"), ("Even", "left")):
            look = (rule if theme.header.rule else "") + f'<w:jc w:val="{side}"/>'
            parts[f"Running{name}"] = _header(paragraph(mark + run(head), "RunningHead", look))
    return parts


def _header(content: str) -> str:
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{content}</w:hdr>"


def _watermark(theme: Theme) -> str:
    """Give the run whose drawn words lie behind every page, as Word makes it."""
    words = attribute(theme.phrases.draft)
    return (
        '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" style="position:absolute;'
        "margin-left:0;margin-top:0;width:360pt;height:180pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" '
        f'fillcolor="{theme.colours.accent}" stroked="f">'
        f'<v:fill opacity=".16"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string={words}/>'
        "</v:shape></w:pict></w:r>"
    )
