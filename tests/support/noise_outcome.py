"""What becomes of a document's figures and findings under noise: kept, doubted, lost or wrong in silence; said in error, no longer said."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from conversion_noise import KINDS, PRINTED, lines_of
from defects import read_text

from mingzhang.rules.engine import check

if TYPE_CHECKING:
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding
    from mingzhang.model.performance import ProjectForm

COUNTS = ("kept", "doubted", "lost", "wrong", "false", "silenced")
"""Figures as they were; other ones or none, with a doubt; none, and other ones, without a word; errors and warnings that
only the noise brought and that are not about what it changed in print; errors and warnings that are not said any longer
though all they are about was read."""

Key = tuple[object, ...]


class Sound:
    """A text without noise, what is read from it and what is found."""

    def __init__(self, text: str) -> None:
        """Take a text."""
        self.text = text
        self.document = read_text(text)
        self._same = {n: n for n in range(text.count("\n") + 2)}

    @cached_property
    def figures(self) -> dict[Key, tuple[str, bool, str]]:
        """Give what is read."""
        return figures_of(self.document, self._same)

    @cached_property
    def found(self) -> list[tuple[Finding, set[Key]]]:
        """Give the errors and warnings with what they are about."""
        return [(f, _about(f, self._same)) for f in check(self.document) if f.severity != "hint"]

    def outcome(self, kind: str, seed: object) -> tuple[Counter[str], list[str]]:
        """Count what becomes of it under a kind of noise; name what went wrong."""
        lines = lines_of(self.text, self.document)
        KINDS[kind](lines, Random(f"{kind} {seed}"))
        origin: dict[int, int] = {}
        for x in lines:
            for _part in range(x.text.count("\n") + 1):
                origin[len(origin) + 1] = x.origin
        changed = {x.origin for x in lines if x.changed}
        document = read_text("\n".join(x.text for x in lines))
        counts, bad, told = self._figures(document, origin, changed if kind in PRINTED else set())
        noisy = [(f, _about(f, origin)) for f in check(document) if f.severity != "hint"]
        before = [about for _f, about in self.found]
        causes = {f.cause for f, about in noisy if f.cause and any(about & b for b in before)}
        for f, about in noisy:
            own = bool(_lines(f, origin) & (changed | {0})) and (kind in PRINTED or not _is_sum(f))
            if not own and f.cause not in causes and not any(about & b for b in before):
                counts["false"] += 1
                told.append(f"false: {f.rule} {f.message[:120]}")
        for f, about in self.found:
            if not any(about & b for _f, b in noisy) and not _lines(f, self._same) & bad:
                counts["silenced"] += 1
                told.append(f"silenced: {f.rule} {f.message[:120]}")
        return counts, told

    def _figures(
        self, document: Disclosure, origin: dict[int, int], reprinted: set[int]
    ) -> tuple[Counter[str], set[object], list[str]]:
        left = figures_of(document, origin)
        by_name = {(k[0], v[2], k[3]): k for k, v in left.items()}
        mine = {t.id: set(t.doubts) for t in self.document.tables}
        unsure = {t.id for t in document.tables if set(t.doubts) - mine.get(t.id, set())}
        unsure |= {t.id for t in self.document.tables if t.title and any(t.title in d for d in document.doubts)}
        counts: Counter[str] = Counter()
        bad: set[object] = set()
        told = []
        for key, (value, _doubt, name) in self.figures.items():
            at = key if key in left else by_name.get((key[0], name, key[3]), key)
            got = left.pop(at, None)
            if got is not None and _plain(got[0]) == _plain(value):
                counts["kept"] += 1
                continue
            bad.add(key[1])
            doubted = got[1] if got is not None else key[0] in unsure
            what = "doubted" if doubted or key[1] in reprinted else "lost" if got is None else "wrong"
            counts[what] += 1
            if what != "doubted":
                told.append(f"{what}: {key} {value} {got}")
        return counts, bad, told


def figures_of(document: Disclosure, origin: dict[int, int]) -> dict[Key, tuple[str, bool, str]]:
    """Give the figures by table, line of the sound text, side and column: value, whether it is doubted, key of the row.

    Those of forms go by project, side and source or indicator.
    """
    out: dict[Key, tuple[str, bool, str]] = {}
    for table in document.tables:
        for row in table.rows:
            line: object = origin.get(row.place.line or 0, 0) if row.place is not None else 0
            side = row.key.partition(":")[0] if row.key.startswith(("in:", "out:")) else ""
            for column, figure in row.cells.items():
                if figure.printed and figure.plain:
                    key: Key = (table.id, line or row.key, side, column)
                    key = (table.id, row.key, side, column) if key in out else key
                    out[key] = (figure.plain, bool(figure.doubt or row.doubt), row.key)
    for form in document.project_forms:
        out |= _of_form(form)
    return out


def _of_form(form: ProjectForm) -> dict[Key, tuple[str, bool, str]]:
    name = _plain(form.project)
    out: dict[Key, tuple[str, bool, str]] = {}
    for side, funds, rows in (
        ("period", form.period_funds, form.period_indicators),
        ("annual", form.annual_funds, form.annual_indicators),
    ):
        for source in funds.__struct_fields__:
            figure = getattr(funds, source)
            if figure is not None and figure.printed:
                out["form", name, side, source] = (figure.plain, bool(figure.doubt), "")
        for one in rows:
            if one.value:
                out["form", name, side, _plain(one.level3)] = (one.value, bool(one.doubt), "")
    return out


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", "".join(text.split())).replace(",", "")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _is_sum(finding: Finding) -> bool:
    return finding.difference is not None or bool(finding.expected and finding.actual)


def _lines(finding: Finding, origin: dict[int, int]) -> set[object]:
    spots = (*finding.where, *(e.where for e in finding.evidence))
    return {origin.get(s.line, 0) for s in spots if s.line}


def _about(finding: Finding, origin: dict[int, int]) -> set[Key]:
    out: set[Key] = set()
    for spot in finding.where:
        if spot.table:
            out.add((finding.rule, spot.table, spot.row, spot.column))
        if spot.form:
            out.add((finding.rule, spot.form, spot.field))
        if spot.line and origin.get(spot.line):
            out.add((finding.rule, origin[spot.line]))
    return out or {(finding.rule, finding.message)}
