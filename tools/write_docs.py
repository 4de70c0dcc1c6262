"""Write the generated pages: the commands with their help, and the rules, each in both languages.

`--check` writes nothing and exits 1 if a page is not what the code says.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.cli.main import COMMANDS
from mingzhang.cli.packs import COMMANDS as PACK_COMMANDS
from mingzhang.rules.catalogue import EVERY_RULE

if TYPE_CHECKING:
    from mingzhang.model.language import Language

DOCS = Path(__file__).resolve().parents[1] / "docs"
NOTE = "<!-- written by tools/write_docs.py; do not edit -->\n\n"
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
    below = {"pack": PACK_COMMANDS}
    return [[], *(words for name in COMMANDS for words in ([name], *([name, own] for own in below.get(name, ()))))]


def rules() -> str:
    """Give every rule with number, sentence, severity and basis."""
    parts = [NOTE, "# Rules 审核规则\n\n", "| 编号 | 规则 | Rule | 程度 | 依据 basis |\n|---|---|---|---|---|\n"]
    parts += [
        f"| {r.id} | {_cell(r.zh)} | {_cell(r.en)} | {SEVERITY[r.severity]} | {_cell(r.basis)} |\n" for r in EVERY_RULE
    ]
    return "".join(parts)


def main(*, check: bool) -> int:
    """Write or check the pages; give the exit status."""
    stale = []
    for name, text in (("commands.md", commands()), ("rules.md", rules())):
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
