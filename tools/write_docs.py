"""Write the generated pages: the commands with their help, and the rules, each in both languages.

The end of the guide to writing form packs is generated too: every key, what packs may say in filters and sources.

`--check` writes nothing and exits 1 if a page is not what the code says.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import inspect

from mingzhang.cli.main import COMMANDS
from mingzhang.cli.packs import COMMANDS as PACK_COMMANDS
from mingzhang.cli.standards import COMMANDS as STANDARDS_COMMANDS
from mingzhang.cli.theme import COMMANDS as THEME_COMMANDS
from mingzhang.forms import expressions, glossary, narrative_patterns
from mingzhang.forms.narrative import ChartForm, Lexicon, ParagraphForm, SectionForm, SlotSource
from mingzhang.forms.pack import (
    CoverLine,
    Pack,
    PackColumn,
    PackCover,
    PackRow,
    PackRows,
    PackTable,
    Part,
    Reasons,
    Style,
    Threshold,
    Withholding,
)
from mingzhang.forms.pack_check.filters import values_of
from mingzhang.forms.terms import PackTerm
from mingzhang.rules.catalogue import EVERY_RULE

if TYPE_CHECKING:
    from mingzhang.model.language import Language

DOCS = Path(__file__).resolve().parents[1] / "docs"
NOTE = "<!-- written by tools/write_docs.py; do not edit -->\n\n"
GUIDE = "writing-a-form-pack.md"
GENERATED = "<!-- from here on written by tools/write_docs.py; do not edit -->\n"
LOADED = {Pack: {"texts", "forms", "hash", "tables"}, PackTable: {"id"}, ParagraphForm: {"key"}, ChartForm: {"key"}}
"""What is not written as a key: it comes from the names of files, folders and TOML tables."""
KEYS: tuple[tuple[str, type[msgspec.Struct]], ...] = (
    ("pack.toml", Pack),
    ("pack.toml: [style]", Style),
    ("pack.toml: [[parts]]", Part),
    ("pack.toml: [reasons]", Reasons),
    ("pack.toml: [reasons.usual]", Threshold),
    ("pack.toml: [withheld]", Withholding),
    ("pack.toml: [cover]", PackCover),
    ("pack.toml: [[cover.lines]]", CoverLine),
    ("tables/*.toml", PackTable),
    ("tables/*.toml: a column", PackColumn),
    ("tables/*.toml: [[rows]]", PackRows),
    ("tables/*.toml: a fixed row", PackRow),
    ("text/*.toml", SectionForm),
    ("text/*.toml: [slots]", SlotSource),
    ("text/*.toml: [paragraphs.NAME]", ParagraphForm),
    ("text/*.toml: [charts.NAME]", ChartForm),
    ("text/lexicon.toml", Lexicon),
    ("text/glossary.toml: [[terms]]", PackTerm),
)
SEVERITY = {"error": "错误 error", "warning": "警告 warning", "hint": "提示 hint"}


def commands() -> str:
    """Give every command's help in Chinese and English."""
    parts = [NOTE, "# Commands 命令\n"]
    for words in _calls():
        parts.append(f"\n## {' '.join(['mingzhang', *words])}\n")
        parts += [f"\n```text\n{_help(words, language).strip()}\n```\n" for language in ("zh", "en")]
    return "".join(parts)


def _calls() -> list[list[str]]:
    """List the words of every command, those of form packs one by one."""
    below = {"pack": PACK_COMMANDS, "theme": THEME_COMMANDS, "standards": STANDARDS_COMMANDS}
    return [[], *(words for name in COMMANDS for words in ([name], *([name, own] for own in below.get(name, ()))))]


def rules() -> str:
    """Give every rule with number, sentence, severity and basis."""
    parts = [NOTE, "# Rules 审核规则\n\n", "| 编号 | 规则 | Rule | 程度 | 依据 basis |\n|---|---|---|---|---|\n"]
    parts += [
        f"| {r.id} | {_cell(r.zh)} | {_cell(r.en)} | {SEVERITY[r.severity]} | {_cell(r.basis)} |\n" for r in EVERY_RULE
    ]
    return "".join(parts)


def guide() -> str:
    """Give the guide to writing form packs: what people wrote, then the reference."""
    path = DOCS / GUIDE
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    return written.partition(GENERATED)[0] + GENERATED + reference()


