"""Structured logs: one JSON object per line on standard output.

Only named fields are written, never a whole request, a body or a credential. `chalicelib/api/handler.py` and the
triggers bind the ids of the current request or message.
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

MAX_GATHERED = 20

_bound: ContextVar[dict[str, Any]] = ContextVar("log_fields", default={})  # noqa: B039 - replaced, never changed


@contextmanager
def bound(**fields: Any) -> Iterator[None]:
    """Add `fields` to every line written inside the `with` block."""
    token = _bound.set({**_bound.get(), **fields})
    try:
        yield
    finally:
        _bound.reset(token)


def gather(name: str, value: str) -> None:
    """Append to the list that was bound as `name`, if there is one, up to MAX_GATHERED entries."""
    gathered = _bound.get().get(name)
    if isinstance(gathered, list) and len(gathered) < MAX_GATHERED:
        gathered.append(value)


def info(event: str, **fields: Any) -> None:
    _write("info", event, fields)


def warning(event: str, **fields: Any) -> None:
    _write("warning", event, fields)


def error(event: str, failure: BaseException | None = None, **fields: Any) -> None:
    """Logs the type and stack frames of `failure`, but not its message, which may quote personal data."""
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
