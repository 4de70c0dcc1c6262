"""Random budget books that hold together: every code exists, every project has lines, nothing is negative.

Used by every test of a property: `from books import random_books`.
"""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from mingzhang.model.book import (
    Assets,
    Book,
    Claim,
    DepartmentGoals,
    Former,
    Goal,
    Member,
    Procurement,
    Profile,
    Project,
    SpendingLine,
    Staffing,
    Withheld,
    YearEndCarry,
)

PACKS = {"shanxi-2023": 2023, "shanxi-2024": 2024}
"""The packs and a year of each."""

FUNCTIONS = {
    "general": ("2010601", "2010602", "2011301", "2050203", "2080505", "2100201", "2120399", "2150805", "21907", "2210201"),
    "gov_fund": ("2120801", "2120803", "2290402"),
    "state_capital": ("2230105", "2230201"),
    "special_account": ("2050204", "2050302"),
    "unit_funds": ("2050204", "2100201", "2080505"),
}  # fmt: skip
"""Functional codes by the fund that feeds them; 21907 is a 款 without 项."""

PERSONNEL = ("30101", "30102", "30108", "30113", "30302")
OPERATING = ("30201", "30211", "30212", "30217", "30228", "30231", "31002")
PROJECT = ("30201", "30217", "30227", "31003", "31013", "39999")
UNIT_TYPES = ("行政", "参公", "公益一类", "公益二类", "other")
LEVELS = ("central", "provincial", "municipal", "county")
FISCAL = ("general", "gov_fund", "state_capital")

_NAMES = (
    "设备更新",
    "道路养护",
    "信息系统运行维护",
    "专项普查（第五次）",
    "“一窗”服务",
    "校舍修缮 二期",
    "人才引进",
    "园区绿化",
)
_UNITS = ("青川县示例局", "青川县示例中心", "青川县第一示例学校")
_WORDS = st.text(alphabet="本项目保障日常运行并按期完成年度任务，改善服务条件。", min_size=1, max_size=40)
_LEVEL2 = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度"),
)
_VALUES = ("≥95%", "=12个", "≤30万元", "按期完成", "100%", "≥3次")


def amounts() -> st.SearchStrategy[int]:
    """Draw an amount in fen: whole 万元 as projects have, odd fen as salaries have, or next to half a last digit."""
    return st.one_of(
        st.integers(1, 30_000).map(lambda n: n * 1_000_000),
        st.integers(1, 2_000_000_000),
        st.integers(0, 500_000).map(lambda n: n * 10_000 + 5_000),
        st.just(1),
    )


