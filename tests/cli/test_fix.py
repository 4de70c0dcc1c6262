"""`mingzhang check --fix`."""

from __future__ import annotations

import pytest

from mingzhang.cli.main import run
from mingzhang.model.codec import decode
from mingzhang.model.disclosure import Disclosure


@pytest.fixture
def call(capfd, monkeypatch, tmp_path):
    monkeypatch.delenv("MINGZHANG_LANG", raising=False)
    monkeypatch.chdir(tmp_path)

    def calling(*words):
        with pytest.raises(SystemExit) as stopped:
            run([str(w) for w in words])
        return stopped.value.code, capfd.readouterr().out

    return calling


def test_what_was_done_is_said_and_the_document_written(call, samples, tmp_path):
    out = tmp_path / "fixed.json"
    status, told = call("check", samples / "wusu-bonded-zone-2023.txt", "--fix", "-o", out)
    assert status == 1  # errors are left
    assert "已改 H-005" in told
    fixed = decode(out.read_bytes(), Disclosure)
    forms = [f for f in fixed.project_forms if f.period_funds.total and f.period_funds.total.plain == "1300000"]
    assert len(forms) == 1
    assert "H-005" not in call("check", out)[1]


@pytest.mark.parametrize(
    "arguments",
    [("--fix",), ("--choose", "B-002-1=1"), ("--fix", "-o", "out.json", "--choose", "B-002-1"), ("--fix", "-o", "out.json", "--choose", "B-002-1=1")],
)  # fmt: skip
def test_what_cannot_be_done_is_a_fault_and_nothing_is_written(call, samples, tmp_path, arguments):
    status, _told = call("check", samples / "wusu-bonded-zone-2023.txt", *arguments)
    assert status == 2
    assert not list(tmp_path.iterdir())
