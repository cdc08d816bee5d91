"""Records that cannot be written are reported one by one: none is lost silently, none is written by half."""

from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError, ReadTimeoutError

from chalicelib.kit.errors import Unavailable
from chalicelib.table import batch_write, reads, transaction
from tests.support.factories import Acme
from tests.support.oracle import check
from tests.support.orders import Merchant, counted, order, shipment


@pytest.fixture
def merchant(acme: Acme) -> Merchant:
    return Merchant.of(acme)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (transaction, batch_write):
        monkeypatch.setattr(module, "back_off", lambda _: None)


def refusing(monkeypatch: pytest.MonkeyPatch, operation: str, code: str, times: int) -> list[int]:
    """Refuse the next `times` calls of the operation with the code. Returns a list with the number refused so far."""
    whole, refused = BaseClient._make_api_call, [0]

    def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        if name == operation and refused[0] < times:
            refused[0] += 1
            answer: dict[str, Any] = {"Error": {"Code": code, "Message": "Not now"}, "ResponseMetadata": {}}
            if code == "TransactionCanceledException":
                answer["CancellationReasons"] = [{"Code": "TransactionConflict"}]
            raise ClientError(answer, name)
        return whole(client, name, parameters)

    monkeypatch.setattr(BaseClient, "_make_api_call", make_api_call)
    return refused


@pytest.mark.parametrize("code", ["ThrottlingException", "TransactionCanceledException", "RequestLimitExceeded"])
def test_transient_errors_are_retried(merchant: Merchant, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    refused = refusing(monkeypatch, "TransactWriteItems", code, 3)
    assert merchant.sync(order(), shipments=[shipment()])["orders"] == counted(created=1)
    assert refused == [3]
    check(merchant)


def test_throttled_batch_writes_are_retried(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, "BatchWriteItem", "ProvisionedThroughputExceededException", 3)
    assert merchant.sync(order())["orders"] == counted(created=1)


def test_a_batch_write_without_a_response_is_repeated(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = BaseClient._make_api_call
    lost: list[str] = []

    def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        answer = whole(client, name, parameters)
        if name == "BatchWriteItem" and not lost:
            lost.append(name)
            raise ReadTimeoutError(endpoint_url="https://dynamodb")
        return answer

    monkeypatch.setattr(BaseClient, "_make_api_call", make_api_call)
    assert merchant.sync(order())["orders"] == counted(created=1)
    assert lost
    check(merchant)


@pytest.mark.parametrize("operation", ["TransactWriteItems", "BatchWriteItem"])
def test_persistent_errors_are_reported_for_each_record(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    merchant.sync(order(1))
    refusing(monkeypatch, operation, "ThrottlingException", 40)
    answer = merchant.sync(order(1), order(2), order(3), order(4, status="lost"))
    assert answer["orders"] == counted(unchanged=1, failed=3)
    assert [error["external_id"] for error in answer["errors"]] == ["ext-2", "ext-3", "ext-4"]
    assert "send it again" in answer["errors"][0]["message"]
    monkeypatch.undo()
    check(merchant)
    assert merchant.sync(order(1), order(2), order(3))["orders"] == counted(created=2, unchanged=1)
    check(merchant)


def test_one_transaction_of_several_may_fail(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.sync import writing

    monkeypatch.setattr(writing, "MAX_ITEMS", 4)
    real, commits = transaction.Transaction.commit, []

    def commit(self: transaction.Transaction) -> None:
        commits.append(self)
        if len(commits) == 2:
            raise Unavailable
        real(self)

    monkeypatch.setattr(transaction.Transaction, "commit", commit)
    answer = merchant.sync(*[order(n) for n in range(6)])
    assert answer["orders"] == counted(created=2, failed=4)
    assert len(commits) == 2
    monkeypatch.undo()
    check(merchant)


def test_a_record_that_keeps_conflicting_is_reported(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    real = reads.get_many
    merchant.sync(order(1), order(2))

    def read(*arguments: Any) -> Any:
        rows = real(*arguments)
        return {key: {**row, "v": {"N": "99"}} if "rd" in row else row for key, row in rows.items()}

    for module in ("orders", "service"):
        monkeypatch.setattr(f"chalicelib.sync.{module}.get_many", read)
    answer = merchant.sync(order(1, notes="x"), order(2, notes="x"), order(3))
    assert answer["orders"] == counted(created=1, failed=2)
    assert all("too often" in error["message"] for error in answer["errors"])
    monkeypatch.undo()
    check(merchant)


@pytest.mark.parametrize("operation", ["TransactWriteItems", "BatchWriteItem"])
@pytest.mark.parametrize("code", ["ValidationException", "TransactionCanceledException"])
def test_what_the_table_refuses_costs_its_record_alone(
    merchant: Merchant, monkeypatch: pytest.MonkeyPatch, operation: str, code: str
) -> None:
    if (operation, code) == ("BatchWriteItem", "TransactionCanceledException"):
        pytest.skip("Only transactions are cancelled.")
    whole = BaseClient._make_api_call

    def make_api_call(client: BaseClient, name: str, parameters: dict[str, Any]) -> Any:
        if name == operation and "ORD-3" in str(parameters).upper():
            answer: dict[str, Any] = {"Error": {"Code": code, "Message": "Item size"}, "ResponseMetadata": {}}
            answer["CancellationReasons"] = [{"Code": "None"}, {"Code": "ValidationError"}]
            raise ClientError(answer, name)
        return whole(client, name, parameters)

    monkeypatch.setattr(BaseClient, "_make_api_call", make_api_call)
    answer = merchant.sync(*[order(n) for n in range(6)], shipments=[shipment(1)])
    assert (answer["orders"], answer["shipments"]) == (counted(created=5, failed=1), counted(created=1))
    assert [(error["index"], error["message"]) for error in answer["errors"]] == [(3, "could not be stored")]
    monkeypatch.undo()
    check(merchant)
    assert merchant.sync(order(3))["orders"] == counted(created=1)
    check(merchant)


def test_what_else_is_wrong_with_the_table_is_not_hidden(merchant: Merchant, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, "TransactWriteItems", "AccessDeniedException", 1)
    assert merchant.try_sync(orders=[order(1), order(2)]).status == 500
