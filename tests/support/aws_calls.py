"""Control over AWS calls in tests: serialised, counted, or interrupted."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient

Call = Callable[[], Any]
_one_at_a_time = threading.RLock()


@contextmanager
def around(wrapper: Callable[[str, Call], Any]) -> Iterator[None]:
    """Pass every call through `wrapper`, which gets its name and a function that makes it. Calls run one at a time."""
    whole = BaseClient._make_api_call

    def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        with _one_at_a_time:
            return wrapper(name, lambda: whole(client, name, parameters))

    with patch.object(BaseClient, "_make_api_call", make_api_call):
        yield


@contextmanager
def counted() -> Iterator[list[str]]:
    """The names of the calls made within the block."""
    names: list[str] = []

    def count(name: str, call: Call) -> Any:
        names.append(name)
        return call()

    with around(count):
        yield names
