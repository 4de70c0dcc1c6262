"""What changed between two disclosures: versions of one, two years, a file and the data it should hold."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from mingzhang.comparing.content import Item, bare_heading, charts_of, items_of, paragraphs_of, section_key
from mingzhang.model.change import Change
from mingzhang.model.figure import spell
from mingzhang.model.keys import numbered
from mingzhang.model.units import atoms, base_of, is_money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.figure import Figure

_WORDS_SHOWN = 60


def changes(left: Disclosure, right: Disclosure) -> tuple[Change, ...]:
    """List what changed from one disclosure to a later one, in the later one's order of print, then what is gone."""
    before, after = _by_key(left), _by_key(right)
    found = [
        _change(before.get(key), item)
        for key, item in after.items()
        if key not in before or not _alike(before[key], item)
    ]
    gone = [_change(item, None) for key, item in before.items() if key not in after]
    return (*found, *_paragraphs(left, right), *_charts(left, right), *gone)


def _by_key(disclosure: Disclosure) -> dict[tuple[str, str], Item]:
    items = list(items_of(disclosure))
    keys = numbered(f"{i.kind} {i.key}" for i in items)
    return {(item.kind, key): item for key, item in zip(keys, items, strict=True)}


def _alike(a: Item, b: Item) -> bool:
    """Tell whether two items say the same: figures by their exact value and places in one unit, else words."""
    if a.figure is not None and b.figure is not None and a.figure.is_number and b.figure.is_number:
        return (a.figure.digits, a.figure.places, a.figure.unit) == (b.figure.digits, b.figure.places, b.figure.unit)
    return a.text == b.text


def _change(a: Item | None, b: Item | None) -> Change:
    own = b or a
    assert own is not None
    by, unit = ("", "") if a is None or b is None else _difference(a.figure, b.figure)
    place = b.place if b is not None else None
    return Change(
        own.kind, own.key, own.name, "" if a is None else a.text, "" if b is None else b.text, by, unit, place
    )


def _difference(a: Figure | None, b: Figure | None) -> tuple[str, str]:
    """Say by how much a figure grew, in the later unit and the finer of the two places."""
    if a is None or b is None or a.digits is None or b.digits is None:
        return "", ""
    if is_money(a.unit) != is_money(b.unit) or (not is_money(a.unit) and a.unit != b.unit):
        return "", ""
    places = max(a.places, b.places)
    grown = atoms(b.digits, b.places, b.unit) - atoms(a.digits, a.places, a.unit)
    digits, left = divmod(grown * 10**places, base_of(b.unit))
    return ("", "") if left else (f"{'+' if digits > 0 else ''}{spell(digits, places, grouped=False)}", b.unit)


def _paragraphs(left: Disclosure, right: Disclosure) -> Iterator[Change]:
    """Pair off the paragraphs of each section; understood numbers are told one by one and not here again."""
    before, after = paragraphs_of(left), paragraphs_of(right)
    names = {section_key(s): bare_heading(s.heading) for s in (*left.sections, *right.sections)}
    for key in dict.fromkeys((*after, *before)):
        a, b = before.get(key, []), after.get(key, [])
        matcher = SequenceMatcher(None, [w.frame for w in a], [w.frame for w in b], autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            for was, now in zip_longest(a[i:j], b[k:m]) if tag != "equal" else ():
                shown = _around("" if was is None else was.text, "" if now is None else now.text)
                yield Change(
                    "paragraph",
                    key,
                    names.get(key) or key.rpartition("/")[2],
                    *shown,
                    place=None if now is None else now.place,
                )


def _charts(left: Disclosure, right: Disclosure) -> Iterator[Change]:
    """Compare the charts whose figures both have: of most files that are read they are a picture."""
    before, after = charts_of(left), charts_of(right)
    for key in (k for k in after if k in before):
        was, now = ({i.key: i for i in side[key]} for side in (before, after))
        for own in dict.fromkeys((*now, *was)):
            a, b = was.get(own), now.get(own)
            if a is None or b is None or not _is_shown(a.text, b.text):
                yield _change(a, b)


def _is_shown(one: str, other: str) -> bool:
    """Tell whether two items of charts show the same; a chart may show the amount or the share alone."""
    shorter, longer = sorted((one, other), key=len)
    amount, bracket, share = longer.partition("（")
    return shorter in {longer, amount, bracket + share}


def _around(was: str, now: str) -> tuple[str, str]:
    """Cut two long texts down to where they differ."""
    if not was or not now:
        return was, now
    start = next((n for n, (x, y) in enumerate(zip(was, now, strict=False)) if x != y), min(len(was), len(now)))
    start = max(0, start - 12)
    return _cut(was, start), _cut(now, start)


def _cut(text: str, start: int) -> str:
    end = start + _WORDS_SHOWN
    return f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"