@st.composite
def random_books(
    draw: st.DrawFn,
    packs: tuple[str, ...] = tuple(PACKS),
    *,
    largest: int = 14,
    withheld: bool = True,
    kinds: bool = False,
) -> Book:
    """Draw a book of one of the packs with up to `largest` spending lines besides its projects' own.

    `kinds` adds spending that is neither basic nor of a project (经营支出, 上缴上级支出), which not every form lists.
    """
    pack = draw(st.sampled_from(packs))
    members = tuple(
        Member(code=f"10{n}", name=_UNITS[n], unit_type=draw(st.sampled_from(UNIT_TYPES)))
        for n in range(draw(st.integers(0, len(_UNITS))))
    )
    units = ("", *(m.code for m in members))
    secrets = (Withheld(id="w1", basis="示例依据", approver="示例机关", date="2023-01-05"),)
    secret = st.sampled_from(("", "", "", "w1") if withheld else ("",))
    lines = [_basic_line(draw, n, units, kinds=kinds) for n in range(draw(st.integers(0, largest)))]
    projects = [_project(draw, n, units) for n in range(draw(st.integers(0, 5)))]
    for n, project in enumerate(projects):
        own = _project_lines(draw, project, len(lines))
        projects[n] = replace(project, period_funds=_by_level(own, project.period_years), withheld=draw(secret))
        lines += own
    lines = [line if line.project else replace(line, withheld=draw(secret)) for line in lines]
    carried = tuple(_year_end(draw, n, units) for n in range(draw(st.integers(0, 2))))
    claims = (
        (Claim(id="c1", kind="approved", figure="summary[in:total].amount", amount=draw(amounts())),)
        if draw(st.booleans())
        else ()
    )
    return Book(
        scope=draw(st.sampled_from(("aggregate", "own_office", "unit"))),
        year=PACKS[pack],
        pack=pack,
        version=draw(st.sampled_from(("", "二下"))),
        division="示例省青川县",
        unit_code=draw(st.sampled_from(("", "100"))),
        unit_name="青川县示例局",
        unit_type=draw(st.sampled_from(UNIT_TYPES)),
        members=members,
        spending=tuple(lines),
        year_end=carried,
        projects=tuple(projects),
        profile=Profile(
            duties=tuple(draw(st.lists(_WORDS, max_size=2))), organisation=tuple(draw(st.lists(_WORDS, max_size=2)))
        ),
        staffing=draw(
            st.builds(
                Staffing,
                quota=st.integers(40, 90),
                in_quota=st.integers(0, 36),
                other=st.integers(0, 4),
                sections=st.integers(0, 12),
            )
        ),
        procurement=draw(
            st.builds(
                Procurement,
                goods=st.one_of(st.just(0), amounts()),
                works=st.one_of(st.just(0), amounts()),
                services=st.one_of(st.just(0), amounts()),
            )
        ),
        assets=draw(_assets()),
        department_goals=draw(st.one_of(st.none(), _department_goals())),
        last_year=draw(
            st.dictionaries(
                st.sampled_from(("income_total", "expenditure_total", "general_current", "three_public_total")),
                amounts(),
            )
        ),
        last_year_bases=draw(
            st.dictionaries(st.sampled_from(("general_current", "income_total")), st.sampled_from(BASES))
        ),
        last_executed=draw(st.dictionaries(st.sampled_from(("2010301", "2010399", "2040101")), amounts())),
        formerly=draw(st.lists(_formers(), max_size=2).map(tuple)),
        claims=claims,
        withheld=secrets if any(x.withheld for x in (*lines, *projects)) else (),
    )


BASES = ("initial", "adjusted", "executed", "comparable")


def _formers() -> st.SearchStrategy[Former]:
    """Things that had another name last year, of no consequence for the book's own figures of last year."""
    names = st.sampled_from(("临江县原河道站", "2130399", "堤防、闸坝养护"))
    return st.builds(
        Former,
        what=st.sampled_from(("function", "project")),
        code=st.sampled_from(("", "2130301", "新河道项目")),
        before=st.lists(names, max_size=2, unique=True).map(tuple),
        part=st.booleans(),
    )


def _basic_line(draw: st.DrawFn, number: int, units: tuple[str, ...], *, kinds: bool) -> SpendingLine:
    fund = draw(st.sampled_from(("general", "general", "general", "special_account", "unit_funds")))
    basic = ("personnel", "operating", "operating")
    more = ("business_operations", "remittance_up") if kinds and fund == "unit_funds" else ()
    kind = draw(st.sampled_from((*basic, *more)))
    origin = draw(st.sampled_from(("current", "current", "carried")))
    return SpendingLine(
        id=f"s{number + 1}",
        function=draw(st.sampled_from(FUNCTIONS[fund])),
        amount=draw(amounts()),
        kind=kind,
        fund=fund,
        fund_part=draw(st.sampled_from(("", "business", "other"))) if fund == "unit_funds" else "",
        origin=origin,
        economic=draw(st.sampled_from(PERSONNEL if kind == "personnel" else OPERATING)),
        gov_economic=draw(st.sampled_from(("", "", "50502"))),
        unit=draw(st.sampled_from(units)),
    )


