"""Names of other units left in a document: above its tables, and where its sentences say whose money it is."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.functions.name_slips import names_of_units
from mingzhang.rules.names import is_one_slip
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import texts_in, texts_where, words_together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_KINDS: Final = (
    "局|委员会|中心|学校|小学|中学|大学|学院|幼儿园|医院|卫生院|保健院|办公室|研究院|研究所|管理所|管理处|站|支队|大队|总队"
    "|协会|联合会|总工会|厅|馆|人民政府|街道办事处|办事处|法院|检察院|部"
)
_MONEY: Final = (
    "(?:部门)?(?:各单位)?(?:预算收入|预算支出|收入预算|支出预算|收入总|支出总|收支|财政拨款|一般公共预算|政府性基金预算|国有资本经营预算"
    "|机关运行经费|政府采购|“三公”经费|纳入绩效|实行绩效|[共拥占现]有|使用的办公用房)"
)
_NAME: Final = rf"(?P<name>[一-鿿（）()]{{2,30}}?(?:{_KINDS}))(?={_MONEY})"
_WHOSE: Final = (
    re.compile(rf"2(?<![^。；\s\0]2)0\d\d年度?[，,]?{_NAME}"),
    re.compile(rf"截(?<![^。；\s\0]截)[至止][^，,。；\0]{{4,14}}[，,]{_NAME}"),
)
"""A unit's name behind the year or the day of which its money is told."""

_NOT_NAMED: Final = re.compile("[本我各全]|[所下]属|当年|上年|年初|预算")
_SHORTEST: Final = 4
_OFTEN: Final = 4


def named(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find names of units that are neither this one nor any that the document speaks of."""
    own = spelling(figures.disclosure.unit_name)
    above = {t.unit_name for t in figures.disclosure.tables if t.unit_name}
    if len(own) < _SHORTEST or not (above or texts_in(figures, "written")):
        yield undecided(rule, "没有读到单位名称", "no unit is named")
        return
    yield passed(rule)
    found = [*(_above(figures, own) if len(above) > 1 else ()), *_said(figures)]
    for name, spot in found:
        if not _is_of(spelling(name), own) and spelling(name) not in _spoken_of(figures):
            told = Told(
                f"单位名称写作“{name}”，不是本文件的“{figures.disclosure.unit_name}”，也没有在概况中出现。",
                f"{name!r} is named here; the document is that of {figures.disclosure.unit_name!r}.",
                (spot,),
                expected=figures.disclosure.unit_name,
                actual=name,
                evidence=(Evidence(spot, name, "", "name"),),
            )
            sure = spot.table or own in spelling(words_together(figures, "written"))  # else it may go by that name
            yield violated(rule, told, None if sure else "hint")


def _above(figures: Figures, own: str) -> Iterator[tuple[str, Spot]]:
    """Give the names above single tables that nearly all others do not have."""
    above = [(name, spot) for name, spot in names_of_units(figures) if spot.table]
    counted = Counter(spelling(name) for name, _spot in above)
    often = counted[own]
    for name, spot in above:
        if counted[spelling(name)] * _OFTEN <= often:
            yield name, spot


def _said(figures: Figures) -> Iterator[tuple[str, Spot]]:
    """Give the names of units whose money a sentence of the written part speaks of."""
    if _names_another(figures):
        for text in texts_where(figures, *_WHOSE, part="written"):
            for found in (m for pattern in _WHOSE for m in pattern.finditer(text.words)):
                if _NOT_NAMED.search(found["name"]) is None:
                    yield found["name"], text.spot(found[0])


def _names_another(figures: Figures) -> bool:
    """Tell whether any name of a unit stands there that is not the document's own, letter by letter."""
    together = words_together(figures, "written")
    names = {found["name"] for pattern in _WHOSE for found in pattern.finditer(together)}
    return not names <= {figures.disclosure.unit_name}


def _is_of(name: str, own: str) -> bool:
    """Tell whether a name is the unit's own: whole, shortened, with something added, or with one slip."""
    if len(name) < _SHORTEST or own in name or is_one_slip(name, own):
        return True
    rest = iter(own)
    return all(c in rest for c in name)


@once_for_all
def _spoken_of(figures: Figures) -> str:
    """Give all that a document says outside its written part: units that are named there are its own, or theirs."""
    publication, document = figures.disclosure.publication, figures.disclosure
    names = [*publication.cover, *(f"{f.department}\0{f.implementing_unit}" for f in document.project_forms)]
    names += [row.label for table in document.tables for row in table.rows if not row.code]
    return spelling("\0".join([words_together(figures, "profile"), *names]))
