"""A form without a project's name may be that of any project: nothing is said of projects that seem to have none."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book
from mingzhang.intake.books import read_book
from mingzhang.rules.engine import check

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def made():
    return compile_book(read_book(EXAMPLES / "park-2023.json")).disclosure


def rules_of(document) -> set[str]:
    return {f.rule for f in check(document)}


def test_a_missing_form_is_told_and_one_without_a_name_is_not_taken_for_missing(made):
    fewer = replace(made, project_forms=made.project_forms[1:])
    nameless = replace(made, project_forms=(replace(made.project_forms[0], project=""), *made.project_forms[1:]))

    assert {"H-002", "H-003"} <= rules_of(fewer)
    assert not {"H-002", "H-003", "H-007", "H-009"} & rules_of(nameless)
