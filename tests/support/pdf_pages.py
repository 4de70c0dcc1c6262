"""Small PDF pages made for one test: `printed(source)` typesets and reads, `rows(found)` gives the texts line by line."""

from functools import cache

import typst

from mingzhang.documents.fonts import load_fonts
from mingzhang.readback.pdf import read_pages

PAGE = '#set page(width: 400pt, height: 300pt, margin: 30pt)\n#set text(font: "Noto Serif SC", size: 10pt, cjk-latin-spacing: none)\n'
TABLE = """#table(columns: (120pt, 80pt, 80pt), stroke: 0.5pt, align: (left, right, right),
  [科目], [合计], [基本支出], [教育支出], [1,234.56], [], [合计], [1,234.56], [0.00])\n"""
GRID = [["科目", "合计", "基本支出"], ["教育支出", "1,234.56", ""], ["合计", "1,234.56", "0.00"]]


@cache
def compiler():
    return typst.Compiler(font_paths=load_fonts(None)[0], ignore_system_fonts=True)


def printed(source, page=PAGE):
    return read_pages(compiler().compile((page + source).encode(), format="pdf"), "made.pdf")


def rows(found):
    return [[c.text for c in line.cells] for page in found.pages for line in page.lines]
