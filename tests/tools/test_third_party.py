"""The notice of third parties names every package that an installation brings, with the licence it states."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
COPYLEFT = re.compile(r"\bA?GPL|General Public License", re.IGNORECASE)


def brought() -> set[str]:
    """List what installing the project brings, at any depth."""
    seen: set[str] = set()
    waiting = [Requirement(r) for r in metadata.requires("mingzhang")]
    while waiting:
        need = waiting.pop()
        name = canonicalize_name(need.name)
        if name not in seen and (need.marker is None or need.marker.evaluate({"extra": ""})):
            seen.add(name)
            waiting += [Requirement(r) for r in metadata.requires(name) or ()]
    return seen


def named() -> dict[str, str]:
    rows = re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+?) \|", (ROOT / "THIRD_PARTY.md").read_text("utf-8"), re.MULTILINE)
    return {name: licence for name, licence in rows if name != "package"}


def stated(name: str) -> str:
    fields = metadata.metadata(name)
    classifiers = [c for c in fields.get_all("Classifier") or () if c.startswith("License")]
    return " ".join([fields.get("License-Expression") or "", fields.get("License") or "", *classifiers])


def test_the_list_is_whole():
    assert named().keys() == brought()


@pytest.mark.parametrize("name", sorted(named()))
def test_each_licence_is_the_one_the_package_states(name):
    licence = named()[name]
    assert licence in stated(name) or f"{licence} License" in stated(name)
    assert not COPYLEFT.search(licence)


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
