"""Reading a pack's performance forms: the short lines of its `forms/` files as typed data."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.forms.once_read import OnceRead
from mingzhang.forms.performance import DepartmentTexts, Frame, PerformanceForms, ProjectTexts, folded_label
from mingzhang.model.fault import InvalidPack
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from mingzhang.forms.pack import Pack


@cache
def _forms(pack_id: str, digest: str, loaded: bytes) -> PerformanceForms | None:  # noqa: ARG001 - parts of the key
    tree = msgspec.json.decode(loaded)
    if "project" not in tree or "indicators" not in tree:
        return None
    try:
        department = _department(tree["department"]) if "department" in tree else None
        return PerformanceForms(_project(tree["project"]), department, _frame(tree["indicators"]))
    except (KeyError, ValueError, IndexError, TypeError, msgspec.ValidationError) as error:
        raise InvalidPack(_("绩效目标表定义有误：{why}").format(why=error), place=pack_id) from error


def performance_forms(pack: Pack) -> PerformanceForms | None:
    """Give a pack's performance forms, or None where it has none.

    Raises:
        InvalidPack: a form's data do not fit.
    """
    if not pack.forms:
        return None
    return _KNOWN.of(pack.forms, lambda: _forms(pack.id, pack.hash, msgspec.json.encode(pack.forms, order="sorted")))


_KNOWN: Final[OnceRead[PerformanceForms | None]] = OnceRead()


def read_form(name: str, tree: dict[str, Any]) -> ProjectTexts | DepartmentTexts | Frame:
    """Read one file of a pack's `forms/` by itself: `project`, `department`, or `indicators`.

    Raises:
        KeyError: it lacks a key, or there is no such form.
        ValueError: a line is not spelled as agreed, or a value is of another kind.
        TypeError: as ValueError.
    """
    readers: dict[str, Callable[[dict[str, Any]], ProjectTexts | DepartmentTexts | Frame]] = {
        "project": _project,
        "department": _department,
        "indicators": _frame,
    }
    return readers[name](tree)


def _project(tree: dict[str, Any]) -> ProjectTexts:
    fields, funds = tree["fields"], tree["funds"]
    flat = {
        "kind": tree["kind"],
        "title": tree["title"],
        "year_line": tree.get("year_line", ""),
        "unit": tree["unit"],
        "titles": [[t["kind"], folded_label(t["ending"])] for t in tree["titles"]],
        "start": _label(fields["start"]),
        "prefixes": [folded_label(p) for p in funds.get("prefix", ())],
        "funds": [_fund(line, funds.get("blank_at_zero", ())) for line in funds["lines"]],
        "period_totals": [folded_label(n) for n in funds["period_totals"]],
        "annual_totals": [folded_label(n) for n in funds["annual_totals"]],
        "attributes": [
            dict(zip(("attribute", "text", "word"), _parts(a, 2), strict=True)) for a in tree["attributes"]["kinds"]
        ],
        "years": tree["attributes"]["years"],
        "costings": tree.get("costings"),
        "listed": [folded_label(n) for n in funds.get("listed", ())],
        "beside": [folded_label(n) for n in funds.get("beside", ())],
    }
    for part in ("head", "money", "texts", "goals", "footer"):
        flat[part] = [_label(line) for line in fields[part]]
    return msgspec.convert(flat, ProjectTexts)


def _department(tree: dict[str, Any]) -> DepartmentTexts:
    fields, money = tree["fields"], tree["money"]
    flat = {
        "title": tree["title"],
        "year_line": tree.get("year_line", ""),
        "endings": [folded_label(t) for t in tree["endings"]],
        "money_unit": tree["money_unit"],
        "filter": tree.get("filter", ""),
        "start": _label(f"start | {fields['start']}"),
        "groups": [_label(f"group | {g}") for g in fields["groups"]],
        "tasks": _label(f"tasks | {fields['tasks']}"),
        "task_head": [folded_label(t) for t in fields["task_head"]],
        "prefixes": [folded_label(p) for p in money.get("prefix", ())],
        "by_source_head": [folded_label(t) for t in money["by_source_head"]],
        "by_use_head": [folded_label(t) for t in money["by_use_head"]],
    }
    for part in ("head", "texts"):
        flat[part] = [_label(line) for line in fields[part]]
    for side in ("by_source", "by_use"):
        flat[side] = [_money(line) for line in money[side]]
    return msgspec.convert(flat, DepartmentTexts)


def _frame(tree: dict[str, Any]) -> Frame:
    classes = [
        {"level1": part["level1"], "optional": part.get("optional", False), **row}
        for part in tree["frame"]
        for row in part["level2"]
    ]
    return msgspec.convert({"head_names": (), **tree, "classes": classes}, Frame)


def _parts(text: str, splits: int) -> list[str]:
    parts = [p.strip() for p in text.split("|", splits)]
    return parts + [""] * (splits + 1 - len(parts))


def _names(text: str) -> list[str]:
    return [n.strip() for n in text.split(" / ") if n.strip()]


def _label(line: str) -> dict[str, Any]:
    key, labels, unit = _parts(line, 2)
    text, *names = _names(labels)
    return {"key": key, "text": text, "names": names, "unit": unit}


def _fund(line: str, blank: Collection[str]) -> dict[str, Any]:
    key, period, annual, names, levels = _parts(line, 4)
    return {
        "key": key,
        "period": period,
        "annual": annual,
        "names": _names(names),
        "levels": _names(levels),
        "blank_at_zero": key in blank,
    }


def _money(line: str) -> dict[str, Any]:
    key, text, names, facts = _parts(line, 3)
    return {"key": key, "text": text, "names": _names(names), "filter": facts}
