"""The glossary that a document prints (名词解释): the pack's terms, and which of them a document uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.once_read import OnceRead
from mingzhang.model.disclosure import Term
from mingzhang.model.fault import InvalidPack
from mingzhang.model.language import gettext as _
from mingzhang.sums.filters import parse_filter

if TYPE_CHECKING:
    from collections.abc import Collection

    from mingzhang.forms.pack import Pack
    from mingzhang.sums.filters import Fact


class PackTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One term and its meaning, printed where a fact passes one of `when`, or one of `sections` is printed.

    A term with neither is always printed.
    """

    term: str
    meaning: str
    when: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


def pack_terms(pack: Pack) -> tuple[PackTerm, ...]:
    """Give the pack's terms in the order of print; none if it has no glossary.

    Raises:
        InvalidPack: an entry does not fit, or a filter cannot be parsed.
    """
    return _READ.of(pack.texts, lambda: _terms(pack))


_READ: Final[OnceRead[tuple[PackTerm, ...]]] = OnceRead()


def _terms(pack: Pack) -> tuple[PackTerm, ...]:
    try:
        terms = msgspec.convert(pack.texts.get("glossary", {}).get("terms", []), tuple[PackTerm, ...])
        for term in terms:
            for text in term.when:
                parse_filter(text)
    except (msgspec.ValidationError, ValueError) as error:
        raise InvalidPack(
            _("名词解释有误：{reason}").format(reason=error), place=f"{pack.id}: text/glossary.toml"
        ) from error
    return terms


def used_terms(pack: Pack, facts: Collection[Fact], sections: Collection[str]) -> tuple[Term, ...]:
    """Give the terms that a document of these facts and printed sections uses, in the order of print."""
    return tuple(Term(t.term, t.meaning) for t in pack_terms(pack) if _is_used(t, facts, sections))


def _is_used(term: PackTerm, facts: Collection[Fact], sections: Collection[str]) -> bool:
    if not term.when and not term.sections:
        return True
    if any(s in sections for s in term.sections):
        return True
    filters = [parse_filter(text) for text in term.when]
    return any(f.passes(fact) for f in filters for fact in facts)
