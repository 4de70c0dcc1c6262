"""Findings at their places: bands of a PDF's pages in the report, highlights in a copy of the PDF."""

import io

import pikepdf
import pytest
from lxml import html

from mingzhang.cli.main import run
from mingzhang.documents.found_places import Pages, scenes_of
from mingzhang.readback.doors import read_file
from mingzhang.readback.opening import opened
from mingzhang.readback.pictures import sizes_of
from mingzhang.rules.engine import check


@pytest.fixture(scope="module")
def sample(samples):
    return samples / "putuo-finance-2025.pdf"


@pytest.fixture(scope="module")
def found(sample):
    document = read_file(sample)
    return document, check(document)


def test_every_mark_lies_on_its_page(sample, found):
    document, findings = found
    sizes = sizes_of(sample)
    scenes = scenes_of(findings, document, opened(sample).boxes, sizes)
    marks = [(s.band, m) for own in scenes.values() for s in own for m in s.marks]
    assert len(marks) > 10
    for band, mark in marks:
        left, top, right, bottom = mark.box
        assert 0 <= left < right <= sizes[mark.page][0]
        assert band.page == mark.page
        assert band.top <= top < bottom <= band.bottom


def test_a_figure_is_marked_by_its_own_box(found, sample):
    document, findings = found
    pages = Pages(document, opened(sample).boxes)
    spot = next(s for f in findings if f.rule == "E-001" and f.severity == "error" for s in f.where if s.table)
    row = document.table(spot.table).row(spot.row)
    assert pages.box(spot) == row.cells[spot.column].place.box


def test_the_copy_has_a_highlight_for_each_and_is_otherwise_the_file(sample, tmp_path):
    out = tmp_path / "marked.pdf"
    before = sample.read_bytes()
    with pytest.raises(SystemExit):
        run(["check", str(sample), "--annotate", str(out), "-o", str(tmp_path / "a.txt")])
    assert sample.read_bytes() == before
    with pikepdf.open(out) as new, pikepdf.open(io.BytesIO(before)) as old:
        notes = [n for p in new.pages for n in p.obj.get("/Annots", []) if n.get("/Subtype") == "/Highlight"]
        assert len(notes) > 10
        assert all("E-001" not in str(n.Contents) or "≠" in str(n.Contents) for n in notes)
        assert [bytes(p.Contents.read_bytes()) for p in new.pages[:3] if not isinstance(p.Contents, pikepdf.Array)] == [
            bytes(p.Contents.read_bytes()) for p in old.pages[:3] if not isinstance(p.Contents, pikepdf.Array)
        ]


@pytest.mark.parametrize("name", ["a.txt", "same"])
def test_what_has_no_copy_is_refused(sample, tmp_path, name):
    file = tmp_path / "a.pdf"
    file.write_bytes(sample.read_bytes())
    text = tmp_path / "a.txt"
    text.write_text("预算收支总表\n", encoding="utf-8")
    words = (
        ["check", str(text), "--annotate", str(tmp_path / "b.pdf")]
        if name == "a.txt"
        else ["check", str(file), "--annotate", str(file)]
    )
    with pytest.raises(SystemExit) as end:
        run(words)
    assert end.value.code == 2


def test_the_report_shows_the_places(sample, tmp_path):
    out = tmp_path / "r.html"
    with pytest.raises(SystemExit):
        run(["check", str(sample), "--format", "html", "-o", str(out)])
    page = out.read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") > 5
    assert not html.fromstring(page).xpath("//script")
