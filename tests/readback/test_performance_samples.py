"""The performance forms of real published disclosures against what is true of them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "fidelity_forms.py"


@pytest.fixture(scope="module")
def results(samples, truth):
    spec = importlib.util.spec_from_file_location(TOOL.stem, TOOL)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return dict(tool.measured(samples, truth))


def test_every_form_and_every_amount_is_read(results):
    for name, result in results.items():
        assert result["forms"][0] == result["forms"][1], name
        assert result["money"][0] == result["money"][1], name
        assert result["extra_forms"] == [], name


def test_texts_and_indicators(results):
    for kind in ("texts", "indicators"):
        right, all_ = (sum(r[kind][n] for r in results.values()) for n in (0, 1))
        assert 100 * right >= 98 * all_, kind


def test_nothing_is_wrong_without_a_doubt(results):
    assert {name: (r["silent"], r["invented"]) for name, r in results.items()} == dict.fromkeys(results, (0, 0))
