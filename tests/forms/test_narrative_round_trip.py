"""Every sentence pattern of every pack: what it writes it reads back, number by number and word by word."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.forms.narrative import narrative_of
from mingzhang.forms.narrative_numbers import fold
from mingzhang.forms.narrative_read import read_numbers
from mingzhang.forms.narrative_states import everywhere, track_of
from mingzhang.forms.narrative_write import write_paragraphs
from mingzhang.forms.packs import load_pack, pack_ids
from mingzhang.model.figure import number

MONEY = {"元", "万元", "亿元"}
REASONS = (
    "新增办公楼供暖改造",
    "人员增资，且2022年结转的设备采购今年不再安排",
    "撤并3个下属单位，压减会议费12.50万元",
    "上级专款5,000万元改由市级直接下达",
    "《水网规划（2023—2025年）》进入收尾——续建3处",
    "机构改革：河道站、闸站并入（编制由52名增至61名）",
    "“清四乱”行动展开/汛期提前，抢险物资翻了一番",
    "人员经费增加12.50万元，其他减少3.10万元",
)
ITEMS = {
    "教育支出（类）普通教育（款）小学教育（项）": "2050202",
    "教育支出（类）普通教育（款）初中教育（项）": "2050203",
    "农林水支出（类）水利（款）行政运行（项）": "2130301",
    "其他支出（类）其他支出（款）": "22999",
}
PROJECTS = [("001", "河道清淤与堤岸维护"), ("002", "2025年水文站点更新"), ("003", "灌区管理（二期）")]
NAMES = ("无", "办公费", "办公费、印刷费、差旅费", "基本工资、其他社会保障缴费、维修(护)费")


class RandomValues:
    """Values drawn as they are asked for, the same one for the same key."""

    def __init__(self, data, narrative, section) -> None:
        self.data = data
        self.narrative = narrative
        self.section = section
        self.figures, self.changes, self.texts, self.bases = {}, {}, {}, {}
        codes = st.lists(st.sampled_from(sorted(narrative.classes)), unique=True, max_size=6)
        self.codes = sorted(data.draw(codes))
        self.administrative = data.draw(st.sampled_from(("yes", "no")))

    def figure(self, key):
        if key not in self.figures:
            declared = self.narrative.declaration(key, self.section)
            if re.fullmatch(r"\d+", declared.expression):
                self.figures[key] = number(int(declared.expression), declared.unit, 0, grouped=True)
            else:
                places = self.data.draw(st.sampled_from((0, 2))) if declared.unit in {*MONEY, "%"} else 0
                large = 10_000_000_000 if declared.unit in MONEY else 99_999
                digits = self.data.draw(st.one_of(st.just(0), st.integers(0, large), st.just(large)))
                self.figures[key] = number(digits, declared.unit, places, grouped=self.data.draw(st.booleans()))
        return self.figures[key]

    def change(self, key):
        if key not in self.changes:
            self.changes[key] = self.data.draw(st.sampled_from((None, 0, -5, 5)))
        return self.changes[key]

    def text(self, key):
        if key not in self.texts:
            self.texts[key] = self.data.draw(st.sampled_from(NAMES if key.endswith("items") else (*REASONS, None)))
        return self.texts[key]

    def basis(self, key):
        if key not in self.bases:
            self.bases[key] = self.data.draw(st.sampled_from(sorted(self.narrative.lexicon.bases.values())))
        return self.bases[key]

    def no_change(self, text):
        return self.narrative.lexicon.no_change(text)

    def context(self, name):
        if name == "administrative":
            return self.administrative
        return {
            "year": "2024",
            "last_year": "2023",
            "unit_name": "临江县水务局",
            "as_of": "2023年12月31日",
            "dated": "yes",
        }[name]

    def items(self, form):
        return PROJECTS if form.each == "disclosed" else sorted((c, n) for n, c in ITEMS.items())

    def classes(self, key):
        if key in {"projects", "disclosed"}:
            return PROJECTS
        return [(c, self.narrative.classes[c]) for c in self.codes]


SECTIONS = [
    (p, s.key) for p in pack_ids() for s in narrative_of(load_pack(p)).sections if s.part == "written" and s.paragraphs
]


@cache
def tracks(pack_id, section):
    narrative = narrative_of(load_pack(pack_id))
    names = {fold(n).text: c for c, n in narrative.classes.items()} | {fold(n).text: c for n, c in ITEMS.items()}
    return names, track_of(narrative, [narrative.section(section)], names), everywhere(narrative, names)


@pytest.mark.parametrize(("pack_id", "section"), SECTIONS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_what_a_pattern_writes_it_reads(pack_id, section, data):
    narrative = narrative_of(load_pack(pack_id))
    form = narrative.section(section)
    values = RandomValues(data, narrative, section)
    paragraphs = [p for f in form.paragraphs for p in write_paragraphs(f, values)]
    names, own, anywhere = tracks(pack_id, section)
    folds = [fold(p.text) for p in paragraphs]
    readings, words = read_numbers(folds, own, anywhere, names, narrative.lexicon)
    read = {(r.paragraph, folds[r.paragraph].index[r.number.start]): r for r in readings}
    for i, paragraph in enumerate(paragraphs):
        for slot in paragraph.slots:
            if slot.figure is not None:
                found = read.pop((i, slot.at))
                assert (found.key, found.number.digits, found.number.unit, found.number.places) == (
                    slot.key, slot.figure.digits, slot.figure.unit, slot.figure.places,
                )  # fmt: skip
            elif any(s.figure is not None for s in paragraph.slots):
                assert slot.text in {
                    paragraph.text[w.start : w.stop] for w in words if w.paragraph == i and w.key == slot.key
                }
    assert {r.key for r in read.values()} <= {""}, "a number inside a reason was taken for a statement"


@pytest.mark.parametrize("pack_id", pack_ids())
def test_a_heading_and_a_chart_stand_once(pack_id):
    narrative = narrative_of(load_pack(pack_id))
    headings = [s.heading for s in narrative.sections if s.part == "written" and s.heading]
    assert len(headings) == len(set(headings))
    charts = [c.key for s in narrative.sections for c in s.charts]
    assert len(charts) == len(set(charts))
