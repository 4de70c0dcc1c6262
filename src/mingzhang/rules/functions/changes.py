"""Changes against last year, as the written part states them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.forms.expressions import Call, Cell, Expression, Named, Sum
from mingzhang.forms.narrative import narrative_of
from mingzhang.model.finding import Evidence
from mingzhang.rules.declared_rules import best, result_of
from mingzhang.rules.figures import TEXT
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, undecided, violated
from mingzhang.sums.identities import Identity, Operand
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures, Said

_TOTAL_AND_TWO = 3
_INCOME, _SPENDING = "in:total", "out:total"


def rates(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare every rate of change with the change over what last year's figure must have been."""
    for name, said in figures.said.items():
        declared = said.declared
        change = None if declared is None else declared.rate_of
        if change is None or said.slot.figure is None:
            continue
        now = _now(change)
        amount = _beside(Call("abs", change), said, figures)
        word = _beside(change, said, figures)
        present = None if now is None else _stated(now, said, figures)
        sign = None if word is None else _sign(word, figures)
        if amount is None or present is None or sign is None:
            yield undecided(rule, f"“{said.sentence[:30]}”缺少变动额、方向或本年数", "a part of the change is missing")
            continue
        amount_ref, now_ref = (Operand(1, CellRef(TEXT, n)) for n in (amount, present))
        before = (now_ref, Operand(-sign, amount_ref.ref)) if sign else (now_ref,)
        for verdict in best([Identity((Operand(1, CellRef(TEXT, name)),), "=", (amount_ref,), before)], figures):
            result = result_of(rule, verdict, figures)
            if result is not None:
                yield result


