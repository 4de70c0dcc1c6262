"""Making one book's files as `compile` is asked to: read, compile, write, verify; in this process or in one of a batch."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from mingzhang.cli.compiled import Made
from mingzhang.cli.last_year import LastYears
from mingzhang.cli.standing import Standings
from mingzhang.cli.writers import write_all
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.batch.outcomes import Outcome, Said
    from mingzhang.compiling.compile import Compiled
    from mingzhang.model.book import Book

ORDER = "order"
"""The wish of a batch that holds the order."""

MADE = "made"
"""What a batch remembers of a book: all there is to tell of it, as JSON."""


class Order(msgspec.Struct, frozen=True):
    """What is asked for: formats, marks, and the documents that a book is compiled beside.

    `alone` says that the documents given are those of the one book there is.
    """

    formats: tuple[str, ...]
    draft: bool = False
    verify: bool = False
    charts: bool = False
    fonts: str = ""
    theme: str = ""
    earlier: str = ""
    hold: str = ""
    beside: tuple[str, ...] = ()
    last_year: tuple[str, ...] = ()
    alone: bool = True

    @property
    def theme_folder(self) -> tuple[str, ...]:
        """Give the folder of the theme, if it is not one of the program's."""
        return (self.theme,) if Path(self.theme).is_dir() and self.theme else ()

    @property
    def given(self) -> tuple[Path, ...]:
        """Give the files and folders that go into every book's documents."""
        return tuple(
            Path(p)
            for p in (self.fonts, *self.theme_folder, self.earlier, self.hold, *self.beside, *self.last_year)
            if p
        )


@lru_cache(maxsize=1)
def documents_beside(order: Order) -> tuple[Standings, LastYears]:
    """Open what books are compiled beside, once for all books of an order.

    Raises:
        Fault: there is no such file, or one file is given for several books.
    """
    earlier, hold = (Path(p) if p else None for p in (order.earlier, order.hold))
    standing = Standings(earlier, hold, tuple(map(Path, order.beside)), alone=order.alone)
    return standing, LastYears(tuple(map(Path, order.last_year)), alone=order.alone)


def make(path: Path, output: Path, order: Order) -> Made:
    """Compile a book and write its documents.

    Raises:
        Fault: the book cannot be used, or one of the formats cannot be written.
    """
    from mingzhang.compiling.compile import compile_book  # noqa: PLC0415
    from mingzhang.intake.books import read_book  # noqa: PLC0415

    standing, past = documents_beside(order)
    book = read_book(path)
    must_be_for_publication(book)
    compiled = compile_book(
        book,
        earlier=standing.earlier_of(path),
        held=standing.held_of(path),
        beside=standing.beside(),
        last_year=past.of(book),
        charts=order.charts,
    )
    return write_made(
        path,
        compiled,
        output,
        order.formats,
        draft=order.draft,
        verify=order.verify,
        fonts=order.fonts,
        theme=order.theme,
    )


def make_one(path: Path, target: Path, wish: Mapping[str, str]) -> tuple[tuple[Path, ...], Said]:
    """Make a book's files as a work of a batch; what there is to tell goes along."""
    made = make(path, target.parent, msgspec.json.decode(wish[ORDER], type=Order))
    told = msgspec.json.encode(made, enc_hook=str).decode()
    counts: Said = {"tables": made.tables, "figures": made.figures, "pack": made.pack}
    if made.errors is not None and made.differing is not None:
        counts |= {"error": made.errors, "differing": made.differing}
    return made.files, {**counts, MADE: told}


def made_of(outcome: Outcome, book: Path) -> Made:
    """Give what became of a book by the outcome of its batch."""
    if outcome.status == "failed":
        return Made(book, fault=outcome.fault)
    made = msgspec.json.decode(str(outcome.said[MADE]), type=Made, dec_hook=_path)
    return msgspec.structs.replace(made, book=book, kept=outcome.status == "kept")


def still_holds(outcome: Outcome) -> bool:
    """Tell whether the form pack that a book was compiled by is what it was."""
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415

    name, _at, content = str(outcome.said.get("pack", "")).partition("@")
    try:
        return load_pack(name).hash == content
    except Fault:
        return False


def must_be_for_publication(book: Book) -> None:
    """See that a book is the approved one, not one with in-year changes.

    Raises:
        Fault: the book holds in-year changes: those are no publication, but the base of next year's comparisons.
    """
    if book.adjustments:
        hint = _("调整后预算数只作下年比较的基数；公开请用批复的底册。")
        raise Fault(_("底册已记入 {n} 行年中调整，不用于公开").format(n=len(book.adjustments)), hint=hint)


def write_made(
    path: Path,
    compiled: Compiled,
    output: Path,
    formats: Sequence[str],
    *,
    draft: bool,
    verify: bool,
    fonts: str,
    theme: str = "",
) -> Made:
    """Write the documents of a compiled book, look at them if asked, and say what there is to say.

    Raises:
        Fault: one of the formats cannot be written.
    """
    disclosure = compiled.disclosure
    files = write_all(disclosure, output, path.stem, formats, draft=draft, fonts=fonts, theme=theme)
    made = Made(
        path,
        files,
        tables=len(disclosure.tables),
        figures=sum(f.is_number for t in disclosure.tables for r in t.rows for f in r.cells.values()),
        broken=compiled.broken,
        departures=compiled.departures,
        contradictions=(
            *(c.message for c in compiled.contradictions),
            *(c.message for c in compiled.costings),
            *(r.message for r in compiled.last_year),
            *(r.message for r in compiled.reasons_due),
            *compiled.clearances_due,
            *compiled.withheld_mentions,
        ),
        withheld=len(compiled.withheld_left_out),
        pack="" if disclosure.pack is None else f"{disclosure.pack.id}@{disclosure.pack.hash}",
    )
    if not verify:
        return made
    from mingzhang.comparing.printed import differences  # noqa: PLC0415
    from mingzhang.readback.doors import read_file  # noqa: PLC0415
    from mingzhang.rules.engine import check  # noqa: PLC0415

    errors = sum(f.severity == "error" and f.outcome == "violated" for f in check(disclosure))
    back = [read_file(f) for f in files if f.suffix in {".json", ".xlsx"}]
    differing = sum(len(differences(disclosure, other)) for other in back)
    return msgspec.structs.replace(made, errors=errors, differing=differing)


def _path(kind: type[Any], value: str) -> Any:
    assert kind is Path, kind
    return Path(value)
