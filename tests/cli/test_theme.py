"""`mingzhang theme`, and `--theme` of the commands that write documents."""

import json
import shutil

import pytest
from disclosures import small_disclosure
from sound_books import sound_book

from mingzhang.cli.main import run
from mingzhang.cli.making import Order
from mingzhang.documents.fonts import shipped_folder
from mingzhang.documents.stored import write_json
from mingzhang.model.codec import encode


def status(*words):
    with pytest.raises(SystemExit) as end:
        run([str(w) for w in words])
    return end.value.code or 0


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_json(small_disclosure(), tmp_path / "a.json")
    return tmp_path


def theme(folder, text):
    folder.mkdir(exist_ok=True)
    (folder / "theme.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_theme_is_asked_for_by_flag_setting_or_folder(desk):
    own = theme(desk / "own", '[colours]\ntint = "#fdf1e7"\n')
    assert status("render", "a.json", "-o", "flag", "--formats", "html", "--theme", own) == 0
    assert status("render", "a.json", "-o", "usual", "--formats", "html") == 0
    (desk / "mingzhang.toml").write_text('theme = "own"\n', encoding="utf-8")
    assert status("render", "a.json", "-o", "setting", "--formats", "html") == 0
    assert status("render", "a.json", "-o", "back", "--formats", "html", "--theme", "standard") == 0

    pages = {n: (desk / n / "a.html").read_text(encoding="utf-8") for n in ("flag", "usual", "setting", "back")}
    assert "#fdf1e7" in pages["flag"]
    assert pages["flag"] == pages["setting"]
    assert pages["usual"] == pages["back"] != pages["flag"]


def test_nothing_is_written_with_a_theme_that_cannot_be_used(desk, capsys):
    own = theme(desk / "own", "[sizes]\nbody = 40\n")
    (desk / "b.json").write_bytes(encode(sound_book(8, "shanxi-2023")))

    assert status("render", "a.json", "-o", "out", "--theme", own) == 2
    assert status("compile", "b.json", "-o", "out", "--theme", own) == 2
    assert status("compile", "b.json", "-o", "out", "--theme", "nobody") == 2
    assert not (desk / "out").exists()
    told = capsys.readouterr().err
    assert "theme.toml:2 sizes.body" in told
    assert "Traceback" not in told


def test_a_batch_does_its_books_again_when_the_theme_changes(desk):
    order = Order(("pdf",), theme=str(theme(desk / "own", "")))

    assert desk / "own" in order.given
    assert Order(("pdf",), theme="celadon").given == ()
    assert Order(("pdf",)).given == ()


def test_check_tells_programs_too(desk, capsys):
    own = theme(desk / "own", '[colours]\nink = "#999999"\n')

    assert status("theme", "check", own, "--format", "json") == 1
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert ("error", "colours.ink", 2) in [(f["severity"], f["key"], f["line"]) for f in faults]


def test_check_keeps_the_sample_and_counts_what_a_font_lacks(desk, capsys):
    own = theme(desk / "own", "")
    (own / "fonts").mkdir()
    font = next(p for p in sorted(shipped_folder().iterdir()) if p.suffix == ".otf")
    shutil.copy(font, own / "fonts" / "a.otf")
    (own / "fonts" / "b.otf").write_bytes(b"OTTO")

    assert status("theme", "check", own, "-o", "sample") == 1
    assert "fonts/b.otf" in capsys.readouterr().out
    (own / "fonts" / "b.otf").unlink()
    assert status("theme", "check", own, "-o", "sample") == 0
    assert sorted(p.name for p in (desk / "sample").iterdir()) == [
        "sample.docx", "sample.html", "sample.pdf", "sample.xlsx",
    ]  # fmt: skip


def test_init_overwrites_nothing(desk, capsys):
    assert status("theme", "init", "new") == 0
    before = (desk / "new" / "theme.toml").read_text(encoding="utf-8")

    assert status("theme", "init", "new", "--from", "celadon") == 2
    assert status("theme", "init", "other", "--from", "nobody") == 2
    assert (desk / "new" / "theme.toml").read_text(encoding="utf-8") == before
    assert not (desk / "other").exists()


def test_the_list_is_in_english_too(capsys):
    assert status("--lang", "en", "theme", "list") == 0
    assert capsys.readouterr().out.split("\n")[0] == "celadon  Celadon"
