"""AWS calls as tests want them: one at a time, counted, or breaking off in the middle."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient

Call = Callable[[], Any]
_whole = BaseClient._make_api_call
_one_at_a_time = threading.RLock()


@contextmanager
def around(wrapper: Callable[[str, Call], Any]) -> Iterator[None]:
    """Every call goes through `wrapper`, which is given its name and a way to make it.

    moto is no judge of concurrency (a transaction that fails takes back what others wrote meanwhile), so calls are made
    one at a time, each whole, as DynamoDB makes them.
    """

    def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        with _one_at_a_time:
            return wrapper(name, lambda: _whole(client, name, parameters))

    with patch.object(BaseClient, "_make_api_call", make_api_call):
        yield


@contextmanager
def counted() -> Iterator[list[str]]:
    """The names of the calls made inside."""
    names: list[str] = []

    def count(name: str, call: Call) -> Any:
        names.append(name)
        return call()

    with around(count):
        yield names
