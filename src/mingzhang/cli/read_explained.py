"""`mingzhang read --explain`: how a reading came about, told line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.readback.explaining import Explanation, TableRead
    from mingzhang.readback.register import Match

_DOORS: Final = {
    "text": later("文本"), "pdf": later("PDF"), "docx": later("Word 文件"), "xlsx": later("Excel 工作簿"),
    "xls": later("旧格式的 Excel 工作簿"), "html": later("网页"), "json": later("本程序的 JSON"), "zip": later("压缩包里的几个附件"),
    "folder": later("文件夹里的几个附件"), "ofd": later("OFD 版式文件"), "image": later("图片（文字识别）"),
}  # fmt: skip
_TITLES: Final = {
    "title": later("按表题"), "alike": later("表题相近"), "head": later("按表头"), "unknown": later("没有认出，按原表保留"),
}  # fmt: skip
_COLUMNS: Final = {
    "form": later("表样的词"), "lexicon": later("通用的词"), "alike": later("相近的词"), "place": later("没有字，按位置和勾稽"),
    "own": later("表样没有，按原词保留"),
}  # fmt: skip
_MATCHES: Final = {
    "name": later("名称相同"), "former": later("曾用名相同"), "ending": later("名称一部分相同"), "alike": later("名称相近"),
    "code": later("编码相同"),
}  # fmt: skip
_KINDS: Final = {
    "department_budget": later("部门预算"),
    "unit_budget": later("单位预算"),
    "final_accounts": later("决算"),
}
_SCOPES: Final = {"aggregate": later("部门汇总"), "own_office": later("本级"), "unit": later("所属单位")}


def told(found: Explanation) -> Iterator[str]:
    """Tell how a reading came about: door, form, whose, tables, what was not understood."""
    yield _("文件：{file}（{door}）").format(file=found.file, door=_named(_DOORS, found.door))
    for name in found.files:
        yield f"  {name}"
    yield _("表样包：{pack}").format(pack=found.pack or _("没有合适的，按通用词语读"))
    for fit in found.packs:
        year = _("年度相符") if fit.year_fits else _("年度不符")
        yield _("  {score:>4} 分 {pack}：表题 {titles}% 相符，{year}").format(
            score=fit.score, pack=fit.pack, titles=fit.titles, year=year
        )
    yield from _whose(found)
    if found.register is not None:
        yield from _registered(found.register)
    for table in found.tables:
        yield from _table(table)
    yield _("情况说明：{count} 个数字，{unknown} 个没有识别；绩效表 {forms} 份").format(
        count=found.statements, unknown=found.statements_unknown, forms=found.forms
    )
    for heading in found.sections_unknown:
        yield _("  没有认出的小节：{heading}").format(heading=heading)
    for doubt in found.doubts:
        yield _("存疑：{doubt}").format(doubt=doubt)


def _whose(found: Explanation) -> Iterator[str]:
    seen = _("、").join(_("{name}（{count} 张表）").format(name=n, count=c) for n, c in found.units.items())
    yield _("单位：{unit}；依据：{seen}").format(unit=found.unit or _("（单位未识别）"), seen=seen or _("封面"))
    if found.unit_code:
        why = _("印在名称前") if found.code_printed else _("取自名册")
        yield _("编码：{code}（{why}）").format(code=found.unit_code, why=why)
    years = _("、").join(_("{year}（{count} 次）").format(year=y, count=n) for y, n in found.years.items())
    yield _("年度：{year}；依据：{seen}").format(year=found.year or _("（未识别）"), seen=years or _("没有"))
    yield _("种类：{kind}，范围：{scope}").format(kind=_named(_KINDS, found.kind), scope=_named(_SCOPES, found.scope))


def _registered(match: Match) -> Iterator[str]:
    if match.unit is None:
        yield _("名册：没有对上")
        return
    yield _("名册：{code} {name}，把握 {confidence}%（{how}）").format(
        code=match.unit.code, name=match.unit.name, confidence=match.confidence, how=_named(_MATCHES, match.how)
    )
    for other in match.others:
        yield _("  也可能是：{unit}").format(unit=other)


def _table(table: TableRead) -> Iterator[str]:
    yield _("{place} {title} → {key}（{how}）：{rows} 行，{figures} 个数字，{doubted} 个存疑").format(
        place=table.place, title=table.title or _("（无表题）"), key=table.key, how=_named(_TITLES, table.how),
        rows=table.rows, figures=table.figures, doubted=table.doubted,
    ).strip()  # fmt: skip
    for column in table.columns:
        key = f"{column.side}:{column.key}" if column.side else column.key
        yield _("    {head} → {key}（{how}）").format(
            head=column.header or "·", key=key, how=_named(_COLUMNS, column.how)
        )
    for doubt in table.doubts:
        yield _("    存疑：{doubt}").format(doubt=doubt)


def _named(words: dict[str, str], key: str) -> str:
    return _(words[key]) if key in words else key
