"""Reading and writing the stored forms: JSON with a schema version, unknown fields kept.

The same content always gives the same bytes.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any, Final, TypeVar

import msgspec

from mingzhang.model.book import BOOK_SCHEMA, Book
from mingzhang.model.disclosure import SCHEMA, Disclosure
from mingzhang.model.fault import UnknownVersion, UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.model.ledger import LEDGER_SCHEMA, Ledger

T = TypeVar("T", Book, Disclosure, Ledger)
_SCHEMAS: Final[dict[type[Any], str]] = {Book: BOOK_SCHEMA, Disclosure: SCHEMA, Ledger: LEDGER_SCHEMA}
_KINDS: Final = {
    "mingzhang.book": (
        later("预算底册，不是公开数据"),
        later("底册用 mingzhang compile 编制，编出的 JSON 才能审核、读取、比较。"),
    ),
    "mingzhang.disclosure": (
        later("公开数据，不是预算底册"),
        later("公开数据用 mingzhang render 排版，用 mingzhang check 审核。"),
    ),
    "mingzhang.ledger": (later("年中调整的台账"), later("台账和底册一起给 mingzhang adjust。")),
}
"""What a stored document of another kind is, and what it is for."""

_SAID: Final = re.compile(rb'\s*\{\s*"schema"\s*:')
"""A document that says at its beginning what it is; one that says nothing of it would get this program's own version."""

_PLAIN: Final = frozenset({str, int, bool, type(None)})
"""What stands in JSON as it is."""

_VERSION: Final = re.compile(r"(?P<name>[a-z.]+)/(?P<major>\d+)\.(?P<minor>\d+)")


def encode(document: Book | Disclosure | Ledger) -> bytes:
    """Write a document as UTF-8 JSON, indented, ending in a line feed."""
    tree = tree_of(document)
    extra = tree.pop("extra", {})
    tree = {"schema": document.schema} | tree
    for path, value in extra.items():
        _put(tree, path, value)
    return msgspec.json.format(msgspec.json.encode(tree), indent=1) + b"\n"


def decode(data: bytes, kind: type[T], *, source: str = "") -> T:
    """Read a document from JSON.

    Fields this version does not know are kept in `extra` under their JSON pointer and written again.

    Raises:
        UnreadableInput: not JSON, or not of the document's shape.
        UnknownVersion: another schema, or a major version this program does not know.
    """
    known = _decoded_at_once(data, kind)
    if known is not None:
        return known
    try:
        tree = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableInput(_("不是有效的 JSON：{why}").format(why=error), place=source) from error
    if not isinstance(tree, dict):
        raise UnreadableInput(_("JSON 的最外层应是一个对象"), place=source)
    _must_know_version(tree.get("schema"), _SCHEMAS[kind], source)
    extra: dict[str, Any] = {"/extra": tree.pop("extra")} if "extra" in tree else {}
    try:
        document = msgspec.convert(tree, kind)
    except msgspec.ValidationError:
        _strip_unknown(tree, kind, "", extra)
    else:
        return msgspec.structs.replace(document, extra=extra) if extra else document
    try:
        document = msgspec.convert(tree, kind)
    except msgspec.ValidationError as error:
        raise UnreadableInput(_("内容不符合数据格式：{why}").format(why=error), place=source) from error
    return msgspec.structs.replace(document, extra=extra)


def _decoded_at_once(data: bytes, kind: type[T]) -> T | None:
    """Read what is of the shape and the version that this program writes; None where more is to be said of it.

    No tree of mappings comes between the text and the document, of which the collector of cycles would look at every piece.
    """
    if b'"extra"' in data:
        return None
    try:
        document: T = _decoder(kind).decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return document if _SAID.match(data) is not None and document.schema == _SCHEMAS[kind] else None


@cache
def _decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    return msgspec.json.Decoder(kind)


def tree_of(value: Any) -> Any:
    """Give a document as plain mappings and lists, without what equals its default.

    msgspec leaves out a default only where it is the very same object, which a text read from a file never is.
    """
    if isinstance(value, msgspec.Struct):
        return {
            name: child if type(child) in _PLAIN else tree_of(child)
            for name, default in _fields(type(value))
            if (child := getattr(value, name)) is not default and child != default
        }
    if isinstance(value, tuple | list):
        return [v if type(v) in _PLAIN else tree_of(v) for v in value]
    if isinstance(value, dict):
        return {k: v if type(v) in _PLAIN else tree_of(v) for k, v in value.items()}
    return value


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, Any], ...]:
    """List a struct's fields with their defaults; an empty mapping for a field that begins as one."""
    return tuple((f.name, {} if f.default_factory is dict else f.default) for f in msgspec.structs.fields(kind))


def schema_of(kind: type[Book | Disclosure | Ledger]) -> dict[str, Any]:
    """Give the published JSON Schema of a stored document."""
    schema = msgspec.json.schema(kind)
    for part in schema["$defs"].values():
        part.pop("additionalProperties", None)  # a later minor version may add fields; they are kept
        part.get("properties", {}).pop("extra", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _must_know_version(stated: object, known: str, source: str) -> None:
    want, got = _VERSION.fullmatch(known), _VERSION.fullmatch(str(stated))
    assert want is not None
    if got is not None and got["name"] != want["name"] and got["name"] in _KINDS:
        what, how = (_(words) for words in _KINDS[got["name"]])
        raise UnknownVersion(_("这是{what}").format(what=what), place=source, hint=how)
    if got is None or got["name"] != want["name"]:
        raise UnknownVersion(_("schema 是“{stated}”，应为“{known}”").format(stated=stated, known=known), place=source)
    if got["major"] != want["major"]:
        raise UnknownVersion(
            _("数据格式版本 {stated} 不认识（本程序认识 {known}）").format(stated=stated, known=known),
            place=source,
            hint=_("请换用相应版本的程序。"),
        )


def _strip_unknown(value: Any, kind: Any, path: str, extra: dict[str, Any]) -> None:
    """Take fields that a struct does not have out of a JSON tree, remembering each under its pointer."""
    info = msgspec.inspect.type_info(kind) if not isinstance(kind, msgspec.inspect.Type) else kind
    for inner in info.types if isinstance(info, msgspec.inspect.UnionType) else (info,):
        if isinstance(inner, msgspec.inspect.StructType) and isinstance(value, dict):
            fields = {f.encode_name: f.type for f in inner.fields}
            for name in [n for n in value if n not in fields]:
                extra[f"{path}/{_escaped(name)}"] = value.pop(name)
            for name, child in value.items():
                _strip_unknown(child, fields[name], f"{path}/{_escaped(name)}", extra)
        elif isinstance(inner, msgspec.inspect.VarTupleType | msgspec.inspect.ListType) and isinstance(value, list):
            for i, child in enumerate(value):
                _strip_unknown(child, inner.item_type, f"{path}/{i}", extra)
        elif isinstance(inner, msgspec.inspect.DictType) and isinstance(value, dict):
            for name, child in value.items():
                _strip_unknown(child, inner.value_type, f"{path}/{_escaped(name)}", extra)


def _put(tree: Any, path: str, value: Any) -> None:
    """Put a value where its pointer says; objects left out as empty come back, items of a list that is shorter do not."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in path[1:].split("/")]
    for step, below in pairwise(steps):
        if isinstance(tree, list):
            if int(step) >= len(tree):
                return
            tree = tree[int(step)]
        elif step not in tree and below.isdigit():
            return  # a list that is empty now
        else:
            tree = tree.setdefault(step, {})
    tree[steps[-1]] = value


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
