"""Themes: every format takes its look from one, and says the same in each; what is wrong with one is told to its author."""

import io
import re
import zipfile

import pikepdf
import pytest
from disclosures import small_disclosure
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image
from printed_alone import read_printed
from readings import differing

from mingzhang.documents.docx import docx_bytes
from mingzhang.documents.font_glyphs import UnreadableFont, characters_of
from mingzhang.documents.fonts import shipped_folder
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.documents.theme import STANDARD, Colours, Cover, Header, Phrases, Sizes, Theme
from mingzhang.documents.theme_checking import check_theme
from mingzhang.documents.theme_loading import FILE, InvalidTheme, load_theme, theme_folder, theme_names
from mingzhang.documents.theme_writing import starting_theme
from mingzhang.documents.web import web_page
from mingzhang.documents.xlsx import write_xlsx

OURS = tuple(n for n in theme_names() if n != "standard")
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#1f5a5c"/></svg>'
)


def own(folder, text="", picture=None):
    """Write a theme of one's own; with a picture, name it."""
    if picture is not None:
        name, content = picture
        (folder / name).write_bytes(content)
        text += f'\n[cover]\nemblem = "{name}"\nemblem_words = "徽标"\n'
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def faults(folder):
    return [(f.severity, f.key, f.line) for f in check_theme(folder, thorough=True).faults]


def png(mode="RGB", size=(300, 300), **saved):
    out = io.BytesIO()
    Image.new(mode, size).save(out, saved.pop("format", "PNG"), **saved)
    return out.getvalue()


def test_the_standard_theme_spelled_out_is_the_one_used():
    assert replace(load_theme("standard"), folder="", about="", faces=STANDARD.faces) == STANDARD


@pytest.mark.parametrize("name", theme_names())
def test_shipped_themes_have_nothing_to_mend(name):
    found = check_theme(theme_folder(name), thorough=True)

    assert found.faults == ()
    assert found.theme.title
    assert found.theme.title_en


@pytest.mark.parametrize("name", theme_names())
def test_a_starting_theme_says_what_the_theme_says(name, tmp_path):
    (tmp_path / FILE).write_text(starting_theme(theme_folder(name)), encoding="utf-8")
    begun, meant = load_theme(str(tmp_path)), load_theme(name)

    for part in ("title", "title_en", "about", "colours", "cover", "header", "sizes", "phrases"):
        assert getattr(begun, part) == getattr(meant, part), part
    assert begun.faces.title.pdf == meant.faces.title.pdf
    assert (tmp_path / FILE).read_text(encoding="utf-8").count("#") > 20


@pytest.mark.parametrize("name", OURS)
def test_a_theme_changes_nothing_that_is_printed(name, tmp_path):
    document = small_disclosure()
    theme = load_theme(name)
    write_xlsx(document, tmp_path / "a.xlsx", theme=theme)
    for form, look in (("usual", STANDARD), ("themed", theme)):
        (tmp_path / f"{form}.pdf").write_bytes(pdf_bytes(document, theme=look))
        (tmp_path / f"{form}.docx").write_bytes(docx_bytes(document, theme=look))
        (tmp_path / f"{form}.html").write_text(web_page(document, theme=look), encoding="utf-8")

    assert differing(document, read_printed(tmp_path / "a.xlsx")) == []
    for ending in ("pdf", "docx", "html"):
        usual, themed = (read_printed(tmp_path / f"{form}.{ending}") for form in ("usual", "themed"))
        assert usual.publication.cover
        assert differing(usual, themed) == [], ending


@pytest.mark.parametrize("name", OURS)
def test_every_format_wears_the_colours(name, tmp_path):
    document, theme = small_disclosure(), load_theme(name)
    tint = theme.colours.tint
    write_xlsx(document, tmp_path / "a.xlsx", theme=theme)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert tint[1:].upper() in book.read("xl/styles.xml").decode()
    with zipfile.ZipFile(io.BytesIO(docx_bytes(document, theme=theme))) as word:
        assert f'w:fill="{tint[1:].upper()}"' in word.read("word/document.xml").decode()
        assert theme.colours.ink[1:].upper() in word.read("word/styles.xml").decode()
    assert f"--tint: {tint};" in web_page(document, theme=theme)
    assert pdf_bytes(document, theme=theme) == pdf_bytes(document, theme=theme) != pdf_bytes(document)


