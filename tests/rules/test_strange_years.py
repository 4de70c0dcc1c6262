"""A document may say any year: those that no calendar has are not known, and no rule breaks."""

import pytest
from disclosures import small_disclosure
from msgspec.structs import replace

from mingzhang.rules.engine import check


@pytest.mark.parametrize("year", [None, -1, 0, 1, 9999, 10_000, 10**9])
def test_any_year_is_checked(year):
    assert check(replace(small_disclosure(), year=year), everything=True)
