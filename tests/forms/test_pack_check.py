"""Form packs with a fault planted: the check names its file, its key, its line, and what to write instead."""

from __future__ import annotations

import shutil
from functools import cache

import pytest

from mingzhang.forms.pack_check.checking import check_pack
from mingzhang.forms.pack_check.sources import PackSources
from mingzhang.forms.packs import SHIPPED, pack_ids
from mingzhang.model.fault import InvalidPack


@cache
def shipped(name):
    return check_pack(name)


@pytest.mark.parametrize("name", pack_ids())
def test_every_pack_in_the_wheel_is_clean(name):
    assert shipped(name).faults == ()


def copied(tmp_path, name, file="", old="", new=""):
    """Copy a pack and change one text in one of its files; give the folder and the line that was changed."""
    folder = tmp_path / name
    shutil.copytree(SHIPPED / name, folder)
    if not file:
        return folder, 0
    path = folder / file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    assert text.count(old) >= 1
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    changed = text.partition(old)[0] if old else text
    return folder, changed.count("\n") + 1


# pack, file, what stands there, what is planted, the key named, part of the message, part of the hint
FAULTS = {
    "toml": ("shanxi-2023", "tables/income.toml", 'carry = "included"', "carry = included", "", "不是正确的 TOML", ""),
    "unknown key": ("shanghai-2025", "pack.toml", 'place_en = "Shanghai"', 'place_eng = "x"', "place_eng", "没有“place_eng”这个键", "place_en"),
    "missing key": ("shanxi-2023", "pack.toml", 'place = "山西省"\n', "", "place", "缺少“place”", ""),
    "value of another kind": ("shanxi-2023", "pack.toml", "years = [2023]", 'years = ["2023"]', "years[1]", "这里要写整数", ""),
    "edition": ("shanxi-2023", "pack.toml", 'standards = "2024"', 'standards = "1999"', "standards", "没有“1999”版", "2024"),
    "kind": ("shanxi-2023", "pack.toml", 'kind = "department_budget"', 'kind = "department"', "kind", "没有“department”这种文件", "department_budget"),
    "order without file": ("shanxi-2023", "pack.toml", '"fund_income",', '"fund_incomes",', "order[7]", "没有 tables/fund_incomes.toml", "fund_income"),
    "file not read": ("shanxi-2023", "table/new.toml", "", "x = 1\n", "", "这个文件不会被读入", "tables/"),
    "table key": ("shanxi-2023", "tables/income.toml", "landscape = true", "landscap = true", "landscap", "没有“landscap”这个键", "landscape"),
    "column spelling": ("shanxi-2023", "tables/income.toml", '"carry | 上年结转 | origin=carried"', '"carry | 上年结转 | origin=carried | number"', "columns[9]", "“kind”不能写“number”", "figure"),
    "column key": ("shanxi-2023", "tables/income.toml", '"carry | 上年结转', '"carryover | 上年结转', "columns[9]", "没有“carryover”这种栏", "carry"),
    "head cell": ("shanxi-2023", "tables/income.toml", "上年结转@1x2", "上年结转@1*2", "head[1]", "写法不对", "合计@1x2"),
    "head too wide": ("shanxi-2023", "tables/income.toml", "本年收入@6x1", "本年收入@7x1", "head[1]", "伸到了表外", "列数"),
    "head with a gap": ("shanxi-2023", "tables/income.toml", "本年收入@6x1", "本年收入@5x1", "head", "空着", "9 栏"),
    "column without head": ("shanxi-2023", "tables/income.toml", '"carry | 上年结转 |', '"carry | 结转 |', "columns[9]", "上方没有这个表头", "上年结转"),
    "extra without place": ("shanxi-2023", "tables/spending.toml", 'extra_under = "{year}年预算数"', 'extra_under = "预算数"', "extra_under", "表头里没有“预算数”", "{year}年预算数"),
    "title twice": ("shanxi-2023", "tables/income.toml", "{year}年预算收入总表", "{year}年预算收支总表", "title", "有几张表在用", ""),
    "number twice": ("shanxi-2023", "tables/income.toml", "预算公开表2", "预算公开表1", "number", "有几张表在用", ""),
    "no note": ("shanghai-2025", "tables/fund_spending.toml", 'empty_note = "注：本部门{year}年没有政府性基金预算安排的支出，本表为空表。"', 'empty_note = ""', "empty_note", "没有空表时的说明", "empty_note"),
    "row line": ("shanxi-2023", "tables/summary.toml", "32 | in:carry", "31 | in:carry", "rows[1].fixed", "行次都是 31", ""),
    "row spelling": ("shanxi-2023", "tables/summary.toml", "32 | in:carry | 上年结转 | origin=carried", "in:carry | 上年结转", "rows[1].fixed", "固定行的写法不对", "行次"),
    "filter not read": ("shanxi-2023", "tables/income.toml", "fund=general origin=current", "fund:general origin=current", "columns[4]", "“fund:general”不是一个条件", "字段=值"),
    "filter field": ("shanxi-2023", "tables/income.toml", "fund=general origin=current", "funds=general origin=current", "columns[4]", "字段“funds”不存在", "fund"),
    "filter value": ("shanxi-2023", "tables/income.toml", "fund=general origin=current", "fund=genral origin=current", "columns[4]", "没有“genral”这个值", "general"),
    "filter code": ("shanxi-2023", "tables/summary.toml", "class=204 ", "class=298 ", "rows[2].fixed", "科目“298”不在", ""),
    "columns overlap": ("shanxi-2023", "tables/spending.toml", "项目支出 | kind=project", "项目支出 | kind=project|operating", "columns[5]", "“基本支出”与“项目支出”都计入同一笔明细", "其中"),
    "columns leave out": ("shanxi-2023", "tables/spending.toml", "基本支出 | kind=personnel|operating", "基本支出 | kind=personnel", "columns[3]", "“合计”计入而没有一栏列示的明细，例如：一般公共预算、本年安排、公用经费", "extra"),
    "rows overlap": ("shanxi-2023", "tables/summary.toml", "五、单位资金 | fund=unit_funds origin=current", "五、单位资金 | fund=unit_funds|general origin=current", "rows[1].fixed", "都计入同一笔明细", ""),
    "row left out": ("shanxi-2023", "tables/summary.toml", "5 | in:unit_funds | 五、单位资金 | fund=unit_funds origin=current\n", "", "rows[1].fixed", "没有一行列示的明细，例如：单位资金", ""),
    "row in no filter": ("shanxi-2023", "tables/three_public.toml", "因公出国（境）费 | three_public=abroad", "因公出国（境）费 | three_public=abroad flow=year_end", "rows[1].fixed", "没有一笔明细会落在“因公出国（境）费”", ""),
    "nothing passes": ("shanxi-2023", "tables/fund_spending.toml", 'filter = "flow=spending fund', 'filter = "flow=year_end kind=project fund', "filter", "没有一笔明细能通过", ""),
    "no revenue": ("shanxi-2023", "pack.toml", 'gov_fund = "10301"\n', "", "rows[1]", "没有科目：政府性基金预算", "revenue_of_fund"),
    "beside the codes": ("shanghai-2025", "tables/summary.toml", 'filter = "flow=spending"\n', "", "rows[2].fixed", "“结转下年”与按科目列出的行重复", "filter"),
    "funds": ("shanxi-2023", "tables/fund_spending.toml", 'funds = ["gov_fund"]', 'funds = ["general"]', "funds", "筛选里有 gov_fund", ""),
    "carry": ("shanxi-2023", "tables/fund_spending.toml", 'carry = "excluded"', 'carry = "included"', "carry", "筛选里却是 excluded", "excluded"),
    "unit": ("shanghai-2025", "tables/income.toml", 'unit = "元"', 'unit = "块"', "unit", "“块”不是金额单位", "万元"),
    "levels": ("shanxi-2023", "tables/income.toml", "levels = [3, 5, 7]", "levels = [3, 5, 6]", "rows[1].levels", "科目的位数", ""),
    "cells of a code": ("shanghai-2025", "tables/income.toml", "levels = [3, 5, 7]", "levels = [3, 7]", "columns", "编码分 3 栏", ""),
    "name of a class": ("shanxi-2023", "tables/summary.toml", "五、教育支出", "五、教学支出", "rows[2].fixed", "不是科目 205 的名称", "教育支出"),
    "filter of a class": ("shanxi-2023", "tables/summary.toml", "class=205 flow=spending", "class=206 flow=spending", "rows[2].fixed", "没有按科目 205 筛选", "class=205"),
    "default": ("shanxi-2023", "pack.toml", "operating_cost_unit_types =", "operating_cost_types =", "defaults.operating_cost_types", "没有“operating_cost_types”这个键", "operating_cost_unit_types"),
    "default's value": ("shanxi-2023", "pack.toml", '["行政", "参公"]', '["行政", "公务"]', "defaults.operating_cost_unit_types", "没有“公务”这个值", "参公"),
    "default's code": ("shanxi-2023", "pack.toml", '30217 = "reception"', '30299999 = "reception"', "defaults.three_public", "没有“30299999”这个值", ""),
    "gap in a title": ("shanxi-2023", "tables/income.toml", '"{year}年预算收入总表"', '"{years}年预算收入总表"', "title", "“{years}”不会填上", "year"),
    "gap in a heading": ("shanxi-2023", "pack.toml", '"第二部分 {year}年', '"第二部分 {last}年', "parts[2].heading", "“{last}”不会填上", ""),
    "gap in a sentence": ("shanxi-2023", "text/20-income.toml", "{year}年度{unit_name}", "{year}年度{unit}", "paragraphs.income.write[1]", "“{unit}”不会填上", "unit_name"),
    "no part for tables": ("shanxi-2023", "pack.toml", '[[parts]]\nkey = "tables"\nheading = "第二部分 {year}年部门预算报表"\n', "", "parts", "没有一章放表格", "tables"),
    "lexicon key": ("shanxi-2023", "text/lexicon.toml", "rises = [", "rise = [", "rise", "没有“rise”这个键", "rises"),
    "section key": ("shanxi-2023", "text/20-income.toml", "order = 20", "order = 20\nheadings = 1", "headings", "没有“headings”这个键", "heading"),
    "phrase": ("shanxi-2023", "text/20-income.toml", "<share>{income_general_share:%}", "<shares>{income_general_share:%}", "paragraphs.income.write[3]", "没有名为“shares”的词组", "share"),
    "pattern": ("shanxi-2023", "text/20-income.toml", "{income_total:万元}，", "{income_total:万元，", "paragraphs.income.write[1]", "句式读不懂", "{键:万元}"),
    "condition": ("shanxi-2023", "text/10-totals.toml", "same income_change ::", "like income_change ::", "paragraphs.totals.write[4]", "句式读不懂", "::"),
    "slot without value": ("shanxi-2023", "text/20-income.toml", 'income_gov_fund = "summary', 'income_gov_funds = "summary', "paragraphs.income.write[4]", "空档“income_gov_fund”没有取数的来源", "income_gov_funds"),
    "slot of no table": ("shanxi-2023", "text/20-income.toml", '"summary[in:general].amount"', '"sumary[in:general].amount"', "slots.income_general", "没有“sumary”这张表", "summary"),
    "slot of no row": ("shanxi-2023", "text/20-income.toml", '"summary[in:general].amount"', '"summary[in:generals].amount"', "slots.income_general", "没有“in:generals”这一行", "in:general"),
    "slot of no column": ("shanxi-2023", "text/20-income.toml", '"summary[in:general].amount"', '"summary[in:general].amounts"', "slots.income_general", "没有“amounts”这一栏", "amount"),
    "slot expression": ("shanxi-2023", "text/20-income.toml", '"summary[in:general].amount"', '"summary[in:general] amount"', "slots.income_general", "取数的写法读不懂", "summary[in:total].amount"),
    "slot of no part of the book": ("shanxi-2023", "text/90-procurement.toml", '"book.procurement.goods"', '"book.procurements.goods"', "slots.procurement_goods", "底册里没有“procurements”", "procurement"),
    "no words for no change": ("shanxi-2023", "text/10-totals.toml", '  "same income_change :: <same_as_before>",\n', "", "paragraphs.totals.write[5]", "“income_change”与上年相同时没有话说", "same income_change"),
    "nothing to compare": ("shanxi-2023", "text/10-totals.toml", '  "new income_change :: <unlike_before>",\n', "", "paragraphs.totals.write[5]", "没有可比的上年数时没有话说", "new income_change"),
    "nothing said at zero": ("shanxi-2023", "text/90-procurement.toml", "write = [\n", 'write = [\n  "positive procurement_total :: 有采购。",\n]\nread = [\n', "paragraphs", "全部为零时", ""),
    "ambiguous": ("shanxi-2023", "text/90-procurement.toml", """  "[政府采购货物预算|货物类采购预算|货物采购预算|货物类|货物预算|货物]{procurement_goods:万元}",
  "、[政府采购工程预算|工程类采购预算|工程采购预算|工程类|工程预算|工程]""", """  "positive procurement_goods :: 货物预算{procurement_goods:万元}",
  "、货物预算""", "paragraphs.procurement.write", "“procurement_works”写出的", "前导词"),
    "regular expression": ("shanxi-2023", "text/20-income.toml", '"收入总表"', '"收入(总表"', "names[5]", "正则表达式有误", ""),
    "heading twice": ("shanxi-2023", "text/30-spending.toml", 'heading = "三、支出预算情况说明"', 'heading = "二、收入预算情况说明"', "heading", "标题“二、收入预算情况说明”与“income”相同", ""),
    "heading out of order": ("shanxi-2023", "text/30-spending.toml", "order = 30", "order = 15", "heading", "“三、支出预算情况说明”印在第 2 个", "order"),
    "parent": ("shanxi-2023", "text/111-vehicles.toml", 'parent = "assets"', 'parent = "asset"', "parent", "没有名为“asset”的部分", "assets"),
    "part's section": ("shanghai-2025", "pack.toml", 'sections = ["totals"]', 'sections = ["total"]', "parts[4].sections", "没有名为“total”的部分", "totals"),
    "section in no part": ("shanghai-2025", "pack.toml", '"performance", "assets"]', '"performance"]', "", "没有一章列出“assets”", ""),
    "term twice": ("shanxi-2023", "text/glossary.toml", 'term = "项目支出"', 'term = "基本支出"', "terms[1].term", "“基本支出”解释了两次", ""),
    "term's filter": ("shanxi-2023", "text/glossary.toml", 'when = ["kind=project"]', 'when = ["kinds=project"]', "terms[2].when", "字段“kinds”不存在", "kind"),
    "term's section": ("shanxi-2023", "text/glossary.toml", 'sections = ["operating_cost"]', 'sections = ["operating"]', "terms[4].sections", "没有名为“operating”的部分", "operating_cost"),
    "form": ("shanxi-2023", "forms/project.toml", 'start = "project | 项目名称"\n', "", "", "缺少“start”", ""),
    "form's label": ("shanxi-2023", "forms/project.toml", '"basis | 立项依据 /', '"basis | 项目概况 /', "fields.texts", "既是“overview”又是“basis”", ""),
    "form's filter": ("shanxi-2023", "forms/department.toml", "| fund=gov_fund", "| fund=fund", "money.by_source", "没有“fund”这个值", "gov_fund"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_named(tmp_path, fault):
    name, file, old, new, key, said, hint = FAULTS[fault]
    folder, _line = copied(tmp_path, name, file, old, new)
    faults = check_pack(str(folder)).faults
    told = [f for f in faults if said in f.message and f.key == key]
    assert told, [(f.place, f.message) for f in faults]
    assert hint in told[0].hint


def test_the_line_told_is_that_of_the_text(tmp_path):
    name, file, old, new, *_rest = FAULTS["filter value"]
    folder, line = copied(tmp_path, name, file, old, new)
    assert [(f.line, f.file) for f in check_pack(str(folder)).faults] == [(line, str(folder / file))]
    text = (folder / file).read_text(encoding="utf-8").splitlines()
    assert "genral" in text[line - 1]


def test_a_pack_that_extends_another_is_told_of_the_file_that_says_it(tmp_path):
    folder, _line = copied(
        tmp_path, "shanxi-2024", "tables/projects.toml", 'field = "project"', 'field = "project"\nlist = 1'
    )
    told = check_pack(str(folder)).faults
    assert [(f.file, f.key) for f in told] == [(str(folder / "tables/projects.toml"), "rows[1].list")]
    over = folder / "tables" / "income.toml"
    over.write_text('title = "收入表"\ncarry = "all"\n', encoding="utf-8")
    told = check_pack(str(folder)).faults
    assert (str(over), "carry", 2) in {(f.file, f.key, f.line) for f in told}


def test_what_a_form_has_no_place_for_is_said(tmp_path):
    folder, _line = copied(tmp_path, "shanxi-2023")
    assert check_pack(str(folder)).nowhere == ("使用非财政拨款结余",)
    path = folder / "tables" / "spending.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('  "affiliate_subsidy | 对附属单位补助支出 | kind=affiliate_subsidy",\n', ""), encoding="utf-8"
    )
    found = check_pack(str(folder))
    assert found.nowhere == ("使用非财政拨款结余", "对附属单位补助支出")
    assert found.faults == ()


def test_every_fault_is_told_at_once(tmp_path):
    folder, _line = copied(tmp_path, "shanxi-2023", "tables/income.toml", "fund=general origin", "fund=genral origin")
    path = folder / "tables" / "spending.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind=project", "knd=project", 1), encoding="utf-8")
    assert {f.file.rpartition("/")[2] for f in check_pack(str(folder)).faults} == {"income.toml", "spending.toml"}


def test_no_such_pack_is_a_fault(tmp_path):
    with pytest.raises(InvalidPack):
        check_pack(str(tmp_path / "nowhere"))


def test_packs_that_extend_each_other_are_a_fault(tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "pack.toml").write_text(f'id = "ours"\nextends = "{folder}"\n', encoding="utf-8")
    assert any("互相继承" in f.message for f in check_pack(str(folder)).faults)
    assert len(PackSources(str(folder)).levels) == 1
