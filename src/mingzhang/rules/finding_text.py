"""Results → findings: the message in the language in use, both sides, the difference, the evidence, the stable id."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from mingzhang.model.figure import Figure, spell
from mingzhang.model.finding import Evidence, Finding
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language
from mingzhang.model.units import atoms, base_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.finding import Repair, Spot
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.results import Result
    from mingzhang.sums.identities import Identity, Operand, Verdict
    from mingzhang.sums.sheets import CellRef

_NAMED_AT_MOST = 4
_MOST_PLACES = 12


def finding(result: Result, figures: Figures, *, cause: str = "", repair: Repair | None = None) -> Finding:
    """Tell a result as a finding."""
    rule = result.rule
    base = Finding(
        id="",
        rule=rule.id,
        severity=result.severity or rule.severity,
        outcome=result.outcome,
        message=rule.sentence,
        where=(),
        cause=cause,
        repair=repair or result.repair,
    )
    if result.told is not None:
        told = result.told
        message = told.en if language() == "en" else told.zh
        fields = {n: getattr(told, n) for n in ("where", "expected", "actual", "difference", "unit", "evidence")}
        base = msgspec.structs.replace(base, message=message, explained_by_rounding=False, **fields)
    elif result.verdict is not None and result.outcome != "undecided":
        base = _compared(base, result, figures)
    elif result.outcome == "undecided":
        zh, en = result.reason
        where = (figures.spot(result.verdict.gap),) if result.verdict is not None and result.verdict.gap else ()
        said = f"{rule.sentence}（{zh}）" if language() == "zh" else f"{rule.sentence} ({en})"
        base = msgspec.structs.replace(base, message=said, where=where)
    return msgspec.structs.replace(base, id=_identifier(base))


def _compared(base: Finding, result: Result, figures: Figures) -> Finding:
    """Fill a finding from an identity's verdict."""
    assert result.verdict is not None
    verdict = result.verdict
    identity = verdict.identity
    figure = _first_printed(identity.left, figures) or _first_printed(identity.right, figures)
    assert figure is not None
    actual, expected, difference = (
        amount(x, figure.unit, figure.places) for x in (verdict.left, verdict.right, verdict.difference)
    )
    if len(identity.left) == 1 and (own := figures.figure(identity.left[0].ref)) is not None:
        actual = own.plain
    evidence = tuple(
        Evidence(figures.spot(o.ref), found.plain, found.unit, role)
        for role, side in _roles(verdict)
        for o in side
        if (found := figures.figure(o.ref)) is not None and (found.printed or found.is_number or role != "right")
    )
    where = tuple(dict.fromkeys((*(figures.spot(o.ref) for o in identity.left), *_right_spots(verdict, figures))))
    holds = result.outcome == "passed"
    return msgspec.structs.replace(
        base,
        message=_message(result, figures, figure.unit, expected, difference),
        where=where,
        expected=expected,
        actual=actual,
        difference=difference,
        unit=figure.unit,
        explained_by_rounding=None if holds else result.is_rounding,
        evidence=evidence,
    )


def _roles(verdict: Verdict) -> tuple[tuple[str, tuple[Operand, ...]], ...]:
    identity = verdict.identity
    if identity.over:
        return ("share", identity.left), ("part", identity.right), ("whole", identity.over)
    return ("left", identity.left), ("right", identity.right)


def _right_spots(verdict: Verdict, figures: Figures) -> tuple[Spot, ...]:
    """Give the places of the other side where it is one figure; of many, the evidence tells."""
    right = _printed(verdict.identity.right, figures) or verdict.identity.right
    return (figures.spot(right[0].ref),) if len(right) == 1 else ()


def _printed(side: Sequence[Operand], figures: Figures) -> Sequence[Operand]:
    return [o for o in side if (f := figures.figure(o.ref)) is not None and f.is_number]


def _first_printed(side: Sequence[Operand], figures: Figures) -> Figure | None:
    found = (figures.figure(o.ref) for o in side)
    return next((f for f in found if f is not None and f.is_number), None)


