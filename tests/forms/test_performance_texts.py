"""The performance forms of the packs as data."""

from __future__ import annotations

import msgspec
import pytest

from mingzhang.forms.packs import all_packs, load_pack
from mingzhang.forms.performance import folded_label
from mingzhang.forms.performance_read import performance_forms
from mingzhang.model.fault import InvalidPack
from mingzhang.model.performance import DepartmentForm, Funds, ProjectForm

WITH_FORMS = [p for p in all_packs() if performance_forms(p) is not None]


def test_the_packs_of_shanxi_have_forms():
    assert {"shanxi-2023", "shanxi-2024"} <= {p.id for p in WITH_FORMS}


@pytest.mark.parametrize("pack", WITH_FORMS, ids=lambda p: p.id)
def test_labels_name_fields_of_the_forms(pack):
    forms = performance_forms(pack)
    fields = set(ProjectForm.__struct_fields__)
    texts = forms.project
    computed = {"attribute": "attribute_printed", "period": "period_printed", "goal": "period_goal"}
    for label in (*texts.head, *texts.texts, *texts.goals, *texts.footer):
        assert computed.get(label.key, label.key) in fields
    assert {x.key for x in texts.funds} <= set(Funds.__struct_fields__)
    own = forms.department
    assert own is None or {x.key for x in (*own.head, *own.texts)} <= set(DepartmentForm.__struct_fields__)


@pytest.mark.parametrize("pack", WITH_FORMS, ids=lambda p: p.id)
def test_no_label_means_two_things(pack):
    texts = performance_forms(pack).project
    groups = [(*texts.head, *texts.money, *texts.texts, *texts.goals), texts.footer, texts.funds]
    for group in groups:
        spellings = [s for label in group for s in label.spellings]
        assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize("pack", WITH_FORMS, ids=lambda p: p.id)
def test_every_class_name_is_one_class(pack):
    classes = performance_forms(pack).frame.classes
    names = [folded_label(n) for c in classes for n in (c.name, *c.names)]
    assert len(names) == len(set(names))
    assert {c.level1 for c in classes} == {"产出指标", "成本指标", "效益指标", "满意度指标"}


def test_the_two_editions_differ_in_kind_and_title():
    old, new = (performance_forms(load_pack(i)).project for i in ("shanxi-2023", "shanxi-2024"))
    assert (old.kind, new.kind) == ("application", "goal")
    assert old.title != new.title
    assert old.funds == new.funds


def test_labels_fold_widths_brackets_and_spaces():
    assert folded_label("市县（区） 财政资金：") == folded_label("市县(区)财政资金")
    assert folded_label("绩效 指标") == "绩效指标"


def test_broken_forms_are_a_fault():
    pack = load_pack("shanxi-2023")
    broken = msgspec.structs.replace(pack, forms={**pack.forms, "project": {"kind": "application"}})
    with pytest.raises(InvalidPack, match="绩效"):
        performance_forms(broken)


def test_a_pack_without_forms_has_none():
    assert performance_forms(msgspec.structs.replace(load_pack("shanxi-2023"), forms={})) is None
