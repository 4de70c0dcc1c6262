"""Procurement, assets and staff: what the written part says of them, against tables and itself."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.declared_rules import result_of
from mingzhang.rules.figures import DEPARTMENT, TEXT
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.indicator_rows import rows_of
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.stated import stated_atoms
from mingzhang.rules.texts import texts_where, words_together
from mingzhang.rules.words import words
from mingzhang.sums.identities import Identity, Operand, judge
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.figure import Figure
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.texts import Text

_KINDS: Final = ("procurement_goods", "procurement_works", "procurement_services")
_TRAVEL: Final = CellRef("three_public", "abroad", "total")
_TRAVEL_AMONG: Final = CellRef("three_public", "total", "total")
_AS_OF: Final = re.compile(r"截[至止]至?到?\s*(?P<year>20\d\d)年")
_EQUIPMENT: Final = re.compile(
    r"(?P<limit>\d{2,3})\s*万元(?:[（(][^（）()]{0,8}[)）])?(?:以上|及以上)(?:[（(][^（）()]{0,12}[)）])?的?(?P<kind>[一-鿿]{0,6}设备)\s*(?P<n>\d[\d,]*)\s*台"
)
_ABOVE: Final = re.compile(r"以上[^，。；]{0,20}设备\s*\d")
_LEASED: Final = ("租", "面积")
_QUOTA: Final = re.compile(
    r"(?:人员编制|行政编制|事业编制|核定编制|编制)(?:总数|数)?(?:为|共|共计)?\s*(?P<n>\d{1,4})\s*[名人个]"
)


@only_where(lambda figures: any(exceeds(figures, (kind,), "procurement_total") for kind in _KINDS), sums=True)
def procurement_parts(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare goods, works and services, each, with procurement as a whole."""
    whole = CellRef(TEXT, "procurement_total")
    for kind in _KINDS:
        yield from at_most(rule, figures, (CellRef(TEXT, kind),), (whole,))


def _has_older_day(figures: Figures) -> bool:
    year = figures.disclosure.year
    return year is not None and any(int(y) < year - 1 for y in _AS_OF.findall(words_together(figures, "written")))


