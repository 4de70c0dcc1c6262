"""Somebody who wants to know what is withheld, and has the published document, the form and the list of all lines.

Nothing here is the project's own code: the stored document is read as JSON, the form's TOML and the classifications'
CSV are read anew, bounds come from a simplex of exact fractions of its own. Only amounts are not known to it:
`told` says which lines each printed figure sums and how exact it is, `interval` what follows for some of them.
"""

from __future__ import annotations

import csv
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

FEN = {"元": 100, "万元": 1_000_000}
Number = int | Fraction
Sum = tuple[frozenset[str], int, int]
"""Lines, and between what their sum lies in fen, both ends allowed."""


def told(published: dict, book: dict, form: Path, standards: Path, policy: str = "") -> list[Sum]:
    """Say what a published document tells, in which all that is withheld was treated as the policy says, or the book."""
    pack = form_of(form)
    left_out, merged = treated(book, pack, policy)
    facts = [f for f in facts_of(book, pack, standards) if f["id"] not in left_out]
    names = {p["id"]: p["name"] for p in book.get("projects", ())}
    units = {m["code"]: m["name"] for m in book.get("members", ())}
    own_unit = book.get("unit_code", "")
    units.setdefault(own_unit, book["unit_name"])
    found = []
    for table in published.get("tables", ()):
        shape = pack["tables"][table["id"]]
        passing = [f for f in facts if passes(shape.get("filter", ""), f)]
        columns = {c[0]: c for c in (split(c, 5) for c in (*shape["columns"], *shape.get("extra", ())))}
        above: dict[str, Any] = {"unit": None, "code": ""}
        for row in table.get("rows", ()):
            side = row["key"].partition(":")[0] if row["key"].startswith(("in:", "out:")) else ""
            rows = next(r for r in shape["rows"] if r.get("side", "") == side)
            under = _row(row, rows, passing, above, names, units, merged, Path(standards))
            for column, figure in row.get("cells", {}).items():
                known = _figure(figure, [f for f in under if passes(columns[column][2], f)], published)
                if known is not None:
                    found.append(known)
    for own in published.get("project_forms", ()):
        total = own["annual_funds"].get("total", {})
        mine = [f for f in facts if names.get(f["project"]) == own["project"] and f["project"] not in merged]
        listed = [f for f in mine if f["origin"] == "current"] or mine
        if "digits" in total:
            exact = total["digits"] * FEN[total["unit"]] // 10 ** total.get("places", 2)
            found.append((frozenset(f["id"] for f in listed), exact, exact))
    return found


def treated(book: dict, pack: dict, policy: str = "") -> tuple[set[str], set[str]]:
    """Give the lines that are left out of all sums, and the projects that one row stands for."""
    usual = policy or pack.get("withheld", {}).get("policy", "left_out")
    how = {w["id"]: usual if policy else w.get("policy") or usual for w in book.get("withheld", ())}
    cover = {i: how[w["id"]] for w in book.get("withheld", ()) for i in w.get("cover", ())}
    projects = {p["id"]: how.get(p.get("withheld", ""), cover.get(p["id"])) for p in book.get("projects", ())}
    lines = {
        x["id"]: how.get(x.get("withheld", ""), cover.get(x["id"])) or projects.get(x.get("project", ""))
        for x in book["spending"]
    }
    return {i for i, p in lines.items() if p == "left_out"}, {i for i, p in projects.items() if p == "merged"}


