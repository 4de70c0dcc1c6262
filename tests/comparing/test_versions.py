"""What changed between two disclosures, told by the contract's keys: nothing more, nothing less."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sound_books import sound_book

from mingzhang.cli.main import run
from mingzhang.comparing.versions import changes
from mingzhang.compiling.compile import compile_book
from mingzhang.documents.stored import write_json
from mingzhang.documents.web import write_web

DOCUMENT = compile_book(sound_book(5, "shanxi-2023")).disclosure


def with_cell(document, table, row, column, figure):
    """Put another figure into a table."""
    tables = []
    for one in document.tables:
        rows = tuple(
            replace(r, cells={**r.cells, column: figure}) if (one.id, r.key) == (table, row) else r for r in one.rows
        )
        tables.append(replace(one, rows=rows))
    return replace(document, tables=tuple(tables))


CELLS = [(t.id, r.key, c) for t in DOCUMENT.tables for r in t.rows for c, f in r.cells.items() if f.is_number]


@given(st.sampled_from(CELLS), st.integers(1, 10**6))
def test_one_figure_moved_is_one_change(where, by):
    table, row, column = where
    old = DOCUMENT.table(table).figure(row, column)
    new = replace(old, digits=old.digits + by, printed="")
    (change,) = changes(DOCUMENT, with_cell(DOCUMENT, table, row, column, new))
    assert (change.kind, change.key) == ("figure", f"{table}[{row}].{column}")
    assert change.by.startswith("+")
    (back,) = changes(with_cell(DOCUMENT, table, row, column, new), DOCUMENT)
    assert (back.was, back.now) == (change.now, change.was)


def test_thousands_separators_are_no_change():
    old = DOCUMENT.table("summary").figure("in:total", "amount")
    assert (
        changes(DOCUMENT, with_cell(DOCUMENT, "summary", "in:total", "amount", replace(old, printed=old.plain))) == ()
    )


def test_a_word_changed_in_a_paragraph_is_told_where_it_differs():
    section = next(s for s in DOCUMENT.sections if s.key == "purchased_services")
    told = replace(section, paragraphs=(replace(section.paragraphs[0], text="本年有政府购买服务事项。"),))
    after = replace(DOCUMENT, sections=tuple(told if s is section else s for s in DOCUMENT.sections))
    (change,) = changes(DOCUMENT, after)
    assert (change.kind, change.now) == ("paragraph", "本年有政府购买服务事项。")


def test_a_form_that_is_gone_is_told_with_what_it_said():
    after = replace(DOCUMENT, project_forms=DOCUMENT.project_forms[1:])
    found = changes(DOCUMENT, after)
    assert found
    assert {c.kind for c in found} == {"form", "field"}
    assert all(not c.now for c in found)


@pytest.fixture
def approved(tmp_path):
    write_json(DOCUMENT, tmp_path / "approved.json")
    return tmp_path / "approved.json"


def status(*words):
    with pytest.raises(SystemExit) as stop:
        run([str(w) for w in words])
    return stop.value.code


def test_a_copy_is_identical_equal_or_different(approved, tmp_path, capsys):
    write_web(DOCUMENT, tmp_path / "same.html")
    assert status("verify", tmp_path / "same.html", "--against", approved) == 0
    assert "逐字节" in capsys.readouterr().out
    text = (tmp_path / "same.html").read_text("utf-8")
    (tmp_path / "restyled.html").write_text(text.replace("</style>", "p { color: red }</style>", 1), "utf-8")
    assert status("verify", tmp_path / "restyled.html", "--against", approved) == 0
    assert "内容相同" in capsys.readouterr().out
    total = DOCUMENT.table("summary").figure("in:total", "amount").printed
    at = text.index(f">{total}</td>")
    (tmp_path / "patched.html").write_text(text[:at] + text[at:].replace(total, "1.00", 1), "utf-8")
    assert status("verify", tmp_path / "patched.html", "--against", approved) == 1
    assert f"{total.replace(',', '')} → 1.00" in capsys.readouterr().out


def test_diff_of_two_files(approved, tmp_path, capsys):
    assert status("diff", approved, approved) == 0
    assert "没有不同" in capsys.readouterr().out
    old = DOCUMENT.table("summary").figure("in:total", "amount")
    write_json(with_cell(DOCUMENT, "summary", "in:total", "amount", replace(old, digits=1)), tmp_path / "b.json")
    assert status("diff", approved, tmp_path / "b.json", "--format", "json", "-o", tmp_path / "out.json") == 1
    assert '"key": "summary[in:total].amount"' in Path(tmp_path / "out.json").read_text("utf-8")
