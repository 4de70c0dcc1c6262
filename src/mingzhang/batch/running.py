"""Doing one thing to many files in processes of their own: a file that fails stops no other, a stop loses nothing."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from mingzhang.batch.collecting import collect_seldom
from mingzhang.batch.outcomes import FAILED, Outcome, Record, Said, mark_of
from mingzhang.documents.atomic import make_folder
from mingzhang.model.fault import Fault
from mingzhang.model.language import Language, language, use_language
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

_TASKS_A_CHILD: Final = 2000
"""After so many files a process is replaced, which bounds what it holds on to."""

_AHEAD: Final = 4
"""So many files for each process are handed out at a time."""

_GRACE: Final = 5
"""Seconds that processes have to put down what they are at when a batch is stopped; then they are ended."""


def always(_outcome: Outcome) -> bool:
    """Tell that an outcome holds."""
    return True


class Work(Protocol):
    """What is done to a file: it writes below `target`'s folder and gives the files' names and what is to be said."""

    def __call__(self, path: Path, target: Path, wish: Mapping[str, str], /) -> tuple[tuple[Path, ...], Said]:
        """Do it."""
        ...


class Batch(msgspec.Struct, frozen=True):
    """Files below a folder, where the outcome goes, what is done, and the wishes that change what it gives.

    With `flat` the files may lie anywhere and are known by their names, which are to differ; `holds` tells of an earlier
    outcome of the same content and wish whether it still holds.
    """

    root: Path
    files: tuple[Path, ...]
    out: Path
    work: Work
    wish: dict[str, str]
    prepare: Callable[[], None] | None = None
    flat: bool = False
    holds: Callable[[Outcome], bool] = always

    def key(self, path: Path) -> str:
        """Give the name by which a file is known in the record."""
        return path.name if self.flat else path.relative_to(self.root).as_posix()


def run_batch(
    batch: Batch, *, processes: int, told: Callable[[Outcome], None] = lambda _outcome: None
) -> tuple[Outcome, ...]:
    """Do the work to every file that is not done yet, and give every outcome in the order of the files.

    `told` is called with each outcome as it comes. On Ctrl-C what is done stays done and the rest is left.
    """
    make_folder(batch.out)
    record = Record(batch.out)
    found: dict[str, Outcome] = {}
    todo: list[tuple[Path, str]] = []
    for path in batch.files:
        key = batch.key(path)
        mark = mark_of(path, batch.wish)
        kept = record.kept(key, mark)
        if kept is None or not batch.holds(kept):
            todo.append((path, mark))
        else:
            found[key] = msgspec.structs.replace(kept, status="kept")
            told(found[key])
    with closing(_outcomes(batch, todo, min(processes, max(1, len(todo))))) as coming:
        for outcome in coming:
            record.add(outcome)
            _bury(outcome, batch.out)
            found[outcome.key] = outcome
            told(outcome)
    return tuple(found[batch.key(p)] for p in batch.files)


def _outcomes(batch: Batch, todo: Sequence[tuple[Path, str]], processes: int) -> Generator[Outcome, None, None]:
    """Do the work; files that were with a process that died are done again one by one, to find which it was."""
    waiting = list(reversed(todo))
    lean = _lean(batch)
    alone: list[tuple[Path, str]] = []
    while waiting:
        busy: dict[Future[Outcome], tuple[Path, str]] = {}
        try:
            with _pool(batch, processes) as pool:
                while waiting or busy:
                    while waiting and len(busy) < processes * _AHEAD:
                        path, mark = waiting.pop()
                        busy[pool.submit(_one, lean, batch.key(path), path, mark)] = (path, mark)
                    done, _still = wait(busy, return_when=FIRST_COMPLETED)
                    for future in done:
                        outcome = future.result()
                        del busy[future]
                        yield outcome
        except BrokenProcessPool:
            alone += busy.values()
    for path, mark in alone:
        yield _by_itself(batch, path, mark)


def _by_itself(batch: Batch, path: Path, mark: str) -> Outcome:
    try:
        with _pool(batch, 1) as pool:
            return pool.submit(_one, _lean(batch), batch.key(path), path, mark).result()
    except BrokenProcessPool:
        return Outcome(batch.key(path), "failed", mark, fault=_("处理它的进程意外终止"))


@contextmanager
def _pool(batch: Batch, processes: int) -> Iterator[ProcessPoolExecutor]:
    """Give processes to work in; where the work is left before its end nobody waits for what they are at."""
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_prepare,
        initargs=(language(), batch.prepare),
        max_tasks_per_child=_TASKS_A_CHILD,
    )
    try:
        yield pool
    except BaseException:  # Ctrl-C above all
        _stop(pool)
        raise
    pool.shutdown(wait=True)


def _stop(pool: ProcessPoolExecutor) -> None:
    """Have the processes put down their work, which takes away what it had begun to write, and end them."""
    children = multiprocessing.active_children()
    try:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in children:
            child.terminate()
        until = time.monotonic() + _GRACE
        for child in children:
            child.join(max(0.0, until - time.monotonic()))
    finally:  # a second Ctrl-C ends them at once; one may have begun meanwhile
        for child in {*children, *multiprocessing.active_children()}:
            child.kill()
            child.join(_GRACE)


def _prepare(chosen: Language, prepare: Callable[[], None] | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells every process; who began the batch decides
    signal.signal(signal.SIGTERM, _put_down)
    use_language(chosen)
    collect_seldom()
    if prepare is not None:
        prepare()


def _put_down(_number: int, _frame: object) -> None:
    """Leave the work a process is at, by way of whatever it has to clean up."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(1)


def _lean(batch: Batch) -> Batch:
    """Leave the files out of a batch: it goes to another process with each of them."""
    return msgspec.structs.replace(batch, files=())


def _one(batch: Batch, key: str, path: Path, mark: str) -> Outcome:
    """Do the work to one file; a fault is the file's, anything else is a bug and is kept with its traceback."""
    target = batch.out / key
    try:
        make_folder(target.parent)
        files, said = batch.work(path, target, batch.wish)
    except Fault as fault:
        return Outcome(key, "failed", mark, fault=str(fault))
    except Exception:  # noqa: BLE001 - one document's bug must not stop the country's batch; it is told in full
        return Outcome(key, "failed", mark, fault=traceback.format_exc())
    return Outcome(key, "done", mark, tuple(f.relative_to(batch.out).as_posix() for f in files), said)


def _bury(outcome: Outcome, out: Path) -> None:
    """Write down why a file failed, or take the note away when it no longer does."""
    note = out / FAILED / f"{outcome.key}.txt"
    if outcome.status == "failed":
        make_folder(note.parent)
        note.write_text(f"{outcome.fault}\n", encoding="utf-8")
    else:
        note.unlink(missing_ok=True)
