"""What a clerk changed in a Word file of our own: every figure stands in a control whose key the file itself knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.readback.word import DOCUMENT, parsed, part, texts

if TYPE_CHECKING:
    from pathlib import Path

KEYS: Final = "customXml/item1.xml"
_FIGURES: Final = "{urn:mingzhang:figures:1}"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Edit(msgspec.Struct, frozen=True):
    """A figure whose text is no longer what was written: `now` is "" where it was deleted."""

    key: str
    was: str
    now: str


def edits_of(path: Path) -> tuple[Edit, ...]:
    """List the figures of one of our Word files that were changed since it was written, in order of print.

    Raises:
        UnreadableInput: it is no Word file of ours, or a damaged one.
    """
    content = path.read_bytes()
    keys = parsed(part(content, KEYS, path.name), path.name)
    if not keys.tag.startswith(_FIGURES):
        raise UnreadableInput(_("不是本程序写的 Word 文件"), place=path.name)
    body = parsed(part(content, DOCUMENT, path.name), path.name)
    shown: dict[str, str] = {}
    for control in body.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        if tag is not None:
            shown[tag.get(f"{_W}val")] = "".join(texts(control)).strip()
    found = ((f.get("tag"), f.get("key"), f.get("printed")) for f in keys.iter(f"{_FIGURES}figure"))
    return tuple(Edit(key, was, shown.get(tag, "")) for tag, key, was in found if shown.get(tag, "") != was)
