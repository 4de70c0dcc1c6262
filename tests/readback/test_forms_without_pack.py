"""Documents of forms that nobody wrote a pack for: figures under their rows and heads, and nothing found where all agrees."""

import pytest
from other_form_scores import read_as, scored
from other_form_tables import layouts

from mingzhang.rules.engine import check


@pytest.mark.parametrize("layout", layouts())
def test_figures_are_read_by_the_words_of_the_form(layout):
    tables, disclosure = read_as(layout, "tabbed", 0)
    score = scored(tables, disclosure)
    assert disclosure.pack is None
    assert (score.right, score.keyed, score.wrong) == (score.all, score.keys, 0), score.examples
    assert [f.message for f in check(disclosure) if f.severity != "hint"] == []
