"""What stands around a table's grid, line by line: the unit's name, the unit of money, notes, titles nobody knows."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.figure import read_figure
from mingzhang.model.keys import folded, tidy
from mingzhang.readback.likeness import bare, unnumbered

if TYPE_CHECKING:
    from mingzhang.model.page import Line

SENTENCE: Final = re.compile(r"[。；！？]")
LONGEST_LABEL: Final = 40


def around(line: Line) -> dict[str, str]:
    """Read a line that names the unit or says in what unit amounts stand: `部门名称：…`, `单位：万元`; {} for any other.

    What else forms print there (a year, a date) is under "".
    """
    words: dict[str, str] = {}
    texts = [c.text for c in line.cells if c.text]
    if not texts or len(texts) > 3:
        return {}
    alone = ""
    for text in texts:
        part = _around(text)
        if not part and (alone or text is not texts[0]):
            return {}
        alone = alone if part else text
        words |= part
    if alone:  # a name that has no label stands beside the unit of money alone
        is_named = "unit" in words and "unit_name" not in words and is_office(alone)
        return {"unit_name": unit_without_code(alone), **words} if is_named else {}
    return words


def is_office(text: str) -> bool:
    """Tell whether a text is the name of an office, with or without its code, and nothing else."""
    return _office().fullmatch(tidy(text)) is not None


def unit_without_code(text: str) -> str:
    """Give the name of a unit without the code before it."""
    return re.sub(r"^\d+[-—－]?", "", tidy(text))


@cache
def _office() -> re.Pattern[str]:
    return re.compile(lexicon().around.office)


def said_unit(text: str) -> str:
    """Give the unit of money that a text says at its end (`金额单位：万元`); "" if it says none."""
    money = _said_unit().search(tidy(text))
    return money["unit"] if money else ""


@cache
def _said_unit() -> re.Pattern[str]:
    known = lexicon()
    words, units = "|".join(known.around.money_unit), "|".join(known.units["names"])
    return re.compile(rf"[（(]?(?:{words})[:：](?:人民币)?(?P<unit>{units})[)）]?$")


def _around(text: str) -> dict[str, str]:
    plain = tidy(text).replace(":", "：")
    known = lexicon()
    money = _said_unit().search(plain)
    out = {"unit": money["unit"]} if money else {}
    rest = plain[: money.start()] if money else plain
    if not rest:
        return out
    name = re.fullmatch(rf"(?:{'|'.join(known.around.unit_name)})(?:名称)?：(?P<name>.*)", rest)
    if name is not None and "。" not in rest:
        return {**out, "unit_name": name["name"]}
    other = re.fullmatch(rf"(?:{'|'.join(known.around.other)})：.{{0,20}}", rest)
    return {**out, "": rest} if other is not None else {}


def is_note(text: str) -> bool:
    """Tell whether a line is a note under a table: `注：…`."""
    return re.match(rf"(?:{'|'.join(lexicon().around.note)})\d*:", folded(text)) is not None


def may_be_title(text: str) -> bool:
    """Tell whether a text could be the title of a table nobody knows."""
    plain = folded(text)
    words = lexicon().around
    if SENTENCE.search(text) or len(plain) > LONGEST_LABEL or any(w in plain for w in words.not_a_table):
        return False
    return re.search(rf"(?:{'|'.join(words.title_ending)})(?:\([^()]*\))?$", plain) is not None and len(plain) > 3


def is_grid(line: Line) -> bool:
    """Tell whether a line is plainly a row of a table: several texts, or one beside a figure's place."""
    return sum(bool(c.text) for c in line.cells) > 1


def is_class_row(text: str) -> bool:
    """Tell whether a numbered text is a row of a form (`一、一般公共服务支出`) rather than a heading."""
    return bool(re.match(r"[一二三四五六七八九十]+[、.,，．丶]", tidy(text))) and tidy(text).endswith(
        ("支出", "预备费", "预算", "资金", "收入")
    )


@cache
def _row_names() -> frozenset[str]:
    rows = lexicon().rows
    return frozenset(
        bare(w) for kind in ("in", "in_carried", "out", "three_public") for ws in rows[kind].values() for w in ws
    )


def is_row_name(text: str) -> bool:
    """Tell whether a text is the name of a row of a balance or of the three public expenses."""
    return bool(text) and unnumbered(text) in _row_names()


def is_body_label(text: str) -> bool:
    """Tell whether a lone text is a row of its own: a total, a code with a name, or a figure."""
    plain = folded(text)
    known = lexicon()
    totals = [
        w for kind in ("total", "in", "out") for key, words in known.rows[kind].items() if "total" in key for w in words
    ]
    figure = read_figure(text, "元")
    return (
        plain in totals
        or re.match(r"\d{3}(?:\d{2}){0,2}(?=\D|$)", plain) is not None
        or (figure is not None and figure.is_number)
    )
