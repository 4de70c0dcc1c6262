"""Whose document it is: by a register of units, with homonyms, former names, and files under the wrong unit."""

from pathlib import Path

import pytest

from mingzhang.model.codec import decode, encode
from mingzhang.model.disclosure import Disclosure
from mingzhang.model.fault import UnreadableInput
from mingzhang.readback.register import matched, read_register, registered

REGISTER = """编码,名称,曾用名,上级,区划
205,青川县教育局,青川县教育和体育局；青川县教体局,,青川县
205003,第一中学,,205,青川县
306,临江县教育局,,,临江县
306003,第一中学,,306,临江县
401,青川县水利局,,,青川县
"""


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "名册.csv"
    path.write_text(REGISTER, encoding="gb18030")
    return read_register(path)


def found(name, code="", **more):
    return Disclosure(unit_name=name, unit_code=code, **more)


def test_the_same_name_is_sure(register):
    match = matched(found("青川县教育局"), register, Path("a.pdf"))
    assert (match.unit.code, match.confidence, match.doubts) == ("205", 100, ())


def test_its_own_office_is_the_department(register):
    assert matched(found("青川县教育局（本级）"), register, Path("a.pdf")).unit.code == "205"


def test_a_former_name_is_known_and_told(register):
    match = matched(found("青川县教体局"), register, Path("a.pdf"))
    assert (match.unit.code, match.how) == ("205", "former")
    assert "青川县教育局" in match.doubts[0]


def test_homonyms_without_more_are_in_doubt(register):
    match = matched(found("第一中学"), register, Path("a.pdf"))
    assert match.confidence == 50
    assert "几个同名" in match.doubts[0]


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        (found("第一中学", "306003"), Path("a.pdf"), "306003"),
        (found("第一中学"), Path("临江县教育局/a.pdf"), "306003"),
        (found("第一中学", division="青川县"), Path("a.pdf"), "205003"),
    ],
)
def test_homonyms_are_settled_by_code_folder_or_region(document, path, code, register):
    match = matched(document, register, path)
    assert (match.unit.code, match.confidence, match.doubts) == (code, 100, ())


def test_a_file_under_the_wrong_unit_is_pointed_out(register):
    match = matched(found("青川县教育局"), register, Path("青川县水利局/2025.pdf"))
    assert match.unit.code == "205"
    assert "青川县水利局" in match.doubts[0]


def test_a_unit_under_its_department_lies_right(register):
    assert matched(found("第一中学", "205003"), register, Path("青川县教育局/第一中学.pdf")).doubts == ()


def test_another_code_is_told(register):
    match = matched(found("青川县教育局", "999"), register, Path("a.pdf"))
    assert match.confidence == 80
    assert "999" in match.doubts[0]


def test_a_stranger_is_no_one(register):
    match = matched(found("远山市档案馆"), register, Path("a.pdf"))
    assert match.unit is None
    assert "远山市档案馆" in match.doubts[0]


def test_a_match_fills_in_what_was_not_printed_and_is_kept(register):
    document = found("青川县教育局")
    noted = registered(document, matched(document, register, Path("a.pdf")))
    assert (noted.unit_code, noted.division) == ("205", "青川县")
    again = decode(encode(noted), Disclosure)
    assert again == noted
    assert again.extra["/register"]["confidence"] == 100


@pytest.mark.parametrize(
    ("content", "message"), [("编码,地址\n1,a\n", "没有这一栏"), ("编码,名称\n1,\n", "没有单位名称"), (" ", "空")]
)
def test_a_bad_register_is_refused(content, message, tmp_path):
    path = tmp_path / "r.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=message):
        read_register(path)
