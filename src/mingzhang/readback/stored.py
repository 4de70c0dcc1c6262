"""A disclosure read from its own JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.model.codec import decode
from mingzhang.model.disclosure import Disclosure
from mingzhang.model.fault import UnreadableInput, why_not
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from pathlib import Path


def read_json(path: Path) -> Disclosure:
    """Read a disclosure written as JSON.

    Raises:
        UnreadableInput: no such file, not JSON, or not a disclosure.
        UnknownVersion: a schema this program does not know.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(_("文件无法打开：{why}").format(why=why_not(error)), place=str(path)) from error
    return decoded_json(content, path.name)


def decoded_json(content: bytes, name: str) -> Disclosure:
    """Decode a disclosure from its JSON.

    Raises:
        UnreadableInput: not JSON, or not a disclosure.
        UnknownVersion: a schema this program does not know.
    """
    return decode(content, Disclosure, source=name)
