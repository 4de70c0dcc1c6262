"""Findings at their place: highlights in a copy of the PDF, also of turned pages, and bands cut for the web report."""

import io

import pikepdf
import pytest
from golden import disclosure_of

from mingzhang.documents.annotated import annotated
from mingzhang.documents.found_places import Seen, scenes_of
from mingzhang.documents.report_page import report_page
from mingzhang.model.finding import Finding, Spot
from mingzhang.model.page import Picture
from mingzhang.rules.worklist import tasks_of

DOCUMENT = disclosure_of("[table spending] total\ntotal 合计: 1.00\n")
FOUND = (Finding("x", "B-001", "error", "violated", "甲", (Spot(page=1, line=2), Spot(page=1, line=9))),)
LINES = {(1, 2): (1000, 2000, 5000, 3000), (1, 9): (1000, 60000, 5000, 61000)}


def _blank(turn: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(600, 800))
        pdf.pages[0].obj["/Rotate"] = turn
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("turn", "rect"),
    [(0, [10, 770, 50, 780]), (90, [20, 10, 30, 50]), (180, [550, 20, 590, 30]), (270, [570, 750, 580, 790])],
)
def test_a_highlight_lies_where_the_line_is_seen(turn, rect):
    blank = _blank(turn)
    content, count = annotated(blank, FOUND, DOCUMENT, LINES)
    assert count == 2
    with pikepdf.open(io.BytesIO(content)) as pdf:
        note = pdf.pages[0].Annots[0]
        assert [int(x) for x in note.Rect] == rect
        assert note.Subtype == "/Highlight"
        assert tasks_of(FOUND, DOCUMENT)[0].problem in str(note.Contents)
    assert annotated(blank, FOUND, DOCUMENT, LINES)[0] == content


def test_marks_far_apart_have_pictures_of_their_own():
    scenes = scenes_of(FOUND, DOCUMENT, LINES, {1: (60000, 80000)})
    assert [len(s.marks) for s in scenes[1]] == [1, 1]
    assert all(s.band.top < m.box[1] < m.box[3] < s.band.bottom for s in scenes[1] for m in s.marks)
    pictures = {s.band: Picture(b"", 60000, s.band.bottom - s.band.top) for s in scenes[1]}
    page = report_page(FOUND, DOCUMENT, seen=Seen(scenes, pictures))
    assert page.count('class="mz-meant"') == 2
    assert "mz-scene" not in report_page(FOUND, DOCUMENT).partition("<body")[2]