def amount(value: int, unit: str, places: int) -> str:
    """Spell atoms in a unit with so many places, more where the value needs them."""
    for more in range(places, _MOST_PLACES + 1):
        digits, rest = divmod(value * 10**more, base_of(unit))
        if rest == 0:
            return spell(digits, more, grouped=False)
    return spell(value * 10**_MOST_PLACES // base_of(unit), _MOST_PLACES, grouped=False)


def _message(result: Result, figures: Figures, unit: str, expected: str, difference: str) -> str:
    assert result.verdict is not None
    identity = result.verdict.identity
    units = _units(identity, figures)
    left = _side(identity.left, figures, None, units)
    before = identity.left[0].ref if identity.left else None
    right = _side(identity.right, figures, before, units)
    if identity.over:
        right = f"{right} ÷ {_side(identity.over, figures, before, units)} = {expected}%"
    elif len(_printed(identity.right, figures)) > 1:
        right = f"{right} = {expected} {unit}" if units else f"{right} = {expected}"
    sentence = result.rule.sentence.rstrip("。.")
    signs = {"=": "＝", "<=": "≤", ">=": "≥"} if result.outcome == "passed" else {"=": "≠", "<=": "＞", ">=": "＜"}
    sign = signs[identity.relation]
    if result.outcome == "passed":
        return _("{sentence}：{left} {sign} {right}").format(sentence=sentence, left=left, sign=sign, right=right)
    told = _("{sentence}：{left} {sign} {right}，相差 {difference} {unit}{rounding}。")
    rounding = _("，可由四舍五入解释") if result.is_rounding else ""
    return told.format(
        sentence=sentence, left=left, sign=sign, right=right, difference=difference, unit=unit, rounding=rounding
    )


def _units(identity: Identity, figures: Figures) -> frozenset[str]:
    """Give the units to be written behind figures: those of amounts, where there are several; else the sentence's end has it."""
    found = (figures.figure(o.ref) for o in (*identity.left, *identity.right, *identity.over))
    units = frozenset(f.unit for f in found if f is not None and f.is_number and f.unit != "%")
    return units if len(units) > 1 else frozenset()


def _side(side: Sequence[Operand], figures: Figures, before: CellRef | None, units: frozenset[str]) -> str:
    """Write one side out: every figure with its name, or the first of many."""
    words: list[str] = []
    shown = _printed(side, figures) or side[:1]
    for operand in shown[:_NAMED_AT_MOST]:
        figure = figures.figure(operand.ref)
        value = figure.plain if figure is not None and figure.plain else _("空白")
        if figure is not None and figure.is_number and figure.unit in units:
            value = f"{value} {figure.unit}"
        sign = "" if not words and operand.coefficient > 0 else "− " if operand.coefficient < 0 else "+ "
        words.append(f"{sign}{figures.name(operand.ref, after=before)} {value}")
        before = operand.ref
    more = _(" 等{count}项").format(count=len(shown)) if len(shown) > _NAMED_AT_MOST else ""
    return " ".join(words) + more if words else "0"


def evidence_of(figure: Figure, where: Spot, role: str) -> Evidence:
    """Make the evidence of one figure."""
    return Evidence(where, figure.plain, figure.unit, role)


def spelled(figure: Figure) -> int:
    """Give a figure's atoms, nothing printed as 0."""
    return 0 if figure.digits is None else atoms(figure.digits, figure.places, figure.unit)


def _identifier(made: Finding) -> str:
    """Make an id that stays the same as long as the rule, the places in the document's terms and the values do."""
    places = [msgspec.structs.replace(s, page=None, line=None) for s in made.where]
    values = [(e.value, e.unit, e.role) for e in made.evidence]
    content = msgspec.json.encode([made.rule, made.outcome, places, made.expected, made.actual, values])
    return f"{made.rule}-{hashlib.sha256(content).hexdigest()[:10]}"


def plainly(found: Finding) -> str:
    """Say what is wrong as a person would write it: without the rule's own sentence, signs spelled out."""
    said = found.message
    if found.explained_by_rounding is None or not found.evidence or " " not in said:
        return said
    signs = {
        " ≠ ": _(" 不等于 "),
        " ＞ ": _(" 大于 "),
        " ＜ ": _(" 小于 "),
        " = ": _("，合计 "),
        "相差 -": "相差 ",
        " ÷ ": _(" 除以 "),
    }
    head, colon, rest = said.partition("：")
    plain = (
        rest if colon and any(sign in rest for sign in (" ≠ ", " ＞ ", " ＜ ")) and len(head) < _LONG_SENTENCE else said
    )
    for sign, words in signs.items():
        plain = plain.replace(sign, words)
    return plain


_LONG_SENTENCE = 90
