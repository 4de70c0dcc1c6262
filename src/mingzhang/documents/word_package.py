"""The parts around the body of a Word file: styles, settings, page numbers, the mark of a draft, charts, keys."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from mingzhang.documents.pictures import DRAWN
from mingzhang.documents.theme import STANDARD
from mingzhang.documents.word_chart import chart_part, chart_workbook
from mingzhang.documents.word_cover import EMBLEM, emblem_picture
from mingzhang.documents.word_look import header_parts, styles
from mingzhang.documents.word_picture import png
from mingzhang.documents.word_xml import DECLARATION, NAMESPACES, field, paragraph, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.documents.theme import Theme
    from mingzhang.model.disclosure import Chart

_TIME: Final = (1980, 1, 1, 0, 0, 0)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SETTINGS: Final = (
    '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting'
    ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)


def package(
    body: str,
    title: str,
    author: str,
    charts: Sequence[Chart] = (),
    keys: str = "",
    *,
    theme: Theme = STANDARD,
    head: str = "",
    keywords: Sequence[str] = (),
    draft: bool = False,
    media: Sequence[bytes] = (),
) -> bytes:
    """Give a Word file: `body` is what stands inside its body, `keys` the part that names its figures.

    `head` is the line above every numbered page, "" for none. `media` are pictures as PNG, to be shown by `picture_relation`.

    The same parts always give the same bytes.
    """
    headers = header_parts(theme, head, draft=draft)
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(
            [n for n, c in enumerate(charts, 1) if c.kind not in DRAWN], headers=tuple(headers), keyed=bool(keys)
        ),
        "_rels/.rels": _relations(
            {
                "rId1": (f"{_OFFICE}/officeDocument", "word/document.xml"),
                "rId2": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            }
        ),
        "docProps/core.xml": _properties(title, author, keywords),
        "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": styles(theme),
        "word/settings.xml": f"{DECLARATION}<w:settings {NAMESPACES}>{_SETTINGS}</w:settings>",
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
    }
    relations = {
        "rIdStyles": (f"{_OFFICE}/styles", "styles.xml"),
        "rIdSettings": (f"{_OFFICE}/settings", "settings.xml"),
        "rIdOdd": (f"{_OFFICE}/footer", "footer1.xml"),
        "rIdEven": (f"{_OFFICE}/footer", "footer2.xml"),
    }
    if keys:
        files["customXml/item1.xml"] = keys
        files["customXml/_rels/item1.xml.rels"] = _relations({"rId1": (f"{_OFFICE}/customXmlProps", "itemProps1.xml")})
        files["customXml/itemProps1.xml"] = (
            f'{DECLARATION}<ds:datastoreItem ds:itemID="{{6D7A0001-0000-4000-8000-000000000001}}"'
            ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
        )
        relations["rIdFigures"] = (f"{_OFFICE}/customXml", "../customXml/item1.xml")
    for name, content in headers.items():
        files[f"word/header{name}.xml"] = content
        relations[f"rId{name}"] = (f"{_OFFICE}/header", f"header{name}.xml")
    if theme.emblem is not None:
        form, picture = emblem_picture(theme)
        files[f"word/media/emblem.{form}"] = picture
        relations[EMBLEM] = (f"{_OFFICE}/image", f"media/emblem.{form}")
    for n, own in enumerate(media, 1):
        files[f"word/media/picture{n}.png"] = own
        relations[picture_relation(n)] = (f"{_OFFICE}/image", f"media/picture{n}.png")
    for n, chart in enumerate(charts, 1):
        if chart.kind in DRAWN:
            files[f"word/media/chart{n}.png"] = png(chart, theme.palette)
            relations[f"rIdChart{n}"] = (f"{_OFFICE}/image", f"media/chart{n}.png")
            continue
        files[f"word/charts/chart{n}.xml"] = chart_part(chart, theme.palette)
        files[f"word/embeddings/chart{n}.xlsx"] = chart_workbook(chart)
        files[f"word/charts/_rels/chart{n}.xml.rels"] = _relations(
            {"rId1": (f"{_OFFICE}/package", f"../embeddings/chart{n}.xlsx")}
        )
        relations[f"rIdChart{n}"] = (f"{_OFFICE}/chart", f"charts/chart{n}.xml")
    files["word/_rels/document.xml.rels"] = _relations(relations)
    return _zipped(files)


def picture_relation(number: int) -> str:
    """Name the picture of a Word file with a number, from 1."""
    return f"rIdPicture{number}"


def _zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def _relations(found: dict[str, tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, (kind, target) in found.items()
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _content_types(charts: Sequence[int], *, headers: Sequence[str], keyed: bool) -> str:
    kinds = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/word/footer2.xml": f"{_WORD}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    properties = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    kinds |= {"/customXml/itemProps1.xml": properties} if keyed else {}
    kinds |= {f"/word/header{name}.xml": f"{_WORD}.header+xml" for name in headers}
    chart = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    kinds |= {f"/word/charts/chart{n}.xml": chart for n in charts}
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>'
        '<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
        f"{overrides}</Types>"
    )


def _properties(title: str, author: str, keywords: Sequence[str]) -> str:
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<cp:keywords>{escape('; '.join(keywords))}</cp:keywords><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _footer(side: str) -> str:
    """Give the page number — 1 — at the outer side, one character from the edge."""
    inset = f'<w:ind w:{side}="280"/><w:jc w:val="{side}"/>'
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{paragraph(run('— ') + field('PAGE', '1') + run(' —'), 'Footer', inset)}</w:ftr>"
