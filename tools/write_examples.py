"""Write the example of every rule: what it says of its failing case, in both languages.

The cases are those of the tests (`tests/rules`); `mingzhang rules NUMBER` shows what is written here.

`--check` writes nothing and exits 1 if the file is not what the rules say.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import msgspec
from msgspec.structs import replace

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "tests" / "rules")]

import test_across_documents as across
import test_every_rule as every
import test_last_year_beside as years
from golden import disclosure_of

from mingzhang.model.language import Language, use_language
from mingzhang.rules.across import check_area
from mingzhang.rules.catalogue import EVERY_RULE
from mingzhang.rules.steered import steered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding

FILE = ROOT / "src" / "mingzhang" / "rules" / "examples.json"


def findings(number: str) -> Iterator[Finding]:
    """Give what a rule says of its failing case."""
    if number in every.CASES:
        yield from every.findings(every.document(number, every.CASES[number]["fail"]), number)
    elif number in across.FAILS:
        name, old, new = across.FAILS[number]
        yield from (f.finding for f in across.outcomes(number, {name: (old, new)}))
    elif number in years.FAILS:
        old, new, last = years.FAILS[number]
        yield from years.found(years.THIS.replace(old, new, 1), last, number)
    else:
        yield from OTHERS[number]()


def _quoted() -> Iterable[Finding]:
    text = "[table spending] total\n2010601 行政运行: {0}\n\n[section totals]\n行政运行{{item_2010601={0}万元}}，上年预算{{item_last_2010601={1}万元}}。\n"
    this, last = (disclosure_of(text.format(*own), "shanghai-2025") for own in (("60.00", "55.00"), ("50.00", "45.00")))
    return _beside(this, last, "F-012")


def _once_again() -> Iterable[Finding]:
    project = "[table projects] total general\ntotal 合计: 10.00 10.00\nproject:甲设备购置 10.00 10.00\n\n"
    this = disclosure_of(f"{project}[form 甲设备购置] years=1\nannual.total 100000\n")
    (form,) = this.project_forms
    return _beside(this, replace(this, project_forms=(replace(form, attribute="one_off"),)), "F-015")


def _beside(this: Disclosure, last: Disclosure, number: str) -> Iterable[Finding]:
    before = replace(last, year=(this.year or 0) - 1)
    return [f for f in steered(this, last_year=before, everything=True) if f.rule == number]


def _copied() -> Iterable[Finding]:
    sentence = years.LAST.partition("[section totals]\n")[2].splitlines()[0]
    own = years.THIS.partition("[section totals]\n")[2].splitlines()[0]
    return years.found(years.THIS.replace(own, sentence), years.LAST, "F-018")


def _twice() -> Iterable[Finding]:
    changed = disclosure_of(across.OFFICE.replace("in:total 103.00", "in:total 104.00"), "")
    made = [*across.documents(), ("本级二.pdf", replace(changed, scope="unit"))]
    return [f.finding for f in check_area(made) if f.finding.rule == "L-012"]


def _missing() -> Iterable[Finding]:
    return [f.finding for f in across.outcomes("L-013", leave_out="中心.pdf")]


OTHERS = {"F-012": _quoted, "F-015": _once_again, "F-018": _copied, "L-012": _twice, "L-013": _missing}
"""Rules whose failing case is more than one change."""


def examples() -> dict[str, dict[str, str]]:
    """Give the first thing that each rule says of its failing case, by language."""
    out: dict[str, dict[str, str]] = {r.id: {} for r in EVERY_RULE}
    for language in get_args(Language):
        use_language(language)
        for number, own in out.items():
            own[language] = next(f.message for f in findings(number) if f.outcome == "violated")
    return out


def main(*, check: bool) -> int:
    """Write or check the file; give the exit status."""
    text = msgspec.json.format(msgspec.json.encode(examples()), indent=1) + b"\n"
    if not check:
        FILE.write_bytes(text)
    elif FILE.read_bytes() != text:
        print("stale: rules/examples.json (make docs)")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
