"""A document checked, and checked again after an edit: only the rules that look at what changed are asked."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.rules.catalogue import RULES
from mingzhang.rules.declared_rules import sources_of
from mingzhang.rules.engine import against, is_partial, pack_of, told, whole
from mingzhang.rules.figures import DEPARTMENT, FORM, TEXT, Figures
from mingzhang.rules.outlines import outline_of
from mingzhang.rules.rows import PROJECTS

if TYPE_CHECKING:
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure, Table
    from mingzhang.model.finding import Finding
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.outlines import Outline
    from mingzhang.rules.results import Result

TABLES: Final = "tables"
"""Any figure of a table."""

READS: Final[dict[str, frozenset[str]]] = {
    "aims": frozenset({FORM, DEPARTMENT}),
    "assets": frozenset({TABLES, TEXT, FORM, DEPARTMENT}),
    "bounds": frozenset({FORM, DEPARTMENT}),
    "carried": frozenset({*PROJECTS, "spending", FORM, TEXT}),
    "changes": frozenset({TEXT}),
    "classes": frozenset({TABLES, TEXT}),
    "codes": frozenset(),
    "coded_names": frozenset({TABLES}),
    "compared_years": frozenset({TEXT}),
    "comparisons": frozenset({TABLES}),
    "costings": frozenset({TEXT, FORM, DEPARTMENT}),
    "costs": frozenset({*PROJECTS, FORM, DEPARTMENT}),
    "counts_said": frozenset({TEXT}),
    "foreign_units": frozenset({TEXT, FORM}),
    "form_codes": frozenset({FORM, DEPARTMENT}),
    "form_sources": frozenset({FORM}),
    "forms_counted": frozenset({*PROJECTS, FORM, TEXT}),
    "dates": frozenset({*PROJECTS, TEXT, FORM, DEPARTMENT}),
    "goal_numbers": frozenset({FORM}),
    "goals": frozenset({FORM, DEPARTMENT}),
    "hygiene": frozenset({TEXT, FORM, DEPARTMENT}),
    "items_listed": frozenset({TABLES, TEXT}),
    "labels": frozenset({TABLES, FORM}),
    "listed": frozenset({TABLES, TEXT}),
    "offices_listed": frozenset({TEXT, DEPARTMENT}),
    "printed_changes": frozenset({"three_public", TEXT}),
    "projects_told": frozenset(),
    "periods": frozenset({FORM}),
    "presence": frozenset({TEXT}),
    "missing_rows": frozenset({TABLES}),
    "misplaced": frozenset({TABLES}),
    "measures": frozenset({FORM, DEPARTMENT}),
    "misprints": frozenset({TEXT, FORM, DEPARTMENT}),
    "name_slips": frozenset({TABLES, TEXT, FORM}),
    "names_listed": frozenset({TABLES, TEXT}),
    "none_said": frozenset({TABLES, TEXT}),
    "printed_numbers": frozenset({TABLES, TEXT, FORM, DEPARTMENT}),
    "projects": frozenset({*PROJECTS, FORM, TEXT}),
    "publication": frozenset(),
    "quarters": frozenset({TEXT, FORM, DEPARTMENT}),
    "rows_listed": frozenset({TABLES}),
    "said_otherwise": frozenset({TEXT}),
    "senses": frozenset({FORM, DEPARTMENT}),
    "sentences": frozenset({TEXT, FORM, DEPARTMENT}),
    "share_sums": frozenset({TABLES, TEXT}),
    "shifts": frozenset({TABLES}),
    "slips": frozenset({TEXT}),
    "spoken_rates": frozenset({TEXT}),
    "spoken_shares": frozenset({TEXT}),
    "spoken_sums": frozenset({TEXT}),
    "statements": frozenset({TABLES, TEXT}),
    "table_kinds": frozenset(),
    "table_numbers": frozenset(),
    "targets": frozenset({FORM, DEPARTMENT}),
    "times": frozenset({FORM}),
    "titles": frozenset({FORM, DEPARTMENT}),
    "twins": frozenset({"general_spending", "basic_economic"}),
    "unexplained": frozenset({TEXT}),
    "units_of_projects": frozenset({FORM}),
    "vehicles": frozenset({"three_public", TEXT}),
    "wording": frozenset({TEXT, FORM, DEPARTMENT}),
}
"""What the functions of a module look at besides rows, labels and notes; those of another module at everything."""

_NO_FIGURES: Final = (
    *(f"classes.{name}" for name in ("names", "older", "order", "other_side", "pairs", "parents", "slips", "twice")),
    *(f"labels.{name}" for name in ("bare_years", "note_of_other_fund")),
)
READS_ITSELF: Final[dict[str, frozenset[str]]] = {
    "coded_names.one_name": frozenset(),
    **dict.fromkeys(_NO_FIGURES, frozenset()),
    **dict.fromkeys((f"labels.{n}" for n in ("form_titles", "unlike_titles")), frozenset({FORM})),
    "name_slips.spellings": frozenset({FORM}),
    "name_slips.units": frozenset({TEXT, FORM}),
    "misprints.amounts": frozenset({TABLES, TEXT, FORM, DEPARTMENT}),
    "misprints.brackets": frozenset({TEXT}),
    "dates.said_years": frozenset({TABLES, TEXT}),
    **dict.fromkeys((f"listed.{n}" for n in ("counted", "same_money", "same_projects", "sums")), frozenset({TEXT})),
    "listed.targets": frozenset({"spending", TEXT}),
    "projects.money": frozenset({TABLES, FORM, TEXT}),
    **dict.fromkeys((f"printed_numbers.{name}" for name in ("missing", "thresholds")), frozenset({TEXT})),
    **dict.fromkeys((f"assets.{name}" for name in ("as_of", "equipment", "procurement_parts")), frozenset({TEXT})),
    "assets.leased": frozenset({TEXT, FORM, DEPARTMENT}),
    "assets.staff_quota": frozenset({TEXT, DEPARTMENT}),
    **dict.fromkeys(("assets.institution", "assets.no_operating_cost"), frozenset({"operating_cost", TEXT})),
    "assets.no_travel": frozenset({"three_public", TEXT}),
}
"""What some functions look at that look at less, or more, than others of their module."""

_PARTS: Final = {"sections": TEXT, "project_forms": FORM, "department_form": DEPARTMENT}


class Checked:
    """A document, what every rule says of it, and what the rules are asked again when it changes."""

    def __init__(self, disclosure: Disclosure, *, pack: Pack | None = None) -> None:
        """Ask every rule; `pack` is the form where the document's own reference is not to a pack in the wheel."""
        self._pack = pack
        self._figures = Figures(disclosure, pack or pack_of(disclosure))
        self._against = {r.id: against(r, self._figures) for r in RULES}
        self._whole: dict[str, tuple[Result, ...]] = {}
        self.asked = len(RULES)

    @property
    def disclosure(self) -> Disclosure:
        """Give the document."""
        return self._figures.disclosure

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Give every contradiction, as `check` does."""
        found = self._against
        if any(r.wants_repair for own in found.values() for r in own):
            found = {r.id: self._all_of(r) if is_partial(r) else found[r.id] for r in RULES}
        return told((r for own in found.values() for r in own), self._figures)

    def _all_of(self, rule: Rule) -> tuple[Result, ...]:
        """Give all that a rule says, asked for once."""
        if rule.id not in self._whole:
            self._whole[rule.id] = whole(rule, self._figures)
        return self._whole[rule.id]

    @property
    def figures(self) -> Figures:
        """Give the document's figures by address."""
        return self._figures

    @property
    def violated(self) -> tuple[Result, ...]:
        """List what the rules say does not hold, before causes are looked for."""
        return tuple(r for own in self._against.values() for r in own if r.outcome == "violated")

    def after(self, disclosure: Disclosure) -> Checked:
        """Check a later state of the document: what cannot have changed is not asked again.

        Parts that are the same should be the same objects (`msgspec.structs.replace`), or be equal.
        """
        changed = _changed(self.disclosure, disclosure)
        if changed is None:
            return Checked(disclosure, pack=self._pack)
        figures = self._figures_of(disclosure, changed)
        tables = changed - {TEXT, FORM, DEPARTMENT}
        if any(figures.sheets[t].shape is not self._figures.sheets[t].shape for t in tables):
            return Checked(disclosure, pack=self._pack)
        again = object.__new__(Checked)
        again._pack, again._figures = self._pack, figures
        outline = outline_of(figures)
        wanted = frozenset[str]().union(*[_looking_at(source, outline) for source in changed])
        again._against = {r.id: against(r, figures) if r.id in wanted else self._against[r.id] for r in RULES}
        again._whole = {k: v for k, v in self._whole.items() if k not in wanted}
        again.asked = len(wanted)
        return again

    def _figures_of(self, disclosure: Disclosure, changed: frozenset[str]) -> Figures:
        figures = Figures(disclosure, self._figures.pack, like=self._figures)
        if not changed & {TEXT, FORM, DEPARTMENT}:
            figures.lasting = self._figures.lasting.copy()
            figures.tied = {k: v for k, v in self._figures.tied.items() if changed.isdisjoint(v[0])}
        return figures


