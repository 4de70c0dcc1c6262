"""How much a file may hold before it is refused: what readers take is bounded here, in one place.

The largest disclosures known have some hundred pages and a few megabytes; whatever is far beyond is another kind of
document, or an attack, and reading it would take minutes and gigabytes.
"""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 64 * 1024 * 1024
"""Of a file of any kind."""

MAX_PDF_PAGES: Final = 2_000
"""Of a PDF; it is refused by its count, before a page is read."""

MAX_PAGE_OBJECTS: Final = 200_000
"""Drawn on one page of a PDF: texts, lines, pictures, those inside groups too. Maps drawn in lines reach some ten thousand."""

MAX_PAGE_CHARACTERS: Final = 50_000
"""On one page of a PDF; a page of eight-point text has under ten thousand."""

MAX_PDF_CHARACTERS: Final = 8_000_000
"""On all pages of a PDF."""

MAX_PDF_DEPTH: Final = 12
"""Of groups inside groups on one page of a PDF; what lies deeper is left out."""

MAX_PDF_DRAWN: Final = 8 * 1024 * 1024
"""That the instructions for one page, or for a group drawn on it, may unpack to; a page full of figures has 0.2 MB."""

MAX_PDF_STREAM: Final = 96 * 1024 * 1024
"""That any other part of a PDF may unpack to, pictures left out; whole Chinese fonts have 20 MB."""

MAX_PDF_UNPACKED: Final = 512 * 1024 * 1024
"""That all parts of a PDF may unpack to together."""

MAX_PDF_SECONDS: Final = 300
"""Of reading one PDF; looked at after each page."""

MAX_UNPACKED: Final = 256 * 1024 * 1024
"""That a packed file (Word, Excel, OFD, an archive) may unpack to, all its parts together; pictures are most of it."""

MAX_XML_PART: Final = 64 * 1024 * 1024
"""That one part of a Word or OFD file may unpack to, which is taken as a whole; its tree needs ten times as much memory."""

MAX_PARTS: Final = 10_000
"""Inside a packed file."""

MAX_SHEETS: Final = 400
"""Of a workbook: a sheet for each of the tables and each project."""

MAX_SHEET_COLUMNS: Final = 256
"""That hold something, in one sheet; the widest form has under forty."""

MAX_WORKBOOK_CELLS: Final = 1_000_000
"""In all sheets of a workbook, blank ones inside its tables counted."""

MAX_ATTACHMENTS: Final = 300
"""Of one disclosure published in several files."""

MAX_ARCHIVE_DEPTH: Final = 3
"""Of archives inside archives; what lies deeper is named and left."""

MAX_WEB_SPAN: Final = 200
"""Rows or columns that one cell of a web page's table may span."""

MAX_OCR_PAGES: Final = 200
"""Of a scan: a page takes a second or two."""

MAX_OCR_PIXELS: Final = 60_000_000
"""Of a picture; A3 at 400 dots an inch has thirty million."""
