"""What was published before: figures that stay where they can, figures that are held, and what cannot be held."""

from __future__ import annotations

import pytest
from books import random_books
from hypothesis import HealthCheck, Phase, given, settings
from msgspec.structs import replace

from mingzhang.compiling.adding_up import add_up
from mingzhang.compiling.compile import compile_book, disclosure_of
from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.holding import NOTHING, CannotBeHeld, Standing, UnknownHeldFigure
from mingzhang.compiling.trace import figure_at
from mingzhang.forms.packs import load_pack
from mingzhang.model.codec import decode, encode
from mingzhang.model.disclosure import Disclosure
from mingzhang.sums.network import Choices

few = settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])

HEAD = "function | kind | economic | amount"
PARTS = f"""
{HEAD}
2010601 | operating | 30201 | 149.00
2011301 | operating | 30211 | 149.00
2050203 | personnel | 30101 | 149.00
"""
"""1.49 each, 4.47 in all: 4, so that one of three is 2."""

ROWS = ("2010601", "2011301", "2050203")


def printed(compiled, *rows, table="spending"):
    return [figure_at(compiled.disclosure, f"{table}[{row}].total").digits for row in rows]


def added(made, standing=NOTHING):
    pack = load_pack(made.pack)
    return add_up(
        made, pack, disclosure_of(made, pack), lambda chosen: disclosure_of(made, pack, chosen), standing=standing
    )


def test_the_rounding_that_was_published_is_used_again(book):
    made = book(PARTS)
    held = compile_book(made, held={"spending[2050203].total": "0.02"})
    assert printed(compile_book(made), *ROWS) != printed(held, *ROWS) == [1, 1, 2]

    stored = decode(encode(held.disclosure), Disclosure)
    assert compile_book(made, earlier=stored).disclosure == held.disclosure


def test_a_figure_whose_facts_changed_follows_them_and_the_others_stay(book):
    earlier = compile_book(book(PARTS), held={"spending[2050203].total": "0.02"}).disclosure
    changed = book(PARTS.replace("2010601 | operating | 30201 | 149.00", "2010601 | operating | 30201 | 351.00"))
    again = compile_book(changed, earlier=earlier)

    assert printed(again, *ROWS) == [
        4,
        1,
        2,
    ]  # 6.49 in all: 0.07, a last digit beside half-up, for the sake of what stood
    assert again.disclosure.rounding == "additive"


def test_facts_that_are_others_now_are_no_reason_to_keep_a_digit(book):
    earlier = compile_book(book(PARTS), held={"spending[2050203].total": "0.02"}).disclosure
    made = book(PARTS)
    renamed = replace(made, spending=tuple(replace(x, id=f"n{x.id}") for x in made.spending))

    assert compile_book(renamed, earlier=earlier).disclosure == compile_book(renamed).disclosure


def test_a_whole_that_stays_nothing_has_shares_of_nothing__and_all_adds_up(book):
    def made(amount):
        return book(
            f"function | kind | economic | fund | fund_part | amount\n2080505 | operating | 31002 | unit_funds | business | {amount}"
        )

    again = compile_book(made("53.95"), earlier=compile_book(made("4.95")).disclosure)  # 0.01 by itself

    assert printed(again, "total") == [0]
    assert again.disclosure.slot("expenditure_basic_share").figure.digits == 0
    assert again.disclosure.rounding == "additive"


@given(random_books(withheld=False))
@few
def test_random_books__an_earlier_version_of_the_same_facts_is_printed_again(made):
    first = compile_book(made)
    again = compile_book(made, earlier=first.disclosure)

    assert encode(again.disclosure) == encode(first.disclosure)


@given(random_books(withheld=False))
@few
def test_random_books__one_fact_changed_leaves_fewer_figures_than_starting_afresh(made):
    if not made.spending:
        return
    line = made.spending[0]
    changed = replace(made, spending=(replace(line, amount=line.amount + 4_900), *made.spending[1:]))
    standing = Standing(added(made).disclosure)
    again, afresh = added(changed, standing), added(changed)
    if again.chosen.beyond or again.links != afresh.links:
        return
    before = standing.kept(again.links, facts_of(changed))
    choices = Choices(tuple(again.links.variables), before)

    def left(chosen):
        return sum(choices.weight(i) for i in choices.kept if chosen.digits[choices.order[i]] != choices.wanted[i])

    assert left(again.chosen) <= left(afresh.chosen)
    assert again.disclosure.rounding == "additive"


def test_figures_held_stand_in_tables_and_sentences_alike(book):
    compiled = compile_book(book(PARTS), held={"expenditure_total": "0.05", "spending[2010601].total": "0.02"})

    assert compiled.disclosure.slot("expenditure_total").figure.plain == "0.05"
    assert printed(compiled, "total", *ROWS)[:2] == [5, 2]
    assert compiled.disclosure.rounding == "additive"


def test_the_smallest_conflict_is_named_with_its_sum(book):
    held = {f"spending[{row}].total": "0.02" for row in ROWS} | {"expenditure_total": "0.04"}
    with pytest.raises(CannotBeHeld) as raised:
        compile_book(book(PARTS), held=held)

    told = str(raised.value)
    assert told.count("固定：") == len(raised.value.conflict.held) == 2
    assert told.count("勾稽：") == len(raised.value.conflict.sums) == 1
    assert "（spending[2010601].total）= 0.02 万元，真值 149.00 元" in told
    assert "“一般公共服务支出”合计 = " in told
    assert "至少要放开 2 个" in told


@pytest.mark.parametrize("value", ["0.03", "0.00", "-0.01"])
def test_a_figure_cannot_be_held_a_unit_from_its_facts(book, value):
    with pytest.raises(CannotBeHeld, match=r"149\.00"):
        compile_book(book(PARTS), held={"spending[2010601].total": value})


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ({"spending[9999999].total": "0.01"}, "没有这个金额"),
        ({"spending[2010601].total": "0.015"}, "位小数"),
        ({"spending[2010601].total": "很多"}, "位小数"),
        ({"spending[2010601].total": "-"}, "位小数"),
        ({"spending[2010601].total": "0.01", "spending[20106].total": "0.02"}, "同一个数字"),
    ],
)
def test_what_is_no_figure_of_the_document_cannot_be_held(book, held, reason):
    with pytest.raises(UnknownHeldFigure, match=reason):
        compile_book(book(PARTS), held=held)
