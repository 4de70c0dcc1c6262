"""Amounts that stand in another column than the sums of their table and the cells beside them say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.model.figure import WOULD_MOVE
from mingzhang.model.language import in_every_language
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.figure import Figure
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures


def columns(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find amounts of which it was seen when they were read that all sums hold once they stand one column further."""
    seen = False
    said = in_every_language(WOULD_MOVE)

    def would_move(figure: Figure) -> bool:
        return figure.doubt in said and bool(figure.digits)

    for table in figures.disclosure.tables:
        sheet = figures.sheets[table.id]
        seen = seen or bool(sheet.figures)
        if not [f for f in sheet.figures if f.doubt]:
            continue
        for (row, column), figure in sheet.printing(would_move):
            ref = CellRef(table.id, row, column)
            spot, name = figures.spot(ref), figures.name(ref)
            told = Told(
                f"{name}的{figure.plain}{figure.unit}似印错了栏：移一栏则各和相符。",
                f"{figure.plain} {figure.unit} stands in the wrong column ({name}): one column further all sums hold.",
                (spot,),
                actual=figure.plain,
                unit=figure.unit,
                evidence=(evidence_of(figure, spot, "printed"),),
            )
            yield violated(rule, told)
    yield passed(rule) if seen else undecided(rule, "没有表", "there are no tables")
