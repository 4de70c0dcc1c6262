"""What is generated is current: the catalogues of messages, the pages about commands and rules."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path

import pytest

from mingzhang.model.language import use_language

ROOT = Path(__file__).resolve().parents[2]


def tool(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def chinese_again():
    yield
    use_language("zh")


def test_every_message_has_its_english_and_the_catalogues_are_compiled(capsys: pytest.CaptureFixture[str]) -> None:
    status = tool("write_catalogue").main(check=True)

    assert (status, capsys.readouterr().out) == (0, "")


def test_the_pages_about_commands_and_rules_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    status = tool("write_docs").main(check=True)

    assert (status, capsys.readouterr().out) == (0, "")


def test_the_examples_of_the_rules_are_what_they_say(capsys: pytest.CaptureFixture[str]) -> None:
    status = tool("write_examples").main(check=True)

    assert (status, capsys.readouterr().out) == (0, "")


def test_no_message_is_put_together_before_it_is_looked_up() -> None:
    wrong = []
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            said = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
            if said and node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                wrong.append(f"{path.name}:{node.lineno}")

    assert wrong == []


VALUES = (
    "涉密",
    "待分配",
    "对下转移支付",
    "其他",
    "行政",
    "参公",
    "公益一类",
    "公益二类",
    "一般公共预算",
    "万元",
    "元",
)
"""Words that are typed as they stand, in either language: official names and units."""


def test_english_help_says_nothing_in_chinese() -> None:
    text = tool("write_docs").commands()
    english = re.findall(r"```text\n(Usage:.*?)```", text, re.DOTALL)

    assert len(english) > 5
    for part in english:
        told = part
        for value in VALUES:
            told = told.replace(value, "")
        assert re.findall(r"[一-鿿]+", told) == []
