"""Noise as converters, scanners and office programs put it over a whole text: what is printed stays the same.

A text is a list of lines that know which line of the sound text they came from and what they are in their table. A kind
of noise changes the list; `printed` kinds change what is printed too, as a scanner that takes 3 for 8.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from mingzhang.model.disclosure import Disclosure

_MONEY: Final = re.compile(r"-?[\d,]*\d\.\d\d")
_FIGURE: Final = re.compile(r"-?[\d,]+(?:\.\d+)?%?")
_CODE: Final = re.compile(r"\d{3,7}")
_UNIT: Final = re.compile(r"\t?(?P<unit>(?:金额)?单位[:：].*)")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_WRAP: Final = 8


class Noisy(msgspec.Struct):
    """A line: its text, the line of the sound text it stands for (0 for none), its part of a table, that table, if it was changed."""

    text: str
    origin: int = 0
    part: str = ""
    table: int = -1
    changed: bool = False

    @property
    def cells(self) -> list[str]:
        """Give its cells."""
        return self.text.split("\t")

    def put(self, text: str) -> None:
        """Print another text."""
        self.changed = self.changed or text != self.text
        self.text = text

    def beside(self, text: str, *, again: bool = False) -> Noisy:
        """Give a line that belongs to the same table."""
        return Noisy(text, self.origin if again else 0, self.part, self.table, changed=True)


Lines = list[Noisy]
KINDS: Final[dict[str, Callable[[Lines, Random], None]]] = {}
PRINTED: Final[set[str]] = set()
"""The kinds that change what is printed."""


def noise(function: Callable[[Lines, Random], None]) -> Callable[[Lines, Random], None]:
    """Declare a kind that leaves everything as it is printed."""
    KINDS[function.__name__] = function
    return function


def printed(function: Callable[[Lines, Random], None]) -> Callable[[Lines, Random], None]:
    """Declare a kind that changes what is printed."""
    PRINTED.add(function.__name__)
    return noise(function)


def is_money(text: str) -> bool:
    """Tell whether a cell prints an amount with two decimals."""
    return _MONEY.fullmatch(text) is not None


def lines_of(text: str, document: Disclosure) -> Lines:
    """Give the lines of a text, each with what it is in the document that was read from it."""
    out = [Noisy(t, n) for n, t in enumerate(text.split("\n"), 1)]
    for k, table in enumerate(document.tables):
        places = {key: p.line for key, p in table.places.items() if p.line}
        rows = sorted({r.place.line for r in table.rows if r.place is not None and r.place.line})
        if not rows:
            continue
        parts = {n: key for key, n in places.items() if key != "unit_name"} | dict.fromkeys(rows, "body")
        last = max([n for n in places.values() if n < rows[0]], default=rows[0])
        for n in range(min([*places.values(), rows[0]]), rows[-1] + 1):
            line = out[n - 1]
            line.table = k
            inner = "head" if last < n < rows[0] else "body" if n > rows[0] else ""
            line.part = parts.get(n) or (inner if "\t" in line.text else "")
    for form in document.project_forms:
        if form.first is not None and form.last is not None and form.first.line and form.last.line:
            for line in out[form.first.line - 1 : form.last.line]:
                line.part = "form" if line.table < 0 else line.part
    return out


def of(lines: Lines, table: int, *parts: str) -> Lines:
    """Give the lines of a table that are such parts of it."""
    return [x for x in lines if x.table == table and x.part in parts]


def tables(lines: Lines) -> list[int]:
    """List the tables that have rows."""
    return sorted({x.table for x in lines if x.part == "body"})


def _some(lines: Lines, random: Random, share: float) -> list[int]:
    found = tables(lines)
    return sorted(random.sample(found, max(1, int(len(found) * share)))) if found else []


def _each(lines: Lines, change: Callable[[str], str], parts: tuple[str, ...] = ("body",)) -> None:
    for x in lines:
        if x.part in parts:
            x.put("\t".join(map(change, x.cells)))


def _behind(lines: Lines, more: Callable[[Noisy], Iterator[Noisy]], every: int = 0) -> None:
    """Put lines behind each row, or behind every so many."""
    out: Lines = []
    count = 0
    for x in lines:
        out.append(x)
        count += x.part == "body"
        if not every or (x.part == "body" and count % every == 0):
            out += more(x)
    lines[:] = out


def _year(lines: Lines) -> str:
    return Counter(re.findall(r"20\d\d(?=年)", "".join(x.text for x in lines[:60]))).most_common(1)[0][0]


def _only(at: int, text: str, width: int) -> str:
    return "\t".join([*[""] * at, text, *[""] * (width - at - 1)])


# --- what ends of pages leave ---------------------------------------------------------------------------------------------


@noise
def running_heads(lines: Lines, _random: Random) -> None:
    """The document's name stands twice behind a page's number, wherever a page ends."""
    name = f"{next((x.text for x in lines if x.text.strip()), '某局')[:20].strip()}{_year(lines)}年部门预算公开"
    out: Lines = []
    for n, x in enumerate(lines, 1):
        if n % 31 == 0:
            out += [Noisy(t, table=x.table, changed=True) for t in (f"— {n // 31} —", name, name)]
        out.append(x)
    lines[:] = out


@noise
def page_feeds(lines: Lines, _random: Random) -> None:
    """A page's number with that of all pages, a feed and the document's name."""
    year = _year(lines)
    out: Lines = []
    for n, x in enumerate(lines, 1):
        if n % 33 == 0:
            texts = (f"第 {n // 33} 页 共 {len(lines) // 33} 页", f"\f{year}年部门预算")
            out += [Noisy(t, table=x.table, changed=True) for t in texts]
        out.append(x)
    lines[:] = out


@noise
def page_number_as_row(lines: Lines, _random: Random) -> None:
    """A page's number stands in a column of the table."""
    _behind(lines, lambda x: iter([x.beside(_only(len(x.cells) // 2, "7", len(x.cells)))]), 27)


@noise
def page_number_in_row(lines: Lines, _random: Random) -> None:
    """A page's number is one more cell of a row."""
    for x in [x for x in lines if x.part == "body"][26::27]:
        x.put(f"{x.text}\t7")


@noise
def row_again(lines: Lines, _random: Random) -> None:
    """The last row of a page is printed on the next one again."""
    _behind(lines, lambda x: iter([Noisy("", table=x.table), x.beside(x.text)]), 29)


@noise
def head_again(lines: Lines, _random: Random) -> None:
    """A page ends in every table: its title, unit and head stand again."""
    for table in tables(lines):
        body = of(lines, table, "body")
        if len(body) > 6:
            more = {"title": "（续表）"}
            parts = of(lines, table, "title", "unit", "head")
            at = lines.index(body[len(body) // 2])
            again = [Noisy(x.text + more.get(x.part, ""), table=table, changed=True) for x in parts]
            lines[at:at] = [Noisy("", table=table), *again]


# --- what is torn and run together ----------------------------------------------------------------------------------------


def _torn(lines: Lines, random: Random, share: float, tear: Callable[[list[str], int], tuple[str, str]]) -> None:
    out: Lines = []
    for x in lines:
        out.append(x)
        long = [i for i, t in enumerate(x.cells) if is_money(t) and len(t) > 6] if x.part == "body" else []
        if long and random.random() < share:
            first, second = tear(x.cells, random.choice(long))
            x.put(first)
            out.append(x.beside(second))
    lines[:] = out


@noise
def number_broken_in_cell(lines: Lines, random: Random) -> None:
    """The last two digits of an amount stand below it, in its column."""

    def tear(cells: list[str], i: int) -> tuple[str, str]:
        return "\t".join([*cells[:i], cells[i][:-2], *cells[i + 1 :]]), _only(i, cells[i][-2:], len(cells))

    _torn(lines, random, 0.06, tear)


@noise
def number_broken_by_line(lines: Lines, random: Random) -> None:
    """A line ends within an amount, the row goes on in the next."""

    def tear(cells: list[str], i: int) -> tuple[str, str]:
        return "\t".join([*cells[:i], cells[i][:-2]]), "\t".join([cells[i][-2:], *cells[i + 1 :]])

    _torn(lines, random, 0.06, tear)


@noise
def numbers_wrap(lines: Lines, random: Random) -> None:
    """Narrow columns break amounts behind their last comma."""
    out: Lines = []
    some = _some(lines, random, 0.3)
    for x in lines:
        out.append(x)
        cells = x.cells
        if x.part == "body" and x.table in some and any(is_money(t) and "," in t for t in cells):
            pairs = [t.rpartition(",") if is_money(t) and "," in t else (t, "", "") for t in cells]
            x.put("\t".join(a + b for a, b, _c in pairs))
            out.append(x.beside("\t".join(c for _a, _b, c in pairs)))
    lines[:] = out


@noise
def codes_wrap(lines: Lines, _random: Random) -> None:
    """The last two digits of a long code stand below it."""
    out: Lines = []
    for x in lines:
        out.append(x)
        cells = x.cells
        if x.part == "body" and x.table % 2 and re.fullmatch(r"\d{7}", cells[0]):
            x.put("\t".join([cells[0][:5], *cells[1:]]))
            out.append(x.beside(_only(0, cells[0][5:], len(cells))))
    lines[:] = out


def _long_label(x: Noisy, least: int) -> int | None:
    if x.part != "body" or x.table % 2:
        return None
    return next((i for i, t in enumerate(x.cells) if len(t) > least and not _FIGURE.fullmatch(t)), None)


def _pieces(text: str, size: int) -> list[str]:
    return [text[i : i + size] for i in range(0, len(text), size)]


def _wrapped(lines: Lines, place: Callable[[int, str, int], str]) -> None:
    out: Lines = []
    for x in lines:
        out.append(x)
        at = _long_label(x, _WRAP)
        if at is not None:
            cells = x.cells
            first, *rest = _pieces(cells[at], _WRAP)
            x.put("\t".join([*cells[:at], first, *cells[at + 1 :]]))
            out += [x.beside(place(at, text, len(cells))) for text in rest]
    lines[:] = out


@noise
def labels_wrap(lines: Lines, _random: Random) -> None:
    """Labels go on below their row, on lines without tabs."""
    _wrapped(lines, lambda _at, text, _width: text)


@noise
def labels_wrap_in_column(lines: Lines, _random: Random) -> None:
    """Labels go on below their row, in their column."""
    _wrapped(lines, _only)


@noise
def labels_around_figures(lines: Lines, _random: Random) -> None:
    """The figures of a row stand beside the middle one of its label's three lines."""
    out: Lines = []
    for x in lines:
        at = _long_label(x, 15)
        if at is None:
            out.append(x)
            continue
        cells = x.cells
        above, own, *below = _pieces(cells[at], -(-len(cells[at]) // 3))
        out.append(x.beside(_only(at, above, len(cells))))
        x.put("\t".join([*cells[:at], own, *cells[at + 1 :]]))
        out += [x, *(x.beside(_only(at, text, len(cells))) for text in below)]
    lines[:] = out


@noise
def rows_joined(lines: Lines, random: Random) -> None:
    """Two rows stand on one line."""
    out: Lines = []
    for x in lines:
        if x.part == "body" and out and out[-1].part == "body" and out[-1].table == x.table and random.random() < 0.03:
            out[-1].put(f"{out[-1].text}\t{x.text}")
        else:
            out.append(x)
    lines[:] = out


@noise
def label_and_figure_joined(lines: Lines, random: Random) -> None:
    """A label and the amount behind it share a cell, nothing between them."""
    for x in lines:
        cells = x.cells
        pairs = [i for i in range(len(cells) - 1) if _HAN.search(cells[i]) and is_money(cells[i + 1])]
        if x.part == "body" and pairs and random.random() < 0.15:
            i = pairs[0]
            x.put("\t".join([*cells[:i], cells[i] + cells[i + 1], *cells[i + 2 :]]))


# --- characters -------------------------------------------------------------------------------------------------------------


@noise
def wide_signs(lines: Lines, _random: Random) -> None:
    """Every digit and sign is in full width, sentences and forms too."""
    wide = str.maketrans("0123456789.,%()", "０１２３４５６７８９．，％（）")
    for x in lines:
        x.put(x.text.translate(wide))


@noise
def narrow_signs(lines: Lines, _random: Random) -> None:
    """Brackets, colons and quotes are in half width."""
    narrow = str.maketrans("（）：；，“”", '():;,""')
    for x in lines:
        x.put(x.text.translate(narrow))


@noise
def chinese_stops(lines: Lines, random: Random) -> None:
    """Amounts have the stops of sentences: 1，234。56."""
    _each(
        lines,
        lambda t: (
            t.replace(",", "，").replace(".", random.choice("。．·")) if is_money(t) and random.random() < 0.3 else t
        ),
    )


@noise
def blanks_in_figures(lines: Lines, random: Random) -> None:
    """Blanks stand beside commas and points: 1, 234 .56."""
    _each(
        lines,
        lambda t: re.sub(r"([,.])", lambda m: random.choice((m[1], f"{m[1]} ", f" {m[1]}")), t) if is_money(t) else t,
    )


@noise
def letters_in_figures(lines: Lines, random: Random) -> None:
    """O for 0, l for 1, S for 5, B for 8."""
    letters = str.maketrans("0158", "OlSB")
    _each(lines, lambda t: t.translate(letters) if is_money(t) and random.random() < 0.06 else t)


@noise
def letters_in_codes(lines: Lines, random: Random) -> None:
    """O for 0 and l for 1 in codes."""
    letters = str.maketrans("01", "Ol")
    _each(lines, lambda t: t.translate(letters) if _CODE.fullmatch(t) and random.random() < 0.1 else t)


@noise
def dashes(lines: Lines, random: Random) -> None:
    """What is blank is a dash, each table has its own; some are the Chinese one."""
    for table in tables(lines):
        dash = random.choice(("一", "－", "─", "–", "——"))
        for x in of(lines, table, "body"):
            x.put("\t".join(dash if not t and i > 1 else t for i, t in enumerate(x.cells)))


@noise
def specks(lines: Lines, random: Random) -> None:
    """Dirt in blank cells."""
    _each(lines, lambda t: random.choice(".,'`·_|:") if not t and random.random() < 0.1 else t)


@noise
def rulings(lines: Lines, random: Random) -> None:
    """Pieces of rulings behind what is printed."""
    _each(lines, lambda t: f"{t}|" if t and random.random() < 0.15 else t)


@noise
def unseen_signs(lines: Lines, random: Random) -> None:
    """A web page's hard blanks, joiners and soft hyphens."""

    def change(text: str) -> str:
        return (
            random.choice((f"\xa0{text}", f"\u200b{text}", f"{text[:2]}\xad{text[2:]}", f"\ufeff{text}", text))
            if text
            else ""
        )

    _each(lines, change, ("body", "head", "form"))


@noise
def spaced_labels(lines: Lines, random: Random) -> None:
    """Blanks between the characters of words."""

    def change(text: str) -> str:
        return " ".join(text) if _HAN.search(text) and not re.search(r"\d", text) and random.random() < 0.5 else text

    _each(lines, change, ("body", "head", "title"))


@noise
def stops_of_ordinals(lines: Lines, random: Random) -> None:
    """The stop behind a row's number is another one, or lost."""
    _each(
        lines,
        lambda t: re.sub(r"^([一二三四五六七八九十]+)、", lambda m: m[1] + random.choice((".", ",", "丶", "", " ")), t),
    )


@printed
def misread_digits(lines: Lines, random: Random) -> None:
    """A digit of some amounts is read as one that looks like it."""
    alike = dict(zip("0123456789", "6744658738", strict=True))

    def change(text: str) -> str:
        if not is_money(text) or random.random() > 0.02:
            return text
        at = random.choice([i for i, c in enumerate(text) if c.isdigit()])
        return text[:at] + alike[text[at]] + text[at + 1 :]

    _each(lines, change)


@printed
def lost_points(lines: Lines, random: Random) -> None:
    """The point of some amounts is lost."""
    _each(lines, lambda t: t.replace(".", "") if is_money(t) and random.random() < 0.02 else t)


@printed
def unreadable_digits(lines: Lines, random: Random) -> None:
    """A digit of some amounts could not be read."""
    _each(lines, lambda t: f"{t[:1]}{random.choice('?▯*')}{t[2:]}" if is_money(t) and random.random() < 0.02 else t)


@noise
def lost_codes(lines: Lines, random: Random) -> None:
    """Some codes are gone."""
    for x in lines:
        if x.part == "body" and _CODE.fullmatch(x.cells[0]) and random.random() < 0.08:
            x.put("\t".join(["", *x.cells[1:]]))


# --- what programs write ------------------------------------------------------------------------------------------------------


@noise
def nan(lines: Lines, random: Random) -> None:
    """A program's numbers: nan for nothing, codes with places, amounts without their last zeros."""
    for table in _some(lines, random, 0.5):
        for x in of(lines, table, "body"):
            texts = ["nan" if not t else f"{t}.0" if _CODE.fullmatch(t) else t for t in x.cells]
            x.put("\t".join(repr(float(t.replace(",", ""))) if is_money(t) else t for t in texts))


@noise
def quoted(lines: Lines, random: Random) -> None:
    """Quotes around cells with a comma, and around some others."""
    _each(lines, lambda t: f'"{t}"' if "," in t or random.random() < 0.2 else t, ("body", "head"))


@noise
def indexed(lines: Lines, random: Random) -> None:
    """A program's count of rows stands before each."""
    for table in _some(lines, random, 0.5):
        for x in of(lines, table, "head"):
            x.put(f"\t{x.text}")
        for n, x in enumerate(of(lines, table, "body")):
            x.put(f"{n}\t{x.text}")


@noise
def piped(lines: Lines, _random: Random) -> None:
    """Tables are written with pipes."""
    for x in lines:
        if x.part in {"head", "body"}:
            x.put(f"| {' | '.join(x.cells)} |")


@noise
def ends_stripped(lines: Lines, _random: Random) -> None:
    """Blank cells at the ends of lines are gone."""
    for x in lines:
        x.put(x.text.rstrip("\t "))


@noise
def cell_a_line(lines: Lines, random: Random) -> None:
    """Each cell of some tables stands on a line of its own, blank ones too."""
    some = _some(lines, random, 0.3)
    out: Lines = []
    for x in lines:
        if x.table in some and x.part in {"head", "body"}:
            out += [x.beside(t, again=not n) for n, t in enumerate(x.cells)]
        else:
            out.append(x)
    lines[:] = out


@noise
def laid_out(lines: Lines, _random: Random) -> None:
    """Columns are divided by blanks, amounts stand at the right."""
    for table in tables(lines):
        own = of(lines, table, "head", "body")
        count = max(len(x.cells) for x in own)
        room = [max((_width(x.cells[i]) for x in own if i < len(x.cells)), default=0) for i in range(count)]
        for x in own:
            cells = zip(x.cells, room, range(count), strict=False)
            texts = [
                " " * (w - _width(t)) + t if i and _FIGURE.fullmatch(t) else t + " " * (w - _width(t))
                for t, w, i in cells
            ]
            x.put("   ".join(texts).rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


# --- heads, titles, units, forms ------------------------------------------------------------------------------------------------


@noise
def heads_turned(lines: Lines, _random: Random) -> None:
    """The lines of every head stand the other way round."""
    for table in tables(lines):
        head = of(lines, table, "head")
        for x, text in zip(head, [h.text for h in reversed(head)], strict=True):
            x.put(text)


@noise
def spans_left_out(lines: Lines, _random: Random) -> None:
    """Merged cells of heads are one cell, whatever they cover."""
    for table in tables(lines):
        for x in of(lines, table, "head")[1:]:
            x.put("\t".join(t for t in x.cells if t))


@noise
def spans_repeated(lines: Lines, _random: Random) -> None:
    """Merged cells of the upper parts of forms are repeated in each cell that they cover."""
    upper = False
    for x in lines:
        if x.part != "form":
            continue
        upper = ("项目名称" in x.text or upper) and "一级指标" not in x.text
        if upper and len(x.cells) > 2:
            last, texts = "", []
            for t in x.cells:
                last = t or last
                texts.append(last)
            x.put("\t".join(texts))


@noise
def unit_lost(lines: Lines, _random: Random) -> None:
    """No table says in what unit its amounts are."""
    for x in lines:
        if x.part == "unit":
            x.put(_UNIT.sub("", x.text))


@noise
def unit_beside_title(lines: Lines, _random: Random) -> None:
    """The unit stands beside the title."""
    for table in tables(lines):
        units, titles = of(lines, table, "unit"), of(lines, table, "title")
        found = _UNIT.search(units[0].text) if units and titles else None
        if found is not None:
            units[0].put(units[0].text.replace(found[0], ""))
            titles[0].put(f"{titles[0].text}\t{found['unit']}")


@noise
def unit_on_two_lines(lines: Lines, _random: Random) -> None:
    """The unit stands on the line below its word."""
    out: Lines = []
    for x in lines:
        out.append(x)
        found = re.search(r"单位[:：]\s*(万元|元)$", x.text) if x.part == "unit" else None
        if found is not None:
            x.put(x.text[: found.start(1)])
            out.append(x.beside(found[1]))
    lines[:] = out


@noise
def unit_below_head(lines: Lines, _random: Random) -> None:
    """The line with the unit stands between a table's head and its rows."""
    for table in tables(lines):
        units, head = of(lines, table, "unit"), of(lines, table, "head")
        if units and head:
            lines.remove(units[-1])
            units[-1].changed = True
            lines.insert(lines.index(head[-1]) + 1, units[-1])


@noise
def titles_behind(lines: Lines, random: Random) -> None:
    """Titles stand behind their tables."""
    for table in _some(lines, random, 0.5):
        titles, body = of(lines, table, "title"), of(lines, table, "body")
        for x in titles if body else ():
            lines.remove(x)
            x.changed = True
            lines.insert(lines.index(body[-1]) + 1, x)


@noise
def columns_on_the_next_page(lines: Lines, random: Random) -> None:
    """The last two columns of wide tables stand on a page of their own."""
    for table in _some(lines, random, 0.4):
        own = of(lines, table, "head", "body")
        width = max(len(x.cells) for x in own)
        if width >= 6:
            cells = [x.cells + [""] * (width - len(x.cells)) for x in own]
            right = [x.beside("\t".join(c[-2:])) for x, c in zip(own, cells, strict=True)]
            for x, c in zip(own, cells, strict=True):
                x.put("\t".join(c[:-2]))
            at = lines.index(own[-1]) + 1
            lines[at:at] = [Noisy("", table=table), *right]


@noise
def prose_broken(lines: Lines, _random: Random) -> None:
    """Running text is broken at every thirty-fifth character."""
    out: Lines = []
    for x in lines:
        out.append(x)
        if not x.part and len(x.text) > 36 and "\t" not in x.text:
            first, *rest = _pieces(x.text, 35)
            x.put(first)
            out += [x.beside(text) for text in rest]
    lines[:] = out
