"""Published files in, disclosures out: whichever door a file needs, one recogniser reads what stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.model.disclosure import DECLARED_ADDITIVE, Disclosure
from mingzhang.readback.opening import PDF, ZIP, file_content, opened

if TYPE_CHECKING:
    from pathlib import Path

    from mingzhang.forms.pack import Pack
    from mingzhang.readback.opening import Opened

__all__ = ["PDF", "ZIP", "file_content", "read_file", "read_opened", "read_shown"]


def read_file(path: Path, *, pack: Pack | None = None) -> Disclosure:
    """Read a published file, or one of our own, as a disclosure.

    Raises:
        UnreadableInput: no such file, too large, empty, or of no kind that can be read.
    """
    return read_opened(opened(path), pack=pack)


def read_shown(path: Path, *, pack: Pack | None = None) -> tuple[Disclosure, Disclosure | None]:
    """Read a file by what it shows to people alone; give the data attached to it too, which nobody has compared.

    Raises:
        UnreadableInput: as `read_file`.
    """
    file = opened(path)
    return read_opened(msgspec.structs.replace(file, attached=None), pack=pack), file.attached


def read_opened(file: Opened, *, pack: Pack | None = None) -> Disclosure:
    """Read what a door gave.

    Raises:
        UnreadableInput: nothing of a disclosure was recognised in it.
    """
    if file.stored is not None:
        # What it first came from, where the stored document says so, is worth more than where it lay since.
        return msgspec.structs.replace(
            file.stored, source=file.stored.source or file.source, doubts=(*file.doubts, *file.stored.doubts)
        )
    from mingzhang.readback.open_places import settled_places  # noqa: PLC0415 - the stored formats do without
    from mingzhang.readback.recognise import read_disclosure  # noqa: PLC0415

    found = read_disclosure(file.pages, file.source, pack=pack)
    if file.open_places:
        found = settled_places(found, file.open_places, pack or _pack_of(found))
    if file.recognised:
        from mingzhang.readback.recognised_figures import weighed  # noqa: PLC0415 - only for scans

        found = weighed(found, file.recognised, file.unsure, pack)
    publication = found.publication
    found = msgspec.structs.replace(
        found,
        # What a file says of its own figures: that all it prints adds up makes every tail an error.
        rounding="additive" if DECLARED_ADDITIVE in file.keywords else found.rounding,
        publication=msgspec.structs.replace(publication, marks=(*publication.marks, *file.marks)),
        doubts=(*file.doubts, *found.doubts),
    )
    if file.attached is None:
        return found
    from mingzhang.readback.attached import verified  # noqa: PLC0415 - only for our own

    return verified(file.attached, found, file.pages)


def _pack_of(found: Disclosure) -> Pack | None:
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415 - only where a pack fits

    return load_pack(found.pack.id) if found.pack is not None else None
