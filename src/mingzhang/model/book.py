"""A budget book: one unit, one year, facts only. All printed totals are derived from it.

Amounts are integers of fen and never negative. Claims (approved totals, ceilings, costing bases) are kept
apart from the facts and never summed with them.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from mingzhang.model.disclosure import Basis

BOOK_SCHEMA = "mingzhang.book/1.0"

Fund = Literal["general", "gov_fund", "state_capital", "special_account", "unit_funds"]
UnitFundPart = Literal["", "business", "unit_operations", "superior_subsidy", "affiliate_remittance", "other"]
Origin = Literal["current", "carried", "surplus"]
SpendingKind = Literal["personnel", "operating", "project", "remittance_up", "business_operations", "affiliate_subsidy"]
UnitType = Literal["行政", "参公", "公益一类", "公益二类", "other"]
SourceLevel = Literal["central", "provincial", "municipal", "county", "self_raised", "other"]


class SpendingLine(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One spending fact.

    `function` is the code of the 项 (or of the 款 or 类 where the classification ends there), `economic` and
    `gov_economic` the 款 of the two economic classes, `revenue` the revenue item that feeds a fund.
    `unit` is the code of the spending unit ("" for the book's own), `level` whose budget the money comes from.
    `tags` mark three-public lines where the economic class does not (`three_public:reception`, `three_public:none`).
    `withheld` names an entry of `Book.withheld`. `costing` is a claim: what it works out is compared with the amount.
    Money that one unit of the department gives another stands on a line of each: the giver's names the receiver in
    `transfer_to`, the receiver's the giver in `transfer_from` (and the giver's line in `transfer_line` where the giver
    gives from more than one kind of money). A book of both units counts it once.
    """

    id: str
    function: str
    amount: int
    kind: SpendingKind
    fund: Fund = "general"
    fund_part: UnitFundPart = ""
    origin: Origin = "current"
    economic: str = ""
    gov_economic: str = ""
    revenue: str = ""
    project: str = ""
    unit: str = ""
    level: SourceLevel = "municipal"
    tags: tuple[str, ...] = ()
    costing: str = ""
    withheld: str = ""
    transfer_to: str = ""
    transfer_from: str = ""
    transfer_line: str = ""


