"""The indicator table of a form: head row, rows, and the class of each row, into indicators of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from mingzhang.forms.performance import Frame, folded_label, indicator
from mingzhang.model.language import gettext as _
from mingzhang.model.place import Place
from mingzhang.readback.performance_classes import Classed, ClassRow, find_classes
from mingzhang.readback.performance_rows import ClassNames, Head, IndicatorRow, Side, clean, is_value, read_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.performance import Indicator
    from mingzhang.readback.performance_labels import Token

_PERIOD: Final = ("level1", "class_p", "name_p", "value_p")
_ANNUAL: Final = ("class_a", "name_a", "value_a")
_WHOLE: Final = 10
_SIDES: Final = 2
_DEFAULT: Final = Head({r: i + 1 for i, r in enumerate((*_PERIOD, *_ANNUAL))})


class _Read(msgspec.Struct, frozen=True):
    """One printed row with its place; one that `is_bare` names a class, or one for each side, and has nothing under it."""

    place: Place
    row: IndicatorRow
    is_bare: bool = False


class Indicators(NamedTuple):
    """The indicators of the two sides, and what was doubtful about rows that gave none."""

    period: tuple[Indicator, ...]
    annual: tuple[Indicator, ...]
    doubts: tuple[str, ...]


def is_head(tokens: Sequence[Token], frame: Frame) -> bool:
    """Tell whether a row is the head of an indicator table (`一级指标 二级指标 …`)."""
    words = {folded_label(w) for w in (*frame.head, *frame.head_names)}
    return len({t.folded for t in tokens} & words) >= 2


def read_head(tokens: Sequence[Token], frame: Frame, *, two_sided: bool = False) -> Head:
    """Take the columns of the head row; one set of class, name and value is a table of one side.

    `two_sided` says that the rows have two sides whatever is left of the head.
    """
    words = [folded_label(w) for w in frame.head]
    others = {folded_label(w): words[3] for w in frame.head_names}
    columns: dict[str, int] = {}
    seen: dict[str, int] = dict.fromkeys(words, 0)
    for token in tokens:
        word = others.get(token.folded, token.folded)
        if word not in seen:
            continue
        at = words.index(word)
        seen[word] += 1
        if seen[word] == 1:
            columns[_PERIOD[at]] = token.column
        elif seen[word] == 2 and at:
            columns[_ANNUAL[at - 1]] = token.column
    return Head(columns, two_sided=two_sided or any(n > 1 for w, n in seen.items() if w != words[0]))


def read_indicators(
    rows: Sequence[tuple[Token, ...]], frame: Frame, footer: frozenset[str], told: Sequence[str] = ()
) -> Indicators:
    """Read the rows of an indicator table, head rows among them, into the indicators of period and year.

    `told` says of each row what was in doubt before it was read, "" where nothing was.
    """
    names = ClassNames(frame, footer)
    pairs = any(_has_two_sides(tokens, names) for tokens in rows)
    head, before = _DEFAULT, None
    read: list[_Read] = []
    for tokens, doubt in zip(rows, told or [""] * len(rows), strict=True):
        if is_head(tokens, frame):
            head, before = read_head(tokens, frame, two_sided=pairs), None
            continue
        if all(names.is_extra(t.folded) and not names.match(t.folded)[0] for t in tokens):
            continue
        if read and _only_values(tokens) and _fill_before(read, tokens):
            continue
        before = read_row(tokens, names, head, before)
        doubts = _("；").join(filter(None, (before.doubt, doubt)))
        bare = len(tokens) <= _SIDES and all(names.match(t.folded)[1] == _WHOLE for t in tokens)
        read.append(_Read(tokens[0].place, msgspec.structs.replace(before, doubt=doubts), bare))
    classed = find_classes([_class_row(r.row) for r in read], frame.classes)
    level1 = {c.name: c.level1 for c in frame.classes}
    sides: tuple[list[Indicator], list[Indicator]] = ([], [])
    for one, cls in zip(read, classed, strict=True):
        sides[0].extend(_indicators(one, one.row.period, cls, level1[cls.name]))
        sides[1].extend(_indicators(one, one.row.annual, cls, level1[cls.name]))
    lost = (r for r in read if r.row.doubt and not (r.is_bare or r.row.period.is_filled or r.row.annual.is_filled))
    return Indicators(
        tuple(sides[0]),
        tuple(sides[1]),
        tuple(_("第{line}行：{doubt}").format(line=r.place.line, doubt=r.row.doubt) for r in lost),
    )


def _has_two_sides(tokens: Sequence[Token], names: ClassNames) -> bool:
    """Tell whether a row prints one class twice with an indicator between."""
    at: dict[str, int] = {}
    for i, token in enumerate(tokens):
        name, surely = names.match(token.folded)
        if surely == _WHOLE and i - at.setdefault(name, i) > 2:
            return True
    return False


def _class_row(row: IndicatorRow) -> ClassRow:
    sides = (row.period, row.annual)
    name, value = ("\n".join(dict.fromkeys(getattr(s, part) for s in sides)) for part in ("name", "value"))
    return ClassRow(tuple(s.printed for s in sides), name.strip(), value, tuple(s.is_filled for s in sides))


def _only_values(tokens: Sequence[Token]) -> bool:
    return all(is_value(clean(t.text)) for t in tokens)


def _fill_before(read: list[_Read], tokens: Sequence[Token]) -> bool:
    """Give a row of bare values to the row before, where that has names and no values."""
    last = read[-1]
    sides = [s for s in (last.row.period, last.row.annual) if s.name]
    if not sides or any(s.value for s in sides):
        return False
    values = [clean(t.text) for t in tokens]
    distinct = list(dict.fromkeys(values))
    if len(distinct) == 1:
        values = distinct * len(sides)
    if len(values) != len(sides):
        return False
    given = iter(values)
    period, annual = (
        msgspec.structs.replace(s, value=next(given)) if s.name else s for s in (last.row.period, last.row.annual)
    )
    row = msgspec.structs.replace(last.row, period=period, annual=annual, doubt=_("指标值印在下一行"))
    read[-1] = _Read(last.place, row)
    return True


def _indicators(one: _Read, side: Side, cls: Classed, level1: str) -> list[Indicator]:
    if not side.is_filled:
        return []
    doubts = [one.row.doubt, cls.doubt]
    if not side.value:
        doubts.append(_("未印指标值"))
    elif not side.name:
        doubts.append(_("未印三级指标"))
    if side.stacked:
        doubts.append(_("一格内有几行"))
    doubt = _("；").join(dict.fromkeys(filter(None, doubts)))
    return [
        indicator(level1, cls.name, name, value, place=one.place, doubt=doubt)
        for name, value in side.stacked or ((side.name, side.value),)
    ]
