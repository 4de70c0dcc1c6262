"""Opening a PDF: what cannot be read is refused before a page is looked at, what is odd about the file is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.readback.limits import MAX_PDF_PAGES
from mingzhang.readback.pdf_packed import unpacks_to_too_much

if TYPE_CHECKING:
    import pypdfium2

_PASSWORD: Final = 4
_TAIL: Final = 4096
_END: Final = b"%%EOF"
_NO_PAGES: Final = re.compile(rb"/Count\s+0\b[^>]*/Type\s*/Pages|/Type\s*/Pages[^>]*/Count\s+0\b")


def opened(content: bytes, name: str) -> pypdfium2.PdfDocument:
    """Open a PDF.

    Raises:
        UnreadableInput: it is damaged, locked with a password, unpacks to too much, has no pages or too many.
    """
    import pypdfium2  # noqa: PLC0415 - heavy, and only here
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    if unpacks_to_too_much(content):
        raise UnreadableInput(_("PDF 解开后过大"), place=name)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == _PASSWORD or "assword" in str(error):
            hint = _("请先解除密码，再读取。")
            raise UnreadableInput(_("PDF 加了密码，不能读取"), place=name, hint=hint) from error
        if _NO_PAGES.search(content):
            raise UnreadableInput(_("PDF 里没有页面"), place=name) from error
        hint = _("文件没有结尾，可能没有下载完整。") if _END not in content[-_TAIL:] else ""
        raise UnreadableInput(_("PDF 已损坏，无法读取"), place=name, hint=hint) from error
    pages = len(document)
    if 0 < pages <= MAX_PDF_PAGES:
        return document
    document.close()
    if not pages:
        raise UnreadableInput(_("PDF 里没有页面"), place=name)
    message = _("PDF 有 {pages} 页，超过 {most} 页").format(pages=pages, most=MAX_PDF_PAGES)
    raise UnreadableInput(message, place=name, hint=_("请只取部门预算公开的部分。"))


def oddities(content: bytes, document: pypdfium2.PdfDocument) -> tuple[str, ...]:
    """Tell what is odd about a file that could be opened: its end is missing, or there are scripts in it."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    out = []
    if _END not in content[-_TAIL:]:
        out.append(_("文件没有结尾，可能没有下载完整，后面的内容可能缺失"))
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0:
        out.append(_("文件里有脚本，没有执行"))
    return tuple(out)
