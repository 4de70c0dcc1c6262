"""What two disclosures say in the contract's exports, to be compared: `differing(compiled, read)` lists what is not equal.

Numbers inside free words (a reason of change) are listed by readers as not understood; those are not compared.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from mingzhang.documents.exports import cells_csv, forms_jsonl, statements_csv

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Disclosure

_NOT_PRINTED = frozenset({"line", "lines", "doubts", "doubt", "filled_at", "head", "contact", "phone"})


def differing(left: Disclosure, right: Disclosure) -> list[str]:
    """List everything printed that only one of two disclosures has, by table, sentence, form and glossary."""
    return [
        f"{sign} {what}"
        for sign, a, b in (("-", left, right), ("+", right, left))
        for what in (said(a) - said(b)).elements()
    ]


def said(disclosure: Disclosure) -> Counter[str]:
    """Count what a disclosure says: a line for each cell, number of a sentence, field of a form, and term."""
    cells = (f"{r['table']}[{r['row']}].{r['column']} = {r['value']}" for r in _csv(cells_csv(disclosure)))
    slots = (
        f"{r['section']} {r['key']} = {r['value']} {r['unit']}" for r in _csv(statements_csv(disclosure)) if r["key"]
    )
    forms = (
        f"form {n}{path} = {value}"
        for n, line in enumerate(forms_jsonl(disclosure).splitlines())
        for path, value in _leaves("", json.loads(line))
        if value not in {None, ""}
    )
    terms = (f"term {t.term}: {t.meaning}" for t in disclosure.glossary)
    return Counter((*cells, *slots, *forms, *terms))


def doubts(disclosure: Disclosure) -> list[str]:
    """List what a reader was unsure of in cells and forms."""
    cells = [f"{r['table']}[{r['row']}].{r['column']}: {r['doubt']}" for r in _csv(cells_csv(disclosure)) if r["doubt"]]
    return cells + [d for form in disclosure.project_forms for d in form.doubts]


def _csv(text: str) -> csv.DictReader[str]:
    return csv.DictReader(io.StringIO(text))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NOT_PRINTED:
                yield from _leaves(f"{path}/{key}", inner)
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _leaves(f"{path}/{n}", inner)
    else:
        yield path, value
