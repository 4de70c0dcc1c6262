"""Documents with planted errors."""

from __future__ import annotations

from msgspec.structs import replace

from mingzhang.model.figure import spell

ERRORS = 6


def slipped(figure, random):
    """Print a figure otherwise: a slip of the pen, nothing, a dash, withheld, or in another unit."""
    kind = random.choice(("digit", "digit", "tenfold", "zero", "blank", "dash", "withheld", "unit", "places"))
    if kind == "withheld":
        return replace(figure, digits=None, printed="*", withheld=True)
    if kind in {"blank", "dash"}:
        return replace(figure, digits=None, printed="" if kind == "blank" else "-")
    if kind == "unit":
        return replace(figure, unit="元" if figure.unit == "万元" else "万元")
    if kind == "places":
        return replace(figure, digits=figure.digits // 10, places=figure.places - 1) if figure.places else figure
    digits = {"tenfold": figure.digits * 10, "zero": 0}.get(kind, figure.digits + random.choice((-1, 1)))
    return replace(figure, digits=digits, printed=spell(digits, figure.places, grouped=False))


def damaged(document, random):
    """Plant errors in a document: figures that slipped, rows and columns left out, a table gone."""
    tables = list(document.tables)
    for _ in range(ERRORS):
        at = random.randrange(len(tables))
        table = tables[at]
        rows = list(table.rows)
        filled = [i for i, r in enumerate(rows) if any(f.digits is not None for f in r.cells.values())]
        if not filled:
            continue
        i = random.choice(filled)
        if random.random() < 0.2:
            del rows[i]
        else:
            key = random.choice([k for k, f in rows[i].cells.items() if f.digits is not None])
            cells = {**rows[i].cells, key: slipped(rows[i].cells[key], random)}
            rows[i] = replace(rows[i], cells=cells)
        tables[at] = replace(table, rows=tuple(rows))
    if random.random() < 0.1:
        del tables[random.randrange(len(tables))]
    rounding = random.choice(("unknown", "unknown", "additive"))
    return replace(document, tables=tuple(tables), rounding=rounding)
