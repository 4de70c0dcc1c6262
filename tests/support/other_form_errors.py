"""Errors planted into documents of other forms: one printed figure is another, so that something no longer agrees."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

    from other_forms import Printed

KINDS: Final = ("last_digit", "one_unit", "ten_units", "digit", "blank", "swap_rows")
_NUMBER: Final = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def planted(tables: list[Printed], kind: str, random: Random) -> tuple[list[Printed], str, str]:
    """Change one figure of one table, or swap those of two neighbouring rows; give the tables, the table's title and what is printed now."""
    spots = [
        (t, r, c)
        for t, table in enumerate(tables)
        for r, row in enumerate(table.body)
        for c, text in enumerate(row)
        if table.roles[c] == "f" and _NUMBER.fullmatch(text) and text.strip("-0.,") and not table.id.startswith("unknown")
    ]  # fmt: skip
    t, r, c = random.choice(spots)
    table = tables[t]
    body = [list(row) for row in table.body]
    if kind == "swap_rows":
        near = [
            n
            for n in (r - 1, r + 1)
            if 0 <= n < len(body)
            and any(body[n][i] != body[r][i] and table.roles[i] == "f" for i in range(len(table.roles)))
        ]
        if not near:
            return planted(tables, kind, random)
        n = near[0]
        for i, role in enumerate(table.roles):
            if role == "f":
                body[r][i], body[n][i] = body[n][i], body[r][i]
    else:
        body[r][c] = _changed(body[r][c], kind, random)
    out = list(tables)
    out[t] = replace(table, body=tuple(map(tuple, body)))
    return out, table.title, body[r][c]


def _changed(text: str, kind: str, random: Random) -> str:
    if kind == "blank":
        return ""
    places = len(text.partition(".")[2])
    digits = int(re.sub(r"[,.]", "", text))
    if kind == "digit":
        at = random.choice([i for i, x in enumerate(text) if x.isdigit()])
        return text[:at] + random.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]
    step = {"last_digit": 1, "one_unit": 10**places, "ten_units": 10 * 10**places}[kind]
    whole, rest = divmod(digits + step, 10**places)
    return f"{whole:,}" * ("," in text) + f"{whole}" * ("," not in text) + (f".{rest:0{places}d}" if places else "")
