"""The page for verifying a reading: everything read is on it, joined to its place; in a real browser it can be corrected."""

import json
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path

import pytest
from lxml import html
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.pdf import write_pdf
from mingzhang.documents.proof_page import proof_page
from mingzhang.intake.books import read_book
from mingzhang.model.corrections import Correction, Corrections, steps
from mingzhang.model.figure import Figure
from mingzhang.model.keys import tidy
from mingzhang.readback.correcting import corrected, read_corrections
from mingzhang.readback.doors import read_file
from mingzhang.readback.opening import opened
from mingzhang.readback.pictures import pictures_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "green-space-2025.json"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    path = tmp_path_factory.mktemp("proof") / "green.pdf"
    write_pdf(compile_book(read_book(EXAMPLE)).disclosure, path)
    return path


@pytest.fixture(scope="module")
def reading(printed):
    return read_file(printed)


@pytest.fixture(scope="module")
def page(printed, reading):
    return proof_page(reading, pictures_of(printed), {})


def items_of(page):
    return json.loads(html.document_fromstring(page).xpath("string(//script[@id='about'])"))["items"]


def value_at(document, pointer):
    for name in steps(pointer):
        if isinstance(document, tuple):
            document = document[int(name)]
        else:
            document = document[name] if isinstance(document, dict) else getattr(document, name)
    return document


def test_every_item_names_what_stands_there(page, reading):
    items = items_of(page)
    for at, _name, text, *_rest in items:
        found = value_at(reading, at)
        assert (found.printed if isinstance(found, Figure) else found) == text
    figures = sum(f.is_number for t in reading.tables for r in t.rows for f in r.cells.values())
    figures += sum(s.figure is not None for x in reading.sections for p in x.paragraphs for s in p.slots)
    assert sum(1 for i in items if i[7] == "figure" and i[2]) >= figures


def test_every_item_has_one_button_that_shows_its_text(page):
    tree, items = html.document_fromstring(page), items_of(page)
    shown = {int(b.get("data-n")): b.text_content() for b in tree.xpath("//button[@data-n]")}
    assert sorted(shown) == list(range(len(items)))
    assert all(tidy(shown[n]) == tidy(i[2]) for n, i in enumerate(items) if i[7] != "note")


def test_figures_of_a_pdf_lie_within_their_page(page, printed):
    pictures = pictures_of(printed)
    boxed = [(i[4], i[6]) for i in items_of(page) if i[6]]
    assert len(boxed) > 100
    for number, (left, top, right, bottom) in boxed:
        assert 0 <= left < right <= pictures[number].width
        assert 0 <= top < bottom <= pictures[number].height


def test_pages_are_pictures_inside_the_page(page, printed):
    sources = html.document_fromstring(page).xpath("//figure/img/@src")
    assert len(sources) == len(pictures_of(printed))
    assert all(b64decode(s.partition(",")[2]).startswith(b"\x89PNG") for s in sources)
    assert "http" not in page.replace("http-equiv", "")


def test_a_text_cannot_end_the_script(reading):
    evil = replace(reading, unit_name="</script><script>alert(1)</script>", project_forms=())
    evil = replace(evil, tables=(replace(evil.tables[0], title="</script><b>"),))
    tree = html.document_fromstring(proof_page(evil, {}, {(1, 1): "a\t<b>"}))
    assert len(tree.xpath("//script")) == 2
    assert not tree.xpath("//b")


def test_a_file_of_lines_is_shown_by_its_lines(tmp_path, printed):
    path = tmp_path / "a.txt"
    path.write_text("预算收支总表\n单位：万元\n项目\t预算数\n合计\t1.00\n", encoding="utf-8")
    tree = html.document_fromstring(proof_page(read_file(path), pictures_of(path), opened(path).lines))
    assert [tr.get("id") for tr in tree.xpath("//table[@class='lines']//tr")] == ["l0-1", "l0-2", "l0-3", "l0-4"]


SCRIPT = """
<script>
const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
const click = (text) => [...document.querySelectorAll("td .it.figure")].find((b) => b.textContent === text).click();
let blob = null;
URL.createObjectURL = (b) => { blob = b; return "#"; };
click("FIRST");
press("e");
document.getElementById("now").value = "not a number";
document.querySelector("#fix button").click();
const refused = !document.getElementById("now").checkValidity();
document.getElementById("now").value = "7,654,321.00";
document.getElementById("now").dispatchEvent(new Event("input"));
document.querySelector("#fix button").click();
click("FIRST"); press("a"); press("u");
press("j"); press("a");
press("s");
blob.text().then((text) => {
  document.body.replaceChildren(Object.assign(document.createElement("pre"), { id: "out", textContent: JSON.stringify([refused, text]) }));
});
</script></body>
"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_a_browser_saves_what_reading_takes_back(page, reading, tmp_path):
    figure = next(f.printed for f in reading.tables[1].rows[0].cells.values() if f.is_number)
    path = tmp_path / "proof.html"
    path.write_text(page.replace("</body>", SCRIPT.replace("FIRST", figure)), encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000", "--dump-dom"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", path.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    refused, saved = json.loads(html.document_fromstring(shown).xpath("string(//pre[@id='out'])"))
    assert refused
    (tmp_path / "c.json").write_text(saved, encoding="utf-8")
    made = read_corrections(tmp_path / "c.json")
    assert made.sha256 == reading.source.sha256
    changed = [m for m in made.made if m.now is not None]
    assert [(m.was, m.now) for m in changed] == [(figure, "7,654,321.00")]
    assert len(made.made) == 2
    assert value_at(corrected(reading, made), changed[0].at).digits == 765432100


def test_nothing_said_changes_nothing(reading):
    at, _name, text, *_rest = items_of(proof_page(reading, {}, {}))[0]
    now = corrected(reading, Corrections(made=(Correction(at, text),)))
    assert now.tables == reading.tables
