"""Years and dates in the texts of projects' forms, and the persons who answer for them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import FIELD_NAMES, Text, texts_in, words_together
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.performance import ProjectForm
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_YEAR: Final = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})年")
_ANY_YEAR: Final = re.compile(r"(?:19|20)\d{2}年")
_RANGE: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:年[^，。；、]{0,12}?)?\s*[-—~～－至到]\s*20\d{2}")
_STAMP: Final = 14
_DAY: Final = 8
_STARTS: Final = "0701"  # a budget is prepared from the middle of the year before


def firm_years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find the year before where a form says what is to be done."""
    return _stale(rule, figures, firm=True)


def loose_years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find past years elsewhere in a form, and older ones."""
    return _stale(rule, figures, firm=False)


def _stale(rule: Rule, figures: Figures, *, firm: bool) -> Iterator[Result]:
    year = figures.disclosure.year
    if year is None or not figures.forms:
        yield undecided(rule, "年度不明，或没有绩效目标表", "the year is not known, or there are no forms")
        return
    yield passed(rule)
    for text, years in _stale_texts(figures, year):
        wanted = [m for m in years if _is_firm(text, m, year) == firm]
        if wanted:
            stated = wanted[0]["year"]
            spot = text.spot()
            told = Told(
                f"“{text.form}”{FIELD_NAMES.get(text.field, text.field)}写的是{stated}年，本文件为{year}年："
                f"…{text.around(wanted[0].start(), wanted[0].end())}…",
                f"The form {text.form!r} speaks of {stated}; the document is of {year}.",
                (spot,),
                expected=str(year),
                actual=stated,
                evidence=(Evidence(spot, stated, "年", "year"),),
            )
            yield violated(rule, told)


@once_for_all
def _stale_texts(figures: Figures, year: int) -> tuple[tuple[Text, list[re.Match[str]]], ...]:
    """List the texts of forms with the past years that they speak of, those in the form's own name left out."""
    planned = words("years")["planned"]
    found = (
        (t, [m for m in stale_years(t.words, year, planned=t.field in planned) if m["year"] not in t.form])
        for t in texts_with_years(figures, "form", year)
        if t.form in figures.forms
    )
    return tuple((text, years) for text, years in found if years)


def texts_with_years(figures: Figures, part: str, before: int) -> list[Text]:
    """List the texts of a part that speak of a year before one."""
    years = {y for y in _ANY_YEAR.findall(words_together(figures, part)) if int(y[:4]) < before}
    return [t for t in texts_in(figures, part) if any(y in t.words for y in years)] if years else []


def _is_firm(text: Text, found: re.Match[str], year: int) -> bool:
    """Tell whether a stale year is surely one: the year before alone, in what is planned, or for which money is asked."""
    lists = words("years")
    if int(found["year"]) != year - 1 or text.field not in lists["firm"] or f"{year}年" in text.words:
        return False
    before, after = (re.compile(pattern) for pattern in lists["to_be_done"])
    asked = before.search(text.words[: found.start()]) or after.search(text.words[found.end() :])
    return asked is not None or text.field not in lists["reasoned"]


def stale_years(text: str, year: int, *, planned: bool = False) -> list[re.Match[str]]:
    """Find years before a year that nothing around them excuses.

    In what is `planned`, and speaks of no later year, what is to be done or reached excuses nothing; a thing that was, 建成的, does.
    """
    if all(int(m[0][:4]) >= year for m in _ANY_YEAR.finditer(text)):
        return []
    lists = words("years")
    excuses = lists["after"]
    if planned and all(int(m[0][:4]) < year for m in _ANY_YEAR.finditer(text)):
        excuses = [f"{w}的" if w in lists["done"] else w for w in excuses]
    hidden = text
    for pattern in (*map(re.compile, lists["quoted"]), _RANGE):
        for quoted in pattern.finditer(hidden):
            hidden = hidden[: quoted.start()] + " " * len(quoted[0]) + hidden[quoted.end() :]
    out = []
    for found in _YEAR.finditer(hidden):
        before, after = hidden[: found.start()].rstrip(), hidden[found.end() : found.end() + int(lists["reach"])]
        clause = re.sub(lists["no_excuse"], "", re.split(f"[{lists['stop']}]", after, maxsplit=1)[0])
        if int(found["year"]) >= year or before.endswith(tuple(lists["before"])):
            continue
        if not any(word in clause for word in excuses):
            out.append(found)
    return out


