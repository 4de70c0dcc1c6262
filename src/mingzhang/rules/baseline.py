"""What a re-submission changed: which findings are new beside an earlier check, and which went away."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.model.fault import UnreadableInput, why_not
from mingzhang.model.finding import Finding
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


_HINT: Final = later("基线是 mingzhang check 文件 --format json 写出的清单。")


class Earlier(msgspec.Struct, frozen=True):
    """One finding of an earlier check: enough to know it again and to say what it was."""

    id: str
    rule: str
    message: str
    outcome: str = "violated"


class Since(msgspec.Struct, frozen=True):
    """Findings beside those of an earlier check: the new ones, how many stand as they stood, and what went away."""

    new: tuple[Finding, ...]
    known: int
    gone: tuple[Earlier, ...]


def read_baseline(path: Path) -> tuple[Earlier, ...]:
    """Read the findings of an earlier check.

    Raises:
        UnreadableInput: the file cannot be read, or is no list of findings.
    """
    try:
        found: list[dict[str, Any]] = msgspec.json.decode(path.read_bytes(), type=list[dict[str, Any]])
        earlier = tuple(msgspec.convert(f, Earlier) for f in found)
    except OSError as error:
        raise UnreadableInput(_("文件读不了：{why}").format(why=why_not(error)), place=str(path)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableInput(_("这不是问题清单"), place=str(path), hint=_(_HINT)) from error
    return tuple(e for e in earlier if e.outcome == "violated")


def since(findings: Sequence[Finding], earlier: Sequence[Earlier]) -> Since:
    """Tell new findings from those that an earlier check told of the same figures; each is matched once."""
    left = Counter(e.id for e in earlier)
    new: list[Finding] = []
    known = 0
    for found in findings:
        if found.outcome == "violated" and left[found.id]:
            left[found.id] -= 1
            known += 1
        else:
            new.append(found)
    gone = []
    for one in earlier:
        if left[one.id]:
            left[one.id] -= 1
            gone.append(one)
    return Since(tuple(new), known, tuple(gone))
