"""What a theme says of how documents look: colours, cover, header, sizes, faces, phrases. Figures are none of its business."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec

from mingzhang.documents.palette import USUAL, Palette

if TYPE_CHECKING:
    from pathlib import Path

    from mingzhang.model.disclosure import Disclosure

Colour = Annotated[str, msgspec.Meta(pattern=r"^#[0-9a-fA-F]{6}$")]
Points = Annotated[float, msgspec.Meta(ge=1)]
Layout = Literal["centred", "letterhead", "banner"]


class Colours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Colours as `#rrggbb`, on white paper.

    `ink` is the text, `accent` the cover's rule and what else is to stand out, `faint` what stands back, `hair` the
    thin rules of tables, `tint` lies under their heads and `band` under their totals, `link` is for web pages.
    `chart` gives out from dark to light.
    """

    ink: Colour = USUAL.ink
    accent: Colour = "#8c1d18"
    faint: Colour = USUAL.faint
    hair: Colour = "#8c96a3"
    tint: Colour = "#eef2f6"
    band: Colour = "#f7f9fb"
    link: Colour = "#1f4f86"
    chart: Annotated[tuple[Colour, ...], msgspec.Meta(min_length=7, max_length=7)] = USUAL.colours


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cover: how it is laid out, and the picture above its lines, `emblem_height` millimetres high.

    `centred` has a rule above the title, `letterhead` the unit's name in the accent colour over a double rule, `banner` a
    band of the accent colour with everything to the left. `emblem_words` say what the picture shows to those who cannot see it.
    """

    layout: Layout = "centred"
    emblem: str = ""
    emblem_words: str = ""
    emblem_height: Annotated[float, msgspec.Meta(ge=10, le=60)] = 26.0


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The line above every numbered page, "" for none; `{unit_name}`, `{year}` and `{title}` are the document's."""

    text: Annotated[str, msgspec.Meta(max_length=60)] = ""
    rule: bool = True


class Sizes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sizes in points, within what official documents bear (GB/T 9704 unless changed).

    `pitch` is from line to line of the text; `table` is the largest size of a table's text, which may be set smaller to fit.
    """

    body: Annotated[float, msgspec.Meta(ge=15, le=18)] = 16.0
    pitch: Annotated[float, msgspec.Meta(ge=26, le=32)] = 29.0
    heading: Annotated[float, msgspec.Meta(ge=18, le=26)] = 22.0
    cover: Annotated[float, msgspec.Meta(ge=20, le=36)] = 28.0
    cover_title: Annotated[float, msgspec.Meta(ge=26, le=48)] = 36.0
    table: Annotated[float, msgspec.Meta(ge=9.5, le=10.5)] = 10.5


class Face(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One face: its family in the PDF ("" for the one found for its kind), its name in Word, those on web pages."""

    pdf: str = ""
    word: Annotated[str, msgspec.Meta(max_length=31)] = ""
    web: Annotated[str, msgspec.Meta(pattern=r"^[^;{}<>\\]*$")] = ""


class Faces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Faces by what is set in them: titles, text, remarks and lines around tables, heads, and the tables themselves."""

    title: Face = Face()
    body: Face = Face()
    aside: Face = Face()
    strong: Face = Face()
    table: Face = Face()


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The few words that no form and no unit gives: the mark of a draft, the contents' heading, a table going on."""

    draft: Annotated[str, msgspec.Meta(pattern=r"^[^\"\\<>{}&]{2,16}$")] = "草稿 未经批准"
    contents: Annotated[str, msgspec.Meta(min_length=1, max_length=8)] = "目　录"
    continued: Annotated[str, msgspec.Meta(min_length=1, max_length=8)] = "（续表）"


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One look for all formats; what is left out is as in the standard one. `folder` holds its pictures and fonts."""

    title: str = "通行样式"
    title_en: str = "Standard"
    about: str = ""
    colours: Colours = Colours()
    cover: Cover = Cover()
    header: Header = Header()
    sizes: Sizes = Sizes()
    faces: Faces = Faces()
    phrases: Phrases = Phrases()
    folder: str = ""

    @property
    def palette(self) -> Palette:
        """Give the colours of charts."""
        return Palette(self.colours.chart, self.colours.ink, self.colours.faint)

    @property
    def emblem(self) -> Path | None:
        """Give the file of the cover's picture, if there is one."""
        from pathlib import Path  # noqa: PLC0415

        return Path(self.folder, self.cover.emblem) if self.cover.emblem else None

    @property
    def fonts(self) -> Path | None:
        """Give the theme's own folder of fonts, if it has one."""
        from pathlib import Path  # noqa: PLC0415

        own = Path(self.folder, "fonts") if self.folder else None
        return own if own is not None and own.is_dir() else None

    def running_head(self, disclosure: Disclosure) -> str:
        """Give the line above a document's pages."""
        return filled(self.header.text, disclosure)


STANDARD: Final = Theme()

PLACES: Final = ("unit_name", "year", "title")
"""What may stand in braces in a theme's texts."""


def filled(text: str, disclosure: Disclosure) -> str:
    """Fill a document's own words into a theme's text."""
    from mingzhang.documents.flow import cover_of  # noqa: PLC0415

    words = {
        "unit_name": disclosure.unit_name,
        "year": "" if disclosure.year is None else str(disclosure.year),
        "title": cover_of(disclosure)[-1],
    }
    for place in PLACES:
        text = text.replace(f"{{{place}}}", words[place])
    return " ".join(text.split())
