"""Measures every run of a function in the unit tests against what infra/system.py says that it spends at most."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from benchmarks.capacity import READS, read_units, write_units, written_keys
from infra.system import FUNCTIONS

Json = dict[str, Any]
BOUNDS = {function.name: function.spends for function in FUNCTIONS}
_doing = threading.local()

exceeded: list[str] = []
"""Runs that spent more, since the list was last cleared."""


@dataclass
class Run:
    """What a run has spent so far. `units` is what it worked on: messages, and the entries of indexes that it read,
    since a message or a schedule may ask for all that waits."""

    function: str
    units: int
    reads: float = 0
    writes: float = 0
    messages: int = 0
    letters: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, **spent: float) -> None:
        with self._lock:
            for name, number in spent.items():
                setattr(self, name, getattr(self, name) + number)

    def check(self) -> None:
        bound = BOUNDS[self.function]
        if bound is None:
            return
        for name in ("reads", "writes", "messages", "letters"):
            spent, most = getattr(self, name), bound.for_units(name, max(self.units, 1))
            if spent > most:
                exceeded.append(f"{self.function}: {spent:g} {name} for {self.units} × {bound.of}, not {most:g}")


@contextmanager
def _running(run: Run | None) -> Iterator[None]:
    """Calls of this thread belong to the run."""
    before = _current()
    _doing.run = run
    try:
        yield
    finally:
        _doing.run = before


def _current() -> Run | None:
    return getattr(_doing, "run", None)


def measured(function: str, handler: Callable[..., Any]) -> Callable[..., Any]:
    """The handler, whose runs are measured. Those that end in an error have not done their work."""

    @wraps(handler)
    def run_measured(*arguments: Any, **named: Any) -> Any:
        event = arguments[0] if arguments and isinstance(arguments[0], dict) else {}
        run = Run(function, len(event.get("Records", ())))
        with _running(run):
            answer = handler(*arguments, **named)
        run.check()
        return answer

    return run_measured


def within(call: Callable[..., Any]) -> Callable[..., Any]:
    """The call, which belongs to the run of the present thread wherever it is made."""
    run = _current()

    @wraps(call)
    def called(*arguments: Any, **named: Any) -> Any:
        with _running(run):
            return call(*arguments, **named)

    return called


def call(whole: Callable[..., Any], client: Any, operation: str, given: Json) -> Any:
    """Make a call and count what it costs, if a run makes it."""
    run, service = _current(), client.meta.service_model.service_name
    if run is None or BOUNDS[run.function] is None:
        return whole(client, operation, given)
    if service == "dynamodb":
        return _measure(run, whole, client, operation, given)
    answer = whole(client, operation, given)
    match service, operation:
        case "sqs", "SendMessageBatch":
            run.add(messages=len(given["Entries"]))
        case "sqs", "ReceiveMessage":
            run.add(units=len(answer.get("Messages", ())))
        case "ses", _:
            run.add(letters=1)
    return answer


def _measure(run: Run, whole: Callable[..., Any], client: Any, operation: str, given: Json) -> Any:
    if operation in READS:
        answer = whole(client, operation, {**given, "ReturnConsumedCapacity": "TOTAL"})
        listed = answer.get("Items", ()) if "IndexName" in given else ()
        run.add(reads=read_units(answer), units=len(listed))
        return answer
    keys = written_keys(operation, given)
    before = _images(whole, client, keys, given)
    answer = whole(client, operation, given)
    factor = 2 if operation == "TransactWriteItems" else 1
    after = _images(whole, client, keys, given)
    run.add(writes=sum(write_units(old, new, factor) for old, new in zip(before, after, strict=True)))
    return answer


def _images(whole: Callable[..., Any], client: Any, keys: list[Json], given: Json) -> list[Json]:
    """The current items."""
    table = _table_of(given)
    return [
        whole(client, "GetItem", {"TableName": table, "Key": key, "ConsistentRead": True}).get("Item", {})
        for key in keys
    ]


def _table_of(given: Json) -> str:
    if "TransactItems" in given:
        ((write,), *_) = [list(one.values()) for one in given["TransactItems"]]
        return str(write["TableName"])
    return str(given["TableName"] if "TableName" in given else next(iter(given["RequestItems"])))
