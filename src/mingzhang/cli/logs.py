"""Logging to standard error: plain for people, JSON for machines. Never names, phones or draft amounts."""

from __future__ import annotations

import json
import logging
import sys
from typing import Final

PROGRESS: Final = "mingzhang.progress"
"""The log of what takes long."""


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record as JSON."""
        tree = {"level": record.levelname.lower(), "name": record.name, "message": record.getMessage()}
        return json.dumps(tree, ensure_ascii=False)


def start_logging(*, verbose: int, as_json: bool) -> None:
    """Send the program's log to standard error: warnings by default, more with each `-v`."""
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(_Json() if as_json else logging.Formatter("%(message)s"))
    root = logging.getLogger("mingzhang")
    root.handlers[:] = [out]
    root.setLevel(level)
    root.propagate = False
    # progress of long work is for whoever sits there, unless asked for
    logging.getLogger(PROGRESS).setLevel(logging.INFO if verbose or sys.stderr.isatty() else logging.WARNING)
