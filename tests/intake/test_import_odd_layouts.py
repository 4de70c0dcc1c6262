"""Layouts that nobody here wrote a program for: read by their headings, or by a profile of a few lines of TOML."""

from __future__ import annotations

import pytest
import xlsxwriter
from old_excel import xls_bytes

from mingzhang.intake.platform.asked import Asked, RefusedImport
from mingzhang.intake.platform.assembling import Wanted
from mingzhang.intake.platform.heads import UnclearHeadings
from mingzhang.intake.platform.importing import import_files
from mingzhang.intake.platform.profile import ExportProfile, InvalidProfile, load_profile, profile_text
from mingzhang.model.fault import UnreadableInput

AUTO = ExportProfile(others=True)
HEAD = "单位名称,功能科目,经济科目,项目名称,支出类别,资金来源,金额（元）"
GOOD = "示例局,2010301,30101,,人员经费,一般公共预算,100.00"


def asked(**more: object) -> Asked:
    wanted = Wanted(pack="shanxi-2024", year=2024, unit_types={"": "行政"}, unit_name="示例局")
    return Asked(**({"wanted": wanted, "unreconciled": True} | more))


@pytest.fixture
def written(tmp_path):
    def write(*lines: str, encoding: str = "utf-8", name: str = "导出.csv"):
        path = tmp_path / name
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return write


def brought(path, profile=AUTO, **more):
    return import_files([path], profile, asked(**more)).books[0].book.spending


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_any_encoding(written, encoding: str) -> None:
    assert [x.amount for x in brought(written(HEAD, GOOD, encoding=encoding))] == [10000]


@pytest.mark.parametrize(
    ("cell", "fen"),
    [('"1,234.50"', 123450), ("￥12.3", 1230), ("１２３", 12300), ("100元", 10000), ("0.07", 7)],
)
def test_amounts_as_people_write_them(written, cell: str, fen: int) -> None:
    assert brought(written(HEAD, GOOD.replace("100.00", cell)))[0].amount == fen


@pytest.mark.parametrize(
    "code",
    [
        "2010301",
        "2010301-行政运行",
        "[2010301]行政运行",
        "2010301 行政运行",
        "（2010301）行政运行",
        "2010301.0",
        "２０１０３０１",
    ],
)
def test_codes_in_one_column(written, code: str) -> None:
    assert brought(written(HEAD, GOOD.replace("2010301", code)))[0].function == "2010301"


def test_funds_and_years_may_stand_across(written) -> None:
    path = written(
        "金额单位：元,,,,,,",
        "单位名称,功能科目编码,经济科目编码,支出类别,一般公共预算,,单位资金",
        ",,,,当年预算,上年结转,上年结转",
        "示例局,2010301,30201,公用经费,1.00,2.00,",
        "示例局,2010301,30202,公用经费,,,4.00",
    )
    assert [(x.economic, x.fund, x.origin, x.amount) for x in brought(path)] == [
        ("30201", "general", "current", 100),
        ("30201", "general", "carried", 200),
        ("30202", "unit_funds", "carried", 400),
    ]


def test_old_excel_files(tmp_path) -> None:
    path = tmp_path / "旧.xls"
    rows: list[list[object]] = [["单位：万元"], HEAD.replace("（元）", "").split(","), [*GOOD.split(",")[:-1], 1.23]]
    rows[2][1] = 2010301.0
    path.write_bytes(xls_bytes("明细", rows))
    (line,) = brought(path)
    assert (line.function, line.economic, line.amount) == ("2010301", "30101", 1_230_000)


def test_names_alone_are_looked_up_under_the_line_above(written) -> None:
    lines = (
        "功能科目名称,经济科目名称,支出类别,资金来源,金额",
        "单位：万元,,,,",
        "一般公共服务支出,,,,3",
        "政府办公厅（室）及相关机构事务,,,,3",
        "行政运行,,,,3",
        ",基本工资,人员经费,一般公共预算,1",
        ",办公费,公用经费,一般公共预算,2",
    )
    found = brought(written(*lines), unit="万元")
    assert [(x.function, x.economic, x.amount) for x in found] == [
        ("2010301", "30101", 1_000_000),
        ("2010301", "30201", 2_000_000),
    ]


