"""What the cover says of clearances is a sheet of the book's workbook like any other."""

from msgspec.structs import replace
from sound_books import sound_book

from mingzhang.forms.packs import load_pack
from mingzhang.intake.template import template_bytes
from mingzhang.intake.workbook import read_workbook


def test_the_workbook_holds_them():
    pack = load_pack("shanxi-2023")
    book = replace(sound_book(8, "shanxi-2023"), clearances={"secrecy_review": "已审查", "x_seal": "已盖章"})

    assert read_workbook(template_bytes(pack, book), "b.xlsx").clearances == book.clearances
