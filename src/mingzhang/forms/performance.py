"""The performance forms of a pack: titles, labels, money lines and the frame of indicators, as typed data.

The same labels print a form and find it again in a file. A label is compared folded: without white space and
with brackets, colons and widths made alike, so that `市县（区） 财政资金：` is `市县(区)财政资金`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from mingzhang.forms.indicator_values import split_value
from mingzhang.model.keys import folded
from mingzhang.model.performance import Attribute, Indicator, ProjectFormKind

if TYPE_CHECKING:
    from mingzhang.model.place import Place

_ENDINGS: Final = ":,.;、"


class Label(msgspec.Struct, frozen=True):
    """One field of a form: its key, the label printed, other labels seen, and the unit of what it counts."""

    key: str
    text: str
    names: tuple[str, ...] = ()
    unit: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Give every spelling, folded, the printed one first."""
        return tuple(dict.fromkeys(folded_label(n) for n in (self.text, *self.names) if n))


class FundLine(msgspec.Struct, frozen=True):
    """One line of a project form's money: its labels for the period and the year, and the levels it sums.

    A line without labels of its own is only read; one `blank_at_zero` prints nothing where there is nothing.
    """

    key: str
    period: str
    annual: str
    names: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    blank_at_zero: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """Give every spelling, folded."""
        return tuple(dict.fromkeys(folded_label(n) for n in (self.period, self.annual, *self.names) if n))


class MoneyLine(msgspec.Struct, frozen=True):
    """One line of the department form's money: its label and the filter of its facts."""

    key: str
    text: str
    names: tuple[str, ...] = ()
    filter: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Give every spelling, folded, the printed one first."""
        return tuple(dict.fromkeys(folded_label(n) for n in (self.text, *self.names) if n))


class AttributeText(msgspec.Struct, frozen=True):
    """One project attribute: what the form prints for it and the word that tells it."""

    attribute: Attribute
    text: str
    word: str


class Level2(msgspec.Struct, frozen=True):
    """One second-level class of indicators under its first-level class.

    `words` in an indicator's name and `values` in its value speak for the class; a name with a `demanded` word
    belongs nowhere else; an `optional` class is only there where it is printed.
    """

    name: str
    level1: str
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    demanded: tuple[str, ...] = ()
    optional: bool = False


class Frame(msgspec.Struct, frozen=True):
    """The frame of indicator tables: group labels, head words, and second-level classes in their order.

    `columns` are words of further columns by what they hold: sign, direction, unit, weight, aside.
    """

    group: tuple[str, ...]
    head: tuple[str, ...]
    head_names: tuple[str, ...]
    classes: tuple[Level2, ...]
    columns: dict[str, tuple[str, ...]] = {}

    @property
    def level1(self) -> tuple[str, ...]:
        """List the first-level classes in their order."""
        return tuple(dict.fromkeys(c.level1 for c in self.classes))


class Costings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a project's form shows how its money was worked out: behind the text of a field, in these words."""

    field: Literal["overview", "basis", "necessity", "safeguards", "plan"]
    text: str


class ProjectTexts(msgspec.Struct, frozen=True):
    """What the form of one project prints; `costings` is None where it has no place for them.

    `beside` are labels of sources that other places print and no key names, `listed` words above a project's amount
    where all projects are in one list.
    """

    kind: ProjectFormKind
    title: str
    year_line: str
    unit: str
    titles: tuple[tuple[ProjectFormKind, str], ...]
    start: Label
    head: tuple[Label, ...]
    money: tuple[Label, ...]
    texts: tuple[Label, ...]
    goals: tuple[Label, ...]
    footer: tuple[Label, ...]
    prefixes: tuple[str, ...]
    funds: tuple[FundLine, ...]
    period_totals: tuple[str, ...]
    annual_totals: tuple[str, ...]
    attributes: tuple[AttributeText, ...]
    years: str
    costings: Costings | None = None
    beside: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()


class DepartmentTexts(msgspec.Struct, frozen=True):
    """What the department's own form prints."""

    title: str
    year_line: str
    endings: tuple[str, ...]
    money_unit: str
    filter: str
    start: Label
    groups: tuple[Label, ...]
    head: tuple[Label, ...]
    texts: tuple[Label, ...]
    tasks: Label
    task_head: tuple[str, ...]
    prefixes: tuple[str, ...]
    by_source_head: tuple[str, ...]
    by_use_head: tuple[str, ...]
    by_source: tuple[MoneyLine, ...]
    by_use: tuple[MoneyLine, ...]


class PerformanceForms(msgspec.Struct, frozen=True):
    """A pack's performance forms; the department's own is None where the place has none."""

    project: ProjectTexts
    department: DepartmentTexts | None
    frame: Frame


def folded_label(text: str) -> str:
    """Fold a label: no white space, brackets and widths alike, no colon or comma at its end."""
    return folded(text).rstrip(_ENDINGS)


def indicator(
    level1: str, level2: str, level3: str, value: str, *, place: Place | None = None, doubt: str = ""
) -> Indicator:
    """Make an indicator with its value taken apart."""
    parts = split_value(value)
    return Indicator(
        level1=level1,
        level2=level2,
        level3=level3,
        value=value,
        comparator=parts.comparator,
        number=parts.number,
        unit=parts.unit,
        text=parts.text,
        place=place,
        doubt=doubt,
    )


Span = Literal["period", "annual"]
SPANS: Final[tuple[Span, ...]] = ("period", "annual")
"""The two sides of a project form, as books name them."""
