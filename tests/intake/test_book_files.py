from __future__ import annotations

import json

import pytest

from mingzhang.intake.books import read_book
from mingzhang.model.codec import encode
from mingzhang.model.fault import Fault, InvalidBook, UnknownVersion, UnreadableInput

UNUSABLE = {
    "empty": (b"", "文件是空的"),
    "white space": (b" \n", "文件是空的"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0", "是二进制文件"),
    "noise": (b"{\xff\xfe\xfa\x81", "是二进制文件"),
    "other encoding": ('{"unit_name": "示例局"}'.encode("gb18030"), "文件编码不是 UTF-8"),
    "utf-16": ('{"unit_name": "示例局"}'.encode("utf-16"), "文件编码不是 UTF-8"),
    "a disclosure's text": ("某某局2023年度部门预算公开\n目 录\n".encode(), "不是预算底册"),
    "a list": (b"[1, 2]", "不是预算底册"),
    "cut short": (b'{"schema": "mingzhang.book/1.0", ', "不是有效的 JSON"),
    "old Excel": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧式 Excel"),
    "a zip of something": (b"PK\x03\x04" + b"\0" * 100, "不是能读的 Excel"),
    "very deep": (b'{"schema": "mingzhang.book/1.0", "a": ' + b"[" * 100_000, "JSON"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_unusable_files_give_one_clear_message(tmp_path, case):
    content, message = UNUSABLE[case]
    path = tmp_path / "book.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=message) as caught:
        read_book(path)
    assert caught.value.place.startswith("book.json")


def test_a_missing_file_and_a_folder_are_faults(tmp_path):
    with pytest.raises(UnreadableInput, match="无法打开"):
        read_book(tmp_path / "none.json")
    with pytest.raises(UnreadableInput, match="是文件夹"):
        read_book(tmp_path)


def changed(small, change) -> bytes:
    tree = json.loads(encode(small))
    change(tree)
    return json.dumps(tree, ensure_ascii=False).encode()


SHAPES = {
    "text for money": (lambda t: t["spending"][0].update(amount="一万"), "应为整数，这里是文字", "/spending/0/amount"),
    "a fraction": (lambda t: t["spending"][0].update(amount=1.5), "应为整数，这里是小数", "/spending/0/amount"),
    "field missing": (lambda t: t["spending"][1].pop("function"), "缺少字段“function”", "/spending/1"),
    "not a word": (lambda t: t["spending"][0].update(kind="人员"), "“人员”不在可选范围内", "/spending/0/kind"),
}


@pytest.mark.parametrize("case", SHAPES)
def test_a_wrong_shape_is_told_in_chinese_with_its_pointer(tmp_path, small, case):
    change, message, pointer = SHAPES[case]
    path = tmp_path / "book.json"
    path.write_bytes(changed(small, change))
    with pytest.raises(UnreadableInput) as caught:
        read_book(path)
    assert (caught.value.message, caught.value.place) == (message, f"book.json#{pointer}")


def test_everything_wrong_in_a_book_is_told_together(tmp_path, small):
    def spoil(tree):
        tree["spending"][0] |= {"amount": -1, "function": "2019876", "unit": "77"}
        tree["spending"][1] |= {"id": "s1", "project": "p8"}
        tree["assets"] = {"vehicles": {"boat": 1}}
        tree["unit_name"] = " 示例局"
        tree["notes"]["other_notes"] = "响\u0007铃"

    path = tmp_path / "book.json"
    path.write_bytes(changed(small, spoil))
    with pytest.raises(InvalidBook) as caught:
        read_book(path)
    assert {f"{f.place}: {f.message}" for f in caught.value.problems} == {
        "/spending/0/amount: “金额”不得为负",
        "/spending/0/function: “功能科目”2019876 在 2024 年版收支分类科目中不存在",
        "/spending/0/unit: “单位代码”77 在“所属单位”表中没有",
        "/spending/1/id: 编号“s1”重复",
        "/spending/1/project: “项目编号”p8 在“项目”表中没有",
        "/assets/vehicles/boat: 车辆用途“boat”不认识",
        "/unit_name: “单位名称”前后不能有空白，中间不能换行",
        "/notes/other_notes: “文字”含有控制字符",
    }


def test_a_stored_form_of_another_kind_is_named(tmp_path):
    path = tmp_path / "d.json"
    path.write_bytes(b'{"schema": "mingzhang.disclosure/1.0"}')
    with pytest.raises(UnknownVersion, match="公开数据，不是预算底册"):
        read_book(path)


def test_the_name_of_a_file_does_not_matter(tmp_path, small):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"\xef\xbb\xbf" + encode(small))
    assert read_book(path) == small


def test_faults_end_with_status_two():
    assert Fault.status == InvalidBook.status == 2
