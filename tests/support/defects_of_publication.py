"""Defects of publication: watermarks, placeholders, punctuation, private numbers, templates' residue, other dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from defects import Defect, Edit, kind
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defects import Printed

_PLACEHOLDERS: Final = (
    "XX万元",
    "××局",
    "【待填写】",
    "{{ unit_name }}",
    "待补充",
    "XXXX",
    "____",
    "*万元",
    "（待定）",
    "（单位名称）",
    "[填写内容]",
    "××××年",
)
_RESIDUE: Final = (
    "（请根据实际情况填写）",
    "（注：此处填写单位职责）",
    "（填写说明：逐项列示）",
    "（没有的请删除）",
    "（如有）",
    "（示例）",
    "（参考模板）",
    "（若无此项请说明）",
)
_WATERMARKS: Final = ("仅供内部审核", "内部资料 注意保密", "征求意见稿", "送审稿", "草稿", "内部使用，不得外传")


def _sentences(p: Printed) -> Iterator[tuple[int, str]]:
    """Give the lines of the written part that end a sentence."""
    for section in p.document.sections:
        for paragraph in section.paragraphs:
            line = paragraph.place.line if paragraph.place is not None else None
            if line and len(paragraph.text) > 15 and paragraph.text.endswith("。") and paragraph.text in p.line(line):
                yield line, paragraph.text


def _appended(p: Printed, added: str, *words: str) -> Iterator[Defect | None]:
    for line, text in _sentences(p):
        yield p.swapped(line, text, f"{text[:-1]}{added}。", *words)


@kind("watermark", "error")
def watermark(p: Printed) -> Iterator[Defect | None]:
    for mark in _WATERMARKS:
        for line in (0, 3, *(t.place.line for t in p.document.tables if t.place is not None)):
            yield p.added(line or 0, mark, words=(mark[:4],))


@kind("placeholder", "warning")
def placeholder(p: Printed) -> Iterator[Defect | None]:
    for added in _PLACEHOLDERS:
        yield from list(_appended(p, f"，其中{added}", added[:3], added[1:4]))[:12]


@kind("residue of a template", "warning")
def residue(p: Printed) -> Iterator[Defect | None]:
    for added in _RESIDUE:
        yield from list(_appended(p, added, added[1:4]))[:12]


@kind("punctuation printed twice", "warning")
def doubled(p: Printed) -> Iterator[Defect | None]:
    yield from _appended(p, "。", "。。")
    for line, text in _sentences(p):
        yield p.swapped(line, text, text.replace("，", "，，", 1), "，，")


@kind("two marks side by side", "hint")
def mixed(p: Printed) -> Iterator[Defect | None]:
    yield from _appended(p, "，", "，。")


@kind("mobile number", "warning")
def mobile(p: Printed) -> Iterator[Defect | None]:
    yield from _appended(p, "，联系电话13900000000", "139")


@kind("identity number", "error")
def identity(p: Printed) -> Iterator[Defect | None]:
    yield from _appended(p, "，身份证号11010519491231002X", "110")


@kind("bank account", "error")
def account(p: Printed) -> Iterator[Defect | None]:
    yield from _appended(p, "，开户银行账号6222 0000 0000 0000 000", "622")
    yield from _appended(p, "，账户：6217000000000000000", "621")


@kind("a person's e-mail address", "hint")
def mail(p: Printed) -> Iterator[Defect | None]:
    yield from _appended(p, "，联系邮箱zhanglei_1985@example.com", "zha")


@kind("words of another level", "warning")
def other_level(p: Printed) -> Iterator[Defect | None]:
    if any(w in p.document.unit_name for w in "县区镇乡"):
        yield from _appended(p, "，省直部门统一执行", "省直部门")


@kind("residue of conversion", "hint")
def converted(p: Printed) -> Iterator[Defect | None]:
    yield from _appended(p, "<br/>", "<br")
    yield from _appended(p, "&nbsp;", "&nbsp")


@kind("garbled characters", "warning")
def garbled(p: Printed) -> Iterator[Defect | None]:
    for added in ("锟斤拷", "\ufffd\ufffd", "ï¿½"):
        yield from list(_appended(p, added, added[:2]))[:12]


@kind("an error of a workbook's formula", "error")
def formula(p: Printed) -> Iterator[Defect | None]:
    for added in ("#REF!", "#DIV/0!", "#VALUE!", "#N/A"):
        yield from list(_appended(p, f"，增长{added}", added[:4]))[:8]
    for table in p.document.tables:
        for row in table.rows:
            line = row.place.line if row.place is not None else None
            printed = next((f.printed for f in row.cells.values() if f.digits), "")
            if line and printed and row.level in {1, 2, 3}:
                yield p.swapped(line, printed, "#REF!", "#REF!")


@kind("figures said to be missing", "warning")
def not_whole(p: Printed) -> Iterator[Defect | None]:
    yield from _appended(p, "，因系统原因部分项目未提取成功", "未提取")


@kind("state of things after publication", "warning")
def as_of_later(p: Printed) -> Iterator[Defect | None]:
    year = (p.document.year or 0) + 1
    yield from _appended(p, f"，截至{year}年12月31日共有在职人员30人", str(year))


@kind("cover of another year", "warning")
def cover_year(p: Printed) -> Iterator[Defect | None]:
    year = str(p.document.year or 0)
    for n in range(1, 5):
        if year in p.line(n) and p.line(n).strip() in p.document.publication.cover:
            found = p.swapped(n, year, str(int(year) - 1), str(int(year) - 1))
            yield None if found is None else replace(found, elsewhere=True)  # a cover has no lines


@kind("title of a part with another year", "warning")
def part_year(p: Printed) -> Iterator[Defect | None]:
    year = str(p.document.year or 0)
    for part in p.document.publication.parts:
        line = part.place.line if part.place is not None else None
        if line and year in p.line(line):
            yield p.swapped(line, year, str(int(year) - 1), str(int(year) - 1))


@kind("a person in a project's name", "hint")
def person(p: Printed) -> Iterator[Defect | None]:
    for form in p.document.project_forms:
        edits = tuple(
            Edit(n, 1, (line.replace(form.project, "王建国遗属生活补助"),))
            for n, line in enumerate(p.lines, 1)
            if form.project and form.project in line
        )
        if edits:
            yield Defect(edits, ("王*",))
