"""The record of an import: one JSON line a line of the export, used or left out and why, under a line that sums it up.

It is JSON Lines so that it can lie beside its book without being taken for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.intake.platform.amounts import yuan
from mingzhang.intake.platform.approved import shown_difference
from mingzhang.intake.platform.losses import known
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.intake.platform.asked import Imported

RECORD_SCHEMA: Final = "mingzhang.import/1.0"
SUFFIX: Final = ".import.jsonl"


def record_bytes(imported: Imported, profile: str) -> bytes:
    """Spell the record; the same import gives the same bytes. Amounts are texts in 元."""
    head = {
        "schema": RECORD_SCHEMA,
        "files": [{"name": e.file, "sha256": e.sha256} for e in imported.exports],
        "profile": profile,
        "used": len(imported.used),
        "left_out": len(imported.left_out),
        "reconciliation": [
            {
                "keys": c.keys,
                "approved": yuan(c.approved),
                "lines": yuan(c.lines),
                "in_book": yuan(c.held),
                "named": yuan(c.named),
                "place": c.place,
            }
            for c in imported.compared
        ],
        "differences": [shown_difference(d) for d in imported.differences],
        "changes": list(imported.changes),
        "notes": list(imported.notes),
    }
    ids = {place: line for made in imported.books for line, place in made.places.items()}
    lines: list[dict[str, object]] = [head]
    lines += [{"place": place, "amount": yuan(fen), "line": ids.get(place, "")} for place, _id, fen in imported.used]
    for x in imported.left_out:
        why: dict[str, object] = {"place": x.place, "reason": x.reason}
        lines.append(why if x.amount is None else why | {"amount": yuan(x.amount)})
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


def described(imported: Imported) -> Iterator[str]:
    """Tell the reconciliation, a line for each approved amount, in 元."""
    names = {m.code: m.name for made in imported.books for m in made.book.members}
    names |= {made.book.unit_code: made.book.unit_name for made in imported.books}
    for c in imported.compared:
        what = " ".join(known(c.keys, lambda unit: names.get(unit, unit))) or _("全部")
        line = _("{what}：批复 {approved}，明细 {lines}").format(
            what=what, approved=yuan(c.approved), lines=yuan(c.lines)
        )
        if c.held:
            line += _("，底册原有 {held}").format(held=yuan(c.held))
        if c.named:
            line += _("，已说明的差额 {named}").format(named=yuan(c.named))
        yield line
