"""The codes that forms print before the name of their department: one department has one."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.briefly import only_where
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import field_spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_OFTEN: Final = 3
_DEPARTMENT: Final = "department"


@only_where(lambda figures: len({f.department_code for f in figures.disclosure.project_forms} - {""}) > 1)
def one_code(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find codes of a department that most other forms print otherwise; a hint where not most do."""
    codes: dict[str, list[tuple[str, Spot]]] = defaultdict(list)
    for name, form in figures.forms.items():
        if form.department and form.department_code:
            spot = field_spot(name, form, _DEPARTMENT)
            codes[_name(form.department, form.department_code)].append((form.department_code, spot))
    own = figures.disclosure.department_form
    if own is not None and own.department and own.department_code:
        place = own.places.get(_DEPARTMENT, own.first)
        page, line = (None, None) if place is None else (place.page, place.line)
        at = Spot(form=_DEPARTMENT, field=_DEPARTMENT, page=page, line=line)
        codes[_name(own.department, own.department_code)].append((own.department_code, at))
    if not codes:
        yield undecided(rule, "绩效目标表没有主管部门代码", "no form prints the code of its department")
    for printed in codes.values():
        counted = Counter(code for code, _spot in printed)
        wanted, often = counted.most_common(1)[0]
        for code, spot in printed:
            if code == wanted:
                yield passed(rule)
                continue
            told = Told(
                f"主管部门代码印为{code}，其他{often}份绩效目标表为{wanted}。",
                f"The department's code is {code} here, and {wanted} in {often} other forms.",
                (spot,),
                expected=wanted,
                actual=code,
                evidence=(Evidence(spot, code, "", "code"),),
            )
            yield violated(rule, told, None if counted[code] * _OFTEN <= often else "hint")


def _name(printed: str, code: str) -> str:
    """Give a department's name without the code before it."""
    return spelling(printed.removeprefix(code).lstrip("-—－ "))
