"""The page for verifying a reading: everything read is on it, joined to its place; in a real browser it can be corrected."""

import json
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path

import pypdfium2 as pdfium
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
    given = opened(printed)
    return proof_page(reading, pictures_of(printed), given.lines, given.boxes)


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


def test_a_number_of_the_written_part_is_boxed_where_it_stands_in_its_line(page, printed):
    document = pdfium.PdfDocument(printed)
    found = [(text, number, box) for at, _name, text, _d, number, _l, box, _k in items_of(page) if "/slots/" in at]
    assert len(found) > 30
    right = 0
    for text, number, (left, top, right_, bottom) in found:
        sheet = document[number - 1]
        high, slack = sheet.get_height(), 6
        words = sheet.get_textpage().get_text_bounded(
            left / 100 - slack, high - bottom / 100, right_ / 100 + slack, high - top / 100
        )
        assert (right_ - left) / 100 < 10 * len(text) + 5  # and no more than its own characters
        right += text in words
        sheet.close()
    document.close()
    assert right >= 0.97 * len(found)


def test_one_can_go_to_every_table_section_and_form_and_sees_what_is_doubted_there(reading, page):
    tree = html.document_fromstring(page)
    values = tree.xpath("//select[@id='go']//option[@value!='']/@value")
    assert len(values) == len(set(values)) >= len(reading.tables) + len(reading.project_forms)
    assert all(len(tree.xpath(f"//article[@id='{v}']")) == 1 for v in values)
    marked = replace(reading.tables[0].rows[0], doubt="行名不清")
    doubted = replace(reading, tables=(replace(reading.tables[0], rows=(marked,)), *reading.tables[1:]))
    option = html.document_fromstring(proof_page(doubted, {}, {})).xpath("string(//option[@value='t0'])")
    assert option.endswith("（存疑 1）")


def test_a_number_that_was_not_understood_is_named_by_the_words_before_it(reading):
    section = next(x for x in reading.sections if any(s.figure and s.at > 20 for p in x.paragraphs for s in p.slots))
    paragraph = next(p for p in section.paragraphs if any(s.figure and s.at > 20 for s in p.slots))
    slot = next(s for s in paragraph.slots if s.figure and s.at > 20)
    unknown = replace(paragraph, slots=(replace(slot, key=""),))
    alone = replace(reading, tables=(), project_forms=(), sections=(replace(section, paragraphs=(unknown,)),))
    ((_at, name, text, doubt, *_rest),) = items_of(proof_page(alone, {}, {}))
    assert name.endswith(f"…{paragraph.text[slot.at - 12 : slot.at]}【{text}】")
    assert doubt


def test_a_file_of_data_says_that_there_is_no_original(reading):
    tree = html.document_fromstring(proof_page(reading, {}, {}))
    assert "没有原件可对照" in tree.xpath("string(//section[@id='original'])")


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
press("7");
const typed = document.getElementById("now").value;
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
const own = new File([JSON.stringify({ sha256: "of another file", made: [] })], "x.json");
const input = document.getElementById("given");
const list = new DataTransfer(); list.items.add(own); input.files = list.files; input.onchange({ target: input });
document.getElementById("go").value = "t2";
document.getElementById("go").onchange({ target: document.getElementById("go") });
const gone = document.querySelector("[aria-current]").closest("article").id;
const lens = getComputedStyle(document.getElementById("lens")).display !== "none" && !document.getElementById("lens").hidden;
blob.text().then((text) => {
  document.body.replaceChildren(Object.assign(document.createElement("pre"), { id: "out", textContent: JSON.stringify([refused, text, typed, gone, lens]) }));
});
</script></body>
"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_a_browser_saves_what_reading_takes_back(page, reading, tmp_path):
    figure = next(f.printed for f in reading.tables[1].rows[0].cells.values() if f.is_number)
    path = tmp_path / "proof.html"
    path.write_text(page.replace("</body>", SCRIPT.replace("FIRST", figure)), encoding="utf-8")
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=4000",
        "--dump-dom",
        "--window-size=1280,800",
    ]
    command += [f"--user-data-dir={tmp_path / 'profile'}", path.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    refused, saved, typed, gone, lens = json.loads(html.document_fromstring(shown).xpath("string(//pre[@id='out'])"))
    assert refused
    assert (typed, gone, lens) == ("7", "t2", True)
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


DONE = """
<script>
const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
const told = [];
for (let n = 0; n < 9; n++) { press("a"); told.push(document.getElementById("left").textContent + document.activeElement.id); }
document.body.replaceChildren(Object.assign(document.createElement("pre"), { id: "out", textContent: JSON.stringify(told) }));
</script></body>
"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_after_the_last_doubt_it_is_time_to_save(reading, tmp_path):
    rows = (replace(reading.tables[0].rows[0], doubt="一"), replace(reading.tables[0].rows[1], doubt="二"))
    shown = replace(reading, tables=(replace(reading.tables[0], rows=rows),), sections=(), project_forms=())
    path = tmp_path / "done.html"
    path.write_text(proof_page(shown, {}, {}).replace("</body>", DONE), encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000", "--dump-dom"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", path.as_uri()]
    out = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    told = json.loads(html.document_fromstring(out).xpath("string(//pre[@id='out'])"))
    assert told[0].startswith("存疑 1 处未核，已核 1 处")
    assert told[1] == "存疑全部核完：无误 2 处，更正 0 处save"
