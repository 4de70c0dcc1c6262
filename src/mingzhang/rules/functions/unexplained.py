"""Changes against last year that want a reason by what their form says, and have none."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.expressions import Call, Named, Sum, exact
from mingzhang.forms.narrative import narrative_of
from mingzhang.model.finding import Evidence
from mingzhang.model.units import FEN_PER_UNIT
from mingzhang.rules.briefly import in_brief
from mingzhang.rules.figures import TEXT
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.stated import said_as
from mingzhang.rules.words import words
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.forms.narrative import Narrative
    from mingzhang.model.disclosure import Section
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures, Said

_REASONS: Final = "book.reasons."
_PERCENT: Final = 100
_FEN_PER_YUAN: Final = FEN_PER_UNIT["元"]


class Unexplained(msgspec.Struct, frozen=True):
    """A change that wants a reason: this year's statement, the change in fen, its rate (None from nothing), where.

    `reasons` are the keys under which a book may give the reason.
    """

    section: str
    statement: str
    change: Fraction
    rate: Fraction | None
    slot: str
    reasons: tuple[str, ...]


def _without_reasons(rule: Rule, figures: Figures) -> Iterator[Result]:
    silent: dict[int, bool] = {}
    for _name, said in said_as(figures, "change"):
        section = said.section
        if id(section) not in silent:
            silent[id(section)] = not _gives_a_reason(section)
        if silent[id(section)] and "%" not in said.sentence:
            return reasons(rule, figures)
    return iter(())


def _gives_a_reason(section: Section) -> bool:
    whole = "".join([p.text for p in section.paragraphs])
    return any(w in whole for w in words("reasons")["words"])


@in_brief(_without_reasons, sums=False)
def reasons(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find changes above the form's threshold in sections that give no reason at all."""
    seen = False
    for said, found in _wanting(figures):
        seen = True
        if _gives_a_reason(said.section) or "%" in said.sentence:
            continue  # given somewhere; a large rate without a reason has a rule of its own
        spot = figures.spot(CellRef(TEXT, found.slot))
        figure = said.slot.figure
        assert figure is not None
        told = Told(
            f"有增减变动，没有写原因：“{said.sentence[-60:]}”。",
            f"A change without a reason: {said.sentence[-60:]!r}.",
            (spot,),
            actual=figure.plain,
            unit=figure.unit,
            evidence=(Evidence(spot, figure.plain, figure.unit, "change"),),
        )
        yield violated(rule, told)
    yield passed(rule) if seen else undecided(rule, "没有要写明原因的变动", "no change wants a reason")


def unexplained(figures: Figures) -> Iterator[Unexplained]:
    """List the changes above the form's threshold whose own sentence gives no reason."""
    for said, found in _wanting(figures):
        own = {s.key for s in said.paragraph.slots if s.text}
        if not any(key in own for key in _reason_slots(said, figures)):
            yield found


def _wanting(figures: Figures) -> Iterator[tuple[Said, Unexplained]]:
    """List the changes that are above the form's threshold, of those whose sentence has a place for the reason."""
    for name, said in said_as(figures, "change"):
        declared, figure = said.declared, said.slot.figure
        change = None if declared is None else declared.amount_of
        if change is None or figure is None or figure.digits is None:
            continue
        keys = _reason_slots(said, figures)
        if not keys:
            continue
        now = change.terms[0][1]
        assert isinstance(now, Named)
        present, sign = _amount(now.name, said), _sign(change, said, figures)
        if present is None or not sign:
            continue
        amount = Fraction(exact(figure.digits, figure.unit, figure.places))
        before = present - sign * amount
        rate = amount / before if before > 0 else None
        threshold = figures.wording.reasons.of(said.section.key)
        large = rate is None or rate * _PERCENT > threshold.over_rate
        if amount > threshold.over_amount * _FEN_PER_YUAN and large:
            sources = tuple(
                dict.fromkeys(e for k in keys for e in _sources(k, said.section.key, narrative_of(figures.wording)))
            )
            yield said, Unexplained(said.section.key, now.name, sign * amount, rate, name, sources)


def reason_keys(statement: str, section: str, narrative: Narrative) -> tuple[str, ...]:
    """List the keys under which a book gives the reason of a statement's change, the nearest first."""
    found: list[str] = []
    for (own, amount), declared in narrative.declared.items():
        match declared.tree:
            case Call("abs", Sum((("+", Named("slot", now)), ("-", Named("last", _))))) if own == section:
                for slot in narrative.given_behind(amount, section) if now == statement else ():
                    found += _sources(slot, section, narrative)
            case _:
                pass
    return tuple(dict.fromkeys(found))


def _reason_slots(said: Said, figures: Figures) -> tuple[str, ...]:
    return narrative_of(figures.wording).given_behind(said.slot.key, said.section.key)


def _sources(key: str, section: str, narrative: Narrative) -> list[str]:
    declared = narrative.declaration(key, section)
    texts = () if declared is None else (declared.expression, *declared.also)
    return [t.removeprefix(_REASONS) for t in texts if t.startswith(_REASONS)]


def _amount(key: str, said: Said) -> Fraction | None:
    """Give this year's figure as the same paragraph states it, the nearest before the change."""
    found = [s.figure for s in said.paragraph.slots if s.key == key and s.figure is not None and s.at < said.slot.at]
    figure = found[-1] if found else None
    if figure is None or figure.digits is None:
        return None
    return Fraction(exact(figure.digits, figure.unit, figure.places))


def _sign(change: Sum, said: Said, figures: Figures) -> int | None:
    """Say whether the change is a rise (1) or a fall (-1), by the nearest word before its amount."""
    narrative = narrative_of(figures.wording)
    found = None
    for slot in said.paragraph.slots:
        declared = narrative.declaration(slot.key, said.section.key) if slot.key and slot.at < said.slot.at else None
        if declared is not None and declared.tree == change and slot.text:
            found = narrative.lexicon.direction(slot.text.strip())
    return found
