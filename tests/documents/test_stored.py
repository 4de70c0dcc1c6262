"""Stored documents: JSON back exactly, and no half-written file."""

from __future__ import annotations

from pathlib import Path

import pytest
from disclosures import small_disclosure, wild_disclosures
from hypothesis import given, settings

from mingzhang.documents.atomic import UnwritableOutput, write_bytes
from mingzhang.documents.stored import write_json
from mingzhang.model.fault import UnknownVersion, UnreadableInput
from mingzhang.readback.stored import read_json


@settings(max_examples=40, deadline=None)
@given(disclosure=wild_disclosures())
def test_json_round_trip__everything(tmp_path_factory, disclosure):
    path = tmp_path_factory.mktemp("json") / "d.json"
    write_json(disclosure, path)

    assert read_json(path) == disclosure


def test_json__same_bytes(tmp_path):
    for name in ("a.json", "b.json"):
        write_json(small_disclosure(), tmp_path / name)

    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_atomic__replaces_whole_and_leaves_nothing_beside(tmp_path):
    path = tmp_path / "f"
    write_bytes(path, b"old")
    write_bytes(path, b"new")

    assert path.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["f"]


def test_atomic__failure_keeps_what_stood_there(tmp_path, monkeypatch):
    path = tmp_path / "f"
    write_bytes(path, b"old")

    def no_room(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", no_room)
    with pytest.raises(UnwritableOutput) as fault:
        write_bytes(path, b"new")
    assert fault.value.place == str(path)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["f"]


def test_atomic__no_such_folder(tmp_path):
    with pytest.raises(UnwritableOutput):
        write_bytes(tmp_path / "missing" / "f", b"x")


def test_read_json__missing_file(tmp_path):
    with pytest.raises(UnreadableInput):
        read_json(tmp_path / "missing.json")


def test_read_json__another_schema(tmp_path):
    path = tmp_path / "d.json"
    path.write_text('{"schema": "mingzhang.disclosure/9.0"}')
    with pytest.raises(UnknownVersion) as fault:
        read_json(path)
    assert fault.value.place == "d.json"