def interval(sums: list[Sum], truth: dict[str, int], wanted: frozenset[str]) -> tuple[int, int | None]:
    """Give the least and the greatest that the amounts of some lines can be together, in whole fen; None is no end."""
    if not wanted <= frozenset().union(*(s[0] for s in sums)):
        return 0, None
    ends = {}
    for ids, low, high in sums:
        before = ends.get(ids, (low, high))
        ends[ids] = (max(low, before[0]), min(high, before[1]))
    alike: dict[tuple, list[str]] = {}
    for i in sorted(frozenset().union(*ends)):
        alike.setdefault((i in wanted, *(i in ids for ids in ends)), []).append(i)
    columns = list(alike.values())
    bounds = []
    for sign in (-1, 1):
        goal = [sign if c[0] in wanted else 0 for c in columns]
        best = _most(goal, [[int(c[0] in ids) for c in columns] for ids in ends], list(ends.values()),
                     [sum(truth[i] for i in c) for c in columns])  # fmt: skip
        true = sum(truth[i] for i in wanted)
        bounds.append(None if best is None else true + sign * best)
    low, high = bounds
    return (max(0, -(-low // 1)) if low is not None else 0), (None if high is None else int(high // 1))


def form_of(folder: Path) -> dict[str, Any]:
    """Read a form with the one that it extends."""
    tree: dict[str, Any] = {"tables": {}, **tomllib.loads((folder / "pack.toml").read_text("utf-8"))}
    for path in (folder / "tables").glob("*.toml") if (folder / "tables").is_dir() else ():
        table = tomllib.loads(path.read_text("utf-8"))
        lent = form_of(folder.parent / table["like"])["tables"][path.stem] if "like" in table else {}
        tree["tables"][path.stem] = _laid(lent, table)
    if "extends" not in tree:
        return tree
    return _laid(form_of(folder.parent / tree["extends"]), tree)


def _laid(under: dict, over: dict) -> dict:
    both = {k: _laid(under[k], v) for k, v in over.items() if isinstance(v, dict) and isinstance(under.get(k), dict)}
    return {**under, **over, **both}


def facts_of(book: dict, pack: dict, standards: Path) -> list[dict[str, str]]:
    """Spell out lines as the form's filters ask for them."""
    mapping = {
        (r["unit_type"], r["dept_economic"]): r["gov_economic"] for r in _csv(standards / "economic_mapping.csv")
    }
    feeding = [(r["function"], r["revenue"]) for r in _csv(standards / "fund_revenue.csv")]
    types = {m["code"]: m["unit_type"] for m in book.get("members", ())}
    usual = pack["defaults"]
    found = []
    for line in (*book["spending"], *({**y, "kind": ""} for y in book.get("year_end", ()))):
        code, economic = line.get("function", ""), line.get("economic", "")
        unit = line.get("unit") or book.get("unit_code", "")
        fund = line.get("fund", "general")
        kind = types.get(line.get("unit", ""), book["unit_type"])
        office = "admin" if kind in ("行政", "参公") else "institution"
        fed = [r for f, r in feeding if code.startswith(f)]
        fiscal = fund in ("general", "gov_fund", "state_capital")
        tag = next((t.split(":")[1] for t in line.get("tags", ()) if t.startswith("three_public:")), None)
        three = usual.get("three_public", {}).get(economic, "") if tag is None else tag.replace("none", "")
        gov = line.get("gov_economic") or mapping.get((office, economic)) or mapping.get(("any", economic), "")
        running = (
            line["kind"] == "operating" and line.get("origin", "current") == "current" and fiscal
            and kind in usual.get("operating_cost_unit_types", ())
        )  # fmt: skip
        found.append({
            "id": line["id"], "flow": "spending" if line["kind"] else "year_end", "kind": line["kind"], "fund": fund,
            "class": code[:3], "group": code[:5] if len(code) > 3 else "", "item": code if len(code) > 5 else "",
            "code": code, "economic": economic, "gov_economic": gov, "origin": line.get("origin", "current"),
            "project": line.get("project", ""), "unit": unit, "three_public": three,
            "fund_part": line.get("fund_part") or usual.get("fund_part", {}).get(fund, ""),
            "revenue": (fed[0] if len(fed) == 1 else usual.get("revenue_of_fund", {}).get(fund, "")) if fiscal else "",
            "operating_cost": "yes" if running else "",
        })  # fmt: skip
    return found


def passes(filter_: str, fact: dict[str, str]) -> bool:
    """Tell whether a line passes a filter."""
    for word in filter_.split():
        if "!=" in word:
            field, _, values = word.partition("!=")
            if fact.get(field, "") in values.split("|"):
                return False
        elif "^=" in word:
            field, _, values = word.partition("^=")
            if not fact.get(field, "").startswith(tuple(values.split("|"))):
                return False
        else:
            field, _, values = word.partition("=")
            if fact.get(field, "") not in values.split("|"):
                return False
    return True


def split(text: str, count: int) -> list[str]:
    """Take a short spelling apart."""
    parts = [p.strip() for p in (text + " ").split(" | ")]
    return parts + [""] * (count - len(parts))


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _row(row, rows, passing, above, names, units, merged, standards) -> list[dict[str, str]]:  # noqa: PLR0917
    """Give the lines of one printed row."""
    key = row["key"].split(":", 1)[-1] if row["key"].startswith(("in:", "out:")) else row["key"]
    bare = key.partition("#")[0]
    fixed = [split(text.rstrip(), 5) for text in rows.get("fixed", "").strip().splitlines()]
    own = next((f[3] for f in fixed if f[1].partition(":")[2] == key or f[1] == key), None)
    if own is not None:
        return [f for f in passing if passes(own, f)]
    if bare == "total" or bare.startswith("department:"):
        return passing
    listed = [f for f in passing if passes(rows.get("filter", ""), f)]
    if bare.startswith("unit:") or rows["source"] == "members":
        above["unit"] = bare.removeprefix("unit:")
        return [f for f in listed if units[f["unit"]] == above["unit"]]
    if bare.startswith("project:"):
        mine = [f for f in listed if above["unit"] is None or units[f["unit"]] == above["unit"]]
        name = bare.removeprefix("project:")
        shown = [f for f in mine if f["project"] not in merged and names.get(f["project"]) == name]
        return shown or [f for f in mine if f["project"] in merged]
    field = {"item": "code"}.get(rows["field"], rows["field"])
    if bare.isdigit():
        return [f for f in listed if f[field].startswith(bare)]
    entries = [
        e for e in _csv(standards / "dept_economic.csv") if e["name"] == bare and int(e["level"]) == row["level"]
    ]
    code = next(e["code"] for e in entries if row["level"] == 1 or e["code"].startswith(above["code"]))
    if row["level"] == 1:
        above["code"] = code
    text = row.get("texts", {}).get("gov_economic", "")
    govs = {e["code"] for e in _csv(standards / "gov_economic.csv") if e["name"] == text}
    under = [f for f in listed if f[field].startswith(code)]
    return [f for f in under if not text or f["gov_economic"] in govs] if row["level"] != 1 else under


def _figure(figure: dict, under: list[dict[str, str]], published: dict) -> Sum | None:
    """Say between what a figure's lines lie together; a blank tells of nothing that is not nothing."""
    if figure.get("digits") is None or not under:
        return None
    step = FEN[figure.get("unit", "万元")] // 10 ** figure.get("places", 2)
    room = 0 if step <= 1 else step - 1 if published.get("rounding") == "additive" else step // 2
    value = figure["digits"] * step
    return frozenset(f["id"] for f in under), value - room, value + room


def _most(goal, rows, ends, truth) -> Number | None:
    """Maximise changes of amounts from the true ones, which fit: a simplex over exact fractions.

    A change is a rise less a fall, the fall no more than the amount. After a while without progress the first column
    enters instead of the best (Bland's rule), so that it ends.
    """
    table, right = _start(rows, ends, truth)
    count = len(goal)
    basis = [2 * count + n for n in range(len(table))]
    cost = {j: c for j, c in enumerate(goal) if c} | {count + j: -c for j, c in enumerate(goal) if c}
    value: Number = 0
    stuck = 0
    while enter := [j for j, c in cost.items() if c > 0]:
        j = min(enter) if stuck > 20 else max(enter, key=lambda j: cost[j])
        ways = [(_over(right[n], r[j]), basis[n], n) for n, r in enumerate(table) if r.get(j, 0) > 0]
        if not ways:
            return None
        step, _, n = min(ways)
        stuck = 0 if step else stuck + 1
        pivot = table[n].pop(j)
        line = {k: _over(v, pivot) for k, v in table[n].items()} | {basis[n]: _over(1, pivot)}
        table[n], right[n], basis[n] = line, step, j
        for m, other in enumerate(table):
            if m != n:
                right[m] -= _without(other, j, line) * step
        value += _without(cost, j, line) * step
    return value


def _over(above: Number, below: Number) -> Number:
    """Divide exactly; whole numbers, which nearly all are, stay whole: they are reckoned with much faster."""
    if below == 1:
        return above
    found = Fraction(above) / below
    return found.numerator if found.denominator == 1 else found


def _start(rows, ends, truth) -> tuple[list[dict[int, Number]], list[Number]]:
    """Write down rises and falls under both ends of every figure, and falls under the amounts."""
    count = len(truth)
    table: list[dict[int, Number]] = []
    right: list[Number] = []
    for row, (low, high) in zip(rows, ends, strict=True):
        now = sum(c * t for c, t in zip(row, truth, strict=True))
        assert low <= now <= high, "a figure is not what its lines sum to"
        for sign, room in ((1, high - now), (-1, now - low)):
            rises = {j: sign * c for j, c in enumerate(row) if c}
            table.append(rises | {count + j: -c for j, c in rises.items()})
            right.append(room)
    for j, amount in enumerate(truth):
        table.append({count + j: 1})
        right.append(amount)
    return table, right


def _without(row: dict[int, Number], column: int, line: dict[int, Number]) -> Number:
    """Take a column out of a row by the line that it is the basis of; give how often the line was taken."""
    factor = row.pop(column, 0)
    if factor:
        for k, v in line.items():
            new = row.get(k, 0) - factor * v
            if new:
                row[k] = new
            else:
                row.pop(k, None)
    return factor
