"""Numbers as spreadsheets show them by their formats."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.model.figure import spell
from mingzhang.readback.excel_formats import BUILT_IN, shown

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("1234.5", "#,##0.00", "1,234.50"),
        ("1234.5", "0.00_ ", "1234.50"),
        ("-1234.5", ACCOUNTING, "-1,234.50"),
        ("0", ACCOUNTING, "-"),
        ("0", "#,##0.00;-#,##0.00;", ""),
        ("0", "#,###", ""),
        ("-5", "#,##0.00_);(#,##0.00)", "-5.00"),
        ("-5", "#,##0.00_);[Red]\\(#,##0.00\\)", "-5.00"),
        ("0.1234", "0.00%", "12.34%"),
        ("0.125", "0.00", "0.13"),
        ("-0.001", "0.00", "0.00"),
        ("1234567", "0.00,", "1234.57"),
        ("5", '"¥"#,##0.00', "5.00"),
        ("5", "[$¥-804]#,##0.00", "5.00"),
        ("1", "00", "01"),
        ("7", '0"人"', "7人"),
        ("1.5", "0.0#", "1.5"),
        ("45672", "yyyy-mm-dd", "2025-01-15"),
        ("45672", 'yyyy"年"m"月"d"日"', "2025年1月15日"),
        ("45672", "[$-804]yyyy年mm月", "2025年01月"),
        ("12.5", "", None),
        ("12.5", "General", None),
        ("12.5", "@", None),
        ("12.5", "0.00E+00", None),
        ("12.5", "[>9]0.0;0.00", None),
    ],
)
def test_a_number_in_a_format(value, code, text):
    assert shown(Decimal(value), code) == text


@given(digits=st.integers(-(10**13), 10**13), places=st.integers(0, 4), grouped=st.booleans())
def test_plain_formats_spell_as_we_do(digits, places, grouped):
    code = ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")
    assert shown(Decimal(digits).scaleb(-places), code) == spell(digits, places, grouped=grouped)


@pytest.mark.parametrize("number", BUILT_IN)
def test_every_format_known_by_number_shows_something(number):
    assert shown(Decimal("12.5"), BUILT_IN[number])
