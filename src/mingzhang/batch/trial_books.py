"""Made-up budget books to try a form with: of every kind of money that the form has a place for, and nothing amiss.

The same seed gives the same book. Books of even seeds have amounts in whole 万元, so that nothing in them is rounded.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.forms.classifications import edition
from mingzhang.forms.pack_check.kinds_of_facts import FISCAL, RARE
from mingzhang.model.book import (
    Assets,
    Book,
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
    from collections.abc import Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Fund, SpendingKind, UnitType

_UNITS: Final[tuple[tuple[str, str, UnitType], ...]] = (
    ("801001", "试编县样品局", "行政"),
    ("801002", "试编县样品检测中心", "公益一类"),
    ("801003", "试编县样品执法大队", "参公"),
)
_THINGS: Final = (("堤坝", "处", "加固"), ("阅览室", "间", "扩建"), ("监测井", "口", "维护"), ("果园", "亩", "改良"))
_PLACES: Final = ("东乡", "西坪", "南岭", "北塘", "中寨")
_WHOLE: Final = 1_000_000
_ITEM: Final = 7
_PERSONNEL: Final = ("30101", "30102", "30108", "30113")
_OPERATING: Final = ("30201", "30211", "30217", "30231")
_PROJECT: Final = ("30201", "30227", "31003")


def trial_book(pack: Pack, seed: int) -> Book:
    """Make a book of a pack."""
    return _Maker(pack, seed).book()


class _Maker:
    """Draws the parts of one book."""

    def __init__(self, pack: Pack, seed: int) -> None:
        self.pack, self.random, self.whole = pack, Random(f"{pack.id} {seed}"), seed % 2 == 0  # noqa: S311 - nothing secret
        self.alone = pack.kind == "unit_budget" or seed % 3 == 0
        self.units = ("",) if self.alone else tuple(code for code, _name, _type in _UNITS)
        self.lines: list[SpendingLine] = []
        self.codes: dict[str, list[str]] = {}

    def book(self) -> Book:
        """Draw the whole."""
        _code, name, unit_type = _UNITS[0]
        for _ in range(self.random.randint(8, 14)):
            self.basic()
        if self.has_rare():
            self.add("unit_funds", self.random.choice(RARE), economic="30299")
        picked = self.random.sample([(p, t) for p in _PLACES for t in _THINGS], self.random.randint(2, 5))
        projects = tuple(self.project(n, place, thing) for n, (place, thing) in enumerate(picked))
        year = self.pack.years[-1]
        whole = sum(x.amount for x in self.lines)
        return Book(
            kind=self.pack.kind,
            scope="unit" if self.alone else "aggregate",
            year=year,
            pack=self.pack.id,
            division="试编省试编县",
            unit_name=name,
            unit_type=unit_type,
            members=() if self.alone else tuple(Member(code=c, name=n, unit_type=t) for c, n, t in _UNITS),
            spending=tuple(self.lines),
            year_end=(
                YearEndCarry(
                    id="y1", fund="general", amount=self.amount(), function=self.code("general"), unit=self.units[0]
                ),
            )
            if self.random.random() < 0.5
            else (),
            projects=projects,
            profile=Profile(duties=("拟订样品工作计划并组织实施。",), organisation=("下设样品科和综合科。",)),
            clearances={line.key: line.states[0] for line in self.pack.cover.lines},
            staffing=Staffing(quota=60, in_quota=41, sections=2),
            procurement=Procurement(goods=self.amount(), services=self.amount()),
            assets=Assets(
                as_of=f"{year - 1}年12月31日", vehicle_quota=4, vehicles={"other": 2, "emergency": 1}, office_area=860
            ),
            last_year={"income_total": whole, "expenditure_total": whole, "general_current": whole // 2}
            if self.random.random() < 0.7
            else {},
            reasons={"totals": "样品检测任务与上年不同", "general": "样品检测任务与上年不同"},
            notes={"purchased_services": "本年没有政府购买服务事项。", "other_notes": "没有其他需要说明的事项。"},
        )

    def has_rare(self) -> bool:
        """Tell whether the form lists spending that is neither basic nor of a project."""
        spending = self.pack.table("spending")
        columns = () if spending is None else (*spending.columns, *spending.extra)
        return all(any(k in c.filter for c in columns) for k in RARE)

    def amount(self) -> int:
        """Draw fen, or whole 万元."""
        return self.random.randint(1, 900) * _WHOLE if self.whole else self.random.randint(10_000, 900_000_000)

    def code(self, fund: str) -> str:
        """Draw an item of the classification that a fund may be spent on."""
        if fund not in self.codes:
            budget = fund if fund in FISCAL else "general"
            codes = edition(self.pack.standards)
            found = [e.code for e in codes.classification("functional") if e.budget == budget and len(e.code) == _ITEM]
            # what a fund comes from is only known where one revenue item feeds the function
            known = [c for c in found if len(codes.revenues_feeding(c)) == 1] if fund == "gov_fund" else []
            self.codes[fund] = known or found
        return self.random.choice(self.codes[fund])

    def add(
        self, fund: Fund, kind: SpendingKind, *, economic: str, project: str = "", carried: bool = False
    ) -> SpendingLine:
        """Add a spending line."""
        line = SpendingLine(
            id=f"s{len(self.lines) + 1}",
            function=self.code(fund),
            amount=self.amount(),
            kind=kind,
            fund=fund,
            fund_part=self.random.choice(("business", "other")) if fund == "unit_funds" else "",
            origin="carried" if carried else "current",
            economic=economic,
            project=project,
            unit=self.random.choice(self.units),
            tags=("three_public:none",) if project else (),
        )
        self.lines.append(line)
        return line

    def basic(self) -> None:
        """Add a line of basic spending."""
        funds: Sequence[Fund] = ("general", "general", "general", "special_account", "unit_funds")
        kinds: Sequence[SpendingKind] = ("personnel", "operating")
        fund, kind = self.random.choice(funds), self.random.choice(kinds)
        economic = self.random.choice(_PERSONNEL if kind == "personnel" else _OPERATING)
        self.add(fund, kind, economic=economic, carried=self.random.random() < 0.2)

    def project(self, number: int, place: str, thing: tuple[str, str, str]) -> Project:
        """Add a project's lines and describe it; its targets agree with each other and with its text."""
        what, measure, done = thing
        much, carried = self.random.randint(3, 90), self.random.random() < 0.2
        funds: Sequence[Fund] = (
            ("general", "gov_fund", "state_capital") if carried else ("general", "gov_fund", "unit_funds")
        )
        own = [
            self.add(
                self.random.choice(funds),
                "project",
                economic=self.random.choice(_PROJECT),
                project=f"p{number}",
                carried=carried,
            )
            for _ in range(self.random.randint(1, 2))
        ]
        unit = own[0].unit
        self.lines[-len(own) :] = [replace(x, unit=unit) for x in own]
        goals = (
            ("产出指标", "数量指标", f"{done}{what}数量", f"≥{much}{measure}"),
            ("产出指标", "质量指标", f"{what}{done}验收合格率", "≥98%"),
            ("产出指标", "时效指标", f"{what}{done}完成时间", "11月底前"),
            ("效益指标", "社会效益指标", f"受益{place}居民", f"≥{much * 20}人"),
            ("满意度指标", "服务对象满意度指标", f"{place}居民满意度", "≥91%"),
        )
        target = f"完成{place}{what}{done}{much}{measure}，验收合格，群众满意。"
        return Project(
            id=f"p{number}",
            name=f"{place}{what}{done}",
            attribute="one_off",
            unit=unit,
            period_funds={"municipal": sum(x.amount for x in own)},
            overview=f"对{place}的{what}进行{done}，全年{much}{measure}。",
            basis=f"{place}片区年度工作安排。",
            necessity=f"{place}的{what}使用多年，需要{done}。",
            safeguards=f"{what}{done}实行合同管理，按进度付款。",
            plan=f"四月开始{place}{what}{done}，十一月验收。",
            period_goal=target,
            annual_goal=target,
            goals=tuple(
                Goal(span=span, level1=a, level2=b, level3=c, value=d)
                for span in ("period", "annual")
                for a, b, c, d in goals
            ),
        )
