"""What of a PDF's own pages a report shows: the places that findings speak of, cut out of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.documents.found_places import Seen, scenes_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding
    from mingzhang.rules.inspected import Inspected


def seen_in(file: Path, findings: Sequence[Finding], disclosure: Disclosure) -> Seen:
    """Cut out of a PDF what is to be shown of each task; of a file of another kind nothing.

    Raises:
        UnreadableInput: the file cannot be opened.
    """
    from mingzhang.readback.doors import boxes_of, lines_of  # noqa: PLC0415 - reads the file anew
    from mingzhang.readback.pictures import bands_of, sizes_of  # noqa: PLC0415

    sizes = sizes_of(file) if file.is_file() else {}
    if not sizes:
        return Seen()
    scenes = scenes_of(findings, disclosure, boxes_of(file), sizes, lines_of(file))
    bands = {scene.band for own in scenes.values() for scene in own}
    return Seen(scenes, bands_of(file, bands) if bands else {})


def page_of(file: Path, found: Inspected, disclosure: Disclosure) -> bytes:
    """Write the web report of a file, with pictures of the places where it is a PDF."""
    from mingzhang.documents.report_page import report_page  # noqa: PLC0415
    from mingzhang.readback.doors import lines_of  # noqa: PLC0415

    seen = seen_in(file, found.findings, disclosure)
    return report_page(found.findings, disclosure, lines_of(file), found.lines(), seen=seen).encode()
