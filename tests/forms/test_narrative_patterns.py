"""The pattern language and what a pack declares of its slots."""

from __future__ import annotations

import msgspec
import pytest

from mingzhang.forms.expressions import BOOK_PARTS, Cell, Named, parts_of
from mingzhang.forms.narrative import narrative_of, slots_of
from mingzhang.forms.narrative_patterns import Condition, Context, Direction, Number, Text, Words, parse_piece
from mingzhang.forms.packs import all_packs, load_pack
from mingzhang.model.fault import InvalidPack


def test_every_part_of_a_pattern():
    piece = parse_piece(
        "same x & is unit_type=行政|参公 :: {year}年[甲|乙]<than>{x_dir:增加|减少}{x:万元}，{why:text}",
        {"than": "比[上年|去年]"},
    )
    assert piece.conditions == (Condition("same", "x"), Condition("is", "unit_type", ("行政", "参公")))
    assert piece.nodes == (
        Context("year"), Words(("年",)), Words(("甲", "乙")), Words(("比",)), Words(("上年", "去年")),
        Direction("x_dir", "增加", "减少"), Number("x", "万元"), Words(("，",)), Text("why"),
    )  # fmt: skip


def test_a_repeated_piece_names_the_mark_between():
    assert parse_piece("each fiscal_exp_@ 、 :: {name}{fiscal_exp_@:万元}", {}).repeated == Condition(
        "each", "fiscal_exp_@", ("、",)
    )


@pytest.mark.parametrize("text", ["{x:万元", "a]b", "<unknown>", "perhaps x :: {x:万元}"])
def test_what_is_no_pattern_is_refused(text):
    with pytest.raises(ValueError, match=r"pattern|phrase|condition"):
        parse_piece(text, {})


def test_a_pack_with_a_broken_pattern_is_a_fault():
    pack = load_pack("shanxi-2023")
    texts = {**pack.texts, "20-income": {**pack.texts["20-income"], "paragraphs": {"x": {"write": ["{x:万元"]}}}}
    with pytest.raises(InvalidPack, match="shanxi-2023"):
        narrative_of(msgspec.structs.replace(pack, texts=texts, hash=""))


@pytest.mark.parametrize("pack", all_packs(), ids=lambda p: p.id)
def test_every_slot_of_a_pack_says_where_its_value_comes_from(pack):
    """A slot without an expression is one that is only read; tables and columns of the others are the pack's own."""
    slots = slots_of(pack)
    assert {k for k, d in slots.items() if not d.expression} <= {
        "vehicles_count", "vehicles_original_value", "buildings_original_value", "performance_units",
        "operating_cost_offices", "operating_cost_institutions", "procurement_reserved", "procurement_reserved_smallest",
    }  # fmt: skip
    for declaration in narrative_of(pack).declared.values():
        for tree in declaration.trees:
            for part in parts_of(tree):
                if isinstance(part, Cell):
                    table = pack.table(part.table)
                    assert part.column in {c.key for c in table.columns}, (declaration.key, part)
                elif isinstance(part, Named) and part.source == "slot":
                    assert part.name in slots or part.name.replace("@", "201") in slots, (declaration.key, part)
                elif isinstance(part, Named) and part.source == "book":
                    assert part.name.split(".")[0] in BOOK_PARTS


@pytest.mark.parametrize("pack", all_packs(), ids=lambda p: p.id)
def test_labels_of_the_lexicon_name_declared_slots(pack):
    slots, lexicon = slots_of(pack), narrative_of(pack).lexicon
    for meaning in lexicon.labels.values():
        key, unit = meaning.split(" | ")
        assert slots[key].unit == unit


def test_class_slots_are_declared_by_code():
    slots = slots_of(load_pack("shanxi-2023"))
    assert slots["fiscal_exp_205"].expression == "appropriation[out:205].total"
    assert slots["general_exp_205_share"].expression == "general_exp_205 / general_current"
    assert (
        narrative_of(load_pack("shanxi-2023")).declaration("general_exp_999").expression
        == "general_spending[999].total"
    )


def test_a_section_may_give_a_slot_a_meaning_of_its_own():
    narrative = narrative_of(load_pack("shanxi-2023"))
    assert narrative.declaration("expenditure_total", "totals").expression == "summary[out:total].total"
    assert narrative.declaration("expenditure_total", "spending").expression == "spending[total].total"
    assert narrative.declaration("nothing_of_the_kind") is None


def test_a_year_is_a_difference_from_the_year_before():
    first, second = narrative_of(load_pack("shanxi-2023")), narrative_of(load_pack("shanxi-2024"))
    assert [s.key for s in first.sections] == [s.key for s in second.sections]
    assert second.section("general_scale").heading != first.section("general_scale").heading
    assert second.section("income") == first.section("income")


def test_words_of_change_have_a_direction():
    lexicon = narrative_of(load_pack("shanxi-2024")).lexicon
    assert [lexicon.direction(w) for w in ("增加", "增长", "下降", "压减", "相同", "持平", "其中")] == [
        1,
        1,
        -1,
        -1,
        0,
        0,
        None,
    ]
    assert (lexicon.counter("项"), lexicon.counter("平米"), lexicon.counter("匹")) == ("个", "平方米", "匹")
