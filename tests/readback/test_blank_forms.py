"""Blank forms of a new edition: what differs from the pack they follow is drafted, nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random

import pytest
from blank_forms import WRITERS, blank_of, changed, with_column, with_label, without
from blank_sheets import write_blank
from edited_packs import edited

from mingzhang.forms.packs import all_packs, load_pack
from mingzhang.readback.blank.compare import drafted
from mingzhang.readback.blank.tables import read_blank
from mingzhang.readback.blank.writing import files_of

EXAMPLES = ("school-2024", "mixed-2024", "district-bureau-2025", "green-space-2025")


def draft_of(document, pack, path):
    WRITERS[path.suffix[1:]](document, path)
    draft = drafted(read_blank(path, pack), pack, "next")
    return draft, {name: tomllib.loads(text) for name, text in files_of(draft).items()}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_the_blank_form_of_a_pack_is_no_different_from_it(example, kind, tmp_path):
    document, pack = blank_of(example)
    draft, files = draft_of(document, pack, tmp_path / f"blank.{kind}")
    assert draft.changes == ()
    assert draft.questions == ()
    own = {"id": "next", "edition": "1", "extends": pack.id, "years": list(pack.years)}
    assert files == {"pack.toml": own}


@pytest.mark.parametrize("kind", WRITERS)
def test_a_column_a_row_and_a_table_that_changed_are_drafted_and_nothing_else(kind, tmp_path):
    document, pack = blank_of("school-2024")
    document = without(document, "projects_carried")
    document = changed(document, "income", lambda t: with_column(t, "同级部门拨款"))
    document = changed(document, "three_public", lambda t: with_label(t, "reception", "国内公务接待费"))
    draft, files = draft_of(document, pack, tmp_path / f"blank.{kind}")

    assert set(files) == {"pack.toml", "tables/income.toml", "tables/three_public.toml"}
    old = [t.id for t in pack.tables]
    assert files["pack.toml"]["order"] == [i for i in old if i != "projects_carried"]
    income = files["tables/income.toml"]
    assert set(income) == {"head", "columns"}
    assert len(income["columns"]) == len(pack.table("income").columns) + 1
    assert income["columns"][-1] == "x_column10 | 同级部门拨款 | todo=undecided"
    assert income["head"][0][-1] == "同级部门拨款@1x2"
    three = files["tables/three_public.toml"]
    assert set(three) == {"rows"}
    (rows,) = three["rows"]
    assert "2 | reception | 国内公务接待费 | three_public=reception | 公务接待费" in rows["fixed"].splitlines()
    assert {(n.file, n.key) for n in draft.changes} == {
        ("pack.toml", "order"),
        ("tables/income.toml", "columns"),
        ("tables/income.toml", "head"),
        ("tables/three_public.toml", "rows"),
    }
    assert {(n.file, n.key) for n in draft.questions} == {("pack.toml", "order"), ("tables/income.toml", "columns")}
    assert "text/102-performance-projects.toml" in next(n.text for n in draft.questions if n.key == "order")


PACKS = [pytest.param(pack, id=pack.id) for pack in all_packs()]
WAYS = [
    {},
    {"wide": 2},
    {"together": True},
    {"merged": False},
    {"year": "20  "},
    {"year": "____"},
    {"year": "XX"},
    {"year": ""},
]


@pytest.mark.parametrize("pack", PACKS)
def test_however_a_blank_is_laid_out_it_says_the_same(pack, tmp_path):
    for way in WAYS:
        write_blank(pack, tmp_path / "blank.xlsx", **way)
        draft = drafted(read_blank(tmp_path / "blank.xlsx", pack), pack, "next")
        assert draft.changes == (), way
        assert [n.key for n in draft.questions] == (["years"] if "year" in way else []), way


def shape(pack):
    """Give what a blank form shows of a pack; keys of what is new are anybody's."""
    return {
        t.id: (
            t.title.replace("年度", "年"),
            t.unit,
            t.head,
            [("added" if c.key.startswith("x_") else c.key, c.header, c.side, c.kind) for c in t.columns],
            [
                [("added" if "x_row" in r.key else r.key, r.label) for r in sorted(s.fixed, key=lambda r: r.line)]
                for s in t.rows
            ],
        )
        for t in pack.tables
    }


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("seed", range(12))
def test_whatever_changed_the_drafted_pack_prints_it(pack, seed, tmp_path):
    new, done = edited(pack, Random(seed))
    write_blank(new, tmp_path / "blank.xlsx", wide=1 + seed % 2, together=seed % 3 == 0)
    draft = drafted(read_blank(tmp_path / "blank.xlsx", pack), pack, "next")
    for name, text in files_of(draft).items():
        path = tmp_path / "next" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    got = load_pack(str(tmp_path / "next"))
    assert shape(got) == shape(new), done
    assert [t.id for t in got.tables] == [t.id for t in new.tables]
    touched = {d.split()[0] for d in done}
    assert {Path(f.file).stem for f in draft.files if f.file != "pack.toml"} <= touched
