"""Order and repetition in print: pages, numbers of parts, totals, meanings, captions, names above tables, amounts said twice."""

from __future__ import annotations

import pytest
from golden import disclosure_of
from msgspec.structs import replace

from mingzhang.model.disclosure import Chart, ContentsEntry, Disclosure, Term
from mingzhang.rules.engine import check


def told(disclosure: Disclosure, number: str) -> list[str]:
    return [f.severity for f in check(disclosure) if f.rule == number]


PLAIN = disclosure_of("[table three_public] total\ntotal 2.00\n\n[section totals]\n收入30.00万元。\n")


def listed(*entries: tuple[str, str]) -> Disclosure:
    contents = tuple(ContentsEntry(text, page) for text, page in entries)
    return replace(PLAIN, publication=replace(PLAIN.publication, contents=contents))


def test_pages_that_go_back() -> None:
    assert told(listed(("一、甲", "1"), ("二、乙", "18"), ("三、丙", "9"), ("四、丁", "19")), "A-011") == ["hint"]
    assert not told(listed(("一、甲", "1"), ("二、乙", "18"), ("三、丙", "18"), ("四、丁", "19")), "A-011")
    assert not told(listed(*((f"表{n}", str(20 - n)) for n in range(8))), "A-011")  # not pages, or not one list


@pytest.mark.parametrize(
    ("numbers", "many"),
    [("一二三四", 0), ("一二二四", 1), ("一二四五", 1), ("一三二四", 2), ("一二一二", 0), ("一一三四", 1)],
)
def test_numbers_of_parts(numbers: str, many: int) -> None:
    parts = tuple(ContentsEntry(f"第{n}部分 甲") for n in numbers)
    assert len(told(replace(PLAIN, publication=replace(PLAIN.publication, parts=parts)), "A-025")) == many


def test_two_terms_of_one_meaning() -> None:
    same = "为保障机构正常运转而发生的支出。"
    terms = Term("基本支出", same), Term("项目支出", same)
    assert told(replace(PLAIN, glossary=terms), "K-028") == ["hint"]
    assert not told(replace(PLAIN, glossary=(terms[0], Term("项目支出", "为完成特定任务而发生的支出。"))), "K-028")
    assert not told(replace(PLAIN, glossary=(Term("甲", "见上。"), Term("乙", "见上。"))), "K-028")


@pytest.mark.parametrize(("year", "severities"), [("2022年", ["warning"]), ("2023年", []), ("", [])])
def test_captions(year: str, severities: list[str]) -> None:
    section = replace(PLAIN.sections[0], charts=(Chart("income", f"{year}收入预算图"),))
    assert told(replace(PLAIN, year=2023, sections=(section,)), "A-024") == severities


def test_a_table_without_its_units_name() -> None:
    tables = tuple(replace(PLAIN.tables[0], id=f"x_{n}", title=f"表{n}", unit_name="示范中心") for n in range(6))
    assert not told(replace(PLAIN, tables=tables), "A-010")
    assert told(replace(PLAIN, tables=(*tables[:5], replace(tables[5], unit_name=""))), "A-010") == ["hint"]
    assert not told(replace(PLAIN, tables=tuple(replace(t, unit_name="") for t in tables[:3]) + tables[3:]), "A-010")


SPENDING = (
    "[table general_spending] total basic project\ntotal 合计: 5.00 2.00 3.00\n201 一般公共服务支出: 5.00 2.00 3.00\n"
)


