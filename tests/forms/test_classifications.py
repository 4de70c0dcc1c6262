"""Classifications: look-up by code, by name under a parent and across renames; editions of an office's own."""

from __future__ import annotations

import csv
import re
from itertools import pairwise

import pytest

from mingzhang.forms.classifications import KINDS, SHIPPED, VARIABLE, InvalidStandards, edition, editions


@pytest.fixture(scope="module")
def book():
    return edition("2024")


def test_each_list_answers_by_code(book):
    assert book.function("2011301").name == "行政运行"
    assert book.economic("30201").name == "办公费"
    assert book.gov_economic("502").name == "机关商品和服务支出"
    assert book.revenue("1030148").name == "国有土地使用权出让收入"
    assert book.function("30201") is None
    assert book.function("") is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_parent_is_there_and_begins_its_children(book, kind):
    for entry in book.classification(kind):
        assert len(entry.code) == 2 * entry.level + 1
        if entry.level == 1:
            assert entry.parent == ""
        else:
            assert entry.parent == entry.code[:-2]
            assert book.classification(kind).get(entry.parent) is not None


def test_the_thirty_classes_come_in_order(book):
    codes = [e.code for e in book.classes()]
    assert len(codes) == 30
    assert codes == sorted(codes)
    assert (codes[0], codes[-1]) == ("201", "234")


def test_a_name_that_many_share_needs_a_parent(book):
    assert len(book.named("行政运行")) > 50
    assert [e.code for e in book.named("行政运行", parent="20113")] == ["2011301"]
    assert [e.code for e in book.named("行政运行", parent="201", level=3)][:2] == ["2010101", "2010201"]
    assert book.named("行政运行", parent="20113", level=2) == ()
    assert book.named("没有这个科目") == ()


def test_a_parent_is_not_its_own_child(book):
    assert [e.code for e in book.named("老龄卫生健康事务", parent="21016")] == ["2101601"]


@pytest.mark.parametrize(
    ("old", "kind", "code"),
    [
        ("文化体育与传媒支出", "functional", "207"),
        ("医疗卫生与计划生育支出", "functional", "210"),
        ("国土海洋气象等支出", "functional", "220"),
        ("资源勘探信息等支出", "functional", "215"),
        ("行政事业单位离退休", "functional", "20805"),
        ("归口管理的行政单位离退休", "functional", "2080501"),
        ("扶贫", "functional", "21305"),
        ("市场主体管理", "functional", "2013804"),
        ("机关资本性支出（一）", "gov_economic", "503"),
    ],
)
def test_an_old_name_is_found(book, old, kind, code):
    (entry,) = book.named(old, kind=kind)
    assert entry.code == code
    assert entry.is_called(old)
    assert entry.is_called(entry.name)


def test_the_name_of_this_edition_is_preferred_to_that_of_another_year(book):
    assert [e.code for e in book.named("卫生健康")] == ["21904"]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("资本性支出(基本建设)", "309"),
        ("资本性支出（基本建设）", "309"),
        (" 对企业补助 （ 基本建设 ） ", "311"),
        ("对企业补助(基本建设）", "311"),
    ],
)
def test_widths_brackets_and_spaces_do_not_matter(book, printed, code):
    assert [e.code for e in book.named(printed, kind="dept_economic", level=1)] == [code]


def test_other_and_the_ending_are_spelt_either_way(book):
    assert [e.code for e in book.named("其它支出", parent="229")] == [
        e.code for e in book.named("其他支出", parent="229")
    ]
    assert [e.code for e in book.named("社会保障和就业", level=1)] == ["208"]
    assert [e.code for e in book.named("巩固脱贫攻坚成果衔接乡村振兴支出")] == ["21305"]


def test_an_unverified_row_says_so(book):
    assert book.function("2011301").confirmed
    assert not book.function("2010101").confirmed
    assert {e.confirmed for e in book.classification("gov_economic")} == {False}


def test_sources_are_neutral_words():
    for path in SHIPPED.rglob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert "http" not in text
        with path.open(encoding="utf-8", newline="") as file:
            assert all(re.fullmatch("[a-z_]+", r.get("source", "own")) for r in csv.DictReader(file))


