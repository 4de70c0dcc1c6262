"""Performance forms read where no ruling shows their cells: fields and indicators right, doubted, lost and silently wrong.

`python benchmarks/bench_form_text.py [DOCUMENTS] [--why]` compiles made-up books on every pack that has forms, prints them in
several ways and reads them again. Each way's row is printed when it is done.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from form_layouts import forms_pdf, forms_text
from form_scores import fields_of, indicators_of, scored
from msgspec.structs import replace
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.model.fault import Fault
from mingzhang.readback.doors import read_file

if TYPE_CHECKING:
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.performance import Indicator

WAYS = ("layout", "unruled layout", "unruled", "blanks middle", "blanks top")
LONG = ("overview", "basis", "necessity", "safeguards", "plan", "period_goal", "annual_goal")
SENTENCES = (
    "按照合同约定分两批实施，第一批在六月底前完成，第二批在十一月底前完成并组织验收。",
    "经费按进度支付，质量由监理单位逐项检查，发现问题当场整改；",
    "涉及3个片区、12条线路，2024年计划投入人员36人次。",
)


def main() -> None:
    """Print the table."""
    documents = next((int(a) for a in sys.argv[1:] if a.isdigit()), 10)
    packs = [p.id for p in packs_of_books() if p.forms]
    names = ("fields", "right", "indicators", "right", "doubted", "wrong", "silent")
    print(f"{'way':16}" + "".join(f"{n:>12}" for n in names))
    with tempfile.TemporaryDirectory() as folder:
        for way in WAYS:
            total: Counter[str] = Counter()
            for n in range(documents):
                document = _with_long_texts(compile_book(sound_book(n, packs[n % len(packs)])).disclosure, n)
                total += _measured(document, _printed(document, way, n, Path(folder)))
            fields, indicators = max(total["fields"], 1), max(total["indicators"], 1)
            print(
                f"{way:16}{fields:12}{total['right_fields'] / fields:12.2%}{indicators:12}"
                f"{total['right_indicators'] / indicators:12.2%}{total['doubted']:12}"
                f"{total['wrong_fields'] + total['wrong_indicators']:12}{total['silent']:12}",
                flush=True,
            )


def _printed(document: Disclosure, way: str, seed: int, folder: Path) -> Path:
    """Print a document one way, into a file."""
    path = folder / ("a.pdf" if way == "unruled" else "a.txt")
    if way == "unruled":
        path.write_bytes(forms_pdf(document, seed))
    elif way == "layout":
        subprocess.run(["pdftotext", "-layout", "-", str(path)], input=pdf_bytes(document), check=True)
    elif way == "unruled layout":
        command = ["pdftotext", "-layout", "-", str(path)]
        subprocess.run(command, input=forms_pdf(document, seed), check=True)
    else:
        path.write_text(forms_text(document, middle=way == "blanks middle"), encoding="utf-8")
    return path


def _with_long_texts(document: Disclosure, seed: int) -> Disclosure:
    """Give forms longer texts and names, so that cells are broken over lines."""
    random = Random(seed)
    forms = []
    for form in document.project_forms:
        fields = {f: _longer(getattr(form, f), random) for f in LONG}
        own = {
            side: tuple(_renamed(i) if random.random() < 0.3 else i for i in getattr(form, side))
            for side in ("period_indicators", "annual_indicators")
        }
        forms.append(replace(form, **fields, **own))
    return replace(document, project_forms=tuple(forms))


def _longer(text: str, random: Random) -> str:
    return text + "".join(random.choice(SENTENCES) for _ in range(random.choice((0, 0, 1, 3))))


def _renamed(one: Indicator) -> Indicator:
    return replace(one, level3=f"{one.level3}（含续建和新开工部分）")


def _measured(document: Disclosure, path: Path) -> Counter[str]:
    try:
        got = read_file(path)
    except Fault as fault:
        print("  ", fault)
        return Counter()
    if "--why" in sys.argv:
        _tell(document, got)
    return scored(document, got)


def _tell(wanted: Disclosure, got: Disclosure) -> None:
    read = {f.project: f for f in got.project_forms}
    for form in wanted.project_forms:
        one = read.get(form.project)
        if one is None:
            print("   no form", form.project)
            continue
        a, b = dict(fields_of(form)), dict(fields_of(one))
        for key in {*a, *b}:
            if a.get(key) != b.get(key):
                print("  ", form.project, key, a.get(key), "->", b.get(key), one.doubts[:2])
        x, y = Counter(k for k, _ in indicators_of(form)), Counter(k for k, _ in indicators_of(one))
        for key in x - y:
            print("   lost", form.project, key)
        for key in y - x:
            print("   extra", form.project, key)


if __name__ == "__main__":
    main()
