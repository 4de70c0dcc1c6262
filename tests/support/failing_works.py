"""Works of a batch that fail, in a module that a process of its own can import."""

import os
import time

from mingzhang.batch.works import read_one


def kill_itself(path, target, wish):
    """Stand for a library that crashes its process on one file."""
    if path.suffix == ".pdf":
        os._exit(9)
    return read_one(path, target, wish)


def raise_a_bug(path, target, wish):
    """Stand for a bug."""
    raise ZeroDivisionError(path.name)


def take_forever(path, target, wish):
    """Begin to write, as whoever writes does: what was begun goes away whatever happens; then take longer than anybody waits."""
    if path.suffix == ".json":
        return read_one(path, target, wish)
    begun = target.with_name(f".{target.name}.part")
    begun.touch()
    try:
        time.sleep(600)
    finally:
        begun.unlink()
