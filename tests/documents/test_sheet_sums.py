"""Live sums of our workbooks: they give what is printed, no circle, and a spreadsheet program computes the same."""

import io
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from disclosures import wild_disclosures
from hypothesis import given, settings
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.xlsx import workbook_bytes
from mingzhang.readback.workbook import read_workbook

PACKS = ("shanxi-2024", "shanghai-2025")
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


@pytest.fixture(scope="module")
def disclosures():
    return {pack: compile_book(sound_book(3, pack)).disclosure for pack in PACKS}


def opened(content, *, values=False):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def sums_of(book):
    return {(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row if c.data_type == "f"}


def computed(book, sheet, formula):
    """Add up as a spreadsheet does, in whole hundredths; texts and blanks add nothing."""
    total = 0
    for sign, inside in re.findall(r"([-=])SUM\(([^)]*)\)", formula):
        for part in inside.split(","):
            cells = book[sheet][part]
            found = [c for row in cells for c in row] if isinstance(cells, tuple) else [cells]
            total += (-1 if sign == "-" else 1) * sum(
                round(c.value * 100) for c in found if isinstance(c.value, int | float)
            )
    return total


@pytest.mark.parametrize("pack", PACKS)
def test_every_formula_gives_its_kept_value(disclosures, pack):
    content = workbook_bytes(disclosures[pack])
    live, kept = opened(content), opened(content, values=True)
    found = sums_of(live)

    assert len(found) > 50
    for (sheet, cell), formula in found.items():
        assert computed(kept, sheet, formula) == round(kept[sheet][cell].value * 100), (sheet, cell, formula)


def test_totals_of_every_filled_table_are_live(disclosures):
    document = disclosures["shanxi-2024"]
    book = opened(workbook_bytes(document))
    live = set(sums_of(book))
    for table in ("income", "spending", "general_spending", "basic_economic"):
        place = book.defined_names[f"{table}.total.total"].attr_text
        sheet, cell = place.rsplit("!", 1)
        assert (sheet.strip("'"), cell.replace("$", "")) in live, table


def test_names_lead_to_the_figures_of_their_keys(disclosures):
    document = disclosures["shanxi-2024"]
    book = opened(workbook_bytes(document), values=True)
    summary = next(t for t in document.tables if t.id == "summary")
    for row in summary.rows:
        for column, figure in row.cells.items():
            sheet, cell = book.defined_names[f"summary.{row.key.replace(':', '_')}.{column}"].attr_text.rsplit("!", 1)
            value = book[sheet.strip("'")][cell].value
            assert value is None if figure.digits is None else round(value * 100) == figure.digits
    assert "projects.project_1.total" in book.defined_names


@settings(max_examples=12)
@given(disclosure=wild_disclosures())
def test_names_are_such_as_workbooks_take(disclosure):
    found = list(opened(workbook_bytes(disclosure)).defined_names)

    assert len({n.casefold() for n in found}) == len(found)
    assert all(re.fullmatch(r"[^\W\d][\w.]{0,254}", n) for n in found if not n.startswith("_xlnm"))


@pytest.fixture(scope="module")
def recalculated(disclosures, tmp_path_factory):
    """Let LibreOffice compute a workbook anew in which every kept value was planted wrong."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice")
    folder = tmp_path_factory.mktemp("office")
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(RECALCULATE, "utf-8")
    good = workbook_bytes(disclosures["shanxi-2024"])
    (folder / "planted.xlsx").write_bytes(planted(good))
    command = [office, f"-env:UserInstallation=file://{profile.parent}", "--headless", "--convert-to", "xlsx"]
    files = ["--outdir", str(folder / "out"), str(folder / "planted.xlsx")]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=120)
    return good, (folder / "planted.xlsx").read_bytes(), (folder / "out" / "planted.xlsx").read_bytes()


def planted(content):
    """Put a wrong value beside every formula."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f><v>123456.78</v>", before.read(name)))
    return out.getvalue()


def test_a_spreadsheet_program_computes_what_is_printed(recalculated):
    good, wrong, computed_anew = (opened(content, values=True) for content in recalculated)
    formulas = sums_of(opened(recalculated[0]))

    assert len(formulas) > 50
    for sheet, cell in formulas:
        assert wrong[sheet][cell].value == 123456.78
        assert round(computed_anew[sheet][cell].value * 100) == round(good[sheet][cell].value * 100), (sheet, cell)


def test_formulas_saved_without_values_are_not_blanks_but_blanks_are(disclosures, tmp_path):
    path = tmp_path / "d.xlsx"
    book = opened(workbook_bytes(disclosures["shanxi-2024"]))
    book.save(path)
    assert read_workbook(path) == disclosures["shanxi-2024"]

    sheet, cell = next(iter(sums_of(book)))
    book[sheet][cell].value = None
    book.save(path)
    doubted = [f for t in read_workbook(path).tables for r in t.rows for f in r.cells.values() if f.doubt]
    assert [cell in f.doubt for f in doubted] == [True]
