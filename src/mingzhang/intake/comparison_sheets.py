"""The sheets of the workbook that compare with last year: its figures, what was called otherwise, the reasons."""

from __future__ import annotations

from typing import Final

from mingzhang.intake import words
from mingzhang.intake.columns import KEY, VALUE, Column, Sheet
from mingzhang.model.language import later

LAST_YEAR: Final = Sheet(
    "last_year", "上年数", "map", "last_year", later("用来比较的上年数；没有可比数的不填。"),
    (
        Column(KEY, "项目", "key", later("哪个数。"), 30, words.LAST_YEAR, required=True),
        Column(VALUE, "上年数", "money", later("不得为负。"), 18, required=True),
    ),
)  # fmt: skip

REASONS: Final = Sheet(
    "reasons", "变动原因", "map", "reasons", later("比上年增减的具体原因，接在“主要原因是”后面。"),
    (
        Column(KEY, "部分", "key", later("说明文字的哪一部分。"), 30, words.REASONS, required=True),
        Column(VALUE, "原因", "text", later("说清是什么事、增减多少。"), 80, required=True),
    ),
)  # fmt: skip

CLEARANCES: Final = Sheet(
    "clearances", "封面说明", "map", "clearances", later("表样的封面要印的审查、审签情况；只写情况，不写人名。"),
    (
        Column(KEY, "事项", "key", later("封面上的哪一行。"), 30, words.CLEARANCES, required=True),
        Column(VALUE, "情况", "name", later("如：已审查、已审签。"), 30, required=True),
    ),
    optional=True,
)  # fmt: skip

LAST_YEAR_BASES: Final = Sheet(
    "last_year_bases", "个别上年数口径", "map", "last_year_bases", later("与“单位信息”里的口径不同的上年数，各是哪种口径。"),
    (
        Column(KEY, "项目", "key", later("哪个数。"), 30, words.LAST_YEAR, required=True),
        Column(VALUE, "口径", "words", later("这个数是哪种口径。"), 18, words.BASES, required=True),
    ),
    optional=True,
)  # fmt: skip

LAST_EXECUTED: Final = Sheet(
    "last_executed", "上年执行数", "map", "last_executed", later("表样逐项写上年执行数的，按功能科目填。"),
    (
        Column(KEY, "功能科目", "name", later("科目编码；上年用别的编码的，可以填上年的。"), 26, required=True),
        Column(VALUE, "上年执行数", "money", later("不得为负。"), 18, required=True),
    ),
    optional=True,
)  # fmt: skip

FORMERLY: Final = Sheet(
    "formerly", "沿革", "list", "formerly", later("上年用别的名称或代码的单位、科目、项目；合并的填几个原来的，新设的不填。"),
    (
        Column("what", "类别", "words", later("单位、功能科目还是项目。"), 14, words.FORMER, required=True),
        Column("code", "现代码或名称", "name", later("本单位自己的沿革不填。"), 30),
        Column("before", "原代码或名称", "names", later("一行一个；合并的有几行，新设的不填。"), 50),
        Column("part", "只是原来的一部分", "words", later("是否由原来的一部分分设。"), 18, words.YES_NO),
    ),
    optional=True,
)  # fmt: skip
