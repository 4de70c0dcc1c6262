"""A ledger of in-year changes to an approved book: 追加, 追减, 调剂, and changed targets of projects."""

from __future__ import annotations

from typing import Any

import msgspec

from mingzhang.model.book import Goal, LineChange, Project, SpendingLine

LEDGER_SCHEMA = "mingzhang.ledger/1.0"


class ChangedTarget(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """A project whose target changes: a 调整申报表 is filled in for it.

    A text that is "" stays as it was; `goals` take the place of all earlier ones of their span (period or year).
    """

    project: str
    date: str
    document: str = ""
    overview: str = ""
    basis: str = ""
    necessity: str = ""
    safeguards: str = ""
    plan: str = ""
    period_goal: str = ""
    annual_goal: str = ""
    goals: tuple[Goal, ...] = ()


class Ledger(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """The in-year changes of one book, which it names by unit and year.

    `lines` are spending lines that the approved book does not have, without an amount of their own: the changes give
    it. `projects` are new projects of theirs.
    """

    schema: str = LEDGER_SCHEMA
    year: int
    unit_code: str = ""
    unit_name: str = ""
    lines: tuple[SpendingLine, ...] = ()
    projects: tuple[Project, ...] = ()
    changes: tuple[LineChange, ...] = ()
    targets: tuple[ChangedTarget, ...] = ()
    extra: dict[str, Any] = {}
