"""Performance forms in text that only blanks divide: their fields and indicators, whatever lines cells are broken over."""

from __future__ import annotations

import pytest
from form_layouts import forms_pdf, forms_text
from form_scores import scored
from msgspec.structs import replace
from printed_forms import PACK, lines_of
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.forms.performance_words import form_words
from mingzhang.model.page import Cell
from mingzhang.model.place import Place
from mingzhang.readback.doors import read_file
from mingzhang.readback.opening import opened
from mingzhang.readback.pdf_cells import Grid
from mingzhang.readback.pdf_page import Block
from mingzhang.readback.performance import find_forms
from mingzhang.readback.performance_bits import bits_of, joined, labels_in
from mingzhang.readback.performance_inked import outside
from mingzhang.readback.performance_laid import Raw, forms_laid
from mingzhang.readback.performance_upper import upper_rows
from mingzhang.rules.engine import check


@pytest.mark.parametrize("middle", [True, False], ids=["middle", "top"])
@pytest.mark.parametrize(
    "widths",
    [(8, 10, 14, 20, 12, 14, 20, 12), (10, 12, 18, 26, 16, 18, 26, 16), (8, 8, 10, 12, 10, 10, 12, 10)],
    ids=["usual", "wide", "narrow"],
)
@pytest.mark.parametrize("seed", [3, 4])
def test_forms_are_read_whole(tmp_path, seed, widths, middle):
    document = compile_book(sound_book(seed, "shanxi-2024")).disclosure
    path = tmp_path / "forms.txt"
    path.write_text(forms_text(document, widths, middle=middle), encoding="utf-8")
    count = scored(document, read_file(path))
    assert count["fields"] > 50
    assert (count["right_fields"], count["right_indicators"]) == (count["fields"], count["indicators"])
    assert count["wrong_fields"] + count["wrong_indicators"] == 0


@pytest.mark.parametrize("seed", [1, 4, 7])
def test_forms_without_rulings_are_read_whole(tmp_path, seed):
    document = compile_book(sound_book(seed, "guizhou-2025")).disclosure
    path = tmp_path / "forms.pdf"
    path.write_bytes(forms_pdf(document, seed))
    got = read_file(path)
    count = scored(document, got)
    assert count["fields"] > 20
    assert (count["right_fields"], count["right_indicators"]) == (count["fields"], count["indicators"])
    assert all(i.place is not None and i.place.page for f in got.project_forms for i in f.period_indicators)


MEETING = """某某局2024年部门预算

                      收支预算总表
                                              单位：万元
科目编码        科目名称                      合计       基本支出      项目支出
201             一般公共服务支出            100.00          60.00         40.00
20103           政府办公厅（室）及相关机构  100.00          60.00         40.00
合计                                        100.00          60.00         40.00

项目名称    某某管理项目
主管部门    甲乙丙丁戊己庚辛    实施    某某中心
                      单位
甲          某某某某某某某某    项目    甲乙
                      属性
总体        本项目某某某某某某某某    项目    一年
目标                         期限
一级指标    二级指标    三级指标    指标值
产出指标    数量指标    培训人数    ≥50人
效益指标    社会效益    知晓率      ≥90%
"""


def test_a_form_may_be_found_by_one_width_of_characters_alone(tmp_path):
    path = tmp_path / "forms.txt"
    path.write_text(MEETING, encoding="utf-8")
    rows = [[c.text for c in line.cells] for page in opened(path).pages for line in page.lines if line.is_row]
    assert [r[0] for r in rows if len(r) > 6] == ["项目名称", "主管部门", "项目属性", "总体目标", "", "", ""]


def test_what_cannot_be_read_is_told_and_no_rule_judges_by_it():
    document = compile_book(sound_book(3, "shanxi-2024")).disclosure
    form = forms_text(document).split("\f")[0]
    one_cell_a_line = "\n".join(cell for line in form.splitlines() for cell in line.split())
    (read,) = find_forms(lines_of(one_cell_a_line), PACK)[0]
    assert not read.project
    assert "第1行" in read.doubts[0]
    assert read.first.line == 1
    rest = replace(document, project_forms=(*document.project_forms[1:], read))
    told = {(f.rule, f.outcome) for f in check(rest, everything=True)}
    assert {("H-002", "undecided"), ("H-003", "undecided")} & told
    assert not {("H-002", "violated"), ("H-003", "violated")} & told


