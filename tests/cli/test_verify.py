"""Is a copy what was approved? What people see counts, whatever data lie beside it; every answer has its reason."""

import json

import openpyxl
import pikepdf
import pytest
from msgspec.structs import replace
from sound_books import sound_book

from mingzhang.cli.main import run
from mingzhang.cli.writers import write_all
from mingzhang.compiling.compile import compile_book
from mingzhang.documents.stored import write_json

FORMATS = ("json", "pdf", "xlsx")
WORD, OTHER = "任务与上年安排不同", "任务与往年安排不同"


@pytest.fixture(scope="module")
def document():
    return compile_book(sound_book(4, "shanghai-2025-unit")).disclosure


@pytest.fixture(scope="module")
def folder(document, tmp_path_factory):
    folder = tmp_path_factory.mktemp("approved")
    write_all(document, folder, "a", FORMATS, draft=False, fonts="")
    write_all(document, folder, "draft", ("pdf",), draft=True, fonts="")
    write_all(edited(document), folder, "edited", ("pdf",), draft=False, fonts="")
    return folder


def edited(document):
    """Change words of one paragraph, and no figure."""
    sections = list(document.sections)
    at, text = next((n, x) for n, x in enumerate(sections) if any(WORD in p.text for p in x.paragraphs))
    changed = tuple(replace(p, text=p.text.replace(WORD, OTHER)) for p in text.paragraphs)
    sections[at] = replace(text, paragraphs=changed)
    return replace(document, sections=tuple(sections))


def verified(folder, name, *words):
    with pytest.raises(SystemExit) as stop:
        run(["verify", str(folder / name), "--against", str(folder / "a.json"), *words])
    return stop.value.code


@pytest.mark.parametrize("name", [f"a.{f}" for f in FORMATS[1:]])
def test_what_we_wrote_is_identical(folder, name, capsys):
    assert verified(folder, name) == 0
    assert "逐字节" in capsys.readouterr().out


def test_a_draft_is_told_as_one(folder, capsys):
    assert verified(folder, "draft.pdf") == 1
    assert "草稿水印" in capsys.readouterr().out


def with_data_of(folder, name, other, target):
    """Put the data that one PDF carries into another."""
    with pikepdf.open(folder / name) as pdf, pikepdf.open(folder / other) as source:
        content = source.attachments["disclosure.json"].get_file().read_bytes()
        pdf.attachments["disclosure.json"] = pikepdf.AttachedFileSpec(pdf, content, filename="disclosure.json")
        pdf.save(folder / target)


@pytest.mark.parametrize(
    ("shows", "carries", "told"), [("edited", "a", "【往】"), ("a", "edited", "附带的数据"), ("a", "a", "内容相同")]
)
def test_a_pdf_counts_by_what_it_shows_and_its_data_by_themselves(folder, shows, carries, told, capsys):
    with_data_of(folder, f"{shows}.pdf", f"{carries}.pdf", f"{shows}-{carries}.pdf")
    assert verified(folder, f"{shows}-{carries}.pdf") == int(shows != carries)
    assert told in capsys.readouterr().out


def test_what_print_and_data_say_alike_is_told_once(folder, capsys):
    assert verified(folder, "edited.pdf") == 1
    told = capsys.readouterr().out
    assert verified(folder, "edited.pdf", "--format", "json") == 1
    every = json.loads(capsys.readouterr().out)["changes"]
    count = told.count("【往】")
    assert 2 * count == len(every) > 0
    assert told.endswith(f"附带的数据里有 {count} 处与印出的一样不同。\n")


def test_an_edited_cell_is_named_though_the_data_beside_it_are_whole(folder, capsys):
    book = openpyxl.load_workbook(folder / "a.xlsx")
    sheet = book.worksheets[1]
    cell = next(c for row in sheet.iter_rows() for c in row if isinstance(c.value, int | float))
    cell.value += 1
    text = next(c for row in book["文字说明"].iter_rows() for c in row if WORD in str(c.value))
    text.value = text.value.replace(WORD, OTHER)
    book.save(folder / "edited.xlsx")

    assert verified(folder, "edited.xlsx", "--format", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "different"
    assert [c["key"] for c in told["changes"]] == [f"{sheet.title}!{cell.coordinate}", f"文字说明!{text.coordinate}"]


def test_a_workbook_saved_by_another_program_is_equal(folder, capsys):
    openpyxl.load_workbook(folder / "a.xlsx").save(folder / "saved.xlsx")
    assert verified(folder, "saved.xlsx") == 0
    assert "内容相同" in capsys.readouterr().out


def test_a_copy_of_another_unit_is_told_first(folder, document, capsys):
    write_json(replace(document, unit_name="别县别局"), folder / "other.json")
    assert verified(folder, "other.json", "-o", str(folder / "told.txt")) == 1
    told = (folder / "told.txt").read_text("utf-8")
    assert f"{document.unit_name} → 别县别局" in told
    assert told.index("别县别局") < told.index("共 1 处不同")
