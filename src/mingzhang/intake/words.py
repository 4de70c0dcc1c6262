"""The Chinese words of closed lists in the workbook, and the values they stand for in a book."""

from __future__ import annotations

from typing import Any, Final

FUNDS: Final[dict[str, Any]] = {
    "一般公共预算": "general",
    "政府性基金预算": "gov_fund",
    "国有资本经营预算": "state_capital",
    "财政专户管理资金": "special_account",
    "单位资金": "unit_funds",
}
FUND_PARTS: Final[dict[str, Any]] = {
    "事业收入": "business",
    "事业单位经营收入": "unit_operations",
    "上级补助收入": "superior_subsidy",
    "附属单位上缴收入": "affiliate_remittance",
    "其他收入": "other",
}
ORIGINS: Final[dict[str, Any]] = {"本年": "current", "上年结转": "carried", "使用非财政拨款结余": "surplus"}
KINDS: Final[dict[str, Any]] = {
    "人员经费": "personnel",
    "公用经费": "operating",
    "项目支出": "project",
    "上缴上级支出": "remittance_up",
    "经营支出": "business_operations",
    "对附属单位补助支出": "affiliate_subsidy",
}
UNIT_TYPES: Final[dict[str, Any]] = {
    "行政": "行政",
    "参公": "参公",
    "公益一类": "公益一类",
    "公益二类": "公益二类",
    "其他": "other",
}
LEVELS: Final[dict[str, Any]] = {
    "中央": "central",
    "省级": "provincial",
    "市县（区）": "municipal",
    "县级（单列）": "county",
    "单位自筹": "self_raised",
    "其他": "other",
}
CATEGORIES: Final[dict[str, Any]] = {"其他运转类": "other_operating", "特定目标类": "specific"}
ATTRIBUTES: Final[dict[str, Any]] = {"经常性项目": "recurrent", "延续性项目": "continuing", "一次性项目": "one_off"}
SPANS: Final[dict[str, Any]] = {"实施期": "period", "年度": "annual"}
YES_NO: Final[dict[str, Any]] = {"是": True, "否": False}
DOCUMENTS: Final[dict[str, Any]] = {"部门预算": "department_budget", "单位预算": "unit_budget"}
SCOPES: Final[dict[str, Any]] = {"部门汇总": "aggregate", "部门本级": "own_office", "所属单位": "unit"}
BASES: Final[dict[str, Any]] = {
    "年初预算数": "initial",
    "调整预算数": "adjusted",
    "执行数": "executed",
    "同口径数": "comparable",
}
CLAIMS: Final[dict[str, Any]] = {"批复数": "approved", "控制数": "ceiling"}
POLICIES: Final[dict[str, Any]] = {"不列入": "left_out", "并入": "merged"}
CHANGES: Final[dict[str, Any]] = {"追加": "increase", "追减": "decrease", "调剂": "shift"}
FORMER: Final[dict[str, Any]] = {"单位": "unit", "功能科目": "function", "项目": "project"}
PROFILE: Final[dict[str, Any]] = {"主要职责": "duties", "机构设置": "organisation"}
TAGS: Final[dict[str, Any]] = {
    "因公出国（境）费": "three_public:abroad",
    "公务接待费": "three_public:reception",
    "公务用车购置费": "three_public:vehicle_purchase",
    "公务用车运行维护费": "three_public:vehicle_operation",
    "不计入“三公”经费": "three_public:none",
}
VEHICLES: Final[dict[str, str]] = {
    "minister": "部级领导干部用车",
    "leader": "领导干部用车",
    "confidential": "机要通信用车",
    "emergency": "应急保障用车",
    "enforcement": "执法执勤用车",
    "special": "特种专业技术用车",
    "retired": "离退休干部用车",
    "institution": "事业单位业务用车",
    "other": "其他用车",
}
LAST_YEAR: Final[dict[str, Any]] = {
    "收入总计": "income_total",
    "支出总计": "expenditure_total",
    "一般公共预算当年拨款": "general_current",
    "“三公”经费合计": "three_public_total",
    "因公出国（境）费": "three_public_abroad",
    "公务接待费": "three_public_reception",
    "公务用车购置费": "three_public_vehicle_buy",
    "公务用车运行维护费": "three_public_vehicle_run",
    "公务用车购置及运行维护费": "three_public_vehicles",
    "机关运行经费": "operating_cost",
    "财政拨款收入": "income_fiscal",
    "财政拨款支出": "fiscal_spending",
    "一般公共预算拨款支出": "fiscal_general",
    "政府性基金拨款支出": "fiscal_gov_fund",
    "国有资本经营预算拨款支出": "fiscal_state_capital",
}
REASONS: Final[dict[str, Any]] = {
    "收支总体情况": "totals",
    "收入总计": "totals_income",
    "支出总计": "totals_spending",
    "一般公共预算支出": "general",
    "“三公”经费": "three_public",
    "因公出国（境）费": "three_public_abroad",
    "公务接待费": "three_public_reception",
    "公务用车运行维护费": "three_public_vehicle_run",
    "公务用车购置费": "three_public_vehicle_buy",
    "机关运行经费": "operating_cost",
}
SECTIONS: Final[dict[str, Any]] = {
    "收支总体情况": "totals",
    "收入预算": "income",
    "支出预算": "spending",
    "财政拨款收支": "fiscal",
    "一般公共预算支出": "general",
    "一般公共预算基本支出": "basic",
    "“三公”经费": "three_public",
    "机关运行经费": "operating_cost",
    "政府采购": "procurement",
    "绩效管理": "performance",
    "国有资产占有使用": "assets",
    "车辆": "vehicles",
    "房屋": "buildings",
    "其他资产": "other_assets",
    "政府购买服务": "purchased_services",
    "其他说明": "other_notes",
}
CLEARANCES: Final[dict[str, Any]] = {
    "保密审查情况": "secrecy_review",
    "主要负责人审签情况": "sign_off",
}
