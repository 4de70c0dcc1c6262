"""`mingzhang withheld`, and `compile` of books with withheld facts."""

from __future__ import annotations

import pytest
from secret_books import secret_book

from mingzhang.cli.main import run
from mingzhang.compiling.compile import compile_book
from mingzhang.compiling.withheld import unsealed
from mingzhang.model.codec import encode


@pytest.fixture
def told(tmp_path, capsys):
    """Run the command on a seeded book; give exit status, output and what went to standard error."""

    def call(*words, seed=3, policy="left_out"):
        book = tmp_path / "book.json"
        book.write_bytes(encode(secret_book(seed, "shanxi-2024", policy=policy)))
        with pytest.raises(SystemExit) as ended:
            run([w.replace("BOOK", str(book)).replace("OUT", str(tmp_path / "out")) for w in words])
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return call


def test_amounts_go_to_a_terminal_alone(told):
    status, out, err = told("withheld", "BOOK")

    assert (status, out) == (2, "")
    assert "--confidential" in err


def test_what_is_left_out_is_open_to_nobody(told):
    status, out, err = told("withheld", "BOOK", "--confidential")

    assert status == 0
    assert "∞" in out
    assert "涉密" in err


def test_what_can_be_computed_is_refused_by_compile_and_explained(told, tmp_path):
    status, _, err = told("compile", "BOOK", "-o", "OUT", "--formats", "json", seed=2, policy="merged")
    assert status == 2
    assert "涉密" in err
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True

    status, out, _ = told("withheld", "BOOK", "--confidential", seed=2, policy="merged")
    assert status == 1
    assert "最少要再做" in out


def test_a_document_beside_is_read(told, tmp_path):
    book = secret_book(3, "shanxi-2024", policy="left_out")
    other = tmp_path / "other.json"
    other.write_bytes(encode(compile_book(unsealed(book)).disclosure))

    status, out, _ = told("withheld", "BOOK", "--confidential", "--earlier", str(other))
    assert status == 1
    assert "否" in out
    assert told("compile", "BOOK", "-o", "OUT", "--formats", "json", "--beside", str(other))[0] == 2
    assert told("compile", "BOOK", "-o", "OUT", "--formats", "json")[0] == 0
