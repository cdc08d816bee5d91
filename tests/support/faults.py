"""DynamoDB calls that fail: before they arrive, or after they have been done and before the answer is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient


class Crash(BaseException):
    """The process ends here; nothing in the code can catch it."""


class Faults:
    def __init__(self) -> None:
        self.calls: list[str] = []


@contextmanager
def crashing(at: int, *, done: bool) -> Iterator[Faults]:
    """The `at`-th call (from 0) ends the process: `done`, after it has taken effect; otherwise before."""
    faults = Faults()
    whole = BaseClient._make_api_call

    def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        if client.meta.service_model.service_name != "dynamodb":
            return whole(client, name, parameters)
        number = len(faults.calls)
        faults.calls.append(name)
        if number > at:
            # Others may still be running on threads of their own; a dead process calls nobody.
            raise Crash
        if number < at:
            return whole(client, name, parameters)
        if done:
            whole(client, name, parameters)
        raise Crash

    with patch.object(BaseClient, "_make_api_call", make_api_call):
        yield faults
