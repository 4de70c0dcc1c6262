"""What of a file's own pages is shown beside what is said of it: in reports the places of findings, or every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.documents.found_places import Seen, scenes_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding
    from mingzhang.readback.opening import Opened
    from mingzhang.rules.inspected import Inspected


def seen_in(file: Path, given: Opened, findings: Sequence[Finding], disclosure: Disclosure) -> Seen:
    """Cut out of a PDF what is to be shown of each task; of a file of another kind nothing.

    `given` is the file as it was opened to be read.

    Raises:
        UnreadableInput: the file cannot be opened.
    """
    from mingzhang.readback.pictures import bands_of, sizes_of  # noqa: PLC0415

    sizes = sizes_of(file) if file.is_file() else {}
    if not sizes:
        return Seen()
    scenes = scenes_of(findings, disclosure, given.boxes, sizes, given.lines)
    bands = {scene.band for own in scenes.values() for scene in own}
    return Seen(scenes, bands_of(file, bands) if bands else {})


def page_of(file: Path, given: Opened, found: Inspected, disclosure: Disclosure) -> bytes:
    """Write the web report of a file, with pictures of the places where it is a PDF."""
    from mingzhang.documents.report_page import report_page  # noqa: PLC0415

    seen = seen_in(file, given, found.findings, disclosure)
    return report_page(found.findings, disclosure, given.lines, found.lines(), seen=seen).encode()


def proof_of(file: Path, given: Opened, disclosure: Disclosure) -> bytes:
    """Write the page on which a person verifies what was read of a file, or of a folder taken as one document.

    Raises:
        UnreadableInput: the file cannot be opened.
    """
    from mingzhang.documents.proof_page import proof_page  # noqa: PLC0415
    from mingzhang.readback.pictures import pictures_of  # noqa: PLC0415 - only here

    pictures = {} if file.is_dir() else pictures_of(file, given.turned)
    return proof_page(disclosure, pictures, given.lines, given.boxes).encode()
