"""Every form of a document says the same: read back equal in all that is printed, what is attached to the PDF left aside."""

import pytest
from printed_alone import read_printed
from readings import differing
from sound_books import sound_book

from mingzhang.cli.writers import write_all
from mingzhang.compiling.compile import compile_book
from mingzhang.model.page import Cell, Line
from mingzhang.readback.paragraphs import joined

FORMATS = ("pdf", "docx", "xlsx", "html", "json")
SIX = (
    (2, "shanghai-2025-unit"),
    (6, "shanghai-2025"),
    (8, "shanxi-2023"),
    (11, "shanxi-2023"),
    (4, "guizhou-2025"),
    (29, "shanxi-2024"),
)


@pytest.mark.parametrize(("seed", "pack"), SIX)
def test_what_is_printed_comes_back(seed, pack, tmp_path):
    document = compile_book(sound_book(seed, pack)).disclosure
    for path in write_all(document, tmp_path, "a", FORMATS, draft=False, fonts=""):
        assert differing(document, read_printed(path)) == [], path.name


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (["1.“社会保障（类）养老（款）", "行政离退休（项）”58.69万元。"], 1),
        (["一、收入情况（不含结转）", "今年收入58.69万元。"], 2),
        (["他们说“好。", "今年收入58.69万元。"], 2),
        (["一般公共预算 2,576.00（23.79%）", "政府性基金 10（1%）"], 2),
    ],
)
def test_a_paragraph_goes_on_inside_a_quotation(lines, paragraphs):
    assert len(joined([Line((Cell(x),)) for x in lines])) == paragraphs
