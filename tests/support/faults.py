"""DynamoDB calls that fail: before they arrive, or after they have been done and before the answer is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, get_args
from unittest.mock import patch

from botocore.client import BaseClient
from botocore.exceptions import ClientError, ReadTimeoutError


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


Kind = Literal["dies before", "dies after", "throttled", "throttled on and on", "conflict", "broken", "no answer"]
KINDS: tuple[Kind, ...] = get_args(Kind)
CODES = {
    "throttled": "ThrottlingException",
    "throttled on and on": "ThrottlingException",
    "conflict": "TransactionCanceledException",
    "broken": "InternalServerError",
}


@contextmanager
def failing(at: int, kind: Kind) -> Iterator[None]:
    """The `at`-th call (from 0) fails in this way; those after it too, where the process dies or throttling goes on.

    `no answer`: the call takes effect, and the connection breaks before that is heard."""
    if kind in ("dies before", "dies after"):
        with crashing(at, done=kind == "dies after"):
            yield
        return
    made: list[str] = []
    whole = BaseClient._make_api_call

    def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        if client.meta.service_model.service_name != "dynamodb":
            return whole(client, name, parameters)
        made.append(name)
        number = len(made) - 1
        if number != at and not (number > at and kind == "throttled on and on"):
            return whole(client, name, parameters)
        if kind == "no answer":
            whole(client, name, parameters)
            raise ReadTimeoutError(endpoint_url="https://dynamodb")
        raise _refusal(name, CODES[kind])

    with patch.object(BaseClient, "_make_api_call", make_api_call):
        yield


def _refusal(operation: str, code: str) -> ClientError:
    if code == "TransactionCanceledException" and operation != "TransactWriteItems":
        # What a write of one item is told when it meets a transaction.
        code = "TransactionConflictException"
    answer: Any = {"Error": {"Code": code, "Message": "Not now"}, "ResponseMetadata": {}}
    if code == "TransactionCanceledException":
        answer["CancellationReasons"] = [{"Code": "TransactionConflict"}]
    return ClientError(answer, operation)
