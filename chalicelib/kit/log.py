"""Structured logs: one JSON object a line on standard output, with the ids of what is being worked on.

Only named fields are written, never a request, a body or a credential; `chalicelib/api/handler.py` and the triggers
bind the ids.
"""

import json
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from chalicelib.kit import clock
from chalicelib.kit.settings import settings

MOST_GATHERED = 20

_bound: ContextVar[dict[str, Any]] = ContextVar("log_fields", default={})  # noqa: B039 - replaced, never changed


@contextmanager
def bound(**fields: Any) -> Iterator[None]:
    """Every line written inside carries `fields`."""
    token = _bound.set({**_bound.get(), **fields})
    try:
        yield
    finally:
        _bound.reset(token)


def gather(name: str, value: str) -> None:
    """Add to the list that was bound as `name`, if any, up to a bound of its own."""
    gathered = _bound.get().get(name)
    if isinstance(gathered, list) and len(gathered) < MOST_GATHERED:
        gathered.append(value)


def info(event: str, **fields: Any) -> None:
    _write("info", event, fields)


def warning(event: str, **fields: Any) -> None:
    _write("warning", event, fields)


def error(event: str, failure: BaseException | None = None, **fields: Any) -> None:
    """`failure` is written as its type and the places it passed, not its message: messages may quote data."""
    if failure is not None:
        frames = traceback.extract_tb(failure.__traceback__)
        fields["error_type"] = type(failure).__name__
        fields["trace"] = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
        if failure.__cause__ is not None:
            fields["cause_type"] = type(failure.__cause__).__name__
    _write("error", event, fields)


def _write(level: str, event: str, fields: dict[str, Any]) -> None:
    line = {"time": clock.timestamp(), "level": level, "function": settings().function, "event": event}
    sys.stdout.write(json.dumps({**line, **_bound.get(), **fields}, default=str) + "\n")
