"""What a disclosure says, item by item under names that do not depend on layout: figures, sentences, forms, terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from mingzhang.model.figure import Figure, spell
from mingzhang.model.keys import numbered
from mingzhang.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import ChartItem, Disclosure, Paragraph, Section
    from mingzhang.model.performance import DepartmentForm, Funds, Indicator, ProjectForm

ItemKind = Literal["table", "figure", "slot", "chart", "form", "field", "term"]

_FUNDS: Final = ("total", "central", "provincial", "municipal", "county", "self_raised", "other")
_TEXTS: Final = (
    "implementing_unit", "attribute", "period_years", "overview", "basis", "necessity", "safeguards", "plan",
    "period_goal", "annual_goal",
)  # fmt: skip
_COUNTS: Final = ("sections", "subordinate_units", "staff_quota", "staff_actual", "staff_in_quota", "staff_other")
_SPACE: Final = re.compile(r"\s+")


class Item(msgspec.Struct, frozen=True):
    """One thing that is said: its kind, its key, what people call it, and its text without white space.

    A key is that of the contract: `summary[in:total].amount`, `income_total`, `PROJECT/overview`.
    """

    kind: ItemKind
    key: str
    name: str
    text: str
    figure: Figure | None = None
    place: Place | None = None


def items_of(disclosure: Disclosure) -> Iterator[Item]:
    """List everything a disclosure says but its running text, in order of print."""
    for table in disclosure.tables:
        yield Item("table", table.id, table.title, tight(table.unit), place=table.place)
        heads = {c.key: c.header for c in table.columns}
        for row in table.rows:
            for column, figure in row.cells.items():
                if figure.is_number or figure.printed:
                    name = f"{table.title}“{row.label.strip() or row.key}”{heads.get(column) or column}"
                    place = figure.place or row.place
                    yield Item("figure", f"{table.id}[{row.key}].{column}", name, plain(figure), figure, place)
    yield from _slots(disclosure)
    if disclosure.department_form is not None:
        yield from _department(disclosure.department_form)
    names = numbered(f.project for f in disclosure.project_forms)
    for name, form in zip(names, disclosure.project_forms, strict=True):
        yield from _form(name, form)
    for term in disclosure.glossary:
        yield Item("term", tight(term.term), term.term, tight(term.meaning), place=term.place)


def charts_of(disclosure: Disclosure) -> dict[str, list[Item]]:
    """Give the items of each chart that has any and is drawn as rows, by section and what the chart is."""
    found: dict[str, list[Item]] = {}
    for section in disclosure.sections:
        for chart in section.charts:
            if chart.items and not any(i.group for i in chart.items):
                own = f"{section.key}/{chart.key or tight(chart.title)}"
                labels = numbered(tight(i.label) for i in chart.items)
                found[own] = [
                    Item("chart", f"{own}/{label}", chart.title, _shown(i), place=i.figure.place)
                    for label, i in zip(labels, chart.items, strict=True)
                ]
    return found


def _shown(item: ChartItem) -> str:
    """Spell an item; how many places a chart shows is style."""
    share = "" if item.share is None else f"（{_short(item.share)}%）"
    return f"{_short(item.figure)}{share}"


def _short(figure: Figure) -> str:
    text = plain(figure)
    return text.rstrip("0").rstrip(".") if "." in text else text


class Words(msgspec.Struct, frozen=True):
    """A paragraph: its text, and the same with each understood number replaced by its key, which is compared as such."""

    text: str
    frame: str
    place: Place | None = None


def paragraphs_of(disclosure: Disclosure) -> dict[str, list[Words]]:
    """Give the paragraphs of each section that has words, by part and key or heading without its number."""
    found: dict[str, list[Words]] = {}
    for section in disclosure.sections:
        found.setdefault(section_key(section), []).extend(_words(p) for p in section.paragraphs if p.text.strip())
    return {key: words for key, words in found.items() if words}


def section_key(section: Section) -> str:
    """Give what a section is known by: its part, and its key or its heading without the number."""
    return f"{section.part}/{section.key or bare_heading(section.heading)}"


def _words(paragraph: Paragraph) -> Words:
    out, at = [], 0
    for slot in sorted(paragraph.slots, key=lambda s: s.at):
        shown = "" if slot.figure is None else slot.figure.printed
        if slot.key and shown and slot.at >= at and paragraph.text.startswith(shown, slot.at):
            out += [paragraph.text[at : slot.at], f"{{{slot.key}}}"]
            at = slot.at + len(shown)
    return Words(tight(paragraph.text), tight("".join((*out, paragraph.text[at:]))), paragraph.place)


def tight(text: str) -> str:
    """Take out white space, which typesetting adds and drops."""
    return _SPACE.sub("", text)


def bare_heading(text: str) -> str:
    """Take the number off a heading."""
    return re.sub(
        r"^(?:第[一二三四五六七八九十\d]+部分|[(（]?[一二三四五六七八九十\d]+[)）]?[、.．]?)\s*", "", text.strip()
    )


def plain(figure: Figure) -> str:
    """Spell a figure by its digits; thousands separators are style."""
    if figure.digits is None:
        return figure.printed.strip()
    return spell(figure.digits, figure.places, grouped=False)


def _slots(disclosure: Disclosure) -> Iterator[Item]:
    said = [
        (section, paragraph, slot)
        for section in disclosure.sections
        for paragraph in section.paragraphs
        for slot in paragraph.slots
        if slot.key and slot.figure is not None
    ]
    keys = numbered(f"{section.key}/{slot.key}" for section, _, slot in said)
    for key, (section, paragraph, slot) in zip(keys, said, strict=True):
        assert slot.figure is not None
        place = slot.figure.place or paragraph.place
        yield Item("slot", key, bare_heading(section.heading) or section.key, plain(slot.figure), slot.figure, place)


def _form(name: str, form: ProjectForm) -> Iterator[Item]:
    yield Item("form", name, form.project, form.kind, place=form.first)
    for key in _TEXTS:
        value = getattr(form, key)
        if value:
            yield Item("field", f"{name}/{key}", form.project, tight(str(value)), place=form.places.get(key))
    for side, funds in (("period_funds", form.period_funds), ("annual_funds", form.annual_funds)):
        yield from _funds(f"{name}/{side}", form.project, funds)
    yield from _indicators(f"{name}/period", form.project, form.period_indicators)
    yield from _indicators(f"{name}/annual", form.project, form.annual_indicators)


def _department(form: DepartmentForm) -> Iterator[Item]:
    name = form.title or form.department
    yield Item("form", "department", name, "department", place=form.first)
    for key in ("duties", "strategy", "annual_goal"):
        if getattr(form, key):
            yield Item("field", f"department/{key}", name, tight(getattr(form, key)))
    figures = {k: f for k in _COUNTS if (f := getattr(form, k)) is not None}
    figures |= {f"by_source.{k}": f for k, f in form.by_source.items()} | {
        f"by_use.{k}": f for k, f in form.by_use.items()
    }
    for key, figure in figures.items():
        yield Item("field", f"department/{key}", name, plain(figure), figure, figure.place)
    for n, (function, task) in enumerate(form.key_tasks, 1):
        yield Item("field", f"department/key_tasks/{n}", name, tight(f"{function}：{task}"))
    yield from _indicators("department", name, form.indicators)


def _funds(key: str, name: str, funds: Funds) -> Iterator[Item]:
    for source in _FUNDS:
        figure = getattr(funds, source)
        if figure is not None and figure.is_number:
            yield Item("field", f"{key}.{source}", name, plain(figure), figure, figure.place)


def _indicators(key: str, name: str, indicators: tuple[Indicator, ...]) -> Iterator[Item]:
    keys = numbered(f"{key}/{tight(i.level2)}/{tight(i.level3)}" for i in indicators)
    for own, one in zip(keys, indicators, strict=True):
        yield Item("field", own, name, tight(one.value), place=one.place)