def test_a_running_head_is_seen_and_is_no_text(tmp_path):
    theme = replace(STANDARD, header=Header(text="{unit_name} 内部书眉 {year}"))
    content = pdf_bytes(small_disclosure(), theme=theme)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        headed = ["/MzHead" in page.resources.XObject if "/XObject" in page.resources else False for page in pdf.pages]
        assert headed[:2] == [False, False]
        assert all(headed[2:])
    (tmp_path / "a.pdf").write_bytes(content)
    assert "内部书眉" not in str(read_printed(tmp_path / "a.pdf"))
    with zipfile.ZipFile(io.BytesIO(docx_bytes(small_disclosure(), theme=theme, draft=True))) as word:
        heads = [word.read(n).decode() for n in word.namelist() if n.startswith("word/header")]
        assert sum("内部书眉" in h for h in heads) == 2
        assert all("PowerPlusWaterMarkObject" in h for h in heads)


def test_the_phrases_are_the_themes(tmp_path):
    theme = replace(STANDARD, phrases=Phrases(draft="讨论稿", contents="目　次"))
    page = web_page(small_disclosure(), theme=theme, draft=True)

    assert '--mark: "讨论稿";' in page
    assert "<h2>目次</h2>" in page
    with zipfile.ZipFile(io.BytesIO(docx_bytes(small_disclosure(), theme=theme, draft=True))) as word:
        assert 'string="讨论稿"' in word.read("word/headerPlainOdd.xml").decode()
        assert "目　次" in word.read("word/document.xml").decode()


@pytest.mark.parametrize("layout", ["centred", "letterhead", "banner"])
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_picture_stands_on_the_cover_of_every_format(layout, kind, tmp_path):
    picture = ("e.svg", PICTURE.encode()) if kind == "svg" else ("e.png", png())
    folder = own(tmp_path, "", picture)
    (folder / FILE).write_text((folder / FILE).read_text() + f'layout = "{layout}"\n', encoding="utf-8")
    theme, document = load_theme(str(folder)), small_disclosure()

    assert re.search(
        rf'<img class="mz-emblem" src="data:image/{kind}[^"]*" alt="徽标"', web_page(document, theme=theme)
    )
    with zipfile.ZipFile(io.BytesIO(docx_bytes(document, theme=theme))) as word:
        assert word.read("word/media/emblem.png").startswith(b"\x89PNG")
        assert 'descr="徽标"' in word.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[colours]\nink = 3\n", ("error", "colours.ink", 2)),
        ('[colours]\n\nink = "red"\n', ("error", "colours.ink", 3)),
        ('[colours]\nink = "#aab0b8"\n', ("error", "colours.ink", 2)),
        ('[colours]\nhair = "#f8f8f8"\n', ("warning", "colours.hair", 2)),
        ('[colours]\nchart = ["#000000"]\n', ("error", "colours.chart", 2)),
        ('[cover]\nlayout = "middle"\n', ("error", "cover.layout", 2)),
        ('[cover]\nemblem = "no.png"\nemblem_words = "徽标"\n', ("error", "cover.emblem", 2)),
        ('[cover]\nemblem = "../theme.toml"\nemblem_words = "徽标"\n', ("error", "cover.emblem", 2)),
        ("[sizes]\nbody = 12\n", ("error", "sizes.body", 2)),
        ('[header]\ntext = "{unit}"\n', ("error", "header.text", 2)),
        ('[phrases]\ncontents = "内容"\n', ("error", "phrases.contents", 2)),
        ('[phrases]\ncontinued = "接上"\n', ("error", "phrases.continued", 2)),
        ('[phrases]\ndraft = "样子"\n', ("error", "phrases.draft", 2)),
        ('[faces.title]\npdf = "没有的字体"\n', ("error", "faces.title.pdf", 2)),
        ('[faces.title]\nweb = "a; } body {"\n', ("error", "faces.title.web", 2)),
        ('[faces]\ntitle = "黑体"\n', ("error", "faces.title", 2)),
        ('titel = "甲"\n', ("error", "titel", 1)),
        ("a = \n", ("error", "", 1)),
        ('folder = "/"\n', ("error", "folder", 1)),
    ],
)
def test_a_fault_says_where_it_stands(text, expected, tmp_path):
    assert expected in faults(own(tmp_path, text))


