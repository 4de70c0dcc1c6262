"""What the rules declare of tables follows from the packs' filters: it holds for any facts, not only for likely ones."""

from __future__ import annotations

import pytest
from filtered import FEN_A_STEP, can_say, disclosure_of
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.forms.packs import load_pack, pack_ids
from mingzhang.rules.engine import check
from mingzhang.sums.filters import Fact

FUNDS = ("general", "gov_fund", "state_capital", "special_account", "unit_funds")
FISCAL = FUNDS[:3]
ECONOMIC = {
    "personnel": ("30101", "30302"),
    "operating": ("30201", "30212", "30217", "30231"),
    "project": ("30227", "31013"),
}
THREE_PUBLIC = {"30212": "abroad", "30217": "reception", "30231": "vehicle_operation", "31013": "vehicle_purchase"}


@st.composite
def facts(draw, step=FEN_A_STEP):
    """Draw facts whose values fit together, as a book's do: money spent and money carried out, of every fund."""
    out = []
    for number in range(draw(st.integers(0, 12))):
        flow = draw(st.sampled_from(("spending", "spending", "spending", "year_end")))
        item = draw(st.sampled_from(("2010601", "2010602", "2010699", "2050299", "2120801", "21907", "227", "2230105")))
        fund = draw(st.sampled_from(FUNDS))
        origin = draw(st.sampled_from(("current", "carried")))
        kind = draw(st.sampled_from(tuple(ECONOMIC))) if flow == "spending" else ""
        economic = draw(st.sampled_from(ECONOMIC[kind])) if kind else ""
        office = kind == "operating" and origin == "current" and fund in FISCAL and draw(st.booleans())
        values = {
            "flow": flow,
            "class": item[:3],
            "group": item[:5] if len(item) >= 5 else "",
            "item": item,
            "fund": fund,
            "origin": origin,
            "kind": kind,
            "economic": economic,
            "economic_class": economic[:3],
            "revenue": {"gov_fund": "1030148", "state_capital": "10306"}.get(fund, ""),
            "project": draw(st.sampled_from("甲乙丙")) if kind == "project" else "",
            "unit": draw(st.sampled_from(("001", "002"))),
            "three_public": THREE_PUBLIC.get(economic, ""),
            "operating_cost": "yes" if office else "",
        }
        out.append(Fact(f"f{number}", draw(st.integers(0, 3000)) * step, values))
    return out


NO_SUMS = {"D-005", "A-006"}
"""Facts are drawn of any class with any fund, which no book would have, and tables have figures alone, without notes."""


@pytest.mark.parametrize("form", pack_ids())
@given(drawn=facts())
@settings(max_examples=80, deadline=None)
def test_no_rule_finds_anything_in_sums_of_facts(form, drawn):
    pack = load_pack(form)
    said = [f for f in drawn if can_say(f, pack)]
    found = [f for f in check(disclosure_of(said, pack)) if f.rule not in NO_SUMS]
    assert not found, [f"{f.rule} {f.message}" for f in found]


@pytest.mark.parametrize("form", pack_ids())
@given(drawn=facts(step=3777))
@settings(max_examples=60, deadline=None)
def test_rounding_every_figure_by_itself_is_never_more_than_a_hint(form, drawn):
    pack = load_pack(form)
    said = [f for f in drawn if can_say(f, pack) and f.values["flow"] == "spending"]
    said = [f for f in said if f.values["origin"] == "current" or f.values["fund"] in FISCAL]
    found = [f for f in check(disclosure_of(said, pack)) if f.rule not in NO_SUMS]
    assert all(f.severity == "hint" and f.explained_by_rounding for f in found), [f.message for f in found]


@pytest.mark.parametrize("form", pack_ids())
def test_the_forms_can_say_most_facts(form):
    """So that the property above is not about nothing."""
    pack = load_pack(form)
    whole = Fact("f", 100 * FEN_A_STEP, {"flow": "spending", "class": "201", "group": "20106", "item": "2010602", "fund": "general",
                            "origin": "carried", "kind": "project", "economic": "30227", "project": "甲"})  # fmt: skip
    assert can_say(whole, pack)
    found = check(disclosure_of([whole], pack), everything=True)
    assert sum(f.outcome == "passed" for f in found) > 20
