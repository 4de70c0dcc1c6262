"""The cover of a Word file in the theme's layout: the picture, the lines, the statements at its foot."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mingzhang.documents.paper import MM
from mingzhang.documents.theme_tree import FORMATS
from mingzhang.documents.tree import cover_lines
from mingzhang.documents.word_picture import inline, rasterized
from mingzhang.documents.word_xml import bare, paragraph, run, twips

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.documents.theme import Theme
    from mingzhang.model.disclosure import Disclosure

EMBLEM: Final = "rIdEmblem"
_NUMBER: Final = 9001
"""Of the picture among the file's drawings."""

_GAP: Final = 30.0
_BELOW: Final = '<w:spacing w:after="480"/>'
"""Between the picture and the lines."""

_EDGE: Final = 28
"""Points of a band beside its text; Word knows at most 31."""


def cover_page(disclosure: Disclosure, theme: Theme, statements: Sequence[str]) -> str:
    """Give the paragraphs of the cover."""
    layout = {"centred": _centred, "letterhead": _letterhead, "banner": _banner}[theme.cover.layout]
    return "".join(layout(cover_lines(disclosure, theme.sizes), theme)) + "".join(_statements(statements, theme))


@lru_cache(maxsize=8)
def emblem_picture(theme: Theme) -> tuple[str, bytes]:
    """Give the cover's picture as Word takes it: its format and its bytes; what is drawn by shapes becomes points."""
    path = theme.emblem
    assert path is not None
    form = FORMATS[path.suffix.lower()]
    return ("png", rasterized(path.read_text(encoding="utf-8"))) if form == "svg" else (form, path.read_bytes())


def _emblem(theme: Theme, look: str) -> Iterator[str]:
    if theme.emblem is None:
        return
    import io  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415 - heavy, and only for a picture

    with Image.open(io.BytesIO(emblem_picture(theme)[1])) as picture:
        wide, high = picture.size
    tall = theme.cover.emblem_height * MM
    shown = inline(EMBLEM, _NUMBER, round(tall * wide / high), round(tall), "封面图", theme.cover.emblem_words)
    yield paragraph(shown, "Subtitle", look)


def _rule(side: str, colour: str, size: int, space: int = 14, kind: str = "single") -> str:
    return f'<w:pBdr><w:{side} w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="{bare(colour)}"/></w:pBdr>'


def _centred(lines: Sequence[tuple[float, str]], theme: Theme) -> Iterator[str]:
    yield from _emblem(theme, _BELOW)
    for n, (size, words) in enumerate(lines):
        last = n == len(lines) - 1
        look = _rule("top", theme.colours.accent, 12) if last and n else ""
        yield paragraph(run(words, size=size), "Title" if last else "Subtitle", look)


def _letterhead(lines: Sequence[tuple[float, str]], theme: Theme) -> Iterator[str]:
    accent = theme.colours.accent
    yield from _emblem(theme, _BELOW)
    for n, (size, words) in enumerate(lines[:-1]):
        look = _rule("bottom", accent, 18, 10, "thickThinSmallGap") if n == len(lines) - 2 else ""
        yield paragraph(run(words, size=size, colour=accent), "Subtitle", look)
    size, words = lines[-1]
    above = f'<w:spacing w:before="{twips(44 * MM)}" w:after="160"/>' if len(lines) > 1 else ""
    yield paragraph(run(words, size=size), "Title", above)


def _banner(lines: Sequence[tuple[float, str]], theme: Theme) -> Iterator[str]:
    """Paragraphs of one ground join into a band; each has to name it."""
    colour = bare(theme.colours.accent)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="{_EDGE}" w:color="{colour}"/>' for side in ("left", "right")
    )
    ground = f'<w:pBdr>{edges}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'
    side = f'<w:ind w:left="{_EDGE * 20}" w:right="{_EDGE * 20}"/><w:jc w:val="left"/>'
    room = f'{ground}<w:spacing w:line="{twips(_GAP)}" w:lineRule="exact" w:before="0" w:after="0"/>{side}'
    tight = f'{ground}<w:spacing w:line="240" w:lineRule="auto" w:before="0" w:after="0"/>{side}'
    yield paragraph("", "Subtitle", room) * 4
    if theme.emblem is not None:
        yield from _emblem(theme, tight)
        yield paragraph("", "Subtitle", room)
    for n, (size, words) in enumerate(lines):
        last = n == len(lines) - 1
        if last:
            yield paragraph("", "Subtitle", room)
        yield paragraph(run(words, size=size, colour="#ffffff"), "Title" if last else "Subtitle", tight)
    yield paragraph("", "Subtitle", room) * 2


def _statements(statements: Sequence[str], theme: Theme) -> Iterator[str]:
    """Give the statements, the first well below the title."""
    for n, words in enumerate(statements):
        above = f'<w:spacing w:before="{twips(54 * MM)}"/>' if n == 0 else ""
        side = (
            '<w:ind w:left="560"/><w:jc w:val="left"/>' if theme.cover.layout == "banner" else '<w:jc w:val="center"/>'
        )
        yield paragraph(run(words), "CoverStatement", above + side)
