"""Statements on the cover (保密审查情况：已审查): printed in every form as the book states them, told from its other lines."""

import shutil

import pytest
from msgspec.structs import replace
from printed_alone import read_printed
from readings import differing
from sound_books import sound_book

from mingzhang.cli.main import run
from mingzhang.cli.writers import write_all
from mingzhang.compiling.compile import compile_book
from mingzhang.documents.docx import docx_bytes
from mingzhang.documents.flow import statements_of
from mingzhang.documents.web import web_page
from mingzhang.forms.pack import CoverLine, PackCover
from mingzhang.forms.pack_check.checking import check_pack
from mingzhang.forms.packs import load_pack, pack_folder
from mingzhang.model.codec import encode
from mingzhang.model.disclosure import CoverStatement
from mingzhang.model.fault import InvalidBook
from mingzhang.model.page import Cell, Line
from mingzhang.readback.clearances import divided_cover

LINES = """
[[cover.lines]]
key = "secrecy_review"
label = "保密审查情况"
states = ["已审查"]

[[cover.lines]]
key = "sign_off"
label = "部门主要负责人审签情况"
states = ["已审签", "已审定"]
names = ["主要领导审签"]
"""
SAID = {"secrecy_review": "已审查", "sign_off": "已审签"}


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    """Give a folder of packs whose one form prints two statements on its cover."""
    folder = tmp_path_factory.mktemp("packs") / "cleared-2023"
    shutil.copytree(pack_folder("shanxi-2023"), folder)
    path = folder / "pack.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"shanxi-2023"', '"cleared-2023"') + LINES, encoding="utf-8"
    )
    return folder.parent


@pytest.fixture
def pack(packs, monkeypatch):
    monkeypatch.setenv("MINGZHANG_PACKS", str(packs))
    return load_pack("cleared-2023")


def book(**changes):
    return replace(sound_book(8, "shanxi-2023"), pack="cleared-2023", **changes)


def read(text, *packs):
    """Divide a cover printed as these lines, cells divided by tabs."""
    lines = [Line(tuple(Cell(c) for c in line.split("\t"))) for line in text.splitlines()]
    kept, found = divided_cover(lines, packs)
    return [line.text for line in kept], [(s.label, s.state, s.key) for s in found]


def test_every_form_prints_them_and_they_come_back(pack, tmp_path):
    document = compile_book(book(clearances=SAID)).disclosure

    assert [(s.key, s.state) for s in document.publication.statements] == list(SAID.items())
    for theme in ("", "celadon"):
        for path in write_all(
            document, tmp_path, "a", ("pdf", "docx", "xlsx", "html", "json"), draft=False, fonts="", theme=theme
        ):
            assert differing(document, read_printed(path)) == [], (theme, path.name)


def test_what_the_book_leaves_open_is_told_and_blank_on_a_draft_only(pack):
    made = compile_book(book(clearances={"sign_off": "已审定"}))

    assert ["保密审查情况" in text for text in made.clearances_due] == [True]
    draft = ["保密审查情况：＿＿＿＿", "部门主要负责人审签情况：已审定"]
    assert statements_of(made.disclosure, pack, draft=True) == draft
    assert statements_of(made.disclosure, pack, draft=False) == draft[1:]
    assert "保密审查情况：＿＿＿＿" in web_page(made.disclosure, pack=pack, draft=True)
    assert "保密审查情况" not in web_page(made.disclosure, pack=pack)
    assert docx_bytes(made.disclosure, pack=pack, draft=True) != docx_bytes(made.disclosure, pack=pack)


def test_a_cover_names_no_person(pack):
    with pytest.raises(InvalidBook, match="已审签、已审定"):
        compile_book(book(clearances={"sign_off": "某某某"}))


def test_what_no_cover_prints_is_told():
    made = compile_book(replace(sound_book(8, "shanxi-2023"), clearances=SAID))

    assert made.disclosure.publication.statements == ()
    assert len(made.clearances_due) == 2


