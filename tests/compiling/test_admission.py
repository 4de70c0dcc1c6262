"""What has no place in the form is refused, all of it at once, with its place."""

from __future__ import annotations

import pytest

from mingzhang.compiling.compile import compile_book
from mingzhang.model.book import Project, YearEndCarry
from mingzhang.model.fault import InvalidBook, InvalidPack

GOOD = "function|amount|kind|economic\n2010601|1.00|operating|30201"


def refused(book) -> str:
    with pytest.raises(InvalidBook) as caught:
        compile_book(book)
    return str(caught.value)


def test_book_that_fits__is_compiled(book):
    assert compile_book(book(GOOD)).disclosure.table("spending").figure("total", "total").printed == "0.00"


@pytest.mark.parametrize(
    ("spending", "words"),
    [
        (
            "function|amount|kind|economic\n2019999|1.00|operating|30201\n2099901|1.00|operating|30201",
            "功能科目“2099901”不在",
        ),
        ("function|amount|kind|economic\n201060|1.00|operating|30201", "功能科目“201060”不在"),
        ("function|amount|kind|economic\n2010601|1.00|operating|30298", "部门预算支出经济科目“30298”不在"),
        ("function|amount|kind|economic\n2010601|1.00|operating|", "缺少部门预算支出经济科目"),
        (
            "function|amount|kind|fund|origin|economic\n2100201|1.00|operating|unit_funds|surplus|30201",
            "使用非财政拨款结余",
        ),
        ("function|amount|kind|economic\n2010601|1.00|project|30201", "项目支出没有指明项目"),
        ("function|amount|kind|economic|unit\n2010601|1.00|operating|30201|77", "底册中没有单位“77”"),
    ],
)
def test_line_without_a_place__is_refused(book, spending, words):
    message = refused(book(spending))

    assert words in message
    assert "s1: " in message or "s2: " in message


def test_unknown_project_and_negative_amount__are_refused_together(book):
    made = book("function|amount|kind|project\n2010602|-1.00|project|a", projects=(Project(id="b", name="乙"),))

    assert {"s1: 金额不能为负数", "s1: 底册中没有项目“a”"} == set(refused(made).splitlines())


def test_one_id_twice__is_refused(book):
    carried = (YearEndCarry(id="s1", fund="general", amount=100, function="2010601"),)

    assert "明细编号“s1”出现了 2 次" in refused(book(GOOD, year_end=carried))


def test_money_carried_out_without_a_function__is_refused_where_income_is_listed_by_it(book):
    carried = (YearEndCarry(id="y1", fund="general", amount=100),)

    assert "y1: 缺少功能科目，无法列入《2023年预算收入总表》" in refused(book(GOOD, year_end=carried))


def test_unknown_pack__is_a_fault(book):
    with pytest.raises(InvalidPack):
        compile_book(book(GOOD, pack="no-such-pack"))
