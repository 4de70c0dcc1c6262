"""What can be done to many files: read them, check them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mingzhang.batch.outcomes import Said
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.readback.opening import Opened
    from mingzhang.rules.inspected import Wish

ENDINGS: Final = (
    ".txt", ".md", ".pdf", ".docx", ".xlsx", ".xlsm", ".xls", ".html", ".htm", ".json", ".zip", ".ofd",
    ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp",
)  # fmt: skip
"""Files that may hold a disclosure; which kind each is its content tells."""


def read_one(path: Path, target: Path, wish: Mapping[str, str]) -> tuple[tuple[Path, ...], Said]:
    """Read a file and write its data below its name: `NAME.json`, or what else `read --to` can give."""
    from mingzhang.batch.seen import proof_of  # noqa: PLC0415 - imported in the process that works
    from mingzhang.documents.atomic import write_bytes  # noqa: PLC0415
    from mingzhang.documents.exports import cells_csv, forms_jsonl, statements_csv  # noqa: PLC0415
    from mingzhang.model.codec import encode  # noqa: PLC0415
    from mingzhang.readback.opening import opened  # noqa: PLC0415

    given = opened(path)
    found = _read(path, given, wish)
    writers: dict[str, tuple[str, Callable[[Disclosure], bytes]]] = {
        "json": (".json", encode),
        "cells": (".cells.csv", lambda d: cells_csv(d).encode()),
        "statements": (".statements.csv", lambda d: statements_csv(d).encode()),
        "forms": (".forms.jsonl", lambda d: forms_jsonl(d).encode()),
        "html": (".html", lambda d: proof_of(path, given, d)),
    }
    ending, write = writers[wish["to"]]
    out = target.with_name(target.name + ending)
    write_bytes(out, write(found))
    return (out,), _said(found)


def check_one(path: Path, target: Path, wish: Mapping[str, str]) -> tuple[tuple[Path, ...], Said]:
    """Check a file and write its findings as JSON and, to be looked at, as a page; keep what is held against others.

    `wish` may have what `check` has: `only`, `skip`, `severity`, and the files `settings` and `waivers`.
    """
    from mingzhang.batch.areas import OWN, keep_excerpt  # noqa: PLC0415 - imported in the process that works
    from mingzhang.batch.seen import page_of  # noqa: PLC0415
    from mingzhang.documents.atomic import write_bytes  # noqa: PLC0415
    from mingzhang.readback.opening import opened  # noqa: PLC0415
    from mingzhang.rules.inspected import inspect  # noqa: PLC0415
    from mingzhang.rules.reports import as_json  # noqa: PLC0415

    given = opened(path)
    found = _read(path, given, wish)
    looked = inspect(found, _wished(tuple(wish.items())))
    data, page = target.with_name(f"{target.name}{OWN}"), target.with_name(f"{target.name}.html")
    write_bytes(data, as_json(looked.findings, looked.accepted))
    write_bytes(page, page_of(path, given, looked, found))
    kept = keep_excerpt(target, found)
    counts: Said = {
        s: sum(f.severity == s and f.outcome == "violated" for f in looked.findings)
        for s in ("error", "warning", "hint")
    }
    return (page, data, kept), {**_said(found), **counts}


@lru_cache(maxsize=4)
def _wished(wish: tuple[tuple[str, str], ...]) -> Wish:
    """Make of a batch's wishes, which have a digest of the files they name, what each of its files is asked."""
    return wish_of(dict(wish))


def wish_of(wish: Mapping[str, str]) -> Wish:
    """Make of a batch's wishes what one check is asked.

    Raises:
        InvalidRuleSettings: the settings, or a flag, cannot be used.
        InvalidWaivers: the waivers cannot be used.
    """
    from mingzhang.rules.inspected import Wish  # noqa: PLC0415
    from mingzhang.rules.settings import from_flags, read_settings, settled  # noqa: PLC0415
    from mingzhang.rules.waivers import read_waivers  # noqa: PLC0415

    flags = from_flags(*(wish.get(key, "").split() for key in ("only", "skip", "severity")))
    file = read_settings(Path(wish["settings"])) if wish.get("settings") else None
    waivers = read_waivers(Path(wish["waivers"])) if wish.get("waivers") else ()
    return Wish(steering=settled(flags, file), waivers=waivers)


def _read(path: Path, given: Opened, wish: Mapping[str, str]) -> Disclosure:
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415
    from mingzhang.readback.doors import read_opened  # noqa: PLC0415

    found = read_opened(given, pack=load_pack(wish["pack"]) if wish.get("pack") else None)
    if not wish.get("register"):
        return found
    from mingzhang.readback.register import matched, read_register, registered  # noqa: PLC0415

    return registered(found, matched(found, read_register(Path(wish["register"])), path))


def _said(found: Disclosure) -> Said:
    """Say how much was read and how surely."""
    figures = [f for t in found.tables for r in t.rows for f in r.cells.values() if f.is_number]
    slots = [s for x in found.sections for p in x.paragraphs for s in p.slots if s.figure is not None]
    return {
        "unit": found.unit_name,
        "year": found.year or "",
        "pack": "" if found.pack is None else found.pack.id,
        "tables": len(found.tables),
        "figures": len(figures),
        "doubted": sum(bool(f.doubt) for f in figures),
        "numbers": len(slots),
        "unknown": sum(len(p.unknown) for x in found.sections for p in x.paragraphs),
        "forms": len(found.project_forms) + (found.department_form is not None),
    }
