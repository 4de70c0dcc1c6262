"""Where something stands in a file that was read."""

from __future__ import annotations

import msgspec

from mingzhang.model.language import gettext as _


class Place(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """A spot in a file: page and line (1-based), or sheet and cell; a box where the format has one.

    `file` names the file where a document came in several; their pages are then numbered on from one to the next.
    `box` is left, top, right, bottom in hundredths of a point from the page's top left.
    """

    page: int | None = None
    line: int | None = None
    sheet: str = ""
    cell: str = ""
    box: tuple[int, int, int, int] | None = None
    file: str = ""

    def __str__(self) -> str:
        """Spell the place for people: `第3页第12行`, `收支总表!B4`."""
        if self.file:
            rest = str(msgspec.structs.replace(self, file=""))
            return f"{self.file} {rest}".rstrip()
        if self.sheet or self.cell:
            return f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        page = _("第{page}页").format(page=self.page) if self.page is not None else ""
        line = _("第{line}行").format(line=self.line) if self.line is not None else ""
        return _("{page}{line}").format(page=page, line=line) if page and line else page or line
