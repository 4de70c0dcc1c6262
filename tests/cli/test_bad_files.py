"""Bad files at every command that reads: a clear word, exit status 2, nothing written, nothing fetched or run."""

from __future__ import annotations

import socket

import pytest
from bad_files import BAD, TOO_MUCH, pdf, replaced, workbook
from sound_books import sound_book

from mingzhang.cli.main import run
from mingzhang.compiling.compile import compile_book
from mingzhang.documents.stored import write_json
from mingzhang.readback.opening import opened_content

COMMANDS = ("read", "check", "verify", "diff")


@pytest.fixture(scope="module")
def approved(tmp_path_factory):
    path = tmp_path_factory.mktemp("approved") / "approved.json"
    write_json(compile_book(sound_book(4, "shanghai-2025-unit")).disclosure, path)
    return path


@pytest.fixture(scope="module")
def contents():
    return {kind: make() for kind, (_name, make) in BAD.items()}


@pytest.fixture
def lowered(monkeypatch):
    """Lower the limits of what files unpack to, and let nothing out to the network."""
    for limit in ("packed.MAX_UNPACKED", "archive.MAX_UNPACKED", "word.MAX_XML_PART", "ofd_parts.MAX_XML_PART"):
        monkeypatch.setattr(f"mingzhang.readback.{limit}", TOO_MUCH - 1)

    def refused(*_args, **_more):
        raise AssertionError("something is fetched")

    monkeypatch.setattr(socket.socket, "connect", refused)


def asked(command, path, approved):
    return {
        "read": ["read", str(path)],
        "check": ["check", str(path)],
        "verify": ["verify", str(path), "--against", str(approved)],
        "diff": ["diff", str(approved), str(path)],
    }[command]


@pytest.fixture(params=BAD)
def bad(request, contents, tmp_path):
    path = tmp_path / BAD[request.param][0]
    path.write_bytes(contents[request.param])
    return path


@pytest.mark.usefixtures("lowered")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_bad_file_is_refused_with_a_word(bad, command, approved, capfd):
    with pytest.raises(SystemExit) as end:
        run(asked(command, bad, approved))
    out, err = capfd.readouterr()
    assert end.value.code == 2
    assert bad.name in err
    assert "Traceback" not in err
    assert not out
    assert list(bad.parent.iterdir()) == [bad]


def test_macros_stay_where_they_are():
    plain = opened_content(workbook(), "a.xlsx").pages
    with_macros = replaced(workbook(), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(600))
    assert opened_content(with_macros, "a.xlsm").pages == plain


def test_a_file_under_another_name_is_what_it_is():
    assert opened_content(pdf(), "a.docx").source.format == "pdf"
    assert opened_content(workbook(), "a.pdf").source.format == "xlsx"
