"""Fixtures that many tests share: where the samples and their truth are, if they are there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from mingzhang.model.language import language, use_language

# No test is timed; on a build machine the same examples are tried each time.
settings.register_profile(
    "mingzhang",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("mingzhang")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(autouse=True)
def _chinese_again():
    """Speak Chinese again after a test that asked for another language: one process speaks one."""
    yield
    if language() != "zh":
        use_language("zh")


def _folder(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the {name} are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real published disclosures."""
    return _folder("samples")


@pytest.fixture(scope="session")
def truth() -> Path:
    """The folder of what is true of the samples, by hand."""
    return _folder("truth")