def test_a_name_that_many_codes_bear_is_not_guessed(written) -> None:
    with pytest.raises(RefusedImport, match="只凭名称分不清"):
        brought(written(HEAD, GOOD.replace("2010301", "行政运行")))


def test_merged_cells_say_the_same_for_every_line(tmp_path) -> None:
    path = tmp_path / "合并.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("表一")
        sheet.merge_range(0, 0, 0, 6, "部门预算明细（单位：元）")
        sheet.merge_range(1, 0, 2, 0, "单位")
        sheet.merge_range(1, 1, 1, 3, "功能分类科目")
        for n, text in enumerate(("类", "款", "项")):
            sheet.write_string(2, 1 + n, text)
        sheet.merge_range(1, 4, 2, 4, "部门经济科目")
        sheet.merge_range(1, 5, 1, 6, "金额")
        sheet.write_row(2, 5, ["一般公共预算", "政府性基金"])
        sheet.merge_range(3, 0, 5, 0, "示例局")
        sheet.merge_range(3, 1, 5, 1, 201)
        sheet.merge_range(3, 2, 5, 2, 3)
        sheet.merge_range(3, 3, 4, 3, 1)
        sheet.write_number(5, 3, 2)
        for r, code in enumerate(("30101", "30201", "30201"), 3):
            sheet.write_string(r, 4, code)
            sheet.write_number(r, 5, r * 10.05)
        sheet.write_row(6, 0, ["合计", "", "", "", "", 120.60])
    profile = ExportProfile(others=True, basic_by_economic={"301": "人员经费", "*": "公用经费"})

    found = brought(path, profile)

    assert [(x.function, x.kind, x.fund, x.amount) for x in found] == [
        ("2010301", "personnel", "general", 3015),
        ("2010301", "operating", "general", 4020),
        ("2010302", "operating", "general", 5025),
    ]


def test_a_new_layout_needs_a_profile_and_no_program(written, tmp_path) -> None:
    path = written(
        "导出时间 2024-01-03,,,,,",
        "QTY,WHO,F1,E1,WHAT,SRC",
        "1.5,甲中心,2010301,30101,RY,A",
        "2.5,甲中心,2010302,30227,XM,B",
        "4,TOTAL,,,,",
    )
    profile = tmp_path / "odd.toml"
    profile.write_text(
        """
        unit = "万元"
        totals = ["TOTAL"]
        columns = { amount = "QTY", unit_name = "WHO", function = "F1", economic = "E1", kind = "WHAT", fund = "SRC" }
        constants = { origin = "结转" }
        [words.kind]
        RY = "personnel"
        XM = "operating"
        [words.fund]
        A = "general"
        B = "special_account"
        """,
        encoding="utf-8",
    )
    wanted = Wanted(pack="shanxi-2024", year=2024, unit_types={"": "参公"})
    book = import_files([path], load_profile(str(profile)), asked(wanted=wanted)).books[0].book

    assert book.unit_name == "甲中心"
    assert [(x.kind, x.fund, x.origin, x.amount) for x in book.spending] == [
        ("personnel", "general", "carried", 1_500_000),
        ("operating", "special_account", "carried", 2_500_000),
    ]


def test_a_saved_profile_is_the_same_again(tmp_path) -> None:
    profile = load_profile("sheet-a-table")
    path = tmp_path / "again.toml"
    path.write_text(profile_text(profile), encoding="utf-8")
    assert load_profile(str(path)) == profile


@pytest.mark.parametrize(
    "text", ["columns = 3", "[columns]\nprice = 'X'", "unit = '美元'", "[words.fund]\nA = 'gold'", "= ="]
)
def test_a_profile_that_cannot_be_used_is_refused(tmp_path, text: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidProfile):
        load_profile(str(path))