@pytest.mark.parametrize(
    ("unit_type", "code"), [("行政", "502"), ("参公", "502"), ("公益一类", "505"), ("other", "505")]
)
def test_the_economic_class_follows_the_type_of_unit(book, unit_type, code):
    link = book.gov_economic_of("30201", unit_type)
    assert link.entry.code.startswith(code)


def test_some_economic_classes_do_not_depend_on_the_type_and_some_have_none(book):
    assert book.gov_economic_of("30301", "行政") == book.gov_economic_of("30301", "公益二类")
    assert book.gov_economic_of("30107", "行政") is None  # 绩效工资 is paid by institutions
    assert book.gov_economic_of("99999", "行政") is None


def test_every_relation_points_at_codes_that_exist(book):
    for economic in book.classification("dept_economic"):
        if economic.level == 2 and economic.code != "30107":
            assert book.gov_economic_of(economic.code, "行政") is not None, economic.code
    lands = book.functions_fed_by("1030148")
    assert [x.entry.code for x in lands] == ["21208"]
    assert lands[0].confirmed
    assert [x.entry.code for x in book.revenues_feeding("2120803")] == ["1030148"]
    assert book.revenues_feeding("2011301") == ()
    fed = [book.revenues_feeding(e.code) for e in book.classification("functional") if e.level == 2]
    assert sum(len(x) for x in fed) == len((SHIPPED / "2024" / "fund_revenue.csv").read_text("utf-8").split()) - 1


def test_every_rename_names_an_entry(book):
    for change in book.renames:
        entry = book.classification(change.list).get(change.new_code)
        assert entry is not None, change
        assert entry.name in {change.old, change.new}, change
        assert change.kind in {"renamed", "recoded", "added"}
        assert change.year is None or 2007 <= change.year <= 2026


def test_there_is_no_such_edition():
    with pytest.raises(InvalidStandards, match="1999") as caught:
        edition("1999")
    assert "2024" in caught.value.hint
    assert caught.value.status == 2


def test_an_own_edition_comes_first_and_is_completed_by_the_shipped_one(tmp_path, monkeypatch):
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026" / "functional.csv").write_text(
        "code,name,parent,confirmed\n201,一般公共服务支出,,yes\n20199,本地事务,201,yes\n", encoding="utf-8"
    )
    own = edition("2026", tmp_path)
    assert own.function("20199").name == "本地事务"
    assert own.function("202") is None
    assert own.economic("30201").name == "办公费"
    assert editions(tmp_path) == ("2024", "2026")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert edition("2026").function("20199").confirmed
    assert edition("2024").function("202") is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,name,parent\n201,x,\n", "缺少列：confirmed"),
        ("code,name,parent,confirmed\n201,x\n", "第2行"),
        ("", "文件是空的"),
    ],
)
def test_a_broken_own_edition_is_a_fault_with_its_place(tmp_path, text, said):
    (tmp_path / "2030").mkdir()
    (tmp_path / "2030" / "functional.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidStandards) as caught:
        edition("2030", tmp_path)
    assert said in str(caught.value)
    assert "functional.csv" in caught.value.place


def test_codes_printed_in_the_samples_have_the_names_printed_beside_them(samples, truth, book):
    compared = 0
    for path in sorted(samples.glob("*.txt")):
        with (truth / f"{path.stem}.cells.csv").open(encoding="utf-8", newline="") as file:
            rows = {(r["row"].split("#")[0].split(":")[-1], r["table"]) for r in csv.DictReader(file)}
        codes = {code: table for code, table in rows if code.isdigit()}
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = [c.strip() for c in line.split("\t")]
            for code, name in pairwise(cells):
                if code in codes and re.search(r"[\u4e00-\u9fff]", name):
                    entry = book.revenue(code) if codes[code] == "fund_income" else book.function(code)
                    assert entry is not None, code
                    assert entry.is_called(name), (code, name)
                    assert entry.confirmed, code
                    compared += 1
    assert compared > 50
