"""The written part: patterns that can be read, slots that have a value, wording for every case that may come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.forms.expressions import BOOK_PARTS, Call, Cell, Named, parse_expression, parts_of
from mingzhang.forms.narrative import ChartForm, Lexicon, narrative_of
from mingzhang.forms.narrative_patterns import Context, Direction, Number, Piece, Text, Words, parse_nodes, parse_piece
from mingzhang.forms.pack_check.faults import instead
from mingzhang.forms.pack_check.shapes import misfits, said, unread_keys
from mingzhang.model.fault import InvalidPack
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.forms.narrative import Narrative, SectionForm
    from mingzhang.forms.pack import Pack
    from mingzhang.forms.pack_check.faults import Notes
    from mingzhang.forms.pack_check.sources import Spot

_STATES = ("same", "new")
_GAP = re.compile(r"\{(\w*)\}")
CONTEXT: Final = (
    "year", "last_year", "unit_name", "unit_type", "as_of", "dated", "administrative", "basis", "n", "name", "item", "project",
)  # fmt: skip
"""Words of the document that a pattern may name besides its slots."""


def check_wording(notes: Notes, pack: Pack) -> Narrative | None:
    """Look at the written part; give it where it can be read."""
    lexicon = _lexicon(notes, pack)
    files = {
        data["key"]: (f"text/{stem}", data)
        for stem, data in pack.texts.items()
        if isinstance(data, dict) and "key" in data
    }
    if lexicon is None:
        return None
    for name, data in files.values():
        _patterns(notes, name, data, lexicon.phrases)
        _slots(notes, name, data, pack)
    if notes.broken:
        return None
    try:
        narrative = narrative_of(pack)
    except InvalidPack as fault:
        notes.error(notes.sources.head(), fault.message)
        return None
    for section in narrative.sections:
        _Section(notes, narrative, section, *files[section.key]).check()
    return narrative


def _lexicon(notes: Notes, pack: Pack) -> Lexicon | None:
    name, data = "text/lexicon", pack.texts.get("lexicon", {})
    if not data and not any("key" in d for d in pack.texts.values()):
        return Lexicon((), (), (), (), (), (), (), ())
    unread_keys(notes, name, data, [f.encode_name for f in msgspec.structs.fields(Lexicon)])
    misfits(notes, name, data, Lexicon)
    try:
        lexicon = msgspec.convert(data, Lexicon)
    except msgspec.ValidationError:
        return None
    for key, text in lexicon.phrases.items():
        try:
            parse_nodes(text, lexicon.phrases)
        except (ValueError, RecursionError) as error:
            notes.error(notes.sources.at(name, "phrases", key), _("句式读不懂：{why}").format(why=error))
    return lexicon


def _patterns(notes: Notes, name: str, data: Mapping[str, Any], phrases: Mapping[str, str]) -> None:
    """Read every piece by itself."""
    for key, body in data.get("paragraphs", {}).items():
        for part in ("write", "read"):
            for number, text in enumerate(body.get(part, ())):
                try:
                    parse_piece(text, phrases)
                except (ValueError, TypeError, msgspec.ValidationError) as error:
                    spot = notes.sources.at(name, "paragraphs", key, part, number, text=str(text))
                    unknown = re.search(r"unknown phrase <(\w+)>", str(error))
                    if unknown:
                        notes.error(
                            spot, _("没有名为“{name}”的词组").format(name=unknown[1]), instead(unknown[1], phrases)
                        )
                    else:
                        notes.error(
                            spot,
                            _("句式读不懂：{text}").format(text=text),
                            _("空档写 {slot}，可换的说法写 {choice}，条件写在“ :: ”之前。").format(
                                slot="{键:万元}", choice="[甲|乙]"
                            ),
                        )
    for number, pattern in enumerate(data.get("names", ())):
        try:
            re.compile(pattern)
        except re.error as error:
            notes.error(
                notes.sources.at(name, "names", number, text=str(pattern)), _("正则表达式有误：{why}").format(why=error)
            )
    for key, body in data.get("charts", {}).items():
        try:
            msgspec.convert({"key": key, **body}, ChartForm)
        except msgspec.ValidationError as error:
            notes.error(notes.sources.at(name, "charts", key), said(str(error)))


def _slots(notes: Notes, name: str, data: Mapping[str, Any], pack: Pack) -> None:
    """Read every slot's source, and see that the cells it names are in the form."""
    for key, value in data.get("slots", {}).items():
        body = value if isinstance(value, dict) else {"of": value}
        unread_keys(notes, name, body, ("of", "also"), "slots", key)
        for text in (body.get("of", ""), *body.get("also", ())):
            if not text:
                continue
            spot = notes.sources.at(name, "slots", key)
            try:
                tree = parse_expression(text)
            except (ValueError, TypeError):
                notes.error(
                    spot,
                    _("取数的写法读不懂：{text}").format(text=text),
                    _("例如 {example}。").format(example="summary[in:total].amount"),
                )
                continue
            for part in parts_of(tree.of if isinstance(tree, Call) else tree):
                if isinstance(part, Cell):
                    _cell(notes, spot, part, pack)
                elif part.source == "book" and (field := part.name.partition(".")[0]) not in BOOK_PARTS:
                    notes.error(spot, _("底册里没有“{field}”").format(field=field), instead(field, BOOK_PARTS))