def sums(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the change of a table's total with those of its lowest rows, where every one of them is stated."""
    by_table: dict[str, dict[str, tuple[Operand, ...]]] = {}
    for cell, change in _changes(figures).items():
        by_table.setdefault(cell.table, {})[cell.row] = change
    for table, changes in by_table.items():
        lowest = _lowest(table, figures)
        if "total" not in changes or not lowest or any(k not in changes for k in lowest):
            yield undecided(rule, f"{figures.title(table)}各项的变动没有全部写明", "not every item's change is stated")
            continue
        yield from _added_up(rule, changes["total"], tuple(o for k in lowest for o in changes[k]), figures)


def funds(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the change of a row's total with those of its funds, where every one of them is stated."""
    by_row: dict[tuple[str, str], dict[str, tuple[Operand, ...]]] = {}
    for cell, change in _changes(figures).items():
        by_row.setdefault((cell.table, cell.row), {})[cell.column] = change
    for (table, row), changes in by_row.items():
        columns = {c for r, c in figures.sheets[table].cells if r == row}
        if len(columns) < _TOTAL_AND_TWO or "total" not in changes or not columns <= changes.keys():
            yield undecided(
                rule, f"{figures.title(table)}各项资金的变动没有全部写明", "not every fund's change is stated"
            )
            continue
        parts = tuple(o for column in sorted(columns - {"total"}) for o in changes[column])
        yield from _added_up(rule, changes["total"], parts, figures)


def balanced(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the change of total income with that of total spending: as both balance in both years, they are equal."""
    stated = {(c.table, c.row): (name, change) for c, name, change in _with_words(figures)}
    both = [t for t, row in stated if row == _INCOME and (t, _SPENDING) in stated]
    for table in both:
        (here, income), (there, spending) = stated[table, _INCOME], stated[table, _SPENDING]
        if bool(income) == bool(spending):
            yield from _added_up(rule, spending, income, figures)
        else:
            yield _only_one_changed(rule, here, there, figures)
    if not both:
        yield undecided(
            rule, "没有写明收入、支出总计的变动", "the changes of total income and spending are not both stated"
        )


def _only_one_changed(rule: Rule, income: str, spending: str, figures: Figures) -> Result:
    words = [figures.said[name].slot.text.strip() for name in (income, spending)]
    spots = tuple(figures.spot(CellRef(TEXT, name)) for name in (income, spending))
    told = Told(
        f"收入总计写的是“{words[0]}”，支出总计写的是“{words[1]}”；收支总计两年都相等，变动应当一致。",
        f"Total income is said to be {words[0]!r}, total spending {words[1]!r}; equal in both years, they change alike.",
        spots,
        evidence=tuple(Evidence(spot, word, "", "text") for spot, word in zip(spots, words, strict=True)),
    )
    return violated(rule, told)


def _changes(figures: Figures) -> dict[Cell, tuple[Operand, ...]]:
    """Give the changes that are stated with their direction, by the cell of this year; nothing where there is none."""
    return {cell: change for cell, _name, change in _with_words(figures)}


def _with_words(figures: Figures) -> Iterator[tuple[Cell, str, tuple[Operand, ...]]]:
    """Give each stated change with the cell of this year and the statement of its direction."""
    for name, said in figures.said.items():
        change = _change(said)
        cell = None if change is None else _cell_of(change, said, figures)
        if change is None or cell is None or said.slot.figure is not None:
            continue
        sign = _sign(name, figures)
        amount = None if sign == 0 else _beside(Call("abs", change), said, figures, after=True)
        if sign == 0:
            yield cell, name, ()
        elif sign is not None and amount is not None:
            yield cell, name, (Operand(sign, CellRef(TEXT, amount)),)


def _added_up(rule: Rule, total: tuple[Operand, ...], parts: tuple[Operand, ...], figures: Figures) -> Iterator[Result]:
    identity = Identity(total, "=", parts)
    for verdict in best([identity] if identity.operands else [], figures):
        result = result_of(rule, verdict, figures)
        if result is not None:
            yield result


def totals_and_items(figures: Figures) -> Iterator[tuple[str, ...]]:
    """Give last year's key of a table's total and those of its lowest rows, for tables all whose changes are stated."""
    keys: dict[str, dict[str, str]] = {}
    for said in figures.said.values():
        change = _change(said)
        cell = None if change is None else _cell_of(change, said, figures)
        if change is not None and cell is not None:
            keys.setdefault(cell.table, {})[cell.row] = str(getattr(change.terms[1][1], "name", ""))
    for table, stated in keys.items():
        lowest = _lowest(table, figures)
        if "total" in stated and lowest and all(k in stated for k in lowest):
            yield (stated["total"], *(stated[k] for k in lowest))


def _lowest(table: str, figures: Figures) -> list[str]:
    """List the rows under which nothing stands."""
    sheet = figures.sheets[table]
    return [k for k, r in sheet.rows.items() if r.parent and not sheet.shape.rows_with("parent", k)]


def _change(said: Said) -> Sum | None:
    """Give the change of which a slot is the word: `now - last.now`."""
    declared = said.declared
    return None if declared is None else declared.word_of


def _cell_of(change: Sum, said: Said, figures: Figures) -> Cell | None:
    """Give the cell that this year's figure of a change stands for, in a table that the document has."""
    now = _now(change)
    if now is None:
        return None
    declared = narrative_of(figures.wording).declaration(now, said.section.key)
    tree = None if declared is None else declared.tree
    return tree if isinstance(tree, Cell) and tree.table in figures.sheets else None


def _now(change: Sum) -> str | None:
    first = change.terms[0][1]
    return first.name if isinstance(first, Named) else None


def _beside(tree: Expression, said: Said, figures: Figures, *, after: bool = False) -> str | None:
    """Find the slot of the same paragraph that is declared to hold this, the nearest before a slot, or after it."""
    found = []
    for name, other in _together(figures)[id(said.paragraph)]:
        if (other.slot.at > said.slot.at) == after and other is not said:
            declared = other.declared
            if declared is not None and declared.tree == tree:
                found.append((other.slot.at, name))
    return (min(found) if after else max(found))[1] if found else None


@once_for_all
def _together(figures: Figures) -> dict[int, list[tuple[str, Said]]]:
    """List the statements of every paragraph."""
    out: dict[int, list[tuple[str, Said]]] = {}
    for name, said in figures.said.items():
        out.setdefault(id(said.paragraph), []).append((name, said))
    return out


def _stated(key: str, said: Said, figures: Figures) -> str | None:
    """Find this year's figure before the rate in the same paragraph, the nearest."""
    found = [n for n, s in _together(figures)[id(said.paragraph)] if s.slot.key == key]
    return next((n for n in reversed(found) if figures.said[n].slot.at < said.slot.at), None)


def _sign(word: str, figures: Figures) -> int | None:
    """Say whether a stated change is a rise (1) or a fall (-1)."""
    said = figures.said[word]
    return narrative_of(figures.wording).lexicon.direction(said.slot.text.strip())
