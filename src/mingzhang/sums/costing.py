"""How an amount was worked out (测算依据): `12人 × 625元/人·月 × 12月`, parsed and evaluated exactly, without eval.

A product has one factor of money; everything else counts something (人, 辆, 平方米, 月) or is a plain number or share.
Several items stand one behind the other, divided by `；`, each with a heading and a result of its own if it is
wanted: `办公费：12人×625元×12月=9万元；…`. `定额[办公费]` stands for a spending standard, `700元[办公费]` names the
standard that a price must keep to. Grammar: `costing.lark`.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _
from mingzhang.model.units import FEN_PER_UNIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark import Lark, ParseTree, Token

LONGEST: Final = 2000
"""Characters that a costing may have."""

_ALIKE: Final = str.maketrans(
    "０１２３４５６７８９×xX✕∗＊÷／＋－—–−（）［］【】＝，．％：；\n　",
    "0123456789******//+----()[][]=,.%:;; ",
)
_TOLD: Final = re.compile(r"[\d)][^=;]*[*/+]\s*[\d(定]|元[^=;]*-\s*[\d(定]|定额\s*\[")
_MONEY: Final = FEN_PER_UNIT | {"百元": 100 * 100, "千元": 1000 * 100, "角": 10}
_SCALES: Final = {"万": 10**4, "亿": 10**8}
_SHARES: Final = {"%": 100, "‰": 1000}


class UnreadableCosting(Fault):
    """A costing cannot be worked out; `column` says where, counted from 1."""

    def __init__(self, message: str, column: int) -> None:
        """Keep the message and the column."""
        super().__init__(message, place=_("第{n}个字").format(n=column))
        self.column = column


class Rate(msgspec.Struct, frozen=True):
    """What a spending standard allows: its name, an amount in fen, and its unit as printed (`元/人·年`)."""

    name: str
    fen: int
    unit: str


class Used(msgspec.Struct, frozen=True):
    """A standard that a costing names: what is charged in fen, what the standard allows, and where it is named.

    `charged` is None where the standard's own amount is taken.
    """

    name: str
    rate: Rate
    charged: Fraction | None
    column: int

    @property
    def above(self) -> bool:
        """Tell whether more is charged than the standard allows."""
        return self.charged is not None and self.charged > self.rate.fen


class Stated(msgspec.Struct, frozen=True):
    """A result written behind `=`: in fen, what one step of its last digit is worth, and what the item comes to."""

    fen: Fraction
    step: Fraction
    derived: Fraction
    column: int

    @property
    def holds(self) -> bool:
        """Tell whether it is the result to its last digit."""
        return abs(self.fen - self.derived) < self.step


class Costing(msgspec.Struct, frozen=True):
    """What a costing comes to, in fen and exactly; the results written in it, and the standards it names."""

    fen: Fraction
    stated: tuple[Stated, ...] = ()
    used: tuple[Used, ...] = ()


class _Value(msgspec.Struct, frozen=True):
    """A value on the way: `degree` is 1 for money in fen, 0 for a count."""

    number: Fraction
    degree: int
    unit: str
    column: int
    step: Fraction = Fraction(1)


def is_costing(text: str) -> bool:
    """Tell whether a text works something out, rather than saying in words how it was."""
    return _TOLD.search(text.translate(_ALIKE)) is not None


def work_out(text: str, standard: Callable[[str], Rate | None] | None = None) -> Costing:
    """Work out a costing; `standard` finds a spending standard by its name.

    Raises:
        UnreadableCosting: it is no expression, its result is not money, or it names a standard there is not.
    """
    from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken  # noqa: PLC0415

    if len(text) > LONGEST:
        raise UnreadableCosting(_("测算式过长（超过 {n} 字）").format(n=LONGEST), LONGEST)
    try:
        tree = _parser().parse(text.translate(_ALIKE))
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise UnreadableCosting(_("测算式不完整"), len(text.rstrip()) + 1) from error
        raise UnreadableCosting(_("这里读不懂“{text}”").format(text=error.token), error.column) from error
    except UnexpectedCharacters as error:
        raise UnreadableCosting(_("这里读不懂“{text}”").format(text=error.char), error.column) from error
    except UnexpectedInput as error:
        raise UnreadableCosting(_("测算式不完整"), len(text.rstrip()) + 1) from error
    return _Evaluation(standard).of(tree)


@cache
def _parser() -> Lark:
    from lark import Lark  # noqa: PLC0415 - only where something is worked out

    return Lark((Path(__file__).parent / "costing.lark").read_text(encoding="utf-8"), parser="lalr")


class _Evaluation:
    """Turns a parsed costing into amounts, from the innermost outwards; each method is named after a rule."""

    def __init__(self, standard: Callable[[str], Rate | None] | None) -> None:
        self._standard = standard
        self._stated: list[Stated] = []
        self._used: list[Used] = []

    def of(self, tree: ParseTree) -> Costing:
        """Work out the whole."""
        values: dict[int, _Value] = {}
        for part in tree.iter_subtrees():  # those inside come before those around them
            if part.data != "start":
                children = [c if isinstance(c, str) else values[id(c)] for c in part.children]
                values[id(part)] = getattr(self, str(part.data))(*children)
        total = sum((values[id(c)].number for c in tree.children), Fraction(0))
        stated = tuple(sorted(self._stated, key=lambda s: s.column))
        return Costing(total, stated, tuple(sorted(self._used, key=lambda u: u.column)))

    def item(self, *parts: _Value | Token) -> _Value:
        value, *results = (p for p in parts if isinstance(p, _Value))
        if value.degree != 1:
            raise UnreadableCosting(_("结果不是金额：没有一个因数是元"), value.column)
        for said in results:
            if said.unit and said.degree != 1:
                raise UnreadableCosting(_("等号后面不是金额"), said.column)
            scale = 1 if said.unit else FEN_PER_UNIT["元"]
            self._stated.append(Stated(said.number * scale, said.step * scale, value.number, said.column))
        return value

    def plus(self, left: _Value, right: _Value) -> _Value:
        _must_agree(left, right)
        return replace(left, number=left.number + right.number, unit=left.unit or right.unit)

    def minus(self, left: _Value, _sign: Token, right: _Value) -> _Value:
        _must_agree(left, right)
        return replace(left, number=left.number - right.number, unit=left.unit or right.unit)

    def times(self, left: _Value, sign: Token, right: _Value) -> _Value:
        if left.degree + right.degree > 1:
            raise UnreadableCosting(_("两个金额不能相乘"), _column(sign))
        return _Value(left.number * right.number, left.degree + right.degree, "", left.column)

    def over(self, left: _Value, sign: Token, right: _Value) -> _Value:
        if right.degree > left.degree:
            raise UnreadableCosting(_("数量不能除以金额"), _column(sign))
        if not right.number:
            raise UnreadableCosting(_("不能除以零"), _column(sign))
        return _Value(left.number / right.number, left.degree - right.degree, "", left.column)

    def counted(self, value: _Value, unit: Token) -> _Value:
        if value.degree or value.unit:
            raise UnreadableCosting(_("括号里已有单位，后面不能再写“{unit}”").format(unit=unit), _column(unit))
        return _measured(value.number, unit, value.column, Fraction(1))

    def quantity(self, number: Token, *more: Token) -> _Value:
        digits = number.replace(",", "")
        step = Fraction(1, 10 ** len(digits.partition(".")[2]))
        value = _Value(Fraction(digits), 0, "", _column(number), step)
        for token in more:
            if token.type == "PERCENT":
                value = replace(value, number=value.number / _SHARES[str(token)])
            elif token.type == "UNIT":
                value = _measured(value.number, token, value.column, step)
            else:
                self._limited(value, token)
        return value

    def standard(self, token: Token) -> _Value:
        name = token.partition("[")[2][:-1].strip()
        rate = self._rate(name, token)
        self._used.append(Used(name, rate, None, _column(token)))
        return _Value(Fraction(rate.fen), 1, rate.unit, _column(token))

    def _limited(self, value: _Value, limit: Token) -> None:
        """Note the standard that a price names as its limit."""
        if value.degree != 1:
            raise UnreadableCosting(_("“{limit}”前面应是金额").format(limit=limit), _column(limit))
        name = limit[1:-1].strip()
        rate = self._rate(name, limit)
        if "/" in value.unit and value.unit != rate.unit:
            text = _("单位是“{unit}”，支出标准“{name}”的单位是“{other}”")
            raise UnreadableCosting(text.format(unit=value.unit, name=name, other=rate.unit), _column(limit))
        self._used.append(Used(name, rate, value.number, _column(limit)))

    def _rate(self, name: str, token: Token) -> Rate:
        rate = None if self._standard is None else self._standard(name)
        if rate is None:
            text = _("没有名为“{name}”、在本年本地有效的支出标准")
            raise UnreadableCosting(text.format(name=name), _column(token))
        return rate


def _column(token: Token) -> int:
    return token.column or 1


def _measured(number: Fraction, unit: Token, column: int, step: Fraction) -> _Value:
    """Give a number its unit: an amount in fen, or a count."""
    word = unit.partition("/")[0]
    if word in _MONEY:
        return _Value(number * _MONEY[word], 1, str(unit), column, step * _MONEY[word])
    if word.startswith(tuple(_MONEY)) and not word.startswith(("分", "角")):
        raise UnreadableCosting(_("不认识的单位“{unit}”").format(unit=unit), _column(unit))
    scale = _SCALES.get(word[:1], 1)
    return _Value(number * scale, 0, word[1:] if scale > 1 else str(unit), column, step * scale)


def _must_agree(left: _Value, right: _Value) -> None:
    """See that what is added is of one kind.

    Raises:
        UnreadableCosting: money and a count, or counts of different things.
    """
    if left.degree != right.degree:
        raise UnreadableCosting(_("金额和数量不能相加减"), right.column)
    if not left.degree and left.unit and right.unit and left.unit != right.unit:
        text = _("“{left}”和“{right}”不能相加减").format(left=left.unit, right=right.unit)
        raise UnreadableCosting(text, right.column)
