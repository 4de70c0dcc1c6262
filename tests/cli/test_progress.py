"""Progress where there is no terminal: a line at each tenth, by what is done now; stopped work says where it stands."""

import pytest

from mingzhang.batch.outcomes import Outcome
from mingzhang.cli import progress
from mingzhang.cli.many import telling
from mingzhang.cli.progress import progress_bar
from mingzhang.model.language import use_language


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    use_language("zh")
    return now


def test_what_was_kept_does_not_count_for_the_rate(clock, capsys):
    with progress_bar("县", 100) as done:
        for _n in range(40):
            done(kept=True)
        for _n in range(20):
            clock[0] += 6
            done()
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["县：50/100，每分钟 10，还需 5 分钟", "县：60/100，每分钟 10，还需 4 分钟"]


@pytest.mark.parametrize("goes_on", [True, False])
def test_stopped_work_says_that_it_goes_on_if_it_does(clock, capsys, goes_on):
    def stopped():
        with progress_bar("县", 9, goes_on=goes_on) as done:
            done()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert capsys.readouterr().err == ("县：停在 1/9；再运行同一条命令会接着做。\n" if goes_on else "")


@pytest.mark.usefixtures("clock")
def test_little_work_goes_on_in_silence(capsys):
    with progress_bar("县", 10) as done:
        for _n in range(10):
            done("坏了")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("a.json: 文件是空的\n  请重新导出。", "县/a.json: 文件是空的"),
        ("Traceback (most recent call last):\n  ...\nKeyError: 'x'\n", "县/a.json: KeyError: 'x'"),
    ],
)
def test_a_file_that_failed_is_told_in_a_line_with_its_name_once(fault, told):
    said = []
    tell = telling(lambda words="", /, *, kept=False: said.append((words, kept)))
    tell(Outcome("县/a.json", "failed", "m", fault=fault))
    tell(Outcome("县/b.json", "kept", "m"))
    assert said == [(told, False), ("", True)]