def reference() -> str:
    """Give every key of a pack's files, the names of tables, columns and rows, and the two small languages."""
    parts = ["\n# Reference\n"]
    parts += [f"\n## {place}\n{_keys_of(struct)}" for place, struct in KEYS]
    parts += ["\n## Keys\n\nNames of tables, columns and rows; `CODE` and `NAME` stand for any.\n"]
    for kind in ("table", "column", "row"):
        parts.append(f"\n| {kind} | 中文 | English |\n|---|---|---|\n")
        parts += [
            f"| `{w.identifier}` | {_cell(w.name)} | {_cell(w.english)} |\n" for w in glossary.words() if w.kind == kind
        ]
    parts += ["\n## Filters\n\n| field | 中文 | English | values |\n|---|---|---|---|\n"]
    for word in (w for w in glossary.words() if w.kind == "fact"):
        values = "、".join(f"`{v}`" for v in values_of(word.identifier) if v) or "codes or names"
        parts.append(f"| `{word.identifier}` | {word.name} | {_cell(word.english)} | {values} |\n")
    parts += ["\n## Expressions\n", _language(expressions.__doc__), "\n## Patterns\n"]
    return "".join([*parts, _language(narrative_patterns.__doc__)])


def _keys_of(struct: type[msgspec.Struct]) -> str:
    """Give a struct's keys: what is written, and what is meant where nothing is."""
    what = inspect.type_info(struct)
    assert isinstance(what, inspect.StructType)
    rows = [
        f"| `{f.encode_name}` | {_type(f.type)} | {_default(f)} |\n"
        for f in what.fields
        if f.encode_name not in LOADED.get(struct, ())
    ]
    if struct is Pack:
        rows.append(f"| `order` | texts | {NEEDED} |\n")
    about = " ".join((struct.__doc__ or "").split())
    return "".join([f"\n{about}\n\n| key | value | if left out |\n|---|---|---|\n", *rows])


def _type(kind: inspect.Type) -> str:
    """Spell a type as what is written in TOML."""
    words = {inspect.StrType: "text", inspect.IntType: "number", inspect.BoolType: "`true` or `false`"}
    if isinstance(kind, inspect.VarTupleType):
        item = _type(kind.item_type)
        return {"text": "texts", "number": "numbers"}.get(item, f"list of {item}")
    if isinstance(kind, inspect.LiteralType):
        return "、".join(f'`"{v}"`' for v in kind.values)
    if isinstance(kind, inspect.DictType):
        return f"table of {_type(kind.value_type)}"
    if isinstance(kind, inspect.StructType):
        return SPELLED[kind.cls.__name__]
    return words.get(type(kind), "anything")


NEEDED = "**must be there**"
SPELLED = {
    "HeadCell": "`文字@列x行`",
    "PackColumn": "`key \\| header \\| filter \\| kind \\| side`",
    "PackRow": "lines `line \\| key \\| label \\| filter \\| names`",
    "PackRows": "`[[rows]]`",
    "Piece": "patterns",
    "ParagraphForm": "`[paragraphs.NAME]`",
    "ChartForm": "`[charts.NAME]`",
    "SlotSource": "an expression, or `{ of, also }`",
    "Part": "`[[parts]]`",
    "Style": "`[style]`",
    "Reasons": "`[reasons]`",
    "Threshold": "`over_rate` and `over_amount`",
    "Withholding": "`[withheld]`",
    "PackCover": "`[cover]`",
    "CoverLine": "`[[cover.lines]]`",
}


def _default(field: inspect.Field) -> str:
    if field.required:
        return NEEDED
    value = field.default_factory() if field.default is msgspec.NODEFAULT else field.default
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if isinstance(value, str | int) and value != "" else "–"


def _language(text: str | None) -> str:
    """Give what a module says of its language, without its first sentence."""
    return "\n" + (text or "").partition("\n\n")[2].strip("\n") + "\n"


def main(*, check: bool) -> int:
    """Write or check the pages; give the exit status."""
    stale = []
    for name, text in (("commands.md", commands()), ("rules.md", rules()), (GUIDE, guide())):
        path = DOCS / name
        if check:
            stale += [name] if not path.exists() or path.read_text(encoding="utf-8") != text else []
        else:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"stale: docs/{name} (make docs)")
    return 1 if stale else 0


def _help(words: list[str], language: Language) -> str:
    """Ask a new process: a command's help is written in the language in which it was loaded."""
    call = f"from mingzhang.cli.main import run; run({[*words, '--help']!r})"
    env = os.environ | {"MINGZHANG_LANG": language, "COLUMNS": "100", "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "-c", call], env=env, capture_output=True, check=True, text=True).stdout


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
