"""Documents of known forms after somebody's patching by hand: other years, words, orders, columns and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingzhang.documents.tabbed import tabbed

if TYPE_CHECKING:
    from random import Random

    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure

WORDS = (
    ("合计", "总计"),
    ("基本支出", "基本支出预算"),
    ("项目支出", "项目支出预算"),
    ("科目编码", "科目代码"),
    ("当年预算安排", "本年预算安排"),
    ("上年结转安排", "上年结转"),
)
ACCIDENTS = (
    "as_is",
    "words",
    "drop_empty",
    "move",
    "numbers",
    "no_numbers",
    "remark",
    "other_year",
    "plain_titles",
    "blank_rows",
)


def patched(disclosure: Disclosure, pack: Pack, accident: str, random: Random) -> str:  # noqa: C901, PLR0912 - a list
    """Print a disclosure as tabbed text and patch it."""
    lines = tabbed(disclosure, pack).split("\n")
    blocks = _blocks(lines, {t.title for t in disclosure.tables})
    if accident == "words":
        chosen = random.sample(WORDS, 3)
        for start, end in blocks:
            for i in range(start, end):
                if "\t" in lines[i] and not re.search(r"\d\.\d|\t\d{3,7}\t|^\d{3}", lines[i]):
                    cells = lines[i].split("\t")
                    lines[i] = "\t".join(
                        next((new for old, new in chosen if c == old and len(set(cells)) > 2), c) for c in cells
                    )
    elif accident == "drop_empty":
        for start, end in reversed(blocks):
            if not any(re.search(r"[1-9]\d*\.\d", x) for x in lines[start:end]):
                del lines[start:end]
    elif accident == "move" and len(blocks) > 3:
        (a, b), (c, d) = blocks[1], blocks[3]
        lines = [*lines[:a], *lines[c:d], *lines[b:c], *lines[a:b], *lines[d:]]
    elif accident in {"numbers", "no_numbers"}:
        for start, _end in reversed(blocks):
            if re.search(r"表\d+$", lines[start]):
                lines[start] = f"附表{random.randint(1, 20)}" if accident == "numbers" else ""
    elif accident == "remark":
        for start, end in blocks:
            rows = [i for i in range(start, end) if lines[i].count("\t") > 1]
            for n, i in enumerate(rows):
                lines[i] += "\t备注" if not n else "\t"
    elif accident == "other_year":
        year = disclosure.year or 0
        text = "\n".join(lines)
        return re.sub(rf"{year}(?=年)", str(year + 2), re.sub(rf"{year - 1}(?=年)", str(year + 1), text))
    elif accident == "plain_titles":
        lines = [
            re.sub(r"（(?:不含|本年|上年).*）$", "", x) if "表" in x and "\t" not in x and "项目" not in x else x
            for x in lines
        ]
    elif accident == "blank_rows":
        for _start, end in reversed(blocks):
            lines.insert(end - 1 if lines[end - 1] == "" else end, "\t" * lines[end - 2].count("\t"))
    return "\n".join(lines)


def _blocks(lines: list[str], titles: set[str]) -> list[tuple[int, int]]:
    """Find the lines of each table in the body, from its number to the blank line behind it."""
    found = []
    for i, line in enumerate(lines):
        if line in titles and i and not any(s <= i < e for s, e in found):
            start = i - 1 if lines[i - 1] and "\t" not in lines[i - 1] and re.search(r"表", lines[i - 1]) else i
            end = next((n for n in range(i, len(lines)) if not lines[n].strip("\t")), len(lines))
            if end - i > 2:
                found.append((start, end))
    return found
