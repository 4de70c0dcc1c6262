"""How wide a text is, estimated in thousandths of its size; and where to break it so that no line is left too short.

The widths are those of Noto Serif SC, with tabular digits; other fonts differ by little.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

EM: Final = 1000
"""A full-width character."""

_NARROW: Final = {c: w for w, chars in (
    (260, " "), (330, ",.:;ijl|'!"), (365, "-/()[]Jfrt"), (480, 'I"*s{}z'), (560, "0123456789+<>=~abceghknoqvxyu_?^$"),
    (640, "dpECFLSKT"), (740, "ABDGHNOPQRUVXYZ&#"), (930, "%mM"), (1060, "Ww@"),
) for c in chars}  # fmt: skip
_NOT_FIRST: Final = frozenset("，。、；：？！）〕】》”’%％),.;:」』·…—～")
_NOT_LAST: Final = frozenset("（〔【《“‘(「『①②③④⑤")
_REMEMBERED: Final = 8192
"""Labels and heads are asked for at every size."""

_COUNTED: Final = frozenset("年月日元万亿个项人次")
_WORDS: Final = (
    "一般公共|可持续|满意度|政府性|实施期|中央|省级|市县|公共|政府|国有|资本|经营|预算|基金|财政|专户|管理|资金|单位|拨款|收入|支出|"
    "合计|小计|总额|安排|结转|当年|上年|本年|年终|年度|项目|科目|编码|代码|名称|基本|人员|公用|经费|经济|分类|部门|主管|事业|其他|"
    "指标|绩效|目标|服务|对象|产出|效益|质量|数量|时效|成本|社会|生态|影响|总体|重点|任务|情况|属性|编制|在职|在编|核定|保证|制度|措施"
)
"""Words of official heads and labels that are not cut in two."""

_TOKEN: Final = re.compile(f"{_WORDS}|.", re.DOTALL)
_RUNNING: Final = re.compile(r"(?:[0-9A-Za-z.,%+/-]+|[^\s])[，。、；：？！）〕】》”’]*|\s", re.DOTALL)
"""What running text keeps together: a number or a character, with the marks that may not begin a line."""

_CLOSER: Final = EM // 4
"""So much a full-width mark inside a justified line gives way."""

_HALVED: Final = frozenset("，。、；：？！）〕】》”’")
_NAME_ENDS: Final = frozenset("省市县区州盟旗镇乡局委会院校部处所")


@lru_cache(_REMEMBERED)
def width(text: str) -> int:
    """Estimate the width of one line of text in thousandths of its size."""
    return sum(_NARROW.get(c, EM) for c in text)


@lru_cache(_REMEMBERED)
def pieces(text: str) -> tuple[str, ...]:
    """Cut a text where a line may end: never inside a number, an official word, or before a comma."""
    out: list[str] = []
    for found in _TOKEN.findall(text):
        if out and _glued(out[-1][-1], found[0]):
            out[-1] += found
        else:
            out.append(found)
    return tuple(out)


def longest_piece(text: str) -> int:
    """Give the width below which a text cannot be set without cutting through a number or a word."""
    return max((width(p) for line in text.split("\n") for p in pieces(line)), default=0)


def lines_needed(text: str, available: int) -> int:
    """Count the lines a text takes in a column so wide (thousandths of the size)."""
    if "\n" not in text and width(text) <= available:
        return 1  # most cells are short
    return sum(len(_filled(line, available)) for line in text.split("\n"))


def running_lines(text: str, available: int, *, closer: bool = True) -> int:
    """Count the lines of running text: cut anywhere but inside a number, its full-width marks set a little closer."""
    count, used, spared = 1, 0, 0
    for piece in _RUNNING.findall(text):
        wide, marks = width(piece), sum(c in _HALVED for c in piece) * _CLOSER if closer else 0
        if used and used + wide - spared - (EM // 2 if marks else 0) > available:
            count, used, spared = count + 1, 0, 0
        used += wide
        spared += marks
    return count


def last_line(text: str, available: int) -> int:
    """Give the width of the last line of a text set in a column so wide."""
    return width(_filled(text.rsplit("\n", maxsplit=1)[-1], available)[-1])


def broken(text: str, available: int) -> str:
    """Break a text into as few lines as fit, all about equally long, so that no character stands alone."""
    return "\n".join("\n".join(_balanced(line, available)) for line in text.split("\n"))


def broken_name(name: str, available: int) -> str:
    """Break the name of an office over two lines where one of its parts ends, as near to the middle as may be."""
    if width(name) <= available:
        return name
    middle = width(name) / 2
    ends = [i for i in range(1, len(name)) if name[i - 1] in _NAME_ENDS and name[i] not in _NAME_ENDS]
    fits = [i for i in ends if max(width(name[:i]), width(name[i:])) <= available]
    if not fits:
        return broken(name, available)
    best = min(fits, key=lambda i: abs(width(name[:i]) - middle))
    return f"{name[:best]}\n{name[best:]}"


def _glued(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or (before.isdigit() and after in _COUNTED):
        return True
    return before in _NARROW and after in _NARROW and " " not in before + after


def _filled(text: str, available: int) -> list[str]:
    lines, used = [""], 0
    for piece in pieces(text):
        wide = width(piece)
        if lines[-1] and used + wide > available:
            lines.append(piece)
            used = wide
        else:
            lines[-1] += piece
            used += wide
    return lines


def _balanced(text: str, available: int) -> list[str]:
    count = len(_filled(text, available))
    if count == 1:
        return [text]
    even = -(-width(text) // count)
    for limit in range(even, available + 1, max(1, EM // 4)):
        lines = _filled(text, limit)
        if len(lines) == count:
            return lines
    return _filled(text, available)
