"""DynamoDB calls that fail, before they take effect or after, without a response."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, get_args
from unittest.mock import patch

from botocore.client import BaseClient
from botocore.exceptions import ClientError, ReadTimeoutError


class Crash(BaseException):
    """The process dies. A BaseException, so that no code catches it."""


class Faults:
    def __init__(self) -> None:
        self.calls: list[str] = []


@contextmanager
def crashing(at: int, *, done: bool) -> Iterator[Faults]:
    """The process dies at the `at`-th call (from 0): after it took effect if `done`, otherwise before."""
    faults = Faults()
    whole = BaseClient._make_api_call

    def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        if client.meta.service_model.service_name != "dynamodb":
            return whole(client, name, parameters)
        number = len(faults.calls)
        faults.calls.append(name)
        if number > at:
            # Other threads may still be running; a dead process makes no calls.
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
    """The `at`-th call (from 0) fails in the given way, and later ones too if the process died or is throttled.

    `no answer`: the call takes effect, but the connection breaks before the response."""
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
        # The error of a single write that conflicts with a transaction.
        code = "TransactionConflictException"
    answer: Any = {"Error": {"Code": code, "Message": "Not now"}, "ResponseMetadata": {}}
    if code == "TransactionCanceledException":
        answer["CancellationReasons"] = [{"Code": "TransactionConflict"}]
    return ClientError(answer, operation)
