"""Last year's document given to commands: compiling with it, and drafting reasons from it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from mingzhang.cli.main import run
from mingzhang.compiling.compile import compile_book
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.documents.stored import write_json
from mingzhang.documents.tabbed import tabbed
from mingzhang.documents.xlsx import write_xlsx
from mingzhang.forms.packs import load_pack
from mingzhang.intake.books import read_book
from mingzhang.model.book import Former
from mingzhang.model.codec import encode

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "school-2024.json"


@pytest.fixture
def folder(tmp_path):
    """Give a folder with this year's book, and last year's book and documents."""
    book = replace(read_book(EXAMPLE), last_year={}, reasons={})
    lines = tuple(replace(x, amount=x.amount * 8 // 10) for x in book.spending)
    last = replace(book, year=2023, pack="shanxi-2023", spending=lines)
    (tmp_path / "now.json").write_bytes(encode(book))
    (tmp_path / "last-book.json").write_bytes(encode(last))
    before = tmp_path / "before"
    before.mkdir()
    document = compile_book(last).disclosure
    write_json(document, before / "last.json")
    write_xlsx(document, before / "last.xlsx")
    printed = tmp_path / "printed"
    printed.mkdir()
    for name, content in on_paper().items():
        (printed / name).write_bytes(content)
    return tmp_path


@cache
def on_paper():
    """Give last year's document as others have it: a PDF, and text with tabs."""
    book = replace(read_book(EXAMPLE), last_year={}, reasons={})
    lines = tuple(replace(x, amount=x.amount * 8 // 10) for x in book.spending)
    document = compile_book(replace(book, year=2023, pack="shanxi-2023", spending=lines)).disclosure
    return {"last.pdf": pdf_bytes(document), "last.txt": tabbed(document, load_pack("shanxi-2023")).encode()}


@pytest.fixture
def call(capfd, monkeypatch, tmp_path):
    monkeypatch.delenv("MINGZHANG_LANG", raising=False)
    monkeypatch.chdir(tmp_path)

    def calling(*words):
        with pytest.raises(SystemExit) as stopped:
            run([str(w) for w in words])
        return (stopped.value.code, *capfd.readouterr())

    return calling


def totals(path):
    sections = json.loads(path.read_text(encoding="utf-8"))["sections"]
    return next(s for s in sections if s["key"] == "totals")["paragraphs"][0]["text"]


@pytest.mark.parametrize(
    "given",
    ["before/last.json", "before/last.xlsx", "before", "last-book.json", "printed/last.pdf", "printed/last.txt"],
)
def test_compiling_with_last_years_document(call, folder, given):
    status, _out, err = call("compile", "now.json", "-o", "out", "--formats", "json", "--last-year", given)
    assert status == 0
    assert "比上年预算数增加679.44万元，增长25.00%" in totals(folder / "out" / "now.json")
    assert "底册没有给出原因（reasons.totals）" in err


def test_a_document_of_another_unit_is_refused_but_for_a_new_one(call, folder):
    book = read_book(folder / "now.json")
    (folder / "now.json").write_bytes(encode(replace(book, unit_name="别的学校", unit_code="9")))
    for given in ("before", "before/last.json"):
        status, _out, err = call("compile", "now.json", "-o", "out", "--formats", "json", "--last-year", given)
        assert status == 2
        assert "沿革" in err
        assert not (folder / "out").exists()
    new = replace(book, unit_name="别的学校", unit_code="9", formerly=(Former(what="unit"),))
    (folder / "now.json").write_bytes(encode(new))
    assert call("compile", "now.json", "-o", "out", "--formats", "json", "--last-year", "before")[0] == 0
    assert "上年无可比数" in totals(folder / "out" / "now.json")


def test_reasons_as_data_add_up(call, folder):
    status, out, _err = call("reasons", "now.json", "--last-year", "before/last.xlsx", "--format", "json")
    assert status == 0
    drafts = {d["statement"]: d for d in json.loads(out)}
    for draft in drafts.values():
        for breakdown in draft["breakdowns"]:
            total = sum(int(p["change"].replace(".", "")) for p in breakdown["parts"])
            assert total == int(draft["change"].replace(".", ""))
    assert drafts["income_total"]["change"] == "6794400.00"


def test_drafts_are_accepted_into_another_book_and_only_there(call, folder):
    status, out, err = call("reasons", "now.json", "--last-year", "before/last.json", "-o", "accepted.xlsx")
    assert status == 0
    assert "按项目" in out
    assert "请逐条核定" in err
    assert read_book(folder / "now.json").reasons == {}
    accepted = read_book(folder / "accepted.xlsx").reasons
    assert accepted["totals"].startswith("基本支出增加")
    call("compile", "accepted.xlsx", "-o", "out", "--formats", "json", "--last-year", "before/last.json")
    assert f"主要原因是{accepted['totals']}" in totals(folder / "out" / "accepted.json")
