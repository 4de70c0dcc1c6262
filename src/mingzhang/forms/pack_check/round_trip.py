"""Sentences written with made-up values and read back: every number must come back under its own key."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING, Final

from mingzhang.forms.narrative import DIRECTION, TEXT
from mingzhang.forms.narrative_numbers import fold
from mingzhang.forms.narrative_patterns import Number
from mingzhang.forms.narrative_read import read_numbers
from mingzhang.forms.narrative_states import everywhere, track_of
from mingzhang.forms.narrative_write import write_paragraphs
from mingzhang.model.figure import number
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.forms.narrative import Narrative, ParagraphForm, SectionForm
    from mingzhang.forms.pack_check.faults import Notes
    from mingzhang.model.disclosure import Paragraph, Slot
    from mingzhang.model.figure import Figure

TRIES: Final = 24
"""So often each section is written with other values; the first time all of them are zero."""

_MONEY: Final = ("元", "万元", "亿元")
_WORDS: Final = ("办公楼供暖改造", "上级专款5,000万元改由市级直接下达", "压减会议费12.50万元", "编制由52名增至61名")
_ITEMS: Final = (
    ("2050202", "教育支出（类）普通教育（款）小学教育（项）"),
    ("2130301", "农林水支出（类）水利（款）行政运行（项）"),
)
_PROJECTS: Final = (("001", "河道清淤与堤岸维护"), ("002", "2025年水文站点更新"), ("003", "灌区管理（二期）"))
_LARGE: Final = 10_000_000_000
_CONTEXT: Final = {
    "year": "2024", "last_year": "2023", "unit_name": "临江县水务局", "as_of": "2023年12月31日", "dated": "yes",
}  # fmt: skip


class MadeUp:
    """Values made up as they are asked for, the same one for the same key; with no `random`, zeros and nothing new."""

    def __init__(self, narrative: Narrative, section: str, random: Random | None) -> None:
        """Take the section that asks."""
        self._narrative, self._section, self._random = narrative, section, random
        self._figures: dict[str, Figure] = {}
        self._kept: dict[tuple[str, str], int | str | None] = {}
        codes = sorted(narrative.classes)
        self._codes = sorted(random.sample(codes, min(len(codes), random.randint(0, 6)))) if random else []
        self._runs = random.choice(("yes", "no")) if random else "yes"

    def figure(self, key: str) -> Figure | None:
        """Make up a number of the slot's unit; words are no number."""
        declared = self._narrative.declaration(key, self._section)
        unit = "万元" if declared is None else declared.unit
        if unit in {TEXT, DIRECTION}:
            return None
        if key not in self._figures:
            if declared is not None and re.fullmatch(r"\d+", declared.expression):
                self._figures[key] = number(int(declared.expression), unit, 0, grouped=True)
            else:
                is_long = unit in {*_MONEY, "%"}
                digits = (
                    self._random.choice((0, self._random.randint(0, _LARGE if is_long else 99_999)))
                    if self._random
                    else 0
                )
                grouped = bool(self._random and self._random.randint(0, 1))
                self._figures[key] = number(digits, unit, 2 if is_long else 0, grouped=grouped)
        return self._figures[key]

    def change(self, key: str) -> int | None:
        """Make up a rise, a fall, no change, or nothing to compare with."""
        options = (None, 0, -5, 5)
        found = self._kept.setdefault(("change", key), self._random.choice(options) if self._random else 0)
        return found if isinstance(found, int) else None

    def text(self, key: str) -> str | None:
        """Make up words, or none."""
        found = self._kept.setdefault(("text", key), self._random.choice((*_WORDS, None)) if self._random else None)
        return found if isinstance(found, str) else None

    def context(self, name: str) -> str:
        """Give words of the document."""
        return self._runs if name == "administrative" else _CONTEXT.get(name, "")

    def basis(self, key: str) -> str:
        """Choose what last year's figure is called."""
        bases = sorted(self._narrative.lexicon.bases.values())
        found = self._kept.setdefault(
            ("basis", key), self._random.choice(bases) if self._random and bases else (bases or [""])[0]
        )
        return str(found)

    def no_change(self, text: str) -> str:
        """Give the words that say that nothing changed."""
        return self._narrative.lexicon.no_change(text)

    def items(self, form: ParagraphForm) -> Sequence[tuple[str, str]]:
        """Give what a paragraph is repeated for."""
        return _PROJECTS if form.each != "items" else _ITEMS

    def classes(self, key: str) -> Sequence[tuple[str, str]]:
        """Give the classes of a repeated piece."""
        return _PROJECTS if key in {"projects", "disclosed"} else [(c, self._narrative.classes[c]) for c in self._codes]


def check_round_trip(notes: Notes, narrative: Narrative, files: Mapping[str, str]) -> None:
    """Write every section again and again and read it back; `files` are the sections' files by key."""
    for section in narrative.sections:
        if section.paragraphs:
            _check_section(notes, narrative, section, files[section.key])


def _check_section(notes: Notes, narrative: Narrative, section: SectionForm, name: str) -> None:
    classes = {fold(n).text: c for c, n in (*narrative.classes.items(), *_ITEMS)}
    own, anywhere = track_of(narrative, [section], classes), everywhere(narrative, classes)
    for n in range(TRIES):
        values = MadeUp(narrative, section.key, Random(n) if n else None)  # noqa: S311 - nothing secret
        paragraphs = [p for form in section.paragraphs for p in write_paragraphs(form, values)]
        if not n and not paragraphs and _states_numbers(section):
            notes.warning(
                notes.sources.at(name, "paragraphs"),
                _("全部为零时，“{heading}”下面没有一句话").format(heading=section.heading),
            )
        folds = [fold(p.text) for p in paragraphs]
        readings, _words = read_numbers(folds, own, anywhere, classes, narrative.lexicon)
        read = {(r.paragraph, folds[r.paragraph].index[r.number.start]): r for r in readings}
        for i, paragraph in enumerate(paragraphs):
            for slot in paragraph.slots:
                if slot.figure is None:
                    continue
                found = read.pop((i, slot.at), None)
                if found is None or (found.key, found.number.digits) != (slot.key, slot.figure.digits):
                    _tell(notes, name, paragraph, slot, "" if found is None else found.key)
                    return


def _states_numbers(section: SectionForm) -> bool:
    """Tell whether a section states numbers that are there for every book, or asks for some."""
    pieces = [p for f in section.paragraphs if not f.each for p in f.write]
    return any(isinstance(n, Number) for p in pieces for n in p.nodes) or any(
        c.verb in {"zero", "positive"} for p in pieces for c in p.conditions
    )


def _tell(notes: Notes, name: str, paragraph: Paragraph, slot: Slot, read: str) -> None:
    printed = "" if slot.figure is None else slot.figure.printed
    gap = "{" + re.sub(r"_\d{3,7}(?=_|$)", "_@", slot.key)
    notes.error(
        notes.sources.at(name, "paragraphs", paragraph.key, "write", text=gap),
        _("“{key}”写出的 {printed} 读回来成了“{read}”：{text}").format(
            key=slot.key, printed=printed, read=read or _("（读不出）"), text=paragraph.text
        ),
        _("两处的前导词要能分清；换一个说法，或把说法写全。"),
    )
