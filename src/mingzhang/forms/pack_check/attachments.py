"""What stands beside tables and sentences: the glossary that a document prints, and the performance forms."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.forms.classifications import edition
from mingzhang.forms.glossary import words
from mingzhang.forms.pack_check.faults import instead
from mingzhang.forms.pack_check.filters import check_filter
from mingzhang.forms.pack_check.shapes import misfits, said, unread_keys
from mingzhang.forms.performance import DepartmentTexts, ProjectTexts
from mingzhang.forms.performance_read import read_form
from mingzhang.forms.terms import PackTerm
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mingzhang.forms.pack import Pack
    from mingzhang.forms.pack_check.faults import Notes
    from mingzhang.forms.performance import Label

FORMS: Final = ("project", "department", "indicators")
"""The files of `forms/` that are read."""


def check_terms(notes: Notes, pack: Pack, sections: Collection[str]) -> None:
    """Look at the glossary: each term once and with a meaning, printed where something exists that it explains."""
    name, data = "text/glossary", pack.texts.get("glossary", {})
    unread_keys(notes, name, data, ("terms",))
    if not data.get("terms"):
        if any(p.key == "glossary" for p in pack.parts):
            notes.warning(notes.sources.at(name), _("有名词解释这一章，却没有名词"), "[[terms]]")
        return
    fields = [w.identifier for w in words() if w.kind == "fact"]
    times = Counter(t.get("term") for t in data["terms"])
    for number, term in enumerate(data["terms"]):
        unread_keys(notes, name, term, [f.encode_name for f in msgspec.structs.fields(PackTerm)], "terms", number)
        misfits(notes, name, term, PackTerm, "terms", number)
        if times[term.get("term")] > 1:
            notes.error(
                notes.sources.at(name, "terms", number, "term"), _("“{term}”解释了两次").format(term=term.get("term"))
            )
        for text in term.get("when", ()):
            spot = notes.sources.at(name, "terms", number, "when")
            check_filter(notes, str(text), spot, fields, edition(pack.standards))
        for key in term.get("sections", ()):
            if key not in sections:
                notes.error(
                    notes.sources.at(name, "terms", number, "sections"),
                    _("没有名为“{name}”的部分").format(name=key),
                    instead(key, sections),
                )


def check_forms(notes: Notes, pack: Pack) -> None:
    """Look at the performance forms: that each can be read, prints a label for one thing only, and sums by filters that fit."""
    for key, tree in pack.forms.items():
        name = f"forms/{key}"
        if key not in FORMS:
            notes.warning(notes.sources.at(name), _("这个文件不会被读入"), instead(key, FORMS))
            continue
        try:
            form = read_form(key, tree)
        except KeyError as missing:
            notes.error(notes.sources.at(name), _("缺少“{key}”").format(key=missing.args[0]))
            continue
        except (ValueError, TypeError, IndexError, msgspec.ValidationError) as error:
            notes.error(notes.sources.at(name), said(str(error)))
            continue
        if isinstance(form, ProjectTexts | DepartmentTexts):
            _labels(notes, name, form)
        if isinstance(form, DepartmentTexts):
            _money(notes, name, form, pack)
    if ("project" in pack.forms) != ("indicators" in pack.forms):
        notes.error(
            notes.sources.at("forms/project"),
            _("绩效目标表要有 project.toml 和 indicators.toml 两个文件，缺一个就不印"),
        )


def _labels(notes: Notes, name: str, form: ProjectTexts | DepartmentTexts) -> None:
    """See that no label stands for two fields."""
    meant: dict[str, str] = {}
    for part, label in _fields(form):
        for spelling in label.spellings:
            if meant.setdefault(spelling, label.key) != label.key:
                notes.error(
                    notes.sources.at(name, "fields", part, text=label.text),
                    _("“{label}”既是“{one}”又是“{other}”").format(label=spelling, one=meant[spelling], other=label.key),
                )


def _fields(form: ProjectTexts | DepartmentTexts) -> Iterator[tuple[str, Label]]:
    for part in ("head", "texts", "goals", "footer"):
        yield from ((part, label) for label in getattr(form, part, ()))


def _money(notes: Notes, name: str, form: DepartmentTexts, pack: Pack) -> None:
    fields = [w.identifier for w in words() if w.kind == "fact"]
    codes: Any = edition(pack.standards)
    check_filter(notes, form.filter, notes.sources.at(name, "filter"), fields, codes)
    for part in ("by_source", "by_use"):
        for line in getattr(form, part):
            spot = notes.sources.at(name, "money", part, text=f'"{line.key} |')
            check_filter(notes, line.filter, spot, fields, codes)
