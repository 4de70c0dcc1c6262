"""What an import is asked, what it gives, and how it says no."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.intake.platform.approved import Difference
from mingzhang.intake.platform.assembling import Assembled, Wanted
from mingzhang.intake.platform.files import Export
from mingzhang.intake.platform.reconciling import Compared
from mingzhang.intake.platform.rows import LeftOut
from mingzhang.intake.platform.totals import Role
from mingzhang.model.book import Book
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.intake.platform.losses import Loss

_SHOWN: Final = 40


class RefusedImport(Fault):
    """An export cannot be taken as it is; all that stands against it, each with its place and what to do."""

    def __init__(self, problems: Sequence[Fault], losses: Sequence[Loss] = ()) -> None:
        """Join the problems; `losses` are the amounts that are missing or too much."""
        shown = [str(p) for p in problems[:_SHOWN]]
        if len(problems) > _SHOWN:
            shown.append(_("……另有 {n} 处").format(n=len(problems) - _SHOWN))
        super().__init__("\n".join(shown), hint=_("没有写入任何内容。"))
        self.problems = tuple(problems)
        self.losses = tuple(losses)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What an import is told: the export's unit of money if it does not say it, roles of lines, approvals, differences.

    `lines` gives roles by `sheet!row` or `row`. Without `approved` amounts the import is refused unless `unreconciled`.
    """

    wanted: Wanted
    unit: str = ""
    lines: dict[str, Role] = {}
    approved_files: tuple[Path, ...] = ()
    approved: tuple[str, ...] = ()
    difference_files: tuple[Path, ...] = ()
    differences: tuple[str, ...] = ()
    unreconciled: bool = False
    into: Book | None = None


class Imported(msgspec.Struct, frozen=True):
    """What became of an export: the books and what was done with every line of it."""

    books: tuple[Assembled, ...]
    exports: tuple[Export, ...]
    used: tuple[tuple[str, str, int], ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    compared: tuple[Compared, ...]
    differences: tuple[Difference, ...]
    changes: tuple[str, ...] = ()