def fill_dates(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find forms filled in before the year's budget was prepared."""
    year = figures.disclosure.year
    for name, form in figures.forms.items():
        stamp = re.sub(r"\D", "", form.filled_at)
        if year is None or not _is_date(stamp):
            continue
        if stamp[:_DAY] >= f"{year - 1}{_STARTS}":
            yield passed(rule)
            continue
        spot = _spot(name, form, "filled_at")
        told = Told(
            f"“{name}”的填报日期{stamp[:_DAY]}早于{year}年度预算的编制。",
            f"The form {name!r} was filled in on {stamp[:_DAY]}, before the budget of {year} was prepared.",
            (spot,),
            actual=stamp[:_DAY],
            evidence=(Evidence(spot, stamp[:_DAY], "", "date"),),
        )
        yield violated(rule, told)


def timestamps(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find dates of filling in that are no dates, or cut short."""
    for name, form in figures.forms.items():
        stamp = re.sub(r"\s", "", form.filled_at)
        if not stamp.isdigit():
            continue
        if _is_date(stamp):
            yield passed(rule)
            continue
        spot = _spot(name, form, "filled_at")
        told = Told(
            f"“{name}”的填报日期“{stamp}”不是完整的日期或时间。",
            f"The form {name!r} has {stamp!r} for a date.",
            (spot,),
            actual=stamp,
            evidence=(Evidence(spot, stamp, "", "date"),),
        )
        yield violated(rule, told)


def contacts(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find forms in which nobody is named and no telephone given."""
    yield from _blank(rule, figures, ("head", "contact", "phone"), ("负责人、经办人、联系电话均未填写", "name nobody"))


def heads(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find forms that name who filled them in and not who answers for them."""
    wanted = ("负责人未填写", "do not name who answers for them")
    yield from _blank(rule, figures, ("head",), wanted, others=("contact", "phone"))


def _blank(
    rule: Rule, figures: Figures, fields: tuple[str, ...], said: tuple[str, str], others: tuple[str, ...] = ()
) -> Iterator[Result]:
    asked = {n: f for n, f in figures.forms.items() if any(x in f.places for x in fields)}
    if not asked:
        yield undecided(rule, "表中没有这些栏目", "the forms do not ask")
        return
    bad = {
        n: f
        for n, f in asked.items()
        if not any(getattr(f, x) for x in fields) and (not others or any(getattr(f, x) for x in others))
    }
    if not bad:
        yield passed(rule)
        return
    told = Told(
        f"{len(bad)}份绩效目标表的{said[0]}。",
        f"{len(bad)} forms {said[1]}.",
        tuple(_spot(n, f, fields[0]) for n, f in bad.items()),
        actual=str(len(bad)),
    )
    yield violated(rule, told)


def joined_names(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find names of persons that run together."""
    units = words("hygiene")["not_a_name"]
    for name, form in figures.forms.items():
        for field in ("head", "contact"):
            person = re.sub(r"\s", "", str(getattr(form, field)))
            if not person:
                continue
            if re.fullmatch(r"[一-鿿]{5,8}", person) is None or any(u in person for u in units):
                yield passed(rule)
                continue
            told = Told(
                f"“{name}”的联系人一栏似有两人，姓名没有隔开。",
                f"The form {name!r} seems to name two persons without a gap.",
                (_spot(name, form, field),),
            )
            yield violated(rule, told)


def _is_date(stamp: str) -> bool:
    if len(stamp) not in {_DAY, _STAMP} or not stamp.isdigit():
        return False
    try:
        datetime.strptime(stamp, "%Y%m%d" if len(stamp) == _DAY else "%Y%m%d%H%M%S")  # noqa: DTZ007 - only its form
    except ValueError:
        return False
    return True


def _spot(name: str, form: ProjectForm, field: str) -> Spot:
    place = form.places.get(field, form.last or form.first)
    return Spot(form=name, field=field, page=place.page if place else None, line=place.line if place else None)
