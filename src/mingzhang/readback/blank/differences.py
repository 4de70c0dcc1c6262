"""What a blank form prints otherwise than a pack, and what of it could not be decided."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from mingzhang.forms.pack import Pack, PackTable


class Note(msgspec.Struct, frozen=True):
    """One line about one key of one file of the draft."""

    file: str
    key: str
    text: str

    def __str__(self) -> str:
        """Spell it for people: `tables/summary.toml: rows: …`."""
        return f"{self.file}: {self.key}: {self.text}"


class FileDraft(msgspec.Struct, frozen=True):
    """The keys of one drafted file, with what differs and what somebody has to decide."""

    file: str
    keys: dict[str, Any] = {}
    changes: tuple[Note, ...] = ()
    questions: tuple[Note, ...] = ()


class Draft(msgspec.Struct, frozen=True):
    """A drafted pack: `pack.toml` and the table files that differ; `notes` is what is no difference and worth telling."""

    extends: str
    blank: str
    files: tuple[FileDraft, ...]
    notes: tuple[str, ...] = ()

    def extending(self, where: str) -> Draft:
        """Give the same draft where the pack it extends is named by its folder."""
        own, *rest = self.files
        own = replace(own, keys=own.keys | {"extends": where})
        return replace(self, files=(own, *rest))

    @property
    def changes(self) -> tuple[Note, ...]:
        """List what differs."""
        return tuple(n for f in self.files for n in f.changes)

    @property
    def questions(self) -> tuple[Note, ...]:
        """List what somebody has to decide."""
        return tuple(n for f in self.files for n in f.questions)


class Remarks:
    """Gathers what is said of one file while it is compared."""

    def __init__(self, file: str) -> None:
        """Begin without any."""
        self.file = file
        self.changes: list[Note] = []
        self.questions: list[Note] = []

    def differs(self, key: str, text: str) -> None:
        """Say that a key differs."""
        self.changes.append(Note(self.file, key, text))

    def asks(self, key: str, text: str) -> None:
        """Say what could not be decided about a key."""
        self.questions.append(Note(self.file, key, text))

    def drafted(self, keys: dict[str, Any]) -> FileDraft:
        """Give the file with these keys and all that was said."""
        return FileDraft(self.file, keys, tuple(self.changes), tuple(self.questions))


class Against(msgspec.Struct, frozen=True):
    """What a blank table is compared with: the pack's table, its pack, the year the blank is for; where it is told."""

    table: PackTable
    pack: Pack
    year: int | None
    remarks: Remarks