def test_compile_tells_what_is_due(pack, tmp_path, capsys):
    path = tmp_path / "b.json"
    path.write_bytes(encode(book(clearances={"sign_off": "已审签"})))
    with pytest.raises(SystemExit):
        run(["compile", str(path), "-o", str(tmp_path / "out"), "--formats", "json"])
    told = capsys.readouterr()

    assert "保密审查情况" in told.err
    assert "审签情况" not in told.err


@pytest.mark.parametrize(
    ("text", "kept", "found"),
    [
        ("某县某局\n2024年部门预算\n保密审查情况：已审查\n部门主要负责人审签情况：已审签", 2, [("保密审查情况", "已审查"), ("部门主要负责人审签情况", "已审签")]),
        ("某局\n保密审查情况: 已审查　主要领导审签情况：已审签", 1, [("保密审查情况", "已审查"), ("主要领导审签情况", "已审签")]),
        ("某局\n保密审查情况：已审查\t单位负责人审签情况：已审签", 1, [("保密审查情况", "已审查"), ("单位负责人审签情况", "已审签")]),
        ("某局\n保 密 审 查：已 审 查", 1, [("保密审查", "已审查")]),
        ("某局\n保密审查情况：＿＿＿＿", 1, [("保密审查情况", "")]),
        ("某局\n保密审查情况：", 1, [("保密审查情况", "")]),
        ("编制部门：某县某局\n公开时间：2024年2月1日", 2, []),
        ("保密审查情况\n某县保密局：预算公开", 2, []),
    ],
)  # fmt: skip
def test_statements_are_told_from_other_lines_of_a_cover(text, kept, found):
    lines, statements = read(text)

    assert len(lines) == kept
    assert [s[:2] for s in statements] == found


def test_a_label_of_the_form_gives_the_key():
    lines = PackCover((CoverLine("x_seal", "公章审核", ("已盖章",), ("用印",)),))
    pack = replace(load_pack("shanxi-2023"), cover=lines)

    assert read("公章审核：已盖章", pack)[1] == [("公章审核", "已盖章", "x_seal")]
    assert read("用 印：已盖章", pack)[1] == [("用印", "已盖章", "x_seal")]
    assert read("公章审核：已盖章") == (["公章审核：已盖章"], [])


def test_a_statement_without_a_key_is_one_by_its_label():
    statement = CoverStatement("保密审查情况", "已审查")
    document = compile_book(sound_book(8, "shanxi-2023")).disclosure
    document = replace(document, publication=replace(document.publication, statements=(statement,)))

    assert statements_of(document, None, draft=False) == ["保密审查情况：已审查"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (LINES.replace('"sign_off"', '"secrecy_review"'), "cover.lines[1].key"),
        (LINES.replace("主要领导审签", "保密审查情况"), "cover.lines[1].label"),
        (LINES.replace("保密审查情况", "保密审查："), "cover.lines[1].label"),
        (LINES.replace('states = ["已审查"]', "states = []"), "cover.lines[1].states"),
        (LINES.replace('"已审定"', '"某某某于某年某月某日在某地审定"'), "cover.lines[2].states"),
    ],
)
def test_the_author_of_a_form_is_told(text, key, packs, tmp_path):
    folder = tmp_path / "cleared-2023"
    folder.mkdir()
    (folder / "pack.toml").write_text(f'id = "cleared-2023"\nextends = "shanxi-2023"\n{text}', encoding="utf-8")

    assert key in [f.key for f in check_pack(str(folder)).faults if f.severity == "error"]


def test_a_form_with_such_lines_has_nothing_to_mend(packs):
    from mingzhang.batch.pack_trials import tried  # noqa: PLC0415

    found = check_pack(str(packs / "cleared-2023"))
    assert [f for f in found.faults if f.severity == "error"] == []
    assert tried(str(packs / "cleared-2023"), found.pack, 1) == ()
