"""`mingzhang pack check`: what it says, in which form, with which exit status; the form is tried with made-up books."""

from __future__ import annotations

import json
import shutil

import pytest

from mingzhang.batch.pack_trials import tried
from mingzhang.batch.trial_books import trial_book
from mingzhang.cli.main import run
from mingzhang.forms.packs import SHIPPED, load_pack, pack_ids


def call(*words):
    with pytest.raises(SystemExit) as stopped:
        run([*words])
    return stopped.value.code


def planted(tmp_path, file, old, new, name="shanxi-2023"):
    folder = tmp_path / name
    shutil.copytree(SHIPPED / name, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(folder)


def test_a_sound_pack_is_tried_and_nothing_is_said_but_that(capsys):
    assert call("pack", "check", "shanghai-2025", "--books", "1") == 0
    assert capsys.readouterr().out == "shanghai-2025：没有要改的地方（试编 1 本）\n"


def test_a_fault_is_told_with_its_place_and_the_status_is_1(tmp_path, capsys):
    folder = planted(tmp_path, "tables/income.toml", "fund=general origin", "fund=genral origin")
    assert call("pack", "check", folder) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{folder}/tables/income.toml:14 columns[4]"
    assert said[1:3] == ["  错误：“fund”没有“genral”这个值", "  → 是不是“general”？"]
    assert said[-1].endswith("1 处错误，0 处警告")


def test_warnings_are_listed_and_leave_the_status_0(tmp_path, capsys):
    folder = planted(tmp_path, "text/10-totals.toml", '  "new income_change :: <unlike_before>",\n', "")
    assert call("pack", "check", folder, "--books", "0") == 0
    assert "  警告：“income_change”没有可比的上年数时没有话说" in capsys.readouterr().out


def test_a_folder_is_given_by_its_name_where_it_stands(tmp_path, capsys, monkeypatch):
    planted(tmp_path, "pack.toml", "years = [2023]", "years = [2023]\nunheard = 1", name="shanxi-2023")
    monkeypatch.chdir(tmp_path)
    assert call("pack", "check", "shanxi-2023") == 1
    assert capsys.readouterr().out.startswith("shanxi-2023/pack.toml:6 unheard\n")
    (tmp_path / "empty").mkdir()
    assert call("pack", "check", "empty") == 2
    assert "文件夹里没有 pack.toml" in capsys.readouterr().err


def test_programs_get_json(tmp_path, capsys):
    folder = planted(tmp_path, "pack.toml", "years = [2023]", "years = [2023]\nunheard = 1")
    assert call("pack", "check", folder, "--format", "json") == 1
    (fault,) = json.loads(capsys.readouterr().out)
    assert (fault["pack"], fault["key"], fault["severity"]) == (folder, "unheard", "error")


def test_no_such_pack_is_status_2(capsys):
    assert call("pack", "check", "atlantis-2023") == 2
    assert "没有名为“atlantis-2023”的表样包" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "said", "where"),
    [
        # a carried amount in the table without it: adds up by itself, but not with the others
        (("tables/general_spending.toml", "fund=general origin=current", "fund=general"), "不合规则", "tables"),
        (("tables/basic_economic.toml", 'keyed_by = "name"', 'keyed_by = "code"'), "由文本读回不同", "basic_economic"),
    ],
)
def test_a_form_that_contradicts_the_rules_or_cannot_be_read_is_told_by_trying_it(tmp_path, change, said, where):
    folder = planted(tmp_path, *change)
    faults = tried(folder, load_pack(folder), 2)
    assert any(said in f.message and where in f.file for f in faults), [(f.place, f.message) for f in faults]


@pytest.mark.parametrize("name", pack_ids())
def test_made_up_books_are_alike_by_seed_and_of_the_kind_of_the_form(name):
    pack = load_pack(name)
    assert trial_book(pack, 3) == trial_book(pack, 3) != trial_book(pack, 5)
    book = trial_book(pack, 4)
    assert all(x.amount % 1_000_000 == 0 for x in book.spending)
    assert (book.kind, book.year, book.pack) == (pack.kind, pack.years[-1], name)
    assert (book.members == ()) >= (pack.kind == "unit_budget")
