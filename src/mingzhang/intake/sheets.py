"""The workbook of a budget book: every sheet and column, declared once for writing, reading and checking."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from mingzhang.intake import words
from mingzhang.intake.columns import KEY, MONEY_UNIT, PARENT, PRESENT, VALUE, Column, Sheet
from mingzhang.intake.comparison_sheets import CLEARANCES, FORMERLY, LAST_EXECUTED, LAST_YEAR, LAST_YEAR_BASES, REASONS
from mingzhang.model.language import later


def _goal_columns() -> tuple[Column, ...]:
    return (
        Column("span", "期间", "words", later("实施期目标还是年度目标。"), 10, words.SPANS, required=True),
        Column("level1", "一级指标", "name", later("如：产出指标、效益指标、满意度指标。"), 14, required=True),
        Column("level2", "二级指标", "name", later("如：数量指标、质量指标、时效指标、成本指标。"), 18, required=True),
        Column("level3", "三级指标", "name", later("可以衡量的结果的名称。"), 40, required=True),
        Column(
            "value",
            "指标值",
            "value",
            later("比较符号、数值和单位，如 ≥95%、=12次。请用文本格式填写。"),
            20,
            required=True,
        ),
    )


_LEVEL_COLUMNS: Final = tuple(
    Column(f"period_funds/{key}", f"实施期资金：{word}", "money", later("整个实施期的资金，按来源。"), 18)
    for word, key in words.LEVELS.items()
)
_VEHICLE_COLUMNS: Final = tuple(
    Column(f"vehicles/{key}", f"{name}（辆）", "count", later("实有数。")) for key, name in words.VEHICLES.items()
)
_PURCHASE_COLUMNS: Final = tuple(
    Column(f"purchases/{key}", f"本年购置{name}", "count", later("年初预算安排购置的数量。"), optional=True)
    for key, name in (*words.VEHICLES.items(), ("equipment_over_100", "100万元以上设备"))
)

_STAFFING_COLUMNS: Final = (
    Column("quota", "核定编制数（人）", "count", later("人数。")),
    Column("in_quota", "在编人员数（人）", "count", later("人数。")),
    Column("other", "其他人员数（人）", "count", later("人数。")),
    Column("sections", "内设机构数（个）", "count", later("个数。")),
)

UNIT: Final = Sheet(
    "unit", "单位信息", "record", "", later("本底册是哪个单位、哪一年、按哪个表样编的。"),
    (
        Column("schema", "数据格式", "name", later("由程序填写，请勿改动。"), 30),
        Column("year", "预算年度", "count", later("四位年份。"), required=True),
        Column("pack", "表样", "name", later("表样包的名称。"), required=True),
        Column(MONEY_UNIT, "金额单位", "words", later("本工作簿所有金额的单位；换算到分必须是整数。"), 14, {"元": "元", "万元": "万元"}, required=True),
        Column("kind", "文件类别", "key", later("公开的是哪种文件。"), 14, words.DOCUMENTS),
        Column("scope", "编报范围", "key", later("部门汇总、部门本级或所属单位。"), 14, words.SCOPES),
        Column("version", "版本", "name", later("如：二上、二下。")),
        Column("division", "行政区划", "name", later("省、市、县的名称。")),
        Column("unit_code", "单位代码", "name", later("没有可以不填。")),
        Column("unit_name", "单位名称", "name", later("单位全称。"), 40, required=True),
        Column("unit_type", "单位性质", "words", later("有所属单位的，填部门本级的性质。"), 14, words.UNIT_TYPES, required=True),
        Column("last_year_basis", "上年数口径", "words", later("“上年数”表里的数是哪种口径。"), 14, words.BASES),
    ),
)  # fmt: skip

MEMBERS: Final = Sheet(
    "members", "所属单位", "list", "members", later("部门本级和每个所属预算单位各一行；只有一个单位的部门不填。"),
    (
        Column("code", "单位代码", "id", later("支出明细用它指明支出属于哪个单位。"), required=True),
        Column("name", "单位名称", "name", later("单位全称。"), 40, required=True),
        Column("unit_type", "单位性质", "words", later("决定是否有机关运行经费。"), 14, words.UNIT_TYPES, required=True),
        *(replace(c, key=f"staffing/{c.key}", optional=True) for c in _STAFFING_COLUMNS),
    ),
)  # fmt: skip

SPENDING: Final = Sheet(
    "spending", "支出明细", "list", "spending", later("每行一笔支出。所有报表的合计都由这里加出来，收入按支出的资金来源推出。"),
    (
        Column("id", "编号", "id", later("不得重复。"), 10, required=True),
        Column("function", "功能科目", "code", later("支出功能分类，填到最末一级（一般是“项”，七位）。"), 26, of="function", required=True),
        Column("amount", "金额", "money", later("不得为负。"), 18, required=True),
        Column("kind", "支出类别", "words", later("人员经费、公用经费属基本支出。"), 14, words.KINDS, required=True),
        Column("fund", "资金来源", "words", later("不填即一般公共预算。"), 18, words.FUNDS),
        Column("fund_part", "单位资金构成", "words", later("资金来源是单位资金时填。"), 16, words.FUND_PARTS),
        Column("origin", "资金年度", "words", later("不填即本年。"), 12, words.ORIGINS),
        Column("economic", "部门经济科目", "code", later("部门预算支出经济分类的“款”；人员、公用经费必填。"), 26, of="economic"),
        Column("gov_economic", "政府经济科目", "code", later("政府预算支出经济分类的“款”。"), 26, of="gov_economic"),
        Column("revenue", "收入科目", "code", later("政府性基金、国有资本经营预算由哪项收入安排。"), 26, of="revenue"),
        Column("project", "项目编号", "ref", later("支出类别是项目支出时必填。"), 12, of="projects"),
        Column("unit", "单位代码", "ref", later("不填即本单位。"), 12, of="members"),
        Column("level", "资金级次", "words", later("钱来自哪级预算；不填即市县（区）。"), 14, words.LEVELS),
        Column("tags", "“三公”标记", "tags", later("经济科目看不出来时标明；不填则按经济科目判断。"), 22, words.TAGS),
        Column("costing", "测算依据", "text", later("怎样算出来的。"), 30),
        Column("withheld", "涉密依据编号", "ref", later("不公开的支出填“涉密依据”表的编号。"), 14, of="withheld"),
        Column("transfer_to", "转给单位", "name", later("钱转给部门内另一单位的，填收款单位代码。"), 14, optional=True),
        Column("transfer_from", "来自单位", "name", later("用部门内另一单位转来的钱安排的，填付款单位代码。"), 14, optional=True),
        Column("transfer_line", "来自明细", "name", later("付款单位转出几种资金时，填付款单位那条明细的编号。"), 14, optional=True),
    ),
)  # fmt: skip

YEAR_END: Final = Sheet(
    "year_end", "年终结转", "list", "year_end", later("预计结转下年的资金。"),
    (
        Column("id", "编号", "id", later("不得重复。"), 10, required=True),
        Column("fund", "资金来源", "words", later("哪种资金。"), 18, words.FUNDS, required=True),
        Column("amount", "金额", "money", later("不得为负。"), 18, required=True),
        Column("function", "功能科目", "code", later("这笔钱是为哪个科目安排的。"), 26, of="function"),
        Column("revenue", "收入科目", "code", later("由功能科目和资金来源看不出来时填。"), 26, of="revenue", optional=True),
        Column("origin", "资金年度", "words", later("不填即本年。"), 12, words.ORIGINS),
        Column("fund_part", "单位资金构成", "words", later("资金来源是单位资金时填。"), 16, words.FUND_PARTS),
        Column("unit", "单位代码", "ref", later("不填即本单位。"), 12, of="members"),
    ),
)  # fmt: skip

PROJECTS: Final = Sheet(
    "projects", "项目", "list", "projects", later("每个项目一行；当年金额由支出明细加出，这里不填。"),
    (
        Column("id", "项目编号", "id", later("支出明细和绩效目标用它指明项目。"), 12, required=True),
        Column("name", "项目名称", "name", later("公开的名称。"), 36, required=True),
        Column("category", "项目类别", "words", later("不填即特定目标类。"), 14, words.CATEGORIES),
        Column("attribute", "项目属性", "words", later("不填即经常性项目。"), 14, words.ATTRIBUTES),
        Column("period_years", "项目期（年）", "count", later("不填即1年。"), 12),
        Column("unit", "实施单位代码", "ref", later("不填即本单位。"), 14, of="members"),
        *_LEVEL_COLUMNS,
        Column("overview", "项目概况", "text", later("做什么、怎样做。"), 40),
        Column("basis", "立项依据", "text", later("依据的文件或决定。"), 40),
        Column("necessity", "设立必要性", "text", later("为什么要做。"), 40),
        Column("safeguards", "保证实施的制度措施", "text", later("制度和措施。"), 40),
        Column("plan", "实施计划", "text", later("时间安排。"), 40),
        Column("period_goal", "实施期总体目标", "text", later("整个实施期要达到什么。"), 40),
        Column("annual_goal", "年度总体目标", "text", later("今年要达到什么。"), 40),
        Column("disclosed", "公开绩效目标", "words", later("不填即是。"), 14, words.YES_NO),
        Column("filled_at", "填报日期", "name", later("如：2023年1月13日。"), 16),
        Column("withheld", "涉密依据编号", "ref", later("不公开的项目填“涉密依据”表的编号。"), 14, of="withheld"),
    ),
)  # fmt: skip

GOALS: Final = Sheet(
    "goals", "绩效目标", "nested", "goals", later("每行一个项目指标。"),
    (Column(PARENT, "项目编号", "ref", later("哪个项目的指标。"), 12, of="projects", required=True), *_goal_columns()),
)  # fmt: skip

DEPARTMENT: Final = Sheet(
    "department", "部门整体目标", "record", "department_goals", later("部门整体支出绩效目标；不编报的填“否”。"),
    (
        Column(PRESENT, "是否编报", "words", later("不填即否。"), 10, words.YES_NO),
        Column("strategy", "部门战略目标", "text", later("中长期目标。"), 60),
        Column("annual_goal", "年度绩效目标", "text", later("今年要达到什么。"), 60),
    ),
)  # fmt: skip

TASKS: Final = Sheet(
    "tasks", "部门重点任务", "list", "department_goals/key_tasks", later("部门整体目标里的年度重点任务，每行一项。"),
    (
        Column("0", "核心职能", "name", later("属于哪项职能。"), 30, required=True),
        Column("1", "重点任务", "text", later("今年做什么。"), 60, required=True),
    ),
)  # fmt: skip

DEPARTMENT_GOALS: Final = Sheet(
    "department_indicators", "部门绩效指标", "list", "department_goals/goals", later("部门整体目标的指标，每行一个。"), _goal_columns(),
)  # fmt: skip

NOTES: Final = Sheet(
    "notes", "说明文字", "map", "notes", later("没有数字的部分要说的话。"),
    (
        Column(KEY, "部分", "key", later("说明文字的哪一部分。"), 30, words.SECTIONS, required=True),
        Column(VALUE, "文字", "text", later("照此公开。"), 80, required=True),
    ),
)  # fmt: skip

PROFILE: Final = Sheet(
    "profile", "部门概况", "lines", "profile", later("职责和机构，每段一行，按顺序。"),
    (
        Column(KEY, "栏目", "words", later("主要职责还是机构设置。"), 14, words.PROFILE, required=True),
        Column(VALUE, "文字", "text", later("照此公开。"), 90, required=True),
    ),
)  # fmt: skip

STAFFING: Final = Sheet(
    "staffing", "人员编制", "record", "staffing", later("编制和实有人数。"), _STAFFING_COLUMNS,
)  # fmt: skip

PROCUREMENT: Final = Sheet(
    "procurement", "政府采购", "record", "procurement", later("本年政府采购预算。"),
    (
        Column("goods", "货物", "money", later("不得为负。")),
        Column("works", "工程", "money", later("不得为负。")),
        Column("services", "服务", "money", later("不得为负。")),
    ),
)  # fmt: skip

ASSETS: Final = Sheet(
    "assets", "资产", "record", "assets", later("国有资产占有使用情况。"),
    (
        Column("as_of", "截至日期", "name", later("如：2022年12月31日。")),
        Column("vehicle_quota", "公务用车编制（辆）", "count", later("辆数。")),
        *_VEHICLE_COLUMNS,
        Column("office_area", "办公用房面积（平方米）", "count", later("取整。")),
        Column("equipment_over_50", "50万元以上通用设备（台、套）", "count", later("台（套）数。")),
        Column("equipment_over_100", "100万元以上设备（台、套）", "count", later("台（套）数。")),
        *_PURCHASE_COLUMNS,
    ),
)  # fmt: skip

CLAIMS: Final = Sheet(
    "claims", "批复与控制数", "list", "claims", later("别处给定的数，只用来核对，不参加加总。"),
    (
        Column("id", "编号", "id", later("不得重复。"), 10, required=True),
        Column("kind", "性质", "words", later("批复数还是控制数。"), 12, words.CLAIMS, required=True),
        Column("figure", "核对哪个数", "name", later("表、行、列，如 summary[in:total].amount。"), 40, required=True),
        Column("amount", "金额", "money", later("不得为负。"), 18, required=True),
        Column("source", "出处", "text", later("文件名称和文号。"), 40),
        Column("unit", "单位代码", "ref", later("批给所属单位的填它的代码；不填即本底册的单位。"), 14, of="members", optional=True),
    ),
)  # fmt: skip

WITHHELD: Final = Sheet(
    "withheld", "涉密依据", "list", "withheld", later("依法不公开的依据、批准人和日期。"),
    (
        Column("id", "编号", "id", later("不得重复。"), 10, required=True),
        Column("basis", "依据", "text", later("依据的文件和条款。"), 50, required=True),
        Column("approver", "批准机关", "name", later("谁批准不公开。"), 30, required=True),
        Column("date", "批准日期", "name", later("如：2024年1月5日。"), 18, required=True),
        Column("policy", "处理方式", "words", later("不填即按表样规定。"), 14, words.POLICIES, optional=True),
        Column("cover", "一并处理", "tags", later("为不致被推算而同样处理的明细或项目的编号，用顿号分开。"), 24, optional=True),
        Column("fold", "并入上级", "tags", later("不再细列的科目，如 function:20113、economic:302。"), 24, optional=True),
    ),
)  # fmt: skip

ADJUSTMENTS: Final = Sheet(
    "adjustments", "预算调整", "list", "adjustments", later("已计入支出明细金额的年中调整，由 mingzhang adjust 记入；有调整的底册不用于公开。"),
    (
        Column("entry", "调整编号", "name", later("同一次调整的各行编号相同。"), 14, required=True),
        Column("kind", "调整类型", "words", later("追加、追减，或有增有减、合计为零的调剂。"), 12, words.CHANGES, required=True),
        Column("date", "日期", "name", later("如：2024-06-30。"), 14, required=True),
        Column("document", "文号", "name", later("批准文件的文号。"), 24),
        Column("line", "明细编号", "ref", later("调整哪条支出明细。"), 12, of="spending", required=True),
        Column("more", "调增", "money", later("不得为负。"), 18),
        Column("less", "调减", "money", later("不得为负。"), 18),
        Column("reason", "事由", "text", later("为什么调整。"), 40),
    ),
    optional=True,
)  # fmt: skip

EXTRA: Final = Sheet(
    "extra", "扩展字段", "map", "extra", later("本版本程序不认识而保留的字段；请勿改动。"),
    (
        Column(KEY, "位置", "name", later("JSON 指针。"), 40, required=True),
        Column(VALUE, "内容", "json", later("JSON。"), 60, required=True),
    ),
    optional=True,
)  # fmt: skip

SHEETS: Final = (
    UNIT, MEMBERS, SPENDING, YEAR_END, PROJECTS, GOALS, DEPARTMENT, TASKS, DEPARTMENT_GOALS, LAST_YEAR, LAST_YEAR_BASES,
    LAST_EXECUTED, FORMERLY, REASONS, NOTES, CLEARANCES, PROFILE, STAFFING, PROCUREMENT, ASSETS, CLAIMS, WITHHELD, ADJUSTMENTS, EXTRA,
)  # fmt: skip
"""All sheets in the order of the workbook; a parent stands before what lies inside it."""