def _cell(notes: Notes, spot: Spot, cell: Cell, pack: Pack) -> None:
    table = pack.table(cell.table)
    if table is None:
        notes.error(
            spot,
            _("这个表样没有“{table}”这张表").format(table=cell.table),
            instead(cell.table, (t.id for t in pack.tables)),
        )
        return
    columns = [c.key for c in (*table.columns, *table.extra) if c.kind == "figure"]
    if cell.column not in columns:
        notes.error(
            spot,
            _("表“{table}”没有“{column}”这一栏").format(table=cell.table, column=cell.column),
            instead(cell.column, columns),
        )
    if all(rows.source == "fixed" for rows in table.rows) and not set(cell.row) & {"*", "@"}:
        keys = [r.key for rows in table.rows for r in rows.fixed]
        if cell.row not in keys:
            notes.error(
                spot, _("表“{table}”没有“{row}”这一行").format(table=cell.table, row=cell.row), instead(cell.row, keys)
            )


def _words_of(piece: Piece) -> set[str]:
    """List the words of the document that a piece names."""
    inside = {gap for n in piece.nodes if isinstance(n, Words) for option in n.options for gap in _GAP.findall(option)}
    asked = {c.key for c in piece.conditions if c.verb == "is"}
    return inside | asked | {n.name for n in piece.nodes if isinstance(n, Context)}


class _Section:
    """One section of the written part."""

    def __init__(
        self, notes: Notes, narrative: Narrative, section: SectionForm, name: str, data: Mapping[str, Any]
    ) -> None:
        self.notes, self.narrative, self.section, self.name, self.data = notes, narrative, section, name, data

    def check(self) -> None:
        """See that slots have values, that conditions speak of slots, and that every change has its three wordings."""
        used: set[str] = set()
        for paragraph in self.section.paragraphs:
            pieces = [(n, p) for n, p in enumerate(paragraph.write)]
            for number, piece in pieces:
                used |= self._piece(paragraph.key, number, piece)
            self._changes(paragraph.key, pieces)
            used |= {
                node.key
                for read in paragraph.read
                for p in read
                for node in p.nodes
                if not isinstance(node, str) and hasattr(node, "key")
            }
        for chart in self.section.charts:
            for number, item in enumerate(chart.items):
                slots = [p.strip() for p in item.split("|")][1:]
                used |= set(slots)
                for key in slots:
                    self._known(key, "charts", chart.key, "items", number, text=item)
        everywhere = {
            p.name
            for d in self.narrative.declared.values()
            for t in d.trees
            for p in parts_of(t)
            if isinstance(p, Named)
        }
        anywhere = {key for _section, key in self.narrative.declared}
        for key in self.section.slots:
            if key not in used | everywhere | anywhere:
                self.notes.warning(self.at("slots", key), _("没有一句话用到“{key}”").format(key=key))

    def at(self, *path: str | int, text: str = "") -> Spot:
        return self.notes.sources.at(self.name, *path, text=text)

    def _text(self, paragraph: str, number: int) -> str:
        return str(self.data["paragraphs"][paragraph]["write"][number])

    def _piece(self, paragraph: str, number: int, piece: Piece) -> set[str]:
        keys = {node.key for node in piece.nodes if isinstance(node, Number | Direction | Text)}
        spot = ("paragraphs", paragraph, "write", number)
        for key in keys:
            self._known(key, *spot, text=self._text(paragraph, number))
        for name in _words_of(piece) - set(CONTEXT):
            self.notes.error(
                self.at(*spot, text=self._text(paragraph, number)),
                _("“{gap}”不会填上").format(gap="{" + name + "}"),
                instead(name, (*CONTEXT, *self.section.slots)),
            )
        for condition in piece.conditions:
            if condition.verb in {"is", "each"}:
                continue
            keys.add(condition.key)
            self._known(condition.key, *spot, text=self._text(paragraph, number))
        return keys

    def _known(self, key: str, *path: str | int, text: str) -> None:
        """Note a slot to which nothing gives a value."""
        declared = self.narrative.declaration(key, self.section.key)
        source = self.section.slots.get(key)
        if (declared is None or not declared.expression) and (source is None or not source.of):
            self.notes.error(
                self.at(*path, text=text),
                _("空档“{key}”没有取数的来源").format(key=key),
                instead(key, self.section.slots) or _('在 [slots] 里写 {key} = "…"。').format(key=key),
            )

    def _changes(self, paragraph: str, pieces: Sequence[tuple[int, Piece]]) -> None:
        """See that where a rise or a fall is told, no change and nothing to compare with have words too."""
        told = {c.key: c.verb for _n, p in pieces for c in p.conditions if c.verb in _STATES}
        states = {(c.verb, c.key) for _n, p in pieces for c in p.conditions}
        for number, piece in pieces:
            for key in {n.key for n in piece.nodes if isinstance(n, Direction)}:
                positive = any(c.verb in {"positive", "given"} for c in piece.conditions)
                for verb, what in (("same", _("与上年相同")), ("new", _("没有可比的上年数"))):
                    if (verb, key) not in states and not (positive and key not in told):
                        self.notes.warning(
                            self.at("paragraphs", paragraph, "write", number, text=self._text(paragraph, number)),
                            _("“{key}”{what}时没有话说").format(key=key, what=what),
                            f'"{verb} {key} :: …"',
                        )
