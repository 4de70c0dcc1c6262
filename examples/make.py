# ruff: noqa: INP001
"""Build the example books from their sources: `python examples/make.py`.

A source is a TOML file in `sources/`. Amounts are in 元 with two places. Short spellings:
a spending line `function kind economic amount [field=value …]`, a year-end line `fund function amount [field=value …]`,
an indicator `二级指标 | 三级指标 | annual value | value for the whole period (if it differs)`.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from mingzhang.model.book import Book
from mingzhang.model.codec import encode

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
LEVELS = {
    "数量": ("产出指标", "数量指标"),
    "质量": ("产出指标", "质量指标"),
    "时效": ("产出指标", "时效指标"),
    "成本": ("产出指标", "成本指标"),
    "经济": ("效益指标", "经济效益指标"),
    "社会": ("效益指标", "社会效益指标"),
    "生态": ("效益指标", "生态效益指标"),
    "持续": ("效益指标", "可持续影响指标"),
    "满意": ("满意度指标", "服务对象满意度指标"),
}
MONEY = re.compile(r"(\d[\d,]*)\.(\d\d)")


def fen(text: str) -> int:
    """Read an amount in 元 with two places."""
    found = MONEY.fullmatch(text)
    if found is None:
        message = f"not an amount in 元 with two places: {text!r}"
        raise ValueError(message)
    return int(found[1].replace(",", "")) * 100 + int(found[2])


def book_of(source: dict[str, Any]) -> Book:
    """Spell out a source's short forms."""
    tree = dict(source)
    tree["spending"] = [spending_line(n, text) for n, text in enumerate(lines(tree.get("spending", "")), 1)]
    tree["year_end"] = [year_end_line(n, text) for n, text in enumerate(lines(tree.get("year_end", "")), 1)]
    tree["projects"] = [project(p) for p in tree.get("projects", ())]
    for key in ("last_year", "last_executed", "procurement"):
        tree[key] = amounts(tree.get(key, {}))
    tree["claims"] = [c | {"amount": fen(c["amount"])} for c in tree.get("claims", [])]
    if "department_goals" in tree:
        goals = tree["department_goals"]
        tasks = [tuple(p.strip() for p in text.split("|", 1)) for text in lines(goals["key_tasks"])]
        annual = [g for g in indicators(goals["goals"]) if g["span"] == "annual"]
        tree["department_goals"] = goals | {"key_tasks": tasks, "goals": annual}
    return msgspec.convert(tree, Book)


def project(source: dict[str, Any]) -> dict[str, Any]:
    """Spell out one project."""
    funds = amounts(source.get("period_funds", {}))
    return source | {"period_funds": funds, "goals": indicators(source["goals"])}


def indicators(text: str) -> list[dict[str, str]]:
    """Spell out indicators: those of the whole period first, then those of the year."""
    rows = [[p.strip() for p in line.split("|")] for line in lines(text)]
    rows.sort(key=lambda row: list(LEVELS).index(row[0]))
    spans = (("period", -1), ("annual", 2))
    return [
        {"span": span, "level1": LEVELS[row[0]][0], "level2": LEVELS[row[0]][1], "level3": row[1], "value": row[value]}
        for span, value in spans
        for row in rows
    ]


def spending_line(number: int, text: str) -> dict[str, Any]:
    """Spell out one spending line."""
    function, kind, economic, amount, *more = text.split()
    named = dict(p.split("=", 1) for p in more)
    if "tags" in named:
        named["tags"] = named["tags"].split(",")
    fixed = {"id": f"s{number:03}", "function": function, "kind": kind, "amount": fen(amount)}
    return fixed | ({} if economic == "-" else {"economic": economic}) | named


def year_end_line(number: int, text: str) -> dict[str, Any]:
    """Spell out one line of money carried out."""
    fund, function, amount, *more = text.split()
    named = dict(p.split("=", 1) for p in more)
    return {"id": f"y{number:02}", "fund": fund, "function": function, "amount": fen(amount)} | named


def amounts(texts: dict[str, str]) -> dict[str, int]:
    """Read the amounts of a mapping."""
    return {key: fen(text) for key, text in texts.items()}


def lines(text: str) -> list[str]:
    """Give the lines of a text that say something; `#` begins a remark."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def books() -> dict[str, bytes]:
    """Make every book, by file name."""
    return {
        path.relative_to(SOURCES).with_suffix(".json").as_posix(): encode(
            book_of(tomllib.loads(path.read_text(encoding="utf-8")))
        )
        for path in sorted(SOURCES.rglob("*.toml"))
    }


if __name__ == "__main__":
    for name, content in books().items():
        (HERE / name).parent.mkdir(exist_ok=True)
        (HERE / name).write_bytes(content)
