"""What the cover says of how far a document has been cleared: as the book states it, in words that the form allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.model.disclosure import CoverStatement
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book


def cover_statements(book: Book, pack: Pack) -> tuple[CoverStatement, ...]:
    """Give the lines of the form's cover for which the book has a state, in the form's order."""
    return tuple(
        CoverStatement(line.label, state, line.key)
        for line in pack.cover.lines
        if (state := book.clearances.get(line.key, ""))
    )


def unknown_clearances(book: Book, pack: Pack) -> Iterator[Fault]:
    """Find states that the form does not allow: a cover names states, never who cleared the document."""
    for line in pack.cover.lines:
        state = book.clearances.get(line.key, "")
        if state and state not in line.states:
            yield Fault(
                _("封面的“{label}”不能写“{state}”").format(label=line.label, state=state),
                place=f"clearances/{line.key}",
                hint=_("可写：{words}。").format(words=_("、").join(line.states)),
            )


def clearances_due(book: Book, pack: Pack) -> tuple[str, ...]:
    """Tell what the form's cover prints and the book leaves open, and what the book states and no cover prints."""
    due = [line.label for line in pack.cover.lines if not book.clearances.get(line.key)]
    known = {line.key for line in pack.cover.lines}
    unprinted = [key for key, state in book.clearances.items() if state and key not in known]
    return (
        *(_("底册没有写封面的“{label}”：草稿留空待填，定稿不印这一行").format(label=label) for label in due),
        *(_("表样的封面不印“{key}”，底册写的没有印出").format(key=key) for key in unprinted),
    )
