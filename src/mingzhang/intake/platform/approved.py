"""Approved totals (批复) by unit, fund and kind, and differences that are named: from tables, JSON, TOML, or as typed."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.intake.cells import BadCell
from mingzhang.intake.platform.amounts import amount_of, yuan
from mingzhang.intake.platform.files import read_export
from mingzhang.intake.platform.keyed import Keyed, Names, keyed, unknown_word
from mingzhang.intake.platform.layouts import layout_of
from mingzhang.intake.platform.losses import GROUPS
from mingzhang.intake.platform.profile import ExportProfile
from mingzhang.intake.platform.rows import rows_of
from mingzhang.intake.platform.totals import Judge, proof
from mingzhang.intake.platform.vocabulary import meaning
from mingzhang.model.fault import Fault, UnreadableInput, why_not
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mingzhang.intake.platform.codes import Codes

_FIELDS: Final = ("unit", "fund", "kind", "origin")
_TYPED: Final = re.compile(r"(?P<keys>[^=]*)=(?P<amount>-?[\d,.]+)(?::(?P<reason>[^:]*)(?::(?P<words>.*))?)?")
REASONS: Final = {"涉密": "withheld", "待分配": "unallocated", "对下转移支付": "transfers_down", "其他": "other"}
"""What a difference between the approved amount and the lines may be."""


class Approved(msgspec.Struct, frozen=True):
    """One approved amount in fen, of everything with these keys (`unit`, `fund`, `kind`, `origin`; none: of all)."""

    keys: dict[str, str]
    amount: int
    place: str


class Difference(msgspec.Struct, frozen=True):
    """A named difference in fen: approved, but not among the lines; `reason` is one of `REASONS`, `words` say more."""

    keys: dict[str, str]
    amount: int
    reason: str
    words: str = ""


class InvalidTotals(Fault):
    """Approved totals or named differences cannot be used."""


def read_approved(path: Path, codes: Codes, names: Names, *, unit: str = "") -> list[Approved]:
    """Read approved totals from a workbook, CSV or JSON; its own totals are left out, each proved.

    JSON is a list of `{unit, fund, kind, amount}`, amounts as texts in 元; a table has such columns, or a column of
    amounts for each fund or kind.

    Raises:
        UnreadableInput: no such file, or not of these kinds.
        InvalidTotals: a line that cannot be understood, or a total that is not that of its lines.
    """
    if path.suffix == ".json":
        return [_of_tree(t, names, path.name, n) for n, t in enumerate(_json(path), 1)]
    profile = ExportProfile()
    lines: list[Keyed] = []
    problems: list[Fault] = []
    for sheet in read_export(path).sheets:
        layout = layout_of(sheet, profile, otherwise=unit)
        if layout is None or not layout.amounts:
            continue
        rows = rows_of(layout, profile)
        problems += rows.problems
        lines += keyed(rows, profile, codes, names)
    judged = Judge(lines, codes, {}, tails=False).judge()
    for outcome in judged.outcomes:
        if outcome.missing:
            problems.append(Fault(proof(outcome), place=outcome.statement.place))
    found = [_of_line(k, names) for n, k in enumerate(lines) if judged.roles[n] == "detail"]
    problems += [p for n, k in enumerate(lines) if judged.roles[n] == "detail" for p in k.problems]
    if problems:
        raise InvalidTotals("\n".join(map(str, problems)))
    if not any(found):
        raise InvalidTotals(_("没有找到批复数"), place=path.name, hint=_("列名可写：单位、资金来源、支出类别、金额。"))
    return [a for some in found for a in some]


def typed_approved(text: str, names: Names) -> Approved:
    """Read `单位,资金来源,支出类别=金额` (元); a blank part stands for all.

    Raises:
        InvalidTotals: it is not of this form, or a word of it is not known.
    """
    found = _TYPED.fullmatch(text)
    if found is None or found["reason"]:
        raise InvalidTotals(
            _("看不懂“{text}”").format(text=text), hint=_("写法：单位,资金来源,支出类别=金额（元），不分的留空。")
        )
    return Approved(_keys(found["keys"], names, text), _amount(found["amount"], text), text)


def typed_difference(text: str, names: Names) -> Difference:
    """Read `单位,资金来源,支出类别=金额:涉密` (元), with `:其他:说明` for other reasons.

    Raises:
        InvalidTotals: it is not of this form, the reason is not known, or another reason is not explained.
    """
    found = _TYPED.fullmatch(text)
    hint = _("写法：单位,资金来源,支出类别=金额（元）:涉密|待分配|对下转移支付|其他:说明。")
    if found is None or not found["reason"]:
        raise InvalidTotals(_("看不懂“{text}”").format(text=text), hint=hint)
    return _difference(_keys(found["keys"], names, text), found["amount"], found["reason"], found["words"] or "", text)


def read_differences(path: Path, names: Names) -> list[Difference]:
    """Read named differences from TOML: `[[difference]]` with unit, fund, kind, amount (元, as text), reason, words.

    Raises:
        InvalidTotals: it cannot be read, or an entry cannot be used.
    """
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableInput(_("文件无法打开：{why}").format(why=why_not(error)), place=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidTotals(_("不是有效的 TOML：{why}").format(why=error), place=path.name) from error
    found = []
    entries = tree.get("difference", [])
    for n, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        place = f"{path.name}#{n}"
        keys = _keys_of(entry, names, place)
        words = [str(entry.get(f, "")) for f in ("amount", "reason", "words")]
        found.append(_difference(keys, words[0], words[1], words[2], place))
    if not found:
        raise InvalidTotals(_("没有一项 [[difference]]"), place=path.name)
    return found


def shown_difference(difference: Difference) -> str:
    """Spell a difference for messages and records."""
    reason = next(w for w, r in REASONS.items() if r == difference.reason)
    keys = ",".join(difference.keys.get(f, "") for f in _FIELDS[:3])
    return f"{keys}={yuan(difference.amount)}:{reason}" + (f":{difference.words}" if difference.words else "")


def _difference(keys: dict[str, str], amount: str, reason: str, words: str, place: str) -> Difference:
    known = REASONS | {r: r for r in REASONS.values()}
    if reason not in known:
        said = _("差额的原因“{reason}”不认识").format(reason=reason)
        raise InvalidTotals(said, place=place, hint=_("可写：{words}。").format(words=_("、").join(REASONS)))
    if known[reason] == "other" and not words:
        raise InvalidTotals(_("原因是“其他”的差额要有说明"), place=place)
    return Difference(keys, _amount(amount, place), known[reason], words)


def _amount(text: str, place: str) -> int:
    try:
        amount = amount_of(text, "元")
    except BadCell as error:
        raise InvalidTotals(error.message, place=place, hint=error.hint) from error
    if amount is None:
        raise InvalidTotals(_("没有金额"), place=place)
    return amount


def _keys(text: str, names: Names, place: str) -> dict[str, str]:
    parts = [p.strip() for p in text.split(",")]
    if len(parts) > len(_FIELDS):
        raise InvalidTotals(_("看不懂“{text}”").format(text=text), place=place)
    return _keys_of(dict(zip(_FIELDS, parts, strict=False)), names, place)


def _keys_of(entry: dict[str, Any], names: Names, place: str) -> dict[str, str]:
    keys: dict[str, str] = {}
    for field in _FIELDS:
        text = str(entry.get(field, "") or "").strip()
        if text in {"", "*"}:
            continue
        if field == "unit":
            keys[field] = text if text in names.units else names.unit("", text)
            continue
        known = meaning(field, text)
        if known is None:
            raise InvalidTotals(str(unknown_word(field, text, place)))
        keys[field] = known.partition("/")[0]
    return keys


def _of_tree(tree: Any, names: Names, name: str, number: int) -> Approved:
    place = f"{name}#{number}"
    if not isinstance(tree, dict) or not isinstance(tree.get("amount"), str):
        raise InvalidTotals(_("每项应有 unit、fund、kind 和文字形式的 amount（元）"), place=place)
    return Approved(_keys_of(tree, names, place), _amount(tree["amount"], place), place)


def _json(path: Path) -> Sequence[Any]:
    try:
        tree = msgspec.json.decode(path.read_bytes())
    except OSError as error:
        raise UnreadableInput(_("文件无法打开：{why}").format(why=why_not(error)), place=str(path)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableInput(_("不是有效的 JSON：{why}").format(why=error), place=path.name) from error
    found = tree.get("approved") if isinstance(tree, dict) else tree
    if not isinstance(found, list) or not found:
        raise InvalidTotals(_("没有找到批复数"), place=path.name)
    return found


def _of_line(k: Keyed, names: Names) -> list[Approved]:
    """Give a line's approved amounts, one for each column that has one."""
    found = []
    measured = [a for a in k.row.layout.amounts if not a.whole]
    for column, amount in enumerate(k.row.amounts):
        if k.row.blank[column]:
            continue
        keys = {f: k.keys[f] for f in _FIELDS if f in k.keys} | _keys_of(measured[column].says, names, k.row.place)
        found.append(Approved(keys, amount, k.row.place))
    return found


def covers(keys: dict[str, str], unit: str, fund: str, kind: str, origin: str) -> bool:
    """Tell whether an amount with these keys is among what is approved or named; units by the beginning of their code."""
    mine = keys.get("unit", "")
    below = mine.isdigit() and unit.isdigit() and unit.startswith(mine)
    return (
        (not mine or unit == mine or below)
        and keys.get("fund", fund) == fund
        and GROUPS.get(keys.get("kind", kind), keys.get("kind", kind)) == GROUPS.get(kind, kind)
        and (keys.get("kind") not in {"personnel", "operating"} or keys["kind"] == kind)
        and keys.get("origin", origin) == origin
    )
