"""Concurrent requests, in threads.

Chalice keeps the current request in the app, so these bypass it. In process, AWS calls run one at a time, each
atomically, as in DynamoDB; between its calls, a request interleaves freely with the others.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from unittest.mock import patch

from botocore.client import BaseClient

from tests.support.gateway import Client, Reply

T = TypeVar("T")


def at_once(calls: Sequence[Callable[[], T]]) -> list[T]:
    """The results of concurrent calls."""
    one_at_a_time, start = threading.RLock(), threading.Barrier(len(calls))
    whole = BaseClient._make_api_call

    def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        with one_at_a_time:
            return whole(client, name, parameters)

    def run(call: Callable[[], T]) -> T:
        start.wait()
        return call()

    with patch.object(BaseClient, "_make_api_call", make_api_call), ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def together(calls: Sequence[Callable[[], T]]) -> list[T]:
    """The same for an engine that isolates concurrent calls: nothing is serialised."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], T]) -> T:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def requesting(client: Client, method: str, path: str, body: Any = None, **headers: str) -> Callable[[], Reply]:
    """A request for `at_once`."""
    from chalicelib.api.handler import respond
    from chalicelib.api.routing import endpoints

    event = client.event(method, path, body, **headers)
    endpoint = next(e for e in endpoints() if e.method == method and event["resource"] in e.paths)
    return lambda: Reply(*respond(endpoint, event))


def statuses(replies: Sequence[Reply]) -> dict[int, int]:
    """The number of responses by status."""
    found = [reply.status for reply in replies]
    return {status: found.count(status) for status in sorted(set(found))}
