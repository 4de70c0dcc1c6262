"""`read --explain`, `--register`, `--as-one`: what is told of a reading, and how folders and archives are taken."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from foreign_workbooks import printed_sheets, saved
from msgspec.structs import replace

from mingzhang.cli.main import build
from mingzhang.compiling.compile import compile_book
from mingzhang.documents.docx import docx_bytes
from mingzhang.intake.books import read_book

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    document = compile_book(read_book(EXAMPLES / "green-space-2025.json")).disclosure
    folder = tmp_path_factory.mktemp("公开")
    (folder / "说明.docx").write_bytes(docx_bytes(replace(document, tables=())))
    (folder / "附表.xlsx").write_bytes(saved(printed_sheets(document, tables_only=True)))
    return folder


def run(*arguments):
    return CliRunner().invoke(build(), ["read", *map(str, arguments)])


def test_a_folder_as_one_is_explained(folder, tmp_path):
    register = tmp_path / "r.csv"
    register.write_text("编码,名称\n77,上海市澄浦区绿地管理所\n", encoding="utf-8")
    result = run(folder, "--as-one", "--explain", "--register", register)
    assert result.exit_code == 0, result.output
    for words in (
        "shanghai-2025-unit",
        "附表.xlsx",
        "→ income（按表题）",
        "合计 → total（表样的词）",
        "77",
        "把握 100%",
    ):
        assert words in result.output


def test_the_same_as_json(folder):
    tree = json.loads(run(folder, "--as-one", "--explain", "--json").output)
    assert tree["pack"] == "shanghai-2025-unit"
    assert [p["score"] for p in tree["packs"]] == sorted((p["score"] for p in tree["packs"]), reverse=True)
    assert {t["how"] for t in tree["tables"]} == {"title"}
    assert {c["how"] for t in tree["tables"] for c in t["columns"]} <= {"form", "lexicon", "place"}


def test_an_archive_is_one_document(folder, tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    one, other = run(path, "--to", "cells"), run(folder, "--as-one", "--to", "cells")
    assert one.exit_code == other.exit_code == 0
    assert one.stdout == other.stdout


def test_what_nobody_knows_is_said(tmp_path):
    path = tmp_path / "a.txt"
    rows = [
        "2025年预算收支总表",
        "单位：万元",
        "项目\t预算数",
        "合计\t1.00",
        "",
        "2025年奇异事项明细表",
        "单位：万元",
        "名目\t数",
        "甲\t1.00",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    output = run(path, "--explain").output
    assert "unknown:" in output
    assert "没有认出" in output


@pytest.mark.parametrize(("arguments", "message"), [(["--json"], "--explain"), (["--explain"], "--as-one"), ([], "-o")])
def test_options_that_do_not_go_together(arguments, message, folder):
    from mingzhang.model.fault import Fault  # noqa: PLC0415

    result = run(folder, *arguments)
    assert isinstance(result.exception, Fault)
    assert message in str(result.exception)
