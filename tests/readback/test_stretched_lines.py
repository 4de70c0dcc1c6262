"""Lines set to the full width of a page have a blank between their characters; rows keep theirs."""

from __future__ import annotations

import pytest

from mingzhang.readback.stretched import closed_up


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("经 费 总预 算 安 排 373.64 元 , 其中 : 基 本 支出 预 算", "经费总预算安排373.64元,其中:基本支出预算"),
        ("2025 年 政 府 采 购 预 算 64.84 元 , 同 比 增 加", "2025年政府采购预算64.84元,同比增加"),
        ("类 款 项 合 计 基 本 支 出 项 目 支 出 备 注", None),  # the head of a table: no comma
        ("合 计  基 本 支 出 ， 公 用 经 费 ， 项 目 支 出", None),  # columns stand two blanks apart
        ("一、收入 合计 300 万元，其中：财政 拨款 收入 200 万元", None),
        ("单 位 ： 万 元", None),
    ],
)
def test_closed_up(line, read):
    assert closed_up(line) == (line if read is None else read)
