"""Where settings come from, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingzhang.cli.settings import FILE, InvalidSettings, Settings, language_asked_for
from mingzhang.forms.packs import load_pack, pack_ids

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MINGZHANG_LANG", raising=False)
    monkeypatch.chdir(tmp_path)


def test_flag_beats_environment_beats_file_beats_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Settings.load()["lang"] == "zh"
    (tmp_path / FILE).write_text('lang = "en"\n', encoding="utf-8")
    assert Settings.load().values["lang"].origin == str(tmp_path / FILE)
    monkeypatch.setenv("MINGZHANG_LANG", "zh")
    assert Settings.load().values["lang"].origin == "MINGZHANG_LANG"
    assert Settings.load({"lang": "en"})["lang"] == "en"


def test_a_file_further_up_is_found(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('lang = "en"\n', encoding="utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)

    assert Settings.load(folder=below)["lang"] == "en"


@pytest.mark.parametrize("content", ["lang = ", 'colour = "red"\n'])
def test_a_bad_file_is_a_fault_that_names_it(content: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")

    with pytest.raises(InvalidSettings, match=FILE):
        Settings.load()


def test_language_is_known_before_the_command_is_built() -> None:
    assert language_asked_for(["--lang", "en", "read"]) == "en"
    assert language_asked_for(["--lang=en"]) == "en"
    assert language_asked_for(["read"]) == "zh"


def test_what_a_batch_rests_on_changes_with_files_given_and_folders_set(tmp_path: Path) -> None:
    given = tmp_path / "register.csv"
    own = tmp_path / "standards"
    own.mkdir()
    settings = Settings.load(flags={"standards": str(own), "packs": str(tmp_path / "none")})
    seen = [settings.content(given, None)]
    for path in (given, own / "functional.csv", given):
        path.write_text(f"{len(seen)}", encoding="utf-8")
        seen.append(settings.content(given, None))
    assert len(set(seen)) == len(seen)
    assert settings.content(given, None) == seen[-1]


def test_a_folder_of_packs_reaches_the_forms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MINGZHANG_PACKS", "")
    own = tmp_path / "packs" / "shanxi-2031"
    own.mkdir(parents=True)
    own.joinpath("pack.toml").write_text(
        'id = "shanxi-2031"\nedition = "1"\nextends = "shanxi-2024"\nyears = [2031]\n', encoding="utf-8"
    )
    (tmp_path / FILE).write_text(f'packs = "{tmp_path / "packs"}"\n', encoding="utf-8")
    Settings.load().give_to_rooms()

    assert "shanxi-2031" in pack_ids()
    assert load_pack("shanxi-2031").years == (2031,)
    assert len(load_pack("shanxi-2031").tables) == 13
