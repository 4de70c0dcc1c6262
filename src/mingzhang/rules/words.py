"""The words that rules go by, as data, and what somebody puts in their place for one check."""

from __future__ import annotations

import re
import tomllib
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Words = dict[str, dict[str, Any]]
"""Groups of word lists, patterns and thresholds that stand in the place of those in `words.toml`."""

_INSTEAD: Final[ContextVar[Words | None]] = ContextVar("instead", default=None)


def words(group: str) -> dict[str, Any]:
    """Give a group of word lists and thresholds, as changed for this check.

    Raises:
        KeyError: there is no such group.
    """
    instead = _INSTEAD.get()
    found: dict[str, Any] = _all()[group] if not instead or group not in instead else instead[group]
    return found


@contextmanager
def using(instead: Words) -> Iterator[None]:
    """Let rules go by other words while this lasts."""
    before = _INSTEAD.set(instead or None)
    try:
        yield
    finally:
        _INSTEAD.reset(before)


def changed_words(words_: Mapping[str, Mapping[str, Any]], more: Mapping[str, Mapping[str, Any]]) -> Words:
    """Give the groups that are changed, whole: with other values, and with more in their lists."""
    out: Words = {}
    for group in dict.fromkeys((*words_, *more)):
        whole = {**_all()[group], **words_.get(group, {})}
        whole |= {key: [*whole[key], *added] for key, added in more.get(group, {}).items()}
        out[group] = whole
    return out


def group_problem(group: str, changes: Any, *, adding: bool) -> Iterator[tuple[str, str]]:
    """Tell what is wrong with the changes of a group: the key and the reason, "" where it is the group itself."""
    if group not in _all():
        yield "", _("没有这一组；可用：{keys}").format(keys="、".join(sorted(_all())))
        return
    if not isinstance(changes, dict):
        yield "", _("应是一段设置")
        return
    for key, value in changes.items():
        usual = _all()[group].get(key)
        if usual is None:
            yield key, _("没有这一项；可用：{keys}").format(keys="、".join(sorted(_all()[group])))
        elif type(value) is not type(usual) or (adding and not isinstance(usual, list)):
            yield key, _("应是 {kind}").format(kind=_kind([] if adding else usual))
        elif isinstance(value, list) and not all(isinstance(v, str) for v in value):
            yield key, _("应是 {kind}").format(kind=_kind([]))
        else:
            yield from ((key, problem) for problem in _bad_patterns(value, usual))


def _kind(value: Any) -> str:
    kinds = {int: _("一个整数"), str: _("一段文字"), list: _("文字的列表"), dict: _("一段设置")}
    return kinds.get(type(value), type(value).__name__)


def _bad_patterns(value: Any, usual: Any) -> Iterator[str]:
    """Tell which of the texts that stand for patterns are none."""
    texts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    likes = usual if isinstance(usual, list) else [usual]
    if not any(isinstance(u, str) and re.search(r"[\\\[(?]", u) for u in likes):
        return
    for text in texts:
        try:
            re.compile(text.replace(r"\p{Han}", "[一-鿿]"))
        except re.error as error:
            yield _("“{text}”不是可用的模式：{why}").format(text=text, why=error)


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
