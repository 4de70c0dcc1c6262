"""An office's own list of codes: what is taken in, and what is told about rows that cannot be."""

from __future__ import annotations

import csv
import io

import pytest
import xlsxwriter

from mingzhang.forms.classifications import InvalidStandards, edition
from mingzhang.forms.standards_import import import_standards
from mingzhang.model.fault import UnreadableInput

LIST = "科目编码,科目名称\n201,一般公共服务支出\n20113,商贸事务\n2011301,行政运行\n2011377,本地事务\n"


def given(tmp_path, text, *, name="list.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(tmp_path, *sheets):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
    path = tmp_path / "list.xlsx"
    path.write_bytes(content.getvalue())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_any_encoding_becomes_an_edition(tmp_path, encoding):
    target = import_standards(given(tmp_path, LIST, encoding=encoding), "2026", tmp_path / "own", "functional")
    assert target == tmp_path / "own" / "2026" / "functional.csv"
    own = edition("2026", tmp_path / "own")
    entry = own.function("2011377")
    assert (entry.name, entry.level, entry.parent, entry.confirmed) == ("本地事务", 3, "20113", True)
    assert entry.budget == "general"
    assert own.function("2011399") is None
    assert own.economic("30201") is not None


@pytest.mark.parametrize(
    "text",
    [
        "code,name\n201,甲\n20101,乙\n",
        "code\tname\n201\t甲\n20101\t乙\n",
        "2026年科目,,\n,科目编码,科目名称\n,201,甲\n,20101,乙\n,,\n",
        "科目名称,上级编码,科目代码\n甲,,201\n乙,201,201|01\n",
        "类,款,项,科目名称\n201,,,甲\n201,01,,乙\n",
        "类,款,项,科目名称\n201,,,甲\n,01,,乙\n",
        "科目编码,科目名称\n２０１,甲\n201 01,乙\n",
    ],
)
def test_headings_columns_and_spellings_vary(tmp_path, text):
    target = import_standards(given(tmp_path, text), "2026", tmp_path / "own", "functional")
    with target.open(encoding="utf-8", newline="") as file:
        rows = [(r["code"], r["name"], r["parent"], r["level"]) for r in csv.DictReader(file)]
    assert rows == [("201", "甲", "", "1"), ("20101", "乙", "201", "2")]


def test_a_code_in_the_third_column_stands_below_the_last_of_the_other_two(tmp_path):
    text = "类,款,项,科目名称\n201,,,甲\n,01,,乙\n,,01,丙\n,,02,丁\n,02,,戊\n,,01,己\n"
    target = import_standards(given(tmp_path, text), "2026", tmp_path / "own", "functional")
    codes = [line.split(",")[0] for line in target.read_text("utf-8").splitlines()[1:]]
    assert codes == ["201", "20101", "2010101", "2010102", "20102", "2010201"]


def test_a_workbook_with_numbers_for_codes(tmp_path):
    rows = [["收入科目编码", "科目名称"], [103, "非税收入"], [10301, "政府性基金收入"], ["1030148", "土地出让"]]
    path = workbook(tmp_path, ("封面", [["说明"]]), ("科目", rows))
    import_standards(path, "2026", tmp_path / "own", "revenue")
    assert edition("2026", tmp_path / "own").revenue("1030148").name == "土地出让"


def test_the_budget_is_stated_or_that_of_the_code_or_of_its_parent(tmp_path):
    text = "科目编码,科目名称,预算\n212,甲,\n21208,乙,\n2120899,丙,\n2120877,丁,\n21299,戊,国有资本经营预算\n"
    import_standards(given(tmp_path, text), "2026", tmp_path / "own", "functional")
    own = edition("2026", tmp_path / "own")
    assert {c: own.function(c).budget for c in ("212", "21208", "2120877", "21299")} == {
        "212": "general",
        "21208": "gov_fund",
        "2120877": "gov_fund",
        "21299": "state_capital",
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("20A,坏", "list.csv: 第6行: 科目编码“20A”不是数字"),
        ("2019,坏", "list.csv: 第6行: 科目编码 2019 是 4 位，应为 3、5、7 位"),
        ("2029901,坏", "list.csv: 第6行: 科目 2029901 的上级 20299 不在表中"),
        ("20113,坏", "list.csv: 第6行: 科目编码 20113 重复，前一次在 list.csv: 第3行"),
        ("202,", "list.csv: 第6行: 科目 202 没有名称"),
        (",坏", "list.csv: 第6行: 没有科目编码"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_nothing_is_written(tmp_path, line, said):
    with pytest.raises(InvalidStandards) as caught:
        import_standards(given(tmp_path, LIST + line + "\n"), "2026", tmp_path / "own", "functional")
    assert said in str(caught.value)
    assert not (tmp_path / "own").exists()


def test_all_bad_rows_are_told_at_once_with_an_end(tmp_path):
    text = "科目编码,科目名称\n" + "".join(f"{n},甲\n" for n in range(1000, 1030))
    with pytest.raises(InvalidStandards) as caught:
        import_standards(given(tmp_path, text), "2026", tmp_path / "own", "functional")
    assert caught.value.message.count("是 4 位") == 20
    assert "还有 10 处" in caught.value.message


def test_a_bad_row_of_a_workbook_is_told_with_its_cell(tmp_path):
    path = workbook(tmp_path, ("科目", [["", "科目名称", "科目编码"], ["", "甲", "301"], ["", "乙", "3010"]]))
    with pytest.raises(InvalidStandards, match=r"list\.xlsx: 科目!C3: 科目编码 3010"):
        import_standards(path, "2026", tmp_path / "own", "dept_economic")


@pytest.mark.parametrize(
    ("line", "said"),
    [("20101,乙,202,", "上级写作 202，应为 201"), ("20101,乙,,彩票", "预算类型“彩票”不认识")],
)
def test_a_stated_parent_or_budget_must_fit(tmp_path, line, said):
    text = f"科目编码,科目名称,上级编码,预算\n201,甲,,\n{line}\n"
    with pytest.raises(InvalidStandards, match=said):
        import_standards(given(tmp_path, text), "2026", tmp_path / "own", "functional")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "找不到“科目编码”"),
        (b"a,b\n1,2\n", "找不到“科目编码”"),
        ("科目编码,科目名称\n".encode(), "表头下面没有科目"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "既不是 CSV"),
        (b"PK\x03\x04not a workbook", "工作簿读不出来"),
    ],
)
def test_a_file_that_is_no_list_is_a_fault(tmp_path, content, said):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises((InvalidStandards, UnreadableInput)) as caught:
        import_standards(path, "2026", tmp_path / "own", "functional")
    assert said in str(caught.value)
    assert "list.csv" in str(caught.value)
    assert not (tmp_path / "own").exists()


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    with pytest.raises(UnreadableInput, match=r"none\.csv"):
        import_standards(tmp_path / "none.csv", "2026", tmp_path / "own", "functional")


@pytest.mark.parametrize(
    ("name", "kind"), [("../2026", "functional"), (".", "functional"), ("", "functional"), ("2026", "ours")]
)
def test_the_edition_must_be_a_name_and_the_kind_known(tmp_path, name, kind):
    with pytest.raises(InvalidStandards):
        import_standards(given(tmp_path, LIST), name, tmp_path / "own", kind)
    assert not (tmp_path / "own").exists()


def test_a_second_import_replaces_the_list_at_once(tmp_path):
    own = tmp_path / "own"
    import_standards(given(tmp_path, LIST), "2026", own, "functional")
    assert edition("2026", own).function("2011377").name == "本地事务"
    import_standards(given(tmp_path, LIST.replace("本地事务", "改名")), "2026", own, "functional")
    assert edition("2026", own).function("2011377").name == "改名"
    assert [p.name for p in (own / "2026").iterdir()] == ["functional.csv"]


def test_a_place_that_cannot_be_written_is_a_fault(tmp_path):
    (tmp_path / "own").write_text("a file", encoding="utf-8")
    with pytest.raises(InvalidStandards, match="写不进去"):
        import_standards(given(tmp_path, LIST), "2026", tmp_path / "own", "functional")
