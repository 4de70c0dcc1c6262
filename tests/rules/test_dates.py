"""Days that a document cannot know, in whatever part of it they stand."""

from __future__ import annotations

import pytest
from golden import disclosure_of
from msgspec.structs import replace

from mingzhang.rules.engine import check


@pytest.mark.parametrize("part", ["profile", "written"])
def test_what_is_stated_of_a_day_to_come(part):
    def later(year):
        made = disclosure_of(f"[section organisation]\n截至{year}年12月31日，共有在职人员30人。\n")
        sections = tuple(replace(s, part=part) for s in made.sections)
        return [f.rule for f in check(replace(made, sections=sections)) if f.rule == "K-024"]

    assert later(2024) == ["K-024"]
    assert later(2022) == []
