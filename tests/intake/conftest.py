from __future__ import annotations

import pytest
from workbooks import SMALL, Workbook


@pytest.fixture
def workbook():
    return Workbook()


@pytest.fixture
def small():
    return SMALL