@only_where(_has_older_day)
def as_of(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find dates of assets before the end of last year."""
    year = figures.disclosure.year
    found = [
        (t, m)
        for t in texts_where(figures, _AS_OF, part="written")
        for m in _AS_OF.finditer(t.words)
        if any(w in t.words for w in words("assets")["assets"])
    ]
    if not found or year is None:
        yield undecided(rule, "没有写明截止日期", "no date is stated")
        return
    yield passed(rule)
    for text, date in found:
        if int(date["year"]) < year - 1:
            spot = text.spot(date[0])
            told = Told(
                f"资产情况截至{date['year']}年，本文件为{year}年，应更新到上年末。",
                f"Assets are stated as of {date['year']}; the document is of {year}.",
                (spot,),
                expected=str(year - 1),
                actual=date["year"],
                evidence=(Evidence(spot, date["year"], "年", "year"),),
            )
            yield violated(rule, told)


def _may_lease(figures: Figures) -> bool:
    together = words_together(figures)
    return all(word in together for word in _LEASED)


@only_where(_may_lease)
def leased(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find targets of space to be leased beyond the offices that the written part states; a hint unless those are none."""
    pattern = re.compile(words("assets")["offices"])
    stated = [(t, m) for t in texts_where(figures, pattern, part="written") for m in pattern.finditer(t.words)]
    rows = rows_of(figures) if len(stated) == 1 else ()
    rows = tuple([r for r in rows if all(word in r.one.level3 for word in _LEASED) and r.one.number])
    if not rows:
        yield undecided(rule, "没有写明办公用房面积，或没有租赁面积的指标", "no offices are stated, or none leased")
        return
    yield passed(rule)
    text, offices = stated[0]
    area = Fraction(offices["n"].replace(",", ""))
    for row in {(r.form, r.one.level3): r for r in rows}.values():
        if Fraction(row.one.number.replace(",", "")) <= area:
            continue
        spot = text.spot(offices[0])
        told = Told(
            f"资产情况写办公用房{offices['n']}平方米，“{row.form}”的指标“{row.one.level3}”为{row.one.value}，租赁的用房没有说明。",
            f"Offices of {offices['n']} square metres are stated; {row.one.value} are to be leased.",
            (spot, row.spot),
            expected=row.one.number,
            actual=offices["n"],
            unit="平方米",
            evidence=(
                Evidence(spot, offices["n"], "平方米", "stated"),
                Evidence(row.spot, row.one.number, "平方米", "leased"),
            ),
        )
        yield violated(rule, told, None if area == 0 else "hint")


def staff_quota(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the one establishment that the profile states with that of the department's own form."""
    form = CellRef(DEPARTMENT, "staff_quota")
    quota = number_at(form, figures) if figures.disclosure.scope == "own_office" else None
    texts = () if quota is None else texts_where(figures, _QUOTA, part="profile")
    found = [(t, m) for t in texts for m in _QUOTA.finditer(t.words)]
    if quota is None or len(found) != 1:
        yield undecided(rule, "没有可以比较的编制数", "there is no establishment to compare")
        return
    text, stated = found[0]
    if int(stated["n"]) == quota.digits:
        yield passed(rule)
        return
    spot = text.spot(stated[0])
    told = Told(
        f"概况写编制{stated['n']}名，部门整体绩效表为{quota.plain}人。",
        f"The profile says {stated['n']}, the department's own form {quota.plain}.",
        (spot, figures.spot(form)),
        expected=quota.plain,
        actual=stated["n"],
        unit="人",
        evidence=(Evidence(spot, stated["n"], "人", "profile"), evidence_of(quota, figures.spot(form), "form")),
    )
    yield violated(rule, told)


def _first_operating_cost(figures: Figures) -> tuple[CellRef, Figure] | None:
    """Give the first figure of operating costs other than zero."""
    table = figures.disclosure.table("operating_cost")
    rows = () if table is None else table.rows
    return next(((CellRef("operating_cost", r.key, c), f) for r in rows for c, f in r.cells.items() if f.digits), None)


@only_where(_first_operating_cost)
def no_operating_cost(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find figures of operating costs where the written part says that there can be none."""
    pattern = re.compile(words("assets")["no_operating_cost"])
    said = [
        (t, m[0])
        for t in texts_where(figures, pattern, part="written")
        for m in pattern.finditer(t.words)
        if not any(w in _sentence(t.words, m.start()) for w in words("assets")["of_others"])
    ]
    if not said or figures.disclosure.table("operating_cost") is None:
        yield undecided(rule, "没有这样的说明", "nothing like that is said")
        return
    printed = _first_operating_cost(figures)
    if printed is None:
        yield passed(rule)
        return
    ref, figure = printed
    text, words_said = said[0]
    spot = text.spot(words_said)
    told = Told(
        f"说明写不涉及机关运行经费，表中却有{figures.name(ref)}{figure.plain}{figure.unit}。",
        f"Operating costs are said not to apply, and the table has {figure.plain}.",
        (figures.spot(ref), spot),
        actual=figure.plain,
        unit=figure.unit,
        evidence=(evidence_of(figure, figures.spot(ref), "printed"),),
    )
    yield violated(rule, told)


def _sentence(text: str, at: int) -> str:
    """Give the words from the last full stop before a place up to it."""
    return re.split("[。；]", text[:at])[-1]


def institution(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find operating costs of an office in the document of one public institution."""
    document = figures.disclosure
    if document.scope != "unit" or not document.unit_type.startswith("公益"):
        yield undecided(
            rule, "单位类型不明，或不是单独公开的事业单位", "not known to be the document of one institution"
        )
        return
    ref = CellRef("operating_cost", "total", "total")
    figure = number_at(ref, figures)
    if figure is None or not figure.digits:
        yield passed(rule)
        return
    spot = figures.spot(ref)
    told = Told(
        f"单位类型为{document.unit_type}，机关运行经费却有{figure.plain}{figure.unit}。",
        f"A public institution has {figure.plain} of operating costs of an office.",
        (spot,),
        actual=figure.plain,
        unit=figure.unit,
        evidence=(evidence_of(figure, spot, "printed"),),
    )
    yield violated(rule, told)


def _has_no_travel(figures: Figures) -> bool:
    """Tell whether the table prints nothing for travel abroad: a nought, or a blank above a total."""
    money = figures.figure(_TRAVEL)
    return money is not None and not money.digits and number_at(_TRAVEL_AMONG, figures) is not None


@only_where(_has_no_travel)
def no_travel(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find groups or persons going abroad where there is no money for it."""
    pattern = re.compile(words("assets")["travel"])
    money = figures.figure(_TRAVEL)
    found = [(t, m) for t in texts_where(figures, pattern, part="written") for m in pattern.finditer(t.words)]
    if money is None or not found or number_at(_TRAVEL_AMONG, figures) is None:
        yield undecided(rule, "没有写明团组或人次", "no groups are stated")
        return
    wrong = [(t, m) for t, m in found if int(m["n"]) and not money.digits]
    yield (
        passed(rule)
        if not wrong
        else violated(
            rule,
            Told(
                f"因公出国（境）费为0，说明却写“{wrong[0][1][0]}”。",
                f"There is no money for travel abroad, and {wrong[0][1][0]!r} is stated.",
                (wrong[0][0].spot(wrong[0][1][0]),),
                actual=wrong[0][1]["n"],
                evidence=(Evidence(wrong[0][0].spot(wrong[0][1][0]), wrong[0][1]["n"], "", "stated"),),
            ),
        )
    )


def equipment(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare equipment above two limits of price, where it is of one kind: what is above the higher is above the lower too."""
    seen: dict[tuple[str, str], tuple[int, int, Text, str]] = {}
    texts = texts_where(figures, _ABOVE, part="written")
    for text in texts:
        for found in _EQUIPMENT.finditer(text.words):
            limit, number = int(found["limit"]), int(found["n"].replace(",", ""))
            before = seen.setdefault((text.section, found["kind"]), (limit, number, text, found[0]))
            if before[0] == limit:
                continue
            if (limit > before[0]) == (number > before[1]) and number != before[1]:
                spots = text.spot(found[0]), before[2].spot(before[3])
                told = Told(
                    f"写明“{found[0]}”，又写“{before[3]}”：价值较高的不会更多。",
                    f"{number} above {limit}0,000 yuan, {before[1]} above {before[0]}0,000: there cannot be more of the dearer.",
                    spots,
                    expected=str(before[1]),
                    actual=str(number),
                    evidence=(
                        Evidence(spots[0], str(number), "", "equipment"),
                        Evidence(spots[1], str(before[1]), "", "equipment"),
                    ),
                )
                yield violated(rule, told)
            else:
                yield passed(rule)
    if not texts:
        yield undecided(rule, "没有写明两个价值界限的设备", "no equipment above two limits is stated")


def at_most(rule: Rule, figures: Figures, left: tuple[CellRef, ...], right: tuple[CellRef, ...]) -> Iterator[Result]:
    """Judge that figures together are at most others, where all are printed."""
    if not left or any(number_at(r, figures) is None for r in (*left, *right)):
        return
    identity = Identity(tuple(Operand(1, r) for r in left), "<=", tuple(Operand(1, r) for r in right))
    result = result_of(rule, judge(identity, figures.sheets, additive=figures.additive), figures)
    if result is not None:
        yield result


def exceeds(figures: Figures, parts: tuple[str, ...], whole: str) -> bool:
    """Tell whether figures of the written part, those that are printed, add up to more than another does."""
    atoms = stated_atoms(figures)
    return whole in figures.said and sum(atoms.get(n) or 0 for n in parts) > (atoms.get(whole) or 0)


def number_at(ref: CellRef, figures: Figures) -> Figure | None:
    """Give a figure that is a number, None where it is not stated or printed."""
    if ref.source == TEXT and ref.row not in figures.said:
        return None
    figure = figures.figure(ref)
    return figure if figure is not None and figure.is_number else None
