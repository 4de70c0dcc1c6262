"""The layout of our own workbook: which sheets it has, what their columns hold, how a document is spelled in them.

Every figure of a table stands once in the long sheet `数据`, with the sheet and cell where people see it. All else by
which the document is read back stands in the hidden sheet `余项`: one line for each small branch of its JSON tree, named
by JSON pointer. No I/O: the writer and the reader both take their words from here.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FIGURES: Final = "数据"
"""The sheet of all figures in long form."""

FIGURE_HEAD: Final = (
    "表",
    "表名",
    "行",
    "名称",
    "列",
    "值",
    "单位",
    "小数位",
    "数值",
    "印出",
    "来源",
    "工作表",
    "单元格",
    "路径",
)
"""Its columns. 值 is the figure's text without separators, 数值 the same as a number, 来源 the facts it sums."""

REST: Final = "余项"
"""The hidden sheet of everything else."""

REST_HEAD: Final = ("路径", "类型", "值")

SHEETS: Final = "/#sheets"
"""The pointer under which the rest keeps the digest of every sheet that people see."""

LINES: Final = "/#lines"
"""The pointer under which the rest keeps how many lines come before, so that one that is lost is noticed."""

PIECE: Final = 16_000
"""A cell holds 32,767 UTF-16 units at most; a longer text goes on in the next line under the same pointer."""

BRANCH: Final = 4_000
"""A branch of the tree that is spelled in so many characters is one line: a line for each value makes a slow workbook."""

_UNSAFE: Final = re.compile("_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def lines_of(tree: Any, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Spell a JSON tree as lines of pointer, type and text, in order: a line for each branch that is short enough.

    The whole tree is never one line. Long texts come in pieces.
    """
    whole = _spelled(tree)
    if (len(whole) > BRANCH or not path) and isinstance(tree, dict) and all(is_safe(k) for k in tree):
        for key, child in tree.items():
            yield from lines_of(child, f"{path}/{step(key)}")
    elif len(whole) > BRANCH and isinstance(tree, list):
        for i, child in enumerate(tree):
            yield from lines_of(child, f"{path}/#{i}")
    else:
        kind, text = ("文字", tree) if isinstance(tree, str) and not _UNSAFE.search(tree) else ("JSON", whole)
        for start in range(0, max(len(text), 1), PIECE):
            yield path, kind if start == 0 else "续", text[start : start + PIECE]


def _spelled(tree: Any) -> str:
    """Spell a tree as JSON that a cell keeps: what it does not take is written as an escape, which no piece cuts."""
    text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    return text if not _UNSAFE.search(text) else json.dumps(tree).replace("_x", "_\\u0078")


def step(key: str) -> str:
    """Spell one key of a mapping as a step of a pointer; lists are the steps `#0`, `#1`."""
    key = key.replace("~", "~0").replace("/", "~1")
    return f"~2{key[1:]}" if key.startswith("#") else key


def is_safe(text: str) -> bool:
    """Tell whether a text comes back from a cell as it went in."""
    return len(text) <= PIECE and not _UNSAFE.search(text)


def shown(text: str) -> str:
    """Give a text as a cell can show it: what no cell takes becomes a box, what is too long is cut."""
    return _UNSAFE.sub("□", text.replace("\r\n", "\n"))[: 2 * PIECE]


def tree_of(lines: Iterable[tuple[str, str, str]], parts: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Put a JSON tree together from its lines; `parts` are whole mappings by pointer, over which the lines go.

    Raises:
        ValueError: a line whose type, pointer or text does not fit.
    """
    joined: list[list[str]] = []
    for path, kind, text in lines:
        if kind == "续" and joined and joined[-1][0] == path:
            joined[-1][2] += text
        else:
            joined.append([path, kind, text])
    root: dict[str, Any] = {}
    for path, kind, text in joined:
        if kind not in {"文字", "JSON"}:
            raise ValueError(path)
        put(root, path, text if kind == "文字" else _spread(json.loads(text)))
    for path, part in parts.items():
        put(root, path, _spread(part), under=True)
    tree = _listed(root)
    if not isinstance(tree, dict):
        raise ValueError("/")  # noqa: TRY004 - the text is wrong, not the program
    return tree


def put(tree: dict[str, Any], path: str, value: Any, *, under: bool = False) -> None:
    """Put a value at its pointer, over or under what is there; lists are still mappings of `#0`, `#1` at this time.

    Raises:
        ValueError: the pointer does not start with `/`, or goes through a value.
    """
    start, *way = path.split("/")
    if start or not way:
        raise ValueError(path)
    *way, last = way
    for name in way:
        tree = tree.setdefault(name, {})
        if not isinstance(tree, dict):
            raise ValueError(path)  # noqa: TRY004 - the text is wrong, not the program
    there = tree.get(last)
    tree[last] = _over(value, {} if there is None else there) if under else _over(there, value)


def _over(under: Any, value: Any) -> Any:
    if isinstance(under, dict) and isinstance(value, dict):
        return under | {key: _over(under.get(key), child) for key, child in value.items()}
    return value


def digest(cells: Mapping[tuple[int, int], object]) -> str:
    """Sum up what a sheet shows, blank cells left out, so that a change is noticed."""
    text = "\n".join(f"{r},{c},{_shown(cells[r, c])}" for r, c in sorted(cells) if cells[r, c] != "")
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _shown(value: object) -> str:
    """Spell a cell's content alike whether a number came as 5 or as 5.0."""
    return repr(float(value)) if isinstance(value, int | float) else str(value)


def cell_name(row: int, column: int) -> str:
    """Name a cell as spreadsheets do; row and column count from 0."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _listed(tree: Any) -> Any:
    """Turn mappings of `#0`, `#1`, … into lists, from the leaves up."""
    if not isinstance(tree, dict):
        return tree
    tree = {k: _listed(v) for k, v in tree.items()}
    if tree and all(re.fullmatch(r"#\d+", k) for k in tree):
        if set(tree) != {f"#{i}" for i in range(len(tree))}:
            raise ValueError(", ".join(tree))
        return [tree[f"#{i}"] for i in range(len(tree))]
    return {_unescaped(k): v for k, v in tree.items()}


def _spread(tree: Any) -> Any:
    """Turn a whole JSON value into the mappings that pointers go through."""
    if isinstance(tree, dict):
        return {step(k): _spread(v) for k, v in tree.items()}
    if isinstance(tree, list) and tree:
        return {f"#{i}": _spread(v) for i, v in enumerate(tree)}
    return tree


def _unescaped(key: str) -> str:
    return re.sub("~[012]", lambda found: {"~0": "~", "~1": "/", "~2": "#"}[found[0]], key)
