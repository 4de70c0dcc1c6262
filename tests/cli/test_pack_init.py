"""`mingzhang pack init`: the drafted folder loads, and nothing is written where it cannot be."""

from __future__ import annotations

import json

import pytest
from blank_forms import WRITERS, blank_of, changed, with_column, with_label, without

from mingzhang.cli.main import run
from mingzhang.forms.packs import load_pack


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    path = tmp_path_factory.mktemp("blank") / "空白表样.xlsx"
    document, _pack = blank_of("school-2024")
    document = without(document, "projects_carried")
    document = changed(document, "income", lambda t: with_column(t, "同级部门拨款"))
    WRITERS["xlsx"](changed(document, "three_public", lambda t: with_label(t, "reception", "国内公务接待费")), path)
    return path


def called(*words):
    with pytest.raises(SystemExit) as caught:
        run(["pack", "init", *map(str, words)])
    return caught.value.code


def test_the_draft_loads_and_holds_only_the_differences(blank, tmp_path, capsys):
    assert called("--from", blank, "--extends", "shanxi-2024", "-o", tmp_path / "next", "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    found = {str(p.relative_to(tmp_path / "next")) for p in (tmp_path / "next").rglob("*.toml")}
    assert found == set(said["files"]) == {"pack.toml", "tables/income.toml", "tables/three_public.toml"}
    pack, base = load_pack(str(tmp_path / "next")), load_pack("shanxi-2024")
    assert pack.id == "next"
    assert pack.table("projects_carried") is None
    assert pack.table("income").columns[:-1] == base.table("income").columns
    same = {t.id for t in base.tables} - {"income", "three_public", "projects_carried"}
    assert all(pack.table(i) == base.table(i) for i in same)
    assert "# TODO" in (tmp_path / "next" / "tables" / "income.toml").read_text(encoding="utf-8")


def test_what_stands_is_not_written_over(blank, tmp_path, capsys):
    (tmp_path / "next").mkdir()
    (tmp_path / "next" / "mine.txt").write_text("mine", encoding="utf-8")
    assert called("--from", blank, "--extends", "shanxi-2024", "-o", tmp_path / "next") == 2
    assert "next" in capsys.readouterr().err
    assert [p.name for p in (tmp_path / "next").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not a form"])
def test_what_is_no_blank_form_is_a_fault(content, tmp_path, capsys):
    path = tmp_path / "odd.xlsx"
    path.write_bytes(content)
    assert called("--from", path, "--extends", "shanxi-2024", "-o", tmp_path / "next") == 2
    assert "odd.xlsx" in capsys.readouterr().err
    assert not (tmp_path / "next").exists()
