"""How a project's money was worked out is shown where the form has a place for it, and nowhere where it would tell a secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book, setting_of
from mingzhang.compiling.withheld import published
from mingzhang.compiling.withheld_inference import amounts_of
from mingzhang.compiling.withheld_knowledge import told_by, told_elsewhere
from mingzhang.documents.docx import write_docx
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.documents.tabbed import tabbed
from mingzhang.documents.web import write_web
from mingzhang.forms.packs import load_pack
from mingzhang.intake.books import read_book
from mingzhang.model.book import Withheld
from mingzhang.readback.doors import read_file
from mingzhang.rules.engine import check
from mingzhang.sums.inference import Known

EXAMPLES = Path(__file__).parents[2] / "examples"
COSTED = "12人×625元×12月"


def costed(example):
    """Give an example in which 90,000 元 of a published project stand on a line of their own, with their costing."""
    book = read_book(EXAMPLES / f"{example}.json")
    projects = {p.id: p for p in book.projects if p.disclosed}
    first = next(x for x in book.spending if x.project in projects and x.amount > 9_000_000)
    more = replace(first, id="costed", amount=9_000_000, costing=COSTED)
    rest = (replace(x, amount=x.amount - 9_000_000) if x is first else x for x in book.spending)
    return replace(book, spending=(*rest, more)), projects[first.project]


def shown(disclosure, project):
    """Give the texts in which a costing stands."""
    forms = [f.basis for f in disclosure.project_forms if f.project == project.name]
    texts = [p.text for s in disclosure.sections if s.key == "project_basis" for p in s.paragraphs]
    return [t for t in (*forms, *texts) if COSTED in t]


@pytest.mark.parametrize("example", ["operations-2024", "park-2023", "district-bureau-2025", "green-space-2025"])
def test_a_costing_is_shown_with_what_it_comes_to(example):
    book, project = costed(example)
    made = compile_book(book).disclosure
    (text,) = shown(made, project)
    assert text.endswith(f"测算：{COSTED} = 90,000.00 元。")
    own = project.basis if made.project_forms else project.name
    assert text.startswith(own)
    assert [f.message for f in check(made) if f.severity in {"error", "warning"}] == []
    plain = compile_book(replace(book, spending=tuple(replace(x, costing="") for x in book.spending))).disclosure
    assert shown(plain, project) == []


@pytest.mark.parametrize("example", ["operations-2024", "district-bureau-2025"])
def test_it_is_read_back_from_every_format(example, tmp_path):
    book, project = costed(example)
    pack = load_pack(book.pack)
    made = compile_book(book).disclosure
    write_docx(made, tmp_path / "made.docx")
    write_web(made, tmp_path / "made.html")
    (tmp_path / "made.txt").write_text(tabbed(made, pack), encoding="utf-8")
    (tmp_path / "made.pdf").write_bytes(pdf_bytes(made))
    for path in sorted(tmp_path.iterdir()):
        assert ["".join(t.split()) for t in shown(read_file(path), project)] == [
            "".join(t.split()) for t in shown(made, project)
        ], path.suffix


def test_a_costing_that_does_not_come_to_its_line_is_shown_as_it_is_and_remarked():
    book, project = costed("operations-2024")
    wrong = tuple(replace(x, amount=9_100_000) if x.id == "costed" else x for x in book.spending)
    made = compile_book(replace(book, spending=wrong))
    assert [c.kind for c in made.costings] == ["differs"]
    assert shown(made.disclosure, project)


def test_a_costing_that_is_shown_tells_its_line_to_the_fen():
    book, project = costed("park-2023")
    line = next(x for x in book.spending if x.id == "costed")
    twin = replace(line, id="twin", amount=9_000_001, kind="operating", costing="", withheld="w", project="")
    entry = Withheld(id="w", basis="示例依据", approver="示例机关", date="2023-01-05", policy="left_out")
    hidden = replace(book, spending=(*book.spending, twin), withheld=(entry,))
    made = compile_book(hidden).disclosure
    assert shown(made, project)
    view = published(hidden, load_pack(book.pack))
    setting = setting_of(load_pack(book.pack))
    knowns = told_by(made, view, setting.pack, amounts_of(hidden, setting))
    assert [k for k in knowns if k.figures == ("costing[costed]",)] == [
        Known((("costed", 1),), 9_000_000, 9_000_000, ("costing[costed]",))
    ]
    elsewhere, _strange = told_elsewhere(
        made, hidden, setting.pack, view, make=setting.make, truth=amounts_of(hidden, setting)
    )
    assert [k.low for k in elsewhere if k.figures == ("costing[costed]",)] == [9_000_000]