@pytest.mark.parametrize(
    ("picture", "severity"),
    [
        (("e.jpg", png("CMYK", format="JPEG")), "error"),
        (("e.png", png(size=(3000, 2000))), "error"),
        (("e.png", png(size=(60, 60))), "warning"),
        (("e.png", png()[:-200]), "error"),
        (("e.png", png(icc_profile=b"Adobe RGB (1998)")), "error"),
        (("e.png", b"no picture"), "error"),
        (("e.gif", png(format="GIF")), "error"),
        (("e.svg", PICTURE.replace("<rect", "<script/><rect").encode()), "error"),
        (("e.svg", PICTURE.replace('viewBox="0 0 40 20"', "").encode()), "error"),
        (("e.svg", b"<svg"), "error"),
        (("e.png", b"\0" * 600_000), "error"),
    ],
)
def test_a_picture_that_some_format_could_not_show_is_told(picture, severity, tmp_path):
    found = check_theme(own(tmp_path, "", picture))

    assert [(f.severity, f.key) for f in found.faults] == [(severity, "cover.emblem")]
    assert (found.theme is None) == (severity == "error")


def test_a_good_picture_is_not_told(tmp_path):
    assert faults(own(tmp_path, "", ("e.png", png()))) == []
    assert faults(own(tmp_path, "", ("e.svg", PICTURE.encode()))) == []


def test_a_picture_needs_words(tmp_path):
    folder = own(tmp_path, '[cover]\nemblem = "e.svg"\n')
    (folder / "e.svg").write_text(PICTURE)

    assert faults(folder) == [("error", "cover.emblem_words", 1)]


def test_no_document_is_made_with_a_theme_that_has_an_error(tmp_path):
    with pytest.raises(InvalidTheme, match=r"sizes\.body"):
        load_theme(str(own(tmp_path, "[sizes]\nbody = 12\n")))
    with pytest.raises(InvalidTheme, match="nobody"):
        load_theme("nobody")
    with pytest.raises(InvalidTheme):
        load_theme(str(tmp_path.parent))


def test_fonts_of_a_theme_are_looked_into(tmp_path):
    folder = own(tmp_path)
    (folder / "fonts").mkdir()
    (folder / "fonts" / "a.ttf").write_bytes(b"nothing")
    (folder / "fonts" / "b.woff2").write_bytes(b"nothing")
    (folder / "fonts" / "readme.txt").write_text("x")

    assert sorted(s for s, _key, _line in faults(folder)) == ["error", "warning"]


def test_the_characters_of_a_font_are_read():
    path = next(p for p in sorted(shipped_folder().iterdir()) if p.suffix == ".otf")
    found = characters_of(path.read_bytes())

    assert {ord(c) for c in "预算公开0123，。"} <= found
    assert 0xE123 not in found
    with pytest.raises(UnreadableFont):
        characters_of(path.read_bytes()[:200])
    with pytest.raises(UnreadableFont):
        characters_of(b"")


def test_the_cover_of_a_pdf_holds_the_picture_with_its_words(tmp_path):
    theme = load_theme(str(own(tmp_path, "", ("e.png", png()))))
    with pikepdf.open(io.BytesIO(pdf_bytes(small_disclosure(), theme=theme))) as pdf:
        words = [str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]

    assert words[:1] == ["徽标"]


letters = st.sampled_from(["#000000", "#1b2430", "#4a1010", "#003355"])
grounds = st.sampled_from(["#ffffff", "#eef2f6", "#fff4e0"])


@st.composite
def themes(draw):
    """Draw a theme within its bounds: colours, layout, running head, sizes."""
    return Theme(
        colours=Colours(ink=draw(letters), accent=draw(letters), tint=draw(grounds), band=draw(grounds)),
        cover=Cover(layout=draw(st.sampled_from(["centred", "letterhead", "banner"]))),
        header=Header(draw(st.sampled_from(["", "{title}", "{unit_name} {year}"])), rule=draw(st.booleans())),
        sizes=Sizes(
            body=draw(st.sampled_from([15, 15.5, 17, 18])),
            pitch=draw(st.integers(26, 32)),
            heading=draw(st.integers(18, 26)),
            cover=draw(st.integers(20, 36)),
            cover_title=draw(st.integers(26, 48)),
            table=draw(st.sampled_from([9.5, 10, 10.5])),
        ),
    )


@settings(max_examples=5, deadline=None, derandomize=True)
@given(theme=themes())
def test_no_theme_within_its_bounds_changes_what_is_read(theme, tmp_path_factory):
    document, folder = small_disclosure(), tmp_path_factory.mktemp("themed")
    for ending, made in (("pdf", pdf_bytes), ("docx", docx_bytes)):
        usual, themed = folder / f"usual.{ending}", folder / f"themed.{ending}"
        usual.write_bytes(made(document))
        themed.write_bytes(made(document, theme=theme))
        assert differing(read_printed(usual), read_printed(themed)) == [], ending