class YearEndCarry(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """Money of one fund carried out into next year (年终结转).

    `function` is the functional code it was given for: needed where the form lists income by function. `revenue` is
    the revenue item that it came from, where that does not follow from the function or the fund.
    """

    id: str
    fund: Fund
    amount: int
    function: str = ""
    revenue: str = ""
    origin: Origin = "current"
    fund_part: UnitFundPart = ""
    unit: str = ""


class Staffing(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """Establishment and people, and the number of internal sections."""

    quota: int = 0
    in_quota: int = 0
    other: int = 0
    sections: int = 0


class Member(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One budget unit of the department (the department's own office included).

    `staffing` is its own part of the department's; None where it is not known apart.
    """

    code: str
    name: str
    unit_type: UnitType
    staffing: Staffing | None = None


class Goal(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One target of a project: three levels and the value wanted, for the whole period or the year."""

    span: Literal["period", "annual"]
    level1: str
    level2: str
    level3: str
    value: str


class Project(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One project: its text, period and targets. The year's money is the sum of its spending lines.

    `period_funds` is in fen by source level; `disclosed` False leaves its form out (its money stays in the tables).
    """

    id: str
    name: str
    category: Literal["other_operating", "specific"] = "specific"
    attribute: Literal["recurrent", "continuing", "one_off"] = "recurrent"
    period_years: int = 1
    unit: str = ""
    period_funds: dict[SourceLevel, int] = {}
    overview: str = ""
    basis: str = ""
    necessity: str = ""
    safeguards: str = ""
    plan: str = ""
    period_goal: str = ""
    annual_goal: str = ""
    goals: tuple[Goal, ...] = ()
    disclosed: bool = True
    filled_at: str = ""
    withheld: str = ""


class Withheld(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """Why facts are not shown (涉密): the basis, who approved it, and when.

    `policy` is "" for what the form says, `left_out` of all sums, or `merged` into sums that show more than the fact.
    `cover` names further lines and projects that are treated alike, so that nothing can be computed: no secrets
    themselves. `fold` names codes below which no row is printed (`function:20113`, `economic:302`).
    """

    id: str
    basis: str
    approver: str
    date: str
    policy: Literal["", "left_out", "merged"] = ""
    cover: tuple[str, ...] = ()
    fold: tuple[str, ...] = ()


class Claim(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """An amount somebody else states (批复, 控制数): checked against the facts' sum, never summed.

    `unit` is the member whose own document has the figure ("" for the book's).
    """

    id: str
    kind: Literal["approved", "ceiling"]
    figure: str
    amount: int
    source: str = ""
    unit: str = ""


class LineChange(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One line of an in-year change: by how much a spending line rises or falls, in fen.

    Lines of one `entry` are one act of one date and document: 追加 (`increase`) raises, 追减 (`decrease`) lowers,
    调剂 (`shift`) moves money between lines and adds up to nothing.
    """

    entry: str
    kind: Literal["increase", "decrease", "shift"]
    date: str
    line: str
    document: str = ""
    more: int = 0
    less: int = 0
    reason: str = ""


class Profile(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """The overview: duties, organisation, and what else the first part prints."""

    duties: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()


class Procurement(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """Government procurement (政府采购) of the year, in fen."""

    goods: int = 0
    works: int = 0
    services: int = 0


class Assets(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """State assets at a date: vehicles by use, office area in 平方米, equipment above the two thresholds.

    `vehicles` holds minister, leader, confidential, emergency, enforcement, special, retired, institution, other;
    `purchases` counts the vehicles of these uses and the equipment (`equipment_over_100`) that the year's budget buys.
    """

    as_of: str = ""
    vehicle_quota: int = 0
    vehicles: dict[str, int] = {}
    office_area: int = 0
    equipment_over_50: int = 0
    equipment_over_100: int = 0
    purchases: dict[str, int] = {}


class DepartmentGoals(
    msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True
):
    """What the department's own performance form says besides figures."""

    strategy: str = ""
    key_tasks: tuple[tuple[str, str], ...] = ()
    annual_goal: str = ""
    goals: tuple[Goal, ...] = ()


class Former(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """What a unit, a functional code or a project of this year was last year.

    `code` is this year's code or name ("" for the book's own unit), `before` last year's: none where it is new, several
    where they were merged; what stands before two was split. With `part` only a part of what stood before became this.
    """

    what: Literal["unit", "function", "project"]
    code: str = ""
    before: tuple[str, ...] = ()
    part: bool = False


class Book(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """The facts of one unit, one year, one kind of document.

    `last_year` gives last year's figures in fen by statement key (`income_total`, `three_public_reception`) on the basis
    of `last_year_basis`, or that of `last_year_bases` for single keys; a key that is not there has nothing to compare
    with. `last_executed` is what was executed, by function code; `formerly` says what had another name or code last
    year. `reasons` gives the words for a change by section key, `notes` free words of sections that have no figures,
    `clearances` how far the document has been cleared by the key of the cover's line (`secrecy_review`: 已审查).
    `adjustments` are the in-year changes that the amounts already
    hold, in the order of their dates: a book that has some is the base of comparisons, not to be published.
    """

    schema: str = BOOK_SCHEMA
    kind: str = "department_budget"
    scope: str = "aggregate"
    year: int
    pack: str
    version: str = ""
    division: str = ""
    unit_code: str = ""
    unit_name: str
    unit_type: UnitType
    members: tuple[Member, ...] = ()
    spending: tuple[SpendingLine, ...] = ()
    year_end: tuple[YearEndCarry, ...] = ()
    projects: tuple[Project, ...] = ()
    profile: Profile = Profile()
    staffing: Staffing = Staffing()
    procurement: Procurement = Procurement()
    assets: Assets = Assets()
    department_goals: DepartmentGoals | None = None
    last_year: dict[str, int] = {}
    last_year_basis: Basis = "initial"
    last_year_bases: dict[str, Basis] = {}
    last_executed: dict[str, int] = {}
    formerly: tuple[Former, ...] = ()
    reasons: dict[str, str] = {}
    notes: dict[str, str] = {}
    clearances: dict[str, str] = {}
    claims: tuple[Claim, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    adjustments: tuple[LineChange, ...] = ()
    extra: dict[str, Any] = {}
