"""base.logs — the log: one JSON line an event, to the standard error; never a word about a person.

Of an exception stays its kind and where it came from, never its message: a database's holds the values of the
statement, names and numbers among them.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from exam_app.base.config import ROOT

LOGGERS = {"exam_app": logging.INFO, "apscheduler": logging.ERROR}
FRAMES = 12


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; `extra={"facts": {…}}` adds to it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= raised(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to whatever the standard error is at the moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


def open_log() -> None:
    """Let the house log in JSON, once a process."""
    for name, level in LOGGERS.items():
        logger = logging.getLogger(name)
        if not any(isinstance(handler, _StandardError) for handler in logger.handlers):
            handler = _StandardError()
            handler.setFormatter(JsonLines())
            logger.addHandler(handler)
            logger.setLevel(level)


def raised(failure: BaseException) -> dict[str, Any]:
    """Return what may be told of an exception: its kind, what caused it, and the way it came."""
    kinds: list[str] = []
    cause: BaseException | None = failure
    while cause is not None and len(kinds) < FRAMES:
        kinds.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(failure.__traceback__)[-FRAMES:]
    return {"raised": kinds, "way": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]}


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-2:])
