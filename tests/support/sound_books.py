"""Budget books in which nothing is amiss: of any size, amounts to the fen, words that an office could publish.

Random books of `books` also hold what an office should mend (two projects of one name, targets that contradict each
other); of these here every rule must be silent. The same seed gives the same book: `sound_book(7, "shanxi-2024")`.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from books import FUNCTIONS, LEVELS, OPERATING, PERSONNEL, PROJECT, UNIT_TYPES
from msgspec.structs import replace

from mingzhang.forms.packs import all_packs, load_pack
from mingzhang.model.book import (
    Assets,
    Book,
    DepartmentGoals,
    Goal,
    Member,
    Procurement,
    Profile,
    Project,
    SpendingLine,
    Staffing,
    YearEndCarry,
)

if TYPE_CHECKING:
    from mingzhang.forms.pack import Pack

THINGS: Final = (
    ("道路", "公里", "养护"), ("校舍", "栋", "修缮"), ("管网", "公里", "改造"), ("图书", "册", "购置"),
    ("路灯", "盏", "更换"), ("河段", "公里", "清淤"), ("机房", "间", "维护"), ("档案", "卷", "整理"),
    ("林地", "亩", "抚育"), ("农户", "户", "培训"), ("企业", "家", "走访"), ("站点", "处", "巡检"),
    ("广场", "处", "保洁"), ("泵站", "座", "检修"), ("课程", "门", "开发"), ("样品", "批次", "检测"),
)  # fmt: skip
PLACES: Final = ("城东", "城西", "北山", "南湖", "临河", "高岭", "双桥", "石门", "东屯", "柳湾", "新市", "旧城")
KEYS: Final = (
    "income_total", "expenditure_total", "general_current", "three_public_total", "three_public_abroad",
    "three_public_reception", "three_public_vehicle_run", "three_public_vehicle_buy", "operating_cost",
)  # fmt: skip
REASONS: Final = (
    "totals", "general", "three_public", "three_public_abroad", "three_public_reception", "three_public_vehicle_run",
    "three_public_vehicle_buy", "operating_cost",
)  # fmt: skip
FUNDS: Final = ("general", "general", "general", "general", "gov_fund", "state_capital", "unit_funds")


def sound_book(seed: int, pack: str, *, lines: int | None = None) -> Book:
    """Make a book of a pack with some twenty spending lines, or as many as told."""
    random = Random(f"{pack} {seed}")
    form = load_pack(pack)
    year = form.years[-1]
    members = tuple(
        Member(code=f"30{n:03}", name=f"{name}示例{kind}", unit_type=random.choice(UNIT_TYPES))
        for n, (name, kind) in enumerate(zip(PLACES, ("局", "中心", "学校"), strict=False))
    )[: random.choice((0, 0, 2, 3))]
    members = () if form.kind == "unit_budget" else members
    units = tuple(m.code for m in members) or ("",)
    basic = [_basic(random, n, units) for n in range(random.randint(8, 16) if lines is None else lines * 2 // 3)]
    names = random.sample(
        [(p, t) for p in PLACES for t in THINGS], random.randint(0, 9) if lines is None else lines // 9
    )
    projects, own = [], []
    for n, named in enumerate(names):
        project, money = _project(random, n, named, units)
        projects.append(project)
        own += money
    spending = tuple(_numbered([*basic, *own]))
    most = sum(line.amount for line in spending) // 3
    return Book(
        kind=form.kind,
        scope="aggregate" if members else "unit",
        year=year,
        pack=pack,
        division="示例省青川县",
        unit_name=members[0].name if members else "青川县示例局",
        unit_type=members[0].unit_type if members else random.choice(UNIT_TYPES),
        members=members,
        spending=spending,
        year_end=tuple(_year_end(random, n, units) for n in range(random.choice((0, 0, 1, 2)))),
        projects=tuple(projects),
        profile=_profile(members),
        staffing=Staffing(
            quota=random.randint(20, 300), in_quota=random.randint(5, 20), sections=random.randint(2, 12)
        ),
        procurement=Procurement(goods=_at_most(most, random), services=random.choice((0, _at_most(most, random)))),
        assets=_assets(random, year),
        department_goals=_goals_of_all(random) if random.random() < 0.5 else None,
        last_year=_last_year(random, spending),
        reasons=dict.fromkeys(REASONS, f"{random.choice(PLACES)}片区的任务与上年安排不同"),
        notes={"purchased_services": "本年没有政府购买服务事项。", "other_notes": "没有其他需要说明的事项。"},
    )


def packs_of_books() -> tuple[Pack, ...]:
    """List the packs that sound books can be made for: all that there are."""
    return all_packs()


def _amount(random: Random) -> int:
    """Draw fen: odd ones as salaries have, whole 万元 as projects have, or next to half a last digit."""
    return random.choice(
        (
            random.randint(100_000, 900_000_000),
            random.randint(1, 3000) * 1_000_000,
            random.randint(20, 90_000) * 10_000 + 5_000,
        )
    )


def _at_most(most: int, random: Random) -> int:
    """Draw an amount that leaves room for others within all spending."""
    return min(_amount(random), most)


def _basic(random: Random, number: int, units: tuple[str, ...]) -> SpendingLine:
    fund = random.choice(("general", "general", "general", "general", "special_account", "unit_funds"))
    kind = "personnel" if number % 2 else "operating"
    return SpendingLine(
        id="",
        function=random.choice(FUNCTIONS[fund]),
        amount=_amount(random),
        kind=kind,
        fund=fund,
        fund_part=random.choice(("business", "other")) if fund == "unit_funds" else "",
        origin=random.choice(("current", "current", "current", "carried")),
        economic=random.choice(PERSONNEL if kind == "personnel" else OPERATING),
        unit=random.choice(units),
    )


def _project(
    random: Random, number: int, named: tuple[str, tuple[str, str, str]], units: tuple[str, ...]
) -> tuple[Project, list[SpendingLine]]:
    """Make a project of one to three years with its lines; all of its targets agree with each other."""
    place, (what, measure, done) = named
    name, years, much, unit = (
        f"{place}{what}{done}",
        random.choice((1, 1, 3)),
        random.randint(3, 900),
        random.choice(units),
    )
    lines = [
        SpendingLine(
            id="", function=random.choice(FUNCTIONS[fund]), amount=_amount(random), kind="project", fund=fund,
            economic=random.choice(PROJECT), project=f"p{number}", unit=unit, level=random.choice(LEVELS),
            tags=("three_public:none",), fund_part="other" if fund == "unit_funds" else "",
        )
        for fund in random.choices(FUNDS, k=random.randint(1, 3))
    ]  # fmt: skip
    if random.random() < 0.2 and all(line.fund != "unit_funds" for line in lines):  # no form lists those carried over
        lines = [_carried(line) for line in lines]
    funds: dict[str, int] = {}
    for line in lines:
        funds[line.level] = funds.get(line.level, 0) + line.amount * years
    goal = f"完成{place}{what}{done}{much}{measure}，验收合格，群众满意"
    targets = [
        ("产出指标", "数量指标", f"{done}{what}数量", f"≥{much * years}{measure}", f"≥{much}{measure}"),
        ("产出指标", "质量指标", f"{what}{done}验收合格率", "≥98%", "≥98%"),
        ("产出指标", "时效指标", f"{what}{done}完成时间", "12月底前", "12月底前"),
        ("效益指标", "社会效益指标", f"受益{place}居民", f"≥{much * 30}人", f"≥{much * 30}人"),
        ("满意度指标", "服务对象满意度指标", f"{place}居民满意度", "≥92%", "≥92%"),
    ]
    goals = [
        Goal(span=span, level1=one, level2=two, level3=three, value=value)
        for at, span in ((3, "period"), (4, "annual"))
        for one, two, three, value in ((*t[:3], t[at]) for t in targets)
    ]
    project = Project(
        id=f"p{number}", name=name, category=random.choice(("other_operating", "specific")),
        attribute="one_off" if years == 1 else "continuing", period_years=years, unit=unit, period_funds=funds,
        overview=f"对{place}的{what}进行{done}，全年{much}{measure}。", basis=f"{place}片区年度工作安排。",
        necessity=f"{place}的{what}使用多年，需要{done}。", safeguards=f"{what}{done}实行合同管理，按进度付款。",
        plan=f"三月开始{place}{what}{done}，十一月验收。", period_goal=f"{goal.replace(str(much), str(much * years))}。",
        annual_goal=f"{goal}。", goals=tuple(goals),
    )  # fmt: skip
    return project, lines


def _carried(line: SpendingLine) -> SpendingLine:
    return replace(line, origin="carried")


def _numbered(lines: list[SpendingLine]) -> list[SpendingLine]:
    return [replace(line, id=f"s{n}") for n, line in enumerate(lines, 1)]


def _year_end(random: Random, number: int, units: tuple[str, ...]) -> YearEndCarry:
    fund = random.choice(("general", "unit_funds"))
    return YearEndCarry(
        id=f"y{number}", fund=fund, amount=_amount(random), function=random.choice(FUNCTIONS[fund]), unit=random.choice(units),
        fund_part="business" if fund == "unit_funds" else "",
    )  # fmt: skip


def _profile(members: tuple[Member, ...]) -> Profile:
    listed = "、".join(m.name for m in members[1:])
    return Profile(
        duties=("拟订全县相关规划并组织实施。", "承担业务监测、统计和技术服务。"),
        organisation=(f"所属预算单位{len(members) - 1}个：{listed}。" if members else "没有所属预算单位。",),
    )


def _assets(random: Random, year: int) -> Assets:
    return Assets(
        as_of=f"{year - 1}年12月31日", vehicle_quota=random.randint(12, 20), office_area=random.randint(300, 9000),
        vehicles={k: random.randint(0, 4) for k in ("emergency", "enforcement", "other")}, equipment_over_50=random.randint(0, 5),
    )  # fmt: skip


def _goals_of_all(random: Random) -> DepartmentGoals:
    place, (what, measure, done) = random.choice(PLACES), random.choice(THINGS)
    much = random.randint(5, 500)
    targets = (
        ("产出指标", "数量指标", f"{done}{what}", f"≥{much}{measure}"),
        ("产出指标", "质量指标", f"{what}{done}合格率", "≥97%"),
        ("效益指标", "社会效益指标", f"受益{place}居民", f"≥{much * 20}人"),
        ("满意度指标", "服务对象满意度指标", f"{place}居民满意度", "≥90%"),
    )
    return DepartmentGoals(
        strategy=f"三年内使{place}的{what}面貌一新。",
        key_tasks=((f"{what}{done}", f"{done}{place}{what}{much}{measure}。"),),
        annual_goal=f"全年{done}{what}{much}{measure}，各项任务按期完成。",
        goals=tuple(Goal(span="annual", level1=a, level2=b, level3=c, value=d) for a, b, c, d in targets),
    )


def _last_year(random: Random, spending: tuple[SpendingLine, ...]) -> dict[str, int]:
    """Say last year's figures: income and spending alike, the three public expenses with their parts."""
    whole = sum(line.amount for line in spending)
    parts = {k: random.choice((0, random.randint(1, 5_000_000))) for k in KEYS[4:8]}
    totals = {"income_total": whole, "expenditure_total": whole, "general_current": whole * 4 // 5}
    return {**totals, "three_public_total": sum(parts.values()), **parts, "operating_cost": whole // 40}
