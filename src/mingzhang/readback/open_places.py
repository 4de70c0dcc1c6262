"""How many places a number has whose cell does not say: those of its form, else as many as its table shows elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from mingzhang.model.figure import Figure, spell
from mingzhang.model.language import gettext as _
from mingzhang.model.performance import DepartmentForm, Funds, ProjectForm
from mingzhang.model.units import is_money

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure, Table
    from mingzhang.model.place import Place

Form = TypeVar("Form", ProjectForm, DepartmentForm)


def settled_places(found: Disclosure, unsure: AbstractSet[Place], pack: Pack | None) -> Disclosure:
    """Give figures that stand in `unsure` cells the places of their table; `pack` is the form, where one fits."""
    if not unsure:
        return found
    usual = pack.tables[0].places if pack is not None else 2
    forms = tuple(_filled_in(f, unsure, usual) for f in found.project_forms)
    department = found.department_form
    return msgspec.structs.replace(
        found,
        tables=tuple(_settled(t, unsure, pack) for t in found.tables),
        project_forms=forms,
        department_form=None if department is None else _filled_in(department, unsure, usual),
    )


def _filled_in(form: Form, unsure: AbstractSet[Place], usual: int) -> Form:
    """Give the money of a performance form its places: those of tables, but none to an amount of whole 元."""
    changed: dict[str, Any] = {}
    for name in form.__struct_fields__:
        own = getattr(form, name)
        filled = {
            k: _filled(f, usual)
            for k, f in _amounts(own).items()
            if f.place in unsure and is_money(f.unit) and (f.unit != "元" or f.places)
        }
        if filled:
            changed[name] = {**own, **filled} if isinstance(own, dict) else msgspec.structs.replace(own, **filled)
    return msgspec.structs.replace(form, **changed) if changed else form


def _amounts(field: object) -> dict[str, Figure]:
    """Give the figures of a form's field that holds several: by level, by source, by use."""
    if isinstance(field, Funds):
        named = ((n, getattr(field, n)) for n in field.__struct_fields__)
        return {n: f for n, f in named if isinstance(f, Figure) and f.is_number}
    return {k: f for k, f in field.items() if isinstance(f, Figure) and f.is_number} if isinstance(field, dict) else {}


def _settled(table: Table, unsure: AbstractSet[Place], pack: Pack | None) -> Table:
    spec = pack.table(table.id) if pack is not None else None
    numbers = [f for r in table.rows for f in r.cells.values() if f.is_number and f.unit != "%"]
    mine = [f for f in numbers if f.place in unsure]
    if not mine:
        return table
    shown = [f.places for f in numbers if f.place not in unsure]
    longest = max(f.places for f in mine)
    known = spec.places if spec is not None else max(shown) if shown else None
    if known is not None and longest <= known:
        places, doubt = known, ""
    else:
        places = max(longest, *shown, 0)
        doubt = _("单元格没有说明小数位数，按最多的 {places} 位读").format(places=places)
    rows = tuple(
        msgspec.structs.replace(
            r, cells={k: _filled(f, places) if f.place in unsure and f.unit != "%" else f for k, f in r.cells.items()}
        )
        for r in table.rows
    )
    return msgspec.structs.replace(table, rows=rows, doubts=(*table.doubts, doubt) if doubt else table.doubts)


def _filled(figure: Figure, places: int) -> Figure:
    """Give a number the places that it was not stored with."""
    if figure.digits is None or figure.places >= places:
        return figure
    digits = figure.digits * 10 ** (places - figure.places)
    return msgspec.structs.replace(figure, digits=digits, places=places, printed=spell(digits, places, grouped=False))
