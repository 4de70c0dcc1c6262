"""Word files as LibreOffice opens them: nothing lost on paper, contents right, charts with data, the draft's mark on pages."""

import re
import shutil
import subprocess
import zipfile

import pypdfium2
import pytest
from lxml import etree
from sound_books import sound_book

from mingzhang.cli.writers import write_all
from mingzhang.comparing.versions import changes
from mingzhang.compiling.compile import compile_book
from mingzhang.readback.doors import read_shown

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AS_WIDE = {"Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman", "TeX Gyre Termes"}
MARK = "PowerPlusWaterMarkObject"


@pytest.fixture(scope="module")
def document():
    return compile_book(sound_book(29, "shanxi-2024")).disclosure


@pytest.fixture(scope="module")
def folder(document, tmp_path_factory):
    """Write the document finally and as a draft, and let LibreOffice print the one and spell out the other."""
    office = shutil.which("soffice")
    if office is None or not has_fonts():
        pytest.skip("no LibreOffice with Chinese fonts and one as wide as Times New Roman")
    folder = tmp_path_factory.mktemp("office")
    for stem, draft, form in (("final", False, "pdf"), ("draft", True, "fodt")):
        (path,) = write_all(document, folder, stem, ("docx",), draft=draft, fonts="")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


def has_fonts():
    """Tell whether there are Chinese fonts, and one as wide as the file's Latin one: in a wider one figures wrap."""
    lister, matcher = shutil.which("fc-list"), shutil.which("fc-match")
    if lister is None or matcher is None:
        return False
    chinese = subprocess.run([lister, ":lang=zh-cn"], capture_output=True, check=False).stdout
    latin = subprocess.run([matcher, "-f", "%{family}", "Times New Roman"], capture_output=True, text=True, check=False)
    return chinese != b"" and latin.stdout in AS_WIDE


def test_nothing_is_lost_when_it_is_printed(document, folder):
    printed, _attached = read_shown(folder / "final.pdf")
    assert changes(document, printed) == ()


def test_contents_name_the_pages_where_titles_stand(folder):
    with pypdfium2.PdfDocument(folder / "final.pdf") as pdf:
        pages = ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    numbered = {found[1]: text for text in pages if (found := re.search(r"—(\d+)—", text))}
    entries = contents_of(folder / "final.docx")

    assert len(entries) > 20
    right = [title for title, number in entries if "".join(title.split()) in numbered.get(number, "")]
    assert len(entries) - len(right) <= len(entries) // 20


def contents_of(path):
    """Give the entries of a Word file's contents as they are kept: title and page."""
    with zipfile.ZipFile(path) as parts:
        tree = etree.fromstring(parts.read("word/document.xml"))
    lines = [p for p in tree.iter(f"{W}p") if style_of(p).startswith("TOC")]
    texts = [[t.text or "" for t in p.iter(f"{W}t")] for p in lines]
    return [("".join(t[:-1]), t[-1]) for t in texts if len(t) > 1 and t[-1].isdigit()]


def style_of(paragraph):
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val")


def test_contents_charts_and_the_mark_are_there(folder):
    spelled = (folder / "draft.fodt").read_text("utf-8")
    with zipfile.ZipFile(folder / "draft.docx") as parts:
        charts = sum(name.startswith("word/charts/chart") for name in parts.namelist())

    assert charts > 1
    assert len(re.findall(r"<draw:object[ >]", spelled)) == charts
    assert "<text:table-of-content " in spelled
    assert spelled.count(f'draw:name="{MARK}') >= 2  # on odd and even pages at least
    assert "<table:table-header-rows>" in spelled