@pytest.mark.parametrize(("again", "severities"), [("5.00 2.00 3.00", ["warning"]), ("2.00 2.00 .", [])])
def test_a_total_printed_again(again: str, severities: list[str]) -> None:
    assert told(disclosure_of(f"{SPENDING}total#2 合计: {again}\n"), "D-008") == severities


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("人员经费{basic_personnel=0.00万元}，主要包括：{basic_personnel_items=基本工资、津贴补贴}。", True),
        ("人员经费{basic_personnel=0.00万元}，主要包括：{basic_personnel_items=无}。", False),
        ("人员经费{basic_personnel=9.00万元}，主要包括：{basic_personnel_items=无}。", True),
        ("人员经费{basic_personnel=9.00万元}，主要包括：{basic_personnel_items=基本工资}。", False),
    ],
)
def test_items_of_no_money(words: str, *, wrong: bool) -> None:
    assert ("E-052" in {f.rule for f in check(disclosure_of(f"[section basic]\n{words}\n"))}) is wrong


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("收入129,589.59万元（约12.96亿元）。", False),
        ("收入129,589.59万元（约12.95亿元），约数。", False),
        ("收入129,589.59万元（约13.96亿元）。", True),
        ("收入9.66万元（96600元）。", False),
        ("收入9.66万元（96660元）。", True),
        ("收入9.66万元（3.00万元）。", False),
    ],
)
def test_an_amount_in_two_units(words: str, *, wrong: bool) -> None:
    assert ("E-048" in {f.rule for f in check(disclosure_of(f"[section totals]\n{words}\n"))}) is wrong


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("拨款97,766.59万元，上年为154,312.45万元，减少58,545.86万元。", True),
        ("拨款97,766.59万元，上年为156,312.45万元，减少58,545.86万元。", False),
        ("拨款97,766.59万元，比上年156,312.45万元减少58,545.86万元。", False),
    ],
)
def test_last_years_amount_and_the_change(words: str, *, wrong: bool) -> None:
    assert ("E-047" in {f.rule for f in check(disclosure_of(f"[section totals]\n{words}\n"))}) is wrong


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("收入30.00万元，比上年减少3.00万元，下降9.09个百分点。", True),
        ("项目支出30.00万元，占比下降9.09个百分点。", False),
    ],
)
def test_points_of_an_amount(words: str, *, wrong: bool) -> None:
    assert ("K-044" in {f.rule for f in check(disclosure_of(f"[section totals]\n{words}\n"))}) is wrong


@pytest.mark.parametrize(
    ("headings", "many"),
    [
        ("一、甲|（一）乙|（二）丙|二、丁|（一）戊", 0),
        ("一、甲|（一）乙|（四）丙|二、丁|（一）戊", 1),
        ("一、甲|（一）乙|二、丁|（二）戊", 1),
        ("（一）乙|（二）丙|（三）丁", 0),
    ],
)
def test_headings_in_brackets(headings: str, many: int) -> None:
    sections = tuple(replace(PLAIN.sections[0], key=f"s{n}", heading=h) for n, h in enumerate(headings.split("|")))
    assert len(told(replace(PLAIN, sections=sections), "A-025")) == many


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("示范局2024年部门预算", True),
        ("示范局2023年部门预算", False),
        ("示范局2024年部门预算增加3.00万元。", False),
    ],
)
def test_the_head_of_a_page_of_another_year(line: str, *, wrong: bool) -> None:
    text = f"[section totals]\n收入30.00万元。\n{line}\n"
    assert ("A-024" in {f.rule for f in check(replace(disclosure_of(text), year=2023))}) is wrong


def test_a_part_of_final_accounts() -> None:
    parts = (ContentsEntry("第三部分 2023年度部门决算情况说明"),)
    whole = disclosure_of("[section totals]\n2023年收入预算安排30.00万元。\n")
    assert "K-033" in {
        f.rule for f in check(replace(whole, year=2023, publication=replace(whole.publication, parts=parts)))
    }


def test_items_whose_names_are_alike() -> None:
    table = "[table basic_economic] total personnel operating\ntotal 合计: 40.00 40.00 .\n303 对个人和家庭的补助: 40.00 40.00 .\n30301 离休费: 10.00 10.00 .\n30305 生活补助: 20.00 20.00 .\n30309 奖励金: 10.00 10.00 .\n"
    text = (
        f"{table}\n[section basic]\n人员经费40.00万元，主要包括：{{basic_personnel_items=退休费、生活补助、奖励金}}。\n"
    )
    assert "E-052" in {f.rule for f in check(disclosure_of(text))}
    assert "E-052" not in {f.rule for f in check(disclosure_of(text.replace("退休费", "离休费")))}
