"""Goals of one project beside those of others, and both sides of a form beside each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import in_brief, told_of_each
from mingzhang.rules.indicator_rows import Row, hundredths
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, violated
from mingzhang.rules.texts import FIELD_NAMES, FIELDS, field_spot, indicators
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.finding import Spot
    from mingzhang.model.performance import Indicator, ProjectForm
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

    Pairs = list[tuple[str, ProjectForm, Indicator, Indicator]]

_SHARED: Final = 3
_PREFIX: Final = 4
_SENTENCE: Final = 14
_LONG: Final = 20
_ROWS: Final = 5
_CALLED: Final = {"goal": "总体目标", "overview": "项目概况", "indicators": "全部指标"}
_COUNTED: Final = re.compile(r"(?<!\d)\d+(?![\d年月日%％])")
_STOPS: Final = re.compile(r"[。；;!！?？\n]")
_NUMBER: Final = re.compile(r"^\d+[.、]")
_MARKS: Final = re.compile(r"[\s，。、；：,.;:“”\"'（）()]")


def copied(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find goals taken over from another project, whose name they speak of and not of this one's."""
    for field, text, names in _each_alike(figures):
        about, foreign = _whose(names, text) if len(names) > 1 else ([], [])
        if not about or not foreign:
            yield passed(rule)
            continue
        for name in foreign:
            spots = (_spot_of(name, figures, field), _spot_of(about[0], figures, field))
            told = Told(
                f"“{name}”的{_CALLED[field]}与“{about[0]}”完全相同，说的是后者的事。",
                f"What {name!r} says of itself ({field}) is what {about[0]!r} says.",
                spots,
                evidence=tuple(Evidence(s, n, "", "form") for s, n in zip(spots, (name, about[0]), strict=True)),
            )
            yield violated(rule, told)


