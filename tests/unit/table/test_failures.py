"""DynamoDB's errors: which become a 503, and which are internal errors."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError, ReadTimeoutError
from pynamodb.exceptions import PynamoDBException

from chalicelib.kit.errors import Unavailable
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.reads import count, find_row, get_many, query
from chalicelib.table.transaction import delete, put, update
from tests.support.factories import EMBED, Acme

KEY = Key("A", "1")
READS: dict[str, Callable[[], Any]] = {
    "get": lambda: find_row(KEY),
    "get_many": lambda: get_many([KEY]),
    "query": lambda: query("A"),
    "count": lambda: count("A", limit=1),
}
WRITES: dict[str, Callable[[], Any]] = {
    "put": lambda: put(Item.at(KEY)),
    "update": lambda: update(KEY, [Item.hint.set("x")]),
    "delete": lambda: delete(KEY),
}
ALL = {**READS, **WRITES}


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make every call fail with this error code, or without a response if it is empty."""

    def refuse(code: str) -> None:
        def failing(client: BaseClient, operation: str, _: dict[str, Any]) -> Any:
            if not code:
                raise ReadTimeoutError(endpoint_url="https://dynamodb.invalid")
            raise ClientError({"Error": {"Code": code, "Message": "no"}}, operation)

        monkeypatch.setattr(BaseClient, "_make_api_call", failing)
        monkeypatch.setattr("chalicelib.table.transaction.back_off", lambda _: None)

    return refuse


@pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException", ""])
@pytest.mark.parametrize("name", ALL)
def test_throttling_and_silence_are_unavailable(refusing: Callable[[str], None], name: str, code: str) -> None:
    refusing(code)
    with pytest.raises(Unavailable):
        ALL[name]()


@pytest.mark.parametrize("code", ["AccessDeniedException", "ValidationException"])
@pytest.mark.parametrize("name", ALL)
def test_permanent_errors_are_internal(refusing: Callable[[str], None], name: str, code: str) -> None:
    refusing(code)
    with pytest.raises(PynamoDBException):
        ALL[name]()


def test_the_response_has_retry_after(acme: Acme, refusing: Callable[[str], None]) -> None:
    refusing("ThrottlingException")
    reply = acme.server.get(f"{EMBED}/config/me")
    assert (reply.status, reply.headers["Retry-After"]) == (503, "1")
