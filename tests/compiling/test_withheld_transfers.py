"""Withheld money that passes between units: what the giver's document tells, the receiver's amount does, and the other way."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book, setting_of
from mingzhang.compiling.members import book_of
from mingzhang.compiling.withheld import published
from mingzhang.compiling.withheld_check import Revealed
from mingzhang.compiling.withheld_inference import inference
from mingzhang.compiling.withheld_proposal import taken
from mingzhang.forms.packs import load_pack
from mingzhang.model.book import Book, Member, Project, SpendingLine, Withheld

PACK = load_pack("shanxi-2024")
GIVEN = 345_678_90
OWN = 812_345_67


def line(identifier, unit, amount, **fields):
    usual = {"function": "2010601", "kind": "operating", "economic": "30201"}
    return SpendingLine(id=identifier, unit=unit, amount=amount, **(usual | fields))


def department(withheld=(), policy="left_out"):
    """Make a department of two units, of which the first gives the second money; lines of these ids are withheld."""
    spending = (
        line("a", "1", OWN),
        line("g", "1", GIVEN, transfer_to="2"),
        line("r", "2", GIVEN, transfer_from="1", function="2010602"),
        line("b", "2", 912_003_45, function="2010602"),
    )
    return Book(
        year=2024,
        pack="shanxi-2024",
        unit_name="示例局",
        unit_code="1",
        unit_type="行政",
        members=(
            Member(code="1", name="示例局", unit_type="行政"),
            Member(code="2", name="示例中心", unit_type="公益一类"),
        ),
        spending=tuple(replace(x, withheld="w" if x.id in withheld else "") for x in spending),
        withheld=(Withheld(id="w", basis="示例依据", approver="示例机关", date="2024-01-05", policy=policy),),
    )


def own(unit, withheld=()):
    """Give a unit's own document as it publishes it."""
    return compile_book(book_of(department(withheld), unit, renaming=False)).disclosure


@pytest.mark.parametrize("withheld", [("r",), ("g", "r")])
def test_the_givers_own_document_tells_what_the_receiver_withholds(withheld):
    book = department(withheld)
    assert compile_book(book).disclosure
    with pytest.raises(Revealed) as caught:
        compile_book(book, beside=[own("1")])
    pinned = {c.secret.id: c for c in caught.value.found.pinned}
    assert pinned.keys() == set(withheld)
    assert all(c.low <= GIVEN <= c.high <= c.low + 2_000_000 for c in pinned.values())


def test_the_givers_own_document_without_it_tells_nothing():
    book = department(("g", "r"))
    beside = [own("1", ("g",)), own("2", ("r",))]
    assert compile_book(book, beside=beside).disclosure
    setting = setting_of(PACK, beside)
    found = inference(book, setting, compile_book(book).disclosure)
    assert found.unused == 0
    assert [(c.secret.id, c.high, c.protected) for c in found.concluded] == [("g", None, True), ("r", None, True)]


def test_what_the_giver_withholds_is_not_printed_where_it_is_received():
    book = department(("g",))
    assert compile_book(book).disclosure  # the receiver has as much of its own under the same code
    alone = tuple(replace(x, function="2010699") if x.id == "b" else x for x in book.spending)
    book = replace(book, spending=alone)
    with pytest.raises(Revealed) as caught:
        compile_book(book)
    steps = caught.value.proposal.steps
    assert ("cover", "r") in {(s.kind, s.what) for s in steps}
    assert "r" not in {i for ids in published(taken(book, steps), PACK).sources.values() for i in ids}
    assert compile_book(taken(book, steps)).disclosure


def test_the_same_amount_on_both_sides_is_one_secret_of_a_project():
    book = department()
    lines = tuple(replace(x, kind="project", project="p") if x.id in {"g", "r"} else x for x in book.spending)
    book = replace(book, spending=lines, projects=(Project(id="p", name="甲号工程", withheld="w"),))
    (secret, *lines) = published(book, PACK).secrets
    assert (secret.id, secret.amount, secret.lines) == ("p", GIVEN, frozenset({"r"}))
    assert {s.id for s in lines} == {"g", "r"}