def _project(draw: st.DrawFn, number: int, units: tuple[str, ...]) -> Project:
    attribute = draw(st.sampled_from(("recurrent", "continuing", "one_off")))
    return Project(
        id=f"p{number + 1}",
        name=draw(st.sampled_from(_NAMES)),
        category=draw(st.sampled_from(("other_operating", "specific"))),
        attribute=attribute,
        period_years=1 if attribute == "one_off" else draw(st.integers(1, 5)),
        unit=draw(st.sampled_from(units)),
        overview=draw(_WORDS),
        basis=draw(_WORDS),
        necessity=draw(_WORDS),
        safeguards=draw(_WORDS),
        plan=draw(_WORDS),
        period_goal=draw(_WORDS),
        annual_goal=draw(_WORDS),
        goals=tuple(draw(st.lists(_goals(), max_size=4))),
        disclosed=draw(st.sampled_from((True, True, True, False))),
        filled_at=draw(st.sampled_from(("", "2023-02-10"))),
    )


def _project_lines(draw: st.DrawFn, project: Project, used: int) -> list[SpendingLine]:
    """Give a project one to three lines, this year's or carried."""
    lines = []
    for n in range(draw(st.integers(1, 3))):
        fund = draw(st.sampled_from(("general", "general", "gov_fund", "state_capital", "unit_funds")))
        lines.append(
            SpendingLine(
                id=f"s{used + n + 1}",
                function=draw(st.sampled_from(FUNCTIONS[fund])),
                amount=draw(amounts()),
                kind="project",
                fund=fund,
                origin=draw(st.sampled_from(("current", "current", "carried"))),
                economic=draw(st.sampled_from(PROJECT)),
                project=project.id,
                unit=project.unit,
                level=draw(st.sampled_from(LEVELS)),
                tags=draw(st.sampled_from(((), (), ("three_public:reception",), ("three_public:none",)))),
            )
        )
    return lines


def _by_level(lines: list[SpendingLine], years: int) -> dict[str, int]:
    """Give what a project costs over its period: each year like this one, or what is left of it if it is carried."""
    current = [line for line in lines if line.origin == "current"]
    funds: dict[str, int] = {}
    for line in current or lines:
        funds[line.level] = funds.get(line.level, 0) + line.amount * years
    return funds


def _year_end(draw: st.DrawFn, number: int, units: tuple[str, ...]) -> YearEndCarry:
    fund = draw(st.sampled_from(tuple(FUNCTIONS)))
    return YearEndCarry(
        id=f"y{number + 1}",
        fund=fund,
        amount=draw(amounts()),
        function=draw(st.sampled_from(FUNCTIONS[fund])),
        unit=draw(st.sampled_from(units)),
    )


def _assets() -> st.SearchStrategy[Assets]:
    kinds = ("leader", "confidential", "emergency", "enforcement", "special", "institution", "other")
    return st.builds(
        Assets,
        as_of=st.just("2022年12月31日"),
        vehicle_quota=st.integers(35, 50),
        vehicles=st.dictionaries(st.sampled_from(kinds), st.integers(1, 5)),
        office_area=st.integers(0, 90_000),
        equipment_over_50=st.integers(0, 5),
        equipment_over_100=st.integers(0, 2),
    )


def _goals() -> st.SearchStrategy[Goal]:
    return st.builds(
        lambda span, levels, name, value: Goal(span=span, level1=levels[0], level2=levels[1], level3=name, value=value),
        st.sampled_from(("period", "annual")),
        st.sampled_from(_LEVEL2),
        st.sampled_from(("完成数量", "合格率", "受益人次", "满意程度")),
        st.sampled_from(_VALUES),
    )


def _department_goals() -> st.SearchStrategy[DepartmentGoals]:
    return st.builds(
        DepartmentGoals,
        strategy=_WORDS,
        key_tasks=st.lists(st.tuples(st.sampled_from(_NAMES), _WORDS), max_size=2).map(tuple),
        annual_goal=_WORDS,
        goals=st.lists(_goals(), max_size=3).map(tuple),
    )
