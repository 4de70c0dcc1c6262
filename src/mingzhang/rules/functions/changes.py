"""Changes against last year, as the written part states them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.forms.expressions import Cell
from mingzhang.forms.narrative import narrative_of
from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import in_brief
from mingzhang.rules.declared_rules import best, result_of
from mingzhang.rules.figures import TEXT
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, undecided, violated
from mingzhang.rules.stated import other_bases, said_as
from mingzhang.rules.stated_at_sight import is_exact
from mingzhang.sums.identities import Identity, Operand
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingzhang.forms.declarations import Role
    from mingzhang.forms.narrative import Narrative
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures, Said

    Basis = tuple[str, ...]
    Change = tuple[Operand, ...]

_TOTAL_AND_TWO = 3
_INCOME, _SPENDING = "in:total", "out:total"


def _wrong_rates(rule: Rule, figures: Figures) -> Iterator[Result]:
    return _unlike(rule, _rates(figures), figures)


@in_brief(_wrong_rates)
def rates(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare every rate of change with the change over what last year's figure must have been."""
    for said, rate in _rates(figures):
        if rate is None:
            yield undecided(rule, f"“{said.sentence[:30]}”缺少变动额、方向或本年数", "a part of the change is missing")
        else:
            yield from _judged(rule, rate, figures)


@once_for_all
def _rates(figures: Figures) -> list[tuple[Said, Identity | None]]:
    """List each rate as the share of a change in what was before it, None where one of these is not stated."""
    out: list[tuple[Said, Identity | None]] = []
    for name, said in said_as(figures, "rate"):
        if said.slot.figure is None:
            continue
        amount, word = _beside("change", said, figures), _beside("word", said, figures)
        present = _stated_before(said, figures)
        sign = None if word is None else _sign(figures.said[word], narrative_of(figures.wording))
        if amount is None or present is None or sign is None:
            out.append((said, None))
            continue
        amount_ref, now_ref = (Operand(1, CellRef(TEXT, n)) for n in (amount, present))
        before = (now_ref, Operand(-sign, amount_ref.ref)) if sign else (now_ref,)
        out.append((said, Identity((Operand(1, CellRef(TEXT, name)),), "=", (amount_ref,), before)))
    return out


def judged_by_form(figures: Figures) -> set[tuple[int, int]]:
    """Give the paragraph and the place of each rate that is compared by what its form declares of it."""
    return {(id(said.paragraph), said.slot.at) for said, rate in _rates(figures) if rate is not None}


def _wrong_sums(rule: Rule, figures: Figures) -> Iterator[Result]:
    return _unlike(rule, _of_tables(figures), figures)


