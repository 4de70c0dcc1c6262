"""Names of amounts in sentences, bare of years and of what leads to them, so that one amount said twice is known again."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_AGAINST: Final = re.compile(r"(?:同口径)?(?:比|较|与|同(?!口径)|和)\s*(?:上年|去年|上一年|往年|20\d\d\s*年)")
_YEAR: Final = re.compile(r"^.*20\d\d\s*年度?")
_LED: Final = re.compile(
    r"^(?:[^，,。；;：:]*(?:本级|本部门|本单位|全市|全县|全区)|其中|[一二三四五六七八九十\d]{1,2}[、.．)）]|[（(][一二三四五六七八九十\d]{1,2}[)）])"
)
_AROUND: Final = re.compile(
    r"[\s“”\"（）()]|财政拨款|一般公共预算|政府性基金预算|年初|预算|安排的?|支出|总额|合计|总计|共计|经费|费用|费|数|额|为|是|共|的"
)
_ENOUGH: Final = 2


@lru_cache(2048)
def bare_name(words: str) -> str:
    """Give the words before an amount without years, money's source and what every amount is called; "" where too little is left."""
    clause = re.split("[，,。；;：:]", words)[-1]
    name = _AROUND.sub("", _LED.sub("", _YEAR.sub("", clause)))
    return name if len(name) >= _ENOUGH else ""


def parted(lead: str) -> tuple[str, str] | None:
    """Divide the words before a change into what changed and what it is compared with; None where nothing is compared."""
    found = _AGAINST.search(lead)
    if found is None:
        return None
    return lead[: found.start()], lead[found.start() :].removeprefix("同口径")
