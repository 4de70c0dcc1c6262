"""One disclosure published in several files: text and tables apart, the same thing twice, other things beside it.

Their pages run on from file to file, in order of the files' names, and every place names its file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.packs import all_packs
from mingzhang.model.disclosure import Source
from mingzhang.model.fault import Fault, UnreadableInput
from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _
from mingzhang.model.page import Line, Page
from mingzhang.readback.likeness import likeness
from mingzhang.readback.marks import lines_of, without_marks
from mingzhang.readback.opening import Opened, opened_content
from mingzhang.readback.outline import outline_of
from mingzhang.readback.surroundings import SENTENCE, around
from mingzhang.readback.titles import TitleBook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.place import Place
    from mingzhang.readback.archive import Attachment, Bundle

_SAME: Final = 0.8
_SENTENCES: Final = 3
_TABLES: Final = 3
_ALIKE: Final = 0.9
_EXACTEST: Final = ("json", "docx", "xlsx", "html", "xls", "text", "pdf")
"""Of the same document in two formats the earlier in this list is read."""


def opened_bundle(bundle: Bundle, name: str, form: str) -> Opened:
    """Open several files as one document.

    Raises:
        UnreadableInput: none can be read, or they are the documents of several units.
    """
    doubts = list(bundle.doubts)
    files: list[Opened] = []
    first: Fault | None = None
    for file in bundle.files:
        try:
            files.append(opened_content(file.content, file.name))
        except Fault as fault:
            first = first or fault
            doubts.append(_("附件没有读入：{why}").format(why=str(fault).partition("\n")[0]))
    if not files:
        raise UnreadableInput(_("里面没有能读的文件：{why}").format(why=first), place=name)
    source = Source(name=name, sha256=_digest(bundle.files), format=form)
    stored = min((f for f in files if f.stored is not None), key=_exactness, default=None)
    if stored is not None:
        others = _("、").join(f.source.name for f in files if f is not stored)
        told = (_("数据取自“{name}”，其余附件没有读：{others}").format(name=stored.source.name, others=others),)
        return msgspec.structs.replace(stored, doubts=(*doubts, *(told if others else ())))
    files, twice = _without_copies(files)
    if _units_apart(files):
        hint = _("请解压后用 mingzhang read 文件夹 -o 输出文件夹，逐份读取。")
        names = _("、").join(sorted(_units_apart(files)))
        raise UnreadableInput(_("里面是几个单位的公开材料：{names}").format(names=names), place=name, hint=hint)
    return _joined(_run_on(files), source, (*doubts, *twice))


def _joined(files: Sequence[Opened], source: Source, doubts: tuple[str, ...]) -> Opened:
    """Put the files one after the other; those of tables where the text has its tables."""
    texts = [f for f in files if _is_text(f)] or list(files)
    tables = [f for f in files if f not in texts]
    pages = _inserted([p for f in texts for p in f.pages], [p for f in tables for p in f.pages])
    inside = [d for f in files for d in (_("“{name}”：{doubt}").format(name=f.source.name, doubt=d) for d in f.doubts)]
    return Opened(
        source,
        pages,
        keywords=" ".join(f.keywords for f in files),
        marks=tuple(m for f in files for m in f.marks),
        doubts=(*doubts, *inside),
        open_places=frozenset().union(*(f.open_places for f in files)),
        recognised=frozenset().union(*(f.recognised for f in files)),
        unsure=frozenset().union(*(f.unsure for f in files)),
    )


def _inserted(text: list[Page], tables: list[Page]) -> tuple[Page, ...]:
    """Put pages of tables behind the text of the part that announces them, else before the first part."""
    if not tables:
        return tuple(text)
    packs = all_packs()
    book = TitleBook(packs)
    lines, _marks = without_marks(lines_of(text))
    parts = outline_of(lines, packs, lambda t: book.named(t) is not None).parts
    at = next((n for n, p in enumerate(parts) if p.key == "tables"), None)
    if not parts or (at is not None and at + 1 == len(parts)):
        return (*tables, *text) if not parts else (*text, *tables)
    before = parts[0 if at is None else at + 1].heading.place
    out: list[Page] = []
    for page in text:
        cut = next((i for i, line in enumerate(page.lines) if line.place == before), None)
        if cut is None:
            out.append(page)
        else:
            out += [Page(page.lines[:cut], page.number), *tables, Page(page.lines[cut:], page.number)]
    return tuple(out)


def _run_on(files: Sequence[Opened]) -> list[Opened]:
    """Number the pages of all files on, a file without pages as one; every place gets its file's name."""
    out, before = [], 0
    for file in files:
        name, shift = file.source.name, before

        def moved(place: Place, name: str = name, shift: int = shift) -> Place:
            return msgspec.structs.replace(place, page=(place.page or 1) + shift, file=name)

        pages = tuple(
            Page(
                tuple(
                    Line(tuple(msgspec.structs.replace(c, place=moved(c.place)) for c in x.cells), moved(x.place))
                    for x in p.lines
                ),
                (p.number or 1) + shift,
            )
            for p in file.pages
        )
        marks = tuple(m if m.place is None else msgspec.structs.replace(m, place=moved(m.place)) for m in file.marks)
        special = {n: frozenset(moved(p) for p in getattr(file, n)) for n in ("open_places", "recognised", "unsure")}
        before += max((p.number or 1 for p in file.pages), default=0)
        out.append(msgspec.structs.replace(file, pages=pages, marks=marks, **special))
    return out


def _without_copies(files: Sequence[Opened]) -> tuple[list[Opened], list[str]]:
    """Leave out what another file says as well: the same document in another format, or the same sheet again."""
    said = {f.source.name: _texts(f) for f in files}
    kept: list[Opened] = []
    doubts: list[str] = []
    for file in sorted(files, key=lambda f: (-(len(said[f.source.name]) // 20), _exactness(f))):
        mine = said[file.source.name]
        whole = next((k for k in kept if mine and len(mine & said[k.source.name]) >= _SAME * len(mine)), None)
        if whole is None:
            kept.append(file)
        else:
            doubts.append(
                _("附件“{name}”的内容“{other}”里都有，没有再读").format(name=file.source.name, other=whole.source.name)
            )
    return [f for f in files if f in kept], doubts


def _texts(file: Opened) -> frozenset[str]:
    return frozenset(folded(c.text) for p in file.pages for x in p.lines for c in x.cells if c.text)


def _units_apart(files: Sequence[Opened]) -> set[str]:
    """Give the units whose tables fill a file each, where they are several."""
    names: set[str] = set()
    for file in files:
        count = Counter(w["unit_name"] for p in file.pages for x in p.lines if (w := around(x)).get("unit_name"))
        name, times = count.most_common(1)[0] if count else ("", 0)
        if times >= _TABLES and all(likeness(name, n) < _ALIKE for n in names):
            names.add(name)
    return names if len(names) > 1 else set()


def _is_text(file: Opened) -> bool:
    """Tell a file with running text from one of tables alone."""
    alone = [x.text for p in file.pages for x in p.lines if not x.is_row]
    return sum(SENTENCE.search(t) is not None for t in alone) >= _SENTENCES


def _exactness(file: Opened) -> int:
    form = file.source.format
    return _EXACTEST.index(form) if form in _EXACTEST else len(_EXACTEST)


def _digest(files: Sequence[Attachment]) -> str:
    """Sum up all files, by name and content."""
    parts = (f"{hashlib.sha256(f.content).hexdigest()}  {f.name}\n" for f in files)
    return hashlib.sha256("".join(parts).encode()).hexdigest()
