"""Performance forms as printed: a project's 绩效目标表, and the department's own 整体支出绩效目标表."""

from __future__ import annotations

from typing import Literal

import msgspec

from mingzhang.model.figure import Figure
from mingzhang.model.place import Place

ProjectFormKind = Literal["application", "goal", "adjustment"]
Attribute = Literal["recurrent", "continuing", "one_off"]


class Indicator(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One line of an indicator table: three levels, the value as printed, and the value taken apart."""

    level1: str = ""
    level2: str = ""
    level3: str = ""
    value: str = ""
    comparator: str = ""
    number: str = ""
    unit: str = ""
    text: str = ""
    direction: str = ""
    weight: str = ""
    place: Place | None = None
    doubt: str = ""


class Funds(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """The money of a form by source; figures in 元 unless they say otherwise, None where the form has no such line."""

    total: Figure | None = None
    central: Figure | None = None
    provincial: Figure | None = None
    municipal: Figure | None = None
    county: Figure | None = None
    self_raised: Figure | None = None
    other: Figure | None = None


class ProjectForm(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One project's performance form; a text is "" where nothing is printed."""

    kind: ProjectFormKind
    title: str = ""
    project: str
    category: str = ""
    department_code: str = ""
    department: str = ""
    implementing_unit: str = ""
    attribute: Attribute | None = None
    attribute_printed: str = ""
    period_years: int | None = None
    period_printed: str = ""
    period_funds: Funds = Funds()
    annual_funds: Funds = Funds()
    overview: str = ""
    basis: str = ""
    necessity: str = ""
    safeguards: str = ""
    plan: str = ""
    period_goal: str = ""
    annual_goal: str = ""
    period_indicators: tuple[Indicator, ...] = ()
    annual_indicators: tuple[Indicator, ...] = ()
    head: str = ""
    contact: str = ""
    phone: str = ""
    filled_at: str = ""
    first: Place | None = None
    last: Place | None = None
    places: dict[str, Place] = {}
    doubts: tuple[str, ...] = ()


class DepartmentForm(
    msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True
):
    """The department's own performance form; staff counts are figures of 人, sections and units of 个."""

    title: str = ""
    department_code: str = ""
    department: str = ""
    sections: Figure | None = None
    subordinate_units: Figure | None = None
    staff_quota: Figure | None = None
    staff_actual: Figure | None = None
    staff_in_quota: Figure | None = None
    staff_other: Figure | None = None
    duties: str = ""
    strategy: str = ""
    by_source: dict[str, Figure] = {}
    by_use: dict[str, Figure] = {}
    key_tasks: tuple[tuple[str, str], ...] = ()
    annual_goal: str = ""
    indicators: tuple[Indicator, ...] = ()
    first: Place | None = None
    last: Place | None = None
    places: dict[str, Place] = {}
    doubts: tuple[str, ...] = ()