def test_a_form_without_a_head_keeps_its_fields(tmp_path):
    document = compile_book(sound_book(3, "shanxi-2024")).disclosure
    path = tmp_path / "forms.txt"
    lines = forms_text(document).split("\f")[0].splitlines()
    path.write_text("\n".join(x for x in lines if "一级指标" not in x), encoding="utf-8")
    (form,) = read_file(path).project_forms
    assert form.project == document.project_forms[0].project
    assert form.annual_funds.total.plain == document.project_forms[0].annual_funds.total.plain
    assert any("表头" in d for d in form.doubts)


@pytest.mark.parametrize("ending", ["txt", "pdf"])
@pytest.mark.parametrize("seed", [2, 5])
def test_the_departments_own_form_is_read_whole(tmp_path, seed, ending):
    document = compile_book(sound_book(seed, "shanxi-2024")).disclosure
    path = tmp_path / f"forms.{ending}"
    path.write_bytes(forms_pdf(document, seed) if ending == "pdf" else forms_text(document).encode())
    got, wanted = read_file(path), document.department_form
    form = got.department_form
    assert len(got.project_forms) == len(document.project_forms)
    for field in ("department", "duties", "strategy", "annual_goal", "key_tasks"):
        assert getattr(form, field) == getattr(wanted, field)
    for field in ("sections", "subordinate_units", "staff_quota", "staff_actual", "staff_in_quota", "staff_other"):
        assert getattr(form, field).digits == getattr(wanted, field).digits
    for side in ("by_source", "by_use"):
        printed = {k: f.plain for k, f in getattr(wanted, side).items() if f.printed}
        assert {k: f.plain for k, f in getattr(form, side).items() if f.printed} == printed
    assert [(i.level2, i.level3, i.value) for i in form.indicators] == [
        (i.level2, i.level3, i.value) for i in wanted.indicators
    ]


def test_a_form_below_rows_taken_for_one_table_with_it_is_read_once():
    above, inside = (3402, 26072, 80587, 30000), (3402, 44123, 80587, 44923)
    rows = [
        [Cell("满意度指标", Place(page=19, line=22, box=above))],
        [Cell("项目名称", Place(page=19, line=33, box=inside))],
    ]
    block = Block(Grid([3402, 80587], rows, (3402, 26072, 80587, 44923)), [], 26072, 3402)
    rest = outside(block, 44123, 54995)
    assert rest is not None
    assert rest.grid is not None
    assert [[c.text for c in row] for row in rest.grid.rows] == [["满意度指标"]]
    assert rest.grid.box == above
    assert outside(block, 20000, 60000) is None
    assert outside(block, 50000, 60000) is block


@pytest.mark.parametrize(
    ("lines", "keys"),
    [
        (("其中:中央财政资金 0", "省级财政资金 5"), ["central", "provincial"]),
        (("市县(区)财政资金25,000", ""), ["municipal"]),
        (("保证项目实施的制度、措", "施"), ["safeguards"]),
    ],
)
def test_labels_end_at_a_colon_and_amounts_may_touch_them(lines, keys):
    bits = [bits_of(text, n, 2) for n, text in enumerate(lines)]
    found, _rest = labels_in(bits, form_words().upper)
    assert [x.key for x in found] == keys


def test_a_table_of_projects_above_begins_no_form():
    document = compile_book(sound_book(3, "shanxi-2024")).disclosure
    form = forms_text(document).split("\f")[0].splitlines()
    table = ["项目名称          合计", "道路养护          5.60", "第三部分 部门预算情况说明", *(["说明一行"] * 5)]
    raws = [Raw(tuple(bits_of(x, 0, 2)), 0, Place(line=n)) for n, x in enumerate([*table, *form]) if x.strip()]
    assert [raws[x.first].text[:4] for x in forms_laid(raws, 1)] == ["项目名称"]
    assert forms_laid(raws, 1)[0].first >= len(table)


@pytest.mark.parametrize(
    ("lines", "period", "annual"),
    [
        (
            ("1.   建成一处河道巡护站                      建成巡护站。", "2.   培训人员五十人次以上。"),
            "1. 建成一处河道巡护站2. 培训人员五十人次以上。",
            "建成巡护站。",
        ),
        (
            ("建成一处河道巡护站，                      1.   建成巡护站。", " " * 44 + "2.  验收合格。"),
            "建成一处河道巡护站，",
            "1. 建成巡护站。2. 验收合格。",
        ),
    ],
)
def test_a_gap_behind_a_number_divides_no_goals(lines, period, annual):
    head = "     实施期目标                              年度目标"
    rows = upper_rows([bits_of(x, n, 2) for n, x in enumerate((head, *lines))], [0] * 3, [False] * 3, form_words())
    assert [(c, joined(bits)) for c, bits in rows[-1].cells] == [(1, period), (4, annual)]
