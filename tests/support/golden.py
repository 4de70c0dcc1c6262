"""Small disclosures written as text: tables, sentences with slots, forms. What is on a line has that line as place.

[table summary] in: amount; out: total current carry      columns, of both sides where there are two
in:general 60.00                                           a row: key, figures, `.` for a blank one; its label is the form's
2010601 行政运行: 40.00 40.00 .                            a row with its label
2010601 行政运行: 40.00 . 40.00»                           a figure whose row would add up in another column
[section income]                                           sentences; `{key=60.00万元}`, `{key=减少}`
[form A] years=1                                           a project form, a field and its figure in 元 a line
[department]                                               the department's own form
[mark watermark] 文字
[unit] 某某中心                                            the unit's name
[glossary]                                                 `term：meaning` a line
[contents]                                                 entries
Lines that begin with `@` say what is not a figure: `@number`, `@unit`, `@name`, `@note`, `@header` of a table, `@chart` of a
section, any field of a form by its name; `p` and `a` indicators: `p 产出指标/数量指标/次数 = ≥2次`.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from mingzhang.forms.glossary import spoken
from mingzhang.forms.indicator_values import split_value
from mingzhang.forms.packs import load_pack
from mingzhang.model.disclosure import (
    Chart,
    Column,
    ContentsEntry,
    Disclosure,
    Mark,
    PackRef,
    Paragraph,
    Publication,
    Row,
    Section,
    Slot,
    Table,
    Term,
)
from mingzhang.model.figure import WOULD_MOVE, Figure, blank, read_figure
from mingzhang.model.performance import DepartmentForm, Funds, Indicator, ProjectForm
from mingzhang.model.place import Place

_HEAD = re.compile(r"\[(?P<kind>\w+) ?(?P<name>[^\]]*)\] ?(?P<rest>.*)")
_SLOT = re.compile(r"\{(?P<key>[a-z_0-9]+)=(?P<value>[^{}]*)\}")
_KINDS = ("table", "section", "form", "department", "mark", "unit", "glossary", "contents", "cover")
_NUMBER = re.compile(r"(-?[\d,]+(?:\.\d+)?)(\D*)")


def disclosure_of(text: str, pack: str = "shanxi-2023", *, rounding: str = "unknown") -> Disclosure:
    """Read a disclosure from its text."""
    blocks: list[tuple[re.Match[str], int, list[tuple[int, str]]]] = []
    for number, line in enumerate(text.strip("\n").splitlines(), 1):
        found = _HEAD.fullmatch(line.strip())
        if found is not None:
            blocks.append((found, number, []))
        elif line.strip() and not line.startswith("#"):
            blocks[-1][2].append((number, line.strip()))
    of = {k: [b for b in blocks if b[0]["kind"] == k] for k in _KINDS}
    return Disclosure(
        pack=PackRef(pack) if pack else None,
        year=2023,
        unit_name=of["unit"][0][0]["rest"] if of["unit"] else "某某中心",
        rounding=rounding,
        tables=tuple(_table(*b, pack) for b in of["table"]),
        sections=tuple(_section(*b) for b in of["section"]),
        project_forms=tuple(_form(*b) for b in of["form"]),
        department_form=_department(*of["department"][0]) if of["department"] else None,
        glossary=tuple(
            Term(*line.split("：", 1), Place(line=n)) for _, _, lines in of["glossary"] for n, line in lines
        ),
        publication=Publication(
            contents=tuple(ContentsEntry(line, place=Place(line=n)) for _, _, b in of["contents"] for n, line in b),
            cover=tuple(line for _, _, b in of["cover"] for _, line in b),
            marks=tuple(Mark(h["name"], h["rest"], Place(line=n)) for h, n, _ in of["mark"]),
        ),
    )


_NAMED = ("project:", "unit:")


def _figure(text: str, unit: str, line: int) -> Figure:
    if text == "涉密":
        return Figure(None, unit, withheld=True, printed=text, place=Place(line=line))
    if text.endswith("»"):
        return replace(_figure(text[:-1], unit, line), doubt=WOULD_MOVE)
    found = read_figure("" if text == "." else text, unit, Place(line=line))
    assert found is not None, text
    return found


def _table(head, number, lines, pack) -> Table:
    sides = [p.strip() for p in head["rest"].split(";")]
    columns = []
    for side in sides:
        name, _, keys = side.rpartition(":")
        columns += [Column(k, side=name.strip()) for k in keys.split()]
    form = load_pack(pack).table(head["name"]) if pack else None
    said = _said(lines)
    if "header" in said:
        columns = [replace(c, header=said["header"][0]) for c in columns]
    unit = form.unit if form is not None else "万元"
    printed = {row.key: row.label for own in form.rows for row in own.fixed} if form is not None else {}
    rows = []
    for n, line in lines:
        if line.startswith("@"):
            continue
        start, found, rest = line.partition(": ")
        key, _, label = start.partition(" ")
        if not found:
            key, _, rest = line.partition(" ")
            label = printed.get(key) or (key.partition(":")[2] if key.startswith(_NAMED) else spoken(key, "row"))
        own = [c for c in columns if c.side in {"", key.partition(":")[0] if ":" in key else ""}]
        cells = {
            c.key: _figure(v.rstrip("%"), "%" if v.endswith("%") else unit, n)
            for c, v in zip(own, rest.split(), strict=True)
        }
        digits = re.fullmatch(r"(?:in:|out:)?(\d+)(?:#\d+)?", key)
        code = digits[1] if digits and not form_is_fixed(form) else ""
        texts = {"gov_economic": said["gov_economic"][0]} if "gov_economic" in said else {}
        rows.append(Row(key, label, code, cells=cells, texts=texts, place=Place(line=n)))
    return Table(
        head["name"],
        said["title"][0] if "title" in said else form.title if form is not None else spoken(head["name"], "table"),
        number=said.get("number", ("", 0))[0],
        unit=unit,
        unit_name=said.get("name", ("", 0))[0],
        notes=(said["note"][0],) if "note" in said else (),
        places={k: Place(line=n) for k, (_, n) in said.items()},
        carry=form.carry if form is not None else "unstated",
        columns=tuple(columns),
        rows=tuple(rows),
        place=Place(line=number),
    )


def _said(lines) -> dict[str, tuple[str, int]]:
    fields = ((n, *line[1:].partition(" ")) for n, line in lines if line.startswith("@"))
    return {key: (value, n) for n, key, _, value in fields}


def form_is_fixed(form) -> bool:
    return form is not None and all(r.source == "fixed" for r in form.rows)


def _section(head, number, lines) -> Section:
    paragraphs = []
    charts = tuple(Chart("", line[7:], place=Place(line=n)) for n, line in lines if line.startswith("@chart"))
    for n, line in lines:
        if line.startswith("@"):
            continue
        text, slots, at = "", [], 0
        for found in _SLOT.finditer(line):
            text += line[at : found.start()]
            digits = _NUMBER.fullmatch(found["value"])
            if digits is None:
                slots.append(Slot(found["key"], text=found["value"], at=len(text)))
            else:
                slots.append(Slot(found["key"], _figure(digits[1], digits[2], n), at=len(text)))
            text += found["value"]
            at = found.end()
        paragraphs.append(Paragraph(text + line[at:], slots=tuple(slots), place=Place(line=n)))
    key, _, heading = head["name"].partition(" ")
    part = _said(lines).get("part", ("written", 0))[0]
    return Section(
        key,
        heading or spoken(key, "section"),
        part,
        paragraphs=tuple(paragraphs),
        charts=charts,
        place=Place(line=number),
    )


def _form(head, number, lines) -> ProjectForm:
    years = re.search(r"years=(\d+)", head["rest"])
    funds: dict[str, dict[str, Figure]] = {"period": {}, "annual": {}}
    rows: dict[str, list[Indicator]] = {"p": [], "a": []}
    said = _said(lines)
    for n, line in lines:
        if line.startswith("@"):
            continue
        if line[:2] in {"p ", "a "}:
            rows[line[0]].append(_indicator(line[2:], n))
            continue
        field, value = line.split()
        side, _, name = field.partition(".")
        funds[side][name] = _figure(value, "元", n)
    return ProjectForm(
        kind="goal",
        project=head["name"],
        period_years=int(years[1]) if years else None,
        period_funds=Funds(**funds["period"]),
        annual_funds=Funds(**funds["annual"]),
        period_indicators=tuple(rows["p"]),
        annual_indicators=tuple(rows["a"]),
        places={k: Place(line=n) for k, (_, n) in said.items()},
        **{"title": "项目支出绩效目标申报表"} | {k: v for k, (v, _) in said.items()},
        first=Place(line=number),
    )


def _indicator(text: str, line: int) -> Indicator:
    name, _, value = text.partition("=")
    level1, level2, level3 = name.strip().split("/")
    value, _, weight = value.strip().partition(" weight ")
    parts = split_value(value)
    return Indicator(
        level1, level2, level3, value, parts.comparator, parts.number, parts.unit, parts.text,
        weight=weight, place=Place(line=line),
    )  # fmt: skip


def _department(_head, number, lines) -> DepartmentForm:
    counts, money = {}, {"by_source": {}, "by_use": {}}
    rows = tuple(_indicator(line[2:], n) for n, line in lines if line.startswith("a "))
    for n, line in lines:
        if line.startswith("a "):
            continue
        field, value = line.split()
        side, _, name = field.partition(".")
        if name:
            money[side][name] = _figure(value, "万元", n)
        else:
            counts[field] = _figure(value, "人", n)
    return DepartmentForm(**counts, **money, indicators=rows, first=Place(line=number))


def emptied(disclosure: Disclosure) -> Disclosure:
    """Take every number out of a disclosure, leaving its tables, rows and forms."""

    def nothing(figure):
        return None if figure is None else blank(figure.unit, place=figure.place)

    def without(funds):
        return Funds(**{n: nothing(getattr(funds, n)) for n in Funds.__struct_fields__})

    forms = tuple(
        replace(f, period_funds=without(f.period_funds), annual_funds=without(f.annual_funds), period_years=None)
        for f in disclosure.project_forms
    )
    tables = tuple(
        replace(t, rows=tuple(replace(r, cells={k: nothing(v) for k, v in r.cells.items()}) for r in t.rows))
        for t in disclosure.tables
    )
    own = disclosure.department_form
    if own is not None:
        counts = ("sections", "subordinate_units", "staff_quota", "staff_actual", "staff_in_quota", "staff_other")
        own = replace(
            own,
            by_source={k: nothing(v) for k, v in own.by_source.items()},
            by_use={k: nothing(v) for k, v in own.by_use.items()},
            **{n: nothing(getattr(own, n)) for n in counts},
        )
    return replace(
        disclosure, tables=tables, sections=(), project_forms=forms, department_form=own, publication=Publication()
    )
