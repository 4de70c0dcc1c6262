"""The log: progress of long work is for whoever sits at a terminal, or asks for it."""

import logging
import sys

import pytest

from mingzhang.cli.logs import PROGRESS, start_logging
from mingzhang.readback import ocr


@pytest.fixture(autouse=True)
def _as_it_was():
    yield
    logging.getLogger("mingzhang").handlers.clear()
    for name in ("mingzhang", PROGRESS):
        logging.getLogger(name).setLevel(logging.NOTSET)
    logging.getLogger("mingzhang").propagate = True


@pytest.mark.parametrize(
    ("sits_there", "verbose", "told"),
    [(True, 0, "正在识别文字：第 3 页\n"), (False, 0, ""), (False, 1, "正在识别文字：第 3 页\n")],
)
def test_pages_that_are_recognised_are_told_to_people(monkeypatch, capsys, sits_there, verbose, told):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: sits_there)
    start_logging(verbose=verbose, as_json=False)
    ocr.tell_page(3)
    assert capsys.readouterr().err == told


def test_both_ends_speak_of_the_same_log():
    assert ocr.PROGRESS == PROGRESS
