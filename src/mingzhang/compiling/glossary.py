"""The glossary of one document: those of the pack's terms that its money or its sections speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.model.disclosure import Term
from mingzhang.sums.filters import parse_filter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Section
    from mingzhang.sums.filters import Fact


def terms_of(pack: Pack, facts: Sequence[Fact], sections: Iterable[Section]) -> tuple[Term, ...]:
    """Pick the terms that apply, in the pack's order.

    A term applies where a fact of some money passes one of the filters of its `when`, or one of its `sections` is printed.
    """
    present = [f for f in facts if f.amount]
    printed = {s.key for s in sections}
    return tuple(
        Term(entry["term"], entry["meaning"])
        for entry in pack.texts.get("glossary", {}).get("terms", ())
        if printed & set(entry.get("sections", ()))
        or any(parse_filter(text).passes(fact) for text in entry.get("when", ()) for fact in present)
    )
