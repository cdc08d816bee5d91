"""What answers calls in process answers as boto3 does after a request, only sooner."""

import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.client import BaseClient
from botocore.exceptions import ClientError, ParamValidationError
from moto.core.botocore_stubber import BotocoreStubber

from tests.support import account, in_process

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
Results = list[tuple[str, Any]]


def test_every_answer_is_what_boto3_would_make_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def send(_: BotocoreStubber, request: AWSPreparedRequest) -> Any:
        operation = request.headers["X-Amz-Target"].decode().split(".")[1]
        return in_process.answer_of(in_process.DYNAMODB[operation], json.loads(request.body))

    short = results()
    monkeypatch.setattr(BotocoreStubber, "process_request", send)
    whole = results(lambda: monkeypatch.setattr(BaseClient, "_make_api_call", in_process.by_request))
    assert {isinstance(result, ClientError) for _, result in whole} == {True, False}
    assert [comparable(*result) for result in short] == [comparable(*result) for result in whole]


def results(prepare: Callable[[], None] = lambda: None) -> Results:
    """What each call returns or raises, on an account of its own."""
    found: Results = []
    with account.new():
        prepare()
        client = account.client("dynamodb")
        for name, call in [*((name, {"TableName": TABLE, **call}) for name, call in CALLS), *SEVERAL]:
            try:
                found.append((name, getattr(client, name)(**call)))
            except ClientError as refused:
                found.append((name, refused))
    return found


def comparable(name: str, result: Any) -> tuple[str, Any]:
    response = result.response if isinstance(result, ClientError) else result
    metadata = response["ResponseMetadata"]
    return name, {**response, "ResponseMetadata": metadata["HTTPStatusCode"], "type": type(result)}


def test_an_invalid_parameter_is_refused() -> None:
    with account.new(), pytest.raises(ParamValidationError):
        account.client("dynamodb").get_item(TableName=TABLE, Key="A")


def test_a_queue_answers_as_boto3_expects() -> None:
    with account.new():
        sqs = account.client("sqs")
        url = os.environ["EVENTS_QUEUE_URL"]
        assert sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": "0", "MessageBody": "{}"}])["Successful"]
        (message,) = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
        assert message["Body"] == "{}"
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        assert "Messages" not in sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)
        with pytest.raises(ClientError, match="NonExistentQueue"):
            sqs.send_message(QueueUrl=f"{url}-else", MessageBody="{}")