@lru_cache(1024)
def _looking_at(source: str, outline: Outline) -> frozenset[str]:
    """Number the rules that look at a sheet; which they are changes with the document's outline alone."""
    return frozenset(r.id for r in RULES if _looks_at(r, source, outline))


def _looks_at(rule: Rule, source: str, outline: Outline) -> bool:
    if not rule.function:
        return source in sources_of(rule, outline)
    reads = reads_of(rule)
    return reads is None or source in reads or (TABLES in reads and source not in {TEXT, FORM, DEPARTMENT})


def reads_of(rule: Rule) -> frozenset[str] | None:
    """Name what the function of a rule looks at besides rows, labels and notes, None where that is not known."""
    return READS_ITSELF.get(rule.function, READS.get(rule.function.partition(".")[0]))


def _changed(before: Disclosure, now: Disclosure) -> frozenset[str] | None:
    """List the sheets whose figures, and the parts whose words, changed; None where anything else did."""
    same = {name: getattr(before, name) for name in (TABLES, *_PARTS)}
    if replace(now, **same) != before or len(before.tables) != len(now.tables):
        return None
    changed = {source for part, source in _PARTS.items() if not _is_same(getattr(before, part), getattr(now, part))}
    for old, new in zip(before.tables, now.tables, strict=True):
        if old is not new and old != new:
            if not _are_alike(old, new):
                return None
            changed.add(old.id)
    return frozenset(changed)


def _is_same(before: object, now: object) -> bool:
    return before is now or before == now


def _are_alike(before: Table, now: Table) -> bool:
    """Tell whether two states of a table differ by what is printed in cells that both have."""
    if replace(now, rows=before.rows) != before or len(before.rows) != len(now.rows):
        return False
    return all(
        a is b or (a.cells.keys() == b.cells.keys() and replace(b, cells=a.cells) == a)
        for a, b in zip(before.rows, now.rows, strict=True)
    )
