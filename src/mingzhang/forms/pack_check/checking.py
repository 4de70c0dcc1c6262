"""Checking one pack from its files: what can be said of it without compiling anything."""

from __future__ import annotations

import msgspec

from mingzhang.forms.pack import Pack
from mingzhang.forms.pack_check.attachments import check_forms, check_terms
from mingzhang.forms.pack_check.cells import check_cells
from mingzhang.forms.pack_check.cover import check_cover
from mingzhang.forms.pack_check.faults import Notes, PackFault
from mingzhang.forms.pack_check.filters import check_filters
from mingzhang.forms.pack_check.heads import check_heads
from mingzhang.forms.pack_check.naming import check_names
from mingzhang.forms.pack_check.outline import check_outline
from mingzhang.forms.pack_check.round_trip import check_round_trip
from mingzhang.forms.pack_check.schema import check_files
from mingzhang.forms.pack_check.sources import PackSources
from mingzhang.forms.pack_check.statements import check_statements
from mingzhang.forms.pack_check.wording import check_wording
from mingzhang.forms.packs import load_pack
from mingzhang.model.fault import InvalidPack


class PackCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of a pack: it, where it could be loaded, its faults, what it has no place for, the books tried."""

    name: str
    pack: Pack | None = None
    faults: tuple[PackFault, ...] = ()
    nowhere: tuple[str, ...] = ()
    books: int = 0

    @property
    def errors(self) -> int:
        """Count what must be mended."""
        return sum(f.severity == "error" for f in self.faults)

    @property
    def warnings(self) -> int:
        """Count what may be meant."""
        return len(self.faults) - self.errors


def check_pack(name: str) -> PackCheck:
    """Check a pack by id, or by the path of its folder.

    Raises:
        InvalidPack: there is no such pack.
    """
    notes = Notes(PackSources(name))
    check_files(notes)
    if notes.broken:
        return PackCheck(name=name, faults=notes.faults)
    try:
        pack = load_pack(name, fresh=True)
    except InvalidPack as fault:
        notes.error(notes.sources.head(), fault.message, fault.hint)
        return PackCheck(name=name, faults=notes.faults)
    nowhere: tuple[str, ...] = ()
    check_heads(notes, pack)
    check_names(notes, pack)
    check_cover(notes, pack)
    check_filters(notes, pack)
    if not notes.broken:
        nowhere = check_cells(notes, pack)
        check_statements(notes, pack)
    narrative = check_wording(notes, pack)
    if narrative is not None:
        files = {d["key"]: f"text/{stem}" for stem, d in pack.texts.items() if "key" in d}
        check_outline(notes, pack, narrative, files)
        check_round_trip(notes, narrative, files)
        check_terms(notes, pack, [s.key for s in narrative.sections])
    check_forms(notes, pack)
    return PackCheck(name=name, pack=pack, faults=notes.faults, nowhere=nowhere)