@pytest.mark.parametrize(
    ("lines", "match"),
    [
        ((HEAD.replace("金额（元）", "备注"), GOOD), "没有金额列|没有找到明细表"),
        ((HEAD.replace("项目名称", "支出金额（元）").replace("金额（元）", "金额（元）"), GOOD), "amount.*可能是"),
        ((HEAD.replace("（元）", ""), GOOD), "元还是万元"),
        (("单位：万元", HEAD, GOOD), "两种金额单位"),
        (("说明", "没有表"), "没有找到明细表"),
    ],
)
def test_headings_that_are_not_clear_are_told_with_candidates(written, lines, match: str) -> None:
    with pytest.raises(UnclearHeadings, match=match):
        brought(written(*lines))


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (("2010301", "2019999"), None),
        (("2010301", "2013333"), "不存在"),
        (("一般公共预算", "彩票"), "“彩票”不认识"),
        (("一般公共预算", ""), "少填了几项"),
        (("人员经费", "别的"), "“别的”不认识"),
        (("人员经费", "基本支出"), "人员经费还是公用经费"),
        (("30101", ""), "少填了几项"),
        (("人员经费", "项目支出"), "没有项目名称"),
        (("一般公共预算,100.00", ",99.00"), "没有资金来源|少 |多 "),
        (("100.00", "-100.00"), "金额为负"),
        (("100.00", "1.001"), "不是整数分"),
        (("100.00", "一百"), "应为数字"),
    ],
)
def test_each_bad_line_is_told_with_its_place(written, change: tuple[str, str], match: str | None) -> None:
    path = written(HEAD, GOOD, GOOD.replace(*change).replace("示例局", "示例局"))
    if match is None:
        assert len(brought(path)) == 2
        return
    with pytest.raises(RefusedImport, match=match) as refused:
        brought(path)
    assert "导出.csv: 第3行" in str(refused.value)


def test_a_code_of_an_older_edition_is_followed(written) -> None:
    with pytest.raises(RefusedImport, match="2010308 已改为 20140") as refused:
        brought(written(HEAD, GOOD.replace("2010301", "2010308")))
    assert "201400" in str(refused.value)


def test_equal_lines_are_asked_about_and_zero_lines_left_out(written) -> None:
    path = written(HEAD, GOOD, GOOD, GOOD.replace("100.00", "0"), HEAD, GOOD.replace("30101", "30102"))
    with pytest.raises(RefusedImport, match="完全相同") as refused:
        brought(path)
    assert "--line 导出!3=detail" in str(refused.value)

    imported = import_files([path], AUTO, asked(lines={"3": "skip"}))
    assert [x.economic for x in imported.books[0].book.spending] == ["30101", "30102"]
    assert {x.reason for x in imported.left_out} == {"金额为零", "重复的表头", "按 --line 的要求不取"}
    kept = import_files([path], AUTO, asked(approved=("示例局,一般公共预算,基本支出=300.00",)))
    assert len(kept.used) == 3
    assert any("完全相同" in n for n in kept.notes)


def test_a_project_line_beside_its_own_parts_is_settled_by_what_was_approved(written) -> None:
    path = written(
        HEAD,
        "示例局,2010302,,甲项目,项目支出,一般公共预算,50.00",
        "示例局,2010302,30201,甲项目,项目支出,一般公共预算,30.00",
        "示例局,2010302,30227,甲项目,项目支出,一般公共预算,20.00",
    )
    assert [x.amount for x in brought(path, approved=(",一般公共预算,项目支出=50.00",))] == [3000, 2000]
    assert [x.amount for x in brought(path, approved=(",一般公共预算,项目支出=100.00",))] == [5000, 3000, 2000]


def test_texts_of_projects_come_with_their_lines(written) -> None:
    path = written(
        HEAD + ",项目概况,立项依据",
        "示例局,2010302,30201,甲项目,项目支出,一般公共预算,30.00,更新设备。,",
        "示例局,2010302,30227,甲项目,项目支出,一般公共预算,20.00,,会议决定。",
    )
    (project,) = import_files([path], AUTO, asked()).books[0].book.projects
    assert (project.name, project.overview, project.basis) == ("甲项目", "更新设备。", "会议决定。")


def test_a_line_like_a_total_that_is_none_must_be_told(written) -> None:
    path = written(
        HEAD,
        "示例局,2010302,,甲项目,项目支出,一般公共预算,45.00",
        "示例局,2010302,30201,甲项目,项目支出,一般公共预算,30.00",
    )
    with pytest.raises(RefusedImport, match="像是小计"):
        brought(path)
    assert [x.amount for x in brought(path, lines={"导出!2": "detail"})] == [4500, 3000]
    assert [x.amount for x in brought(path, lines={"2": "subtotal"})] == [3000]
    with pytest.raises(RefusedImport, match="没有这一行"):
        brought(path, lines={"9": "detail"})


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0broken"])
def test_files_that_are_no_tables_are_refused(tmp_path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput):
        brought(path)
