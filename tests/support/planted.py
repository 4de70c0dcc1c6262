"""Wrong figures planted in a sound document, and whether they are among the smallest repairs that are shown first."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace
from mutants import Mutant, noticed, printed_as

from mingzhang.rules.catalogue import RULES
from mingzhang.rules.engine import pack_of, results_of, without_repetition
from mingzhang.rules.figures import TEXT, Figures
from mingzhang.rules.repair import SHOWN, causes_of
from mingzhang.rules.repair_applied import NowhereToPrintError, printed_in
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from random import Random

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.figure import Figure
    from mingzhang.rules.rechecking import Checked

SLIPS: Final = ("digit", "digit", "swapped", "tenfold", "factor", "blank", "other")


class Located(msgspec.Struct, frozen=True):
    """What was planted, whether its figures, and its amounts too, are among the repairs shown, and how long that took."""

    planted: tuple[CellRef, ...]
    figures: bool
    amounts: bool
    alternatives: int
    seconds: float


def planted(checked: Checked, count: int, random: Random) -> tuple[tuple[CellRef, Figure], ...]:
    """Choose figures that the rules notice each by itself, and print each wrongly by a slip of the pen."""
    figures = checked.figures
    every = [
        (sheet.id, key)
        for sheet in figures.sheets.values()
        for key, f in sheet.cells.items()
        if f.digits and not f.withheld
    ]
    out: dict[CellRef, Figure] = {}
    while len(out) < count:
        source, (row, column) = random.choice(every)
        ref = CellRef(source, row, column)
        new = slip(figures.sheets[source].cells[row, column], random, is_said=source == TEXT)
        if ref in out or new is None:
            continue
        if noticed(checked, Mutant(ref, "planted", ((ref, new),))) == "grave":
            out[ref] = new
    return tuple(out.items())


def slip(figure: Figure, random: Random, *, is_said: bool) -> Figure | None:
    """Print a figure wrongly; None where the slip drawn changes nothing."""
    digits = figure.digits
    assert digits is not None
    text = str(abs(digits))
    way = random.choice(SLIPS)
    if way == "blank":
        return None if is_said else replace(figure, digits=None, printed="", facts=())
    if way == "digit":
        at = random.randrange(len(text))
        text = text[:at] + random.choice("0123456789") + text[at + 1 :]
    elif way == "swapped" and len(text) > 1:
        at = random.randrange(len(text) - 1)
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    elif way == "tenfold":
        text += "0"
    elif way == "factor":
        text += "0000"
    else:
        text = str(random.randrange(1, 10 ** len(text)))
    return None if int(text) == digits else printed_as(figure, int(text), figure.places)


def located(document: Disclosure, wrong: tuple[tuple[CellRef, Figure], ...]) -> Located | None:
    """Look for what was planted; None where it cannot be printed."""
    sound = Figures(document, None)
    try:
        bad = printed_in(sound, wrong)
    except NowhereToPrintError:
        return None
    figures = Figures(bad, pack_of(bad))
    results = without_repetition(results_of(RULES, figures))
    started = time.process_time()
    causes = causes_of(results, figures)
    seconds = time.process_time() - started
    truth = {ref: sound.sheets[ref.source].cells[ref.row, ref.column].digits for ref, _new in wrong}
    chosen: dict[CellRef, int] = {}
    for cause in causes:
        fitting = [s for s in cause.sets[:SHOWN] if all(r.ref in truth for r in s.reprints)]
        if fitting:
            chosen |= {r.ref: r.digits for r in fitting[0].reprints}
    return Located(
        tuple(truth),
        figures=chosen.keys() == truth.keys(),
        amounts=chosen == truth,
        alternatives=max((len(c.sets) for c in causes), default=0),
        seconds=seconds,
    )