def shared(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find goals that several projects have word by word, whosever they are."""
    for field, text, names in _each_alike(figures):
        about, foreign = _whose(names, text) if len(names) > 1 else (names, names)
        if about and foreign:
            yield passed(rule)
            continue
        told = Told(
            f"{len(names)}个项目的{_CALLED[field]}完全相同：{'、'.join(names[:4])}。",
            f"{len(names)} projects have the same {field}: {', '.join(names[:4])}.",
            tuple(_spot_of(n, figures, field) for n in names),
        )
        result = violated(rule, told)
        counts = field == "goal" and len(text) >= _LONG and _COUNTED.search(text) is not None  # nobody's generic words
        yield replace(result, severity="warning") if counts else result


def _repeated_against(rule: Rule, figures: Figures) -> Iterator[Result]:
    return _repeated(rule, figures, least=2)


@in_brief(_repeated_against, sums=False)
def repeated(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find sentences that a field of a form has twice."""
    return _repeated(rule, figures, least=1)


def _repeated(rule: Rule, figures: Figures, *, least: int) -> Iterator[Result]:
    """Say of every field with so many sentences whether one comes again."""
    for name, form in figures.forms.items():
        for field in FIELDS:
            text = getattr(form, field)
            parts = [p for p in _STOPS.split(text) if len(p) >= _SENTENCE] if len(text) >= least * _SENTENCE else []
            if len(parts) < least:
                continue
            seen: set[str] = set()
            twice = ""
            for part in parts:
                plain = _NUMBER.sub("", _MARKS.sub("", part))
                if len(plain) >= _SENTENCE:
                    twice = twice or (part.strip() if plain in seen else "")
                    seen.add(plain)
            if not seen:
                continue
            if not twice:
                yield passed(rule)
                continue
            told = Told(
                f"“{name}”{FIELD_NAMES[field]}中同一句话出现不止一次：“{twice[:30]}…”。",
                f"The form {name!r} says one sentence more than once ({field}).",
                (field_spot(name, form, field),),
            )
            yield violated(rule, told)


def _comparable(figures: Figures) -> int:
    """Count the targets of both sides that are numbers of one unit."""
    numbers = [(a, b) for _name, _form, a, b in _pairs(figures) if a.unit == b.unit and a.number and b.number]
    return sum(
        hundredths(a.number, a.unit) is not None and hundredths(b.number, b.unit) is not None for a, b in numbers
    )


@told_of_each(_comparable)
def better_year(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find targets of the year above those of the whole period, and of one-year projects unlike them."""
    for name, form, before, now in _with_other_numbers(figures):
        a, b = before.hundredths, now.hundredths
        if a is None or b is None or a == b or before.one.unit != now.one.unit:
            continue
        upward = {before.one.comparator, now.one.comparator} <= {"≥", ">", "", "="}
        costs = words("costs")["level"] in before.one.level2 + before.one.level1
        once = form.period_years == 1 and not _has_other_money(form)  # else it may be the years that are wrong
        if not once and not (upward and not costs and b > a):
            continue
        label = now.one.level3 or before.one.level3
        told = Told(
            f"“{name}”的“{label}”实施期为{before.one.value}，年度为{now.one.value}，两处不一致。",
            f"{label!r} of {name!r} is {before.one.value} for the period and {now.one.value} for the year.",
            (now.spot,),
            expected=before.one.value,
            actual=now.one.value,
            evidence=(
                Evidence(before.spot, before.one.number, before.one.unit, "period"),
                Evidence(now.spot, now.one.number, now.one.unit, "annual"),
            ),
        )
        yield violated(rule, told)


def _has_other_money(form: ProjectForm) -> bool:
    """Tell whether the money of the whole period is not that of the year."""
    period, annual = form.period_funds.total, form.annual_funds.total
    return period is not None and annual is not None and bool(period.digits) and period.atoms != annual.atoms


def _stated(figures: Figures) -> int:
    """Count the targets that both sides have."""
    return sum(bool(before.value and now.value) for _name, _form, before, now in _pairs(figures))


@told_of_each(_stated)
def number_and_word(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find targets that are a number on one side and a word on the other."""
    for name, _form, before, now in _with_other_numbers(figures):
        if not before.one.value or not now.one.value or bool(before.one.number) == bool(now.one.number):
            continue
        told = Told(
            f"“{name}”的“{before.one.level3}”实施期为“{before.one.value}”，年度为“{now.one.value}”。",
            f"{before.one.level3!r} of {name!r} is a number on one side and a word on the other.",
            (now.spot,),
            evidence=(
                Evidence(before.spot, before.one.number or before.one.value, before.one.unit, "period"),
                Evidence(now.spot, now.one.number or now.one.value, now.one.unit, "annual"),
            ),
        )
        yield violated(rule, told)


def _classed(figures: Figures) -> Pairs:
    """Give the indicators that both sides have in a class, by name."""
    return [pair for pair in _spelled_alike(figures) if pair[2].level2 and pair[3].level2]


@told_of_each(lambda figures: len(_classed(figures)))
def other_class(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find indicators that stand in different classes on the two sides."""
    for name, _form, one, other in _classed(figures):
        if other.level2 == one.level2:
            continue
        told = Told(
            f"“{name}”的“{one.level3}”实施期列在{one.level2}，年度列在{other.level2}。",
            f"{one.level3!r} of {name!r} stands in different classes on the two sides.",
            (Row(name, "period", one).spot, Row(name, "annual", other).spot),
            expected=one.level2,
            actual=other.level2,
        )
        yield violated(rule, told)


def one_matter(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find indicators of one matter and one unit whose numbers differ: how often, and at what frequency, here and in the department's form."""
    yield from _unlike_whole(rule, figures)
    endings = re.compile(f"(?:{'|'.join(words('indicators')['measures'])})$")
    for name, form in figures.forms.items():
        matters: dict[tuple[str, str], list[Row]] = {}
        side = "period" if form.period_indicators else "annual"
        for one in indicators(form, side):
            plain = spelling(one.level3)
            ending = endings.search(plain) if one.number else None
            if ending is not None and ending.start() >= _PREFIX:
                matters.setdefault((plain[: ending.start()], one.unit), []).append(Row(name, side, one))
        for (stem, unit), rows in matters.items():
            numbers = list(dict.fromkeys(r.one.number for r in rows))
            if len(numbers) == 1:
                yield passed(rule)
                continue
            said = "、".join(f"“{r.one.level3}”{r.one.value}" for r in rows)
            told = Told(
                f"“{name}”的“{stem}”数值不一致：{said}。",
                f"The form {name!r} has several numbers for {stem!r}: {', '.join(numbers)} {unit}.",
                tuple(r.spot for r in rows),
                evidence=tuple(Evidence(r.spot, r.one.number, r.one.unit, "target") for r in rows),
            )
            yield violated(rule, told)


def _unlike_whole(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find shares that a project wants otherwise than the department's own form does under the same name."""
    own = figures.disclosure.department_form
    wanted = {} if own is None else {spelling(i.level3): i for i in own.indicators if i.unit == "%" and i.number}
    for name, form in figures.forms.items() if wanted else ():
        for one in form.annual_indicators or form.period_indicators:
            whole = wanted.get(spelling(one.level3)) if one.unit == "%" and len(one.level3) > _PREFIX else None
            if whole is None or hundredths(one.number, "%") is None:
                continue
            if hundredths(one.number, "%") == hundredths(whole.number, "%"):
                yield passed(rule)
                continue
            spots = Row(name, "annual", one).spot, Row("department", "annual", whole).spot
            told = Told(
                f"“{name}”的“{one.level3}”为{one.value}，部门整体绩效表为{whole.value}。",
                f"{one.level3!r} is {one.value} in {name!r} and {whole.value} in the department's own form.",
                spots,
                expected=whole.value,
                actual=one.value,
                evidence=tuple(
                    Evidence(s, v, "", "target") for s, v in zip(spots, (one.value, whole.value), strict=True)
                ),
            )
            yield violated(rule, told)


@once_for_all
def _with_other_numbers(figures: Figures) -> tuple[tuple[str, ProjectForm, Row, Row], ...]:
    """Give those of which the two sides do not print the same number."""
    unlike = [pair for pair in _pairs(figures) if pair[2].number != pair[3].number]
    return tuple([(name, form, Row(name, "period", a), Row(name, "annual", b)) for name, form, a, b in unlike])


@once_for_all
def _pairs(figures: Figures) -> Pairs:
    """Give the indicators of both sides that stand on one line and are called alike, though one name be cut."""
    placed = any(i.place is not None for form in figures.forms.values() for i in form.annual_indicators)
    return list(_on_lines(figures)) if placed else _spelled_alike(figures)


@once_for_all
def _spelled_alike(figures: Figures) -> Pairs:
    """Give the indicators of the whole period with those of the year that are spelled like them."""
    out: Pairs = []
    for name, form in figures.forms.items():
        years = {spelling(i.level3): i for i in form.annual_indicators if i.level3} if form.period_indicators else {}
        own = [i for i in form.period_indicators if i.level3] if years else []
        out += [(name, form, one, other) for one in own if (other := years.get(spelling(one.level3))) is not None]
    return out


def _on_lines(figures: Figures) -> Iterator[tuple[str, ProjectForm, Indicator, Indicator]]:
    alike = {id(one): other for _name, _form, one, other in _spelled_alike(figures)}
    for name, form in figures.forms.items():
        lines = {i.place.line: i for i in form.annual_indicators if i.level3 and i.place is not None}
        for one in form.period_indicators:
            other = lines.get(one.place.line) if one.place is not None else None
            if other is None or not _called_alike(one.level3, other.level3):
                other = alike.get(id(one))
            if one.level3 and other is not None:
                yield name, form, one, other


def _called_alike(a: str, b: str) -> bool:
    if a == b:
        return True
    a, b = spelling(a), spelling(b)
    return a.startswith(b) or b.startswith(a) or (len(a) > _PREFIX and a[:_PREFIX] == b[:_PREFIX])


@once_for_all
def _each_alike(figures: Figures) -> tuple[tuple[str, str, list[str]], ...]:
    """Group the projects by their goal of the year, or of the whole period, and by what they are; those of one goal alone too."""
    goals: dict[str, list[str]] = {}
    overviews: dict[str, list[str]] = {}
    indicated: dict[str, list[str]] = {}
    least = int(words("indicators")["goal_length"])
    for name, form in figures.forms.items():
        text = _MARKS.sub("", form.annual_goal or form.period_goal)
        if len(text) >= least:
            goals.setdefault(text, []).append(name)
        if len(form.overview) >= least:
            overviews.setdefault(form.overview, []).append(name)
        rows = [i for i in form.annual_indicators or form.period_indicators if i.value]
        if len(rows) >= _ROWS:
            indicated.setdefault("\0".join([f"{i.level3} {i.value}" for i in rows]), []).append(name)
    out = [("goal", text, names) for text, names in goals.items()]
    out += [("overview", _MARKS.sub("", text), names) for text, names in overviews.items() if len(names) > 1]
    out += [("indicators", text, names) for text, names in indicated.items() if len(names) > 1]
    return tuple(out)


def _whose(names: list[str], text: str) -> tuple[list[str], list[str]]:
    """Give the projects that a goal surely speaks of, and those that it surely does not."""
    return [n for n in names if _shared(n, text)], [n for n in names if not _shared(n, text, least=2)]


def _shared(name: str, text: str, least: int = _SHARED) -> bool:
    """Tell whether a goal speaks of a project by its name, words of every project left aside."""
    plain = re.sub("|".join(words("indicators")["generic"]), " ", spelling(name))
    return any(plain[i : i + least] in text for i in range(len(plain) - least + 1) if " " not in plain[i : i + least])


def _spot_of(name: str, figures: Figures, field: str) -> Spot:
    form = figures.forms[name]
    if field == "indicators":
        side, rows = (
            ("annual", form.annual_indicators) if form.annual_indicators else ("period", form.period_indicators)
        )
        return field_spot(name, form, side, rows[0].place)
    if field == "overview":
        return field_spot(name, form, field)
    return field_spot(name, form, "annual_goal" if form.annual_goal else "period_goal")