@in_brief(_wrong_sums)
def sums(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the change of a table's total with those of its lowest rows, where every one of them is stated."""
    for table, whole in _of_tables(figures):
        if whole is None:
            yield undecided(rule, f"{figures.title(table)}各项的变动没有全部写明", "not every item's change is stated")
        else:
            yield from _judged(rule, whole, figures)


def _of_tables(figures: Figures) -> Iterator[tuple[str, Identity | None]]:
    """Give the change of each table's total with those of its lowest rows, None where not all of them are stated."""
    by_table: dict[tuple[str, Basis], dict[str, Change]] = {}
    for cell, basis, _name, change in _with_words(figures):
        by_table.setdefault((cell.table, basis), {})[cell.row] = change
    for (table, _basis), changes in by_table.items():
        lowest = _lowest(table, figures) if "total" in changes and len(changes) > 1 else []
        is_whole = bool(lowest) and all(k in changes for k in lowest)
        parts = tuple([o for k in lowest for o in changes[k]]) if is_whole else ()
        yield table, Identity(changes["total"], "=", parts) if is_whole else None


def _wrong_funds(rule: Rule, figures: Figures) -> Iterator[Result]:
    return _unlike(rule, _of_rows(figures), figures)


@in_brief(_wrong_funds)
def funds(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the change of a row's total with those of its funds, where every one of them is stated."""
    for table, whole in _of_rows(figures):
        if whole is None:
            yield undecided(
                rule, f"{figures.title(table)}各项资金的变动没有全部写明", "not every fund's change is stated"
            )
        else:
            yield from _judged(rule, whole, figures)


def _of_rows(figures: Figures) -> Iterator[tuple[str, Identity | None]]:
    """Give the change of each row's total with those of its funds, None where not all of them are stated."""
    by_row: dict[tuple[str, str, Basis], dict[str, Change]] = {}
    for cell, basis, _name, change in _with_words(figures):
        by_row.setdefault((cell.table, cell.row, basis), {})[cell.column] = change
    for (table, row, _basis), changes in by_row.items():
        is_whole = "total" in changes and len(changes) >= _TOTAL_AND_TWO
        bands = figures.sheets[table].shape.bands if is_whole else ()
        columns = {column for band in bands if row in band.rows for column in band.columns}
        is_whole = len(columns) >= _TOTAL_AND_TWO and columns <= changes.keys()
        parts = tuple(o for column in sorted(columns - {"total"}) for o in changes[column]) if is_whole else ()
        yield table, Identity(changes["total"], "=", parts) if is_whole else None


def balanced(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the change of total income with that of total spending, over one basis: as both balance, they are equal."""
    stated = {(c.table, c.row, basis): (name, change) for c, basis, name, change in _with_words(figures)}
    both = [(t, basis) for t, row, basis in stated if row == _INCOME and (t, _SPENDING, basis) in stated]
    for table, basis in both:
        (here, income), (there, spending) = stated[table, _INCOME, basis], stated[table, _SPENDING, basis]
        if bool(income) == bool(spending):
            yield from _judged(rule, Identity(spending, "=", income), figures)
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


@once_for_all
def _with_words(figures: Figures) -> list[tuple[Cell, Basis, str, Change]]:
    """List each stated change, () where there is none, with the cell of this year, its basis and the word's statement."""
    out: list[tuple[Cell, Basis, str, Change]] = []
    narrative = narrative_of(figures.wording)
    for name, said in said_as(figures, "word"):
        cell = _cell_of(said, narrative, figures)
        if cell is None or said.slot.figure is not None:
            continue
        sign = _sign(said, narrative)
        amount = _beside("change", said, figures, after=True) if sign else None
        if sign == 0:
            out.append((cell, other_bases(said), name, ()))
        elif sign is not None and amount is not None:
            out.append((cell, other_bases(said), name, (Operand(sign, CellRef(TEXT, amount)),)))
    return out


def _unlike(rule: Rule, sums: Iterable[tuple[object, Identity | None]], figures: Figures) -> Iterator[Result]:
    """Judge those sums alone that are not seen to hold."""
    found = (whole for _of, whole in sums if whole is not None and not is_exact(whole, figures))
    return (r for whole in found for r in _judged(rule, whole, figures))


def _judged(rule: Rule, identity: Identity, figures: Figures) -> Iterator[Result]:
    for verdict in best([identity] if identity.operands else [], figures):
        result = result_of(rule, verdict, figures)
        if result is not None:
            yield result


def totals_and_items(figures: Figures) -> Iterator[tuple[str, ...]]:
    """Give last year's key of a table's total and those of its lowest rows, for tables all whose changes are stated."""
    keys: dict[str, dict[str, str]] = {}
    for _name, said in said_as(figures, "word"):
        cell = _cell_of(said, narrative_of(figures.wording), figures)
        if cell is not None:
            keys.setdefault(cell.table, {})[cell.row] = _changed(said)[1]
    for table, stated in keys.items():
        lowest = _lowest(table, figures)
        if "total" in stated and lowest and all(k in stated for k in lowest):
            yield (stated["total"], *(stated[k] for k in lowest))


def _lowest(table: str, figures: Figures) -> list[str]:
    """List the rows under which nothing stands."""
    sheet = figures.sheets[table]
    above = sheet.shape.rows_by("parent")
    return [k for k, r in sheet.rows.items() if r.parent and k not in above]


def _changed(said: Said) -> tuple[str, str]:
    """Name this year's statement and last year's figure, of whose change a slot is the word, the amount or the rate."""
    declared = said.declared
    return (declared.changed if declared is not None else None) or ("", "")


def _cell_of(said: Said, narrative: Narrative, figures: Figures) -> Cell | None:
    """Give the cell that this year's figure of a change stands for, in a table that the document has."""
    declared = narrative.declaration(_changed(said)[0], said.section.key)
    tree = None if declared is None else declared.tree
    return tree if isinstance(tree, Cell) and tree.table in figures.sheets else None


def _beside(role: Role, said: Said, figures: Figures, *, after: bool = False) -> str | None:
    """Find the word, or the amount, of the same change in the same paragraph, the nearest before a slot, or after it."""
    at, changed = said.slot.at, _changed(said)
    found = [one for one in _by_change(figures, role).get((id(said.paragraph), changed), ()) if (one[0] > at) == after]
    return (min(found) if after else max(found))[1] if found else None


@once_for_all
def _by_change(figures: Figures, role: Role) -> dict[tuple[int, tuple[str, str]], list[tuple[int, str]]]:
    """List the words, or the amounts, of changes by their paragraph and what has changed, each with its place in it."""
    out: dict[tuple[int, tuple[str, str]], list[tuple[int, str]]] = {}
    for name, said in said_as(figures, role):
        out.setdefault((id(said.paragraph), _changed(said)), []).append((said.slot.at, name))
    return out


def _stated_before(said: Said, figures: Figures) -> str | None:
    """Find this year's figure before the rate in the same paragraph, the nearest."""
    key = name = _changed(said)[0]
    found, n = None, 1
    while (stated := figures.said.get(name)) is not None:
        if stated.paragraph is said.paragraph and stated.slot.at < said.slot.at:
            found = name
        n += 1
        name = f"{key}#{n}"
    return found


def _sign(said: Said, narrative: Narrative) -> int | None:
    """Say whether a stated change is a rise (1) or a fall (-1)."""
    return narrative.lexicon.direction(said.slot.text.strip())
