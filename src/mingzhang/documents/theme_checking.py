"""Checking a theme's folder: every key, every pair of colours, its fonts and its picture, told to whoever designs it."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.documents.colour_vision import DEUTERANOPIA, PROTANOPIA, apart, contrast, lightness
from mingzhang.documents.theme import PLACES, Theme
from mingzhang.documents.theme_fonts import check_fonts
from mingzhang.documents.theme_keys import check_keys
from mingzhang.documents.theme_loading import FILE
from mingzhang.documents.theme_notes import ThemeNotes
from mingzhang.documents.theme_pictures import check_picture
from mingzhang.forms.lexicon import lexicon
from mingzhang.forms.pack_check.faults import PackFault, instead
from mingzhang.forms.pack_check.sources import toml_file
from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from pathlib import Path

LEGIBLE: Final = 4.5
"""Contrast of letters and their ground: WCAG 2.2, level AA."""

_SEEN: Final = 1.4
"""Contrast of a rule and the paper, below which print loses it."""

_STEP: Final = 5.0
_APART: Final = 10.0
_WHITE: Final = "#ffffff"
_PLACE: Final = re.compile(r"\{([^{}]*)\}")

PAIRS: Final = (
    ("ink", "", later("正文")),
    ("ink", "tint", later("表头的字")),
    ("ink", "band", later("合计行的字")),
    ("faint", "", later("说明的字")),
    ("accent", "", later("封面和图题的字")),
    ("link", "", later("网页的链接")),
    ("link", "tint", later("网页目录的链接")),
)
"""Letters, their ground ("" for paper), and what is written so."""


class ThemeCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of a theme: it, where documents can be made with it, and its faults."""

    folder: str
    theme: Theme | None = None
    faults: tuple[PackFault, ...] = ()

    @property
    def errors(self) -> int:
        """Count what must be mended."""
        return sum(f.severity == "error" for f in self.faults)


def check_theme(folder: Path, *, thorough: bool = False) -> ThemeCheck:
    """Check the theme in a folder; `thorough` also opens every font and looks which characters are in it."""
    file = toml_file(folder / FILE, folder)
    notes = ThemeNotes(file)
    if file.data is None:
        found = re.search(r"\(at line (\d+)", file.error)
        notes.error((), _("不是正确的 TOML：{why}").format(why=file.error), line=int(found[1]) if found else 0)
        return ThemeCheck(folder=str(folder), faults=notes.faults)
    check_keys(notes, file.data, Theme, without=("folder",))
    if not notes.broken:
        theme = msgspec.convert(file.data | {"folder": str(folder.resolve())}, Theme)
        _check_colours(notes, theme)
        _check_words(notes, theme)
        check_picture(notes, theme)
        check_fonts(notes, theme, thorough=thorough)
        if not notes.broken:
            return ThemeCheck(folder=str(folder), theme=theme, faults=notes.faults)
    return ThemeCheck(folder=str(folder), faults=notes.faults)


def _check_colours(notes: ThemeNotes, theme: Theme) -> None:
    colours: dict[str, Any] = msgspec.structs.asdict(theme.colours)
    for letters, ground, words in PAIRS:
        _legible(notes, letters, colours[letters], colours.get(ground, _WHITE), ground, _(words))
    if theme.cover.layout == "banner":
        _legible(notes, "accent", _WHITE, colours["accent"], "", _("色块上的白字"))
    if contrast(colours["hair"], _WHITE) < _SEEN:
        notes.warning(("colours", "hair"), _("细线太淡，打印时看不见"), _("再深一些，例如 #8c96a3。"))
    _check_chart(notes, theme)


def _check_chart(notes: ThemeNotes, theme: Theme) -> None:
    """See that the colours of charts are told apart in grey and by the colour-blind, and bear letters."""
    chart = theme.colours.chart
    for n, (dark, light) in enumerate(pairwise(chart), 2):
        step = lightness(light) - lightness(dark)
        if step < _STEP:
            notes.error(
                ("colours", "chart"),
                _("图的第 {n} 色 {colour} 变成灰度后与前一色分不清（亮度差 {step:.0f}）").format(
                    n=n, colour=light, step=step
                ),
                _("七色由深到浅，每一色的亮度（Lab 的 L）至少比前一色大 {least:.0f}。").format(least=_STEP),
                text=light,
            )
    for seen_as, who in ((DEUTERANOPIA, _("绿色盲")), (PROTANOPIA, _("红色盲"))):
        for one, other in combinations(chart, 2):
            if apart(one, other, seen_as) < _APART:
                notes.error(
                    ("colours", "chart"),
                    _("{who}的人分不清图的 {one} 与 {other}").format(who=who, one=one, other=other),
                    _("把其中一色的深浅或黄蓝成分拉开。"),
                    text=other,
                )
    for n, colour in enumerate(chart):
        if contrast(theme.palette.letters_on(n), colour) < LEGIBLE:
            notes.error(
                ("colours", "chart"),
                _("图的 {colour} 上写白字、写墨字都看不清").format(colour=colour),
                _("取深一些或浅一些。"),
                text=colour,
            )


def _legible(notes: ThemeNotes, key: str, letters: str, ground: str, under: str, words: str) -> None:  # noqa: PLR0917
    found = contrast(letters, ground)
    if found < LEGIBLE:
        on = f"{under} {ground}" if under else ground
        message = _("{words}看不清：{letters} 在 {on} 上的对比度是 {found:.1f}，至少要 {least}")
        notes.error(
            ("colours", key),
            message.format(words=words, letters=letters, on=on, found=found, least=LEGIBLE),
            _("加深字色或减淡底色。"),
        )


def _check_words(notes: ThemeNotes, theme: Theme) -> None:
    """See that phrases stay what readers of documents know them for, and that braces name what there is."""
    phrases = theme.phrases
    headings = lexicon().contents["headings"]
    if folded(phrases.contents) not in headings:
        notes.error(
            ("phrases", "contents"),
            _("目录的标题读回时认不出：{text}").format(text=phrases.contents),
            _("可以写：{names}（中间可加空格）").format(names=_("、").join(headings)),
        )
    if "续" not in phrases.continued:
        notes.error(("phrases", "continued"), _("续表的字样里要有“续”字"), _("例如“（续表）”“（续）”。"))
    marks = lexicon().marks.watermark
    if not any(m in folded(phrases.draft) for m in marks):
        notes.error(
            ("phrases", "draft"),
            _("草稿字样里没有可辨认的词：{text}").format(text=phrases.draft),
            _("要含有其中一个：{names}").format(names=_("、").join(marks)),
        )
    for name in _PLACE.findall(theme.header.text):
        if name not in PLACES:
            notes.error(("header", "text"), _("书眉里不能写 {{{name}}}").format(name=name), instead(name, PLACES))
