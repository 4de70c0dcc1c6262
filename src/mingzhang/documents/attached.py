"""The data inside a PDF: the disclosure, its cells and the outcome of its check, attached with a content hash.

The names are a contract: reading a PDF looks for `DISCLOSURE` among the attachments.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang import __version__
from mingzhang.documents.exports import cells_csv
from mingzhang.documents.pdf_packing import text
from mingzhang.model.codec import encode

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from mingzhang.documents.pdf_packing import PdfObjects
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding

DISCLOSURE: Final = "disclosure.json"
CELLS: Final = "cells.csv"
CHECK: Final = "check.json"
_DESCRIBED: Final = b"</rdf:Description>"
"""The end of what the metadata say of the document."""


class Attachment(msgspec.Struct, frozen=True):
    """One file inside another: its name, what it is, its media type and its bytes."""

    name: str
    description: str
    media_type: str
    content: bytes


def attachments(disclosure: Disclosure, findings: Sequence[Finding] | None = None) -> tuple[Attachment, ...]:
    """Give what is attached to a published document: all its data, its cells, and what checking it found.

    `findings` are those of the release check; where it has not been done yet it is done here.
    """
    content = encode(disclosure)
    return (
        Attachment(DISCLOSURE, "公开文件的全部数据", "application/json", content),
        Attachment(CELLS, "各表数字", "text/csv", cells_csv(disclosure).encode()),
        Attachment(CHECK, "公开前审核的结果", "application/json", _checked(disclosure, content, findings)),
    )


def content_name(content: bytes) -> str:
    """Name content by its hash, as a URN that says how it was made."""
    return f"urn:hash::sha256:{hashlib.sha256(content).hexdigest()}"


def attach(pdf: PdfObjects, files: Sequence[Attachment], made: dt.datetime) -> None:
    """Attach files to a PDF as its associated data, as PDF/A-3 wants it, and name the first by its hash in the metadata.

    `made` is written as their date: the same files and date always give the same bytes.
    """
    references = {file.name: _attached(pdf, file, made.strftime("D:%Y%m%d%H%M%SZ").encode()) for file in files}
    names = b" ".join(text(name) + reference for name, reference in sorted(references.items()))
    listed = pdf.add(b"<</Names[%s]>>" % names)
    pdf.extend(pdf.catalog, b"/AF[%s]" % b" ".join(references.values()))
    if (own := pdf.named(b"Names")) is not None:
        pdf.extend(own, b"/EmbeddedFiles %s" % listed)
    else:
        assert b"/Names" not in pdf[pdf.catalog]
        pdf.extend(pdf.catalog, b"/Names<</EmbeddedFiles %s>>" % listed)
    metadata = pdf.named(b"Metadata")
    assert metadata is not None
    named = f"<dc:identifier>{content_name(files[0].content)}</dc:identifier>".encode()
    pdf.replace_text(metadata, _DESCRIBED, named + _DESCRIBED)


def _attached(pdf: PdfObjects, file: Attachment, made: bytes) -> bytes:
    """Put a file's bytes and their description among the objects; give the reference to the description."""
    sum_ = hashlib.md5(file.content, usedforsecurity=False).hexdigest().encode()
    facts = b"<</Size %d/CheckSum<%s>/CreationDate(%s)/ModDate(%s)>>" % (len(file.content), sum_, made, made)
    kind = file.media_type.replace("/", "#2F").encode()
    content = pdf.add_stream(b"/Type/EmbeddedFile/Subtype/%s/Params%s" % (kind, facts), file.content)
    name = text(file.name)
    described = b"/Type/Filespec/F%s/UF%s/Desc%s/AFRelationship/Data" % (name, name, text(file.description))
    return pdf.add(b"<<%s/EF<</F %s/UF %s>>>>" % (described, content, content))


def _checked(disclosure: Disclosure, content: bytes, findings: Sequence[Finding] | None) -> bytes:
    """Write what the check found as JSON, with the hash of the data it looked at and the program that looked."""
    from mingzhang.rules.engine import check  # noqa: PLC0415 - not for who only reads a name
    from mingzhang.rules.reports import as_json  # noqa: PLC0415

    found = check(disclosure) if findings is None else findings
    broken = [f for f in found if f.outcome == "violated"]
    outcome: dict[str, Any] = {
        "document": DISCLOSURE,
        "identifier": content_name(content),
        "program": f"mingzhang {__version__}",
        **{f"{word}s": sum(f.severity == word for f in broken) for word in ("error", "warning", "hint")},
        "findings": msgspec.Raw(as_json(found)),
    }
    return msgspec.json.format(msgspec.json.encode(outcome), indent=1) + b"\n"
