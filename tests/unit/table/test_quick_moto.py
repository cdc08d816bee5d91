"""What answers the tests answers as moto does, only sooner."""

import json
from contextlib import suppress
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ClientError
from moto.core.botocore_stubber import BotocoreStubber

from tests.support import account, quick_moto

TABLE = "orderly-embed"
KEY = {"pk": {"S": "A"}, "sk": {"S": "1"}}
OTHER = {"pk": {"S": "A"}, "sk": {"S": "2"}}
ITEM = {
    **KEY,
    "g1pk": {"S": "G"},
    "g1sk": {"S": "1"},
    "hint": {"S": "é"},
    "n": {"N": "1.50"},
    "yes": {"BOOL": False},
    "none": {"NULL": True},
    "list": {"L": [{"N": "1"}, {"M": {"a": {"S": ""}}}, {"L": []}]},
    "map": {"M": {"S": {"S": "a name like a type"}, "N": {"N": "7"}}},
    "set": {"SS": ["a", "b"]},
}
ABSENT = {"ConditionExpression": "attribute_not_exists(pk)"}
SET = {"UpdateExpression": "SET n = n + :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
ALL = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": "A"}}}
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("get_item", {"Key": KEY}),
    ("put_item", {"Item": ITEM}),
    ("put_item", {"Item": ITEM, **ABSENT, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}),
    ("put_item", {"Item": {**OTHER, "hint": {"S": "2"}}, "ReturnConsumedCapacity": "TOTAL"}),
    ("put_item", {"Item": {"pk": {"S": ""}, "sk": {"S": "1"}}}),
    ("get_item", {"Key": KEY, "ConsistentRead": True}),
    ("get_item", {"Key": KEY, "ProjectionExpression": "#n, hint", "ExpressionAttributeNames": {"#n": "n"}}),
    ("update_item", {"Key": KEY, **SET, "ReturnValues": "ALL_NEW"}),
    ("update_item", {"Key": KEY, **SET, "ReturnValues": "UPDATED_OLD"}),
    ("update_item", {"Key": KEY, **SET, **ABSENT}),
    ("update_item", {"Key": KEY, "UpdateExpression": "SET"}),
    ("query", ALL),
    ("query", {**ALL, "Limit": 1, "ScanIndexForward": False}),
    ("query", {**ALL, "Limit": 1, "ExclusiveStartKey": KEY}),
    ("query", {**ALL, "Select": "COUNT"}),
    ("query", {"IndexName": "gsi1", **ALL, "KeyConditionExpression": "g1pk = :pk"}),
    ("query", {"IndexName": "none", **ALL}),
    ("scan", {}),
    ("delete_item", {"Key": OTHER, "ReturnValues": "ALL_OLD"}),
    ("delete_item", {"Key": OTHER, "ConditionExpression": "attribute_exists(pk)"}),
]
SEVERAL: list[tuple[str, dict[str, Any]]] = [
    ("batch_get_item", {"RequestItems": {TABLE: {"Keys": [KEY, OTHER]}}}),
    ("batch_write_item", {"RequestItems": {TABLE: [{"PutRequest": {"Item": ITEM}}]}}),
    ("batch_write_item", {"RequestItems": {"none": [{"PutRequest": {"Item": ITEM}}]}}),
    ("transact_get_items", {"TransactItems": [{"Get": {"TableName": TABLE, "Key": key}} for key in (KEY, OTHER)]}),
    ("transact_write_items", {"TransactItems": [{"Update": {"TableName": TABLE, "Key": KEY, **SET}}]}),
    (
        "transact_write_items",
        {
            "TransactItems": [
                {"Put": {"TableName": TABLE, "Item": OTHER}},
                {"ConditionCheck": {"TableName": TABLE, "Key": KEY, **ABSENT}},
            ]
        },
    ),
    ("transact_write_items", {"TransactItems": [{"Put": {"TableName": TABLE, "Item": OTHER}}] * 2}),
    ("batch_get_item", {"RequestItems": {TABLE: {"Keys": [KEY, OTHER]}}}),
]
Answers = list[tuple[str, int, Any]]


def answers(monkeypatch: pytest.MonkeyPatch, way: Any) -> Answers:
    """Status and body of every call, on an account of its own."""
    responses: Answers = []

    def process_request(stubber: BotocoreStubber, request: AWSPreparedRequest) -> Any:
        status, headers, body = way(stubber, request)
        responses.append((str(request.headers["X-Amz-Target"]), status, json.loads(body)))
        return status, headers, body

    monkeypatch.setattr(BotocoreStubber, "process_request", process_request)
    client = account.client("dynamodb")
    with account.new():
        for name, call in [*((name, {"TableName": TABLE, **call}) for name, call in CALLS), *SEVERAL]:
            with suppress(ClientError):
                getattr(client, name)(**call)
    return responses


def test_every_answer_is_motos_own(monkeypatch: pytest.MonkeyPatch) -> None:
    short = answers(monkeypatch, quick_moto.process_request)
    whole = answers(monkeypatch, quick_moto.any_request)
    assert {status for _, status, _ in whole} == {200, 400}
    assert short == whole
