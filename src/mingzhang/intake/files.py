"""Stored forms from files: bytes, then text, then the document, each refused with its place and in the user's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from mingzhang.model.book import Book
from mingzhang.model.codec import decode
from mingzhang.model.fault import UnreadableInput, why_not
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.model.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

ZIP: Final = b"PK\x03\x04"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
LARGEST_FILE: Final = 64 * 1024 * 1024

_BOM: Final = b"\xef\xbb\xbf"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_AT: Final = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?$", re.DOTALL)
_WRONG_TYPE: Final = re.compile(r"Expected `(?P<want>[^`]*)`, got `(?P<got>[^`]*)`")
_MISSING: Final = re.compile(r"Object missing required field `(?P<field>[^`]*)`")
_NOT_A_WORD: Final = re.compile(r"Invalid enum value '?(?P<value>[^']*)'?")
_TYPES: Final = {
    "int": later("整数"),
    "str": later("文字"),
    "bool": later("true 或 false"),
    "array": later("数组"),
    "object": later("对象"),
    "null": later("空"),
    "float": later("小数"),
}


T = TypeVar("T", Book, Ledger)


def content_of(path: Path) -> bytes:
    """Give a file's bytes.

    Raises:
        UnreadableInput: no such file, a folder, too large, or empty.
    """
    try:
        if path.is_dir():
            raise UnreadableInput(_("是文件夹，不是文件"), place=str(path))
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableInput(_("文件过大（超过 64 MB）"), place=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(_("文件无法打开：{why}").format(why=why_not(error)), place=str(path)) from error
    if not content.strip():
        raise UnreadableInput(_("文件是空的"), place=path.name)
    return content


def json_of(content: bytes, name: str) -> bytes:
    """Give the content if it is text that may be JSON.

    Raises:
        UnreadableInput: it is binary, of another encoding, or something else.
    """
    content = content.removeprefix(_BOM)
    hint = _("预算底册是 JSON（UTF-8）或 Excel 工作簿（.xlsx）。")
    if b"\0" in content[:4096] and not content.startswith(_WIDE):
        raise UnreadableInput(_("是二进制文件，不是预算底册"), place=name, hint=hint)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        try:
            content.decode("utf-16" if content.startswith(_WIDE) else "gb18030")
        except UnicodeDecodeError:
            raise UnreadableInput(_("是二进制文件，不是预算底册"), place=name, hint=hint) from error
        raise UnreadableInput(_("文件编码不是 UTF-8"), place=name, hint=_("请另存为 UTF-8 编码。")) from error
    if not text.lstrip().startswith("{"):
        raise UnreadableInput(_("不是预算底册"), place=name, hint=hint)
    return content


def decoded(content: bytes, kind: type[T], name: str) -> T:
    """Decode the JSON, saying in Chinese and with the place what does not fit.

    Raises:
        UnreadableInput: not JSON, or not of the document's shape.
        UnknownVersion: another schema, or a later version.
    """
    try:
        return decode(content, kind, source=name)
    except UnreadableInput as fault:
        cause = fault.__cause__
        if not isinstance(cause, msgspec.ValidationError):
            raise
        message, pointer = _said(str(cause))
        raise UnreadableInput(message, place=f"{name}#{pointer}" if pointer else name) from cause
    except RecursionError as error:
        raise UnreadableInput(_("JSON 嵌套过深"), place=name) from error


def _said(message: str) -> tuple[str, str]:
    """Turn a decoder's message into Chinese and its path into a JSON pointer."""
    found = _AT.match(message)
    assert found is not None
    what, path = found["what"], found["path"] or ""
    pointer = re.sub(r"\[(?:\.\.\.|(\d+))\]", lambda m: f"/{m[1] or '*'}", path).replace(".", "/")
    if wrong := _WRONG_TYPE.search(what):
        wanted, got = ([_(_TYPES.get(w.strip(), w.strip())) for w in wrong[n].split("|")] for n in ("want", "got"))
        return _("应为{want}，这里是{got}").format(want=_("或").join(wanted), got=_("或").join(got)), pointer
    if missing := _MISSING.search(what):
        return _("缺少字段“{field}”").format(field=missing["field"]), pointer
    if word := _NOT_A_WORD.search(what):
        return _("“{value}”不在可选范围内").format(value=word["value"]), pointer
    return _("内容不符合数据格式：{why}").format(why=what), pointer
