"""The written part on the page for verifying: each number in its sentence, joined to where it stands on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.documents.proof_items import field_name
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from mingzhang.documents.proof_items import Items
    from mingzhang.documents.wrapped import Wrapped
    from mingzhang.model.disclosure import Paragraph, Section, Slot
    from mingzhang.model.place import Place

_BEFORE: Final = 12
"""So many characters before a number that was not understood say which it is."""


class Written:
    """Puts sections on the page; finds in the lines of the file where a number of a paragraph stands."""

    def __init__(self, items: Items, wrapped: Wrapped) -> None:
        """Take what is shown up into `items`, which know the boxes of the file's lines."""
        self._items, self._wrapped = items, wrapped

    def section(self, section: Section, number: int) -> dict[str, Any]:
        """Give a section's paragraphs as pieces of text, some of them items."""
        return {
            "id": f"s{number}",
            "at": f"/sections/{number}",
            "heading": section.heading,
            "paragraphs": [
                self._paragraph(p, f"/sections/{number}/paragraphs/{n}", section.heading or section.key)
                for n, p in enumerate(section.paragraphs)
            ],
        }

    def _paragraph(self, paragraph: Paragraph, path: str, name: str) -> list[dict[str, Any]]:
        """Cut a paragraph where its figures stand; a figure that is not found in its text follows it."""
        out: list[dict[str, Any]] = []
        behind: list[dict[str, Any]] = []
        done, unknown = 0, paragraph.unknown
        for n, slot in sorted(enumerate(paragraph.slots), key=lambda s: s[1].at):
            if slot.figure is None:
                continue
            doubt = _("没有识别这是什么数字") if slot in unknown else ""
            figure = msgspec.structs.replace(slot.figure, place=self._place_of(paragraph, slot))
            item = self._items.figure(
                f"{path}/slots/{n}/figure", f"{name} · {_called(slot, paragraph)}", figure, None, doubt
            )
            text = self._items.all[item].text
            if slot.at >= done and text and paragraph.text.startswith(text, slot.at):
                out += [{"text": paragraph.text[done : slot.at], "item": None}, {"text": text, "item": item}]
                done = slot.at + len(text)
            else:
                behind.append({"text": text, "item": item})
        out.append({"text": paragraph.text[done:], "item": None})
        if paragraph.doubt:
            behind.append({"text": "?", "item": self._items.note(path, name, paragraph.doubt, paragraph.place)})
        return [*out, *behind]

    def _place_of(self, paragraph: Paragraph, slot: Slot) -> Place | None:
        """Find the line that a number stands on and, as wide as its characters are, its box; else what was read of it."""
        assert slot.figure is not None
        found = self._wrapped.piece(paragraph, slot.at, slot.at + len(slot.figure.printed))
        if found is None or paragraph.place is None:
            return slot.figure.place or paragraph.place
        key, before, own, whole = found
        box = self._items.boxes.get(key)
        if box is not None:
            left, top, right, bottom = box
            wide = right - left
            box = (left + wide * before // whole, top, left + wide * (before + own) // whole, bottom)
        return msgspec.structs.replace(paragraph.place, page=key[0], line=key[1], box=box)


def _called(slot: Slot, paragraph: Paragraph) -> str:
    """Give what a number is; of one that was not understood the words before it."""
    if slot.key:
        return field_name(slot.key, "statement")
    before = paragraph.text[: slot.at]
    return f"{'…' if len(before) > _BEFORE else ''}{before[-_BEFORE:]}【{slot.figure.printed if slot.figure else ''}】"
